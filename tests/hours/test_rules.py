"""Where the hours went: every minute belongs to one part, and the parts are the whole."""

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.status import Status
from mash_triage.hours.rules import (
    MINUTE,
    AgencyWait,
    Known,
    Moved,
    Stage,
    Way,
    in_sum,
    minutes_of,
    parts_of,
)
from tests.cast import MONDAY_NINE
from tests.facts import edition_named

TIMES = edition_named("default").clocks
HOLIDAYS = BankHolidays()
HOUR = timedelta(hours=1)
S = Status


def minutes(way):
    return minutes_of(parts_of(way, TIMES, HOLIDAYS))


def at(hours):
    return MONDAY_NINE + hours * HOUR


# ---------------------------------------------------------------- stories


def test_a_day_at_the_front_door():
    """Taken up after an hour, matched in half, a school asked, sent, decided."""
    way = Way(
        at(0),
        at(5.5),
        (
            Moved(S.RECEIVED, S.ACKNOWLEDGED, at(0)),
            Moved(S.ACKNOWLEDGED, S.SCREENING, at(1)),
            Moved(S.SCREENING, S.MANAGER_REVIEW, at(5)),
            Moved(S.MANAGER_REVIEW, S.DECIDED, at(5.5)),
        ),
        (Known(at(1.5)),),
        (AgencyWait("Hill School", at(2), at(4)),),
    )
    assert minutes(way) == {
        (Stage.QUEUE, ""): 60,
        (Stage.MATCHING, ""): 30,
        (Stage.WORKER, ""): 90,
        (Stage.AGENCY, "Hill School"): 120,
        (Stage.MANAGER, ""): 30,
    }


def test_a_night_is_outside_opening_hours_whatever_the_child_waited_for():
    """Received on Monday at 16:00, taken up on Tuesday at ten."""
    way = Way(at(7), at(25), (Moved(S.ACKNOWLEDGED, S.SCREENING, at(25)),))
    assert minutes(way) == {(Stage.QUEUE, ""): 120, (Stage.OUTSIDE, ""): 16 * 60}


def test_of_two_agencies_the_one_that_replied_last_held_the_child_up():
    way = Way(
        at(0),
        at(4),
        (Moved(S.ACKNOWLEDGED, S.SCREENING, at(0)),),
        (Known(at(0)),),
        (AgencyWait("Health", at(0), at(1)), AgencyWait("Police", at(0.5), at(3))),
    )
    assert minutes(way) == {
        (Stage.AGENCY, "Health"): 30,
        (Stage.AGENCY, "Police"): 150,
        (Stage.WORKER, ""): 60,
    }


def test_of_two_agencies_still_awaited_the_one_asked_first_is_named():
    asked = (AgencyWait("Police", at(0)), AgencyWait("Health", at(1)))
    way = Way(at(0), at(2), (Moved(S.ACKNOWLEDGED, S.SCREENING, at(0)),), (Known(at(0)),), asked)
    assert minutes(way) == {(Stage.AGENCY, "Police"): 120}


def test_a_question_to_the_referrer_is_the_referrers_time_and_a_link_taken_back_is_matching_again():
    way = Way(
        at(0),
        at(4),
        (
            Moved(S.ACKNOWLEDGED, S.SCREENING, at(0)),
            Moved(S.SCREENING, S.AWAITING_REFERRER, at(1)),
            Moved(S.AWAITING_REFERRER, S.SCREENING, at(2)),
        ),
        (Known(at(0), at(3)),),
    )
    assert minutes(way) == {
        (Stage.WORKER, ""): 120,
        (Stage.REFERRER, ""): 60,
        (Stage.MATCHING, ""): 60,
    }


def test_several_moves_in_one_moment_count_in_the_order_in_which_they_lead_on():
    """Whatever order the database gives them in."""
    now = (
        Moved(S.SCREENING, S.MANAGER_REVIEW, at(0)),
        Moved(S.RECEIVED, S.ACKNOWLEDGED, at(0)),
        Moved(S.ACKNOWLEDGED, S.SCREENING, at(0)),
    )
    assert minutes(Way(at(0), at(1), now)) == {(Stage.MANAGER, ""): 60}


def test_nothing_has_gone_by_yet():
    assert parts_of(Way(at(0), at(0)), TIMES, HOLIDAYS) == ()
    assert minutes_of(()) == Counter()


def test_seconds_are_not_lost_between_the_parts():
    """Twice ninety seconds are three minutes, not two."""
    half = timedelta(seconds=90)
    way = Way(at(0), at(0) + 2 * half, (Moved(S.ACKNOWLEDGED, S.SCREENING, at(0) + half),))
    assert minutes(way) == {(Stage.QUEUE, ""): 1, (Stage.MATCHING, ""): 2}


