"""Who works in the walks through the front door, and what they say: complete answers, so that a
walk is about the order of the deeds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.clocks.working_days import london_day
from mash_triage.decisions.before import StrategyFacts
from mash_triage.decisions.rules import DecisionFacts, DirectionFacts
from mash_triage.enquiries.models import InformationRequest, RequestPart
from mash_triage.enquiries.rules import Answer, RequestFacts
from mash_triage.enquiries.stages import Finding
from mash_triage.sharing.actions.record import DisclosureFacts
from mash_triage.strategy.codes import Form, Limb, Part, Sector, YesNo
from mash_triage.strategy.lists import how_discussed, not_needed_for
from mash_triage.strategy.models import StrategyDiscussion
from mash_triage.strategy.needed import hold_by
from mash_triage.strategy.queries import people_of
from mash_triage.strategy.rules import Agreed, ChildOutcome, Convened, Held, Took
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from tests import stories
from tests.cast import BETH, CAROL, DAN
from tests.enquiries.conftest import BASIS, an_agency, request_facts, somebody
from tests.strategy.talks import THREE, outcome

BECAUSE = {"departure": DepartureReason.PROFESSIONAL_JUDGEMENT, "departure_words": "As seen."}
REASONS = "Weighed with the school and the history."
CHOICES: list[tuple[Outcome, Route | None, int]] = [
    (Outcome.ADVICE, Route.UNIVERSAL, 1),
    (Outcome.EARLY_HELP, Route.EARLY_HELP, 3),
    (Outcome.S17_ASSESSMENT, Route.S17, 4),
    (Outcome.STRATEGY_DISCUSSION, Route.S47, 4),
    (Outcome.OPEN_CASE, None, 4),
    (Outcome.OTHER_AUTHORITY, None, 3),
    (Outcome.LADO, None, 3),
    (Outcome.PRIVATE_FOSTERING, None, 3),
    (Outcome.PREVENT, None, 3),
    (Outcome.DUPLICATE_OR_ERROR, None, 1),
]


@dataclass(frozen=True)
class People:
    """Two workers, three managers of whom one screens nobody, and two agencies that answer."""

    workers: tuple[Actor, ...]
    managers: tuple[Actor, ...]
    fresh: Actor
    agencies: tuple[Actor, ...]

    @property
    def front_door(self) -> tuple[Actor, ...]:
        """Everybody who may screen."""
        return (*self.workers, *self.managers)


def settle(session: Session) -> People:
    """Beth and Finn screen, Carol and Dan decide, Eve decides for those left over."""
    finn = somebody(session, "Finn Castle", Role.SOCIAL_WORKER, BETH.agency_id)
    return People(
        workers=(BETH, finn),
        managers=(CAROL, DAN),
        fresh=stories.a_manager(session, "Eve Marlow"),
        agencies=(
            an_agency(session, "Police district", "police"),
            an_agency(session, "Trust of hospitals", "hospital"),
        ),
    )


# ---------------------------------------------------------------- what is asked and answered


def a_request(agency: Actor, *, why_not: str | None) -> RequestFacts:
    """One question to one agency, for a coded reason or in need of a manager's word."""
    return request_facts(agency, why_not_asked=why_not)


def answers_to(session: Session, row: InformationRequest, words: str) -> list[Answer]:
    """Every question of a request answered; no words are 'nothing known'."""
    finding = Finding.INFORMATION if words else Finding.NOTHING_KNOWN
    parts = select(RequestPart.id).where(RequestPart.request_id == row.id)
    return [Answer(part, finding, words) for part in session.scalars(parts)]


def a_disclosure(*, why_not: str | None, at: datetime) -> DisclosureFacts:
    """What was said on the telephone."""
    told = ("Riverside Homes", "That Mia is known here.", "To house the family safely.")
    return DisclosureFacts(*told, BASIS, at, why_not)


# ---------------------------------------------------------------- strategy discussions


def a_call_for(form: Form, planned_for: datetime) -> Convened:
    """A discussion with all three services."""
    return Convened("Carol Adeyemi, manager", planned_for, form, THREE)


def how_held(
    session: Session, row: StrategyDiscussion, absent: frozenset[Sector], at: datetime
) -> Held:
    """It ended just now; everybody attended but those of these services."""
    parts = {
        each.id: Took(Part.ABSENT, "Not reached.")
        if Sector(each.sector) in absent
        else Took(Part.ATTENDED, information="Known to us.")
        for each in people_of(session, row.id)
    }
    return Held(at - timedelta(seconds=30), at, parts)


def what_is_agreed(child: Any, children: list[UUID], *, s47: bool, at: datetime) -> Agreed:
    """Section 47, or none, for each child; said why also without a quorum."""
    each_child = tuple(
        ChildOutcome(each, YesNo.YES, "As was shared.", Limb.REASONABLE_CAUSE)
        if s47
        else ChildOutcome(each, YesNo.NO, "As was shared.", instead="An assessment.")
        for each in children
    )
    return outcome(
        child,
        held_at=at,
        children=each_child,
        without_quorum="It cannot wait.",
        next_on=london_day(at),
    )


def strategy_of(session: Session, child_id: UUID, by: Actor) -> StrategyFacts:
    """What the page of a decision knows of strategy discussions."""
    discussed = how_discussed(session, child_id, by=by)
    said = not_needed_for(session, child_id, by=by)
    due_at = hold_by(session, child_id, by=by)
    heard = discussed.held or (said is not None and due_at is None)
    return StrategyFacts(begun=discussed.begun, held=heard, is_open=discussed.is_open)


# ---------------------------------------------------------------- the decision


def a_decision(
    choice: tuple[Outcome, Route | None, int], *, said: str = REASONS, directed: bool, at: datetime
) -> DecisionFacts:
    """A whole decision, perhaps with a direction."""
    day = london_day(at)
    direction = DirectionFacts("Call the school", "Beth", day)
    named = dict(zip(("outcome", "route", "level"), choice, strict=True))
    return stories.a_decision(
        **named,
        **BECAUSE,
        rationale=said,
        repeat_comment="Known.",
        already_open="no",
        agreement_due_on=day,
        directions=(direction,) if directed else (),
    )
