"""Screens have tags and schedules know day sets."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_set",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_day_set_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_set")),
    )
    op.create_table(
        "screen_tag",
        sa.Column("screen_id", sa.String(length=20), nullable=False),
        sa.Column("tag_key", sa.String(length=120), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["screen_id"], ["screen.id"], name=op.f("fk_screen_tag_screen_id_screen"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("screen_id", "tag_key", name=op.f("pk_screen_tag")),
    )
    with op.batch_alter_table("screen_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screen_tag_tag_key"), ["tag_key"], unique=False)

    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.add_column(sa.Column("only_sets", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("include_sets", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("exclude_sets", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("schedule_target", schema=None) as batch_op:
        batch_op.alter_column(
            "ref", existing_type=sa.VARCHAR(length=20), type_=sa.String(length=40), existing_nullable=True
        )


def downgrade() -> None:
    with op.batch_alter_table("schedule_target", schema=None) as batch_op:
        batch_op.alter_column(
            "ref", existing_type=sa.String(length=40), type_=sa.VARCHAR(length=20), existing_nullable=True
        )

    with op.batch_alter_table("schedule", schema=None) as batch_op:
        batch_op.drop_column("exclude_sets")
        batch_op.drop_column("include_sets")
        batch_op.drop_column("only_sets")

    with op.batch_alter_table("screen_tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screen_tag_tag_key"))

    op.drop_table("screen_tag")
    op.drop_table("day_set")
