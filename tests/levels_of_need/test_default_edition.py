"""The default edition says what the partnership agreed: codes, triggers, outcomes, cases."""

from pathlib import Path

import pytest
import yaml

from mash_triage.reading.predictions import predict
from mash_triage.reading.worked_contacts import contacts_in, expected_in
from mash_triage.thresholds.levels import read_edition, shipped_editions
from mash_triage.thresholds.routes import Answer, Outcome, Route
from mash_triage.thresholds.suggest import FactsForSuggestion, days_at_age, suggest

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "levels_of_need"
DEFAULT = read_edition(FOLDER / "default")
TAXONOMY = yaml.safe_load((HERE / "taxonomy.yaml").read_text("utf-8"))["indicators"]
NARRATIVES = HERE.parent / "data" / "narratives"
EXPECTED = expected_in(NARRATIVES / "worked_contacts.yaml")
WORKED = [
    contact.model_copy(update={"indicators": tuple(EXPECTED[contact.id]["indicators"])})
    for contact in contacts_in(NARRATIVES / "worked_contacts.yaml")
]
"""The forty worked contacts, each with the indicators that a person would accept."""

TRIGGERS = {
    "bruising_non_mobile",
    "inflicted_injury_suspected",
    "unexplained_or_inconsistent_injury",
    "physical_abuse_disclosure",
    "sexual_abuse_disclosure",
    "sexual_abuse_indicators",
    "contact_with_sexual_risk_adult",
    "fabricated_or_induced_illness",
    "non_fatal_strangulation",
    "domestic_abuse_high_risk",
    "sexual_exploitation",
    "trafficking_modern_slavery",
    "fgm_risk",
    "forced_marriage_or_hba",
    "online_grooming",
    "young_child_left_alone",
    "no_safe_carer_available",
    "impaired_while_caring",
    "currently_missing",
}


@pytest.mark.parametrize("file", shipped_editions(FOLDER), ids=lambda file: file.parent.name)
def test_every_shipped_edition_is_sound_and_lies_in_the_folder_of_its_name(file):
    assert read_edition(file).id == file.parent.name


def test_the_default_edition_is_shipped():
    assert FOLDER / "default" / "edition.toml" in shipped_editions(FOLDER)


def test_it_holds_exactly_the_hundred_codes_with_their_levels():
    held = {
        i.code: {"level": i.level, "domain": i.domain, "check_999": i.check_999}
        for i in DEFAULT.indicator
    }
    assert len(held) == 100
    assert held == TAXONOMY


def test_exactly_the_agreed_codes_trigger_section_47_on_their_own():
    alone = {
        code
        for code in DEFAULT.indicators_by_code
        if suggest(
            DEFAULT,
            FactsForSuggestion(
                age_days=days_at_age(15),
                non_mobile=Answer.NO,
                safe_adult_named=Answer.YES,
                indicators=(code,),
            ),
        ).triggered
    }
    assert alone == TRIGGERS


def test_check_999_by_an_indicator_alone_gives_no_route():
    for code in ("suicide_attempt_or_plan", "parental_mental_health_crisis"):
        suggestion = suggest(
            DEFAULT, FactsForSuggestion(age_days=days_at_age(14), indicators=(code,))
        )
        assert (suggestion.check_999, suggestion.triggered) == (True, False)
        assert suggestion.route is Route.S17


def test_level_four_holds_section_17_and_section_47():
    assert {level.number: level.routes for level in DEFAULT.level} == {
        1: (Route.UNIVERSAL,),
        2: (Route.EARLY_HELP,),
        3: (Route.EARLY_HELP,),
        4: (Route.S17, Route.S47),
    }


def test_plain_no_further_action_is_not_an_ending():
    assert DEFAULT.allow_plain_nfa is False


def test_the_routes_and_only_they_lead_to_their_own_outcome():
    assert Outcome.S17_ASSESSMENT in DEFAULT.outcomes_for(Route.S17)
    assert Outcome.STRATEGY_DISCUSSION in DEFAULT.outcomes_for(Route.S47)
    assert Outcome.EARLY_HELP in DEFAULT.outcomes_for(Route.EARLY_HELP)
    for route in (None, Route.UNIVERSAL, Route.EARLY_HELP):
        assert Outcome.S17_ASSESSMENT not in DEFAULT.outcomes_for(route)
        assert Outcome.STRATEGY_DISCUSSION not in DEFAULT.outcomes_for(route)
    assert Outcome.DUPLICATE_OR_ERROR in DEFAULT.outcomes_for(None)


def test_every_indicator_can_feed_a_rule():
    for code in DEFAULT.indicators_by_code:
        fed = suggest(DEFAULT, FactsForSuggestion(indicators=(code,))).rules
        assert any(code in rule.indicators for rule in fed), code


@pytest.mark.parametrize("contact", WORKED, ids=lambda contact: contact.id)
def test_a_worked_contact_reaches_the_level_and_a_route_that_managers_expect(contact):
    expected = EXPECTED[contact.id]
    predicted = predict(DEFAULT, contact)
    assert predicted.level == expected["level"]
    assert predicted.route in expected["acceptable_routes"]


def test_no_worked_contact_for_section_47_is_missed_and_none_is_raised_to_it_from_early_help():
    for contact in WORKED:
        expected, suggested = EXPECTED[contact.id], predict(DEFAULT, contact).route
        if expected["acceptable_routes"] == ["s47"]:
            assert suggested is Route.S47, contact.id
        if expected["route"] in ("universal", "early_help"):
            assert suggested is not Route.S47, contact.id
