"""The quick rules give what `suggest` gives, whatever is known."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.thresholds.quick import Rules, rules_of
from mash_triage.thresholds.suggest import FactsForSuggestion, suggest
from tests.facts import EDITIONS, any_facts, edition_named

MANY = settings(deadline=None, max_examples=3000 if os.environ.get("MASH_SOAK") == "1" else 40)


@pytest.mark.parametrize("name", EDITIONS)
@MANY
@given(data=st.data())
def test_the_quick_answer_is_the_explained_one(name, data):
    edition = edition_named(name)
    facts = data.draw(any_facts(edition))
    quick, explained = rules_of(edition).result(facts), suggest(edition, facts)
    assert (quick.level, quick.route, quick.triggered, quick.rag_floor, quick.enough_known) == (
        explained.level,
        explained.route,
        explained.triggered,
        explained.rag_floor,
        explained.enough_known,
    )
    assert quick.rules == tuple(rule.rule for rule in explained.rules)
    rules = rules_of(edition)
    assert rules.step(rules.child(facts)) == (explained.level, explained.route)


def test_the_rules_of_an_edition_are_made_ready_once_and_never_taken_for_anothers():
    default, further = edition_named("default"), edition_named("split_levels")
    assert rules_of(default) is rules_of(default)
    assert rules_of(further).edition is further


def test_what_is_kept_stays_bounded(monkeypatch):
    monkeypatch.setattr("mash_triage.thresholds.quick.MOST_KEPT", 3)
    rules = Rules(edition_named("default"))
    for count in range(20):
        again = FactsForSuggestion(indicators=("self_harm",), repeat_12_months=count)
        assert rules.result(again) == rules.result(again)
    assert len(rules._kept) <= 3
