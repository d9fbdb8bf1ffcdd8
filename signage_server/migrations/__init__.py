"""The tables' history: each change of the models is a step here, taken by itself when a server starts."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from signage_server.errors import Conflict

if TYPE_CHECKING:
    from alembic.config import Config


class DatabaseNewer(Conflict):
    """A newer version of the program has been here."""

    code = "database_newer"
    vi = "Cơ sở dữ liệu do một phiên bản mới hơn tạo ra. Hãy cập nhật chương trình rồi chạy lại."
    en = "The database was made by a newer version. Update the program, then start again."


_FOLDER = Path(__file__).parent


def upgrade(engine: Engine) -> None:
    """Bring the database to the present form, in one transaction; does nothing when it is there already.

    Raises:
        DatabaseNewer: it is ahead of this program.
    """
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        present = _present(connection)
        if present == newest():
            return
        if present is not None and present > newest():
            raise DatabaseNewer()
        from alembic import command  # slow to import, and rarely needed

        command.upgrade(config_for(connection), "head")


def newest() -> str:
    """The name of the last step."""
    return max((file.name for file in _FOLDER.glob("versions/[0-9]*.py")), default="").partition("_")[0]


def config_for(connection: Connection) -> "Config":
    """Alembic's configuration: our steps, on this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _present(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
