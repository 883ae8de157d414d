"""All tables, as the service began."""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source_code", sa.String(length=2), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=True),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=200), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(closed_by is null) = (closed_at is null)",
            name=op.f("ck_agency_closed_by_and_closed_at"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("name", name=op.f("uq_agency_name")),
    )
    op.create_table(
        "audit_event",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=True),
        sa.Column("by_user", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column(
            "detail",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_about"), "audit_event", ["about"], unique=False)
    op.create_index(op.f("ix_audit_event_by_user"), "audit_event", ["by_user"], unique=False)
    op.create_table(
        "edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("loaded_by", sa.String(length=200), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", "sha256", name=op.f("uq_edition_code_sha256")),
        sa.UniqueConstraint("sha256", name=op.f("uq_edition_sha256")),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_line", sa.String(length=300), nullable=True),
        sa.Column("postcode", sa.String(length=12), nullable=True),
        sa.Column("address_key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint("address_key", name=op.f("uq_household_address_key")),
    )
    op.create_index(op.f("ix_household_postcode"), "household", ["postcode"], unique=False)
    op.create_table(
        "installation",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "match_model",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_model")),
        sa.UniqueConstraint("sha256", name=op.f("uq_match_model_sha256")),
    )
    op.create_table(
        "match_term",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("token", sa.String(length=80), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "token", name=op.f("pk_match_term")),
    )
    op.create_table(
        "sign_in_throttle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_throttle")),
        sa.UniqueConstraint("subject_hash", name=op.f("uq_sign_in_throttle_subject_hash")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("register_id", sa.String(length=40), nullable=True),
        sa.Column("given_names", sa.String(length=300), nullable=True),
        sa.Column("family_name", sa.String(length=300), nullable=True),
        sa.Column("dob", sa.Date(), nullable=True),
        sa.Column("dob_quality", sa.String(length=12), nullable=False),
        sa.Column("expected_date", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("nhs_number", sa.String(length=20), nullable=True),
        sa.Column("upn", sa.String(length=20), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("row_sha", sa.String(length=64), nullable=True),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_person_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("ref", name=op.f("uq_person_ref")),
        sa.UniqueConstraint("register_id", name=op.f("uq_person_register_id")),
    )
    op.create_index(op.f("ix_person_household_id"), "person", ["household_id"], unique=False)
    op.create_table(
        "user_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("job_title", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("qualified", sa.Boolean(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_by", sa.String(length=200), nullable=True),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(deactivated_by is null) = (deactivated_at is null)",
            name=op.f("ck_user_account_deactivated_by_and_deactivated_at"),
        ),
        sa.CheckConstraint(
            "(password_hash is null) = (password_set_at is null)",
            name=op.f("ck_user_account_password_hash_and_password_set_at"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_user_account_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_index(op.f("ix_user_account_agency_id"), "user_account", ["agency_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("source_code", sa.String(length=2), nullable=False),
        sa.Column("referrer_name", sa.String(length=300), nullable=False),
        sa.Column("main_concern", sa.String(length=60), nullable=False),
        sa.Column("in_danger_now", sa.String(length=10), nullable=False),
        sa.Column(
            "submission",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("submission_sha256", sa.String(length=64), nullable=False),
        sa.Column("shape_version", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_contact_agency_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_contact_edition_id")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["user_account.id"], name=op.f("fk_contact_submitted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("agency_id", "token", name=op.f("uq_contact_agency_id_token")),
        sa.UniqueConstraint("reference", name=op.f("uq_contact_reference")),
    )
    op.create_index(
        "ix_contact_agency_id_received_at", "contact", ["agency_id", "received_at"], unique=False
    )
    op.create_index(op.f("ix_contact_received_at"), "contact", ["received_at"], unique=False)
    op.create_index(op.f("ix_contact_submitted_by"), "contact", ["submitted_by"], unique=False)
    op.create_table(
        "match_feature",
        sa.Column("child_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "f",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["child_id"], ["person.id"], name=op.f("fk_match_feature_child_id")
        ),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_match_feature")),
    )
    op.create_table(
        "match_key",
        sa.Column("k", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["person.id"], name=op.f("fk_match_key_child_id")),
        sa.PrimaryKeyConstraint("k", "child_id", name=op.f("pk_match_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_match_key_child_id"), "match_key", ["child_id"], unique=False)
    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_one_time_link_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_one_time_link_token_sha256")),
    )
    op.create_index(op.f("ix_one_time_link_user_id"), "one_time_link", ["user_id"], unique=False)
    op.create_table(
        "person_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address_line", sa.String(length=300), nullable=True),
        sa.Column("postcode", sa.String(length=12), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_address_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_address")),
    )
    op.create_index(
        op.f("ix_person_address_person_id"), "person_address", ["person_id"], unique=False
    )
    op.create_table(
        "person_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("given_names", sa.String(length=300), nullable=True),
        sa.Column("family_name", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_alias_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_alias")),
    )
    op.create_index(op.f("ix_person_alias_person_id"), "person_alias", ["person_id"], unique=False)
    op.create_table(
        "relationship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_relationship_other_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_relationship_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationship")),
        sa.UniqueConstraint(
            "person_id", "other_id", "kind", name=op.f("uq_relationship_person_id_other_id_kind")
        ),
    )
    op.create_index(op.f("ix_relationship_other_id"), "relationship", ["other_id"], unique=False)
    op.create_index(op.f("ix_relationship_person_id"), "relationship", ["person_id"], unique=False)
    op.create_table(
        "restriction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("restricted_by", sa.Uuid(), nullable=False),
        sa.Column("restricted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(lifted_by is null) = (lifted_at is null) and (lifted_by is null) = (lifted_because is null)",
            name=op.f("ck_restriction_lifted_by_and_lifted_at_and_lifted_because"),
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"], ["user_account.id"], name=op.f("fk_restriction_lifted_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_restriction_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["restricted_by"], ["user_account.id"], name=op.f("fk_restriction_restricted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restriction")),
    )
    op.create_index(
        "ix_restriction_person_id_lifted_at",
        "restriction",
        ["person_id", "lifted_at"],
        unique=False,
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_deed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_because is null)",
            name=op.f("ck_sign_in_session_ended_at_and_ended_because"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_sign_in_session_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_sign_in_session_token_sha256")),
    )
    op.create_index(
        op.f("ix_sign_in_session_user_id"), "sign_in_session", ["user_id"], unique=False
    )
    op.create_table(
        "work_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column(
            "answers",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_work_draft_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_draft")),
        sa.UniqueConstraint(
            "owner_id", "form", "subject", name=op.f("uq_work_draft_owner_id_form_subject")
        ),
    )
    op.create_table(
        "contact_child",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_given_names", sa.String(length=300), nullable=True),
        sa.Column("reported_family_name", sa.String(length=300), nullable=True),
        sa.Column("reported_dob", sa.Date(), nullable=True),
        sa.Column("reported_age_years", sa.Integer(), nullable=True),
        sa.Column("reported_expected_date", sa.Date(), nullable=True),
        sa.Column("reported_unborn", sa.Boolean(), nullable=False),
        sa.Column("reported_sex", sa.String(length=1), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rag", sa.String(length=10), nullable=True),
        sa.Column("rag_by", sa.Uuid(), nullable=True),
        sa.Column("rag_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_up_by", sa.Uuid(), nullable=True),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decided_by is null) = (decided_at is null)",
            name=op.f("ck_contact_child_decided_by_and_decided_at"),
        ),
        sa.CheckConstraint(
            "(rag is null) = (rag_by is null) and (rag is null) = (rag_at is null)",
            name=op.f("ck_contact_child_rag_and_rag_by_and_rag_at"),
        ),
        sa.CheckConstraint(
            "(taken_up_by is null) = (taken_up_at is null)",
            name=op.f("ck_contact_child_taken_up_by_and_taken_up_at"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_child_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_contact_child_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_contact_child_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_child_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["rag_by"], ["user_account.id"], name=op.f("fk_contact_child_rag_by")
        ),
        sa.ForeignKeyConstraint(
            ["taken_up_by"], ["user_account.id"], name=op.f("fk_contact_child_taken_up_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_child")),
    )
    op.create_index(
        op.f("ix_contact_child_contact_id"), "contact_child", ["contact_id"], unique=False
    )
    op.create_index("ix_contact_child_decided_at", "contact_child", ["decided_at"], unique=False)
    op.create_index(
        op.f("ix_contact_child_household_id"), "contact_child", ["household_id"], unique=False
    )
    op.create_index(
        op.f("ix_contact_child_person_id"), "contact_child", ["person_id"], unique=False
    )
    op.create_index("ix_contact_child_received_at", "contact_child", ["received_at"], unique=False)
    op.create_index(
        "ix_contact_child_status_next_due_at",
        "contact_child",
        ["status", "next_due_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contact_child_taken_up_by"), "contact_child", ["taken_up_by"], unique=False
    )
    op.create_table(
        "contact_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column(
            "answers",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("shape_version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=30), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(sent_at is null) = (contact_id is null)",
            name=op.f("ck_contact_draft_sent_at_and_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_draft_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_contact_draft_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_draft")),
        sa.UniqueConstraint("owner_id", "token", name=op.f("uq_contact_draft_owner_id_token")),
    )
    op.create_index(op.f("ix_contact_draft_owner_id"), "contact_draft", ["owner_id"], unique=False)
    op.create_table(
        "restriction_reader",
        sa.Column("restriction_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["restriction_id"],
            ["restriction.id"],
            name=op.f("fk_restriction_reader_restriction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_restriction_reader_user_id")
        ),
        sa.PrimaryKeyConstraint("restriction_id", "user_id", name=op.f("pk_restriction_reader")),
    )
    op.create_table(
        "sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sign_in_session.id"], name=op.f("fk_sitting_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("session_id", "subject", name=op.f("uq_sitting_session_id_subject")),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_clock_contact_child_id")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_clock_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index(
        "ix_clock_contact_child_id_kind", "clock", ["contact_child_id", "kind"], unique=False
    )
    op.create_index("ix_clock_stopped_at_due_at", "clock", ["stopped_at", "due_at"], unique=False)
    op.create_table(
        "consent_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("given_by", sa.String(length=300), nullable=False),
        sa.Column("capacity", sa.String(length=30), nullable=False),
        sa.Column("covers", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.String(length=10), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=True),
        sa.Column("why_not", sa.String(length=30), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told", sa.String(length=20), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("override_basis", sa.String(length=30), nullable=True),
        sa.Column("override_note", sa.Text(), nullable=True),
        sa.Column("authorised_by", sa.Uuid(), nullable=True),
        sa.Column("authorised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(authorised_by is null) = (authorised_at is null)",
            name=op.f("ck_consent_record_authorised_by_and_authorised_at"),
        ),
        sa.ForeignKeyConstraint(
            ["authorised_by"], ["user_account.id"], name=op.f("fk_consent_record_authorised_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_consent_record_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_consent_record_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["consent_record.id"], name=op.f("fk_consent_record_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_record")),
    )
    op.create_index(
        op.f("ix_consent_record_contact_child_id"),
        "consent_record",
        ["contact_child_id"],
        unique=False,
    )
    op.create_table(
        "daily_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_daily_review_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["user_account.id"], name=op.f("fk_daily_review_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_review")),
        sa.UniqueConstraint(
            "contact_child_id", "on_day", name=op.f("uq_daily_review_contact_child_id_on_day")
        ),
    )
    op.create_table(
        "facts_frozen",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(length=20), nullable=False),
        sa.Column(
            "facts",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen_by", sa.Uuid(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_facts_frozen_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["user_account.id"], name=op.f("fk_facts_frozen_frozen_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts_frozen")),
    )
    op.create_index(
        op.f("ix_facts_frozen_contact_child_id"), "facts_frozen", ["contact_child_id"], unique=False
    )
    op.create_table(
        "indicator_seen",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_because", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(settled_by is null) = (settled_at is null)",
            name=op.f("ck_indicator_seen_settled_by_and_settled_at"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_indicator_seen_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["user_account.id"], name=op.f("fk_indicator_seen_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["user_account.id"], name=op.f("fk_indicator_seen_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_seen")),
        sa.UniqueConstraint(
            "contact_child_id", "code", name=op.f("uq_indicator_seen_contact_child_id_code")
        ),
    )
    op.create_table(
        "lawful_basis_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("article_6", sa.String(length=30), nullable=False),
        sa.Column("article_9", sa.String(length=40), nullable=False),
        sa.Column("gateway", sa.String(length=40), nullable=False),
        sa.Column("confidentiality", sa.String(length=30), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_lawful_basis_record_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_lawful_basis_record_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawful_basis_record")),
    )
    op.create_index(
        op.f("ix_lawful_basis_record_contact_child_id"),
        "lawful_basis_record",
        ["contact_child_id"],
        unique=False,
    )
    op.create_table(
        "match_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("band", sa.String(length=10), nullable=True),
        sa.Column(
            "levels",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("model_sha256", sa.String(length=64), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(undone_by is null) = (undone_at is null) and (undone_by is null) = (undone_because is null)",
            name=op.f("ck_match_decision_undone_by_and_undone_at_and_undone_because"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_match_decision_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_match_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_match_decision_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["user_account.id"], name=op.f("fk_match_decision_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_decision")),
    )
    op.create_index(
        "ix_match_decision_contact_child_id", "match_decision", ["contact_child_id"], unique=False
    )
    op.create_index(
        op.f("ix_match_decision_person_id"), "match_decision", ["person_id"], unique=False
    )
    op.create_table(
        "match_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=True),
        sa.Column("query_sha256", sa.String(length=64), nullable=False),
        sa.Column("model_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "candidates",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("shown_to", sa.Uuid(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(shown_to is null) = (shown_at is null)",
            name=op.f("ck_match_run_shown_to_and_shown_at"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_match_run_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["shown_to"], ["user_account.id"], name=op.f("fk_match_run_shown_to")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    op.create_index(
        op.f("ix_match_run_contact_child_id"), "match_run", ["contact_child_id"], unique=False
    )
    op.create_table(
        "protective_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_protective_action_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_protective_action_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protective_action")),
    )
    op.create_index(
        op.f("ix_protective_action_contact_child_id"),
        "protective_action",
        ["contact_child_id"],
        unique=False,
    )
    op.create_table(
        "rag_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("old", sa.String(length=10), nullable=True),
        sa.Column("new", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rated_by", sa.Uuid(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_rag_rating_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["rated_by"], ["user_account.id"], name=op.f("fk_rag_rating_rated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rag_rating")),
    )
    op.create_index(
        op.f("ix_rag_rating_contact_child_id"), "rag_rating", ["contact_child_id"], unique=False
    )
    op.create_table(
        "return_to_worker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("returned_by", sa.Uuid(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"],
            ["contact_child.id"],
            name=op.f("fk_return_to_worker_contact_child_id"),
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"], ["user_account.id"], name=op.f("fk_return_to_worker_returned_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_to_worker")),
    )
    op.create_index(
        op.f("ix_return_to_worker_contact_child_id"),
        "return_to_worker",
        ["contact_child_id"],
        unique=False,
    )
    op.create_table(
        "screening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("harm_so_far", sa.Text(), nullable=False),
        sa.Column("danger_ahead", sa.Text(), nullable=False),
        sa.Column("works_well", sa.Text(), nullable=False),
        sa.Column("makes_harder", sa.Text(), nullable=False),
        sa.Column("so_what", sa.Text(), nullable=False),
        sa.Column("hidden_harms", sa.String(length=20), nullable=True),
        sa.Column("hidden_harms_words", sa.Text(), nullable=False),
        sa.Column(
            "strengths",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("analysed_by", sa.Uuid(), nullable=True),
        sa.Column("analysed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("route", sa.String(length=20), nullable=True),
        sa.Column("departure", sa.String(length=30), nullable=True),
        sa.Column("departure_words", sa.Text(), nullable=False),
        sa.Column("level_by", sa.Uuid(), nullable=True),
        sa.Column("level_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(analysed_by is null) = (analysed_at is null)",
            name=op.f("ck_screening_analysed_by_and_analysed_at"),
        ),
        sa.CheckConstraint(
            "(level is null) = (level_by is null) and (level is null) = (level_at is null)",
            name=op.f("ck_screening_level_and_level_by_and_level_at"),
        ),
        sa.CheckConstraint(
            "(sent_by is null) = (sent_at is null)", name=op.f("ck_screening_sent_by_and_sent_at")
        ),
        sa.ForeignKeyConstraint(
            ["analysed_by"], ["user_account.id"], name=op.f("fk_screening_analysed_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_screening_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["level_by"], ["user_account.id"], name=op.f("fk_screening_level_by")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["user_account.id"], name=op.f("fk_screening_sent_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening")),
        sa.UniqueConstraint("contact_child_id", name=op.f("uq_screening_contact_child_id")),
    )
    op.create_table(
        "status_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("moved_from", sa.String(length=20), nullable=False),
        sa.Column("moved_to", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("moved_by_name", sa.String(length=200), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_status_move_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["moved_by"], ["user_account.id"], name=op.f("fk_status_move_moved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_move")),
    )
    op.create_index(
        op.f("ix_status_move_contact_child_id"), "status_move", ["contact_child_id"], unique=False
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("route", sa.String(length=20), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("departure", sa.String(length=30), nullable=True),
        sa.Column("departure_words", sa.Text(), nullable=False),
        sa.Column("repeat_comment", sa.Text(), nullable=False),
        sa.Column("already_open", sa.String(length=3), nullable=True),
        sa.Column("facts_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_decision_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_decision_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["facts_id"], ["facts_frozen.id"], name=op.f("fk_decision_facts_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("contact_child_id", name=op.f("uq_decision_contact_child_id")),
    )
    op.create_index(op.f("ix_decision_outcome"), "decision", ["outcome"], unique=False)
    op.create_table(
        "help_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("agreement_due_on", sa.Date(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(started_by is null) = (started_at is null)",
            name=op.f("ck_help_offer_started_by_and_started_at"),
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent_record.id"], name=op.f("fk_help_offer_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_help_offer_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by"], ["user_account.id"], name=op.f("fk_help_offer_offered_by")
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["user_account.id"], name=op.f("fk_help_offer_started_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_offer")),
        sa.UniqueConstraint("contact_child_id", name=op.f("uq_help_offer_contact_child_id")),
    )
    op.create_table(
        "direction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_direction_decision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direction")),
    )
    op.create_index(op.f("ix_direction_decision_id"), "direction", ["decision_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_child_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("source_code", sa.String(length=2), nullable=False),
        sa.Column("is_rereferral", sa.Boolean(), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["user_account.id"], name=op.f("fk_referral_accepted_by")
        ),
        sa.ForeignKeyConstraint(
            ["contact_child_id"], ["contact_child.id"], name=op.f("fk_referral_contact_child_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_referral_decision_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_referral_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("contact_child_id", name=op.f("uq_referral_contact_child_id")),
    )
    op.create_index(op.f("ix_referral_person_id"), "referral", ["person_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index(op.f("ix_referral_person_id"), table_name="referral")
    op.drop_table("referral")
    op.drop_index(op.f("ix_direction_decision_id"), table_name="direction")
    op.drop_table("direction")
    op.drop_table("help_offer")
    op.drop_index(op.f("ix_decision_outcome"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(op.f("ix_status_move_contact_child_id"), table_name="status_move")
    op.drop_table("status_move")
    op.drop_table("screening")
    op.drop_index(op.f("ix_return_to_worker_contact_child_id"), table_name="return_to_worker")
    op.drop_table("return_to_worker")
    op.drop_index(op.f("ix_rag_rating_contact_child_id"), table_name="rag_rating")
    op.drop_table("rag_rating")
    op.drop_index(op.f("ix_protective_action_contact_child_id"), table_name="protective_action")
    op.drop_table("protective_action")
    op.drop_index(op.f("ix_match_run_contact_child_id"), table_name="match_run")
    op.drop_table("match_run")
    op.drop_index(op.f("ix_match_decision_person_id"), table_name="match_decision")
    op.drop_index("ix_match_decision_contact_child_id", table_name="match_decision")
    op.drop_table("match_decision")
    op.drop_index(op.f("ix_lawful_basis_record_contact_child_id"), table_name="lawful_basis_record")
    op.drop_table("lawful_basis_record")
    op.drop_table("indicator_seen")
    op.drop_index(op.f("ix_facts_frozen_contact_child_id"), table_name="facts_frozen")
    op.drop_table("facts_frozen")
    op.drop_table("daily_review")
    op.drop_index(op.f("ix_consent_record_contact_child_id"), table_name="consent_record")
    op.drop_table("consent_record")
    op.drop_index("ix_clock_stopped_at_due_at", table_name="clock")
    op.drop_index("ix_clock_contact_child_id_kind", table_name="clock")
    op.drop_table("clock")
    op.drop_table("sitting")
    op.drop_table("restriction_reader")
    op.drop_index(op.f("ix_contact_draft_owner_id"), table_name="contact_draft")
    op.drop_table("contact_draft")
    op.drop_index(op.f("ix_contact_child_taken_up_by"), table_name="contact_child")
    op.drop_index("ix_contact_child_status_next_due_at", table_name="contact_child")
    op.drop_index("ix_contact_child_received_at", table_name="contact_child")
    op.drop_index(op.f("ix_contact_child_person_id"), table_name="contact_child")
    op.drop_index(op.f("ix_contact_child_household_id"), table_name="contact_child")
    op.drop_index("ix_contact_child_decided_at", table_name="contact_child")
    op.drop_index(op.f("ix_contact_child_contact_id"), table_name="contact_child")
    op.drop_table("contact_child")
    op.drop_table("work_draft")
    op.drop_index(op.f("ix_sign_in_session_user_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index("ix_restriction_person_id_lifted_at", table_name="restriction")
    op.drop_table("restriction")
    op.drop_index(op.f("ix_relationship_person_id"), table_name="relationship")
    op.drop_index(op.f("ix_relationship_other_id"), table_name="relationship")
    op.drop_table("relationship")
    op.drop_index(op.f("ix_person_alias_person_id"), table_name="person_alias")
    op.drop_table("person_alias")
    op.drop_index(op.f("ix_person_address_person_id"), table_name="person_address")
    op.drop_table("person_address")
    op.drop_index(op.f("ix_one_time_link_user_id"), table_name="one_time_link")
    op.drop_table("one_time_link")
    op.drop_index(op.f("ix_match_key_child_id"), table_name="match_key")
    op.drop_table("match_key")
    op.drop_table("match_feature")
    op.drop_index(op.f("ix_contact_submitted_by"), table_name="contact")
    op.drop_index(op.f("ix_contact_received_at"), table_name="contact")
    op.drop_index("ix_contact_agency_id_received_at", table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_user_account_agency_id"), table_name="user_account")
    op.drop_table("user_account")
    op.drop_index(op.f("ix_person_household_id"), table_name="person")
    op.drop_table("person")
    op.drop_table("sign_in_throttle")
    op.drop_table("match_term")
    op.drop_table("match_model")
    op.drop_table("installation")
    op.drop_index(op.f("ix_household_postcode"), table_name="household")
    op.drop_table("household")
    op.drop_table("edition")
    op.drop_index(op.f("ix_audit_event_by_user"), table_name="audit_event")
    op.drop_index(op.f("ix_audit_event_about"), table_name="audit_event")
    op.drop_table("audit_event")
    op.drop_table("agency")
