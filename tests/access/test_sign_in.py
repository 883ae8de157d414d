"""Guessing is slowed, by account and by address, and tells nothing about who has an account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.access import actions, queries
from mash_triage.access.models import Installation, SignInThrottle
from mash_triage.access.sign_in import (
    FREE_TRIES_FROM_AN_ADDRESS,
    FREE_TRIES_OF_AN_ACCOUNT,
    LONGEST_WAIT,
    TurnedAway,
    sign_in,
    sign_in_as_demo_person,
    waiting_time,
)
from mash_triage.audit.events import AuditEvent
from mash_triage.errors import NotAllowed
from tests.cast import ADA, AMARA, MONDAY_NINE, email_of

PASSWORD = "violet kettle under moss"
EMAIL = email_of(AMARA)
SCHOOL = "192.0.2.7"


@pytest.fixture
def door(database):
    """A database in which Amara has a password."""
    with database.work() as session:
        link = actions.issue_link(session, AMARA.user_id, by=ADA, at=MONDAY_NINE)
        actions.set_password_by_link(session, link, PASSWORD, at=MONDAY_NINE)
    return database


def turned_away(door, email=EMAIL, password="a wrong guess", address=SCHOOL, at=MONDAY_NINE) -> str:
    with pytest.raises(TurnedAway) as refusal:
        sign_in(door, email, password, address, at=at)
    return refusal.value.words


def test_the_right_password_opens_however_the_address_is_typed(door):
    token = sign_in(door, f" {EMAIL.upper()} ", PASSWORD, SCHOOL, at=MONDAY_NINE)
    with door.look() as session:
        assert queries.session_for(session, token, at=MONDAY_NINE).by == AMARA


def test_an_unknown_address_and_a_wrong_password_get_the_same_words(door):
    assert turned_away(door) == turned_away(door, email="nobody@rivermead.example")
    with door.look() as session:
        refused = select(AuditEvent.about).where(AuditEvent.kind == "session:refused")
        assert set(session.scalars(refused)) == {str(AMARA.user_id), None}


@pytest.mark.usefixtures("cheap_passwords")
def test_after_three_wrong_tries_each_try_costs_twice_the_wait(door):
    at = MONDAY_NINE
    for _ in range(FREE_TRIES_OF_AN_ACCOUNT + 1):
        assert "Wait" not in turned_away(door, at=at)
    assert "Wait" in turned_away(door, password=PASSWORD, at=at)
    at += timedelta(seconds=2)
    assert sign_in(door, EMAIL, PASSWORD, SCHOOL, at=at)
    assert "Wait" not in turned_away(door, at=at)  # her tries are forgotten


@pytest.mark.usefixtures("cheap_passwords")
def test_waiting_is_the_same_for_somebody_who_has_no_account(door):
    words = [
        [turned_away(door, email=email) for _ in range(FREE_TRIES_OF_AN_ACCOUNT + 2)]
        for email in (EMAIL, "nobody@rivermead.example")
    ]
    assert words[0] == words[1]


@pytest.mark.usefixtures("cheap_passwords")
def test_an_address_that_tries_many_accounts_waits_too(door):
    for number in range(FREE_TRIES_FROM_AN_ADDRESS + 1):
        turned_away(door, email=f"person{number}@rivermead.example")
    assert "Wait" in turned_away(door, email="another@rivermead.example")
    assert sign_in(door, EMAIL, PASSWORD, "192.0.2.8", at=MONDAY_NINE)


def test_a_hundred_guesses_at_once_are_counted_before_any_is_compared(door):
    with ThreadPoolExecutor(8) as pool:
        words = list(pool.map(lambda _: turned_away(door), range(24)))
    compared = sum("Wait" not in each for each in words)
    assert compared == FREE_TRIES_OF_AN_ACCOUNT + 1


@pytest.mark.usefixtures("cheap_passwords")
def test_tries_are_forgotten_after_a_day(door):
    for _ in range(FREE_TRIES_OF_AN_ACCOUNT + 1):
        turned_away(door)
    tomorrow = MONDAY_NINE + timedelta(days=1, seconds=1)
    for _ in range(FREE_TRIES_OF_AN_ACCOUNT):
        assert "Wait" not in turned_away(door, at=tomorrow)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (3, 0), (4, 2), (5, 4), (9, 64), (12, 300), (10_000, 300)]
)
def test_the_wait_doubles_up_to_five_minutes(failures, seconds):
    assert waiting_time(failures, 3) == timedelta(seconds=seconds) <= LONGEST_WAIT


def test_neither_account_nor_address_is_kept_in_clear(door):
    turned_away(door)
    with door.look() as session:
        kept = str(session.execute(select(SignInThrottle.__table__)).all())
    assert EMAIL not in kept
    assert SCHOOL not in kept


def test_nobody_becomes_a_demo_person_outside_a_demonstration(door):
    with pytest.raises(NotAllowed), door.work() as session:
        sign_in_as_demo_person(session, AMARA.user_id, at=MONDAY_NINE)
    with door.work() as session:
        session.add(Installation(name="environment", value="demo"))
    with door.work() as session:
        assert sign_in_as_demo_person(session, AMARA.user_id, at=MONDAY_NINE)
