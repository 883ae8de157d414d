"""Strategy discussions that were cancelled, with why.

None was cancelled before: it could not be said.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("strategy_discussion", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("cancelled_because", sa.Text(), server_default="", nullable=False)
        )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("strategy_discussion", schema=None) as batch_op:
        batch_op.drop_column("cancelled_because")
