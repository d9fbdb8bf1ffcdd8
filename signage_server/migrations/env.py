"""What Alembic runs to find the database and the models; only ever with a connection of ours."""

from typing import Any, Literal

from alembic import context

from signage_server.db import Base, UtcDateTime


def _render_item(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """A step must not change its meaning when our column types do: it names SQLAlchemy's own."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render_item,
)
with context.begin_transaction():
    context.run_migrations()
