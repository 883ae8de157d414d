"""An agency disagrees before a decision"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CHECK = "ck_disagreement_about_a_decision"
ABOUT_A_DECISION = "(subject = 'decision') = (decision_id is not null)"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("subject", sa.String(length=20), server_default="decision", nullable=False)
        )
        batch_op.alter_column("decision_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.drop_index(
            batch_op.f("uq_disagreement_one_open"), sqlite_where=sa.text("resolved_at IS NULL")
        )
        batch_op.create_index(
            "uq_disagreement_one_open",
            ["contact_child_id", "agency_id", "subject"],
            unique=True,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.create_check_constraint(batch_op.f(CHECK), ABOUT_A_DECISION)


def downgrade() -> None:
    """Take the change back; it fails while one is kept that is about no decision."""
    with op.batch_alter_table("disagreement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(CHECK), type_="check")
        batch_op.drop_index(
            "uq_disagreement_one_open",
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("uq_disagreement_one_open"),
            ["decision_id", "agency_id"],
            unique=True,
            sqlite_where=sa.text("resolved_at IS NULL"),
            postgresql_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.alter_column("decision_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("subject")
