"""What pages are handed of editions and drafts: frozen, complete, with no session behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from mash_triage.editions.models import DraftState


class Standing(StrEnum):
    """How an edition stands today."""

    IN_FORCE = "in force"
    TO_COME = "to come"
    PAST = "past"
    EXAMPLE = "example, not used for contacts"


@dataclass(frozen=True)
class EditionPicture:
    """One published edition. `by_name` says who loaded a shipped one or published the other."""

    id: UUID
    code: str
    title: str
    sha256: str
    effective_from: date
    effective_to: date | None
    standing: Standing
    shipped: bool
    by_name: str
    at: datetime


@dataclass(frozen=True)
class DraftLine:
    """One draft in a list. `asked`: somebody has asked for its newest text to be published."""

    id: UUID
    purpose: str
    state: DraftState
    edits: int
    edited_by_name: str
    edited_at: datetime
    asked: bool


@dataclass(frozen=True)
class VersionPicture:
    """One edit of a draft: what was changed, by whom and when."""

    number: int
    sha256: str
    what: str
    by_name: str
    by_id: UUID
    at: datetime


@dataclass(frozen=True)
class AgreementPicture:
    """Somebody agreed to the exact text of one version; perhaps it was ended by hand."""

    number: int
    sha256: str
    by_id: UUID
    by_name: str
    at: datetime
    ended_by_name: str
    ended_at: datetime | None
    ended_because: str


@dataclass(frozen=True)
class DraftPicture:
    """One draft: its newest text, its edits from the newest on, and who agreed to it."""

    id: UUID
    code: str
    purpose: str
    state: DraftState
    number: int
    toml: str
    sha256: str
    based_on_id: UUID | None
    edition_id: UUID | None
    versions: tuple[VersionPicture, ...]
    asked: AgreementPicture | None
    ended: tuple[AgreementPicture, ...]
    withdrawn_because: str
