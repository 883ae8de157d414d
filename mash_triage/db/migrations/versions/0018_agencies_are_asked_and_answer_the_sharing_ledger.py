"""Agencies are asked and answer; the sharing ledger; how an agency works with the hub."""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "information_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("rag", sa.String(length=10), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=30), nullable=False),
        sa.Column("special_category", sa.String(length=40), nullable=False),
        sa.Column("gateway", sa.String(length=40), nullable=False),
        sa.Column("confidentiality", sa.String(length=30), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("rests_on", sa.String(length=20), nullable=False),
        sa.Column(
            "consent_ids",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("why_not_asked", sa.String(length=30), nullable=True),
        sa.Column("why_not_words", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authorised_by", sa.Uuid(), nullable=True),
        sa.Column("authorised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(authorised_by is null) = (authorised_at is null)",
            name=op.f("ck_information_request_authorised_by_and_authorised_at"),
        ),
        sa.CheckConstraint(
            "(ended_because is null) = (ended_by is null) and (ended_because is null) = (ended_at is null)",
            name=op.f("ck_information_request_ended_because_and_ended_by_and_ended_at"),
        ),
        sa.CheckConstraint(
            "(sent_at is null) = (due_at is null)",
            name=op.f("ck_information_request_sent_at_and_due_at"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_information_request_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["user_account.id"], name=op.f("fk_information_request_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["authorised_by"],
            ["user_account.id"],
            name=op.f("fk_information_request_authorised_by"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_information_request_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_information_request_ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
    )
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_information_request_agency_id_state_due_at",
            ["agency_id", "state", "due_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_information_request_contact_child_id"),
            ["contact_child_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_information_request_sent_at"), ["sent_at"], unique=False
        )
        batch_op.create_index(
            "ix_information_request_state_due_at", ["state", "due_at"], unique=False
        )
        batch_op.create_index(
            "uq_information_request_under_way",
            ["contact_child_id", "agency_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('needs_word', 'open')"),
            postgresql_where=sa.text("state IN ('needs_word', 'open')"),
        )

    op.create_table(
        "sharing_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=True),
        sa.Column("with_whom", sa.String(length=300), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=30), nullable=True),
        sa.Column("special_category", sa.String(length=40), nullable=True),
        sa.Column("gateway", sa.String(length=40), nullable=True),
        sa.Column("confidentiality", sa.String(length=30), nullable=True),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("agreement", sa.String(length=20), nullable=True),
        sa.Column("agreement_words", sa.Text(), nullable=False),
        sa.Column("why_not_asked", sa.String(length=30), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authorised_by", sa.Uuid(), nullable=True),
        sa.Column("authorised_by_name", sa.String(length=200), nullable=True),
        sa.Column("authorised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_name", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(authorised_by is null) = (authorised_at is null)",
            name=op.f("ck_sharing_record_authorised_by_and_authorised_at"),
        ),
        sa.CheckConstraint(
            "(basis is null) = (confidentiality is null)",
            name=op.f("ck_sharing_record_basis_and_confidentiality"),
        ),
        sa.CheckConstraint(
            "(basis is null) = (special_category is null) and (basis is null) = (gateway is null)",
            name=op.f("ck_sharing_record_basis_and_special_category_and_gateway"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_sharing_record_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["authorised_by"], ["user_account.id"], name=op.f("fk_sharing_record_authorised_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_sharing_record_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_sharing_record_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_record")),
    )
    with op.batch_alter_table("sharing_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sharing_record_about_id"), ["about_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sharing_record_agency_id"), ["agency_id"], unique=False
        )
        batch_op.create_index(
            "ix_sharing_record_child_shared", ["contact_child_id", "shared_at"], unique=False
        )

    op.create_table(
        "request_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("relevance", sa.String(length=20), nullable=True),
        sa.Column("relevance_by", sa.Uuid(), nullable=True),
        sa.Column("relevance_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(relevance is null) = (relevance_by is null) and (relevance is null) = (relevance_at is null)",
            name=op.f("ck_request_part_relevance_and_relevance_by_and_relevance_at"),
        ),
        sa.ForeignKeyConstraint(
            ["relevance_by"], ["user_account.id"], name=op.f("fk_request_part_relevance_by")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_part_request_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_part")),
        sa.UniqueConstraint(
            "request_id", "position", name=op.f("uq_request_part_request_id_position")
        ),
    )
    op.create_table(
        "request_person",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("relationship", sa.String(length=300), nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_request_person_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_person_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", "position", name=op.f("pk_request_person")),
    )
    with op.batch_alter_table("request_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_person_contact_child_id"), ["contact_child_id"], unique=False
        )

    op.create_table(
        "request_reply",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("replied_by", sa.Uuid(), nullable=False),
        sa.Column("replied_by_name", sa.String(length=200), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("release_words", sa.Text(), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(release_words is null) = (released_by is null) and (release_words is null) = (released_at is null)",
            name=op.f("ck_request_reply_release_words_and_released_by_and_released_at"),
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["user_account.id"], name=op.f("fk_request_reply_released_by")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by"], ["user_account.id"], name=op.f("fk_request_reply_replied_by")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_reply_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_reply")),
    )
    op.create_table(
        "request_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stepped_by", sa.Uuid(), nullable=True),
        sa.Column("stepped_by_name", sa.String(length=200), nullable=False),
        sa.Column("stepped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["information_request.id"], name=op.f("fk_request_step_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["stepped_by"], ["user_account.id"], name=op.f("fk_request_step_stepped_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    with op.batch_alter_table("request_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_step_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "part_answer",
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("withheld", sa.String(length=30), nullable=True),
        sa.Column("withheld_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["part_id"], ["request_part.id"], name=op.f("fk_part_answer_part_id")
        ),
        sa.PrimaryKeyConstraint("part_id", name=op.f("pk_part_answer")),
    )
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("presence", sa.String(length=10), server_default="elsewhere", nullable=False)
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_column("presence")

    op.drop_table("part_answer")
    with op.batch_alter_table("request_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_step_request_id"))

    op.drop_table("request_step")
    op.drop_table("request_reply")
    with op.batch_alter_table("request_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_person_contact_child_id"))

    op.drop_table("request_person")
    op.drop_table("request_part")
    with op.batch_alter_table("sharing_record", schema=None) as batch_op:
        batch_op.drop_index("ix_sharing_record_child_shared")
        batch_op.drop_index(batch_op.f("ix_sharing_record_agency_id"))
        batch_op.drop_index(batch_op.f("ix_sharing_record_about_id"))

    op.drop_table("sharing_record")
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_information_request_under_way",
            sqlite_where=sa.text("state IN ('needs_word', 'open')"),
            postgresql_where=sa.text("state IN ('needs_word', 'open')"),
        )
        batch_op.drop_index("ix_information_request_state_due_at")
        batch_op.drop_index(batch_op.f("ix_information_request_sent_at"))
        batch_op.drop_index(batch_op.f("ix_information_request_contact_child_id"))
        batch_op.drop_index("ix_information_request_agency_id_state_due_at")

    op.drop_table("information_request")
