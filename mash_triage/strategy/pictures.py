"""A strategy discussion as pages show it: frozen, complete, without a session behind it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mash_triage.strategy.codes import Conduct, Form, Limb, Medical, Parents, Part, Sector, YesNo


@dataclass(frozen=True)
class PersonPicture:
    """Somebody invited, her part, what her agency shared, and its dissent."""

    id: UUID
    sector: Sector
    agency: str
    person: str
    role: str
    part: Part
    why_absent: str
    information: str
    dissent: str
    dissent_wanted: str
    disagreement_id: UUID | None

    @property
    def who(self) -> str:
        """The name with the post and the agency."""
        return ", ".join(each for each in (self.person, self.role, self.agency) if each)


@dataclass(frozen=True)
class StrategyChildPicture:
    """One child of a discussion, with the decision on section 47 once it is closed."""

    id: UUID
    name: str
    s47: bool | None
    limb: Limb | None
    reason: str
    instead: str


@dataclass(frozen=True)
class TaskPicture:
    """An agreed task: what, who, by when, and whether it is done."""

    id: UUID
    what: str
    who: str
    due_on: date
    done_at: datetime | None
    done_words: str


@dataclass(frozen=True)
class Outcome:
    """What a closed discussion came to."""

    analysis: str
    conduct: Conduct | None
    medical: Medical | None
    medical_why: str
    seeing_who: str
    seeing_on: date | None
    seeing_alone: YesNo | None
    seeing_how: str
    parents: Parents
    parents_words: str
    other_children: str
    without_quorum: str
    next_on: date | None
    is_quorate: bool
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True)
class Cancelled:
    """Why a discussion was not held after all, and who said so."""

    because: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class DiscussionPicture:
    """One discussion as shown. `missing` are those who must attend and did not; `conference_due_on`
    is there where section 47 enquiries started with it.
    """

    id: UUID
    reference: str
    received_at: datetime
    form: Form
    chair: str
    planned_for: datetime
    convened_by: str
    convened_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    children: tuple[StrategyChildPicture, ...]
    people: tuple[PersonPicture, ...]
    tasks: tuple[TaskPicture, ...]
    missing: tuple[Sector, ...]
    conference_due_on: date | None
    outcome: Outcome | None
    cancelled: Cancelled | None

    @property
    def is_over(self) -> bool:
        """Is it closed with its outcome, or cancelled?"""
        return self.outcome is not None or self.cancelled is not None

    @property
    def names(self) -> str:
        """The children's names."""
        return ", ".join(child.name for child in self.children)


@dataclass(frozen=True)
class DiscussionLine:
    """One discussion in a list: about whom, where it stands, how many tasks are open and late."""

    id: UUID
    names: str
    reference: str
    planned_for: datetime
    started_at: datetime | None
    is_closed: bool
    is_cancelled: bool
    is_quorate: bool | None
    open_tasks: int
    late_tasks: int


@dataclass(frozen=True)
class NotNeededPicture:
    """A manager's reason for which no discussion is needed."""

    because: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Attendance:
    """How often one service was asked to a discussion, attended, or sent information instead."""

    sector: Sector
    asked: int
    attended: int
    sent_information: int


@dataclass(frozen=True)
class MonthOfDiscussions:
    """The discussions held in one month: how many, how many quorate, and of how many each service
    was asked, attended, or only sent information.
    """

    month: date
    held: int
    quorate: int
    services: tuple[Attendance, ...]

    def of(self, sector: Sector) -> Attendance:
        """How it was with one service; nothing where it was not asked."""
        none = Attendance(sector, 0, 0, 0)
        return next((each for each in self.services if each.sector is sector), none)
