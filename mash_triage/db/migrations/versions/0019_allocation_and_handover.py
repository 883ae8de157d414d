"""Children are allocated to teams and workers, the night hands over, filters are saved by name."""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_by is null) = (ended_at is null)", name=op.f("ck_absence_ended_by_and_ended_at")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absence_days_in_order")),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["user_account.id"], name=op.f("fk_absence_cover_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_absence_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_absence_recorded_by")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_absence_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_last_day"), ["last_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_user_id"), ["user_id"], unique=False)

    op.create_table(
        "night_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(words is null) = (reviewed_by is null) and (words is null) = (reviewed_at is null)",
            name=op.f("ck_night_decision_words_and_reviewed_by_and_reviewed_at"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_night_decision_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["user_account.id"], name=op.f("fk_night_decision_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_night_decision")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_night_decision_decision_id")),
    )
    with op.batch_alter_table("night_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_night_decision_reviewed_at"), ["reviewed_at"], unique=False
        )

    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column(
            "choices",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_saved_filter_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("owner_id", "name", name=op.f("uq_saved_filter_owner_id_name")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_by is null) = (closed_at is null)",
            name=op.f("ck_team_closed_by_and_closed_at"),
        ),
        sa.ForeignKeyConstraint(["added_by"], ["user_account.id"], name=op.f("fk_team_added_by")),
        sa.ForeignKeyConstraint(["closed_by"], ["user_account.id"], name=op.f("fk_team_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "team_area",
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_area_team_id")),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_team_area")),
    )
    with op.batch_alter_table("team_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_area_team_id"), ["team_id"], unique=False)

    op.create_table(
        "worker_profile",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("newly_qualified", sa.Boolean(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["user_account.id"], name=op.f("fk_worker_profile_changed_by")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_worker_profile_team_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_worker_profile_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_worker_profile")),
    )
    with op.batch_alter_table("worker_profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_worker_profile_team_id"), ["team_id"], unique=False)

    op.create_table(
        "activity_prompt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_by", sa.Uuid(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(reply is null) = (replied_by is null) and (reply is null) = (replied_at is null)",
            name=op.f("ck_activity_prompt_reply_and_replied_by_and_replied_at"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["user_account.id"], name=op.f("fk_activity_prompt_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_activity_prompt_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["replied_by"], ["user_account.id"], name=op.f("fk_activity_prompt_replied_by")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_activity_prompt_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_prompt")),
    )
    with op.batch_alter_table("activity_prompt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_prompt_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activity_prompt_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "despite",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("allocated_by", sa.Uuid(), nullable=True),
        sa.Column("allocated_by_name", sa.String(length=200), nullable=False),
        sa.Column("allocated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_by_name", sa.String(length=200), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_by_name is null)",
            name=op.f("ck_allocation_ended_at_and_ended_by_name"),
        ),
        sa.CheckConstraint(
            "team_id is not null or worker_id is not null", name=op.f("ck_allocation_to_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["allocated_by"], ["user_account.id"], name=op.f("fk_allocation_allocated_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_allocation_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_allocation_ended_by")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_allocation_team_id")),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_allocation_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index("ix_allocation_contact_child_id", ["contact_child_id"], unique=False)
        batch_op.create_index(
            "uq_allocation_standing",
            ["contact_child_id"],
            unique=True,
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )

    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("outstanding", sa.Text(), nullable=False),
        sa.Column("who_knows", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(read_by is null) = (read_at is null)", name=op.f("ck_handover_read_by_and_read_at")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_handover_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["user_account.id"], name=op.f("fk_handover_given_by")
        ),
        sa.ForeignKeyConstraint(["read_by"], ["user_account.id"], name=op.f("fk_handover_read_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handover_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            "ix_handover_unread",
            ["contact_child_id"],
            unique=False,
            sqlite_where=sa.text("read_at is null"),
            postgresql_where=sa.text("read_at is null"),
        )

    op.create_table(
        "worker_conflict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(lifted_by is null) = (lifted_at is null) and (lifted_by is null) = (lifted_because is null)",
            name=op.f("ck_worker_conflict_lifted_by_and_lifted_at_and_lifted_because"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_worker_conflict_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["user_account.id"], name=op.f("fk_worker_conflict_lifted_by")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_worker_conflict_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["user_account.id"], name=op.f("fk_worker_conflict_worker_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_conflict")),
    )
    with op.batch_alter_table("worker_conflict", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_conflict_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_worker_conflict_worker_id"), ["worker_id"], unique=False
        )

    # whoever took a child up works on it; the child's own id serves as that of the row
    op.execute(
        "INSERT INTO allocation (id, contact_child_id, worker_id, how, reason, despite, "
        "allocated_by, allocated_by_name, allocated_at) "
        "SELECT c.id, c.id, c.taken_up_by, 'taken_up', '', '[]', c.taken_up_by, u.name, "
        "c.taken_up_at FROM contact_child c JOIN user_account u ON u.id = c.taken_up_by"
    )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("worker_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_conflict_worker_id"))
        batch_op.drop_index(batch_op.f("ix_worker_conflict_contact_child_id"))

    op.drop_table("worker_conflict")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_handover_unread",
            sqlite_where=sa.text("read_at is null"),
            postgresql_where=sa.text("read_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_handover_contact_child_id"))

    op.drop_table("handover")
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_allocation_standing",
            sqlite_where=sa.text("ended_at is null"),
            postgresql_where=sa.text("ended_at is null"),
        )
        batch_op.drop_index("ix_allocation_contact_child_id")

    op.drop_table("allocation")
    with op.batch_alter_table("activity_prompt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_prompt_worker_id"))
        batch_op.drop_index(batch_op.f("ix_activity_prompt_contact_child_id"))

    op.drop_table("activity_prompt")
    with op.batch_alter_table("worker_profile", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_profile_team_id"))

    op.drop_table("worker_profile")
    with op.batch_alter_table("team_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_area_team_id"))

    op.drop_table("team_area")
    op.drop_table("team")
    op.drop_table("saved_filter")
    with op.batch_alter_table("night_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_night_decision_reviewed_at"))

    op.drop_table("night_decision")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_user_id"))
        batch_op.drop_index(batch_op.f("ix_absence_last_day"))

    op.drop_table("absence")
