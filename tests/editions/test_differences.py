"""What a draft says otherwise, in words: every difference, and none where there is none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mash_triage.editions.differences import differences
from mash_triage.editions.draft_text import KEY, KINDS
from mash_triage.settings import ROOT
from mash_triage.thresholds.levels import read_edition, shipped_editions
from mash_triage.thresholds.shapes import Edition

DEFAULT = read_edition(ROOT / "levels_of_need" / "default")
ALL = [read_edition(file) for file in shipped_editions(ROOT / "levels_of_need")]


def with_entry(kind: str, code: str, **changes) -> Edition:
    """The default edition with one entry changed."""
    entries = tuple(
        each.model_copy(update=changes) if str(getattr(each, KEY[kind])) == code else each
        for each in getattr(DEFAULT, kind)
    )
    return DEFAULT.model_copy(update={kind: entries})


def told(new: Edition) -> list[str]:
    return [each.words for each in differences(DEFAULT, new)]


RULE = DEFAULT.rule_of("three_of_level_3")
THREE = f"Rule “{RULE.words}”"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            with_entry("indicator", "persistent_hunger", level=2),
            "Indicator “Regularly hungry” moves from level 3 to level 2.",
        ),
        (
            with_entry("indicator", "persistent_hunger", words="Often hungry"),
            "Indicator “Regularly hungry” is now called “Often hungry”.",
        ),
        (
            with_entry("indicator", "persistent_hunger", check_999=True),
            "Indicator “Regularly hungry” now says: check whether 999 is needed.",
        ),
        (
            with_entry("indicator", "persistent_hunger", groups=("injury",)),
            "Indicator “Regularly hungry”: groups now also “An injury or mark on the child”.",
        ),
        (
            with_entry("rule", RULE.code, when=RULE.when.model_copy(update={"age_under_years": 5})),
            f"{THREE} now also asks that the child is under 5 or not yet born.",
        ),
        (with_entry("rule", RULE.code, trigger=True), f"{THREE} is now a trigger."),
        (
            with_entry("level", "2", routes=("universal", "early_help")),
            "Level 2 “Additional needs”: routes now also “Universal services”.",
        ),
        (
            DEFAULT.model_copy(update={"effective_from": date(2027, 4, 1)}),
            "The first day was 1 April 2025, is now 1 April 2027.",
        ),
        (
            DEFAULT.model_copy(update={"indicator": DEFAULT.indicator[1:]}),
            f"Indicator “{DEFAULT.indicator[0].words}” is taken out.",
        ),
        (
            DEFAULT.model_copy(update={"rule": DEFAULT.rule[::-1]}),
            "Rule: they stand in another order.",
        ),
    ],
)
def test_a_difference_in_words(changed, words):
    assert told(changed) == [words]


def test_long_words_are_shown_before_and_now():
    (one,) = differences(DEFAULT, with_entry("indicator", "persistent_hunger", definition="Short."))
    assert one.words == "Indicator “Regularly hungry” has its definition worded otherwise."
    assert (one.before[:9], one.now) == ("The child", "Short.")


@pytest.mark.parametrize("edition", ALL, ids=lambda edition: edition.id)
def test_an_edition_does_not_differ_from_itself_and_every_two_can_be_compared(edition):
    assert differences(edition, edition) == ()
    assert all(differences(edition, other) for other in ALL if other is not edition)


@settings(max_examples=40)
@given(st.data())
def test_whatever_one_field_says_otherwise_is_told(data):
    """Each field of each kind of part takes the value that another edition or entry gives it."""
    kind = data.draw(st.sampled_from([kind for kind in KINDS if kind in KEY]))
    entries = [each for edition in ALL for each in getattr(edition, kind)]
    one, other = (
        data.draw(st.sampled_from(getattr(DEFAULT, kind))),
        data.draw(st.sampled_from(entries)),
    )
    name = data.draw(st.sampled_from([*type(one).model_fields][1:]))
    changed = with_entry(kind, str(getattr(one, KEY[kind])), **{name: getattr(other, name)})
    assert bool(differences(DEFAULT, changed)) is (changed != DEFAULT)
