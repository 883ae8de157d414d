"""Suggestions: every rule has its story, and what must hold whatever else is true."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.thresholds.levels import read_edition
from mash_triage.thresholds.routes import Answer, Rag, Route
from mash_triage.thresholds.suggest import (
    FactsForSuggestion,
    HelpBefore,
    Suggestion,
    days_at_age,
    suggest,
)

FILE = Path(__file__).parents[2] / "levels_of_need" / "default" / "edition.toml"
TEXT = FILE.read_text("utf-8")
DEFAULT = read_edition(FILE)
SOAK = os.environ.get("MASH_SOAK") == "1"
MANY = settings(deadline=None, max_examples=5000 if SOAK else 150)

SAFE = {
    "age_days": days_at_age(10),
    "non_mobile": Answer.NO,
    "in_danger_now": Answer.NO,
    "safe_adult_named": Answer.YES,
}
"""A ten-year-old who walks, is in no danger now, and with whom a safe adult is named."""


def suggested(*indicators: str, **facts: object) -> Suggestion:
    return suggest(DEFAULT, FactsForSuggestion(indicators=indicators, **(SAFE | facts)))


def fired(suggestion: Suggestion) -> set[str]:
    return {rule.rule for rule in suggestion.rules}


# ---- every rule has its story ----------------------------------------------------------------

STORIES = {
    "trigger_indicator": suggested("fgm_risk"),
    "trigger_injury_under_one": suggested("minor_accidental_injury", age_days=200),
    "trigger_injury_non_mobile": suggested("minor_accidental_injury", non_mobile=Answer.YES),
    "trigger_sexual_under_13": suggested("underage_sexual_activity", age_days=days_at_age(12)),
    "trigger_police_protection": suggested(police_protection=True),
    "check_999_indicator": suggested("suicide_attempt_or_plan"),
    "check_999_no_safe_adult": suggested("fgm_risk", safe_adult_named=Answer.NO),
    "check_999_referrer_says_danger": suggested(in_danger_now=Answer.YES),
    "usual_level_4": suggested("emotional_abuse"),
    "usual_level_3": suggested("self_harm"),
    "usual_level_2": suggested("bullying"),
    "usual_level_1": suggested("universal_service_request"),
    "five_of_level_2": suggested(
        "bullying", "young_carer", "financial_hardship", "low_mood_anxiety", "bereavement_loss"
    ),
    "three_of_level_3": suggested("self_harm", "missing_episodes", "carer_stress"),
    "two_of_the_three_patterns": suggested("domestic_abuse_exposure", "parental_substance_misuse"),
    "used_for_crime": suggested("criminal_exploitation"),
    "harmful_sexual_behaviour": suggested("harmful_sexual_behaviour", age_days=days_at_age(14)),
    "afraid_of_harm_at_home": suggested("fear_of_home_or_carer", "emotional_abuse"),
    "physical_punishment_under_one": suggested("physical_chastisement", age_days=300),
    "physical_punishment_under_two": suggested("physical_chastisement", age_days=500),
    "neglect_and_help_kept_away": suggested(
        "chronic_neglect", "parental_non_engagement", "unmet_medical_need"
    ),
    "harm_again_after_a_plan": suggested("chronic_neglect", help_before=("child_protection",)),
    "earlier_child_harmed": suggested(
        "previous_child_removed", "parental_substance_misuse", age_days=None, unborn=True
    ),
    "danger_around_a_baby": suggested("hazardous_home_conditions", age_days=200),
    "suicide_risk_not_held": suggested("suicide_attempt_or_plan", "parental_non_engagement"),
    "weapons_and_exploitation": suggested("weapon_or_serious_youth_violence", "missing_episodes"),
    "weapons_or_serious_violence": suggested("weapon_or_serious_youth_violence"),
    "drugs_trade_in_the_home": suggested("crime_or_drug_dealing_in_home"),
    "ill_and_kept_from_care": suggested("unmet_medical_need", "delay_seeking_medical_care"),
    "pictures_and_suicide_risk": suggested("sextortion_image_abuse", "suicide_attempt_or_plan"),
    "drugs_through_the_pregnancy": suggested(
        "prenatal_substance_exposure", "parental_substance_misuse", age_days=None, unborn=True
    ),
    "danger_now_and_a_grave_need": suggested(
        "parental_mental_health_crisis", in_danger_now=Answer.YES
    ),
    "danger_now_from_violence_close_by": suggested(
        "teenage_relationship_abuse", in_danger_now=Answer.YES
    ),
    "drawn_to_extremism": suggested("radicalisation_concern"),
    "alone_in_the_country_and_used": suggested("unaccompanied_child_uasc", "missing_episodes"),
    "contact_dispute_alone": suggested("contact_dispute"),
    "avoidance_with_another": suggested("parental_non_engagement", "self_harm"),
    "missing_with_early_signs": suggested("missing_episodes", "exploitation_vulnerability"),
    "two_of_level_3_under_one": suggested("faltering_growth", "carer_stress", age_days=200),
    "violence_or_drugs_around_a_baby": suggested("domestic_abuse_exposure", age_days=200),
    "poor_care_of_a_disabled_child": suggested("inadequate_supervision", disabled=Answer.YES),
    "poor_care_of_a_child_who_cannot_tell": suggested(
        "inadequate_supervision", cannot_tell=Answer.YES
    ),
    "help_has_been_tried": suggested("self_harm", "carer_stress", help_before=("early_help",)),
    "protected_before": suggested("self_harm", help_before=("looked_after",)),
    "domestic_abuse_again": suggested("domestic_abuse_exposure", repeat_12_months=2),
    "fourth_in_12_months": suggested("self_harm", "carer_stress", repeat_12_months=3),
    "build_up_with_another": suggested("cumulative_low_level_contacts", "self_harm"),
    "second_in_3_months": suggested("bullying", repeat_3_months=1, repeat_12_months=1),
    "third_in_12_months": suggested("bullying", repeat_12_months=2),
    "do_not_contact_family": suggested("forced_marriage_or_hba"),
    "nothing_ticked": suggested(),
}


def test_every_rule_of_the_edition_has_a_story():
    assert set(STORIES) == {rule.code for rule in DEFAULT.rule}


@pytest.mark.parametrize("code", STORIES)
def test_in_its_story_a_rule_fires_in_its_own_words(code):
    rule = next(rule for rule in STORIES[code].rules if rule.rule == code)
    assert rule.words == DEFAULT.rule_of(code).words
    assert rule.indicators or rule.facts


@pytest.mark.parametrize("code", [rule.code for rule in DEFAULT.rule if rule.trigger])
def test_a_trigger_gives_level_four_section_47_and_red(code):
    story = STORIES[code]
    assert (story.level, story.route, story.rag_floor) == (4, Route.S47, Rag.RED)
    assert story.triggered
    assert story.enough_known


@pytest.mark.parametrize(
    ("suggestion", "level", "route", "rag"),
    [
        pytest.param(
            suggested("universal_service_request"), 1, Route.UNIVERSAL, None, id="ordinary advice"
        ),
        pytest.param(suggested("bullying"), 2, Route.EARLY_HELP, None, id="one need of level 2"),
        pytest.param(
            suggested("bullying", "young_carer"), 2, Route.EARLY_HELP, None, id="two of level 2"
        ),
        pytest.param(
            suggested("bullying", "bullying", "young_carer"),
            2,
            Route.EARLY_HELP,
            None,
            id="the same one twice is one",
        ),
        pytest.param(
            suggested("bullying", "young_carer", "financial_hardship"),
            2,
            Route.EARLY_HELP,
            None,
            id="three of level 2",
        ),
        pytest.param(
            STORIES["five_of_level_2"],
            3,
            Route.EARLY_HELP,
            None,
            id="five of level 2",
        ),
        pytest.param(suggested("self_harm"), 3, Route.EARLY_HELP, None, id="one of level 3"),
        pytest.param(
            suggested("child_missing_education", "offending_behaviour"),
            3,
            Route.EARLY_HELP,
            None,
            id="two of level 3 outside the three patterns",
        ),
        pytest.param(
            suggested("self_harm", "disordered_eating"),
            3,
            Route.EARLY_HELP,
            None,
            id="two of level 3 of one pattern",
        ),
        pytest.param(
            suggested("domestic_abuse_exposure", "parental_mental_ill_health"),
            3,
            Route.EARLY_HELP,
            None,
            id="the second pattern only at level 2",
        ),
        pytest.param(
            suggested("domestic_abuse_exposure", "parental_substance_misuse"),
            4,
            Route.S17,
            None,
            id="domestic abuse with drink or drugs",
        ),
        pytest.param(
            suggested("domestic_abuse_exposure", "suicidal_thoughts"),
            4,
            Route.S17,
            None,
            id="domestic abuse with mental ill health",
        ),
        pytest.param(
            suggested("self_harm", "missing_episodes", "carer_stress"),
            4,
            Route.S17,
            None,
            id="three of level 3",
        ),
        pytest.param(suggested("private_fostering"), 4, Route.S17, None, id="level 4, no trigger"),
        pytest.param(
            suggested("suicide_attempt_or_plan"), 4, Route.S17, Rag.RED, id="check 999, no trigger"
        ),
        pytest.param(
            suggested("universal_service_request", in_danger_now=Answer.YES),
            1,
            Route.UNIVERSAL,
            Rag.RED,
            id="danger now by itself is red without a route",
        ),
        pytest.param(
            suggested("underage_sexual_activity"),
            4,
            Route.S47,
            Rag.RED,
            id="sexual activity at ten",
        ),
        pytest.param(
            suggested("underage_sexual_activity", age_days=days_at_age(13)),
            3,
            Route.EARLY_HELP,
            None,
            id="sexual activity at thirteen",
        ),
        pytest.param(
            suggested("minor_accidental_injury", age_days=days_at_age(1)),
            1,
            Route.UNIVERSAL,
            None,
            id="a bump at one year old",
        ),
        pytest.param(
            suggested("minor_accidental_injury", age_days=days_at_age(1) - 1),
            4,
            Route.S47,
            Rag.RED,
            id="a bump the day before",
        ),
        pytest.param(
            suggested("minor_accidental_injury", age_days=None, unborn=True),
            4,
            Route.S47,
            Rag.RED,
            id="an injury before birth",
        ),
        pytest.param(
            suggested("disability_high_care_needs", non_mobile=Answer.YES),
            4,
            Route.S17,
            None,
            id="non-mobile without an injury",
        ),
        pytest.param(
            suggested("bullying", repeat_3_months=4, repeat_12_months=9),
            2,
            Route.EARLY_HELP,
            None,
            id="repeat contacts do not set the level",
        ),
    ],
)
def test_these_facts_give_this_suggestion(suggestion, level, route, rag):
    assert (suggestion.level, suggestion.route, suggestion.rag_floor) == (level, route, rag)


# ---- asking, not setting ------------------------------------------------------------------------


def test_a_second_contact_in_three_months_or_a_third_in_twelve_asks_the_manager():
    assert not suggested("bullying", repeat_12_months=1).ask_manager_to_comment
    assert suggested("bullying", repeat_3_months=1).ask_manager_to_comment
    assert suggested("bullying", repeat_12_months=2).ask_manager_to_comment


def test_a_trigger_with_a_safe_adult_named_does_not_by_itself_ask_for_999():
    assert not suggested("fgm_risk").check_999
    assert suggested("fgm_risk", safe_adult_named=Answer.NO).check_999
    assert suggested("fgm_risk", safe_adult_named=Answer.NOT_KNOWN).check_999


def test_no_safe_adult_without_a_trigger_asks_for_nothing():
    assert not suggested("bullying", safe_adult_named=Answer.NO).check_999


@pytest.mark.parametrize(
    "code", [i.code for i in DEFAULT.indicator if i.do_not_contact_family], ids=str
)
def test_some_worries_keep_us_from_contacting_the_family(code):
    assert suggested(code).do_not_contact_family
    assert not suggested("bullying").do_not_contact_family


def test_with_nothing_ticked_there_is_not_enough_known():
    nothing = suggested()
    assert (nothing.level, nothing.route) == (1, Route.UNIVERSAL)
    assert not nothing.enough_known
    assert fired(nothing) == {"nothing_ticked"}
    assert suggested("bullying").enough_known


def test_an_unknown_age_leaves_a_question_open():
    suggestion = suggested("minor_accidental_injury", age_days=None, non_mobile=Answer.NOT_KNOWN)
    asked = {question.rule: question.not_known for question in suggestion.open_questions}
    assert asked["trigger_injury_under_one"] == ("age_days",)
    assert asked["trigger_injury_non_mobile"] == ("non_mobile",)
    assert "trigger_sexual_under_13" not in asked


OWN_RULE = """
[[rule]]
code = "own"
words = "A rule of its own."
when.seen.codes = ["low_warmth_harsh_parenting"]
when.also_seen.level = 3
when.also_seen.at_least = 2
level = 4
route = "s17"
"""
FLAG = """
[[indicator]]
code = "flag"
words = "A flag"
definition = "A flag that sets no level by itself."
domain = "child_development"
theme = "neglect"
"""


def own(text: str, *codes: str) -> tuple[str, ...]:
    """The indicators on which a rule of its own rests, when it is added to the default edition."""
    rules = suggest(read_edition(TEXT + text), FactsForSuggestion(indicators=codes)).rules
    return next((rule.indicators for rule in rules if rule.rule == "own"), ())


def test_a_rule_may_ask_for_two_kinds_of_indicator_and_names_each_once():
    assert own(OWN_RULE, "low_warmth_harsh_parenting", "bullying") == ()
    assert own(OWN_RULE, "self_harm", "carer_stress") == ()
    both = ("low_warmth_harsh_parenting", "self_harm")
    assert sorted(own(OWN_RULE, *both)) == sorted(both)


def test_an_indicator_without_a_level_counts_only_where_a_rule_names_it():
    flagged = FLAG + OWN_RULE.replace("low_warmth_harsh_parenting", "flag")
    alone = suggest(read_edition(TEXT + flagged), FactsForSuggestion(indicators=("flag",)))
    assert (alone.level, alone.rules, alone.enough_known) == (1, (), False)
    assert own(flagged, "flag", "self_harm") == ()
    assert "flag" in own(flagged, "flag", "self_harm", "carer_stress")


def test_a_code_the_edition_does_not_have_is_named_and_never_lost():
    suggestion = suggested("bullying", "witchcraft")
    assert suggestion.not_in_edition == ("witchcraft",)
    assert suggestion.route is Route.EARLY_HELP
    only = suggested("witchcraft")
    assert (only.level, only.route, only.enough_known) == (1, Route.UNIVERSAL, False)
    assert only.rules == ()


def test_facts_and_suggestions_survive_being_kept_as_json():
    facts = FactsForSuggestion(
        indicators=("fgm_risk",), age_days=4000, strengths=("stable_housing",)
    )
    suggestion = suggest(DEFAULT, facts)
    assert FactsForSuggestion.model_validate_json(facts.model_dump_json()) == facts
    assert Suggestion.model_validate_json(suggestion.model_dump_json()) == suggestion


def birthday_of(born: date, years: int) -> date:
    """Somebody born on 29 February comes of age on 1 March in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


