"""How sure a suggestion is, in words, and the rules that came close."""

import pytest

from mash_triage.thresholds.facts import days_at_age
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import Answer, Route
from mash_triage.thresholds.suggest import FactsForSuggestion, Suggestion, suggest
from tests.facts import edition_named

DEFAULT = edition_named("default")


def suggested(*indicators: str, **known: object) -> Suggestion:
    usual = {"age_days": days_at_age(10), "non_mobile": Answer.NO, "help_before": ()}
    return suggest(DEFAULT, FactsForSuggestion(indicators=indicators, **(usual | known)))


HELD = ("protective_carer", "parent_seeks_help")


@pytest.mark.parametrize(
    ("suggestion", "words"),
    [
        pytest.param(suggested("bullying"), "clear", id="one light need"),
        pytest.param(suggested("fgm_risk"), "clear", id="a trigger"),
        pytest.param(suggested(), "not enough known", id="nothing seen"),
        pytest.param(
            suggested("minor_accidental_injury", age_days=None),
            "not enough known",
            id="an answer that nobody has could be a trigger",
        ),
        pytest.param(
            suggested("self_harm", "carer_stress"),
            "on the line between 3 and 4",
            id="one short of three",
        ),
        pytest.param(
            suggested("self_harm", "carer_stress", "offending_behaviour", strengths=HELD),
            "on the line between 3 and 4",
            id="lowered by strengths",
        ),
    ],
)
def test_how_sure_is_said_in_words(suggestion, words):
    assert suggestion.confidence == words


def test_between_two_routes_of_one_level_the_line_names_the_routes():
    rules = DEFAULT.model_dump()
    rule = next(each for each in rules["rule"] if each["code"] == "used_for_crime")
    rule["when"]["seen"] |= {"codes": (), "level": 4, "at_least": 3}
    counting = Edition.model_validate(rules)
    two = ("emotional_abuse", "private_fostering")
    facts = FactsForSuggestion(indicators=two, age_days=4000, help_before=())
    assert suggest(counting, facts).confidence == (
        "on the line between Section 17 assessment and Section 47 strategy discussion"
    )


def test_a_rule_came_close_when_one_thing_more_would_make_it_fire():
    close = {each.rule: each for each in suggested("self_harm", "carer_stress").came_close}
    three = close["three_of_level_3"]
    assert (three.level, three.route, three.met) == (4, Route.S17, 2)
    assert set(three.indicators) == {"self_harm", "carer_stress"}
    assert three.missing == "another indicator of the kind that this rule names"
    assert "three_of_level_3" not in {r.rule for r in suggested("self_harm").came_close}


def test_one_earlier_contact_too_few_is_named():
    close = {each.rule: each for each in suggested("domestic_abuse_exposure").came_close}
    assert "domestic_abuse_again" not in close
    again = suggested("domestic_abuse_exposure", repeat_12_months=1).came_close
    missing = {each.rule: each.missing for each in again}
    assert missing["domestic_abuse_again"] == "one more earlier contact in twelve months"


def test_nothing_came_close_above_a_trigger():
    assert suggested("fgm_risk", "self_harm", "carer_stress").came_close == ()


def test_what_strengths_lowered_is_told_with_the_strengths():
    held = suggested("self_harm", "carer_stress", "offending_behaviour", strengths=HELD)
    assert (held.level, held.route) == (3, Route.EARLY_HELP)
    lowered = {rule.rule: rule.strengths for rule in held.rules if rule.lowered_by}
    assert lowered["three_of_level_3"] == HELD
    one_only = suggested(
        "self_harm", "carer_stress", "offending_behaviour", strengths=("protective_carer",)
    )
    assert one_only.route is Route.S17


def test_where_it_is_not_known_whether_strengths_may_lower_they_do_not():
    unknown = suggested(
        "self_harm", "carer_stress", "offending_behaviour", strengths=HELD, age_days=None
    )
    assert unknown.route is Route.S17


def test_a_refusal_is_answered_in_words_and_early_help_stays_early_help():
    refused = suggested("bullying", consent="refused")
    assert (refused.level, refused.route) == (2, Route.EARLY_HELP)
    assert refused.consent == next(
        rule.when_refused for rule in DEFAULT.consent if rule.route is Route.EARLY_HELP
    )
    assert suggested("fgm_risk", consent="refused").route is Route.S47
