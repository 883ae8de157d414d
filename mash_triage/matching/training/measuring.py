"""Measuring new weights from identities alone: it knows no table, and a benchmark can use it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import FIELD_NAMES, WORDS
from mash_triage.matching.register_facts import RegisterFacts
from mash_triage.matching.training.calibration import in_report, reliability
from mash_triage.matching.training.features import table_of
from mash_triage.matching.training.guard import (
    ModelRefused,
    implausible,
    less_safe,
    too_few,
    too_small,
)
from mash_triage.matching.training.measures import (
    RANDOM_PAIRS,
    brothers_and_sisters,
    strangers,
)
from mash_triage.matching.training.proposal import Measured, canonical, proposed_levels
from mash_triage.matching.training.safety import Safety, safety_of
from mash_triage.matching.training.with_splink import Shares, m_by_em, m_from_decisions
from mash_triage.matching.weights import (
    LevelWeight,
    Pair,
    Weights,
    WeightsRefused,
    read_weights,
)

From = Literal["decisions", "em", "none"]
Points = list[tuple[float, bool]]
Curve = Callable[[Weights], Points | None]
EM_COUNTS_AS = 0.5  # a pair that nobody looked at teaches half as much as one that somebody did


@dataclass(frozen=True)
class Learning:
    """What there is to learn from. `reported` and `register` are by any number; `accepted` are
    pairs of these numbers that people found to be one child.
    """

    register: Mapping[int, Identity]
    facts: RegisterFacts
    households: Sequence[Sequence[Identity]] = ()
    reported: Mapping[int, Identity] | None = None
    accepted: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class Learnt:
    """Levels as measured, before any guard rail; and from how many pairs."""

    levels: dict[Pair, LevelWeight]
    random_pairs: int
    sibling_pairs: int


@dataclass(frozen=True)
class Proposal:
    """New weights that passed the guard rails, with the report that goes with them."""

    weights: Weights
    report: dict[str, Any]


def measure(
    learning: Learning,
    base: Weights,
    *,
    name: str,
    m_from: From,
    random_pairs: int = RANDOM_PAIRS,
    say: Callable[[str], None] = lambda _step: None,
    curve: Curve = lambda _weights: None,
) -> Proposal:
    """New weights in place of `base`, or ModelRefused with every reason.

    `curve` gives (probability, was it the child) of decided candidates under given weights, or
    None where there are too few; then the reliability curve is that of invented families.
    """
    small = too_small(len(learning.register))
    few = too_few(len(learning.accepted)) if m_from == "decisions" else None
    if small or few:
        raise ModelRefused([reason for reason in (small, few) if reason])
    learnt = learn(learning, base, m_from=m_from, random_pairs=random_pairs, say=say)
    say("The guard rails")
    weights, old, new = _guarded(base, learnt.levels, name)
    report = {
        "register": len(learning.register),
        "random_pairs": learnt.random_pairs,
        "sibling_pairs": learnt.sibling_pairs,
        "m_from": m_from,
        "accepted": len(learning.accepted),
        "first_january": round(learning.facts.first_january, 5),
        "base": {"name": base.name, "sha256": base.sha256},
        "levels": _beside(base, weights, len(learning.register)),
        "safety": {"old": _figures(old), "new": _figures(new)},
        **_curves(base, weights, old, new, curve),
    }
    return Proposal(weights, report)


def learn(
    learning: Learning,
    base: Weights,
    *,
    m_from: From,
    random_pairs: int = RANDOM_PAIRS,
    say: Callable[[str], None] = lambda _step: None,
) -> Learnt:
    """What the register and its true pairs say, plausible or not: `measure` judges it."""
    say("What strangers have in common")
    apart = strangers(list(learning.register.values()), learning.facts, random_pairs)
    say("What brothers and sisters have in common")
    siblings = brothers_and_sisters(learning.households, learning.facts)
    say("What true pairs have in common")
    true_pairs, pairs = _true_pairs(learning, m_from)
    measured = Measured(apart, siblings, true_pairs, pairs, len(learning.register))
    return Learnt(proposed_levels(base, measured), apart.pairs, siblings.pairs)


def _true_pairs(learning: Learning, m_from: From) -> tuple[Shares, float]:
    if m_from == "none" or not learning.reported:
        return {}, 0.0
    tables = table_of(learning.reported.items()), table_of(learning.register.items())
    if m_from == "decisions":
        return m_from_decisions(*tables, learning.accepted), len(learning.accepted)
    return m_by_em(*tables), len(learning.reported) * EM_COUNTS_AS


def _guarded(
    base: Weights, levels: dict[Pair, LevelWeight], name: str
) -> tuple[Weights, Safety, Safety]:
    reasons = implausible(base.table, levels)
    try:
        weights = read_weights(canonical(name, base, levels))
    except WeightsRefused as refusal:
        raise ModelRefused([*reasons, refusal.words]) from None
    old, new = safety_of(base), safety_of(weights)
    reasons += less_safe(old, new)
    if reasons:
        raise ModelRefused(reasons)
    return weights, old, new


def _beside(base: Weights, new: Weights, size: int) -> list[dict[str, Any]]:
    """Every level that changed: its shares and bits, before and after."""
    rows = []
    for pair, after in new.table.items():
        before = base.table[pair]
        if _shares(before) == _shares(after):
            continue
        bits = [weights.of(pair, size=size) for weights in (base, new)]
        rows.append(
            {
                "field": FIELD_NAMES[pair[0]],
                "level": WORDS[pair],
                "old": _shares(before) | {"bits": [round(each, 2) for each in bits[0]]},
                "new": _shares(after) | {"bits": [round(each, 2) for each in bits[1]]},
            }
        )
    return rows


def _shares(level: LevelWeight) -> dict[str, Any]:
    return level.model_dump(
        include={"m", "random", "term", "share_of", "sibling"}, exclude_none=True
    )


def _figures(safety: Safety) -> dict[str, int]:
    return {key: value for key, value in asdict(safety).items() if key != "points"}


def _curves(
    base: Weights, new: Weights, old_safety: Safety, new_safety: Safety, curve: Curve
) -> dict[str, Any]:
    old, after = curve(base), curve(new)
    of = "decisions"
    if old is None or after is None:
        old, after, of = old_safety.points, new_safety.points, "invented families"
    return {
        "curve_of": of,
        "curve": {"old": in_report(reliability(old)), "new": in_report(reliability(after))},
    }
