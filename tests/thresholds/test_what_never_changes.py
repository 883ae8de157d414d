"""What holds of every edition whatever is known of a child: nothing talks a danger down."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.thresholds.conditions import Case, judge
from mash_triage.thresholds.levels import Edition, Rule
from mash_triage.thresholds.protective import steps
from mash_triage.thresholds.routes import Answer, Rag, Route
from mash_triage.thresholds.suggest import Consent, FactsForSuggestion, Suggestion, suggest
from tests.facts import EDITIONS, any_facts, edition_named

MANY = settings(deadline=None, max_examples=2000 if os.environ.get("MASH_SOAK") == "1" else 15)
URGENCY = {None: 0, Rag.GREEN: 1, Rag.AMBER: 2, Rag.RED: 3}

each_edition = pytest.mark.parametrize("name", EDITIONS)


def heights(suggestion: Suggestion) -> tuple[int, ...]:
    """Everything about a suggestion that may never be lowered."""
    return (
        suggestion.level,
        suggestion.route.weight,
        URGENCY[suggestion.rag_floor],
        suggestion.check_999,
        suggestion.do_not_contact_family,
        suggestion.ask_manager_to_comment,
        suggestion.triggered,
    )


def at_least_as_high(one: Suggestion, other: Suggestion) -> bool:
    return all(mine >= its for mine, its in zip(heights(one), heights(other), strict=True))


def place(edition: Edition, suggestion: Suggestion) -> int:
    return steps(edition).index((suggestion.level, suggestion.route))


def changed(facts: FactsForSuggestion, **changes: object) -> FactsForSuggestion:
    return facts.model_copy(update=changes)


@each_edition
@MANY
@given(data=st.data())
def test_one_more_indicator_never_lowers(name, data):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    code = data.draw(st.sampled_from(sorted(edition.indicators_by_code)))
    more = suggest(edition, changed(facts, indicators=(*facts.indicators, code)))
    assert at_least_as_high(more, suggest(edition, facts))


@each_edition
@MANY
@given(data=st.data())
def test_strengths_lower_one_step_at_most_nothing_else_and_never_beside_a_trigger(name, data):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    with_them, without = suggest(edition, facts), suggest(edition, changed(facts, strengths=()))
    lowered = place(edition, without) - place(edition, with_them)
    assert lowered in (0, 1)
    assert heights(with_them)[2:] == heights(without)[2:]
    if without.triggered or without.route is Route.S47:
        assert lowered == 0
    fewer = suggest(edition, changed(facts, strengths=facts.strengths[1:]))
    assert at_least_as_high(fewer, with_them)


@each_edition
@MANY
@given(data=st.data())
def test_a_trigger_is_red_and_section_47_whatever_else_is_known(name, data):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    code = data.draw(st.sampled_from(sorted(edition.indicators_by_code)))
    suggestion = suggest(edition, changed(facts, indicators=(*facts.indicators, code)))
    if any(edition.rule_of(fired.rule).trigger for fired in suggestion.rules):
        assert (suggestion.route, suggestion.rag_floor) == (Route.S47, Rag.RED)
        assert suggestion.level == edition.level[-1].number
        assert suggestion.confidence == "clear"


@each_edition
@MANY
@given(data=st.data())
def test_what_is_not_known_is_never_lower_than_a_harmless_answer(name, data):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    for fact, harmless in (
        ("non_mobile", Answer.NO),
        ("disabled", Answer.NO),
        ("cannot_tell", Answer.NO),
        ("in_danger_now", Answer.NO),
        ("safe_adult_named", Answer.YES),
        ("help_before", ()),
        ("age_days", 17 * 365),
    ):
        unknown = None if fact in ("help_before", "age_days") else Answer.NOT_KNOWN
        not_known = suggest(edition, changed(facts, **{fact: unknown}))
        assert at_least_as_high(not_known, suggest(edition, changed(facts, **{fact: harmless})))


@each_edition
@MANY
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_order_never_matters_and_the_same_facts_give_the_same_words(name, data, random):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    turned = {
        each: tuple(random.sample(getattr(facts, each), len(getattr(facts, each))))
        for each in ("indicators", "strengths")
    }
    again = suggest(edition.model_copy(), changed(facts, **turned))
    assert again == suggest(edition, facts)


@each_edition
@MANY
@given(data=st.data())
def test_agreement_changes_its_own_words_and_nothing_else(name, data):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    said = [suggest(edition, changed(facts, consent=consent)) for consent in Consent]
    assert len({each.model_copy(update={"consent": None}).model_dump_json() for each in said}) == 1
    assert all(each.consent for each in said)


@each_edition
@MANY
@given(data=st.data())
def test_every_reason_quoted_is_true_of_the_facts(name, data):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    suggestion = suggest(edition, facts)
    case = Case.of(edition, facts)
    for fired in suggestion.rules:
        rule = edition.rule_of(fired.rule)
        assert judge(rule.when, case).holds is True
        assert fired.words == rule.words
        assert set(fired.indicators) <= set(facts.indicators)
        assert set(fired.strengths) <= set(facts.strengths)
        assert (fired.lowered_by is None) is (
            (fired.level, fired.route) == (rule.level, rule.route)
        )
    for close in suggestion.came_close:
        assert set(close.indicators) <= set(facts.indicators)
        assert close.indicators
        assert judge(edition.rule_of(close.rule).when, case).holds is not True


# ---- the floor --------------------------------------------------------------------------------

ONLY_RULE = Rule.model_validate(
    {"code": "hush", "words": "Everything is fine.", "when": {"nothing_seen": True}, "level": 1}
    | {"route": Route.UNIVERSAL}
)


def hushed(name: str) -> Edition:
    """An edition whose own rules say nothing of danger."""
    parts = edition_named(name).model_dump() | {"rule": (ONLY_RULE,), "protective": ()}
    return Edition.model_validate(parts)


@each_edition
@MANY
@given(data=st.data())
def test_no_edition_takes_the_floor_away(name, data):
    edition = hushed(name)
    facts = data.draw(any_facts(edition))
    in_group = {
        group: next(i.code for i in edition.indicator if group in i.groups)
        for group in ("injury", "sexual", "sexual_disclosure")
    }
    for known in (
        {"police_protection": True},
        {"indicators": (*facts.indicators, in_group["injury"]), "non_mobile": Answer.YES},
        {"indicators": (*facts.indicators, in_group["sexual"]), "age_days": 12 * 365},
        {"indicators": (*facts.indicators, in_group["sexual_disclosure"])},
    ):
        suggestion = suggest(edition, changed(facts, **known))
        assert (suggestion.route, suggestion.rag_floor) == (Route.S47, Rag.RED)
        assert suggestion.triggered
        assert all(fired.source for fired in suggestion.rules if fired.rule != "hush")
