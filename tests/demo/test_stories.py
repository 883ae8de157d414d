"""The stories: grammar without slips, indicators that reach the level they say."""

import re
from pathlib import Path
from random import Random

import pytest

from mash_triage.demo.grammar import Teller, fields_of, render, sentences_of
from mash_triage.demo.moments import SOURCES
from mash_triage.demo.narrate import HEARS_CHILD
from mash_triage.demo.stories import stories, stories_for, words
from mash_triage.settings import ROOT
from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.routes import Answer
from mash_triage.thresholds.suggest import FactsForSuggestion, suggest

EDITION = read_edition(Path(ROOT) / "levels_of_need" / "default")
GENDERED = (
    "he|she|him|her|his|hers|himself|herself|son|daughter|brother|sister|brothers|sisters|boy|girl"
)
BARE = re.compile(rf"(?<![~\w{{])({GENDERED})(?![\w}}])", re.IGNORECASE)
FACTS = {
    "unborn born talks infant school year name he him his himself boy age aged aged_bare age_plain",
    "age_years mum mum_first man man_first the_man his_man my_man gran street home_line weekday",
    "clock later sent log pc doctor earlier earlier_month days_ago school_or_hub man_or_gran",
    "his_man_or_gran sib_kind sib_or_friend siblings kids kids_they kids_them kids_their",
    "kids_were kids_are kids_have kids_live",
}
KNOWN = {fact for line in FACTS for fact in line.split()}


def _patterns():
    for story in stories():
        for slot in story.slots:
            for pattern in slot:
                yield story.code, pattern
    for section, rows in words().items():
        for key, patterns in rows.items():
            for pattern in patterns:
                yield f"{section}.{key}", pattern


def test_no_pattern_has_a_pronoun_that_nobody_thought_about():
    slips = [(where, pattern) for where, pattern in _patterns() if BARE.search(pattern)]
    assert slips == []


def test_no_pattern_asks_for_a_fact_that_does_not_exist():
    unknown = [(where, fields_of(p) - KNOWN) for where, p in _patterns() if fields_of(p) - KNOWN]
    assert unknown == []


def test_no_pattern_leaves_its_marks_behind():
    facts = dict.fromkeys(KNOWN, "x")
    for _, pattern in _patterns():
        told = render(pattern, facts, Random(1))
        assert told
        assert not re.search(r"[{}\[\]~]", told), told


def _facts_of(story):
    days = None if story.is_unborn else story.ages[0] * 366 + 30
    return FactsForSuggestion(
        age_days=days,
        unborn=story.is_unborn,
        police_protection=story.protection == "police_protection",
        in_danger_now=Answer.NO,
        safe_adult_named=Answer.YES,
        indicators=story.indicators,
    )


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.code)
def test_a_story_reaches_the_level_and_route_it_says(story):
    suggestion = suggest(EDITION, _facts_of(story))
    assert (suggestion.route.value, suggestion.level) == (story.route, story.level)
    assert suggestion.not_in_edition == ()


@pytest.mark.parametrize("story", stories(), ids=lambda story: story.code)
def test_a_story_names_concerns_of_the_edition(story):
    assert {story.concern, *story.others} <= {concern.code for concern in EDITION.concern}


def test_there_is_a_story_for_every_source_and_ending():
    missing = [
        (source.voices, route)
        for source in SOURCES
        for route in ("universal", "early_help", "s17", "s47")
        if not any(stories_for(voice, route) for voice, _, _ in source.voices)
    ]
    assert missing == []


def test_the_strengths_are_those_of_the_edition():
    told = {line.split(" | ")[0] for lines in words()["works"].values() for line in lines}
    assert told <= {strength.code for strength in EDITION.strength}


def test_the_reasons_for_departing_are_those_of_the_edition():
    told = {line.split(" | ")[0] for lines in words()["departure"].values() for line in lines}
    assert told <= {reason.code for reason in EDITION.departure_reason}


def test_a_pattern_without_its_fact_is_not_used():
    assert render("{Name} and {siblings}", {"name": "ava"}, Random(1)) is None
    assert render("{?talks}{Name} spoke", {"name": "ava"}, Random(1)) is None
    assert render("{?talks}{Name} spoke to ~her", {"name": "ava", "talks": "yes"}, Random(1)) == (
        "Ava spoke to her"
    )


def test_a_sentence_waits_until_it_is_fresh_again():
    teller = Teller(Random(1), window=3)
    said = []
    for _ in range(3):
        teller.next_contact()
        said.append(teller.say(("One.", "Two.", "Three."), {}))
    assert sorted(said) == ["One.", "Three.", "Two."]
    assert teller.say(("One.", "Two.", "Three."), {}, or_nothing=True) == ""


def test_sentences_are_told_apart_at_their_ends():
    assert sentences_of('He ran. "Stop!" she said.\nThen home.') == (
        "he ran.",
        '"stop!',
        "she said.",
        "then home.",
    )


def test_every_voice_that_hears_children_tells_stories():
    voices = {voice for story in stories() for voice in story.voices}
    assert set(HEARS_CHILD) <= voices