@pytest.mark.parametrize("years", [1, 4, 13, 16, 18])
def test_a_child_is_older_on_the_day_after_the_birthday_at_the_latest(years):
    for start in range(1461):
        born = date(2008, 1, 1) + timedelta(days=start)
        birthday = birthday_of(born, years)
        assert (birthday - born).days - 1 < days_at_age(years) <= (birthday - born).days + 1


# ---- what holds whatever else is true -----------------------------------------------------------

CODES = sorted(DEFAULT.indicators_by_code)
TRIGGERS = [code for code in CODES if suggested(code, age_days=days_at_age(15)).triggered]
STRENGTHS = [strength.code for strength in DEFAULT.strength]
ANSWERS = st.sampled_from(Answer)
ANY_FACTS = st.builds(
    FactsForSuggestion,
    age_days=st.none() | st.integers(0, 18 * 365),
    unborn=st.booleans(),
    non_mobile=ANSWERS,
    police_protection=st.booleans(),
    in_danger_now=ANSWERS,
    safe_adult_named=ANSWERS,
    indicators=st.lists(st.sampled_from(CODES), max_size=6).map(tuple),
    strengths=st.lists(st.sampled_from(STRENGTHS), max_size=4).map(tuple),
    repeat_3_months=st.integers(0, 4),
    repeat_12_months=st.integers(0, 9),
    disabled=ANSWERS,
    cannot_tell=ANSWERS,
    help_before=st.none() | st.lists(st.sampled_from(HelpBefore), max_size=2).map(tuple),
)
URGENCY = {None: 0, Rag.GREEN: 1, Rag.AMBER: 2, Rag.RED: 3}


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


