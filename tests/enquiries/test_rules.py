"""By when an agency answers, what a request and a reply need, and the shipped questions."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mash_triage.clocks.opening import after_opening, opening_between
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.status import (
    WAITING_FOR_MANAGER,
    WAITING_FOR_SCREENING,
    WITH_WORKER,
    Status,
)
from mash_triage.enquiries import rules
from mash_triage.enquiries.due import reply_due
from mash_triage.enquiries.questions import questions
from mash_triage.enquiries.rules import Answer, RequestFacts
from mash_triage.enquiries.stages import MOVES, State, check_move
from mash_triage.errors import Changed, NotReady
from mash_triage.settings import settings
from mash_triage.sharing.rules import Basis
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.routes import Rag
from mash_triage.web.accounts_view import AGENCY_KINDS
from tests.cast import AGENCIES, MONDAY_NINE

HOUR = timedelta(hours=1)
TIMES = read_edition(settings().levels_of_need / "default").clocks
HOLIDAYS = BankHolidays()
TUESDAY_NINE = MONDAY_NINE + 24 * HOUR
FRIDAY_FOUR = MONDAY_NINE + timedelta(days=4, hours=7)


def due(rag, asked, decision_due):
    return reply_due(rag, asked, decision_due, questions(), TIMES, HOLIDAYS)


def test_red_is_two_hours_also_at_night():
    night = MONDAY_NINE + 14 * HOUR
    assert due(Rag.RED, night, TUESDAY_NINE) == night + 2 * HOUR


def test_amber_and_green_are_half_of_the_opening_time_left_to_the_decision():
    assert due(Rag.GREEN, MONDAY_NINE, TUESDAY_NINE) == MONDAY_NINE + 4 * HOUR
    assert due(Rag.AMBER, MONDAY_NINE, TUESDAY_NINE) == MONDAY_NINE + 4 * HOUR


def test_amber_is_never_more_than_six_opening_hours():
    far = MONDAY_NINE + timedelta(days=7)
    assert due(Rag.AMBER, FRIDAY_FOUR, far) < FRIDAY_FOUR + timedelta(days=3)
    assert due(Rag.AMBER, MONDAY_NINE, far) == MONDAY_NINE + 6 * HOUR


def test_friday_afternoon_leaves_no_answer_due_on_sunday():
    monday_four = FRIDAY_FOUR + timedelta(days=3)
    assert due(Rag.GREEN, FRIDAY_FOUR, monday_four) == FRIDAY_FOUR + timedelta(days=2, hours=20)


def test_when_the_time_to_decide_has_run_out_it_is_as_soon_as_red():
    assert due(Rag.GREEN, TUESDAY_NINE + HOUR, TUESDAY_NINE) == TUESDAY_NINE + 3 * HOUR
    assert due(Rag.GREEN, TUESDAY_NINE, None) == TUESDAY_NINE + 2 * HOUR


@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    minutes=st.integers(1, 3_000),
)
def test_after_so_much_opening_time_so_much_has_passed_and_it_is_open(start, minutes):
    length = timedelta(minutes=minutes)
    end = after_opening(start, length, TIMES, HOLIDAYS)
    assert opening_between(start, end, TIMES, HOLIDAYS) == length
    assert time(9) <= end.astimezone(TIMES.zone).time() <= time(17)


# ---------------------------------------------------------------- the questions


def test_each_kind_of_agency_has_its_questions():
    found = {kind: questions().for_kind(kind).code for kind in AGENCY_KINDS}
    assert found["gp"] == found["midwife"] == "health"
    assert found["primary"] == found["nursery"] == "education"
    assert (found["police"], found["probation"]) == ("police", "probation")
    assert (found["housing"], found["early_help"]) == ("housing", "early_help")
    assert found["adult_social_care"] == "adult_social_care"
    assert found["charity"] == "other"
    assert questions().for_kind(AGENCIES["Hill School"][0]).code == "education"
    assert all(group.questions for group in questions().group)


# ---------------------------------------------------------------- the life of a request


def test_every_state_has_its_moves_and_those_that_end_have_none():
    assert set(MOVES) == set(State)
    reached = {State.NEEDS_WORD, *(to for each in MOVES.values() for to in each)}
    assert reached == set(State)
    with pytest.raises(Changed, match="by now"):
        check_move(State.CLOSED, State.OPEN)


# ---------------------------------------------------------------- the reply


ONE, TWO = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([Answer(ONE, "nothing_known")], "Question 2 has no answer yet"),
        ([Answer(ONE, "nothing_known"), Answer(TWO, None)], "Question 2 has no answer yet"),
        ([Answer(ONE, "information", " "), Answer(TWO, "nothing_known")], "Write what is known"),
        ([Answer(ONE, "partly_withheld", "x"), Answer(TWO, "nothing_known")], "Say why part"),
        (
            [Answer(ONE, "partly_withheld", "", "other"), Answer(TWO, "nothing_known")],
            "Write the reason",
        ),
        ([Answer(uuid4(), "nothing_known")], "to another request"),
        ([Answer(ONE, "information", "x" * 20_001), Answer(TWO, "nothing_known")], "Shorten"),
    ],
)
def test_an_answer_that_leaves_something_open_is_refused(answers, words):
    with pytest.raises(NotReady, match=words):
        rules.check_answers([ONE, TWO], answers)


def test_nothing_known_and_partly_withheld_with_its_reason_are_answers():
    rules.check_answers(
        [ONE, TWO],
        [Answer(ONE, "nothing_known"), Answer(TWO, "partly_withheld", "", "more_harm")],
    )


def test_lateness_is_asked_of_the_answer_or_of_now():
    assert not rules.is_late(TUESDAY_NINE, None, at=TUESDAY_NINE)
    assert rules.is_late(TUESDAY_NINE, None, at=TUESDAY_NINE + HOUR)
    assert not rules.is_late(TUESDAY_NINE, MONDAY_NINE, at=TUESDAY_NINE + HOUR)
    assert not rules.is_late(None, None, at=TUESDAY_NINE)


@pytest.mark.parametrize("status", Status)
def test_agencies_are_asked_between_taking_up_and_the_decision(status):
    if status in WITH_WORKER | WAITING_FOR_MANAGER:
        rules.check_may_ask(status)
    elif status in WAITING_FOR_SCREENING:
        with pytest.raises(NotReady, match="Take this child up first"):
            rules.check_may_ask(status)
    else:
        with pytest.raises(Changed, match="is decided"):
            rules.check_may_ask(status)


def test_an_agency_that_has_left_can_neither_be_asked_nor_reminded():
    left = SimpleNamespace(id=uuid4(), name="Old Trust", closed_at=MONDAY_NINE)
    with pytest.raises(NotReady, match=r"Old Trust has left\. Choose"):
        rules.check_agency(left, None, answering=1)
    with pytest.raises(NotReady, match="has left and cannot answer"):
        rules.check_not_left(left)
    waits = SimpleNamespace(state=State.OPEN, due_at=MONDAY_NINE)
    with pytest.raises(NotReady, match="has left and cannot answer"):
        rules.check_can_chase(waits, left, None, at=TUESDAY_NINE)
    with pytest.raises(NotReady, match="has left and cannot answer"):
        rules.check_can_escalate(waits, left, leads=1, at=TUESDAY_NINE)


def test_ones_own_agency_is_not_asked():
    ours = SimpleNamespace(id=uuid4(), name="The hub", closed_at=None)
    with pytest.raises(NotReady, match="your own agency"):
        rules.check_agency(ours, ours.id, answering=1)


BASIS = Basis("public_task", "none", "ca2004_s16la", "public_interest", "As little as is needed.")
ASKED = RequestFacts(uuid4(), ("growth", "home"), "To know who sees her.", BASIS)
THEIRS = {"growth": "How does the child grow?", "home": "Who lives there?"}


def test_all_that_an_agency_may_be_asked_may_be_asked_at_once():
    rules.check_facts(ASKED, THEIRS)


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ({"questions": ()}, "at least one question"),
        ({"questions": ("growth", "fines")}, "not for this agency"),
        ({"purpose": " "}, "what you ask for"),
        ({"basis": replace(BASIS, gateway="")}, "statutory gateway"),
        ({"why_not_asked": "because"}, "one of the reasons"),
    ],
)
def test_a_request_says_what_is_asked_what_for_and_why_that_is_lawful(lacks, words):
    with pytest.raises(NotReady, match=words):
        rules.check_facts(replace(ASKED, **lacks), THEIRS)


def test_an_agency_without_anybody_to_answer_is_asked_by_telephone():
    silent = SimpleNamespace(id=uuid4(), name="Small Nursery", closed_at=None)
    with pytest.raises(NotReady, match="Ask by telephone"):
        rules.check_agency(silent, None, answering=0)
