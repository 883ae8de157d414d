"""Who has read what an agency answered"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CHECK = "ck_request_reply_read_by_and_read_at"
TOGETHER = "(read_by is null) = (read_at is null)"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("request_reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_request_reply_unread",
            ["request_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_request_reply_read_by"), "user_account", ["read_by"], ["id"]
        )
        batch_op.create_check_constraint(batch_op.f(CHECK), TOGETHER)


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("request_reply", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(CHECK), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_request_reply_read_by"), type_="foreignkey")
        batch_op.drop_index(
            "ix_request_reply_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_column("read_at")
        batch_op.drop_column("read_by")
