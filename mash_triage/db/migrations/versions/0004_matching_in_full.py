"""Matching in full: its weights, pins, reviews, households, adults and duplicates."""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "duplicate_pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column(
            "levels",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_duplicate_pair_smaller_first")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person.id"], name=op.f("fk_duplicate_pair_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_duplicate_pair_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_pair")),
        sa.UniqueConstraint(
            "person_id", "other_id", name=op.f("uq_duplicate_pair_person_id_other_id")
        ),
    )
    with op.batch_alter_table("duplicate_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duplicate_pair_other_id"), ["other_id"], unique=False)

    op.create_table(
        "match_activation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("model_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("activated_by", sa.Uuid(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activated_by"], ["user_account.id"], name=op.f("fk_match_activation_activated_by")
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["match_model.id"], name=op.f("fk_match_activation_model_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_activation")),
    )
    with op.batch_alter_table("match_activation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_activation_activated_at"), ["activated_at"], unique=False
        )

    op.create_table(
        "person_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(undone_by is null) = (undone_at is null) and (undone_by is null) = (undone_because is null)",
            name=op.f("ck_person_link_undone_by_and_undone_at_and_undone_because"),
        ),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_person_link_smaller_first")),
        sa.ForeignKeyConstraint(
            ["linked_by"], ["user_account.id"], name=op.f("fk_person_link_linked_by")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_person_link_other_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_link_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["user_account.id"], name=op.f("fk_person_link_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link")),
    )
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_link_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "adult_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(undone_by is null) = (undone_at is null) and (undone_by is null) = (undone_because is null)",
            name=op.f("ck_adult_decision_undone_by_and_undone_at_and_undone_because"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_adult_decision_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_adult_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_adult_decision_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["user_account.id"], name=op.f("fk_adult_decision_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adult_decision")),
    )
    with op.batch_alter_table("adult_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_adult_decision_contact_id"), ["contact_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_adult_decision_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "contact_adult",
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("lives_with_child", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_adult_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_adult_person_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", "position", name=op.f("pk_contact_adult")),
    )
    with op.batch_alter_table("contact_adult", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_adult_person_id"), ["person_id"], unique=False)

    op.create_table(
        "duplicate_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(undone_by is null) = (undone_at is null) and (undone_by is null) = (undone_because is null)",
            name=op.f("ck_duplicate_answer_undone_by_and_undone_at_and_undone_because"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_duplicate_answer_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["person_link.id"], name=op.f("fk_duplicate_answer_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["duplicate_pair.id"], name=op.f("fk_duplicate_answer_pair_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["user_account.id"], name=op.f("fk_duplicate_answer_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_answer")),
    )
    with op.batch_alter_table("duplicate_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duplicate_answer_pair_id"), ["pair_id"], unique=False)

    op.create_table(
        "link_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("match_decision_id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(closed_by is null) = (closed_at is null)",
            name=op.f("ck_link_review_closed_by_and_closed_at"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["user_account.id"], name=op.f("fk_link_review_closed_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_link_review_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["match_decision_id"],
            ["match_decision.id"],
            name=op.f("fk_link_review_match_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["user_account.id"], name=op.f("fk_link_review_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_link_review_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_review")),
        sa.UniqueConstraint("match_decision_id", name=op.f("uq_link_review_match_decision_id")),
    )
    with op.batch_alter_table("link_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_link_review_contact_child_id"), ["contact_child_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_link_review_person_id"), ["person_id"], unique=False)

    op.create_table(
        "rested_on_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(settled_by is null) = (settled_at is null) and (settled_by is null) = (settled_because is null)",
            name=op.f("ck_rested_on_link_settled_by_and_settled_at_and_settled_because"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_rested_on_link_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["link_review.id"], name=op.f("fk_rested_on_link_review_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["user_account.id"], name=op.f("fk_rested_on_link_settled_by")
        ),
        sa.ForeignKeyConstraint(
            ["viewer_id"], ["user_account.id"], name=op.f("fk_rested_on_link_viewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rested_on_link")),
    )
    with op.batch_alter_table("rested_on_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rested_on_link_review_id"), ["review_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rested_on_link_viewer_id"), ["viewer_id"], unique=False
        )

    with op.batch_alter_table("contact_child", schema=None) as batch_op:
        batch_op.add_column(sa.Column("restricted_name_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_contact_child_restricted_name_id"), ["restricted_name_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_contact_child_restricted_name_id"),
            "restriction",
            ["restricted_name_id"],
            ["id"],
        )

    with op.batch_alter_table("match_feature", schema=None) as batch_op:
        batch_op.add_column(sa.Column("line", sa.Text(), server_default="", nullable=False))

    # No search asks for the keys of the first version: every child is filed anew after this.
    op.execute("DELETE FROM match_key")
    with op.batch_alter_table("match_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_key_child_id"))
        batch_op.drop_constraint(batch_op.f("fk_match_key_child_id"), type_="foreignkey")

    with op.batch_alter_table("match_model", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(length=100), nullable=False))
        batch_op.add_column(
            sa.Column(
                "report",
                sa.JSON(none_as_null=True).with_variant(
                    postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
                ),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("created_by", sa.String(length=200), nullable=False))
        batch_op.drop_column("note")

    with op.batch_alter_table("restriction", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("of_name", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("given_names", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("family_name", sa.String(length=300), nullable=True))

    op.create_index(
        "ix_person_dob_of_adult",
        "person",
        ["dob"],
        unique=False,
        sqlite_where=sa.text("kind = 'adult'"),
        postgresql_where=sa.text("kind = 'adult'"),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_person_dob_of_adult", table_name="person")
    with op.batch_alter_table("restriction", schema=None) as batch_op:
        batch_op.drop_column("family_name")
        batch_op.drop_column("given_names")
        batch_op.drop_column("of_name")

    with op.batch_alter_table("match_model", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.TEXT(), nullable=False))
        batch_op.drop_column("created_by")
        batch_op.drop_column("report")
        batch_op.drop_column("name")

    with op.batch_alter_table("match_key", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_match_key_child_id"), "person", ["child_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_match_key_child_id"), ["child_id"], unique=False)

    with op.batch_alter_table("match_feature", schema=None) as batch_op:
        batch_op.drop_column("line")

    with op.batch_alter_table("contact_child", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_contact_child_restricted_name_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_contact_child_restricted_name_id"))
        batch_op.drop_column("restricted_name_id")

    with op.batch_alter_table("rested_on_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rested_on_link_viewer_id"))
        batch_op.drop_index(batch_op.f("ix_rested_on_link_review_id"))

    op.drop_table("rested_on_link")
    with op.batch_alter_table("link_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_review_person_id"))
        batch_op.drop_index(batch_op.f("ix_link_review_contact_child_id"))

    op.drop_table("link_review")
    with op.batch_alter_table("duplicate_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duplicate_answer_pair_id"))

    op.drop_table("duplicate_answer")
    with op.batch_alter_table("contact_adult", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_adult_person_id"))

    op.drop_table("contact_adult")
    with op.batch_alter_table("adult_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adult_decision_person_id"))
        batch_op.drop_index(batch_op.f("ix_adult_decision_contact_id"))

    op.drop_table("adult_decision")
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_link_person_id"))
        batch_op.drop_index(batch_op.f("ix_person_link_other_id"))

    op.drop_table("person_link")
    with op.batch_alter_table("match_activation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_activation_activated_at"))

    op.drop_table("match_activation")
    with op.batch_alter_table("duplicate_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duplicate_pair_other_id"))

    op.drop_table("duplicate_pair")
