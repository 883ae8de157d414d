"""What the trail can say, and the append-only, hash-chained table that keeps it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from mash_triage.db.base import Base


class AuditKind(StrEnum):
    """Each deed's name on the trail, as `subject:verb`."""

    CONTACT_SUBMITTED = "contact:submitted"
    DRAFTS_REMOVED = "drafts:removed"
    CONTACT_ACKNOWLEDGED = "contact:acknowledged"
    ATTACHMENT_ADDED = "attachment:added"
    ATTACHMENT_REMOVED = "attachment:removed"
    ATTACHMENT_PUT_BACK = "attachment:put_back"
    ATTACHMENT_SCANNED = "attachment:scanned"
    ATTACHMENT_OPENED = "attachment:opened"
    ATTACHMENTS_SWEPT = "attachments:swept"
    PROTECTIVE_ACTION_RECORDED = "protective_action:recorded"
    CONTACT_AMENDED = "contact:amended"
    CONTACT_ADDED_TO = "contact:added_to"
    WITHDRAWAL_ASKED = "withdrawal:asked"
    WITHDRAWAL_ANSWERED = "withdrawal:answered"
    ADDITIONS_READ = "additions:read"
    CONFIRMATION_RECORDED = "written_confirmation:recorded"
    COPY_PRINTED = "copy:printed"
    RECORD_VIEWED = "record:viewed"
    SCREENING_TAKEN_UP = "screening:taken_up"
    CHILD_ALLOCATED = "child:allocated"
    ALLOCATION_BLOCKED = "allocation:blocked"
    ACTIVITY_ASKED = "activity:asked"
    ACTIVITY_ANSWERED = "activity:answered"
    CONFLICT_RECORDED = "conflict:recorded"
    CONFLICT_LIFTED = "conflict:lifted"
    TEAM_ADDED = "team:added"
    TEAM_CHANGED = "team:changed"
    WORKER_PROFILE_SET = "worker_profile:set"
    ABSENCE_RECORDED = "absence:recorded"
    ABSENCE_ENDED = "absence:ended"
    HANDED_OVER = "handover:given"
    HANDOVER_READ = "handover:read"
    HANDOVER_PRINTED = "handover:printed"
    FILTER_SAVED = "filter:saved"
    FILTER_REMOVED = "filter:removed"
    MATCHES_SUGGESTED = "match:suggested"
    MATCH_CONFIRMED = "match:confirmed"
    MATCH_REJECTED = "match:rejected"
    MATCH_LEFT_OPEN = "match:left_open"
    MATCH_NEW_PERSON = "match:new_person"
    MATCH_UNDONE = "match:undone"
    ADULT_CONFIRMED = "adult:confirmed"
    ADULT_RULED_OUT = "adult:rejected"
    ADULT_RECORDED = "adult:new_person"
    ADULT_UNDONE = "adult:undone"
    MATCH_RECALLED = "match:recalled"
    LINK_REVIEWED = "link:reviewed"
    REGISTER_SEARCHED = "register:searched"
    RECORDS_LINKED = "records:linked"
    RECORDS_UNLINKED = "records:unlinked"
    DUPLICATES_LISTED = "duplicates:listed"
    DUPLICATE_ANSWERED = "duplicate:answered"
    DUPLICATE_ANSWER_UNDONE = "duplicate:answer_undone"
    MODEL_PROPOSED = "matching_model:proposed"
    MODEL_ACTIVATED = "matching_model:activated"
    FEATURES_EXPORTED = "register:features_exported"
    WORDS_READ = "words:read"
    HELP_BEFORE_RECORDED = "help_before:recorded"
    INDICATORS_RECORDED = "indicators:recorded"
    RAG_SET = "rag:set"
    ANALYSIS_RECORDED = "analysis:recorded"
    LEVEL_SET = "level:set"
    SENT_FOR_DECISION = "decision:asked_for"
    DECISION_RECORDED = "decision:recorded"
    RETURNED_TO_WORKER = "decision:returned"
    EXPERIENCE_RATED = "experience:rated"
    DISAGREEMENT_RAISED = "disagreement:raised"
    DISAGREEMENT_ANSWERED = "disagreement:answered"
    DISAGREEMENT_ESCALATED = "disagreement:escalated"
    DISAGREEMENT_ACCEPTED = "disagreement:accepted"
    DISAGREEMENT_RESOLVED = "disagreement:resolved"
    NIGHT_DECISION_REVIEWED = "night_decision:reviewed"
    DAILY_REVIEW_RECORDED = "daily_review:recorded"
    MESSAGE_SENT = "message:sent"
    MESSAGES_READ = "messages:read"
    REFERRER_ASKED = "referrer:asked"
    REFERRER_ANSWERED = "referrer:answered"
    WAIT_ENDED = "referrer:no_longer_awaited"
    NOTE_WRITTEN = "internal_note:written"
    CONSULTATION_OPENED = "consultation:opened"
    ADVICE_RECORDED = "consultation:advised"
    CONSULTATION_MADE_CONTACT = "consultation:made_contact"
    CONSENT_RECORDED = "consent:recorded"
    LAWFUL_BASIS_RECORDED = "lawful_basis:recorded"
    HELP_AGREED = "help:agreed"
    HELP_STARTED = "help:started"
    REFERRER_TOLD = "referrer:told_outcome"
    PROMISE_MOVED = "promise:moved"
    PROMISES_RAISED = "promises:raised"
    PERSON_RESTRICTED = "person:restricted"
    NAME_RESTRICTED = "name:restricted"
    NAME_RELEASED = "name:released"
    PERSON_RELEASED = "person:released"
    REGISTER_IMPORTED = "register:imported"
    REGISTER_REFILED = "register:refiled"
    EDITION_LOADED = "edition:loaded"
    EDITION_DRAFTED = "edition:drafted"
    EDITION_EDITED = "edition:edited"
    EDITION_AGREED = "edition:agreed"
    EDITION_SENT_BACK = "edition:sent_back"
    EDITION_WITHDRAWN = "edition:withdrawn"
    EDITION_PUBLISHED = "edition:published"
    AGENCY_ADDED = "agency:added"
    AGENCY_CHANGED = "agency:changed"
    ACCOUNT_ADDED = "account:added"
    ACCOUNT_CHANGED = "account:changed"
    LINK_ISSUED = "link:issued"
    API_KEY_ADDED = "api_key:added"
    API_KEY_REVOKED = "api_key:revoked"
    CONTACT_OVER_LIMIT = "contact:over_limit"
    LINK_MAILED = "link:mailed"
    MESSAGE_TRIED_AGAIN = "message:tried_again"
    MESSAGE_DROPPED = "message:dropped"
    WEBHOOK_ADDED = "webhook:added"
    WEBHOOK_SECRET_RENEWED = "webhook:secret_renewed"  # noqa: S105  (a deed's name)
    WEBHOOK_CLOSED = "webhook:closed"
    PASSWORD_SET = "password:set"  # noqa: S105  (a deed's name)
    SESSIONS_ENDED = "sessions:ended"
    SIGNED_IN = "session:started"
    SIGN_IN_FAILED = "session:refused"
    SIGNED_OUT = "session:ended"
    NOT_ALLOWED = "refusal:not_allowed"
    CONTACTS_EXPORTED = "contacts:exported"
    LIST_PRINTED = "list:printed"
    BACKUP_MADE = "backup:made"


class AuditEvent(Base):
    """One line of the trail. It holds no foreign keys and no personal details, and is never edited.

    `hash` covers every other column and the hash of the line before, so an edited, removed or
    inserted line shows when the chain is verified.
    """

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str | None] = mapped_column(String(60), index=True)
    by_user: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str] = mapped_column(String(200))
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
