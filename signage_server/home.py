"""The folder that holds everything of an installation, and the few facts in it that are no rows of the database."""

import errno
import json
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

from signage_server.config import Settings
from signage_server.errors import SignageError

FIRST_PORT = 8080


class PortTaken(SignageError):
    """Somebody else listens on our port. We never take another one: a board's address is its identity."""

    code = "port_taken"
    vi = (
        "Cổng {port} đang được một chương trình khác dùng (`sudo ss -ltnp` cho biết chương trình nào). Hãy tắt chương "
        "trình đó rồi chạy lại. Không nên đổi sang cổng khác: các màn hình đã ghép nối chỉ biết địa chỉ cũ."
    )
    en = (
        "Port {port} is in use by another program (`sudo ss -ltnp` tells which). Stop it and start again. Do not "
        "change the port: paired boards only know the old address."
    )


class PortTakenBy(PortTaken):
    """The same, by a program that we can name."""

    code = "port_taken_by"
    vi = (
        "Cổng {port} đang được dùng bởi {holder}. Hãy tắt chương trình đó rồi chạy lại. Không nên đổi sang cổng khác: "
        "các màn hình đã ghép nối chỉ biết địa chỉ cũ."
    )
    en = (
        "Port {port} is in use by {holder}. Stop that program and start again. Do not change the port: paired boards "
        "only know the old address."
    )


class CannotListen(SignageError):
    """The system refuses for another reason."""

    code = "cannot_listen"
    vi = "Không mở được cổng {port} tại địa chỉ {host}: {reason}. Hãy kiểm tra SIGNAGE_HOST và SIGNAGE_PORT."
    en = "Port {port} at {host} cannot be opened: {reason}. Check SIGNAGE_HOST and SIGNAGE_PORT."


def make_folders(settings: Settings) -> None:
    """The home and its keys, only for their owner."""
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.keys.mkdir(mode=0o700, exist_ok=True)
    settings.keys.chmod(0o700)
    # The database holds names and hashes. SQLite gives the files beside it the same mode.
    database_file(settings).touch(mode=0o600)


def database_file(settings: Settings) -> Path:
    """The embedded database."""
    return settings.home / "signage.db"


def facts_file(settings: Settings) -> Path:
    """What is no row of the database: the port, chosen once; whether we speak https; the demo screen."""
    return settings.home / "home.json"


def setup_link_file(settings: Settings) -> Path:
    """The set-up link, as long as it can be used."""
    return settings.home / "setup-link.txt"


def port_of(settings: Settings) -> int:
    """The port to listen on: the setting, else the one that was chosen when the home was made."""
    return settings.port or recall(settings, "port") or keep_port(settings)


def last_listened(settings: Settings) -> tuple[str, int]:
    """Host and port where the server was last started; a setting given to this command comes first.

    So that a command in another terminal, without the server's environment, prints links that work.
    """
    last = recall(settings, "last_listened") or {}
    host = settings.host if "host" in settings.model_fields_set else last.get("host", settings.host)
    return host, settings.port or last.get("port") or port_of(settings)


def keep_port(settings: Settings) -> int:
    """Choose the first free port from 8080 on, and remember it for good."""
    port = next(port for port in range(FIRST_PORT, 65_536) if _is_free(settings.host, port))
    remember(settings, port=port)
    return port


def keep_setup_link(settings: Settings, link: str) -> None:
    """Write the whole link where only the owner of the installation can read it."""
    write_whole(setup_link_file(settings), f"{link}\n".encode(), mode=0o600)


def is_https(settings: Settings) -> bool:
    """Whether the server was last started with `--https`: other commands print its addresses too."""
    return bool(recall(settings, "https"))


def remember(settings: Settings, **facts: Any) -> None:
    """Keep facts about this installation for the next start; nothing is written when they are known."""
    known = _facts(settings)
    if known | facts != known:
        text = json.dumps(known | facts, indent=2)
        write_whole(facts_file(settings), f"{text}\n".encode(), mode=0o644)


def recall(settings: Settings, fact: str) -> Any:
    """A fact that was remembered, or None."""
    return _facts(settings).get(fact)


def forget_setup_link(settings: Settings) -> None:
    """It has been used."""
    setup_link_file(settings).unlink(missing_ok=True)


def write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in the folder survives a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket for the server.

    Raises:
        PortTaken: another program has the port; it is named where the system tells.
        CannotListen: the address is not this machine's, or the port needs more rights.
    """
    try:
        return socket.create_server((host, port), backlog=1024)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise CannotListen(host=host, port=port, reason=error.strerror) from error
        holder = holder_of(port)
        raise (PortTakenBy(port=port, holder=holder) if holder else PortTaken(port=port)) from error


def holder_of(port: int) -> str | None:
    """Who listens on a port: the program and its process id, if we may know."""
    sockets = _listening_sockets(port)
    for folder in Path("/proc").glob("[0-9]*"):
        if sockets and sockets & _open_sockets(folder):
            return f"{_program(folder)} (pid {folder.name})"
    return None


def network_address(host: str) -> str | None:
    """Where others on the network reach a server that listens there; None when they cannot."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared only
        return lan_address()
    return None if host in ("127.0.0.1", "::1", "localhost") else host


def lan_address() -> str | None:
    """This machine's address as the boards see it; None when it is on no network. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            address = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if address.startswith("127.") or address == "0.0.0.0" else address  # noqa: S104 - compared only


def _facts(settings: Settings) -> dict[str, Any]:
    file = facts_file(settings)
    return dict(json.loads(file.read_text())) if file.exists() else {}


def _is_free(host: str, port: int) -> bool:
    try:
        socket.create_server((host, port)).close()
    except OSError:
        return False
    return True


def _listening_sockets(port: int) -> set[str]:
    """Inodes of the listening sockets on the port, as the kernel lists them."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in _lines(Path(table))[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                found.add(f"socket:[{fields[9]}]")
    return found


def _open_sockets(process: Path) -> set[str]:
    try:
        files = os.listdir(process / "fd")
    except OSError:
        return set()  # another user's process, or one that has just ended
    return {target for file in files if (target := _target(process / "fd" / file))}


def _target(link: Path) -> str | None:
    try:
        return os.readlink(link)
    except OSError:
        return None


def _program(process: Path) -> str:
    lines = _lines(process / "comm")
    return lines[0] if lines else "?"


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return []
