"""A conversation is kept with its draft: its turns, and the words that each fact came from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "draft_talk",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column(
            "talk",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["contact_draft.id"],
            name=op.f("fk_draft_talk_draft_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_talk")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("draft_talk")
