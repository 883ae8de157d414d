"""A second worker on one child, a day in a child's life, and what happens if it does not work."""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "second_allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("what_for", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_because is null) = (ended_by is null) and (ended_because is null) = (ended_at is null)",
            name=op.f("ck_second_allocation_ended_because_and_ended_by_and_ended_at"),
        ),
        sa.CheckConstraint(
            "team_id is not null or worker_id is not null",
            name=op.f("ck_second_allocation_to_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user_account.id"], name=op.f("fk_second_allocation_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_second_allocation_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_second_allocation_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_second_allocation_team_id")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_second_allocation_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_allocation")),
    )
    with op.batch_alter_table("second_allocation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_second_allocation_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            "uq_second_allocation_standing",
            ["contact_child_id"],
            unique=True,
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contingency", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.add_column(sa.Column("day_in_life", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.drop_column("day_in_life")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("contingency")

    with op.batch_alter_table("second_allocation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_second_allocation_standing",
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_second_allocation_contact_child_id"))

    op.drop_table("second_allocation")
