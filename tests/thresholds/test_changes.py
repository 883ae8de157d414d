"""What would change a suggestion: nothing too much, nothing missed, and words to be asked."""

import os
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.thresholds.changes import Change, WouldBe, what_would_change
from mash_triage.thresholds.facts import days_at_age
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.quick import rules_of
from mash_triage.thresholds.routes import Answer, Route
from mash_triage.thresholds.suggest import FactsForSuggestion, suggest
from tests.facts import EDITIONS, any_facts, edition_named

MANY = settings(deadline=None, max_examples=1000 if os.environ.get("MASH_SOAK") == "1" else 12)
DEFAULT = edition_named("default")

SAFE = {
    "age_days": days_at_age(10),
    "non_mobile": Answer.NO,
    "disabled": Answer.NO,
    "cannot_tell": Answer.NO,
    "help_before": (),
    "safe_adult_named": Answer.YES,
}
"""A ten-year-old of whom all that may be asked is known, and nothing else."""


def facts(*indicators: str, **known: object) -> FactsForSuggestion:
    return FactsForSuggestion(indicators=indicators, **(SAFE | known))


def answered(
    known: FactsForSuggestion, would: WouldBe, codes: tuple[str, ...]
) -> FactsForSuggestion:
    """The facts with one answer as it would be; `codes` are those chosen of the alternatives."""
    if would.kind == "fact":
        return known.model_copy(update={would.fact: would.value})
    name = "indicators" if would.kind == "indicator" else "strengths"
    there = getattr(known, name)
    if would.is_so:
        return known.model_copy(update={name: (*there, *codes)})
    return known.model_copy(update={name: tuple(each for each in there if each not in codes)})


def with_all(known: FactsForSuggestion, some: list[tuple[WouldBe, str]]) -> FactsForSuggestion:
    for would, code in some:
        known = answered(known, would, (code,))
    return known


def one_by_one(change: Change, data: st.DataObject) -> list[tuple[WouldBe, str]]:
    """The answers of a change one at a time, with one of the indicators that are alike for each."""
    singles = []
    for would in change.facts:
        codes = data.draw(st.permutations(would.codes)) if would.codes else [""]
        singles += [(would, code) for code in codes[: would.how_many]]
    return singles


@pytest.mark.parametrize("name", EDITIONS)
@MANY
@given(data=st.data())
def test_every_set_changes_the_route_as_it_says_and_no_part_of_it_does(name, data):
    edition = edition_named(name)
    known = data.draw(any_facts(edition, most=5))
    now = suggest(edition, known).route.weight
    changes = what_would_change(edition, known)
    for change in data.draw(st.lists(st.sampled_from(changes), max_size=5)) if changes else ():
        singles = one_by_one(change, data)
        assert 1 <= len(singles) <= 3
        whole = suggest(edition, with_all(known, singles))
        assert (whole.level, whole.route) == (change.level, change.route)
        assert (whole.route.weight > now) if change.raises else (whole.route.weight < now)
        for size in range(1, len(singles)):
            for part in combinations(singles, size):
                by = suggest(edition, with_all(known, list(part))).route.weight - now
                assert by <= 0 if change.raises else by >= 0


def small(edition: Edition) -> Edition:
    """The same rules over a handful of indicators, so that every set of three can be tried."""
    kept = (
        *("self_harm", "carer_stress", "bullying", "criminal_exploitation", "emotional_abuse"),
        *("parental_non_engagement", "domestic_abuse_exposure", "parental_substance_misuse"),
        *("minor_accidental_injury", "underage_sexual_activity", "fear_of_home_or_carer"),
        *("contact_dispute", "sexual_abuse_disclosure", "chronic_neglect", "unmet_medical_need"),
    )
    parts = edition.model_dump()
    parts["indicator"] = tuple(each for each in parts["indicator"] if each["code"] in kept)
    return Edition.model_validate(parts)


SMALL = small(DEFAULT)
KNOWN = st.builds(
    facts,
    age_days=st.sampled_from([None, days_at_age(10), 100]),
    non_mobile=st.sampled_from([Answer.NO, Answer.NOT_KNOWN]),
    help_before=st.sampled_from([None, ()]),
    strengths=st.lists(
        st.sampled_from(["protective_carer", "parent_seeks_help", "good_attendance"]), max_size=3
    ).map(tuple),
    repeat_12_months=st.integers(0, 3),
)


