"""What strangers and what brothers and sisters on this register have in common, level by level.

Strangers are pairs drawn at random; brothers and sisters are all pairs of one household, which the
register itself knows exactly.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.matching.compare import levels_of
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.register_facts import RegisterFacts
from mash_triage.matching.siblings import is_one_child_twice
from mash_triage.matching.weights import Pair
from mash_triage.people.models import Person

RANDOM_PAIRS = 300_000
MOST_IN_A_HOUSEHOLD = 12  # more children than this live in a refuge, a hostel or a school
MOST_SIBLING_PAIRS = 200_000
SEED = 7

COUNTED: dict[Field, frozenset[Level]] = {
    Field.GIVEN: frozenset(Level) - {Level.INITIAL},
    Field.FAMILY: frozenset(Level),
    Field.DOB: frozenset({
        Level.EXACT, Level.DAY_MONTH_SWAPPED, Level.ONE_PART, Level.YEAR_ONLY, Level.DIFFERENT,
    }),
    Field.ADDRESS: frozenset({
        Level.SAME_HOUSE, Level.SAME_POSTCODE, Level.SAME_HOUSE_OTHER_POSTCODE, Level.SAME_AREA,
        Level.DIFFERENT,
    }),
    Field.MOTHER: frozenset(Level),
}  # fmt: skip
"""What two records of a register can show: whole dates, whole addresses, no initials."""

# Another spelling of a name is one event to whoever sets the weights: two levels share it.
ONE_EVENT = frozenset({Level.SOUNDS_ALIKE, Level.CLOSE})


@dataclass
class Counts:
    """How many pairs gave each level, and for each field in how many anything was known."""

    pairs: int = 0
    levels: Counter[Pair] = field(default_factory=Counter)
    known: Counter[Field] = field(default_factory=Counter)

    def add(self, one: Identity, other: Identity, facts: RegisterFacts) -> None:
        """Count one pair."""
        self.pairs += 1
        for pair in levels_of(one, other, facts):
            kind, level = pair
            if level is not Level.UNKNOWN and level in COUNTED.get(kind, ()):
                self.levels[pair] += 1
                self.known[kind] += 1

    def measures(self, pair: Pair) -> bool:
        """Whether these pairs can say anything about this level."""
        return pair[1] in COUNTED.get(pair[0], ()) and self.known[pair[0]] > 0

    def seen(self, pair: Pair) -> int:
        """In how many pairs a level was seen; both levels of one event count together."""
        levels = ONE_EVENT if pair[1] in ONE_EVENT else {pair[1]}
        return sum(self.levels[pair[0], level] for level in levels)

    def share(self, pair: Pair, *, believed: float, worth: float) -> float:
        """The share of a level among pairs where the field is known.

        What was believed before counts as so many pairs (`worth`), so that a level never seen is
        not taken for impossible.
        """
        return (self.seen(pair) + believed * worth) / (self.known[pair[0]] + worth)


def strangers(
    children: Sequence[Identity], facts: RegisterFacts, pairs: int = RANDOM_PAIRS
) -> Counts:
    """Pairs of children drawn at random, always the same for one register."""
    counts, rng = Counts(), Random(SEED)  # noqa: S311  (a sample, not a secret)
    if len(children) < 2:
        return counts
    for _ in range(pairs):
        one, other = rng.sample(range(len(children)), 2)
        counts.add(children[one], children[other], facts)
    return counts


def brothers_and_sisters(households: Iterable[Sequence[Identity]], facts: RegisterFacts) -> Counts:
    """All pairs of one household, without those who look like one child with two records."""
    counts = Counts()
    for children in households:
        if len(children) > MOST_IN_A_HOUSEHOLD:
            continue
        for one, other in combinations(children, 2):
            if not is_one_child_twice(one, other):
                counts.add(one, other, facts)
        if counts.pairs >= MOST_SIBLING_PAIRS:
            break
    return counts


def households_of(session: Session, children: dict[int, Identity]) -> list[list[Identity]]:
    """The children of each household in which there are several."""
    rows = session.execute(
        select(Person.household_id, Person.id)
        .where(Person.household_id.is_not(None), Person.kind == "child")
        .order_by(Person.household_id, Person.id)
        .execution_options(yield_per=10_000)
    )
    together: dict[int, list[Identity]] = {}
    for household, person in rows:
        if household is not None and person in children:
            together.setdefault(household, []).append(children[person])
    return [each for each in together.values() if len(each) > 1]
