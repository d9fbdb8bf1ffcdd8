import tomllib

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.tree import text


def contracts() -> list[dict[str, str]]:
    return tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]


def test_rooms_import_only_what_their_contracts_allow() -> None:
    assert lint_imports(no_cache=True, config_filename="pyproject.toml") == EXIT_STATUS_SUCCESS


def test_every_contract_is_named_by_a_sentence() -> None:
    assert [c["name"] for c in contracts() if len(c["name"].split()) < 4] == []