def changed(facts: FactsForSuggestion, **changes: object) -> FactsForSuggestion:
    return FactsForSuggestion(**(facts.model_dump() | changes))


def at_least_as_high(one: FactsForSuggestion, other: FactsForSuggestion) -> bool:
    pairs = zip(heights(suggest(DEFAULT, one)), heights(suggest(DEFAULT, other)), strict=True)
    return all(mine >= theirs for mine, theirs in pairs)


@MANY
@given(ANY_FACTS, st.sampled_from(CODES))
def test_ticking_one_more_indicator_never_lowers_anything(facts, code):
    more = changed(facts, indicators=(*facts.indicators, code))
    assert at_least_as_high(more, facts)


@MANY
@given(ANY_FACTS, st.sampled_from(TRIGGERS))
def test_a_trigger_is_never_talked_down_whatever_else_is_true(facts, code):
    suggestion = suggest(DEFAULT, changed(facts, indicators=(*facts.indicators, code)))
    assert (suggestion.level, suggestion.route, suggestion.rag_floor) == (4, Route.S47, Rag.RED)


@MANY
@given(ANY_FACTS)
def test_neither_police_protection_nor_an_injured_baby_is_ever_talked_down(facts):
    injured = (*facts.indicators, "minor_accidental_injury")
    for story in (
        changed(facts, police_protection=True),
        changed(facts, indicators=injured, age_days=100),
        changed(facts, indicators=injured, non_mobile=Answer.YES),
    ):
        suggestion = suggest(DEFAULT, story)
        assert (suggestion.level, suggestion.route, suggestion.rag_floor) == (4, Route.S47, Rag.RED)


