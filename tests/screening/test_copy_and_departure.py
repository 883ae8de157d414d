"""Copying to siblings waits for whoever holds one; no route despite a trigger is a departure."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from mash_triage.errors import NotReady
from mash_triage.screening.actions import (
    copy_indicators_to_siblings,
    record_indicators,
    set_level,
    take_up,
)
from mash_triage.screening.models import IndicatorSeen, Screening
from mash_triage.thresholds.routes import DepartureReason
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + HOUR
TRIGGER = "non_fatal_strangulation"


def test_two_who_copy_to_each_other_at_once_both_come_through(database, amara, beth, carol):
    with database.work() as session:
        receipt = stories.a_receipt(session, {}, {"given_names": "Noah"}, sent_by=amara)
        mia, noah = (each.id for each in stories.children_of(session, receipt))
        for child, code in ((mia, "persistent_hunger"), (noah, "poor_hygiene_presentation")):
            take_up(session, child, by=beth, at=AT)
            record_indicators(session, child, [code], by=beth, at=AT)
    ready = Barrier(2, timeout=30)

    def copy(child_id, by):
        ready.wait()
        with database.work() as session:
            return copy_indicators_to_siblings(session, child_id, by=by, at=AT)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(copy, (mia, noah), (beth, carol))) == [1, 1]
    with database.look() as session:
        rows = session.execute(select(IndicatorSeen.contact_child_id, IndicatorSeen.state))
        assert sorted(state for _child, state in rows) == ["accepted"] * 2 + ["proposed"] * 2


def test_no_route_for_a_triggered_child_needs_its_reason(session, amara, beth):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    record_indicators(session, child.id, [TRIGGER], by=beth, at=AT)
    with pytest.raises(NotReady, match="Choose the reason why"):
        set_level(session, child.id, 4, None, by=beth, at=AT)
    reason = DepartureReason.PROFESSIONAL_JUDGEMENT
    told = {"departure": reason, "departure_words": "Open to the team."}
    set_level(session, child.id, 4, None, **told, by=beth, at=AT)
    assert session.scalars(select(Screening)).one().departure == reason


def test_no_route_for_any_other_child_is_no_departure(session, amara, beth):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    record_indicators(session, child.id, ["persistent_hunger"], by=beth, at=AT)
    set_level(session, child.id, 3, None, by=beth, at=AT)
    assert session.scalars(select(Screening)).one().departure is None
