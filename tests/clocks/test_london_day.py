"""A moment's day is the one that people in England live, also in the first hour of a summer day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mash_triage.clocks.working_days import london_day
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import Referral
from mash_triage.errors import NotReady
from mash_triage.people.actions import restrict_person
from mash_triage.screening.models import FactsFrozen
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from mash_triage.worklists.ages import age_on
from tests import stories

SUMMER_NIGHT = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # 00:30 on 2 July in London
THE_DAY = date(2026, 7, 2)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (SUMMER_NIGHT, THE_DAY),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 1, 12, 23, 59, tzinfo=UTC), date(2026, 1, 12)),
    ],
)
def test_a_summer_day_begins_an_hour_before_that_of_utc(moment, day):
    assert london_day(moment) == day


def test_a_child_born_today_is_not_born_yesterday():
    assert age_on(date(2024, 7, 2), SUMMER_NIGHT) == "2"


def test_a_referral_and_its_facts_carry_the_day_of_london(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(
        session, sent_by=amara, screened_by=beth, at=SUMMER_NIGHT
    )
    record_decision(
        session,
        child.id,
        stories.a_decision(
            outcome=Outcome.S17_ASSESSMENT,
            route=Route.S17,
            level=4,
            departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
            departure_words="Seen.",
        ),
        by=carol,
        at=SUMMER_NIGHT + timedelta(hours=23.8),  # 00:18 on 3 July in London
    )
    assert session.query(Referral).one().referred_on == THE_DAY
    frozen = session.query(FactsFrozen).where(FactsFrozen.moment == "decided").one()
    assert frozen.facts["on"] == "2026-07-03"


def test_a_review_of_a_restriction_today_is_not_after_today(session, amara, beth, carol):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, at=SUMMER_NIGHT)
    with pytest.raises(NotReady, match="after today"):
        restrict_person(
            session,
            child.person_id,
            reason="A risk",
            review_on=THE_DAY,
            readers=[carol.user_id],
            by=carol,
            at=SUMMER_NIGHT,
        )
