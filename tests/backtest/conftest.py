"""Past contacts for trials: decided children, some of whom came back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.backtest.compare import Comparison
from mash_triage.backtest.past import Past, PastContact
from mash_triage.backtest.trial import Trial
from mash_triage.contacts.models import ContactChild
from mash_triage.db.engine import Database
from mash_triage.decisions.actions import record_decision
from mash_triage.matching.actions import confirm_match
from mash_triage.screening.actions import take_up
from mash_triage.settings import settings
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from mash_triage.thresholds.shapes import Edition
from tests import stories
from tests.cast import ADA, AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR

NEGLECT_UNCHANGED = ("chronic_neglect", "parental_non_engagement")
"""Section 17 by `default`; a strategy discussion by `family_help`."""
DAY = timedelta(days=1)
YEAR_ON = MONDAY_NINE + 400 * DAY

HUNGER = ("persistent_hunger",)
"""Early help by both."""


@pytest.fixture
def edition() -> Callable[[str], Edition]:
    """A shipped edition by its id."""
    return lambda code: read_edition(settings().levels_of_need / code)


def decided(
    session: Session, indicators: tuple[str, ...], *, at: datetime, **told: object
) -> ContactChild:
    """A child decided three hours after the contact, as the worker proposed: early help."""
    child = stories.a_child_awaiting_decision(
        session,
        told,
        sent_by=AMARA,
        screened_by=BETH,
        at=at,
        indicators=indicators,
        rag=Rag.AMBER,
        departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
    )
    session.flush()
    decision = stories.a_decision(
        outcome=Outcome.EARLY_HELP,
        route=Route.EARLY_HELP,
        repeat_comment="Seen.",
        departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
        departure_words="As the history shows.",
        agreement_due_on=(at + 96 * HOUR).date(),
    )
    record_decision(session, child.id, decision, by=CAROL, at=at + 3 * HOUR)
    return child


def comes_back(session: Session, child: ContactChild, *, at: datetime) -> ContactChild:
    """Another contact about the same child."""
    again = stories.a_child(session, sent_by=AMARA, at=at)
    take_up(session, again.id, by=BETH, at=at + HOUR)
    confirm_match(session, again.id, child.person_id, by=BETH, at=at + HOUR)
    return again


@pytest.fixture
def pat(database: Database) -> Actor:
    """The policy lead, who has no access to records."""
    with database.work() as session:
        user = add_user(
            session, "pat@rivermead.example", "Pat Lowe", role=Role.POLICY_LEAD,
            agency_id=ADA.agency_id, by=ADA, at=MONDAY_NINE,
        )  # fmt: skip
        return actor_for(user)


def counted(sexes: str) -> Trial:
    """A trial without a database: children of these sexes, of whom every boy moves up."""
    editions = (
        read_edition(settings().levels_of_need / code) for code in ("default", "family_help")
    )
    trial = Trial(Comparison(*editions), Past(MONDAY_NINE - DAY, YEAR_ON, Actor.job("the tests")))
    for sex in sexes:
        facts = FactsForSuggestion(indicators=NEGLECT_UNCHANGED if sex == "M" else HUNGER)
        told = facts.model_dump_json()
        row = PastContact(uuid4(), MONDAY_NINE, told, sex, "2A", "no", None, "ZA1 4QT", None)
        trial._count(row)
    trial.of = len(sexes)
    trial.first = trial.last = MONDAY_NINE
    return trial
