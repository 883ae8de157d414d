"""Weights as data: read whole, each with its source, or refused with the key at fault."""

import re

import pytest

from mash_triage.matching.levels import Field, Level
from mash_triage.matching.weights import SHIPPED, WEIGHED, WeightsRefused, read_weights

TOML = SHIPPED.read_text("utf-8")


def without(table):
    """The shipped file less one level."""
    return re.sub(rf"\[{re.escape(table)}\]\n(?:[^\[\n].*\n)+", "", TOML)


def changed(table, line, new):
    """The shipped file with one line of one level written otherwise."""
    start = TOML.index(f"[{table}]")
    end = TOML.find("\n[", start + 1)
    part = TOML[start : end if end > 0 else len(TOML)]
    assert re.search(rf"^{line} = .*$", part, re.M), (table, line)
    return TOML.replace(part, re.sub(rf"^{line} = .*$", new, part, count=1, flags=re.M))


REFUSED = {
    "a missing level": (without("dob.exact"), "dob.exact", "is missing"),
    "a missing table": (without("thresholds"), "thresholds", "is missing"),
    "a level nobody knows": (
        TOML + "\n[dob.nearly]\nbits = [1.0, 1.0]\n",
        "dob.nearly",
        "not known",
    ),
    "a field nobody knows": (
        TOML + "\n[shoe_size.exact]\nbits = [1.0, 1.0]\n",
        "shoe_size",
        "not known",
    ),
    "a share that is no number": (changed("dob.exact", "m", "m = nan"), "dob.exact.m", ""),
    "an endless weight": (
        changed("sex.exact", "bits", "bits = [inf, 1.0]"),
        "sex.exact.bits.0",
        "",
    ),
    "a share above one": (changed("dob.exact", "m", "m = 1.4"), "dob.exact.m", ""),
    "a share of nothing": (changed("dob.exact", "random", "random = 0.0"), "dob.exact.random", ""),
    "words for a number": (changed("dob.exact", "m", 'm = "most"'), "dob.exact.m", ""),
    "no source": (changed("dob.exact", "source", ""), "dob.exact.source", ""),
    "a misspelt key": (
        changed("dob.exact", "sibling", "siblings = 0.04"),
        "dob.exact.siblings",
        "",
    ),
    "two ways of one share": (
        changed("dob.exact", "random", "random = 0.1\nterm = 1.0"),
        "dob.exact",
        "one of",
    ),
    "levels not monotone": (changed("dob.exact", "m", "m = 0.0001"), "dob.exact", "not monotone"),
    "bands in the wrong order": (
        changed("thresholds", "possible", "possible = 0.99"),
        "thresholds",
        "below",
    ),
    "not TOML": ("name = ", "file", "not TOML"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_the_file_is_refused_with_the_key_and_the_reason(fault):
    toml, key, reason = REFUSED[fault]
    with pytest.raises(WeightsRefused) as refused:
        read_weights(toml)
    assert refused.value.key == key
    assert reason in refused.value.reason
    assert key in refused.value.words


def test_the_shipped_weights_have_a_source_for_each_level():
    weights = read_weights(TOML)
    assert weights.table.keys() == WEIGHED
    assert all(len(each.source) > 10 for each in weights.table.values())


def test_the_digest_is_of_the_whole_file():
    assert read_weights(TOML).sha256 == read_weights(TOML).sha256
    assert read_weights(TOML).sha256 != read_weights(TOML + "# one word more\n").sha256


def test_a_rare_name_says_more_than_a_common_one_and_never_more_than_the_cap():
    weights = read_weights(TOML)
    pair = Field.GIVEN, Level.EXACT
    common, rare, alone = (
        weights.of(pair, size=100_000, share=share).stranger for share in (0.02, 0.0005, 1e-9)
    )
    assert common < rare < alone == weights.thresholds.term_cap


def test_a_house_says_no_more_however_large_the_register_is():
    weights = read_weights(TOML)
    pair = Field.ADDRESS, Level.SAME_HOUSE
    bits = [weights.of(pair, size=size).stranger for size in (1_000, 100_000, 10**8)]
    assert bits == sorted(bits)
    assert bits[-1] == weights.table[pair].cap
