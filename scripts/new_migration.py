"""Write the next migration from what has changed in the models: `.venv/bin/python scripts/new_migration.py "Add x"`.

Read what it wrote before committing it: a renamed column looks to it like one that went and one that came.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

import signage_server.app  # noqa: F401 - with it all tables are known
from signage_server import migrations
from signage_server.db import Database


def main(message: str) -> None:
    """Write the step into signage_server/migrations/versions/."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/signage.db")
        migrations.upgrade(db.engine)
        with db.engine.begin() as connection:
            config = migrations.config_for(connection)
            count = len(list(Path(migrations.__file__).parent.glob("versions/[0-9]*.py")))
            command.revision(config, message, autogenerate=True, rev_id=f"{count + 1:04}")
        db.close()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
