"""New weights from what was measured, and the canonical file that holds them."""

from dataclasses import dataclass
from math import log2

from mash_triage.matching.levels import Field, Level
from mash_triage.matching.training.measures import ONE_EVENT, Counts
from mash_triage.matching.training.with_splink import Shares
from mash_triage.matching.weights import LevelWeight, Pair, Weights

WORTH_RANDOM = 20_000.0  # pairs that the weights in force count as beside those that were measured
WORTH_SIBLING = 200.0
WORTH_TRUE = 200.0
MOST_BITS = 3.0  # a share that moves further was measured wrongly, or on something else
FEWEST_SEEN = 5.0  # true pairs with a level, without which its share is not measured
FEWEST_NAMESAKES = 50  # pairs of strangers of one name, without which no share of names is measured

# What tells brothers and sisters apart. Their share only grows: that a register has few twins is no
# reason to trust that a child is not one. Their address and mother are one on a register by
# definition, and are reported rightly or wrongly as the child's own: their share moves with m.
OF_SIBLINGS = frozenset({Field.GIVEN, Field.FAMILY, Field.DOB})
# The share of a name is that of its first word: whoever agrees in it bears the name.
ONE_NAME = (Level.EXACT, Level.SHARES_FIRST, Level.FIRST_ONLY)
AS_SET = frozenset({Level.NICKNAME, Level.FIRST_ONLY, Level.SHARES_OTHER})


@dataclass(frozen=True)
class Measured:
    """All that was measured: strangers, brothers and sisters, and m by field and level from so
    many true pairs; `size` is the register's.
    """

    strangers: Counts
    siblings: Counts
    true: Shares
    true_pairs: float
    size: int

    def hardly_shows(self, pair: Pair) -> bool:
        """Whether so few true pairs gave this level that nothing can be said of its weight."""
        share = self.true.get(pair[0], {}).get(pair[1])
        return share is not None and share * self.true_pairs < FEWEST_SEEN


# Levels that two records of a register hardly show: their m moves with that of the wider one.
FOLLOWS: dict[Pair, Pair] = {
    (Field.DOB, Level.NEW_YEAR): (Field.DOB, Level.ONE_PART),
    (Field.ADDRESS, Level.SAME_HOUSE_BEFORE): (Field.ADDRESS, Level.SAME_HOUSE),
    (Field.ADDRESS, Level.SAME_POSTCODE_BEFORE): (Field.ADDRESS, Level.SAME_POSTCODE),
    (Field.ADDRESS, Level.SAME_STREET): (Field.ADDRESS, Level.SAME_POSTCODE),
}


def proposed_levels(base: Weights, measured: Measured) -> dict[Pair, LevelWeight]:
    """Every level of the new weights; what was not measured stays as it is in `base`."""
    return {pair: _level(pair, before, base, measured) for pair, before in base.table.items()}


def _level(pair: Pair, before: LevelWeight, base: Weights, measured: Measured) -> LevelWeight:
    if before.m is None or before.sibling is None or measured.hardly_shows(FOLLOWS.get(pair, pair)):
        return before
    m = _m(pair, before.m, base, measured)
    changes = {"m": m} | _among_strangers(pair, before, base, measured)
    if pair[0] in OF_SIBLINGS and measured.siblings.measures(pair):
        seen = _among_siblings(pair, m, before.sibling, measured.siblings)
        changes["sibling"] = max(seen, before.sibling)
    elif pair[0] in (Field.ADDRESS, Field.MOTHER):
        changes["sibling"] = min(1.0, before.sibling * m / before.m)
    rounded = {key: float(f"{value:.4g}") for key, value in changes.items()}
    moved = sorted(key for key, value in rounded.items() if value != getattr(before, key))
    if not moved:
        return before
    first = before.source.rpartition("; before that: ")[2]
    source = f"measured on this authority's register: {', '.join(moved)}; before that: {first}"
    return before.model_copy(update=rounded | {"source": source})


def _m(pair: Pair, before: float, base: Weights, measured: Measured) -> float:
    said = measured.true.get(pair[0], {})
    if pair in FOLLOWS:
        wider = base.table[FOLLOWS[pair]].m or 1.0
        return min(1.0, before * _m(FOLLOWS[pair], wider, base, measured) / wider)
    if pair[1] not in said:
        return before
    levels = ONE_EVENT if pair[1] in ONE_EVENT else {pair[1]}
    share = sum(said.get(level, 0.0) for level in levels)
    weight = measured.true_pairs
    return (share * weight + before * WORTH_TRUE) / (weight + WORTH_TRUE)


def _among_strangers(
    pair: Pair, before: LevelWeight, base: Weights, measured: Measured
) -> dict[str, float]:
    """A share outright, so many children out of all, or so many times the share of a name."""
    counts, size = measured.strangers, base.size(measured.size)
    if not counts.measures(pair):
        return {}
    if before.random is not None:
        share = counts.share(pair, believed=before.random, worth=WORTH_RANDOM)
        return {"random": held(share, before.random)}
    if before.share_of is not None:
        believed = min(1.0, before.share_of / size)
        share = counts.share(pair, believed=believed, worth=WORTH_RANDOM)
        return {"share_of": held(share, believed) * size}
    namesakes = sum(counts.levels[pair[0], level] for level in ONE_NAME)
    if before.term is None or pair[1] in AS_SET or namesakes < FEWEST_NAMESAKES:
        return {}
    one_name = namesakes / counts.known[pair[0]]
    share = counts.share(pair, believed=before.term * one_name, worth=WORTH_RANDOM)
    return {"term": min(held(share / one_name, before.term), 10.0)}


def _among_siblings(pair: Pair, m: float, before: float, siblings: Counts) -> float:
    """How often a brother or sister gives this level, as they are reported.

    Where the two records agree, what is reported strays from it as often as for the child herself.
    """
    told = {"worth": WORTH_SIBLING}
    agree = siblings.share((pair[0], Level.EXACT), believed=_agreed(before, m, pair), **told)
    if pair[1] is Level.EXACT:
        return held(agree * m, before)
    apart = siblings.seen(pair) / (siblings.known[pair[0]] + WORTH_SIBLING)
    return held(min(1.0, agree * m + apart), before)


def _agreed(before: float, m: float, pair: Pair) -> float:
    """What was believed of agreement: for the level itself, turned back from how it is reported."""
    return min(1.0, before / m) if pair[1] is Level.EXACT else 0.0


def held(new: float, old: float) -> float:
    """A measured share, moved by no more than three bits at a time."""
    return min(max(new, old / 2**MOST_BITS), old * 2**MOST_BITS)


def bits_moved(new: float, old: float) -> float:
    """By how many bits a share moved."""
    return log2(new / old)


# ---------------------------------------------------------------- the file


def canonical(name: str, base: Weights, levels: dict[Pair, LevelWeight]) -> str:
    """The weights as a file: one order, one way to write a number, so that its digest is theirs."""
    parts = [f"name = {_text(name)}"]
    parts += [
        _table(heading, shape.model_dump(exclude_none=True))
        for heading, shape in (("prior", base.prior), ("thresholds", base.thresholds))
    ]
    parts += [
        _table(
            f"{field.value}.{level.value}", levels[field, level].model_dump(exclude_defaults=True)
        )
        for field in Field
        for level in Level
        if (field, level) in levels
    ]
    return "\n\n".join(parts) + "\n"


def _table(heading: str, values: dict[str, object]) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in values.items()]
    return "\n".join([f"[{heading}]", *lines])


def _value(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_value, value))}]"
    return repr(value)


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
