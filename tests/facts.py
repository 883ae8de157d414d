"""Any facts of a child that an edition could be asked about, for properties."""

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from mash_triage.thresholds.levels import Edition, read_edition
from mash_triage.thresholds.routes import Answer
from mash_triage.thresholds.suggest import Consent, FactsForSuggestion, HelpBefore

FOLDER = Path(__file__).parents[1] / "levels_of_need"
EDITIONS = ("default", "split_levels", "three_levels", "family_help")
ANSWERS = st.sampled_from(Answer)


@cache
def edition_named(name: str) -> Edition:
    """A shipped edition, read once."""
    return read_edition(FOLDER / name)


def any_facts(edition: Edition, most: int = 8) -> st.SearchStrategy[FactsForSuggestion]:
    """Facts with up to so many indicators of the edition, and some that it does not have."""
    codes = [*edition.indicators_by_code, "not_in_any_edition"]
    strengths = [strength.code for strength in edition.strength]
    return st.builds(
        FactsForSuggestion,
        age_days=st.none() | st.integers(0, 18 * 365),
        unborn=st.booleans(),
        non_mobile=ANSWERS,
        police_protection=st.sampled_from([False, False, False, True]),
        in_danger_now=ANSWERS,
        safe_adult_named=ANSWERS,
        indicators=st.lists(st.sampled_from(codes), max_size=most).map(tuple),
        strengths=st.lists(st.sampled_from(strengths), max_size=5).map(tuple),
        repeat_3_months=st.integers(0, 4),
        repeat_12_months=st.integers(0, 9),
        disabled=ANSWERS,
        cannot_tell=ANSWERS,
        help_before=st.none() | st.lists(st.sampled_from(HelpBefore), max_size=2).map(tuple),
        consent=st.sampled_from(Consent),
    )
