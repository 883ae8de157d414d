"""The demonstration has missing children at every stage, through the service's own deeds."""

from datetime import timedelta

from mash_triage.demo.missing import go_missing
from mash_triage.missing.queries import open_episodes
from mash_triage.missing.rates import Rates, months_of_interviews
from mash_triage.missing.reported import reported_missing
from tests import stories
from tests.cast import AMARA, BETH, CAROL
from tests.stories import HOUR, MONDAY_NINE

MISSING = {"concern": {"main": "missing"}}


def test_some_are_over_one_is_missing_now_and_one_is_left_for_the_visitor(session):
    for _number in range(3):
        child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH, **MISSING)
        stories.screen(session, child, by=BETH, at=MONDAY_NINE + 2 * HOUR)
        stories.send(session, child, by=BETH, at=MONDAY_NINE + 2 * HOUR)
        stories.record_decision(
            session,
            child.id,
            stories.a_decision(repeat_comment="x"),
            by=CAROL,
            at=MONDAY_NINE + 3 * HOUR,
        )
    later = MONDAY_NINE + timedelta(days=9)
    for number in range(2):
        at = later - (4 + number) * HOUR
        stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH, at=at, **MISSING)
    session.flush()
    go_missing(session, at=later, most=2)
    (left,) = reported_missing(session, by=BETH).shown
    assert left.decided_at is None, "a manager has said of the third why none is recorded"
    (now,) = open_episodes(session, by=BETH)
    assert now.returned_at is None
    months = months_of_interviews(session, by=BETH, at=later)
    whole = sum((each.whole for each in months), Rates())
    assert (whole.ended, whole.offered, whole.held, whole.notices) == (2, 2, 2, 2)
