"""What each shipped edition says to families and partners, and the clocks of each route."""

from pathlib import Path

import pytest

from mash_triage.thresholds.levels import read_edition, shipped_editions
from mash_triage.thresholds.routes import Route

FOLDER = Path(__file__).parents[2] / "levels_of_need"
EDITIONS = [read_edition(file) for file in shipped_editions(FOLDER)]

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)


def clocks(edition, route):
    return {clock.code: clock for clock in edition.route_of(route).clock}


@each_edition
def test_statutory_times_are_those_of_the_guidance_and_say_so(edition):
    s17, s47 = clocks(edition, Route.S17), clocks(edition, Route.S47)
    assert s17["assessment"].within_working_days == 45
    assert s47["assessment"].within_working_days == 45
    assert s47["conference"].within_working_days == 15
    assert s47["strategy_discussion"].at_once
    for clock in (s17["assessment"], s47["assessment"], s47["conference"]):
        assert clock.source.startswith("Statutory guidance")


@each_edition
def test_times_that_no_law_sets_are_the_partnerships_own(edition):
    own = [*clocks(edition, Route.UNIVERSAL).values(), *clocks(edition, Route.EARLY_HELP).values()]
    assert own
    assert all(clock.source.startswith("Set by this partnership") for clock in own)


@each_edition
def test_families_are_spoken_to_without_the_words_of_the_trade(edition):
    for one in (*edition.level, *edition.route):
        families = one.plain.families.lower()
        assert "you" in families
        for word in ("s17", "s47", "section", "threshold", "strategy", "multi-agency", "statutory"):
            assert word not in families, one


@each_edition
def test_early_help_is_offered_and_a_no_alone_changes_nothing(edition):
    plain = edition.route_of(Route.EARLY_HELP).plain
    assert "starts only when you agree" in plain.families
    assert "does not by itself bring in a social worker" in plain.families


@each_edition
def test_section_47_never_asks_families_or_partners_for_agreement_first(edition):
    plain = edition.route_of(Route.S47).plain
    assert "do not need your agreement" in plain.families
    assert "agreement to share is not needed" in plain.partners
