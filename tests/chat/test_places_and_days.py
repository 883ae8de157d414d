"""Where children live, go by day and were seen: read from people nobody has met."""

from datetime import date
from typing import Any

import pytest

from mash_triage.chat.replay import replay
from mash_triage.chat.words.addresses import addresses_in
from mash_triage.chat.words.dates import dates_in
from mash_triage.chat.words.school_names import schools_in

TODAY = date(2026, 3, 18)


def understood(*turns: str, role: str = "Health visitor") -> list[tuple[str, Any]]:
    """What the chat understood of these turns."""
    sender = {"agency_type": "health_visitor", "role": role}
    told = {"id": "T", "today": TODAY.isoformat(), "referrer": sender, "turns": turns}
    return [(each["field"], each["value"]) for each in replay(told)["facts"]]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("they're in flat 4b harrier house, whin st", "flat 4b harrier house, whin st"),
        ("Rose Cottage, Mill Lane, nr Whinbrook ZB1 8DJ", "Rose Cottage, Mill Lane, nr Whinbrook"),
        ("narrowboat Kingfisher, Gas Wharf, ZB3 4LN", "narrowboat Kingfisher, Gas Wharf"),
        ("pitch 12 riverside holiday park za4 5tt", "pitch 12 riverside holiday park"),
        ("c/o 14 Finch Close", "14 Finch Close"),
        ("Room 12, Haven House hostel, Dock Street", "Room 12, Haven House hostel, Dock Street"),
        ("5 st oswins terrace zb6 5tt", "5 st oswins terrace"),
    ],
)
def test_an_address_is_read_in_its_parts(typed: str, address: str) -> None:
    assert [typed[p.start : p.end] for p in addresses_in(typed)] == [address]


@pytest.mark.parametrize(
    "typed", ["she had 3 drinks at the park", "PC 4471 Lane, response", "2 boys play on Mill Road"]
)
def test_what_only_looks_like_an_address_is_none(typed: str) -> None:
    assert [*addresses_in(typed)] == []


def test_the_home_of_a_father_who_lives_apart_is_not_the_childs() -> None:
    facts = understood(
        "Worried about Ottilie Marsh, 4. Lives with mum Jen at 52 Pinder Road ZA4 9GT",
        "dad Lee does not reside, has his own place at 9 Gorse View",
    )
    assert ("children[0].home.address_line", "52 Pinder Road") in facts
    assert not any(v == "9 Gorse View" for f, v in facts if f.startswith("children"))


def test_a_number_put_right_stands_in_the_address() -> None:
    facts = understood(
        "Ottilie Marsh, 4, is hungry. room 6 Alder Lodge, Dock Road", "sorry its room 9"
    )
    assert ("children[0].home.address_line", "room 9 Alder Lodge, Dock Road") in facts


def test_a_school_is_known_by_what_leads_to_it() -> None:
    for typed, school in (
        ("School is Harrow Park y11", "Harrow Park"),
        ("she goes Little Wrens 15 hrs", "Little Wrens"),
        ("yr 11 at Fennimore", "Fennimore"),
    ):
        assert school in [typed[a:b] for a, b in schools_in(typed)]
    assert schools_in("she goes to Dad on Sundays, school nurse rang") == []


def test_days_after_a_month_and_the_week_before_last() -> None:
    assert [str(w.day) for w in dates_in("2 calls in Jan, 9th and 27th", TODAY)] == [
        "2026-01-09",
        "2026-01-27",
    ]
    assert [str(w.day) for w in dates_in("the sunday before last", TODAY)] == ["2026-03-08"]


def test_a_line_of_a_log_is_an_event() -> None:
    facts = understood("Ottilie Marsh, 4, is often unkempt", "12/2 no access.\n3/2 WNB clinic")
    assert {v[0] for f, v in facts if f.startswith("chronology")} == {"2026-02-12", "2026-02-03"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("saw her myself yesterday, quiet", "2026-03-17"),
        ("did a home visit on monday", "2026-03-16"),
        ("Last saw them this morning", "2026-03-18"),
    ],
)
def test_when_the_child_was_last_seen(said: str, day: str) -> None:
    facts = understood("Ottilie Marsh is 4 and I am worried about her weight", said)
    assert ("referrer.last_seen", day) in facts