def test_the_sum_of_children_is_the_sum_of_their_minutes():
    one, other = Counter({(Stage.QUEUE, ""): 5}), Counter({(Stage.QUEUE, ""): 7})
    assert in_sum([one, other]) == {(Stage.QUEUE, ""): 12}


# ---------------------------------------------------------------- any history


BEGAN = st.datetimes(
    datetime(2024, 1, 1),
    datetime(2026, 12, 1),
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(second=0, microsecond=0))
WITH_WORKER = (S.SCREENING, S.AWAITING_REFERRER, S.MASH_ENQUIRY, S.ANALYSIS, S.RETURNED_TO_WORKER)
MOST = 4 * 24 * 60
MINUTES = st.integers(0, MOST)


@st.composite
def ways(draw):
    """A child's way in whole minutes: any statuses, any agencies, answers given and taken back."""
    began = draw(BEGAN)
    ended = began + MINUTE * draw(st.integers(0, MOST))

    def moment():
        return began + MINUTE * draw(MINUTES)

    times = sorted({moment() for _ in range(draw(st.integers(0, 6)))})
    moves, status = [], S.RECEIVED
    for each in times:
        following = draw(st.sampled_from([S.ACKNOWLEDGED, *WITH_WORKER, S.MANAGER_REVIEW]))
        moves.append(Moved(status, following, each))
        status = following
    spans = [
        sorted((moment(), moment())) if draw(st.booleans()) else (moment(), None)
        for _ in range(draw(st.integers(0, 5)))
    ]
    split = draw(st.integers(0, len(spans)))
    return Way(
        began,
        ended,
        tuple(draw(st.permutations(moves))),
        tuple(Known(*span) for span in spans[:split]),
        tuple(
            AgencyWait(draw(st.sampled_from(["Health", "Police", "School"])), *span)
            for span in spans[split:]
        ),
    )


def slowly(way):
    """Minute by minute, by the words of the rule alone."""
    found = Counter()
    now = way.began
    while now < way.ended:
        found[where(way, now)] += 1
        now += MINUTE
    return found


def where(way, now):
    local = now.astimezone(TIMES.zone)
    shut = local.weekday() >= 5 or HOLIDAYS.name_of(local.date()) is not None
    if shut or not TIMES.opens <= local.time() < TIMES.closes:
        return Stage.OUTSIDE, ""
    past = sorted(
        (each for each in way.moves if each.moved_at <= now), key=lambda each: each.moved_at
    )
    status = past[-1].moved_to if past else S.RECEIVED
    plain = {
        S.RECEIVED: Stage.QUEUE,
        S.ACKNOWLEDGED: Stage.QUEUE,
        S.AWAITING_REFERRER: Stage.REFERRER,
        S.MANAGER_REVIEW: Stage.MANAGER,
    }
    if status in plain:
        return plain[status], ""
    silent = [
        each
        for each in way.agencies
        if each.since <= now and (each.until is None or each.until > now)
    ]
    if silent:
        still = [each for each in silent if each.until is None]
        last = still or [e for e in silent if e.until == max(each.until for each in silent)]
        return Stage.AGENCY, sorted(last, key=lambda each: (each.since, each.agency))[0].agency
    known = any(
        each.since <= now and (each.until is None or each.until > now) for each in way.known
    )
    return (Stage.WORKER if known else Stage.MATCHING), ""


@given(ways())
def test_the_parts_are_what_a_slow_clock_counts_and_add_up_to_the_whole(way):
    parts = parts_of(way, TIMES, HOLIDAYS)
    assert minutes_of(parts) == slowly(way)
    assert sum(minutes_of(parts).values()) == (way.ended - way.began) // MINUTE
    for one, following in itertools.pairwise(parts):
        assert one.until == following.since
        assert one.label != following.label
    if parts:
        assert (parts[0].since, parts[-1].until) == (way.began, way.ended)


@given(ways(), st.lists(st.integers(0, 59_999_999), min_size=8, max_size=8))
def test_they_add_up_whatever_the_seconds(way, shifts):
    """Receipt, decision and moves at any microsecond."""
    first, last, *others = (timedelta(microseconds=each) for each in shifts)
    moves = tuple(
        Moved(each.moved_from, each.moved_to, each.moved_at + shift)
        for each, shift in zip(way.moves, others, strict=False)
    )
    uneven = Way(way.began + first, way.ended + last, moves, way.known, way.agencies)
    if uneven.ended > uneven.began:
        whole = (uneven.ended - uneven.began) // MINUTE
        assert sum(minutes(uneven).values()) == whole
