"""What a decision needs before it counts. Missing agreement is never among it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from mash_triage.clocks.rules import working_day_start
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.status import Status
from mash_triage.decisions.told import ToldFacts
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.screening import rules as screening
from mash_triage.text import storable
from mash_triage.thresholds.levels import ClockTimes, Edition
from mash_triage.thresholds.routes import REFERRAL_OUTCOMES, DepartureReason, Outcome, Route
from mash_triage.thresholds.suggest import Suggestion

NEEDS_CONTINGENCY = frozenset({Outcome.EARLY_HELP, Outcome.S17_ASSESSMENT})
"""Where a family works with somebody towards a change: it must know what follows if none comes."""

LONGEST_NAME = 200  # characters of whoever does what; the record has room for no more


@dataclass(frozen=True)
class DirectionFacts:
    """Who does what, by when."""

    what: str
    who: str
    due_on: date


@dataclass(frozen=True)
class DecisionFacts:
    """What a manager decides for one child. `owner` and `agreement_due_on` are for early help;
    `already_open` says whether the work of a recent referral goes on, where there was one;
    `contingency` what happens if it does not work, needed where a family is asked to work with us;
    `told` is what the referrer is told.
    """

    outcome: Outcome
    route: Route | None
    level: int
    rationale: str
    departure: DepartureReason | None = None
    departure_words: str = ""
    repeat_comment: str = ""
    directions: tuple[DirectionFacts, ...] = field(default_factory=tuple)
    owner: str = ""
    agreement_due_on: date | None = None
    already_open: Literal["no", "yes"] | None = None
    contingency: str = ""
    told: ToldFacts = field(default_factory=ToldFacts)


def closes_as(status: Status, outcome: Outcome) -> Status:
    """Void where a manager decided that the contact was sent twice or in error and no other
    authority has the child since; closed otherwise.
    """
    is_void = outcome is Outcome.DUPLICATE_OR_ERROR and status is Status.DECIDED
    return Status.VOID if is_void else Status.CLOSED


def check_direction_ends(ended_at: datetime | None, words: str) -> None:
    """A direction ends once, with words: what was done, or why it was not."""
    if ended_at is not None:
        raise Changed("This was ended already. Open the page again.")
    if not words.strip():
        raise NotReady("Say what was done, or why it was not.")


def is_night(at: datetime, times: ClockTimes, holidays: BankHolidays) -> bool:
    """Is the front door closed at this moment?"""
    return working_day_start(at, times, holidays) > at


def check_second_pair_of_eyes(
    screened: Collection[UUID], by: UUID | None, *, alone: bool = False
) -> None:
    """Whoever ever worked on a child's screening does not decide for that child, unless the
    authority lets one person do both, `alone` at night.
    """
    if by in screened and not alone:
        raise NotAllowed("You worked on this child's screening. Somebody else decides.")


def check_person_known(person_id: int | None) -> None:
    """A decision is about somebody: a link that was undone is made again first."""
    if person_id is None:
        raise NotReady("The link to a record was undone. Say who this child is, then decide.")


def check_decision(
    edition: Edition, suggestion: Suggestion, facts: DecisionFacts, *, on: date
) -> None:
    """Refuse a decision that lacks its outcome, reasons or a needed comment, or asks for something
    before the day it is decided on, each in words.
    """
    if facts.level not in {each.number for each in edition.level}:
        raise NotReady("Choose a level of need.")
    if facts.route is not None and facts.route not in edition.routes_for(facts.level):
        raise NotReady("That route does not belong to that level. Choose level and route together.")
    if facts.outcome not in edition.outcomes_for(facts.route):
        raise NotReady("That outcome does not belong to that route. Choose them together.")
    if not facts.rationale.strip():
        raise NotReady("Give your reasons: what you considered, and why this is proportionate.")
    check_departure(suggestion, facts)
    if suggestion.ask_manager_to_comment and not facts.repeat_comment.strip():
        raise NotReady("This is a repeat contact. Say what the pattern means for your decision.")
    if facts.outcome in NEEDS_CONTINGENCY and not facts.contingency.strip():
        raise NotReady("Say what happens if it does not work: who notices, and what is done then.")
    if facts.outcome is Outcome.EARLY_HELP:
        check_offer(facts, on=on)
    for direction in facts.directions:
        if not (direction.what.strip() and direction.who.strip()):
            raise NotReady("Each direction names what is done and who does it.")
        if direction.due_on < on:
            raise NotReady("A direction is done today or later: choose a day that is not past.")
        _check_name_fits(direction.who)


def check_already_open(accepted_on: date | None, facts: DecisionFacts) -> None:
    """A referral is for a child not already open. After a recent one, say whether it still is."""
    if accepted_on is None or facts.outcome not in REFERRAL_OUTCOMES:
        return
    if facts.already_open is None:
        raise NotReady(
            f"This child was accepted as a referral on {accepted_on.day} {accepted_on:%B %Y}. "
            "Say whether that work is still open."
        )


def check_departure(suggestion: Suggestion, facts: DecisionFacts) -> None:
    """A decision that differs from the suggestion carries a coded reason and words."""
    if departs_from(suggestion, facts):
        screening.check_departure(facts.departure, facts.departure_words)


def departs_from(suggestion: Suggestion, facts: DecisionFacts) -> bool:
    """Does the decided level or route differ, by the same rule as the worker's?"""
    return screening.departs(suggestion, facts.level, facts.route)


def check_offer(facts: DecisionFacts, *, on: date) -> None:
    """Early help that is offered has an owner and a date, whether agreement is there or not."""
    if not facts.owner.strip():
        raise NotReady("Name who asks the family for their agreement to early help.")
    if facts.agreement_due_on is None:
        raise NotReady("Say by when the family is asked for their agreement to early help.")
    if facts.agreement_due_on < on:
        raise NotReady("The family is asked today or later: choose a day that is not past.")
    _check_name_fits(facts.owner)


def _check_name_fits(name: str) -> None:
    if len(storable(name)) > LONGEST_NAME:
        raise NotReady(f"Shorten who does it to {LONGEST_NAME} characters or fewer.")
