import json
import re
import zoneinfo
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from signage_server.app import create_app
from signage_server.cli import main
from signage_server.scheduling.zone_rules import forget
from tests.factories import PASSWORD, api_client, rooms_of, running, settings_for
from tests.house.tree import ROOT

Run = Callable[..., Result]

DOCUMENT = """
format: 1
campaign: {name: rua-tay, title: Rửa tay, language: vi}
notices:
  rua-tay:
    template: message
    headline: Rửa tay thường xuyên
    body: Rửa tay bằng xà phòng trong 20 giây.
playlists:
  rua-tay:
    title: Rửa tay
    slides: [{notice: rua-tay, duration: 10s}]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Type a command, on an installation of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIGNAGE_HOME", str(home))
    monkeypatch.setenv("SIGNAGE_HOST", "127.0.0.1")
    monkeypatch.delenv("SIGNAGE_LANGUAGE", raising=False)

    def run(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == status, result.output
        return result

    yield run
    zoneinfo.reset_tzpath()  # a command chooses whose rules of time zones it goes by
    forget()


def secret_in(output: str) -> str:
    found = re.search(r"/setup#(\S+)", output)
    assert found, output
    return found[1]


def test_init_makes_a_home_that_keeps_its_port(run: Run, home: Path) -> None:
    assert str(home) in run("init").output
    kept = (home / "home.json").read_text()
    assert json.loads(kept)["port"] >= 8080
    authority = (home / "keys" / "ca.crt").read_bytes()
    run("init")
    assert (home / "home.json").read_text() == kept
    assert (home / "keys" / "ca.crt").read_bytes() == authority
    assert (home / "keys").stat().st_mode & 0o777 == 0o700
    assert (home / "signage.db").stat().st_mode & 0o777 == 0o600


def test_a_person_is_added_and_chooses_a_password_by_link(run: Run, home: Path) -> None:
    assert "Chưa có ai" in run("user", "list").output
    secret = secret_in(run("user", "add", "Lan").output)
    assert run("user", "list").output == "Lan\tchưa đặt mật khẩu\n"
    with running(create_app(settings_for(home))) as app:
        body = {"secret": secret, "password": PASSWORD}
        assert app.test_client().post("/api/v1/links/use", json=body).status_code == 200
    assert run("user", "list").output == "Lan\tđăng nhập được\n"
    assert secret_in(run("user", "reset", "lan").output) != secret


def test_what_goes_wrong_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        run("user", "reset", "Minh", status=1).output
        == "Không có người dùng này. Lệnh `user list` liệt kê tên mọi người.\n"
    )
    monkeypatch.setenv("SIGNAGE_LANGUAGE", "en")
    assert (
        run("user", "reset", "Minh", status=1).output
        == "There is no such person. The command `user list` shows everybody's name.\n"
    )


def test_a_setting_that_cannot_be_used_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNAGE_PORT", "eighty")
    assert run("init", status=1).output.startswith("Thiết lập SIGNAGE_PORT chưa dùng được: ")


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    assert "nowhere" in run("backup", "nowhere/all.tar", status=1).output


def test_a_document_that_is_no_text_is_refused_in_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_bytes(bytes(range(256)))
    assert run("import", "in.yaml", status=1).output


def test_a_token_stands_alone_on_standard_output(run: Run, home: Path) -> None:
    token = run("token", "--name", "kho ảnh").stdout.strip()
    with running(create_app(settings_for(home))) as app:
        headers = {"Authorization": f"Bearer {token}"}
        assert app.test_client().get("/api/v1/units", headers=headers).status_code == 200


def test_a_document_goes_in_and_comes_out(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text(DOCUMENT)
    assert "1 danh sách phát" in run("import", "in.yaml").output
    run("import", "in.yaml")
    with running(create_app(settings_for(home))) as app:
        playlists = api_client(app).get("/api/v1/playlists").get_json()["items"]
        assert [playlist["name"] for playlist in playlists] == ["Rửa tay"], "twice in is once there"
    run("export", "Rửa tay", "out.yaml")
    assert "Rửa tay thường xuyên" in (tmp_path / "out.yaml").read_text()
    assert run("export", "Không có", "none.yaml", status=1).output
    assert not (tmp_path / "none.yaml").exists()


def test_a_document_with_a_mistake_says_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text(DOCUMENT.replace("duration: 10s", "duration: soon"))
    assert "duration" in run("import", "in.yaml", status=1).output


def test_backup_and_restore(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run("user", "add", "Lan")
    assert "all.tar" in run("backup", "all.tar").output
    assert str(home) in run("restore", "all.tar", status=1).output
    monkeypatch.setenv("SIGNAGE_HOME", str(tmp_path / "new"))
    assert str(tmp_path / "new") in run("restore", "all.tar").output
    assert run("user", "list").output.startswith("Lan\t")


def test_doctor_finds_nothing_wrong_with_a_new_installation(run: Run) -> None:
    zones, well = run("doctor").output.splitlines()
    said = re.fullmatch(r"Quy tắc múi giờ: (20\d\d[a-z]) \(.+\)\.", zones)
    assert said
    of_package = str(import_module("tzdata").IANA_VERSION)
    assert said[1] >= of_package, "a system that is older is not asked"
    assert well == "Mọi thứ đều ổn."


def test_doctor_ends_with_an_error_when_something_is_wrong(run: Run, home: Path) -> None:
    run("init")
    with running(create_app(settings_for(home))) as app:
        incoming = rooms_of(app).store.receive()
        incoming.write(b"half")
        incoming.finish()
        rooms_of(app).store.keep_original(incoming.path, "0" * 64)
    assert "bị hỏng" in run("doctor", status=1).output


def test_openapi_needs_no_installation(run: Run, home: Path) -> None:
    assert json.loads(run("openapi").stdout)["openapi"] == "3.1.0"
    assert not home.exists()


def test_help_is_in_vietnamese(run: Run) -> None:
    assert "Sao lưu tất cả vào một tệp." in run("--help").output


def test_every_command_stands_in_the_operating_page() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    assert [name for name in main.commands if f"`{name}" not in page] == []
