"""What referrers are told is stored, disagreements have stages, and contacts are rated."""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "experience",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rated_by", sa.Uuid(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_experience_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["rated_by"], ["user_account.id"], name=op.f("fk_experience_rated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experience")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_experience_contact_id")),
    )
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_experience_rated_at"), ["rated_at"], unique=False)

    op.create_table(
        "disagreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("turn", sa.String(length=20), nullable=False),
        sa.Column("turn_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolution", sa.String(length=30), nullable=True),
        sa.Column("resolution_words", sa.Text(), nullable=False),
        sa.Column("resolved_for", sa.String(length=200), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("new_decision_id", sa.Uuid(), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(resolution is null) = (resolved_by is null) and (resolution is null) = (resolved_at is null)",
            name=op.f("ck_disagreement_resolution_and_resolved_by_and_resolved_at"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_disagreement_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_disagreement_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_disagreement_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["new_decision_id"], ["decision.id"], name=op.f("fk_disagreement_new_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"], ["user_account.id"], name=op.f("fk_disagreement_raised_by")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["user_account.id"], name=op.f("fk_disagreement_resolved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement")),
    )
    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disagreement_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_disagreement_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            "ix_disagreement_resolved_at_due_at", ["resolved_at", "due_at"], unique=False
        )
        batch_op.create_index(
            "uq_disagreement_one_open",
            ["decision_id"],
            unique=True,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )

    op.create_table(
        "told_to_referrer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reasons",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("explaining_rule", sa.String(length=80), nullable=True),
        sa.Column("withheld", sa.String(length=30), nullable=True),
        sa.Column("withheld_words", sa.Text(), nullable=False),
        sa.Column("chosen_by", sa.Uuid(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chosen_by"], ["user_account.id"], name=op.f("fk_told_to_referrer_chosen_by")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_told_to_referrer_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_to_referrer")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_told_to_referrer_decision_id")),
    )
    op.create_table(
        "disagreement_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disagreement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("named", sa.String(length=200), nullable=False),
        sa.Column("at_risk", sa.Boolean(), nullable=False),
        sa.Column("was_late", sa.Boolean(), nullable=False),
        sa.Column("stepped_by", sa.Uuid(), nullable=False),
        sa.Column("stepped_by_name", sa.String(length=200), nullable=False),
        sa.Column("stepped_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["disagreement_id"],
            ["disagreement.id"],
            name=op.f("fk_disagreement_step_disagreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["stepped_by"], ["user_account.id"], name=op.f("fk_disagreement_step_stepped_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disagreement_step")),
    )
    with op.batch_alter_table("disagreement_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disagreement_step_disagreement_id"), ["disagreement_id"], unique=False
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("disagreement_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disagreement_step_disagreement_id"))

    op.drop_table("disagreement_step")
    op.drop_table("told_to_referrer")
    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_disagreement_one_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.drop_index("ix_disagreement_resolved_at_due_at")
        batch_op.drop_index(batch_op.f("ix_disagreement_contact_child_id"))
        batch_op.drop_index(batch_op.f("ix_disagreement_agency_id"))

    op.drop_table("disagreement")
    with op.batch_alter_table("experience", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_experience_rated_at"))

    op.drop_table("experience")
