"""After a decision: seen stops the clock, visited does not; a file is taken whole or not at all."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mash_triage.after_decision import queries
from mash_triage.after_decision.actions import (
    import_later_dates,
    record_allocation,
    record_later_date,
    record_visit,
)
from mash_triage.after_decision.counted import assessment_spread, measures_after_decision
from mash_triage.after_decision.models import LaterDate
from mash_triage.after_decision.queries import (
    after_decision_of,
    followed_up,
)
from mash_triage.after_decision.rules import Allocated, Step, Visited
from mash_triage.clocks.actions import happened
from mash_triage.clocks.models import MomentRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import london_day
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import Changed, NotReady
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from tests import stories
from tests.after_decision.test_rules import HEAD, SEEN
from tests.cast import AMARA, BETH, CAROL, DAN, MONDAY_NINE
from tests.stories import HOUR

DECIDED = MONDAY_NINE + 3 * HOUR
LATER = DECIDED + 5 * HOUR


@pytest.fixture
def child(session):
    """A child decided for section 47 at noon."""
    return decided(session, "Quill")


def decided(session, family_name: str):
    child = stories.a_child_awaiting_decision(
        session, {"family_name": family_name}, sent_by=AMARA, screened_by=BETH
    )
    facts = stories.a_decision(
        outcome=Outcome.STRATEGY_DISCUSSION, route=Route.S47, level=4,
        departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
        departure_words="x", repeat_comment="x", agreement_due_on=None, owner="",
    )  # fmt: skip
    record_decision(session, child.id, facts, by=CAROL, at=DECIDED)
    return child


def due(session, child, keeps: Moment):
    promises = after_decision_of(session, child.id, by=BETH).promises
    return next((each for each in promises if each.keeps is keeps), None)


def test_visited_but_not_seen_does_not_stop_the_clock(session, child):
    in_vain = Visited(DECIDED + HOUR, "Beth", "At home", was_seen=False, why_not_seen="No answer.")
    record_visit(session, child.id, in_vain, by=BETH, at=LATER)
    assert due(session, child, Moment.SEEN).kept_at is None
    [line] = followed_up(session, days=30, by=BETH, at=LATER).shown
    assert (line.visits, line.seen_at) == (1, None)

    seen_at = DECIDED + 2 * HOUR
    facts = Visited(**{**vars(SEEN), "visited_at": seen_at})
    record_visit(session, child.id, facts, by=BETH, at=LATER)
    assert due(session, child, Moment.SEEN).kept_at == seen_at
    with pytest.raises(Changed, match="that very time"):
        record_visit(session, child.id, facts, by=BETH, at=LATER)


def test_whoever_has_the_work_now_is_shown_and_the_first_day_counts(session, child):
    first, then = DECIDED + HOUR, DECIDED + 2 * HOUR
    for worker, began in (("Beth", first), ("Noor", then)):
        record_allocation(session, child.id, Allocated(worker, "North", began), by=BETH, at=LATER)
    assert due(session, child, Moment.ALLOCATED).kept_at == first
    [line] = followed_up(session, days=30, by=BETH, at=LATER).shown
    assert line.allocated_to == "Noor, North"


def test_the_worst_comes_first_and_what_is_blank_is_late(session, child):
    other = decided(session, "Marsh")
    facts = Visited(**{**vars(SEEN), "visited_at": DECIDED + HOUR})
    record_visit(session, other.id, facts, by=BETH, at=LATER)
    record_allocation(
        session, other.id, Allocated("Beth", "North", DECIDED + HOUR), by=BETH, at=LATER
    )
    weeks_on = DECIDED + timedelta(days=14)
    worst, *_others = followed_up(session, days=30, by=BETH, at=weeks_on).shown
    assert worst.id == child.id
    found = {
        each.code: (each.met, each.counted)
        for each in measures_after_decision(session, days=30, by=BETH, at=weeks_on)
    }
    assert found["K24"] == (1, 2)
    assert found["K26"] == (1, 2)
    assert found["K18"] == (0, 2)
    assert followed_up(session, days=7, by=BETH, at=weeks_on).total == 0


def test_a_long_list_says_how_many_there_are_and_goes_on(session, child, monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    of_all = {child.id, *(decided(session, name).id for name in ("Marsh", "Hale"))}
    weeks_on = DECIDED + timedelta(days=14)
    seen = []
    for first in (0, 2):
        part = followed_up(session, days=30, first=first, by=BETH, at=weeks_on)
        assert (part.total, part.late) == (3, 3)
        seen += [each.id for each in part.shown]
    assert len(seen) == 3
    assert set(seen) == of_all


def test_a_restricted_child_is_on_nobody_elses_list(session, child):
    stories.restrict(session, child, readers=[CAROL, DAN], by=CAROL, at=LATER)
    assert followed_up(session, days=30, by=BETH, at=LATER).shown == ()
    assert followed_up(session, days=30, by=CAROL, at=LATER).total == 1


def test_a_later_date_is_recorded_corrected_and_not_repeated(session, child):
    at = DECIDED + timedelta(days=20)
    record_later_date(session, child.id, Step.S47_STARTED, date(2026, 1, 12), by=BETH, at=at)
    conference = due(session, child, Moment.CONFERENCE_HELD)
    assert conference.kept_at is None
    record_later_date(session, child.id, Step.CONFERENCE_HELD, date(2026, 1, 30), by=BETH, at=at)
    record_later_date(session, child.id, Step.CONFERENCE_HELD, date(2026, 1, 29), by=BETH, at=at)
    assert due(session, child, Moment.CONFERENCE_HELD).kept_at.day == 29
    with pytest.raises(Changed):
        record_later_date(
            session, child.id, Step.CONFERENCE_HELD, date(2026, 1, 29), by=BETH, at=at
        )
    with pytest.raises(NotReady, match="future"):
        record_later_date(
            session, child.id, Step.ASSESSMENT_AUTHORISED, date(2026, 6, 1), by=BETH, at=at
        )


def test_a_corrected_start_of_enquiries_moves_no_conference_that_the_discussion_set(session, child):
    """The discussion of the afternoon started the enquiries; the day was typed in as well."""
    held = DECIDED + 3 * HOUR
    for moment in (Moment.STRATEGY_HELD, Moment.S47_STARTED):
        happened(session, child.id, moment, took_place_at=held, by=CAROL, at=LATER)
    conference = due(session, child, Moment.CONFERENCE_HELD).due_at
    days_on = LATER + timedelta(days=2)
    for day in (date(2026, 1, 12), date(2026, 1, 13)):
        record_later_date(session, child.id, Step.S47_STARTED, day, by=BETH, at=days_on)
    assert due(session, child, Moment.CONFERENCE_HELD).due_at == conference
    started = session.scalars(
        select(MomentRecord.took_place_at)
        .where(MomentRecord.moment == Moment.S47_STARTED)
        .order_by(MomentRecord.took_place_at)
    ).all()
    assert started[0] == held
    assert [london_day(each).day for each in started] == [12, 13]


def test_assessments_are_spread_over_working_days_and_what_is_open_past_its_time_is_counted(
    session, child
):
    authorised = {"Marsh": date(2026, 1, 26), "Reed": date(2026, 1, 27), "Fenn": date(2026, 3, 17)}
    for name, day in authorised.items():
        each = decided(session, name)
        at = DECIDED + timedelta(days=70)
        record_later_date(session, each.id, Step.ASSESSMENT_AUTHORISED, day, by=BETH, at=at)
    found = assessment_spread(session, days=90, by=BETH, at=at)
    assert {name: n for name, n in found.authorised.items() if n} == {
        "0 to 10": 1,
        "11 to 20": 1,
        "46 and more": 1,
    }
    assert found.open_and_late == 1
    assert sum(assessment_spread(session, days=30, by=BETH, at=at).authorised.values()) == 1


def test_a_file_with_one_fault_is_refused_whole_and_a_mended_one_taken_once(session, child):
    reference, at = child.contact.reference, DECIDED + timedelta(days=20)
    good = f"{reference},1,s47_started,2026-01-12\n{reference},1,conference_held,2026-01-29\n"
    faulty = (
        f"{reference},2,s47_started,2026-01-12\n"  # there is no second child
        f"{reference},1,assessment_authorised,2026-01-11\n"  # before receipt
        f"{reference},1,s47_started,2026-01-13\n"  # twice the same
    )
    with pytest.raises(NotReady) as refused:
        import_later_dates(session, (HEAD + good + faulty).encode(), by=BETH, at=at)
    for named in ("line 4: reference or child", "line 5: day", "line 6: step"):
        assert named in refused.value.words
    assert reference not in refused.value.words
    assert session.scalar(select(func.count()).select_from(LaterDate)) == 0

    assert import_later_dates(session, (HEAD + good).encode(), by=BETH, at=at) == 2
    assert import_later_dates(session, (HEAD + good).encode(), by=BETH, at=at) == 0
    assert due(session, child, Moment.CONFERENCE_HELD).kept_at.day == 29
    other_day = f"{reference},1,conference_held,2026-01-28\n"
    with pytest.raises(NotReady, match="line 2: day"):
        import_later_dates(session, (HEAD + other_day).encode(), by=BETH, at=at)


def test_a_file_tells_nothing_of_children_that_are_closed(session, child):
    stories.restrict(session, child, readers=[CAROL, DAN], by=CAROL, at=LATER)
    line = f"{HEAD}{child.contact.reference},1,s47_started,2026-01-12\n".encode()
    with pytest.raises(NotReady, match="line 2: reference or child"):
        import_later_dates(session, line, by=BETH, at=LATER)
