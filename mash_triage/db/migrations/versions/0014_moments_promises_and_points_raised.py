"""Moments, the promises that they start and keep, and the points that were raised.

A clock that runs when this is made is raised when it is past; of its warning points nothing is said.
"""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "point_raised",
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("point", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("of_id", "point", name=op.f("pk_point_raised")),
    )
    op.create_table(
        "moment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("took_place_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("reported_by_name", sa.String(length=200), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_moment_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["user_account.id"], name=op.f("fk_moment_reported_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moment")),
        sa.UniqueConstraint(
            "contact_child_id",
            "moment",
            "about",
            "took_place_at",
            name=op.f("uq_moment_contact_child_id_moment_about_took_place_at"),
        ),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("started_with", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_point_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", sa.String(length=10), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended is null) = (ended_at is null)", name=op.f("ck_promise_ended_and_ended_at")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_promise_contact_child_id")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_promise_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint(
            "contact_child_id",
            "code",
            "about",
            "started_at",
            name=op.f("uq_promise_contact_child_id_code_about_started_at"),
        ),
    )
    op.create_index("ix_promise_ended_at_due_at", "promise", ["ended_at", "due_at"], unique=False)
    op.create_index(op.f("ix_promise_next_point_at"), "promise", ["next_point_at"], unique=False)
    op.add_column("clock", sa.Column("next_point_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_clock_next_point_at"), "clock", ["next_point_at"], unique=False)
    op.execute("UPDATE clock SET next_point_at = due_at WHERE stopped_at IS NULL")


def downgrade() -> None:
    """Take the change back."""
    op.drop_index(op.f("ix_clock_next_point_at"), table_name="clock")
    with op.batch_alter_table("clock") as clock:
        clock.drop_column("next_point_at")
    op.drop_table("promise")
    op.drop_table("moment")
    op.drop_table("point_raised")
