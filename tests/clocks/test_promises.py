"""Promises start and end with what happens, each due time worked out once and kept."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from mash_triage.after_sending.actions import record_written_confirmation
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.actions import correct_moment, happened, take_back_moment
from mash_triage.clocks.lengths import point_at
from mash_triage.clocks.models import MomentRecord, PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.decisions.actions import record_decision, record_help_agreed, record_referrer_told
from mash_triage.decisions.told import ToldFacts, ToldReason, WithheldReason
from mash_triage.errors import Changed, NotReady
from mash_triage.promises.actions import raise_due
from mash_triage.thresholds.levels import sha256_of
from mash_triage.thresholds.models import EditionRecord
from tests import stories
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR, a_child

DAY = timedelta(days=1)
CALLED = {"channel": "telephone", "received_at": MONDAY_NINE}


def said(session, child, moment, took, *, entered=None, **more):
    happened(session, child.id, moment, took_place_at=took, by=BETH, at=entered or took, **more)


def promises(session, child, code=None):
    rows = select(PromiseRecord).where(PromiseRecord.contact_child_id == child.id)
    found = session.scalars(rows.order_by(PromiseRecord.started_at)).all()
    return [each for each in found if code in (None, each.code)]


def one(session, child, code):
    (row,) = promises(session, child, code)
    return row


def running(session, child):
    return {each.code for each in promises(session, child) if each.ended is None}


@pytest.fixture
def mia(session):
    return a_child(session, sent_by=AMARA)


def test_a_contact_sent_on_a_page_is_acknowledged_as_it_arrives(session, mia):
    row = one(session, mia, "acknowledgement")
    assert (row.ended, row.ended_at) == ("kept", MONDAY_NINE)
    assert row.next_point_at is None


def test_section_47_promises_to_see_the_child_within_a_day(session, mia):
    decided = MONDAY_NINE + 5 * HOUR
    said(session, mia, Moment.S47_DECIDED, decided)
    assert one(session, mia, "seen_at_risk").due_at == decided + DAY
    assert running(session, mia) == {"seen_at_risk", "allocated", "assessment"}
    said(session, mia, Moment.SEEN, decided + 3 * HOUR)
    row = one(session, mia, "seen_at_risk")
    assert (row.ended, row.ended_at) == ("kept", decided + 3 * HOUR)


def test_an_assessment_is_counted_from_the_referral_and_not_from_the_decision(session, mia):
    said(session, mia, Moment.S17_DECIDED, MONDAY_NINE + 2 * DAY)
    row = one(session, mia, "assessment")
    assert row.started_at == MONDAY_NINE
    assert row.due_at == datetime(2026, 3, 16, 17, tzinfo=UTC)


def test_a_conference_is_counted_from_the_discussion(session, mia):
    held = MONDAY_NINE + 26 * HOUR
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE + HOUR)
    said(session, mia, Moment.STRATEGY_HELD, held)
    said(session, mia, Moment.S47_STARTED, held + 20 * HOUR)
    assert one(session, mia, "conference").due_at == datetime(2026, 2, 3, 17, tzinfo=UTC)
    late = one(session, mia, "strategy_discussion")
    assert late.ended == "kept"
    assert late.ended_at > late.due_at


def test_told_twice_it_is_one_promise(session, mia):
    for _time in range(2):
        said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE + HOUR)
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE + 2 * HOUR)  # while the first runs
    assert one(session, mia, "strategy_discussion").started_at == MONDAY_NINE + HOUR
    reported = select(func.count()).where(MomentRecord.moment == Moment.STRATEGY_NEEDED)
    assert session.scalar(reported) == 2


def test_a_second_discussion_is_a_second_promise(session, mia):
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE + HOUR)
    said(session, mia, Moment.STRATEGY_HELD, MONDAY_NINE + 2 * HOUR)
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE + 3 * HOUR)
    first, second = promises(session, mia, "strategy_discussion")
    assert (first.ended, second.ended) == ("kept", None)


def test_requests_run_beside_each_other_each_with_its_own_time(session, mia):
    school, health = uuid4(), uuid4()
    for about, hours in ((school, 2), (health, 4)):
        said(session, mia, Moment.INFORMATION_ASKED, MONDAY_NINE, about=about,
             due_at=MONDAY_NINE + hours * HOUR)  # fmt: skip
    said(session, mia, Moment.INFORMATION_REPLIED, MONDAY_NINE + HOUR, about=health)
    ended = {p.about: (p.due_at, p.ended) for p in promises(session, mia, "information_reply")}
    assert ended == {
        school: (MONDAY_NINE + 2 * HOUR, None),
        health: (MONDAY_NINE + 4 * HOUR, "kept"),
    }
    said(session, mia, Moment.DECIDED, MONDAY_NINE + 2 * HOUR)
    assert {p.ended for p in promises(session, mia, "information_reply")} == {"kept", "lapsed"}


def test_a_request_needs_a_time(session, mia):
    with pytest.raises(ValueError, match="needs a due time"):
        said(session, mia, Moment.INFORMATION_ASKED, MONDAY_NINE, about=uuid4())


def test_what_was_done_on_a_day_before_keeps_nothing(session, mia):
    said(session, mia, Moment.S47_DECIDED, MONDAY_NINE + HOUR)
    said(session, mia, Moment.SEEN, MONDAY_NINE - DAY, entered=MONDAY_NINE + 2 * HOUR)
    assert "seen_at_risk" in running(session, mia)


def test_what_was_entered_first_keeps_a_promise_that_is_entered_late(session, mia):
    said(session, mia, Moment.SEEN, MONDAY_NINE + 5 * HOUR)
    said(session, mia, Moment.S47_DECIDED, MONDAY_NINE + HOUR, entered=MONDAY_NINE + 6 * HOUR)
    row = one(session, mia, "seen_at_risk")
    assert (row.ended, row.ended_at) == ("kept", MONDAY_NINE + 5 * HOUR)


def test_a_child_who_is_closed_is_promised_nothing_more(session, mia):
    said(session, mia, Moment.S47_DECIDED, MONDAY_NINE + HOUR)
    said(session, mia, Moment.CHILD_CLOSED, MONDAY_NINE + 2 * HOUR)
    assert running(session, mia) == set()


@pytest.mark.parametrize(
    ("moment", "took", "words"),
    [
        (Moment.STRATEGY_HELD, MONDAY_NINE - HOUR, "before the contact reached us"),
        (Moment.STRATEGY_HELD, MONDAY_NINE + 2 * HOUR, "later than now"),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(session, mia, moment, took, words):
    with pytest.raises(NotReady, match=words):
        said(session, mia, moment, took, entered=MONDAY_NINE + HOUR)
    assert one(session, mia, "acknowledgement").ended


def test_police_protection_may_begin_before_the_contact_about_it(session, mia):
    taken = MONDAY_NINE - 6 * HOUR
    said(session, mia, Moment.POLICE_PROTECTION_TAKEN, taken, entered=MONDAY_NINE)
    assert one(session, mia, "police_protection").due_at == taken + 72 * HOUR


def test_a_true_time_that_is_corrected_moves_what_runs_and_is_on_the_trail(session, mia):
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE + 3 * HOUR)
    correct_moment(
        session, mia.id, Moment.STRATEGY_NEEDED, took_place_at=MONDAY_NINE + HOUR,
        by=BETH, at=MONDAY_NINE + 4 * HOUR,
    )  # fmt: skip
    row = one(session, mia, "strategy_discussion")
    assert (row.started_at, row.due_at) == (MONDAY_NINE + HOUR, MONDAY_NINE + 25 * HOUR)
    moved = session.scalars(select(AuditEvent).where(AuditEvent.kind == AuditKind.PROMISE_MOVED))
    assert [line.detail["code"] for line in moved] == ["strategy_discussion"]


def test_a_true_time_that_is_corrected_moves_when_it_was_kept(session, mia):
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE)
    said(session, mia, Moment.STRATEGY_HELD, MONDAY_NINE + 5 * HOUR)
    correct_moment(
        session, mia.id, Moment.STRATEGY_HELD, took_place_at=MONDAY_NINE + 4 * HOUR,
        by=BETH, at=MONDAY_NINE + 6 * HOUR,
    )  # fmt: skip
    assert one(session, mia, "strategy_discussion").ended_at == MONDAY_NINE + 4 * HOUR


def test_a_visit_written_down_for_the_day_before_keeps_the_promise_once_it_is_put_right(
    session, mia
):
    said(session, mia, Moment.S47_DECIDED, MONDAY_NINE + HOUR)
    wrong, right = MONDAY_NINE - 22 * HOUR, MONDAY_NINE + 2 * HOUR
    said(session, mia, Moment.SEEN, wrong, entered=MONDAY_NINE + 3 * HOUR)
    assert one(session, mia, "seen_at_risk").ended is None
    correct_moment(
        session, mia.id, Moment.SEEN, took_place_at=right, by=BETH, at=MONDAY_NINE + 4 * HOUR
    )
    row = one(session, mia, "seen_at_risk")
    assert (row.ended, row.ended_at, row.next_point_at) == ("kept", right, None)


def test_what_was_done_earlier_on_the_same_day_keeps_the_promise(session, mia):
    said(session, mia, Moment.S47_DECIDED, MONDAY_NINE + 6 * HOUR)
    said(session, mia, Moment.SEEN, MONDAY_NINE + HOUR, entered=MONDAY_NINE + 7 * HOUR)
    row = one(session, mia, "seen_at_risk")
    assert (row.ended, row.ended_at) == ("kept", MONDAY_NINE + HOUR)


def test_what_kept_one_promise_does_not_keep_the_next(session, mia):
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE)
    said(session, mia, Moment.STRATEGY_HELD, MONDAY_NINE + 3 * HOUR)
    again, entered = MONDAY_NINE + 2 * HOUR, MONDAY_NINE + 4 * HOUR
    said(session, mia, Moment.STRATEGY_NEEDED, again, entered=entered)
    first, second = promises(session, mia, "strategy_discussion")
    assert (first.ended, second.ended) == ("kept", None)


def test_what_is_taken_back_runs_on_and_is_not_warned_of_a_second_time(session, mia):
    said(session, mia, Moment.STRATEGY_NEEDED, MONDAY_NINE)
    row = one(session, mia, "strategy_discussion")
    raise_due(session, at=MONDAY_NINE + 13 * HOUR)  # at half of its time
    held = MONDAY_NINE + 14 * HOUR
    said(session, mia, Moment.STRATEGY_HELD, held)
    assert (row.ended, row.next_point_at) == ("kept", None)
    take_back_moment(session, mia.id, Moment.STRATEGY_HELD, took_place_at=held)
    assert (row.ended, row.ended_at) == (None, None)
    assert row.next_point_at == point_at(row.started_at, row.due_at, 80)
    said(session, mia, Moment.STRATEGY_HELD, held)
    assert row.ended == "kept", "it may be reported again"


def test_a_time_that_moves_is_not_warned_of_a_second_time(session, mia):
    said(session, mia, Moment.S47_DECIDED, MONDAY_NINE + HOUR)
    row = one(session, mia, "seen_at_risk")
    at = MONDAY_NINE + 14 * HOUR
    raise_due(session, at=at)
    correct_moment(
        session, mia.id, Moment.S47_DECIDED, took_place_at=MONDAY_NINE + 2 * HOUR, by=BETH, at=at
    )
    assert row.started_at == MONDAY_NINE + 2 * HOUR
    assert row.next_point_at == point_at(row.started_at, row.due_at, 80)


def test_nothing_is_corrected_that_was_not_recorded(session, mia):
    with pytest.raises(NotReady, match="not recorded yet"):
        correct_moment(
            session, mia.id, Moment.SEEN, took_place_at=MONDAY_NINE, by=BETH, at=MONDAY_NINE
        )


def test_an_edition_without_promises_is_still_read_and_promises_nothing(session):
    shipped = session.scalars(select(EditionRecord).where(EditionRecord.code == "default")).one()
    head, rest = shipped.toml.split("# ---- Promises", 1)
    older = head + "# ---- Levels" + rest.split("# ---- Levels", 1)[1]
    older = older.replace("effective_from = 2025-04-01", "effective_from = 2025-09-01")
    session.add(
        EditionRecord(
            code="default", sha256=sha256_of(older), toml=older, effective_from=date(2025, 9, 1),
            status="in_force", loaded_by="x", loaded_at=MONDAY_NINE,
        )
    )  # fmt: skip
    session.flush()
    child = a_child(session, sent_by=AMARA)
    said(session, child, Moment.S47_DECIDED, MONDAY_NINE + HOUR)
    assert promises(session, child) == []


# ---------------------------------------------------------------- deeds that report


def decided(session, *, at=MONDAY_NINE + 3 * HOUR, contact=None, **changes):
    child = stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)
    record_decision(session, child.id, stories.a_decision(**changes), by=CAROL, at=at)
    return child


def test_whoever_sent_on_a_page_is_told_with_the_decision(session):
    child = decided(session)
    assert one(session, child, "referrer_told").ended == "kept"
    early = one(session, child, "early_help_agreement")
    assert early.due_at == datetime(2026, 1, 16, 17, tzinfo=UTC)


def test_what_is_withheld_is_promised_to_nobody(session):
    told = ToldFacts((), withheld=WithheldReason.RISK_TO_CHILD, withheld_words="He reads her mail.")
    child = decided(session, told=told)
    assert one(session, child, "referrer_told").ended == "lapsed"


def test_agreed_help_keeps_its_promise(session):
    child = decided(session)
    at = MONDAY_NINE + DAY
    facts = ConsentFacts("Rosa Thornbury", "early_help", "given", words="As she said.")
    record_consent(session, child.id, facts, by=BETH, at=at)
    record_help_agreed(session, child.id, by=BETH, at=at)
    assert one(session, child, "early_help_agreement").ended == "kept"


def called(session):
    referrer = {"name": "Sam Field", "kind": "professional"}
    return stories.a_child(
        session, sent_by=BETH, referrer=referrer, at=MONDAY_NINE + HOUR, **CALLED
    )


def test_a_call_is_confirmed_in_writing_once_for_all_children(session):
    child = called(session)
    row = one(session, child, "written_confirmation")
    assert (row.about, row.due_at) == (child.contact_id, MONDAY_NINE + DAY)
    record_written_confirmation(session, child.id, "letter", by=BETH, at=MONDAY_NINE + 3 * HOUR)
    assert one(session, child, "written_confirmation").ended == "kept"


def decided_call(session):
    """Somebody called on Monday, and at noon it was decided; when that was."""
    child, at = called(session), MONDAY_NINE + 3 * HOUR
    with pytest.raises(NotReady, match="not decided yet"):
        record_referrer_told(session, child.id, MONDAY_NINE, by=BETH, at=MONDAY_NINE)
    stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE + HOUR)
    stories.screen(session, child, by=BETH, at=MONDAY_NINE + HOUR)
    stories.send(session, child, by=BETH, at=MONDAY_NINE + HOUR)
    told = ToldFacts((ToldReason.HELP_BY_AGREEMENT,))
    record_decision(session, child.id, stories.a_decision(told=told), by=CAROL, at=at)
    return child, at


def test_whoever_called_is_told_by_a_person(session):
    child, at = decided_call(session)
    row = one(session, child, "referrer_told")
    assert (row.ended, row.due_at) == (None, datetime(2026, 1, 15, 12, tzinfo=UTC))
    for said, words in (
        (MONDAY_NINE, "before the decision"),
        (None, "on which day"),
        (at + 2 * HOUR, "later than now"),
    ):
        with pytest.raises(NotReady, match=words):
            record_referrer_told(session, child.id, said, by=BETH, at=at + HOUR)
    record_referrer_told(session, child.id, at + HOUR, by=BETH, at=at + HOUR)
    assert one(session, child, "referrer_told").ended == "kept"


def test_that_nobody_can_be_told_is_not_counted_as_told(session):
    child, at = decided_call(session)
    record_referrer_told(session, child.id, None, nobody_to_tell=True, by=BETH, at=at + HOUR)
    assert one(session, child, "referrer_told").ended == "lapsed"


def test_whoever_sent_on_a_page_is_not_told_a_second_time(session):
    child = decided(session)
    at = MONDAY_NINE + 4 * HOUR
    with pytest.raises(Changed, match="My contacts"):
        record_referrer_told(session, child.id, at, by=BETH, at=at)
