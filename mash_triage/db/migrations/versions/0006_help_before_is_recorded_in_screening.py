"""Help before this contact is recorded in screening, by whom and when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHECK = "ck_screening_help_before_and_help_before_by_and_help_before_at"
TOGETHER = (
    "(help_before is null) = (help_before_by is null) "
    "and (help_before is null) = (help_before_at is null)"
)


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "help_before",
                sa.JSON(none_as_null=True).with_variant(
                    postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("help_before_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("help_before_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_screening_help_before_by"), "user_account", ["help_before_by"], ["id"]
        )
        batch_op.create_check_constraint(batch_op.f(CHECK), TOGETHER)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(CHECK), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_screening_help_before_by"), type_="foreignkey")
        batch_op.drop_column("help_before_at")
        batch_op.drop_column("help_before_by")
        batch_op.drop_column("help_before")
