"""How lines are corrected, hidden and ordered, and what the unconfirmed would add."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from mash_triage.chronology.lens import Lens, Point, Whose, counted_too, cumulative
from mash_triage.chronology.rules import (
    Correction,
    Line,
    Weight,
    check_line,
    in_order,
    with_corrections,
)
from mash_triage.contacts.history import EarlierContact
from mash_triage.contacts.status import Status
from mash_triage.errors import NotReady
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.web.chronology.lens import chart, rules_html
from tests.cast import MONDAY_NINE
from tests.facts import edition_named

TODAY = date(2026, 1, 12)
DAY = timedelta(days=1)
DEFAULT = edition_named("default")
MIA = UUID(int=1)
LINE = Line(
    key="contact:1",
    contact_child_id=MIA,
    order=MONDAY_NINE,
    day=TODAY,
    about="Mia",
    is_same_child=True,
    words="Contact: neglect",
    source="Hill School",
    weight=Weight.CONCERN,
)


def put_right(corrects, words, key="line:1"):
    return Correction(
        key=key,
        corrects=corrects,
        day=TODAY - DAY,
        order=MONDAY_NINE - DAY,
        words=words,
        source="Call to the school",
        weight=Weight.SERIOUS,
        because="It was on Sunday",
        written_by="Beth",
    )


def test_what_a_line_said_before_stays_beside_it():
    first, second = put_right("contact:1", "One"), put_right("contact:1", "Two", "line:2")
    [line] = with_corrections([LINE], [first, second])
    assert (line.words, line.before) == ("Two", ("Contact: neglect", "One"))
    assert (line.day, line.weight, line.key) == (TODAY - DAY, Weight.SERIOUS, "contact:1")


def test_a_correction_of_what_is_not_hers_to_see_says_nothing():
    assert with_corrections([LINE], [put_right("contact:2", "A secret")]) == [LINE]


def test_the_newest_is_first_and_what_is_hidden_says_why():
    older = replace(LINE, key="contact:0", order=MONDAY_NINE - DAY)
    lines = in_order([older, LINE], {"contact:0": "Names an aunt"})
    assert [each.key for each in lines] == ["contact:1", "contact:0"]
    assert [each.is_printed for each in lines] == [True, False]


@pytest.mark.parametrize(
    ("words", "source", "day", "said"),
    [
        ("", "School", TODAY, "what happened"),
        ("A fall", "", TODAY, "where this comes from"),
        ("A fall", "School", None, "which day"),
        ("A fall", "School", TODAY + DAY, "not to come"),
    ],
)
def test_a_line_needs_words_a_day_and_a_source(words, source, day, said):
    with pytest.raises(NotReady, match=said):
        check_line(words, source, day, today=TODAY)


# ---------------------------------------------------------------- the lens


def contact(days_ago, contact_id=None):
    return EarlierContact(
        contact_child_id=uuid4(),
        contact_id=contact_id or uuid4(),
        edition_id=uuid4(),
        reference="R",
        name="Mia",
        is_same_child=True,
        received_at=MONDAY_NINE - days_ago * DAY,
        main_concern="neglect",
        in_danger_now="no",
        agency_name="Hill School",
        status=Status.DECIDED,
    )


def test_two_children_of_one_doubtful_contact_count_once():
    one = uuid4()
    facts = counted_too(
        FactsForSuggestion(repeat_12_months=1),
        [contact(10, one), contact(10, one), contact(200), contact(500), contact(-5)],
        since=MONDAY_NINE,
    )
    assert (facts.repeat_3_months, facts.repeat_12_months) == (1, 3)


def test_a_doubtful_contact_that_was_sent_twice_would_add_nothing():
    again = replace(contact(10), status=Status.VOID)
    facts = counted_too(FactsForSuggestion(), [again, contact(20)], since=MONDAY_NINE)
    assert (facts.repeat_3_months, facts.repeat_12_months) == (1, 1)


def test_a_repeat_meets_its_rule_and_a_single_worry_none():
    once = FactsForSuggestion(indicators=("persistent_hunger",))
    assert cumulative(DEFAULT, once) == []
    again = once.model_copy(update={"repeat_3_months": 1, "repeat_12_months": 1})
    rules = cumulative(DEFAULT, again)
    assert any("repeat_3_months" in each.facts for each in rules)


def test_what_does_not_count_is_drawn_hollow():
    fill = chart()["encoding"]["fill"]
    assert fill["condition"]["test"] == "datum.Counts"
    assert fill["value"] == "#ffffff"


def test_what_is_not_confirmed_counts_for_nothing_and_says_so():

    again = FactsForSuggestion(repeat_3_months=1, repeat_12_months=1)
    point = Point(MIA, MONDAY_NINE, Whose.NOT_CONFIRMED, "Mia", "Neglect", "Hill School")
    html = rules_html(Lens((point,), (), tuple(cumulative(DEFAULT, again)), 1))
    assert "No rule about repeated contacts" in html
    assert "not confirmed, and counts for nothing" in html
    assert "If it is this child" in html
