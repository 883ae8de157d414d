"""Missing episodes, their oversight, risk, actions and return home interviews"""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "missing_episode",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("missing_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.Text(), nullable=False),
        sa.Column("reporter", sa.String(length=300), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("looked_after", sa.String(length=10), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_how", sa.String(length=30), nullable=True),
        sa.Column("returned_words", sa.Text(), nullable=False),
        sa.Column("return_recorded_by", sa.Uuid(), nullable=True),
        sa.Column("return_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider", sa.String(length=30), nullable=False),
        sa.Column("provider_because", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(returned_at is null) = (return_recorded_by is null) and (returned_at is null) = (return_recorded_at is null)",
            name=op.f(
                "ck_missing_episode_returned_at_and_return_recorded_by_and_return_recorded_at"
            ),
        ),
        sa.CheckConstraint(
            "(returned_at is null) = (returned_how is null)",
            name=op.f("ck_missing_episode_returned_at_and_returned_how"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_missing_episode_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_missing_episode_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["return_recorded_by"],
            ["user_account.id"],
            name=op.f("fk_missing_episode_return_recorded_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_episode")),
    )
    with op.batch_alter_table("missing_episode", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_missing_episode_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_missing_episode_noticed_at"), ["noticed_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_missing_episode_returned_at"), ["returned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_missing_episode_settled_at"), ["settled_at"], unique=False
        )
        batch_op.create_index(
            "uq_missing_episode_one_open",
            ["contact_child_id"],
            unique=True,
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )

    op.create_table(
        "missing_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(done_by is null) = (done_at is null)",
            name=op.f("ck_missing_action_done_by_and_done_at"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user_account.id"], name=op.f("fk_missing_action_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["done_by"], ["user_account.id"], name=op.f("fk_missing_action_done_by")
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["missing_episode.id"], name=op.f("fk_missing_action_episode_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_action")),
    )
    with op.batch_alter_table("missing_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_missing_action_episode_id"), ["episode_id"], unique=False
        )

    op.create_table(
        "missing_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["missing_episode.id"], name=op.f("fk_missing_review_episode_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["user_account.id"], name=op.f("fk_missing_review_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_review")),
    )
    with op.batch_alter_table("missing_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_missing_review_episode_id"), ["episode_id"], unique=False
        )

    op.create_table(
        "missing_risk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("exploitation", sa.String(length=10), nullable=False),
        sa.Column("health", sa.String(length=10), nullable=False),
        sa.Column("medication", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("assessed_by", sa.Uuid(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessed_by"], ["user_account.id"], name=op.f("fk_missing_risk_assessed_by")
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["missing_episode.id"], name=op.f("fk_missing_risk_episode_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_risk")),
    )
    with op.batch_alter_table("missing_risk", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_missing_risk_episode_id"), ["episode_id"], unique=False
        )

    op.create_table(
        "return_interview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("episode_id", sa.Uuid(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_for", sa.String(length=200), nullable=False),
        sa.Column("offered_to_child", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answer_words", sa.Text(), nullable=False),
        sa.Column("answer_recorded_by", sa.Uuid(), nullable=True),
        sa.Column("answer_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interviewer", sa.String(length=200), nullable=False),
        sa.Column("relation", sa.String(length=30), nullable=True),
        sa.Column("is_independent", sa.Boolean(), nullable=True),
        sa.Column(
            "push",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "pull",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("factor_words", sa.Text(), nullable=False),
        sa.Column("disclosed", sa.Text(), nullable=False),
        sa.Column("held_recorded_by", sa.Uuid(), nullable=True),
        sa.Column("held_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer is null) = (answer_recorded_by is null) and (answer is null) = (answer_recorded_at is null)",
            name=op.f("ck_return_interview_answer_and_answer_recorded_by_and_answer_recorded_at"),
        ),
        sa.CheckConstraint(
            "(held_at is null) = (held_recorded_by is null) and (held_at is null) = (held_recorded_at is null)",
            name=op.f("ck_return_interview_held_at_and_held_recorded_by_and_held_recorded_at"),
        ),
        sa.CheckConstraint(
            "(held_at is null) = (relation is null) and (held_at is null) = (is_independent is null)",
            name=op.f("ck_return_interview_held_at_and_relation_and_is_independent"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_recorded_by"],
            ["user_account.id"],
            name=op.f("fk_return_interview_answer_recorded_by"),
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["missing_episode.id"], name=op.f("fk_return_interview_episode_id")
        ),
        sa.ForeignKeyConstraint(
            ["held_recorded_by"],
            ["user_account.id"],
            name=op.f("fk_return_interview_held_recorded_by"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_return_interview_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_interview")),
    )
    with op.batch_alter_table("return_interview", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_return_interview_episode_id"), ["episode_id"], unique=False
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("return_interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_return_interview_episode_id"))

    op.drop_table("return_interview")
    with op.batch_alter_table("missing_risk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_missing_risk_episode_id"))

    op.drop_table("missing_risk")
    with op.batch_alter_table("missing_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_missing_review_episode_id"))

    op.drop_table("missing_review")
    with op.batch_alter_table("missing_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_missing_action_episode_id"))

    op.drop_table("missing_action")
    with op.batch_alter_table("missing_episode", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_missing_episode_one_open",
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_missing_episode_settled_at"))
        batch_op.drop_index(batch_op.f("ix_missing_episode_returned_at"))
        batch_op.drop_index(batch_op.f("ix_missing_episode_noticed_at"))
        batch_op.drop_index(batch_op.f("ix_missing_episode_contact_child_id"))

    op.drop_table("missing_episode")
