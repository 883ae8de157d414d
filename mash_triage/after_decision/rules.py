"""What the records after a decision need before they count. A blank is never taken for a yes."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.errors import NotReady
from mash_triage.text import storable

LONGEST = 200  # characters of a name, a team or a place; the record has room for no more


class Step(StrEnum):
    """A later step whose day is recorded here; other systems rely on the values."""

    S47_STARTED = "s47_started"
    CONFERENCE_HELD = "conference_held"
    CONFERENCE_NOT_NEEDED = "conference_not_needed"
    ASSESSMENT_AUTHORISED = "assessment_authorised"


STEP_WORDS: dict[Step, str] = {
    Step.S47_STARTED: "Section 47 enquiries started",
    Step.CONFERENCE_HELD: "Child protection conference held",
    Step.CONFERENCE_NOT_NEEDED: "Enquiries ended without a conference",
    Step.ASSESSMENT_AUTHORISED: "Assessment authorised",
}
MOMENTS: dict[Step, Moment] = {step: Moment(step.value) for step in Step}
"""What each step is to the promises."""


@dataclass(frozen=True)
class Visited:
    """A visit: when, who, where, whether the child was seen, alone, and heard."""

    visited_at: datetime | None
    worker: str
    place: str
    was_seen: bool | None
    why_not_seen: str = ""
    was_alone: bool | None = None
    why_not_alone: str = ""
    spoken_to: str = ""
    voice: str = ""


@dataclass(frozen=True)
class Allocated:
    """Who has the work, of which team, since when."""

    worker: str
    team: str
    began_at: datetime | None


def check_visit(facts: Visited, *, received_at: datetime, at: datetime) -> None:
    """Refuse a record of a visit that leaves something open; a blank does not count as seen."""
    if facts.visited_at is None:
        raise NotReady("Say on which day and at what time the visit was.")
    _check_moment(facts.visited_at, received_at=received_at, at=at)
    if not facts.worker.strip():
        raise NotReady("Name the social worker who visited.")
    if not facts.place.strip():
        raise NotReady("Say where the visit was.")
    for words in (facts.worker, facts.place):
        _check_fits(words)
    if facts.was_seen is None:
        raise NotReady("Say whether the child was seen. A blank does not count.")
    if not facts.was_seen:
        if not facts.why_not_seen.strip():
            raise NotReady("Say why the child was not seen, and when it is tried again.")
        return
    if facts.was_alone is None:
        raise NotReady("Say whether the child was seen alone.")
    if not facts.was_alone and not facts.why_not_alone.strip():
        raise NotReady("Say why the child was not seen alone.")
    if not facts.spoken_to.strip():
        raise NotReady("Say who was spoken to, the child among them or why not.")
    if not facts.voice.strip():
        raise NotReady("Say how the child's voice was heard: words, play, or what was observed.")


def check_allocated(facts: Allocated, *, decided_at: datetime | None, at: datetime) -> None:
    """An allocation names worker and team, and is not before the decision."""
    check_decided(decided_at)
    if not facts.worker.strip():
        raise NotReady("Name the worker who has the child now.")
    if not facts.team.strip():
        raise NotReady("Name the worker's team.")
    for words in (facts.worker, facts.team):
        _check_fits(words)
    if facts.began_at is None:
        raise NotReady("Say on which day the child was allocated.")
    if facts.began_at > at:
        raise NotReady("The allocation cannot be in the future. Record it when it has begun.")
    if decided_at is not None and london_day(facts.began_at) < london_day(decided_at):
        raise NotReady("The allocation cannot be before the day of the decision.")


def check_decided(decided_at: datetime | None) -> None:
    """Nothing here comes before the decision."""
    if decided_at is None:
        raise NotReady("This child is not decided yet. This is recorded after the decision.")


def check_day(day: date, *, received_at: datetime, at: datetime) -> None:
    """A later step was after the contact came, and is not to come."""
    if day < london_day(received_at):
        raise NotReady("The day cannot be before the contact was received.")
    if day > london_day(at):
        raise NotReady("The day cannot be in the future. Record it when it has taken place.")


def moment_of(day: date, *, received_at: datetime, at: datetime) -> datetime:
    """The moment for which a day stands: its noon, though never before receipt nor after now."""
    noon = datetime.combine(day, time(12), tzinfo=LONDON)
    return min(max(noon, received_at), at)


def _check_moment(moment: datetime, *, received_at: datetime, at: datetime) -> None:
    if moment < received_at:
        raise NotReady("The visit cannot be before the contact was received.")
    if moment > at:
        raise NotReady("The visit cannot be in the future. Record it when it is over.")


def _check_fits(words: str) -> None:
    if len(storable(words.strip())) > LONGEST:
        raise NotReady(f"Shorten the name to {LONGEST} characters or fewer.")
