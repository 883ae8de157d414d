"""Orders and reports whose time the law sets: from when, until when, extended once, and kept."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.chronology.queries import chronology_of
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import london_day
from mash_triage.decisions.actions import close_child
from mash_triage.decisions.tasks import why_open
from mash_triage.errors import Changed, NotReady
from mash_triage.hand_on.actions import end_special, extend_special, name_owner, open_special
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending
from mash_triage.hand_on.queries import special_endings
from mash_triage.promises.actions import raise_due
from mash_triage.promises.queries import Wanted, promises_of_child, running_promises
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

ORDER = Ending.EMERGENCY_PROTECTION_ORDER
NOON, DAY = MONDAY_NINE + 3 * HOUR, timedelta(days=1)
FRIDAY_TEN = MONDAY_NINE + 4 * DAY + HOUR
SUNDAY_TEN = MONDAY_NINE - DAY + HOUR
"""The Monday is an ordinary one in winter: London and UTC agree."""


@pytest.fixture
def mia(session, amara, beth):
    """A child who is being screened."""
    child = stories.a_child(session, sent_by=amara)
    stories.take_up_and_know(session, child, by=beth, at=MONDAY_NINE)
    return child


def entered(session, child, kind, since, *, until=None, by, at=NOON):
    facts = EndingFacts("Jo Hart", since, until=until)
    return open_special(session, child.id, kind, facts, by=by, at=at)


def promised(session, child):
    session.flush()
    rows = session.scalars(select(PromiseRecord).where(PromiseRecord.contact_child_id == child.id))
    return {row.code: row for row in rows}


@pytest.mark.parametrize(
    ("kind", "since", "code", "due"),
    [
        pytest.param(
            Ending.POLICE_PROTECTION, SUNDAY_TEN, "police_protection", SUNDAY_TEN + 3 * DAY,
            id="police protection ends after 72 hours, counted through the weekend"),
        pytest.param(
            Ending.NRM, NOON, "nrm_decision", MONDAY_NINE + 7 * DAY + 8 * HOUR,
            id="the first decision of the NRM, by the close of the fifth working day"),
        pytest.param(
            Ending.ENCOMPASS, SUNDAY_TEN, "school_told", MONDAY_NINE - HOUR / 2,
            id="the school knows before it begins on Monday"),
        pytest.param(
            Ending.ENCOMPASS, MONDAY_NINE - 2 * HOUR, "school_told", MONDAY_NINE - HOUR / 2,
            id="what happened early on Monday is known at school the same morning"),
        pytest.param(
            Ending.ENCOMPASS, NOON, "school_told", MONDAY_NINE + DAY - HOUR / 2,
            id="what happened at noon is known the next morning"),
        pytest.param(
            Ending.FGM_REPORT, SUNDAY_TEN, "fgm_report", MONDAY_NINE + 8 * HOUR,
            id="FGM found on a Sunday is reported by the close of Monday"),
        pytest.param(
            Ending.FGM_REPORT, SUNDAY_TEN, "fgm_report_at_the_latest", SUNDAY_TEN + 28 * DAY,
            id="and at the latest within a month"),
    ],
)  # fmt: skip
def test_each_starts_its_own_clock_which_is_kept_by_what_ends_it(
    session, mia, beth, kind, since, code, due
):
    row = entered(session, mia, kind, since, by=beth)
    promise = promised(session, mia)[code]
    assert (promise.started_at, promise.due_at, promise.ended) == (since, due, None)
    assert row.due_at == min(
        each.due_at for each in promised(session, mia).values() if each.about == row.id
    )
    [shown] = [
        each for each in promises_of_child(session, mia.id, by=beth, at=NOON) if each.code == code
    ]
    assert shown.source
    running = running_promises(session, Wanted(code=code), by=beth, at=NOON)
    assert [each.contact_child_id for each in running.shown] == [mia.id]

    end_special(session, row.id, "It is done.", by=beth, at=NOON + HOUR)
    assert promised(session, mia)[code].ended == "kept"


def test_an_order_runs_until_the_day_that_the_court_named(session, mia, beth):
    row = entered(session, mia, ORDER, SUNDAY_TEN, until=FRIDAY_TEN, by=beth)
    assert row.due_at == FRIDAY_TEN
    promise = promised(session, mia)["emergency_protection_order"]
    assert (promise.started_at, promise.due_at) == (SUNDAY_TEN, FRIDAY_TEN)
    end_special(session, row.id, "Interim care order.", by=beth, at=NOON + HOUR)
    assert promised(session, mia)["emergency_protection_order"].ended == "kept"


def test_managers_hear_before_an_order_ends_and_when_it_has(
    session, mia, beth, carol, messages_out
):
    entered(session, mia, ORDER, MONDAY_NINE, until=FRIDAY_TEN, by=beth)
    nearly = raise_due(session, at=MONDAY_NINE + 3 * DAY)
    assert nearly
    [shown] = running_promises(
        session, Wanted(code="emergency_protection_order"), by=carol, at=MONDAY_NINE + 3 * DAY
    ).shown
    assert shown.is_warned
    assert not shown.is_past
    [shown] = running_promises(
        session, Wanted(code="emergency_protection_order", past=True), by=carol,
        at=FRIDAY_TEN + HOUR,
    ).shown  # fmt: skip
    assert shown.is_past


def test_an_order_that_the_law_does_not_allow_is_a_slip_of_the_pen(session, mia, beth):
    with pytest.raises(NotReady, match="no order for so long"):
        entered(session, mia, ORDER, MONDAY_NINE, until=MONDAY_NINE + 9 * DAY, by=beth)
    with pytest.raises(NotReady, match="until when the order says"):
        entered(session, mia, ORDER, MONDAY_NINE, by=beth)
    with pytest.raises(NotReady, match="after it was known"):
        entered(session, mia, ORDER, MONDAY_NINE, until=SUNDAY_TEN, by=beth)


def test_an_order_whose_eighth_day_is_a_sunday_may_end_on_the_monday(session, mia, beth):
    saturday = MONDAY_NINE - 2 * DAY
    noon_of_monday = MONDAY_NINE + 7 * DAY + 3 * HOUR
    row = entered(session, mia, ORDER, saturday, until=noon_of_monday, by=beth)
    assert row.due_at == noon_of_monday


def test_an_order_is_extended_once_and_by_seven_days_at_most(session, mia, beth, carol):
    row = entered(session, mia, ORDER, MONDAY_NINE, until=FRIDAY_TEN, by=beth)
    granted, at = FRIDAY_TEN - HOUR, FRIDAY_TEN
    to = {"granted_at": granted, "by": carol, "at": at}
    longer = FRIDAY_TEN + 6 * DAY
    for until, words in (
        (FRIDAY_TEN + 9 * DAY, "no order for so long"),
        (FRIDAY_TEN, "ends later"),
        (None, "until when the order says"),
    ):
        with pytest.raises(NotReady, match=words):
            extend_special(session, row.id, until, **to)
    extend_special(session, row.id, longer, **to)
    assert (row.first_due_at, row.due_at, row.extended_at) == (FRIDAY_TEN, longer, granted)
    found = promised(session, mia)
    assert found["emergency_protection_order"].ended == "lapsed"
    extended = found["emergency_protection_order_extended"]
    assert (extended.started_at, extended.due_at, extended.ended) == (granted, longer, None)
    with pytest.raises(Changed, match="allows that once"):
        extend_special(session, row.id, longer + DAY, **to)
    with pytest.raises(Changed, match="extended since"):
        name_owner(
            session, row.id, EndingFacts("Kim", MONDAY_NINE, until=FRIDAY_TEN), by=beth, at=at
        )

    end_special(session, row.id, "Interim care order.", by=carol, at=longer - HOUR)
    assert promised(session, mia)["emergency_protection_order_extended"].ended == "kept"
    with pytest.raises(Changed):
        extend_special(session, row.id, longer + DAY, **to)


def test_an_order_that_has_ended_cannot_be_extended_afterwards(session, mia, beth):
    row = entered(session, mia, ORDER, MONDAY_NINE, until=FRIDAY_TEN, by=beth)
    to = {"by": beth, "at": FRIDAY_TEN + 3 * HOUR}
    with pytest.raises(NotReady, match="had ended by then"):
        extend_special(session, row.id, FRIDAY_TEN + DAY, granted_at=FRIDAY_TEN + HOUR, **to)
    with pytest.raises(NotReady, match="when the court extended"):
        extend_special(session, row.id, FRIDAY_TEN + DAY, granted_at=None, **to)
    other = entered(session, mia, Ending.POLICE_PROTECTION, MONDAY_NINE, by=beth)
    with pytest.raises(NotReady, match="cannot be extended"):
        extend_special(session, other.id, FRIDAY_TEN + DAY, granted_at=NOON, **to)


def test_an_end_that_was_mistyped_is_put_right_and_the_clock_with_it(session, mia, beth):
    row = entered(session, mia, ORDER, MONDAY_NINE, until=FRIDAY_TEN, by=beth)
    true = FRIDAY_TEN + 2 * DAY
    name_owner(session, row.id, EndingFacts("Jo Hart", MONDAY_NINE, until=true), by=beth, at=NOON)
    assert promised(session, mia)["emergency_protection_order"].due_at == row.due_at == true
    owned = select(AuditEvent.detail).where(AuditEvent.kind == AuditKind.ENDING_OWNED)
    [told] = session.scalars(owned)
    assert datetime.fromisoformat(told["due_was"]) == FRIDAY_TEN


def test_a_child_under_an_order_is_not_closed(session, amara, beth, carol):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    entered(session, child, ORDER, MONDAY_NINE, until=FRIDAY_TEN, by=beth)
    assert "Not closed: Emergency protection order has not ended" in why_open(
        session, child.id, by=carol
    )
    with pytest.raises(NotReady, match="Emergency protection order has not ended"):
        close_child(session, child.id, by=carol, at=NOON)


def test_an_order_stands_in_the_chronology_on_its_own_day(session, mia, beth):
    row = entered(session, mia, ORDER, SUNDAY_TEN, until=FRIDAY_TEN, by=beth)
    to = {"granted_at": FRIDAY_TEN - HOUR, "by": beth, "at": FRIDAY_TEN}
    extend_special(session, row.id, FRIDAY_TEN + DAY, **to)
    session.flush()
    lines = {each.words: each.day for each in chronology_of(session, mia.id, by=beth).lines}
    assert lines["Emergency protection order"] == london_day(SUNDAY_TEN)
    assert lines["Extended: Emergency protection order"] == london_day(FRIDAY_TEN)


def test_what_was_entered_is_listed_with_everything_handed_on(session, mia, beth):
    entered(session, mia, ORDER, MONDAY_NINE, until=FRIDAY_TEN, by=beth)
    [shown] = special_endings(session, by=beth, at=FRIDAY_TEN + HOUR)
    assert (shown.kind, shown.is_overdue, shown.owner) == (ORDER, True, "Jo Hart")