@settings(deadline=None, max_examples=300 if os.environ.get("MASH_SOAK") == "1" else 6)
@given(known=KNOWN, data=st.data())
def test_no_smallest_set_of_indicators_is_missed(known, data):
    codes = sorted(SMALL.indicators_by_code)
    seen = data.draw(st.lists(st.sampled_from(codes), max_size=4, unique=True))
    known = known.model_copy(update={"indicators": tuple(seen)})
    rules = rules_of(SMALL)
    now = rules.result(known).route.weight

    def route_with(some: tuple[str, ...]) -> int:
        left = {*known.indicators} ^ {*some}
        return rules.result(known.model_copy(update={"indicators": tuple(left)})).route.weight

    told = {
        (change.raises, tuple(sorted(chosen)))
        for change in what_would_change(SMALL, known)
        if all(would.kind == "indicator" for would in change.facts)
        for chosen in chosen_from(change)
    }
    for raises in (True, False):
        of = [code for code in codes if (code in seen) is not raises]
        smallest: set[tuple[str, ...]] = set()
        for size in (1, 2, 3):
            for some in combinations(of, size):
                by = route_with(some) - now
                parts = (p for less in range(1, size) for p in combinations(some, less))
                if (by > 0 if raises else by < 0) and smallest.isdisjoint(parts):
                    smallest.add(some)
        assert {some for up, some in told if up is raises} == smallest


def chosen_from(change: Change) -> list[list[str]]:
    """Every way to choose indicators for a change."""
    ways: list[list[str]] = [[]]
    for would in change.facts:
        some = list(combinations(would.codes, would.how_many))
        ways = [[*way, *each] for way in ways for each in some]
    return ways


# ---- stories ------------------------------------------------------------------------------------


def questions(change: Change) -> list[str]:
    return [would.question for would in change.facts]


def test_an_unknown_age_is_the_first_thing_to_ask_of_a_sexual_matter():
    first = what_would_change(DEFAULT, facts("underage_sexual_activity", age_days=None))[0]
    assert questions(first) == ["Is the child under 13?"]
    assert (first.raises, first.level, first.route) == (True, 4, Route.S47)
    assert first.words == "It would be level 4, Section 47 strategy discussion."


def test_three_needs_that_together_are_section_17_are_each_asked_about_again():
    known = facts("self_harm", "carer_stress", "offending_behaviour")
    down = [change for change in what_would_change(DEFAULT, known) if not change.raises]
    names = {DEFAULT.indicator_of(code).words for code in known.indicators}
    singles = {questions(change)[0] for change in down if len(change.facts) == 1}
    assert singles == {f"Is it certain: {name}?" for name in names}
    of_strengths = [c for c in down if all(would.kind == "strength" for would in c.facts)]
    assert {len(change.facts) for change in of_strengths} == {2}


def test_strengths_that_hold_a_route_down_are_asked_about():
    strengths = ("protective_carer", "parent_seeks_help")
    known = facts("self_harm", "carer_stress", "offending_behaviour", strengths=strengths)
    up = [change for change in what_would_change(DEFAULT, known) if change.raises]
    assert ("strength", False) in {(w.kind, w.is_so) for change in up for w in change.facts}


def test_under_police_protection_nothing_lowers_and_nothing_is_above():
    assert what_would_change(DEFAULT, facts("bullying", police_protection=True)) == ()


def test_what_is_near_to_what_was_seen_comes_before_what_is_far():
    first = what_would_change(DEFAULT, facts("missing_episodes"))[0]
    assert (first.facts[0].codes[0], first.route) == ("currently_missing", Route.S47)
    assert first.facts[0].question.startswith("Is any one of these so: Missing now; ")


def test_indicators_that_the_rules_treat_alike_are_asked_about_together():
    for change in what_would_change(DEFAULT, facts("bullying")):
        for would in change.facts:
            assert len(set(would.codes)) == len(would.codes) >= would.how_many or would.fact
            assert would.question.endswith("?")
