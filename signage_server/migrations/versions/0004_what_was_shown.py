"""What each screen showed from when on, for as long as the manifests themselves are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shown",
        sa.Column("screen_id", sa.String(length=20), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("screen_id", "since_ms", name=op.f("pk_shown")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("shown")
