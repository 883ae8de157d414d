"""Orders that a court extended: when it did, and when the order would have ended.

What was recorded before was never extended.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

PAIRS = (
    ("extended_at", "first_due_at"),
    ("extended_at", "extension_at"),
    ("extension_by", "extension_at"),
)


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("special_ending", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("extension_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("extension_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_special_ending_extension_by"), "user_account", ["extension_by"], ["id"]
        )
        for one, other in PAIRS:
            words = f"({one} is null) = ({other} is null)"
            batch_op.create_check_constraint(_name(one, other), words)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("special_ending", schema=None) as batch_op:
        for one, other in PAIRS:
            batch_op.drop_constraint(_name(one, other), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_special_ending_extension_by"), type_="foreignkey")
        batch_op.drop_column("extension_at")
        batch_op.drop_column("extension_by")
        batch_op.drop_column("extended_at")
        batch_op.drop_column("first_due_at")


def _name(one: str, other: str) -> str:
    return op.f(f"ck_special_ending_{one}_and_{other}")
