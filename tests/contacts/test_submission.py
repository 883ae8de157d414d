"""What a complete contact is, and what is said about one that is not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mash_triage.contacts.answers import as_sent
from mash_triage.contacts.problems import FAR_OFF, IN_THE_FUTURE, NOT_BORN_YET, TOO_EARLY
from mash_triage.contacts.submission import ContactSubmission, problems_of
from mash_triage.text import NOTE
from tests import stories

TODAY = date(2026, 1, 12)
SECRET = "Zyxw0matic"


def test_a_whole_contact_has_no_problems():
    assert problems_of(stories.answers(), on=TODAY) == {}


def test_an_empty_draft_names_every_part_that_is_wanted():
    assert set(problems_of({})) == {"danger", "referrer", "children", "concern"}


def test_who_was_told_elsewhere_may_be_left_open_as_everything_else_of_it():
    told = {**stories.answers(), "handed_over": {"person": "Jo of the duty desk"}}
    assert problems_of(as_sent(told), on=TODAY) == {}
    assert as_sent(told)["handed_over"]["to"] == "Not named"
    assert as_sent({**told, "handed_over": {"to": ""}})["handed_over"] is None


def with_child(**child):
    return stories.answers(child)


def born(day):
    return with_child(age={"kind": "born", "date_of_birth": day})


WRONG = {
    "no name": (
        with_child(given_names={"missing": "not_known"}, family_name={"missing": "not_known"}),
        "children[0].given_names",
        "Enter a given name or a family name, or describe the child",
    ),
    "no age": (with_child(age={}), "children[0].age", "Say how old the child is, or that"),
    "sex": (with_child(sex=SECRET), "children[0].sex", "Choose one of the answers"),
    "30 February": (born("2024-02-30"), "children[0].age.date_of_birth", "Enter a real date"),
    "no leap year": (born("2023-02-29"), "children[0].age.date_of_birth", "Enter a real date"),
    "before 1900": (born("1899-12-31"), "children[0].age.date_of_birth", TOO_EARLY),
    "months and years": (
        with_child(age={"kind": "age", "age_years": 3, "age_months": 8}),
        "children[0].age",
        "The age in months and the age in years do not agree",
    ),
    "tomorrow": (born("2026-01-13"), "children[0].age.date_of_birth", NOT_BORN_YET),
    "far off": (
        with_child(age={"kind": "unborn", "expected_date": "2028-01-01"}),
        "children[0].age.expected_date",
        FAR_OFF,
    ),
    "mother of the future": (
        stories.answers(
            household=[
                {"name": "R", "relationship": "mother", "date_of_birth": "2031-01-01"},
            ]
        ),
        "household[0].date_of_birth",
        IN_THE_FUTURE,
    ),
    "seen tomorrow": (
        stories.answers(referrer={"last_seen": "2026-01-13"}),
        "referrer.last_seen",
        IN_THE_FUTURE,
    ),
    "age": (
        with_child(age={"kind": "age", "age_years": 99}),
        "children[0].age.age_years",
        "Enter a smaller number",
    ),
    "a line too long": (
        with_child(given_names=SECRET * 31),
        "children[0].given_names",
        "Shorten this to 300 characters or fewer",
    ),
    "a story too long": (
        stories.answers(concern={"worry": SECRET * 2001}),
        "concern.worry",
        "Shorten this to 20,000 characters or fewer",
    ),
    "a code too long": (
        stories.answers(concern={"main": SECRET * 7}),
        "concern.main",
        "Shorten this to 60 characters or fewer",
    ),
    "empty": (stories.answers(concern={"worry": "   "}), "concern.worry", "Answer this question"),
    "nobody": ({**stories.answers(), "children": []}, "children", "Add at least one child"),
    "a crowd": (
        stories.answers(*[{} for _ in range(13)]),
        "children",
        "That is more than one contact can hold",
    ),
    "unknown key": (stories.answers(danger={SECRET: 1}), "danger", "does not belong"),
}


@pytest.mark.parametrize(("draft", "path", "words"), WRONG.values(), ids=WRONG)
def test_each_problem_is_named_at_its_field_in_words(draft, path, words):
    problems = problems_of(draft, on=TODAY)
    assert list(problems) == [path]
    assert words in problems[path]
    assert SECRET not in problems[path]


def test_no_contact_goes_without_the_childs_voice_or_why_it_is_not_there():
    answers = stories.answers()
    said = answers["concern"].pop("child_voice")
    assert problems_of(answers) == {"concern.child_voice": "Answer this question"}
    for voice in (said, "too_young"):
        answers["concern"]["child_voice"] = voice
        assert problems_of(answers) == {}


def test_without_a_day_only_the_shape_is_looked_at():
    assert problems_of(born("2026-01-13")) == {}


def test_an_error_never_repeats_what_was_typed():
    with pytest.raises(ValidationError) as wrong:
        ContactSubmission.model_validate(with_child(sex=SECRET))
    assert SECRET not in str(wrong.value)


typed = st.text(st.characters(codec=None), min_size=8, max_size=40).map(lambda text: text + SECRET)
anything = st.recursive(
    typed | st.integers() | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(stories.ANSWERS)), anything))
def test_whatever_a_draft_holds_the_answer_is_words_without_what_was_typed(change):
    problems = problems_of({**stories.answers(), **change}, on=TODAY)
    assert not any(SECRET in words for words in problems.values())


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_words_can_be_stored_and_come_back(words):
    whole = ContactSubmission.model_validate(stories.answers(concern={"worry": f"x{words}x"}))
    whole.model_dump_json().encode()
    assert "\x00" not in whole.concern.worry
    bad = any(c == "\x00" or "\ud800" <= c <= "\udfff" for c in words)
    assert bad == (NOTE in whole.concern.worry)
    if not bad:
        assert whole.concern.worry == f"x{words}x"


def test_a_name_made_long_by_notes_is_measured_after_them():
    assert problems_of(with_child(given_names="a\x00" * 100)) == {
        "children[0].given_names": "Shorten this to 300 characters or fewer"
    }


@given(st.integers(-60, 300))
def test_an_expected_date_within_a_pregnancy_is_taken(days):
    expected = (TODAY + timedelta(days=days)).isoformat()
    age = {"kind": "unborn", "expected_date": expected}
    assert problems_of(with_child(age=age), on=TODAY) == {}


def test_whoever_refused_has_agreed_to_nothing():
    row = {"person": "Rosa", "told": "yes", "agreement": "refused", "agreed_to": ["sharing"]}
    [sent] = as_sent({**stories.answers(), "told_and_agreed": [row]})["told_and_agreed"]
    assert sent["agreed_to"] == []
