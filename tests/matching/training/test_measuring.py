"""Weights measured on a register: what is measured, what is believed, and what is refused."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from mash_triage.matching.compare import levels_of
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.training import with_splink
from mash_triage.matching.training.calibration import Bin, reliability
from mash_triage.matching.training.guard import ModelRefused, implausible, less_safe
from mash_triage.matching.training.invented import town
from mash_triage.matching.training.measures import Counts, brothers_and_sisters, strangers
from mash_triage.matching.training.measuring import Learning, measure
from mash_triage.matching.training.proposal import (
    FEWEST_SEEN,
    OF_SIBLINGS,
    Measured,
    canonical,
    proposed_levels,
)
from mash_triage.matching.training.safety import safety_of
from mash_triage.matching.weights import read_weights, shipped_weights

NEVER_MEASURED = (Field.NHS_NUMBER, Field.UPN, Field.SEX, Field.NAMES, Field.DECIDED)


pytestmark = pytest.mark.xdist_group("weights are learnt once")


@pytest.fixture(scope="module")
def learning():
    """The invented town as if it were an authority's: its families, and its contacts decided."""
    made = town()
    families = {}
    for key, numbers in made.near.items():
        if isinstance(key, tuple) and key[0] == "family":
            families[key[1]] = [made.register[each] for each in numbers]
    known = [each for each in made.asked if each.child is not None]
    return Learning(
        register=made.register,
        facts=made.facts,
        households=[each for each in families.values() if len(each) > 1],
        reported={number: each.said for number, each in enumerate(known)},
        accepted=[(number, each.child) for number, each in enumerate(known)],
    )


@pytest.fixture(scope="module")
def proposal(learning):
    """New weights learnt from the decisions."""
    return measure(
        learning, shipped_weights(), name="measured", m_from="decisions", random_pairs=20_000
    )


# ---------------------------------------------------------------- what is measured


def test_the_new_weights_are_a_file_like_the_shipped_one_and_are_its_digest(proposal):
    again = read_weights(proposal.weights.toml)
    assert again.sha256 == proposal.weights.sha256
    assert again.table == proposal.weights.table
    assert again.thresholds == shipped_weights().thresholds
    assert again.prior == shipped_weights().prior


def test_numbers_and_sex_are_never_learnt(proposal):
    for pair, level in shipped_weights().table.items():
        if pair[0] in NEVER_MEASURED:
            assert proposal.weights.table[pair] == level, pair


def test_what_was_measured_says_so_and_keeps_the_source_before(proposal):
    pair = (Field.DOB, Level.EXACT)
    source = proposal.weights.table[pair].source
    assert "measured on this authority's register: m, random, sibling" in source
    assert source.endswith(shipped_weights().table[pair].source)


def test_a_level_that_hardly_any_true_pair_showed_keeps_its_whole_weight(learning, proposal):
    """A register without second names would make "first name the same" look impossible."""
    rare = (Field.DOB, Level.DIFFERENT)
    told = dict(learning.accepted)
    seen = [
        dict(levels_of(learning.reported[said], learning.register[child], learning.facts))
        for said, child in told.items()
    ]
    assert sum(each[Field.DOB] is Level.DIFFERENT for each in seen) < FEWEST_SEEN
    assert proposal.weights.table[rare] == shipped_weights().table[rare]


def test_m_follows_what_people_decided(learning, proposal):
    """One true pair in twenty has no birth date; of the others nine in ten agree."""
    after = proposal.weights.table[Field.DOB, Level.EXACT].m
    assert 0.85 < after < 0.95
    moved = proposal.weights.table[Field.ADDRESS, Level.DIFFERENT].m
    assert 0.10 < moved < shipped_weights().table[Field.ADDRESS, Level.DIFFERENT].m


