"""Messages, waits for the referrer, internal notes and consultations.

What was said stays: both databases refuse to change or remove a message or a note.
Whoever rebuilds one of these tables on SQLite in a later migration makes its triggers anew.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SAID_FOR_GOOD = ("message", "internal_note")
WHY = "what was said stays"


def guards(table: str) -> dict[str, tuple[str, ...]]:
    """What tells each database that no row of this table is ever changed or removed."""
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
            for deed in ("update", "delete")
        ),
        "postgresql": (
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WHY}'; END $$",
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()",
        ),
    }


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_token", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_consultation_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["user_account.id"], name=op.f("fk_consultation_opened_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("opened_by", "token", name=op.f("uq_consultation_opened_by_token")),
        sa.UniqueConstraint("reference", name=op.f("uq_consultation_reference")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consultation_contact_token"), ["contact_token"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consultation_opened_by"), ["opened_by"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("consultation_id", sa.Uuid(), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("answers_id", sa.Uuid(), nullable=True),
        sa.Column(
            "stood",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_by_name", sa.String(length=200), nullable=False),
        sa.Column("sent_by_role", sa.String(length=40), nullable=False),
        sa.Column("sent_by_agency", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(contact_id is null) <> (consultation_id is null)",
            name=op.f("ck_message_of_one_thread"),
        ),
        sa.ForeignKeyConstraint(["answers_id"], ["message.id"], name=op.f("fk_message_answers_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_message_consultation_id")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_message_contact_id")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["message.id"], name=op.f("fk_message_corrects_id")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["user_account.id"], name=op.f("fk_message_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("sent_by", "token", name=op.f("uq_message_sent_by_token")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_message_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "internal_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_by_name", sa.String(length=200), nullable=False),
        sa.Column("written_by_role", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_internal_note_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["internal_note.id"], name=op.f("fk_internal_note_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["user_account.id"], name=op.f("fk_internal_note_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_note")),
        sa.UniqueConstraint("written_by", "token", name=op.f("uq_internal_note_written_by_token")),
    )
    with op.batch_alter_table("internal_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_internal_note_contact_child_id"), ["contact_child_id"], unique=False
        )

    op.create_table(
        "message_read",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=False),
        sa.Column("read_by_name", sa.String(length=200), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_read_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["read_by"], ["user_account.id"], name=op.f("fk_message_read_read_by")
        ),
        sa.PrimaryKeyConstraint("message_id", "read_by", name=op.f("pk_message_read")),
    )
    op.create_table(
        "unread_message",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("consultation_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_unread_message_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_unread_message_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_unread_message_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_unread_message")),
    )
    with op.batch_alter_table("unread_message", schema=None) as batch_op:
        for column in ("contact_id", "consultation_id"):
            batch_op.create_index(f"ix_unread_message_{column}", [column], unique=False)

    op.create_table(
        "referrer_wait",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_by is null) = (ended_at is null)",
            name=op.f("ck_referrer_wait_ended_by_and_ended_at"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["message.id"], name=op.f("fk_referrer_wait_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["user_account.id"], name=op.f("fk_referrer_wait_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_referrer_wait_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_referrer_wait_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["message.id"], name=op.f("fk_referrer_wait_question_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrer_wait")),
    )
    with op.batch_alter_table("referrer_wait", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_referrer_wait_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_referrer_wait_question_id"), ["question_id"], unique=False
        )
    for table in SAID_FOR_GOOD:
        for statement in guards(table)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    """Take the change back; triggers go with their tables."""
    with op.batch_alter_table("referrer_wait", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referrer_wait_question_id"))
        batch_op.drop_index(batch_op.f("ix_referrer_wait_contact_child_id"))

    op.drop_table("referrer_wait")
    op.drop_table("unread_message")
    op.drop_table("message_read")
    with op.batch_alter_table("internal_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_internal_note_contact_child_id"))

    op.drop_table("internal_note")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_contact_id"))
        batch_op.drop_index(batch_op.f("ix_message_consultation_id"))

    op.drop_table("message")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_opened_by"))
        batch_op.drop_index(batch_op.f("ix_consultation_contact_token"))

    op.drop_table("consultation")
    if op.get_bind().dialect.name == "postgresql":
        for table in SAID_FOR_GOOD:
            op.execute(f"DROP FUNCTION {table}_stays()")
