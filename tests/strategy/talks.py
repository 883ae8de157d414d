"""Strategy discussions for stories: called by Beth, held at eleven, with all three services."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.decisions.actions import record_decision
from mash_triage.strategy.actions import close_discussion, convene_discussion, record_held
from mash_triage.strategy.codes import Conduct, Form, Limb, Medical, Parents, Part, Sector, YesNo
from mash_triage.strategy.models import StrategyDiscussion
from mash_triage.strategy.queries import people_of
from mash_triage.strategy.rules import Agreed, ChildOutcome, Convened, Held, Invited, Task, Took
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from tests.cast import BETH, MONDAY_NINE
from tests.stories import HOUR, a_decision

S47 = "inflicted_injury_suspected"
IN_DANGER: dict[str, Any] = {
    "indicators": (S47,), "rag": Rag.RED, "level": 4, "route": Route.S47,
}  # fmt: skip
HELD_AT = MONDAY_NINE + 2 * HOUR
THREE = (
    Invited(Sector.LOCAL_AUTHORITY, "Rivermead Children's Services", "Carol Adeyemi", "manager"),
    Invited(Sector.POLICE, "Rivermead Police", "Nina Holt", "detective sergeant"),
    Invited(Sector.HEALTH, "Elmbank Health Centre", "Dev Raman", "named nurse"),
)


def convened(
    session: Session,
    child: ContactChild,
    *,
    at: datetime,
    form: Form = Form.MEETING,
    planned_for: datetime = HELD_AT,
) -> StrategyDiscussion:
    """A discussion that is called."""
    facts = Convened("Carol Adeyemi, manager", planned_for, form, THREE)
    return convene_discussion(session, [child.id], facts, by=BETH, at=at)


def attended(
    session: Session,
    row: StrategyDiscussion,
    *,
    absent: Collection[Sector] = (),
    held_at: datetime = HELD_AT,
) -> Held:
    """Everybody attended but those of these services."""
    parts = {
        each.id: Took(Part.ABSENT, "Not reached.")
        if Sector(each.sector) in absent
        else Took(Part.ATTENDED, information="Known to us.")
        for each in people_of(session, row.id)
    }
    return Held(held_at, held_at + HOUR / 2, parts)


def held(
    session: Session,
    child: ContactChild,
    *,
    at: datetime,
    absent: Collection[Sector] = (),
    form: Form = Form.MEETING,
    held_at: datetime = HELD_AT,
) -> StrategyDiscussion:
    """A discussion that was held."""
    row = convened(session, child, at=at, form=form, planned_for=held_at)
    facts = attended(session, row, absent=absent, held_at=held_at)
    return record_held(session, row.id, facts, by=BETH, at=at)


def outcome(child: ContactChild, *, held_at: datetime = HELD_AT, **changes: Any) -> Agreed:
    """Section 47 for this child, with everything it needs."""
    today = london_day(held_at)
    facts: dict[str, Any] = {
        "analysis": "The bruises are not explained by what was said.",
        "children": (
            ChildOutcome(child.id, YesNo.YES, "Unexplained bruises.", Limb.REASONABLE_CAUSE),
        ),
        "conduct": Conduct.JOINT,
        "medical": Medical.YES,
        "medical_why": "Today at the hospital.",
        "seeing_who": "Beth Lindqvist, social worker",
        "seeing_on": today,
        "seeing_alone": YesNo.YES,
        "parents": Parents.WILL_BE,
        "parents_words": "By Beth after school.",
        "other_children": "None known.",
        "tasks": (Task("Speak to the school", "Beth Lindqvist", today + timedelta(days=1)),),
    }
    return Agreed(**{**facts, **changes})


def no_enquiries(child: ContactChild) -> Agreed:
    """No section 47 for this child, with what happens instead."""
    why = "The injury was explained."
    told = ChildOutcome(child.id, YesNo.NO, why, instead="Early help goes on.")
    return outcome(child, children=(told,))


def decide_section_47(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """A manager decides for section 47."""
    facts = a_decision(
        outcome=Outcome.STRATEGY_DISCUSSION, route=Route.S47, level=4,
        departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
        departure_words="x", repeat_comment="x", agreement_due_on=None, owner="",
    )  # fmt: skip
    record_decision(session, child.id, facts, by=by, at=at)


def closed(session: Session, child: ContactChild, *, at: datetime) -> StrategyDiscussion:
    """A quorate discussion that came to section 47."""
    row = held(session, child, at=at)
    return close_discussion(session, row.id, outcome(child), by=BETH, at=at)
