import importlib
import pkgutil
import re
from collections.abc import Iterator
from string import Formatter

import signage_server
from signage_server.errors import SignageError


def every_error() -> list[type[SignageError]]:
    for module in pkgutil.walk_packages(signage_server.__path__, "signage_server."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    return sorted(set(below(SignageError)), key=lambda error: error.__qualname__)


def below(error: type[SignageError]) -> Iterator[type[SignageError]]:
    yield error
    for leaf in error.__subclasses__():
        yield from below(leaf)


def facts(message: str) -> set[str]:
    """What is filled in; a fact that has two wordings ends in `_vi` and `_en`."""
    return {re.sub("_(vi|en)$", "", name) for _, name, _, _ in Formatter().parse(message) if name}


def test_every_error_says_the_same_in_both_languages() -> None:
    assert [e.code for e in every_error() if e.vi == e.en or facts(e.vi) != facts(e.en)] == []


def test_a_code_means_one_thing() -> None:
    own = [error.code for error in every_error() if "code" in vars(error)]
    assert sorted(own) == sorted(set(own))
