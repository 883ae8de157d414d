"""An edition that cannot see the floor, or lets strengths cancel a danger, is refused."""

import pytest

from mash_triage.thresholds.levels import EditionFault, read_edition
from tests.facts import FOLDER

TEXT = (FOLDER / "default" / "edition.toml").read_text("utf-8")


def with_change(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new)


def entry(lowers: str, **more: str) -> str:
    """One more entry about strengths."""
    parts = {"strengths": '["safe_network"]', "lowers": f'["{lowers}"]'} | more
    lines = "\n".join(f"{key} = {value}" for key, value in parts.items())
    return f'{TEXT}\n[[protective]]\ncode = "own"\nwords = "An entry of its own."\n{lines}\n'


LAST = f"protective[{TEXT.count('[[protective]]')}]"
FAULTS = {
    "no indicator is a child's account of sexual abuse": (
        with_change(', "sexual_disclosure"]', "]"),
        "group",
        "no indicator is in the group 'sexual_disclosure' (a child's account of sexual abuse)",
    ),
    "a rule in the floor's name": (
        with_change('code = "used_for_crime"', 'code = "floor_of_our_own"'),
        "code",
        "codes that begin with 'floor_' name the floor",
    ),
    "strengths against a trigger": (
        entry("trigger_indicator"),
        f"{LAST}.lowers[0]",
        "strengths may not lower 'trigger_indicator': nothing cancels a trigger",
    ),
    "strengths against section 47": (
        entry("used_for_crime"),
        f"{LAST}.lowers[0]",
        "strengths may not lower 'used_for_crime': nothing lowers section 47",
    ),
    "strengths against what sets no level": (
        entry("check_999_indicator"),
        f"{LAST}.lowers[0]",
        "strengths may not lower 'check_999_indicator': it sets no level",
    ),
    "strengths against a rule that is not there": (
        entry("no_such_rule"),
        f"{LAST}.lowers[0]",
        "there is no rule 'no_such_rule'",
    ),
    "a strength that is not there": (
        entry("usual_level_3", strengths='["kindness"]'),
        f"{LAST}.strengths[0]",
        "there is no strength 'kindness'",
    ),
    "more strengths than are named": (
        entry("usual_level_3", at_least="2"),
        f"{LAST}.at_least",
        "asks for more strengths than are named",
    ),
    "strengths held back by nothing seen": (
        entry("usual_level_3", **{"unless.nothing_seen": "true"}),
        f"{LAST}.unless",
        "having ticked nothing cannot hold strengths back",
    ),
    "strengths held back by an indicator that is not there": (
        entry("usual_level_3", **{"unless.seen.codes": '["storms"]'}),
        f"{LAST}.unless.seen.codes[0]",
        "there is no indicator 'storms'",
    ),
    "section 47 that waits for agreement": (
        with_change('route = "s47"\nneeded = false', 'route = "s47"\nneeded = true'),
        "consent[3].needed",
        "section 47 does not wait for agreement",
    ),
    "a route twice": (
        with_change('route = "s17"\nneeded', 'route = "early_help"\nneeded'),
        "consent[2].route",
        "two entries have the route 'early_help'",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_named_with_its_key(name):
    text, key, words = FAULTS[name]
    with pytest.raises(EditionFault) as caught:
        read_edition(text)
    assert caught.value.key.endswith(key)
    assert caught.value.words == words


def test_an_edition_in_force_is_still_read_when_more_is_asked_of_editions_since():
    blind = with_change(', "sexual_disclosure"]', "]")
    assert read_edition(blind, in_force=True).id == "default"