def test_brothers_and_sisters_are_counted_in_each_household_alone(learning):
    counts = brothers_and_sisters(learning.households, learning.facts)
    pairs = sum(len(home) * (len(home) - 1) // 2 for home in learning.households)
    assert counts.pairs == pairs
    twins = counts.levels[Field.DOB, Level.EXACT]
    assert 0 < twins < pairs
    crowd = [next(iter(learning.register.values()))] * 13
    assert brothers_and_sisters([crowd], learning.facts).pairs == 0


def test_one_child_with_two_records_is_no_pair_of_brothers(learning):
    child = learning.households[0][0]
    assert brothers_and_sisters([[child, child]], learning.facts).pairs == 0


def test_strangers_are_drawn_the_same_way_every_time(learning):
    children = list(learning.register.values())
    told = (children, learning.facts, 2_000)
    assert strangers(*told).levels == strangers(*told).levels
    assert strangers([], learning.facts).pairs == 0


def test_a_level_never_seen_is_not_taken_for_impossible():
    counts = Counts(10_000, Counter(), Counter({Field.DOB: 10_000}))
    share = counts.share((Field.DOB, Level.EXACT), believed=0.0001, worth=1_000)
    assert 0 < share < 0.0001


def test_nothing_measured_changes_nothing():
    base = shipped_weights()
    nothing = Measured(Counts(), Counts(), {}, 0.0, 10_000)
    assert proposed_levels(base, nothing) == base.table
    assert read_weights(canonical(base.name, base, base.table)).table == base.table


# ---------------------------------------------------------------- what is refused


def test_m_that_moves_by_more_than_three_bits_is_named(learning):
    base = shipped_weights()
    pair = (Field.GIVEN, Level.DIFFERENT)
    new = {**base.table, pair: base.table[pair].model_copy(update={"m": 0.3})}
    (reason,) = implausible(base.table, new)
    assert reason.startswith("Given name, another name: m moved by +3.8 bits")


def test_levels_that_are_not_monotone_are_refused(learning, monkeypatch):
    monkeypatch.setattr(
        "mash_triage.matching.training.measuring.m_from_decisions",
        lambda *_tables: {Field.DOB: {Level.EXACT: 0.01, Level.DAY_MONTH_SWAPPED: 0.9}},
    )
    with pytest.raises(ModelRefused, match=r"dob\.exact: says .* not monotone"):
        measure(learning, shipped_weights(), name="x", m_from="decisions", random_pairs=100)


def test_fewer_than_200_decisions_teach_nothing(learning):
    few = replace(learning, accepted=learning.accepted[:199])
    with pytest.raises(ModelRefused, match="199 accepted decisions"):
        measure(few, shipped_weights(), name="x", m_from="decisions")


def test_a_register_of_a_few_children_is_not_measured(learning):
    few = replace(learning, register=dict(list(learning.register.items())[:499]))
    with pytest.raises(ModelRefused, match="499 children on the register"):
        measure(few, shipped_weights(), name="x", m_from="none")


def test_weights_that_call_a_brother_or_sister_likely_are_refused():
    """As if nobody were ever the brother or sister of a child on the register."""
    toml = shipped_weights().toml
    reckless = re.sub(r"sibling_bits = .*", "sibling_bits = 30.0", toml, count=1)
    before, after = safety_of(shipped_weights()), safety_of(read_weights(reckless))
    assert after.sibling_probable > before.sibling_probable
    assert any(reason.startswith("Children not on") for reason in less_safe(before, after))
    assert less_safe(before, before) == []


def test_one_more_twin_called_likely_is_too_many_and_one_turned_order_is_chance():
    before = safety_of(shipped_weights())
    assert less_safe(before, replace(before, twin_first=before.twin_first + 1)) == []
    for figure in ("twin_likely", "sibling_likely"):
        after = replace(before, **{figure: getattr(before, figure) + 1})
        assert len(less_safe(before, after)) == 1, figure
    turned = replace(before, twin_first=before.twin_first + 3)
    assert less_safe(before, turned)[0].startswith("Twins placed above the child")


def test_a_register_with_few_twins_is_no_reason_to_trust_twins(learning, proposal):
    for pair, level in shipped_weights().table.items():
        if pair[0] in OF_SIBLINGS and level.sibling is not None:
            assert proposal.weights.table[pair].sibling >= level.sibling, pair


def test_the_shipped_weights_hold_twins_and_siblings_apart_on_the_invented_families():
    figures = safety_of(shipped_weights())
    assert (figures.known, figures.twins, figures.off_register) == (250, 250, 250)
    assert figures.right_first >= 240
    assert figures.twin_first <= 8
    assert figures.twin_likely == 0
    assert figures.sibling_likely <= 1


# ---------------------------------------------------------------- the curve


def test_the_reliability_curve_leaves_out_tenths_with_few_candidates():
    points = [(0.95, True)] * 9 + [(0.93, False)] + [(0.5, True)] * 5
    assert reliability(points) == [Bin(10, 0.948, 0.9)]


def test_the_report_says_what_was_measured_and_holds_no_child(learning, proposal):
    report = proposal.report
    assert (report["m_from"], report["accepted"]) == ("decisions", len(learning.accepted))
    assert report["curve_of"] == "invented families"
    assert report["safety"]["new"]["twin_likely"] <= report["safety"]["old"]["twin_likely"]
    assert all(row["old"] != row["new"] for row in report["levels"])
    names = {child.name.shown_family for child in learning.register.values()}
    assert not [name for name in names if f"'{name}'" in repr(report)]


# ---------------------------------------------------------------- Splink


def test_without_splink_one_sentence_says_how_to_install_it(learning, monkeypatch):
    monkeypatch.setattr(with_splink, "find_spec", lambda _name: None)
    with pytest.raises(Exception, match=r"pip install 'mash-triage\[splink\]'"):
        measure(learning, shipped_weights(), name="x", m_from="decisions", random_pairs=100)


def test_expectation_maximisation_finds_about_what_people_decided(learning):
    """Without twins among them, of whom there are far too many in this town."""
    plain = {n: c for n, c in learning.reported.items() if n < 250}
    tables = [with_splink_table(plain), with_splink_table(learning.register)]
    found = with_splink.m_by_em(*tables)
    decided = with_splink.m_from_decisions(*tables, learning.accepted[:250])
    for field, level in ((Field.GIVEN, Level.EXACT), (Field.DOB, Level.EXACT)):
        assert found[field][level] == pytest.approx(decided[field][level], abs=0.2)


def with_splink_table(children):
    from mash_triage.matching.training.features import table_of

    return table_of(children.items())
