"""Where the time of real children went: in sum, by rating and source, and who sees what."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.enquiries.models import InformationRequest
from mash_triage.errors import NotAllowed
from mash_triage.hours.queries import hours_in_sum, waits_of_child
from mash_triage.hours.rules import AgencyWait, Stage
from mash_triage.matching.models import MatchDecision
from mash_triage.thresholds.routes import Rag
from tests.enquiries.conftest import an_agency
from tests.stories import HOUR, MONDAY_NINE, a_decided_child

ANALYST = Actor(name="Noor Pask", user_id=uuid4(), role=Role.ANALYST)
SINCE, UNTIL = MONDAY_NINE, MONDAY_NINE + timedelta(days=1)


@pytest.fixture
def decided(session, amara, beth, carol):
    """One child: an hour in the queue, an hour with Beth, an hour with Carol."""
    return a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)


def police_were_asked(session, child, *, by):
    """For half an hour, from an hour after receipt; then they were no longer awaited."""
    session.add(
        InformationRequest(
            contact_child_id=child.id,
            agency_id=an_agency(session, "Police", "police").agency_id,
            state="closed",
            rag="amber",
            purpose="x",
            basis="x",
            special_category="x",
            gateway="x",
            confidentiality="x",
            necessity="x",
            rests_on="x",
            consent_ids=[],
            asked_by=by.user_id,
            asked_at=SINCE + HOUR,
            sent_at=SINCE + HOUR,
            due_at=SINCE + 2 * HOUR,
            ended_because="x",
            ended_by=by.user_id,
            ended_at=SINCE + 1.5 * HOUR,
        )
    )
    session.flush()


def test_a_decided_child_went_through_queue_worker_and_manager(session, decided, beth):
    found = hours_in_sum(session, SINCE, UNTIL, by=beth)
    assert found.children == 1
    assert found.minutes == {
        (Stage.QUEUE, ""): 60,
        (Stage.WORKER, ""): 60,
        (Stage.MANAGER, ""): 60,
    }


def test_while_a_link_was_taken_back_it_is_sought_again_who_the_child_is(session, decided, beth):
    [link] = session.scalars(
        select(MatchDecision).where(MatchDecision.contact_child_id == decided.id)
    )
    link.undone_by, link.undone_at = beth.user_id, SINCE + 1.5 * HOUR
    link.undone_because = "Another Mia."
    session.flush()
    found = hours_in_sum(session, SINCE, UNTIL, by=beth)
    assert found.minutes[Stage.MATCHING, ""] == 30
    assert found.minutes[Stage.WORKER, ""] == 30


def test_the_filter_leaves_others_out(session, decided, beth):
    assert hours_in_sum(session, SINCE, UNTIL, rag=Rag.RED, by=beth).children == 0
    assert hours_in_sum(session, SINCE, UNTIL, sources=("6",), by=beth).children == 0
    assert hours_in_sum(session, SINCE, UNTIL, sources=("2A",), by=beth).children == 1
    assert hours_in_sum(session, SINCE - 9 * HOUR, SINCE, by=beth).children == 0


def test_an_agency_that_was_waited_for_is_named(session, decided, beth):
    police_were_asked(session, decided, by=beth)
    (asked,) = waits_of_child(session, decided.id, by=beth)
    assert asked == AgencyWait("Police", SINCE + HOUR, SINCE + 1.5 * HOUR)
    found = hours_in_sum(session, SINCE, UNTIL, by=beth)
    assert found.minutes[Stage.AGENCY, "Police"] == 30
    assert sum(found.minutes.values()) == 180


def test_an_analyst_is_shown_nothing_of_one_to_five_children(session, decided, amara, beth, carol):
    found = hours_in_sum(session, SINCE, UNTIL, by=ANALYST)
    assert found.too_few
    assert not found.minutes
    for _number in range(5):
        a_decided_child(
            session, sent_by=amara, screened_by=beth, decided_by=carol, repeat_comment="x"
        )
    police_were_asked(session, decided, by=beth)
    found = hours_in_sum(session, SINCE, UNTIL, by=ANALYST)
    assert found.children == 6
    assert found.minutes[Stage.AGENCY, ""] == 30
    assert sum(found.minutes.values()) == 6 * 180


def test_an_analyst_learns_of_no_small_group_by_subtracting(session, amara, beth, carol):
    """Twelve in all; of two ratings, or of two times, one would leave one to five for the other."""
    for number in range(12):
        child = a_decided_child(
            session, sent_by=amara, screened_by=beth, decided_by=carol, repeat_comment="x"
        )
        child.rag = Rag.RED if number < 9 else Rag.GREEN
        if number >= 8:
            child.decided_at = UNTIL - timedelta(days=20)
    session.flush()
    month, quarter = UNTIL - timedelta(days=30), UNTIL - timedelta(days=90)
    whole = hours_in_sum(session, quarter, UNTIL, by=ANALYST)
    assert (whole.children, whole.too_few) == (12, False)
    assert hours_in_sum(session, quarter, UNTIL, rag=Rag.RED, by=ANALYST).too_few  # leaves three
    assert hours_in_sum(session, UNTIL - timedelta(days=7), UNTIL, by=ANALYST).too_few  # four
    assert hours_in_sum(session, month, UNTIL, by=ANALYST).too_few
    assert hours_in_sum(session, quarter, UNTIL, rag=Rag.RED, by=beth).children == 9


def test_a_referrer_has_no_part_in_it(session, amara):
    with pytest.raises(NotAllowed):
        hours_in_sum(session, SINCE, UNTIL, by=amara)
