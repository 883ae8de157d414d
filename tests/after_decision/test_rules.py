"""After a decision: what counts as seen, which day stands for which moment, and the measures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mash_triage.after_decision import measures, rules
from mash_triage.after_decision.import_file import read_dates
from mash_triage.after_decision.measures import HeldDiscussion, Kept, spread
from mash_triage.after_decision.rules import Allocated, Visited
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.reference import new_reference
from mash_triage.errors import NotReady
from tests.cast import MONDAY_NINE
from tests.stories import HOUR

SEEN = Visited(
    visited_at=MONDAY_NINE + HOUR,
    worker="Beth Lindqvist",
    place="At home",
    was_seen=True,
    was_alone=True,
    spoken_to="Mia and her mother",
    voice="She drew her room and said who sleeps there.",
)


def check(facts: Visited) -> None:
    rules.check_visit(facts, received_at=MONDAY_NINE, at=MONDAY_NINE + 2 * HOUR)


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"visited_at": None}, "at what time"),
        ({"visited_at": MONDAY_NINE - HOUR}, "before the contact"),
        ({"visited_at": MONDAY_NINE + 3 * HOUR}, "in the future"),
        ({"worker": " "}, "Name the social worker"),
        ({"place": ""}, "where the visit was"),
        ({"was_seen": None}, "A blank does not count"),
        ({"was_seen": False}, "why the child was not seen"),
        ({"was_alone": None}, "seen alone"),
        ({"was_alone": None, "why_not_alone": "Her mother stayed."}, "whether the child was seen"),
        ({"was_alone": False}, "why the child was not seen alone"),
        ({"spoken_to": ""}, "who was spoken to"),
        ({"voice": " "}, "voice was heard"),
    ],
)
def test_a_visit_leaves_nothing_open(change, asked):
    with pytest.raises(NotReady, match=asked):
        check(replace(SEEN, **change))


def test_a_whole_record_is_taken_and_so_is_a_visit_in_vain():
    check(SEEN)
    check(
        Visited(MONDAY_NINE, "Beth", "At home", was_seen=False, why_not_seen="Nobody opened; at 4.")
    )


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        (Allocated("", "North", MONDAY_NINE), "Name the worker who"),
        (Allocated("Beth", " ", MONDAY_NINE), "team"),
        (Allocated("Beth", "North", None), "which day"),
        (Allocated("Beth", "North", MONDAY_NINE + 2 * HOUR), "in the future"),
        (Allocated("Beth", "North", MONDAY_NINE - timedelta(days=1)), "before the day of"),
    ],
)
def test_an_allocation_names_worker_team_and_day(facts, asked):
    with pytest.raises(NotReady, match=asked):
        rules.check_allocated(facts, decided_at=MONDAY_NINE, at=MONDAY_NINE + HOUR)


def test_nothing_is_allocated_before_the_decision():
    with pytest.raises(NotReady, match="not decided yet"):
        rules.check_allocated(
            Allocated("Beth", "North", MONDAY_NINE), decided_at=None, at=MONDAY_NINE
        )


@given(some.integers(0, 60), some.integers(0, 23))
def test_a_day_stands_for_a_moment_on_it_never_before_receipt_nor_after_now(days, hour):
    received = datetime(2026, 3, 1, hour, 30, tzinfo=UTC)
    at = received + timedelta(days=days)
    day = rules.london_day(at)
    moment = rules.moment_of(day, received_at=received, at=at)
    assert received <= moment <= at
    assert rules.london_day(moment) == day


# ---------------------------------------------------------------- the file

HEAD = "reference,child,step,day\n"


def test_every_faulty_line_is_named_with_its_field_and_never_with_its_value():
    good = new_reference()
    secret = "Thornbury"
    text = HEAD + "\n".join(
        (
            f"{good},1,s47_started,2026-01-12",
            f"{secret},1,s47_started,2026-01-12",
            f"{good},none,s47_started,2026-01-12",
            f"{good},1,{secret},12/01/2026",
            f"{good},1",
            f'{good},1,conference_held,"2026-02-30"',
        )
    )
    lines, faults = read_dates(text.encode("utf-8-sig"))
    assert list(lines) == [2]
    assert [(each.line, each.field) for each in faults] == [
        (3, "reference"),
        (4, "child"),
        (5, "step"),
        (5, "day"),
        (6, "the whole line"),
        (7, "day"),
    ]
    assert secret not in repr(faults)


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (b"", "first line"),
        (b"who,when\n", "first line"),
        (HEAD.encode(), "no line"),
        (HEAD.encode() + b"\xff\xfe", "UTF-8"),
        (HEAD.encode() + b'"open', "cannot be read"),
        (b"x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_a_file_that_is_no_such_file_is_refused_in_a_sentence(content, asked):
    with pytest.raises(NotReady, match=asked):
        read_dates(content)


# ---------------------------------------------------------------- the measures

LATER = MONDAY_NINE + timedelta(days=30)


def kept(keeps: Moment, started: Moment, *, due=1, done: int | None = None) -> Kept:
    return Kept(
        keeps,
        started,
        MONDAY_NINE + timedelta(days=due),
        None if done is None else MONDAY_NINE + timedelta(days=done),
    )


def test_blank_counts_as_not_seen_once_its_time_has_run_out():
    at_risk = [
        kept(Moment.SEEN, Moment.S47_DECIDED, done=1),
        kept(Moment.SEEN, Moment.S47_DECIDED, done=2),
        kept(Moment.SEEN, Moment.S47_DECIDED),
        kept(Moment.SEEN, Moment.S47_DECIDED, due=90),
        kept(Moment.SEEN, Moment.S17_DECIDED, done=0),
    ]
    k24 = measures.seen_at_risk(at_risk, at=LATER)
    k25 = measures.seen_for_assessment(at_risk, at=LATER)
    assert (k24.met, k24.counted) == (1, 3)
    assert (k25.met, k25.counted) == (1, 1)


def test_quorum_and_enquiries_are_counted_by_discussion_and_by_child():
    held = [HeldDiscussion(True, 2, 1), HeldDiscussion(False, 1, 1), HeldDiscussion(True)]
    assert measures.strategy_quorate(held).met == 2
    assert measures.strategy_quorate(held).counted == 3
    assert (measures.strategy_to_s47(held).met, measures.strategy_to_s47(held).counted) == (2, 3)


def test_each_measure_counts_its_own_promise():
    facts = [
        kept(Moment.STRATEGY_HELD, Moment.STRATEGY_NEEDED, done=1),
        kept(Moment.CONFERENCE_HELD, Moment.S47_STARTED, done=2),
        kept(Moment.ASSESSMENT_AUTHORISED, Moment.S17_DECIDED),
        kept(Moment.ALLOCATED, Moment.S17_DECIDED, done=0),
    ]
    found = {each.code: (each.met, each.counted) for each in measures.measures(facts, [], at=LATER)}
    assert found == {
        "K18": (1, 1), "K19": (0, 0), "K20": (0, 0), "K21": (0, 1), "K23": (0, 1), "K24": (0, 0),
        "K25": (0, 0), "K26": (1, 1),
    }  # fmt: skip


def test_every_working_day_falls_into_one_band_and_none_is_left_out():
    assert spread([0, 10, 11, 20, 21, 40, 41, 45, 46, 300]) == {
        "0 to 10": 2,
        "11 to 20": 2,
        "21 to 30": 1,
        "31 to 40": 1,
        "41 to 45": 2,
        "46 and more": 2,
    }
