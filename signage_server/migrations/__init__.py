"""The tables' history: each change of the models is a step here, taken by itself when a server starts."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine


def upgrade(engine: Engine) -> None:
    """Bring the database to the present form, in one transaction; does nothing when it is there already."""
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        command.upgrade(config_for(connection), "head")


def config_for(connection: Connection) -> Config:
    """Alembic's configuration: our steps, on this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
