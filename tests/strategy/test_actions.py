"""From a danger ticked in screening to a closed discussion, its tasks, dissent and minutes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import london_day
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.before import StrategyFacts
from mash_triage.disagreements.models import Disagreement
from mash_triage.disagreements.queries import disagreements
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.screening.actions import record_indicators
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.queries import sharing_of
from mash_triage.sharing.rules import Kind
from mash_triage.strategy.actions import (
    close_discussion,
    convene_discussion,
    invite_to_discussion,
    open_escalation,
    record_dissent,
    record_held,
    record_not_needed,
    record_task_done,
)
from mash_triage.strategy.codes import Form, Part, Sector
from mash_triage.strategy.lists import (
    attendance,
    attendance_by_month,
    discussions_on,
    how_discussed,
    open_discussions,
)
from mash_triage.strategy.needed import hold_by, strategy_needed
from mash_triage.strategy.queries import discussion, people_of
from mash_triage.strategy.rules import Convened, Invited
from mash_triage.thresholds.routes import Rag, Route
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DAN, DEV, MONDAY_NINE
from tests.stories import HOUR
from tests.strategy.talks import (
    HELD_AT,
    S47,
    THREE,
    attended,
    closed,
    convened,
    decide_section_47,
    held,
    outcome,
)

NOON = MONDAY_NINE + 3 * HOUR
TEN = MONDAY_NINE + HOUR


@pytest.fixture
def child(session):
    """Mia, taken up by Beth at ten."""
    return stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)


def promised(session, child, code) -> PromiseRecord:
    return session.scalars(
        select(PromiseRecord).where(
            PromiseRecord.contact_child_id == child.id, PromiseRecord.code == code
        )
    ).one()


def test_a_danger_ticked_makes_the_task_once_and_a_quorate_discussion_keeps_it(session, child):
    assert strategy_needed(session, by=BETH) == []
    for _twice in range(2):
        record_indicators(session, child.id, [S47], by=BETH, at=MONDAY_NINE + HOUR)
    [needed] = strategy_needed(session, by=BETH)
    assert (needed.id, needed.convened) == (child.id, None)
    assert needed.due_at == MONDAY_NINE + 25 * HOUR

    closed(session, child, at=NOON)
    assert strategy_needed(session, by=BETH) == []
    assert promised(session, child, "strategy_discussion").ended_at == HELD_AT
    conference = promised(session, child, "conference")
    assert conference.due_at == datetime(2026, 2, 2, 17, tzinfo=UTC)
    seen = discussion(session, discussions_on(session, child.id, by=BETH, at=NOON)[0].id, by=BETH)
    assert seen.conference_due_on == date(2026, 2, 2)
    assert seen.outcome.is_quorate
    record_indicators(session, child.id, [S47], by=BETH, at=NOON)
    assert strategy_needed(session, by=BETH) == []


def test_minutes_and_promise_give_one_day_for_the_conference_of_an_evening(session, child):
    evening = MONDAY_NINE + 9 * HOUR  # a Monday at six, after the front door has closed
    row = held(session, child, at=evening + HOUR, held_at=evening)
    close_discussion(session, row.id, outcome(child), by=BETH, at=evening + HOUR)
    conference = promised(session, child, "conference")
    assert conference.started_at == evening
    assert conference.due_at == datetime(2026, 2, 2, 17, tzinfo=UTC)  # as of that morning
    seen = discussion(session, row.id, by=BETH)
    assert seen.conference_due_on == london_day(conference.due_at)
    conference.due_at += timedelta(days=1)  # as a bank holiday proclaimed late moves it
    session.flush()
    assert discussion(session, row.id, by=BETH).conference_due_on == london_day(conference.due_at)


def test_a_new_danger_asks_again_after_a_manager_said_none_was_needed(session, child):
    record_indicators(session, child.id, [S47], by=BETH, at=MONDAY_NINE + HOUR)
    record_not_needed(session, child.id, "The wrong child was ticked.", by=CAROL, at=NOON)
    assert hold_by(session, child.id, by=BETH) is None
    both = [S47, "no_safe_carer_available"]
    record_indicators(session, child.id, both, by=BETH, at=NOON + HOUR)
    assert hold_by(session, child.id, by=BETH) is not None


def test_a_discussion_closed_to_her_for_a_brothers_sake_still_counts(session, child):
    assert how_discussed(session, child.id, by=BETH) == (False, False, False)
    held(session, child, absent={Sector.HEALTH}, at=NOON)
    assert how_discussed(session, child.id, by=BETH) == (True, False, True)


def test_without_health_it_is_not_quorate_and_stays_needed_until_health_is_rung_in(session, child):
    record_indicators(session, child.id, [S47], by=BETH, at=MONDAY_NINE + HOUR)
    row = held(session, child, absent={Sector.HEALTH}, at=NOON)
    seen = discussion(session, row.id, by=BETH)
    assert seen.missing == (Sector.HEALTH,)
    with pytest.raises(NotReady, match="Health did not attend"):
        close_discussion(session, row.id, outcome(child), by=BETH, at=NOON)
    assert hold_by(session, child.id, by=BETH) is not None

    record_held(session, row.id, attended(session, row), by=BETH, at=NOON)
    assert hold_by(session, child.id, by=BETH) is None
    assert close_discussion(session, row.id, outcome(child), by=BETH, at=NOON).is_quorate


def test_enquiries_may_start_without_quorum_said_so_and_the_discussion_stays_needed(session, child):
    record_indicators(session, child.id, [S47], by=BETH, at=MONDAY_NINE + HOUR)
    row = held(session, child, absent={Sector.HEALTH}, at=NOON)
    hurried = outcome(child, without_quorum="He is due home.", next_on=date(2026, 1, 13))
    close_discussion(session, row.id, hurried, by=BETH, at=NOON)
    assert row.is_quorate is False
    assert hold_by(session, child.id, by=BETH) is not None
    assert promised(session, child, "conference").ended_at is None


def test_recorded_as_quorate_by_mistake_it_is_needed_again_when_that_is_put_right(session, child):
    row = held(session, child, at=NOON)
    assert hold_by(session, child.id, by=BETH) is None
    record_held(
        session, row.id, attended(session, row, absent={Sector.POLICE}), by=BETH, at=NOON + HOUR
    )
    assert hold_by(session, child.id, by=BETH) == NOON + 25 * HOUR
    record_held(session, row.id, attended(session, row), by=BETH, at=NOON + 2 * HOUR)
    assert hold_by(session, child.id, by=BETH) is None
    record_held(
        session, row.id, attended(session, row, absent={Sector.POLICE}), by=BETH, at=NOON + 3 * HOUR
    )
    came = {
        each.sector: (each.attended, each.asked)
        for each in attendance(session, days=30, by=BETH, at=NOON + HOUR)
    }
    assert came[Sector.POLICE] == (0, 1)
    assert came[Sector.HEALTH] == (1, 1)


def test_month_by_month_health_counts_as_wanted_at_every_discussion(session, child):
    february = NOON + timedelta(days=30)
    unasked = Convened("Carol Adeyemi, manager", HELD_AT, Form.MEETING, THREE[:2])
    row = convene_discussion(session, [child.id], unasked, by=BETH, at=NOON)
    record_held(session, row.id, attended(session, row), by=BETH, at=NOON)
    later = stories.a_child(session, {"family_name": "Quill"}, sent_by=AMARA)
    held(session, later, at=february + HOUR, held_at=february)
    *before, last, this = attendance_by_month(session, by=BETH, at=february + HOUR)
    assert [each.held for each in before] == [0] * 11
    assert (last.month, last.held, last.quorate) == (date(2026, 1, 1), 1, 0)
    assert (this.month, this.held, this.quorate) == (date(2026, 2, 1), 1, 1)
    came = [
        (each.of(Sector.HEALTH).attended, each.of(Sector.HEALTH).asked) for each in (last, this)
    ]
    assert came == [(0, 1), (1, 1)]
    assert this.of(Sector.EDUCATION).asked == 0
    assert last.of(Sector.POLICE).attended == 1


def test_a_call_keeps_the_task_and_asks_for_a_meeting(session, child):
    record_indicators(session, child.id, [S47], by=BETH, at=MONDAY_NINE + HOUR)
    held(session, child, form=Form.CALL, at=NOON)
    assert hold_by(session, child.id, by=BETH) is None
    assert promised(session, child, "strategy_meeting_after_phone").ended_at is None


def test_a_decision_for_section_47_needs_a_discussion_unless_it_was_held(session):
    waiting = [
        stories.a_child_awaiting_decision(
            session, {"family_name": name}, sent_by=AMARA, screened_by=BETH
        )
        for name in ("Quill", "Marsh")
    ]
    closed(session, waiting[1], at=NOON)
    for child in waiting:
        decide_section_47(session, child, by=CAROL, at=NOON + HOUR)
    assert [each.id for each in strategy_needed(session, by=CAROL)] == [waiting[0].id]
    with pytest.raises(NotReady, match="was decided for this child"):
        record_not_needed(session, waiting[0].id, "No", by=CAROL, at=NOON + HOUR)


def test_a_manager_who_decides_otherwise_says_that_none_is_needed(session):
    child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
    stories.screen(
        session, child, by=BETH, at=MONDAY_NINE + HOUR, indicators=(S47,), rag=Rag.RED, level=4,
        route=Route.S47,
    )  # fmt: skip
    stories.send(session, child, by=BETH, at=MONDAY_NINE + HOUR)
    assert len(strategy_needed(session, by=CAROL)) == 1
    facts = stories.a_decision(departure="professional_judgement", departure_words="An accident.")
    with pytest.raises(NotReady, match="A danger trigger stands"):
        record_decision(session, child.id, facts, by=CAROL, at=NOON)
    heard = StrategyFacts(begun=True, held=True)
    record_decision(session, child.id, facts, strategy=heard, by=CAROL, at=NOON)
    assert strategy_needed(session, by=CAROL) == []


def test_a_manager_says_why_none_is_needed(session, child):
    record_indicators(session, child.id, [S47], by=BETH, at=MONDAY_NINE + HOUR)
    with pytest.raises(NotAllowed):
        record_not_needed(session, child.id, "x", by=BETH, at=NOON)
    with pytest.raises(NotReady, match="why no strategy discussion"):
        record_not_needed(session, child.id, " ", by=CAROL, at=NOON)
    record_not_needed(session, child.id, "The wrong child was ticked.", by=CAROL, at=NOON)
    assert strategy_needed(session, by=CAROL) == []
    assert promised(session, child, "strategy_discussion").ended == "lapsed"


def test_the_same_discussion_twice_is_refused(session, child):
    row = convened(session, child, at=NOON)
    with pytest.raises(Changed, match="that very time"):
        convened(session, child, at=NOON)
    with pytest.raises(Changed, match="open already"):
        convened(session, child, at=NOON, planned_for=HELD_AT + HOUR)
    record_held(session, row.id, attended(session, row), by=BETH, at=NOON)
    close_discussion(session, row.id, outcome(child), by=BETH, at=NOON)
    with pytest.raises(Changed, match="closed already"):
        record_held(session, row.id, attended(session, row), by=BETH, at=NOON)
    again = convened(session, child, at=NOON, planned_for=HELD_AT + HOUR)
    with pytest.raises(Changed, match="that very time"):
        record_held(session, again.id, attended(session, again), by=BETH, at=NOON)


def test_it_is_about_children_of_one_contact_that_one_may_see(session, child):
    other = stories.a_child_taken_up(
        session, {"family_name": "Marsh"}, sent_by=DEV, screened_by=BETH
    )
    facts = Convened("Carol, manager", HELD_AT, Form.MEETING)
    with pytest.raises(NotReady, match="one contact"):
        convene_discussion(session, [child.id, other.id], facts, by=BETH, at=NOON)
    stories.restrict(session, other, readers=[CAROL, DAN], by=CAROL, at=NOON)
    with pytest.raises(NotFound):
        convene_discussion(session, [other.id], facts, by=BETH, at=NOON)


def test_a_discussion_is_closed_to_whoever_may_not_see_one_of_its_children(session, child):
    row = convened(session, child, at=NOON)
    stories.restrict(session, child, readers=[CAROL, DAN], by=CAROL, at=NOON)
    with pytest.raises(NotFound):
        discussion(session, row.id, by=BETH)
    assert open_discussions(session, by=BETH, at=NOON) == []
    assert len(open_discussions(session, by=CAROL, at=NOON)) == 1
    with pytest.raises(NotAllowed):
        discussion(session, row.id, by=AMARA)


def test_tasks_wait_until_they_are_done(session, child):
    row = closed(session, child, at=NOON)
    [task] = discussion(session, row.id, by=BETH).tasks
    [line] = open_discussions(session, by=BETH, at=NOON + timedelta(days=3))
    assert (line.open_tasks, line.late_tasks) == (1, 1)
    record_task_done(session, task.id, "Rang at two.", by=BETH, at=NOON + HOUR)
    with pytest.raises(Changed):
        record_task_done(session, task.id, by=BETH, at=NOON + HOUR)
    assert open_discussions(session, by=BETH, at=NOON + HOUR) == []


def test_dissent_opens_the_escalation_of_that_agency_alone(session):
    child = stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)
    row = closed(session, child, at=NOON)
    nurse = next(
        each for each in discussion(session, row.id, by=BETH).people if each.person == "Dev Raman"
    )
    why, wanted = "The injuries need a medical today.", "A medical today."
    decide_section_47(session, child, by=CAROL, at=NOON + HOUR)
    person = record_dissent(session, nurse.id, why, wanted, by=BETH, at=NOON + HOUR)
    opened = session.get_one(Disagreement, person.disagreement_id)
    assert (opened.agency_id, opened.why, opened.subject) == (DEV.agency_id, why, "decision")
    [seen] = disagreements(session, by=CAROL, at=NOON + HOUR)
    assert seen.agency == "Elmbank Health Centre"
    assert disagreements(session, by=AMARA, at=NOON + HOUR) == []
    with pytest.raises(Changed):
        open_escalation(session, nurse.id, by=BETH, at=NOON + HOUR)


def test_dissent_from_a_discussion_is_escalated_before_anything_is_decided(session, child):
    row = closed(session, child, at=NOON)
    nurse = next(
        each for each in discussion(session, row.id, by=BETH).people if each.person == "Dev Raman"
    )
    person = record_dissent(session, nurse.id, "She needs a medical.", "One today.",
                            by=BETH, at=NOON)  # fmt: skip
    opened = session.get_one(Disagreement, person.disagreement_id)
    assert (opened.subject, opened.decision_id) == ("strategy_discussion", None)
    [seen] = disagreements(session, by=CAROL, at=NOON)
    assert (seen.contact_child_id, seen.stage) == (child.id, 1)
    assert disagreements(session, by=AMARA, at=NOON) == []


def test_an_outcome_is_recorded_by_somebody_qualified(session, child):
    row = held(session, child, at=NOON)
    with pytest.raises(NotAllowed, match="qualified"):
        close_discussion(
            session, row.id, outcome(child), by=replace(BETH, qualified=False), at=NOON
        )


def test_nobody_is_invited_twice(session, child):
    row = convened(session, child, at=NOON)
    with pytest.raises(Changed, match="invited already"):
        invite_to_discussion(
            session,
            row.id,
            Invited(Sector.HEALTH, "Elmbank Health Centre", "Dev Raman"),
            by=BETH,
            at=NOON,
        )
    assert {each.part for each in discussion(session, row.id, by=BETH).people} == {Part.INVITED}


@pytest.mark.parametrize(
    ("agency", "sector", "is_taken"),
    [
        ("Hill School", Sector.HEALTH, False),
        ("hill school", Sector.POLICE, False),
        ("Hill School", Sector.LOCAL_AUTHORITY, False),
        ("Elmbank Health Centre", Sector.POLICE, False),
        ("Elmbank Health Centre", Sector.LOCAL_AUTHORITY, False),
        ("Elmbank Health Centre", Sector.HEALTH, True),
        ("Rivermead Children's Services", Sector.LOCAL_AUTHORITY, True),
        ("Hill School", Sector.EDUCATION, True),
        ("Hill School", Sector.OTHER, True),
        ("A clinic on no list", Sector.HEALTH, True),
    ],
)
def test_a_listed_agency_of_another_kind_makes_no_quorum(session, child, agency, sector, is_taken):
    row = convened(session, child, at=TEN)
    somebody = Invited(sector, agency, "Pat Hale")
    if is_taken:
        assert invite_to_discussion(session, row.id, somebody, by=BETH, at=TEN).sector == sector
        return
    with pytest.raises(NotReady, match="is on the list of agencies and does not come for"):
        invite_to_discussion(session, row.id, somebody, by=BETH, at=TEN)
    facts = Convened("Carol Adeyemi", HELD_AT + HOUR, Form.MEETING, (somebody,))
    with pytest.raises(NotReady, match="Choose the service it comes for"):
        convene_discussion(
            session, [stories.a_child(session, sent_by=AMARA).id], facts, by=BETH, at=TEN
        )


def test_what_was_said_at_a_discussion_stands_in_the_ledger_of_the_child(session, child):
    closed(session, child, at=NOON)
    session.flush()
    entries = sharing_of(session, child.id, by=BETH)
    assert {(each.kind, each.with_whom, each.ground) for each in entries} == {
        (Kind.DISCLOSURE, "Rivermead Police", Ground.PROTECTION),
        (Kind.DISCLOSURE, "Elmbank Health Centre", Ground.PROTECTION),
        (Kind.REPLY, "Rivermead Police", None),
        (Kind.REPLY, "Elmbank Health Centre", None),
    }
    assert {each.shared_at for each in entries} == {HELD_AT}
    assert "Known to us" not in repr(entries)


def test_a_time_that_is_put_right_is_the_time_at_which_the_promise_was_kept(session, child):
    record_indicators(session, child.id, [S47], by=BETH, at=TEN)
    row = held(session, child, at=NOON)
    session.flush()
    assert promised(session, child, "strategy_discussion").ended_at == HELD_AT
    later = attended(session, row, held_at=HELD_AT + HOUR / 4)
    record_held(session, row.id, later, by=BETH, at=NOON + HOUR)
    session.flush()
    assert promised(session, child, "strategy_discussion").ended_at == HELD_AT + HOUR / 4


def test_nobody_dissents_from_an_outcome_that_is_not_there_yet(session, child):
    row = held(session, child, at=NOON)
    police = next(each for each in people_of(session, row.id) if each.sector == Sector.POLICE)
    with pytest.raises(NotReady, match="Close the discussion first"):
        record_dissent(session, police.id, "Too little", "Section 47", by=BETH, at=NOON)
    assert session.scalars(select(Disagreement)).all() == []
