"""Editions are drafted, agreed to and published; both databases refuse to change a published one.

Whoever rebuilds the table `edition` on SQLite in a later migration makes its triggers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MAKE = {
    "sqlite": (
        "CREATE TRIGGER edition_no_update BEFORE UPDATE ON edition "
        "BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END",
        "CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition "
        "BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION edition_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a published edition never changes'; END $$",
        "CREATE TRIGGER edition_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON edition "
        "FOR EACH STATEMENT EXECUTE FUNCTION edition_never_changes()",
    ),
}
UNDO = {
    "sqlite": ("DROP TRIGGER edition_no_update", "DROP TRIGGER edition_no_delete"),
    "postgresql": (
        "DROP TRIGGER edition_never_changes ON edition",
        "DROP FUNCTION edition_never_changes()",
    ),
}


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "edition_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("based_on_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_by is null) = (withdrawn_at is null)",
            name=op.f("ck_edition_draft_withdrawn_by_and_withdrawn_at"),
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["edition.id"], name=op.f("fk_edition_draft_based_on_id")
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_edition_draft_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["user_account.id"], name=op.f("fk_edition_draft_started_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["user_account.id"], name=op.f("fk_edition_draft_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_draft")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_edition_draft_edition_id")),
    )
    with op.batch_alter_table("edition_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_draft_state"), ["state"], unique=False)

    op.create_table(
        "edition_draft_agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(ended_by is null) = (ended_at is null)",
            name=op.f("ck_edition_draft_agreement_ended_by_and_ended_at"),
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by"], ["user_account.id"], name=op.f("fk_edition_draft_agreement_agreed_by")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["edition_draft.id"], name=op.f("fk_edition_draft_agreement_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["user_account.id"], name=op.f("fk_edition_draft_agreement_ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_draft_agreement")),
    )
    with op.batch_alter_table("edition_draft_agreement", schema=None) as batch_op:
        batch_op.create_index(
            "uq_edition_draft_agreement_once",
            ["draft_id", "number", "agreed_by"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "edition_draft_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["edition_draft.id"], name=op.f("fk_edition_draft_version_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"], ["user_account.id"], name=op.f("fk_edition_draft_version_edited_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_draft_version")),
        sa.UniqueConstraint(
            "draft_id", "number", name=op.f("uq_edition_draft_version_draft_id_number")
        ),
    )

    for statement in MAKE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Take the change back."""
    for statement in UNDO[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("edition_draft_version")
    with op.batch_alter_table("edition_draft_agreement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_edition_draft_agreement_once",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("edition_draft_agreement")
    with op.batch_alter_table("edition_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_draft_state"))

    op.drop_table("edition_draft")
