from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

import signage_server.app  # noqa: F401 - with it all tables are known
from signage_server import migrations
from signage_server.accounts import audit
from signage_server.db import Base, Database
from signage_server.scheduling.models import Schedule, ScheduleTarget


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A database that has taken every step."""
    db = Database(f"sqlite:///{tmp_path / 'signage.db'}")
    migrations.upgrade(db.engine)
    yield db
    db.close()


def test_the_steps_lead_to_the_models(db: Database) -> None:
    """Fails when a model has changed without a step: write one with scripts/new_migration.py."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_constraint_has_a_name(db: Database) -> None:
    tables = inspect(db.engine)
    for table in tables.get_table_names():
        if table != "alembic_version":
            keys = [tables.get_pk_constraint(table)["name"]]
            keys += [key["name"] for key in tables.get_foreign_keys(table)]
            keys += [key["name"] for key in tables.get_unique_constraints(table)]
            assert all(keys), table


@pytest.mark.parametrize("deed", ["UPDATE audit_entry SET who = 'nobody'", "DELETE FROM audit_entry"])
def test_the_trail_cannot_be_changed(db: Database, deed: str) -> None:
    with db.write(edit=False) as session:
        audit.record(session, "usr_lan", "unit.update", None, None, None)
    with pytest.raises(IntegrityError, match="never changed"), db.write(edit=False) as session:
        session.execute(text(deed))


def test_a_step_is_taken_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    db = Database(f"sqlite:///{tmp_path / 'signage.db'}")
    real, made = op.create_table, []

    def break_off(name: str, *columns: Any, **options: Any) -> object:
        made.append(name)
        if len(made) == 5:
            raise KeyboardInterrupt
        return real(name, *columns, **options)

    monkeypatch.setattr(op, "create_table", break_off)
    with pytest.raises(KeyboardInterrupt):
        migrations.upgrade(db.engine)
    assert inspect(db.engine).get_table_names() == []
    monkeypatch.undo()
    migrations.upgrade(db.engine)
    assert "asset" in inspect(db.engine).get_table_names()
    db.close()


def test_a_database_from_the_future_is_left_alone(db: Database) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrations.DatabaseNewer):
        migrations.upgrade(db.engine)


def test_a_database_that_is_up_to_date_is_left_alone(db: Database) -> None:
    with db.engine.connect() as connection:
        before = connection.execute(text("PRAGMA schema_version")).scalar()
    migrations.upgrade(db.engine)
    with db.engine.connect() as connection:
        assert connection.execute(text("PRAGMA schema_version")).scalar() == before
        assert (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            == migrations.newest()
        )


def test_what_was_there_stays_when_tags_and_day_sets_come(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'signage.db'}")
    with db.engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        command.upgrade(migrations.config_for(connection), "0002")
        for row in (
            "INSERT INTO unit (id, name, created_at, version) VALUES ('unt_1', 'A', '2026-01-01', 1)",
            "INSERT INTO schedule (id, unit_id, name, role, first_day, except_days, extra_days, windows, priority, "
            "silences_reminders, created_at, version) VALUES ('sch_1', 'unt_1', 'Tắt', 'off', '2026-01-01', '[]', "
            "'[]', '[[0, 1440]]', 0, 0, '2026-01-01', 3)",
            "INSERT INTO schedule_target (id, schedule_id, kind, ref) VALUES (7, 'sch_1', 'unit', 'unt_1')",
        ):
            connection.execute(text(row))
    migrations.upgrade(db.engine)
    with db.write() as session:
        schedule = session.get_one(Schedule, "sch_1")
        assert (schedule.version, schedule.only_sets, schedule.exclude_sets) == (3, [], [])
        assert [(row.id, row.kind, row.ref) for row in schedule.targets] == [(7, "unit", "unt_1")]
        session.delete(schedule)
    with db.read() as session:
        assert session.scalars(select(ScheduleTarget)).all() == []
    db.close()
