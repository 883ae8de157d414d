"""What is handed on, directions as tasks, and chronologies"""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "chronology_hidden",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("line_key", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hidden_by", sa.Uuid(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_by", sa.Uuid(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(shown_by is null) = (shown_at is null)",
            name=op.f("ck_chronology_hidden_shown_by_and_shown_at"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_chronology_hidden_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["hidden_by"], ["user_account.id"], name=op.f("fk_chronology_hidden_hidden_by")
        ),
        sa.ForeignKeyConstraint(
            ["shown_by"], ["user_account.id"], name=op.f("fk_chronology_hidden_shown_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chronology_hidden")),
    )
    with op.batch_alter_table("chronology_hidden", schema=None) as batch_op:
        batch_op.create_index(
            "uq_chronology_hidden_once",
            ["contact_child_id", "line_key"],
            unique=True,
            sqlite_where=sa.text("shown_at IS NULL"),
            postgresql_where=sa.text("shown_at IS NULL"),
        )

    op.create_table(
        "chronology_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("weight", sa.String(length=20), nullable=False),
        sa.Column("corrects", sa.String(length=80), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_chronology_line_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["user_account.id"], name=op.f("fk_chronology_line_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chronology_line")),
    )
    with op.batch_alter_table("chronology_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chronology_line_contact_child_id"), ["contact_child_id"], unique=False
        )

    op.create_table(
        "family_summary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_family_summary_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["user_account.id"], name=op.f("fk_family_summary_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_summary")),
        sa.UniqueConstraint(
            "contact_child_id", "number", name=op.f("uq_family_summary_contact_child_id_number")
        ),
    )
    op.create_table(
        "passed_on",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_whom", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answer_name", sa.String(length=200), nullable=False),
        sa.Column("answer_role", sa.String(length=200), nullable=False),
        sa.Column("answer_how", sa.String(length=200), nullable=False),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("took_place_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_words", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer is null) = (answered_by is null) and (answer is null) = (answered_at is null) and (answer is null) = (took_place_at is null)",
            name=op.f("ck_passed_on_answer_and_answered_by_and_answered_at_and_took_place_at"),
        ),
        sa.CheckConstraint(
            "(sent_by is null) = (sent_at is null)", name=op.f("ck_passed_on_sent_by_and_sent_at")
        ),
        sa.CheckConstraint(
            "(settled_by is null) = (settled_at is null)",
            name=op.f("ck_passed_on_settled_by_and_settled_at"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_passed_on_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["user_account.id"], name=op.f("fk_passed_on_begun_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_passed_on_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["user_account.id"], name=op.f("fk_passed_on_sent_by")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["user_account.id"], name=op.f("fk_passed_on_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_on")),
    )
    with op.batch_alter_table("passed_on", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_passed_on_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index("ix_passed_on_is_open_due_at", ["is_open", "due_at"], unique=False)

    op.create_table(
        "special_ending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("took_place_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_by is null) = (ended_at is null) and (ended_by is null) = (took_place_at is null)",
            name=op.f("ck_special_ending_ended_by_and_ended_at_and_took_place_at"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_special_ending_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_special_ending_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["user_account.id"], name=op.f("fk_special_ending_opened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_ending")),
    )
    with op.batch_alter_table("special_ending", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_special_ending_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            "ix_special_ending_ended_at_due_at", ["ended_at", "due_at"], unique=False
        )

    op.create_table(
        "step_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("came_from_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stepped_by", sa.Uuid(), nullable=False),
        sa.Column("stepped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["came_from_id"], ["contact_child.id"], name=op.f("fk_step_up_came_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_step_up_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["stepped_by"], ["user_account.id"], name=op.f("fk_step_up_stepped_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_up")),
        sa.UniqueConstraint("contact_child_id", name=op.f("uq_step_up_contact_child_id")),
    )
    with op.batch_alter_table("step_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_up_came_from_id"), ["came_from_id"], unique=False)

    with op.batch_alter_table("direction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("was_done", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("ended_words", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ended_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_direction_ended_at_due_on", ["ended_at", "due_on"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_direction_taken_by"), "user_account", ["taken_by"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_direction_ended_by"), "user_account", ["ended_by"], ["id"]
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("direction", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_direction_ended_by"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_direction_taken_by"), type_="foreignkey")
        batch_op.drop_index("ix_direction_ended_at_due_on")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("ended_by")
        batch_op.drop_column("ended_words")
        batch_op.drop_column("was_done")
        batch_op.drop_column("taken_at")
        batch_op.drop_column("taken_by")

    with op.batch_alter_table("step_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_up_came_from_id"))

    op.drop_table("step_up")
    with op.batch_alter_table("special_ending", schema=None) as batch_op:
        batch_op.drop_index("ix_special_ending_ended_at_due_at")
        batch_op.drop_index(batch_op.f("ix_special_ending_contact_child_id"))

    op.drop_table("special_ending")
    with op.batch_alter_table("passed_on", schema=None) as batch_op:
        batch_op.drop_index("ix_passed_on_is_open_due_at")
        batch_op.drop_index(batch_op.f("ix_passed_on_contact_child_id"))

    op.drop_table("passed_on")
    op.drop_table("family_summary")
    with op.batch_alter_table("chronology_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chronology_line_contact_child_id"))

    op.drop_table("chronology_line")
    with op.batch_alter_table("chronology_hidden", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_chronology_hidden_once",
            sqlite_where=sa.text("shown_at IS NULL"),
            postgresql_where=sa.text("shown_at IS NULL"),
        )

    op.drop_table("chronology_hidden")
