"""What was said after sending, who has read it, and the written confirmation of a call."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "contact_addition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column(
            "was",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column(
            "now",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=True,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("danger_now", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["user_account.id"], name=op.f("fk_contact_addition_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_addition_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_addition")),
        sa.UniqueConstraint(
            "contact_id", "number", name=op.f("uq_contact_addition_contact_id_number")
        ),
        sa.UniqueConstraint(
            "contact_id", "token", name=op.f("uq_contact_addition_contact_id_token")
        ),
    )
    op.create_table(
        "written_confirmation",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("came_as", sa.String(length=10), nullable=True),
        sa.Column("came_by", sa.Uuid(), nullable=True),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(came_as is null) = (came_by is null) and (came_as is null) = (came_at is null)",
            name=op.f("ck_written_confirmation_came_as_and_came_by_and_came_at"),
        ),
        sa.ForeignKeyConstraint(
            ["came_by"], ["user_account.id"], name=op.f("fk_written_confirmation_came_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_written_confirmation_contact_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_written_confirmation")),
    )
    op.create_table(
        "additions_read",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("up_to", sa.Integer(), nullable=False),
        sa.Column("by_manager", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=False),
        sa.Column("read_by_name", sa.String(length=200), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_additions_read_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["read_by"], ["user_account.id"], name=op.f("fk_additions_read_read_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_additions_read")),
    )
    with op.batch_alter_table("additions_read", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_additions_read_contact_child_id"), ["contact_child_id"], unique=False
        )

    op.create_table(
        "withdrawal_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("addition_id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_by_name", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["addition_id"], ["contact_addition.id"], name=op.f("fk_withdrawal_answer_addition_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_withdrawal_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_withdrawal_answer_contact_child_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal_answer")),
        sa.UniqueConstraint(
            "addition_id",
            "contact_child_id",
            name=op.f("uq_withdrawal_answer_addition_id_contact_child_id"),
        ),
    )
    with op.batch_alter_table("withdrawal_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_withdrawal_answer_contact_child_id"), ["contact_child_id"], unique=False
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("withdrawal_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_withdrawal_answer_contact_child_id"))

    op.drop_table("withdrawal_answer")
    with op.batch_alter_table("additions_read", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_additions_read_contact_child_id"))

    op.drop_table("additions_read")
    op.drop_table("written_confirmation")
    op.drop_table("contact_addition")
