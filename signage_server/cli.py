"""The command `signage-server`."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from signage_server.errors import Language, SignageError

if TYPE_CHECKING:
    from apiflask import APIFlask

    from signage_server.web.rooms import Rooms

_HELP_LANGUAGE: Language = "en" if os.environ.get("SIGNAGE_LANGUAGE") == "en" else "vi"


def _help(vi: str, en: str) -> str:
    return vi if _HELP_LANGUAGE == "vi" else en


class Trouble(click.ClickException):
    """What went wrong, said as the rest of the server says it."""

    def show(self, file: Any = None) -> None:
        """Print it where errors go."""
        click.echo(self.message, err=True)


class Commands(click.Group):
    """Tells what went wrong in a sentence, in the installation's language."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except SignageError as error:
            raise Trouble(error.message(_language())) from error
        except OSError as error:
            if error.filename is None:
                raise
            raise Trouble(_said("FILE_TROUBLE", file=error.filename, reason=error.strerror)) from error


@click.group(
    cls=Commands,
    help=_help(
        "Máy chủ bảng thông báo: đưa trang chiếu lên, mọi màn hình cùng phát.",
        "Signage server: slides go up, every board shows them.",
    ),
)
def main() -> None:
    """The command line."""


@main.command(help=_help("Chạy máy chủ.", "Run the server."))
@click.option(
    "--https",
    is_flag=True,
    help=_help(
        "Dùng https với chứng chỉ của chính máy chủ (tải tại /ca.crt).",
        "Speak https with the server's own certificate authority (/ca.crt).",
    ),
)
@click.option(
    "--starter",
    is_flag=True,
    help=_help(
        "Lần đầu: nhập chiến dịch Bluezone và mở một màn hình trình diễn.",
        "The first time: import the Bluezone campaign and open a demo board.",
    ),
)
def run(https: bool, starter: bool) -> None:
    """Serve until stopped."""
    from gevent import monkey

    monkey.patch_all()  # before anything that might keep hold of what it replaces
    from signage_server import running

    running.run(https=https, with_starter=starter, tell=click.echo)


@main.command(
    help=_help("Chuẩn bị thư mục dữ liệu, chưa chạy máy chủ.", "Prepare the home, without running.")
)
def init() -> None:
    """Folders, database, keys and port."""
    _echo("READY", home=_installation().settings.home)


@main.group(help=_help("Người dùng.", "People."))
def user() -> None:
    """People who may sign in."""


@user.command(
    "add",
    help=_help("Thêm người; in liên kết để đặt mật khẩu.", "Add somebody; prints their link."),
)
@click.argument("name")
def user_add(name: str) -> None:
    """A new person, and their link."""
    rooms = _installation()
    person = rooms.people.add("cli", rooms.units.root().id, name)
    _print_link(rooms, person.id, person.name)


@user.command(
    "reset", help=_help("In liên kết để đặt lại mật khẩu.", "Print a link to choose a new password.")
)
@click.argument("name")
def user_reset(name: str) -> None:
    """A new link for somebody who is there."""
    rooms = _installation()
    person = rooms.people.named(name)
    _print_link(rooms, person.id, person.name)


@user.command("list", help=_help("Liệt kê người dùng.", "List everybody."))
def user_list() -> None:
    """Everybody, by name."""
    people = _installation().people.all()
    if not people:
        _echo("NOBODY")
    for person in people:
        click.echo(f"{person.name}\t{_said('HAS_PASSWORD' if person.has_password else 'NO_PASSWORD')}")


@main.command(help=_help("Tạo khoá API cho một chương trình.", "Make an API token for a program."))
@click.option("--name", required=True, help=_help("Tên chương trình.", "What the token is for."))
def token(name: str) -> None:
    """An API token; only the secret goes to standard output, so that scripts can take it."""
    rooms = _installation()
    made = rooms.tokens.make("cli", rooms.units.root().id, name)
    click.echo(_said("TOKEN"), err=True)
    click.echo(made.secret)


@main.command("import", help=_help("Nhập tài liệu danh sách phát.", "Import a playlist document."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(file: Path) -> None:
    """Notices, playlists and schedules from a document."""
    from signage_server import starter

    imported = starter.import_document(_installation(), file)
    _echo("IMPORTED", playlists=len(imported.playlist_ids), schedules=len(imported.schedule_ids))


@main.command("export", help=_help("Ghi danh sách phát ra tài liệu.", "Write a playlist to a document."))
@click.argument("playlist")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(playlist: str, file: Path) -> None:
    """One playlist, by name or id, with its notices and schedules."""
    from signage_server import starter

    starter.export_document(_installation(), playlist, file)
    _echo("EXPORTED", file=file)


@main.command(help=_help("Sao lưu tất cả vào một tệp.", "Back everything up to one file."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Database, media, keys and port; works while the server runs."""
    from signage_server import archive

    saved = archive.backup(_installation(), file)
    _echo("BACKED_UP", file=file, files=saved.files, megabytes=round(saved.size_bytes / 1e6, 1))


@main.command(
    help=_help("Khôi phục từ bản sao lưu vào thư mục trống.", "Restore a backup into an empty home.")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """What `backup` saved, on this or another machine."""
    from signage_server import archive
    from signage_server.config import load_settings

    settings = load_settings()
    archive.restore(settings, file)
    _echo("RESTORED", home=settings.home)


@main.command(help=_help("Kiểm tra cơ sở dữ liệu và kho ảnh.", "Check the database and the media."))
def doctor() -> None:
    """Everything that must hold; ends with status 1 if something does not."""
    from signage_server import doctor as examination

    rooms = _installation()
    zones = examination.zones(rooms)
    _echo("ZONE_DATA", version=zones.version or "?", source=zones.source)
    complaints = examination.examine(rooms)
    for complaint in complaints:
        click.echo(f"- {complaint.message(_language())}")
    if complaints:
        raise SystemExit(1)
    _echo("ALL_WELL")


@main.command(help=_help("In mô tả API (OpenAPI 3.1).", "Print the API's description (OpenAPI 3.1)."))
def openapi() -> None:
    """Needs no installation, and makes none."""
    from signage_server.web.api.openapi import describe

    click.echo(json.dumps(describe(_app()), ensure_ascii=False, indent=2))


def _app() -> "APIFlask":
    from signage_server.app import create_app
    from signage_server.config import load_settings
    from signage_server.scheduling.zone_rules import take_newer

    take_newer()
    return create_app(load_settings())


def _installation() -> "Rooms":
    """The rooms of the installation, brought up to date first."""
    from signage_server import installing

    rooms: Rooms = _app().extensions["signage"]
    installing.prepare(rooms)
    return rooms


def _print_link(rooms: "Rooms", person_id: str, name: str) -> None:
    from signage_server.addresses import addresses

    _echo("LINK_FOR", name=name)
    click.echo(addresses(rooms.settings).one_time_link(rooms.links.make(person_id), elsewhere=True))


def _language() -> Language:
    from signage_server.config import BadSetting, load_settings

    try:
        return load_settings().language
    except BadSetting:
        return _HELP_LANGUAGE


def _said(sentence: str, **facts: object) -> str:
    from signage_server import words

    return words.say(_language(), getattr(words, sentence), **facts)


def _echo(sentence: str, **facts: object) -> None:
    click.echo(_said(sentence, **facts))
