"""Before sending: what would help is named with its field, kindly, and stops nobody."""

from datetime import date

import pytest

from mash_triage.contacts.coach import facts_asked, remarks_on
from mash_triage.screening.words import draft_speaks_of_danger
from mash_triage.settings import settings
from mash_triage.thresholds.levels import read_edition
from tests import stories

MONDAY = date(2026, 1, 12)


@pytest.fixture(scope="module")
def edition():
    return read_edition(settings().levels_of_need / "default")


@pytest.fixture
def named(edition):
    """The fields that are named for these answers."""

    def of(answers):
        return {each.path for each in remarks_on(answers, edition, on=MONDAY)}

    return of


def test_a_baby_is_asked_for_months_and_for_how_it_moves_and_an_older_child_is_not(named):
    baby = stories.answers({"age": {"kind": "age", "age_years": 0}})
    assert {"children[0].age.age_months", "children[0].moves_independently"} <= named(baby)
    assert "children[0].moves_independently" not in named(stories.answers())


def test_it_asks_only_for_facts_on_which_a_rule_of_the_edition_rests(edition, named):
    assert {"age_days", "non_mobile", "safe_adult_named", "help_before"} <= facts_asked(edition)
    bare = edition.model_copy(update={"rule": (), "protective": ()})
    bare.__dict__.pop("rules", None)  # worked out once, from the rules that it had
    asked = {each.path for each in remarks_on(stories.answers(), bare, on=MONDAY)}
    assert "help_before" not in facts_asked(bare)  # the floor stays, which no edition can change
    assert "children[0].had_help" in named(stories.answers()) - asked


def test_whoever_says_all_of_it_is_only_thanked(named):
    child = {
        **stories.CHILD,
        "disabled": "no",
        "had_help": "no",
        "moves_independently": "yes",
    }
    adult = {"name": "Rosa", "relationship": "mother", "parental_responsibility": "yes"}
    whole = stories.answers(
        child,
        household=[adult],
        referrer={"telephone": "01632 960 111"},
        concern={"first_hand": "saw_or_heard", "level_thought": 2, "worry": "word " * 40},
    )
    assert named(whole) == set()


def test_a_referrer_who_is_feared_and_a_child_of_18_are_answered_in_words(edition):
    named_herself = [
        {"name": "amara  OSEI", "relationship": "aunt", "worry_about_them": "yes"},
    ]
    grown = {"age": {"kind": "born", "date_of_birth": "2007-01-12"}}
    answers = stories.answers(grown, household=named_herself)
    words = " ".join(each.words for each in remarks_on(answers, edition, on=MONDAY))
    assert "It is right that you tell us" in words
    assert "Mia is 18 or older" in words


@pytest.mark.parametrize(
    ("worry", "speaks"),
    [
        ("Dad is outside the house with a knife now and says he will kill them.", True),
        ("Mia has come to school hungry and falls asleep after lunch.", False),
        ("", False),
        ("idk", False),
        ("HELP " * 4000, False),
    ],
)
def test_words_of_danger_are_heard_before_sending(edition, worry, speaks):
    answers = stories.answers(concern={"worry": worry})
    assert draft_speaks_of_danger(answers, edition, on=MONDAY) is speaks


def test_no_words_of_it_name_a_route_or_a_level(edition):
    thin = {"children": [{"age": {"kind": "age", "age_years": "1"}}], "concern": {"worry": "idk"}}
    words = " ".join(each.words for each in remarks_on(thin, edition, on=MONDAY)).casefold()
    for route in edition.route:
        assert route.words.casefold() not in words
    assert not any(f"level {n}" in words for n in range(1, 5))


@pytest.fixture
def neighbours(monkeypatch):
    """Rivermead takes ZA; ZB goes to Eastwater, and ZB7 to Northmoor."""
    monkeypatch.setenv("MASH_POSTCODE_AREAS", '["ZA"]')
    monkeypatch.setenv("MASH_NEIGHBOURS", '{"ZB": "Eastwater front door", "ZB7": "Northmoor"}')
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("postcode", "place"),
    [
        ("zb12 4qt", "Eastwater front door"),
        ("ZB7 4QT", "Northmoor"),
        ("ZC1 1AA", "gov.uk/report-child-abuse-to-local-council"),
    ],
)
def test_a_postcode_of_another_authority_says_whom_to_tell_too(
    neighbours, edition, postcode, place
):
    child = {**stories.CHILD, "home": {"postcode": postcode}}
    away = [
        each.words
        for each in remarks_on(stories.answers(child), edition, on=MONDAY)
        if each.path == "children[0].home.postcode"
    ]
    [words] = away
    assert "outside Rivermead" in words
    assert place in words
    assert "send this here all the same" in words


def test_a_postcode_of_our_own_or_none_or_told_already_says_nothing(neighbours, named):
    path = "children[0].home.postcode"
    for home in ({"postcode": "ZA1 4QT"}, {"postcode": "nowhere"}, {"postcode": 7}, {}):
        assert path not in named(stories.answers({**stories.CHILD, "home": home}))
    away = stories.answers({**stories.CHILD, "home": {"postcode": "ZB1 4QT"}})
    assert path in named(away)
    assert path not in named({**away, "handed_over": {"to": "Eastwater front door"}})


def test_one_adult_with_parental_responsibility_is_enough(named):
    path = "household[0].parental_responsibility"
    mother = {"name": "Rosa", "relationship": "mother"}
    partner = {"name": "Lee", "relationship": "partner", "parental_responsibility": "not_known"}
    assert path in named(stories.answers(household=[mother, partner]))
    known = {**mother, "parental_responsibility": "yes"}
    assert path not in named(stories.answers(household=[known, partner]))
