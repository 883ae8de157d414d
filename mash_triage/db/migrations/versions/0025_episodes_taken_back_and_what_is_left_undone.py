"""A missing episode may be taken back, and what was agreed after one may be left undone.

Which episode a settled report tells of stood on the trail alone; it is copied into a table, so that
the report comes back once that episode is taken back. The way down stops where a child has an
episode that was taken back and another one open: without the columns both would be open.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ONE_OPEN = "uq_missing_episode_one_open"
OPEN_BEFORE = sa.text("returned_at IS NULL")
OPEN = sa.text("returned_at IS NULL AND taken_back_at IS NULL")
TAKEN_BACK = ("taken_back_by", "taken_back_at", "taken_back_because")
NOT_DONE = ("not_done_by", "not_done_at", "not_done_because")

SETTLED = sa.table(
    "missing_report_settled", sa.column("note_id", sa.Uuid()), sa.column("same_as", sa.Uuid())
)
TRAIL = sa.table("audit_event", sa.column("kind", sa.String()), sa.column("detail", sa.JSON()))
COPY = """
    INSERT INTO missing_report_settled (id, contact_child_id, note_id, settled_by, settled_at)
    SELECT id, contact_child_id, about, reported_by, took_place_at
    FROM moment WHERE moment = 'missing_report_settled' AND reported_by IS NOT NULL
"""


def upgrade() -> None:
    """Make the change."""
    op.drop_index(ONE_OPEN, "missing_episode")
    _add_three("missing_episode", TAKEN_BACK)
    op.create_index(
        ONE_OPEN,
        "missing_episode",
        ["contact_child_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    _add_three("missing_action", NOT_DONE)
    with op.batch_alter_table("missing_action", schema=None) as batch_op:
        batch_op.create_check_constraint(
            batch_op.f("ck_missing_action_done_or_not_done"),
            "done_at is null or not_done_at is null",
        )
    _make_settled()
    op.execute(COPY)
    _say_of_which_episode()


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_missing_report_settled_contact_child_id", "missing_report_settled")
    op.drop_table("missing_report_settled")
    with op.batch_alter_table("missing_action", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_missing_action_done_or_not_done"), type_="check")
    _drop_three("missing_action", NOT_DONE)
    op.drop_index(ONE_OPEN, "missing_episode")
    _drop_three("missing_episode", TAKEN_BACK)
    op.create_index(
        ONE_OPEN,
        "missing_episode",
        ["contact_child_id"],
        unique=True,
        sqlite_where=OPEN_BEFORE,
        postgresql_where=OPEN_BEFORE,
    )


def _add_three(table: str, columns: tuple[str, str, str]) -> None:
    by, at, because = columns
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(sa.Column(by, sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column(at, sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column(because, sa.Text(), nullable=True))
        batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{by}"), "user_account", [by], ["id"])
        batch_op.create_check_constraint(
            batch_op.f(f"ck_{table}_{by}_and_{at}_and_{because}"),
            f"({by} is null) = ({at} is null) and ({by} is null) = ({because} is null)",
        )


def _drop_three(table: str, columns: tuple[str, str, str]) -> None:
    by, at, because = columns
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f(f"ck_{table}_{by}_and_{at}_and_{because}"), type_="check"
        )
        batch_op.drop_constraint(batch_op.f(f"fk_{table}_{by}"), type_="foreignkey")
        for column in (because, at, by):
            batch_op.drop_column(column)


def _make_settled() -> None:
    op.create_table(
        "missing_report_settled",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("same_as", sa.Uuid(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_missing_report_settled_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["internal_note.id"], name=op.f("fk_missing_report_settled_note_id")
        ),
        sa.ForeignKeyConstraint(
            ["same_as"], ["missing_episode.id"], name=op.f("fk_missing_report_settled_same_as")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["user_account.id"], name=op.f("fk_missing_report_settled_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missing_report_settled")),
    )
    op.create_index(
        op.f("ix_missing_report_settled_contact_child_id"),
        "missing_report_settled",
        ["contact_child_id"],
        unique=False,
    )


def _say_of_which_episode() -> None:
    """What each settled report said on the trail."""
    at_hand = op.get_bind()
    told = at_hand.execute(
        sa.select(TRAIL.c.detail).where(TRAIL.c.kind == "missing:report_settled")
    )
    for (detail,) in told.all():
        if detail.get("same_as"):
            of_note = sa.update(SETTLED).where(SETTLED.c.note_id == UUID(detail["note"]))
            at_hand.execute(of_note.values(same_as=UUID(detail["same_as"])))
