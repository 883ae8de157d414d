"""Strategy discussions with their people, children and tasks; visits, allocations and later dates
after a decision; and a disagreement with one decision may be open for each agency.
"""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "strategy_discussion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("planned_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("convened_by", sa.Uuid(), nullable=False),
        sa.Column("convened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("conduct", sa.String(length=10), nullable=True),
        sa.Column("medical", sa.String(length=10), nullable=True),
        sa.Column("medical_why", sa.Text(), nullable=False),
        sa.Column("seeing_who", sa.String(length=200), nullable=False),
        sa.Column("seeing_on", sa.Date(), nullable=True),
        sa.Column("seeing_alone", sa.String(length=3), nullable=True),
        sa.Column("seeing_how", sa.Text(), nullable=False),
        sa.Column("parents", sa.String(length=10), nullable=True),
        sa.Column("parents_words", sa.Text(), nullable=False),
        sa.Column("other_children", sa.Text(), nullable=False),
        sa.Column("is_quorate", sa.Boolean(), nullable=True),
        sa.Column("without_quorum", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_by is null) = (closed_at is null) and (closed_by is null) = (is_quorate is null)",
            name=op.f("ck_strategy_discussion_closed_by_and_closed_at_and_is_quorate"),
        ),
        sa.CheckConstraint(
            "(started_at is null) = (ended_at is null)",
            name=op.f("ck_strategy_discussion_started_at_and_ended_at"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["user_account.id"], name=op.f("fk_strategy_discussion_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_strategy_discussion_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["convened_by"], ["user_account.id"], name=op.f("fk_strategy_discussion_convened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_discussion")),
    )
    with op.batch_alter_table("strategy_discussion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategy_discussion_closed_at"), ["closed_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_strategy_discussion_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_strategy_discussion_started_at"), ["started_at"], unique=False
        )

    op.create_table(
        "named_worker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_named_worker_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_named_worker_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_worker")),
    )
    with op.batch_alter_table("named_worker", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_named_worker_contact_child_id"), ["contact_child_id"], unique=False
        )

    op.create_table(
        "child_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("was_seen", sa.Boolean(), nullable=False),
        sa.Column("why_not_seen", sa.Text(), nullable=False),
        sa.Column("was_alone", sa.Boolean(), nullable=True),
        sa.Column("why_not_alone", sa.Text(), nullable=False),
        sa.Column("spoken_to", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_child_visit_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_child_visit_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_visit")),
    )
    with op.batch_alter_table("child_visit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_child_visit_contact_child_id"), ["contact_child_id"], unique=False
        )

    op.create_table(
        "later_date",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("from_file", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_later_date_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_later_date_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_date")),
        sa.UniqueConstraint(
            "contact_child_id", "step", name=op.f("uq_later_date_contact_child_id_step")
        ),
    )
    op.create_table(
        "strategy_child",
        sa.Column("discussion_id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("s47", sa.Boolean(), nullable=True),
        sa.Column("limb", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_strategy_child_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["discussion_id"],
            ["strategy_discussion.id"],
            name=op.f("fk_strategy_child_discussion_id"),
        ),
        sa.PrimaryKeyConstraint(
            "discussion_id", "contact_child_id", name=op.f("pk_strategy_child")
        ),
    )
    with op.batch_alter_table("strategy_child", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategy_child_contact_child_id"), ["contact_child_id"], unique=False
        )

    op.create_table(
        "strategy_not_needed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_strategy_not_needed_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["user_account.id"], name=op.f("fk_strategy_not_needed_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_not_needed")),
    )
    with op.batch_alter_table("strategy_not_needed", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategy_not_needed_contact_child_id"),
            ["contact_child_id"],
            unique=False,
        )

    op.create_table(
        "strategy_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("discussion_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_words", sa.Text(), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(done_by is null) = (done_at is null)",
            name=op.f("ck_strategy_task_done_by_and_done_at"),
        ),
        sa.ForeignKeyConstraint(
            ["discussion_id"],
            ["strategy_discussion.id"],
            name=op.f("fk_strategy_task_discussion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["user_account.id"], name=op.f("fk_strategy_task_done_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_task")),
    )
    with op.batch_alter_table("strategy_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategy_task_discussion_id"), ["discussion_id"], unique=False
        )
        batch_op.create_index(
            "ix_strategy_task_done_at_due_on", ["done_at", "due_on"], unique=False
        )

    op.create_table(
        "strategy_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("discussion_id", sa.Uuid(), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("why_absent", sa.Text(), nullable=False),
        sa.Column("information", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("dissent_wanted", sa.Text(), nullable=False),
        sa.Column("dissent_by", sa.Uuid(), nullable=True),
        sa.Column("dissent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disagreement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(dissent_by is null) = (dissent_at is null)",
            name=op.f("ck_strategy_person_dissent_by_and_dissent_at"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_strategy_person_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["disagreement_id"],
            ["disagreement.id"],
            name=op.f("fk_strategy_person_disagreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["discussion_id"],
            ["strategy_discussion.id"],
            name=op.f("fk_strategy_person_discussion_id"),
        ),
        sa.ForeignKeyConstraint(
            ["dissent_by"], ["user_account.id"], name=op.f("fk_strategy_person_dissent_by")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["user_account.id"], name=op.f("fk_strategy_person_invited_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_person")),
        sa.UniqueConstraint(
            "discussion_id",
            "agency",
            "person",
            name=op.f("uq_strategy_person_discussion_id_agency_person"),
        ),
    )
    with op.batch_alter_table("strategy_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategy_person_discussion_id"), ["discussion_id"], unique=False
        )

    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("uq_disagreement_one_open"), sqlite_where=sa.text("resolved_at IS NULL")
        )
        batch_op.create_index(
            "uq_disagreement_one_open",
            ["decision_id", "agency_id"],
            unique=True,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_disagreement_one_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("uq_disagreement_one_open"),
            ["decision_id"],
            unique=True,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    with op.batch_alter_table("strategy_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_person_discussion_id"))

    op.drop_table("strategy_person")
    with op.batch_alter_table("strategy_task", schema=None) as batch_op:
        batch_op.drop_index("ix_strategy_task_done_at_due_on")
        batch_op.drop_index(batch_op.f("ix_strategy_task_discussion_id"))

    op.drop_table("strategy_task")
    with op.batch_alter_table("strategy_not_needed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_not_needed_contact_child_id"))

    op.drop_table("strategy_not_needed")
    with op.batch_alter_table("strategy_child", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_child_contact_child_id"))

    op.drop_table("strategy_child")
    op.drop_table("later_date")
    with op.batch_alter_table("child_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_visit_contact_child_id"))

    op.drop_table("child_visit")
    with op.batch_alter_table("named_worker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_named_worker_contact_child_id"))

    op.drop_table("named_worker")
    with op.batch_alter_table("strategy_discussion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_discussion_started_at"))
        batch_op.drop_index(batch_op.f("ix_strategy_discussion_contact_id"))
        batch_op.drop_index(batch_op.f("ix_strategy_discussion_closed_at"))

    op.drop_table("strategy_discussion")