@MANY
@given(ANY_FACTS, st.sampled_from(["non_mobile", "in_danger_now", "disabled", "cannot_tell"]))
def test_not_knowing_is_never_lower_than_no(facts, question):
    unknown = changed(facts, **{question: Answer.NOT_KNOWN})
    assert at_least_as_high(unknown, changed(facts, **{question: Answer.NO}))


@MANY
@given(ANY_FACTS)
def test_not_knowing_of_a_safe_adult_is_as_grave_as_there_being_none(facts):
    unknown = changed(facts, safe_adult_named=Answer.NOT_KNOWN)
    none = changed(facts, safe_adult_named=Answer.NO)
    assert heights(suggest(DEFAULT, unknown)) == heights(suggest(DEFAULT, none))


@MANY
@given(ANY_FACTS, st.randoms(use_true_random=False))
def test_the_order_of_ticking_does_not_matter(facts, random):
    shuffled = list(facts.indicators)
    random.shuffle(shuffled)
    assert suggest(DEFAULT, changed(facts, indicators=tuple(shuffled))) == suggest(DEFAULT, facts)


@MANY
@given(ANY_FACTS)
def test_a_suggestion_is_always_one_that_the_edition_allows_and_explains(facts):
    suggestion = suggest(DEFAULT, facts)
    assert suggestion.route in DEFAULT.routes_for(suggestion.level)
    assert suggestion.level == max(rule.level for rule in suggestion.rules if rule.level)
    for rule in suggestion.rules:
        assert set(rule.indicators) <= set(facts.indicators)
    assert not fired(suggestion) & {question.rule for question in suggestion.open_questions}


@MANY
@given(ANY_FACTS)
def test_answering_an_open_question_with_yes_fires_its_rule(facts):
    yes = dict.fromkeys(("non_mobile", "in_danger_now", "disabled", "cannot_tell"), Answer.YES)
    yes |= {"age_days": 0, "help_before": tuple(HelpBefore)}
    for question in suggest(DEFAULT, facts).open_questions:
        answered = changed(facts, **{fact: yes[fact] for fact in question.not_known})
        assert question.rule in fired(suggest(DEFAULT, answered))
