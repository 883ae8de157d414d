"""A sign-in lasts fifteen minutes without a deed and eight hours in all."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.access.sessions import (
    ABSOLUTE,
    IDLE,
    KEEPS_WORDS,
    Over,
    ends_at,
    fingerprint,
    new_token,
    why_over,
)
from tests.cast import MONDAY_NINE

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("idle", "age", "expected"),
    [
        (IDLE - SECOND, IDLE, None),
        (IDLE, IDLE, Over.IDLE),
        (SECOND, ABSOLUTE - SECOND, None),
        (SECOND, ABSOLUTE, Over.ABSOLUTE),
    ],
)
def test_it_is_over_to_the_second(idle, age, expected):
    started = MONDAY_NINE
    at = started + age
    assert why_over(started, at - idle, None, at=at) is expected


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 9 * 3600), st.integers(0, 9 * 3600))
def test_the_end_that_is_announced_is_the_end_that_comes(first, second):
    last_deed = MONDAY_NINE + timedelta(seconds=first)
    at = last_deed + timedelta(seconds=second)
    over = why_over(MONDAY_NINE, last_deed, None, at=at) is not None
    assert over == (at >= ends_at(MONDAY_NINE, last_deed))


@pytest.mark.parametrize("because", list(Over))
def test_an_ending_that_was_written_down_stays(because):
    assert why_over(MONDAY_NINE, MONDAY_NINE, because.name, at=MONDAY_NINE) is because


def test_words_are_kept_only_when_the_sender_is_surely_herself():
    assert {Over.NEW_PASSWORD, Over.ENDED_BY_ADMINISTRATOR, Over.ACCOUNT_CLOSED}.isdisjoint(
        KEEPS_WORDS
    )


def test_tokens_are_long_never_alike_and_kept_only_as_fingerprints():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)
    assert len(fingerprint("\ud800")) == 64
