"""What a strategy discussion needs before it counts, each missing thing in a sentence."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from mash_triage.contacts.status import OVER, Status
from mash_triage.errors import Changed, NotReady
from mash_triage.strategy.codes import (
    SECTOR_WORDS,
    Conduct,
    Form,
    Limb,
    Medical,
    Parents,
    Part,
    Sector,
    YesNo,
    comes_for,
)
from mash_triage.strategy.quorum import named_together, quorum_words
from mash_triage.text import storable

LONGEST = 200  # characters of a name, a post or an agency; the record has room for no more
LONGEST_DISCUSSION = timedelta(hours=24)  # ours: longer is a slip of the hand


@dataclass(frozen=True)
class Invited:
    """Somebody who is asked to come: for which service, from which agency, in which post."""

    sector: Sector
    agency: str
    person: str
    role: str = ""


@dataclass(frozen=True)
class Convened:
    """A discussion that is called: chair, moment, form, and who is asked."""

    chair: str
    planned_for: datetime
    form: Form | None
    invited: tuple[Invited, ...] = ()


@dataclass(frozen=True)
class Took:
    """The part that one person had, why absent, and what the agency shared."""

    part: Part | None
    why_absent: str = ""
    information: str = ""


@dataclass(frozen=True)
class Held:
    """When it was held, and who had which part, by the id of each invitation."""

    started_at: datetime
    ended_at: datetime
    parts: Mapping[UUID, Took] = field(default_factory=dict)


@dataclass(frozen=True)
class ChildOutcome:
    """Section 47 for one child: yes with its limb, or no with what happens instead; and why."""

    contact_child_id: UUID
    s47: YesNo | None
    reason: str
    limb: Limb | None = None
    instead: str = ""


@dataclass(frozen=True)
class Task:
    """Who does what, by when."""

    what: str
    who: str
    due_on: date | None


@dataclass(frozen=True)
class Agreed:
    """What the discussion came to."""

    analysis: str
    children: tuple[ChildOutcome, ...]
    conduct: Conduct | None = None
    medical: Medical | None = None
    medical_why: str = ""
    seeing_who: str = ""
    seeing_on: date | None = None
    seeing_alone: YesNo | None = None
    seeing_how: str = ""
    parents: Parents | None = None
    parents_words: str = ""
    other_children: str = ""
    tasks: tuple[Task, ...] = ()
    next_on: date | None = None
    without_quorum: str = ""


# ---------------------------------------------------------------- convening and inviting


def check_convened(facts: Convened, children: int, *, received_at: datetime) -> None:
    """Refuse a call without a child, a chair or a form, or for before the contact came."""
    if not children:
        raise NotReady("Choose at least one child whom the discussion is about.")
    if facts.form is None:
        raise NotReady("Choose how it is held: a meeting, a call, or several calls.")
    if not facts.chair.strip():
        raise NotReady("Name who chairs it, with the post.")
    check_fits(facts.chair)
    if facts.planned_for < received_at:
        raise NotReady("The discussion cannot be before the contact was received.")
    for each in facts.invited:
        check_invited(each)


def check_not_over(status: Status) -> None:
    """Of a child who is closed nothing more is discussed on this contact."""
    if status in OVER:
        raise NotReady(
            "This child is closed. A new worry comes as a new contact: convene it there."
        )


def check_cancelled(started_at: datetime | None, because: str) -> None:
    """What was not held is cancelled with its reason; what was held has an outcome."""
    if started_at is not None:
        raise NotReady("This discussion was held. Record its outcome instead.")
    if not because.strip():
        raise NotReady("Say why the discussion is not held.")


def check_invited(facts: Invited) -> None:
    """Somebody invited has a name and an agency."""
    if not facts.agency.strip():
        raise NotReady("Say which agency each person comes from.")
    if not facts.person.strip():
        raise NotReady(
            f"Name the person who is asked to come from {facts.agency.strip()}, a post will do; or "
            "take the agency out."
        )
    for words in (facts.agency, facts.person, facts.role):
        check_fits(words)


def check_service(kind: str, facts: Invited) -> None:
    """A listed agency of another kind does not stand in for police, health or social care: the
    quorum would be met on paper alone.
    """
    if not comes_for(kind, facts.sector):
        raise NotReady(
            f"{facts.agency.strip()} is on the list of agencies and does not come for: "
            f"{SECTOR_WORDS[facts.sector].lower()}. Choose the service it comes for."
        )


def check_fits(words: str) -> None:
    """Refuse a name for which the record has no room."""
    if len(storable(words.strip())) > LONGEST:
        raise NotReady(f"Shorten the name to {LONGEST} characters or fewer.")


def check_open(closed_at: datetime | None) -> None:
    """What is closed stays as it is."""
    if closed_at is not None:
        raise Changed("This discussion is closed already. Convene another one to say more.")


# ---------------------------------------------------------------- held


def check_times(facts: Held, *, received_at: datetime, at: datetime) -> None:
    """It was after the contact was received, it is over by now, and it ended after it began."""
    if facts.started_at < received_at:
        raise NotReady("The discussion cannot be before the contact was received.")
    if facts.started_at > at or facts.ended_at > at:
        raise NotReady("The discussion cannot be in the future. Record it when it is over.")
    if facts.ended_at <= facts.started_at:
        raise NotReady("The discussion ended after it began. Look at both times again.")
    if facts.ended_at - facts.started_at > LONGEST_DISCUSSION:
        raise NotReady("The discussion lasted more than a day. Look at both times again.")


def check_parts(parts: Mapping[UUID, Took], invited: Mapping[UUID, str]) -> None:
    """For everybody invited it is said what part she had, and of the absent why."""
    for who, name in invited.items():
        took = parts.get(who)
        if took is None or took.part is None or took.part is Part.INVITED:
            raise NotReady(f"Say of {name}: attended, sent information, or absent.")
        if took.part is Part.ABSENT and not took.why_absent.strip():
            raise NotReady(f"Say why {name} was absent.")
        if took.part is Part.SENT_INFORMATION and not took.information.strip():
            raise NotReady(f"Write down what {name} sent.")


# ---------------------------------------------------------------- the outcome


def check_agreed(
    facts: Agreed, children: Collection[UUID], missing: Sequence[Sector], *, held_on: date, on: date
) -> None:
    """Refuse an outcome that lacks something, in the order of the page."""
    if not facts.analysis.strip():
        raise NotReady("Write the analysis: what was shared, and what it means for each child.")
    if {each.contact_child_id for each in facts.children} != set(children):
        raise NotReady("Say for each child whether section 47 enquiries start.")
    for each in facts.children:
        _check_child(each)
    if any(each.s47 is YesNo.YES for each in facts.children):
        _check_enquiries(facts, held_on=held_on)
    _check_parents(facts)
    if not facts.other_children.strip():
        raise NotReady("Say which other children were thought of, or that there are none.")
    for task in facts.tasks:
        _check_task(task, held_on=held_on)
    if facts.next_on is not None and facts.next_on < on:
        raise NotReady("The next discussion is today or later: choose a day that is not past.")
    if missing and not facts.without_quorum.strip():
        raise NotReady(f"{quorum_words(missing)} If the outcome cannot wait, say why.")
    if missing and facts.next_on is None:
        names = named_together([SECTOR_WORDS[each] for each in missing])
        raise NotReady(f"Not quorate: name the day of the next discussion, with {names}.")


def _check_child(each: ChildOutcome) -> None:
    if each.s47 is None:
        raise NotReady("Say for each child whether section 47 enquiries start.")
    if not each.reason.strip():
        raise NotReady("Give the reason for section 47, or against it, for each child.")
    if each.s47 is YesNo.YES and each.limb is None:
        raise NotReady("Choose on which limb of section 47 the enquiries rest.")
    if each.s47 is YesNo.NO and not each.instead.strip():
        raise NotReady("Without section 47, say what happens for the child instead.")


def _check_enquiries(facts: Agreed, *, held_on: date) -> None:
    if facts.conduct is None:
        raise NotReady("Say whether the enquiries are joint or by a single agency.")
    if facts.medical is None or not facts.medical_why.strip():
        raise NotReady("Say whether there is a medical, and why or why not.")
    if not facts.seeing_who.strip() or facts.seeing_on is None:
        raise NotReady("Say who sees the child, and on which day.")
    check_fits(facts.seeing_who)
    if facts.seeing_on < held_on:
        raise NotReady("The child is seen on the day of the discussion or later.")
    if facts.seeing_alone is None:
        raise NotReady("Say whether the child is seen alone.")
    if facts.seeing_alone is YesNo.NO and not facts.seeing_how.strip():
        raise NotReady("Say why the child is not seen alone, and with whom.")


def _check_parents(facts: Agreed) -> None:
    if facts.parents is None:
        raise NotReady("Say whether the parents are told.")
    if not facts.parents_words.strip():
        asked = "why not" if facts.parents is Parents.NOT_YET else "when, by whom, and what"
        raise NotReady(f"Say {asked}, about what the parents are told.")


def _check_task(task: Task, *, held_on: date) -> None:
    if not (task.what.strip() and task.who.strip() and task.due_on):
        raise NotReady("Each task has what is done, who does it, and by when.")
    check_fits(task.who)
    if task.due_on < held_on:
        raise NotReady("A task is due on the day of the discussion or later.")
