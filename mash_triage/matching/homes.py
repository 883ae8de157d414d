"""What the record of one child says about the other children of the same home.

A mother recorded for one brother is the mother of the other whose record is silent; a number that
belongs to one sister was perhaps typed for the other. Without this a record that happens to hold
more would stand above the child's own.
"""

from collections import Counter

from mash_triage.matching.evidence import Evidence
from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import Field, Level
from mash_triage.matching.register_facts import RegisterFacts

Home = tuple[str, str, str]
Best = dict[Home, dict[Field, Evidence]]

# Of what one record says, which answers of another record of the home it may stand in for.
_STANDS_IN_FOR = {
    Field.MOTHER: frozenset({Level.UNKNOWN, Level.EXACT, Level.BORN_ONLY, Level.PART}),
    Field.DOB: frozenset({Level.UNKNOWN, Level.ESTIMATED_YEAR, Level.AGE_NEAR}),
    Field.NHS_NUMBER: frozenset({Level.UNKNOWN, Level.DIFFERENT}),
    Field.UPN: frozenset({Level.UNKNOWN, Level.DIFFERENT}),
}
_AGREES = frozenset({Level.EXACT, Level.SAME_AND_BORN, Level.EXPECTED_TOGETHER})


def home_of(known: Identity, facts: RegisterFacts) -> Home | None:
    """The present home, if it is one: a house that very many children share is none."""
    for place in known.places:
        if place.current and place.postcode and place.house and not facts.is_crowded(place):
            return place.postcode, place.house, place.flat
    return None


def best_of_homes(homes: list[Home | None], found: list[tuple[Evidence, ...]]) -> Best:
    """For each home with several candidates, the strongest agreement on a mother, a birth date or
    a number.
    """
    best: Best = {home: {} for home, count in Counter(homes).items() if home and count > 1}
    for home, evidence in zip(homes, found, strict=True):
        if home in best:
            for each in evidence:
                if each.level in _AGREES and each.field in _STANDS_IN_FOR:
                    before = best[home].get(each.field)
                    if before is None or each.stranger > before.stranger:
                        best[home][each.field] = each
    return best


def shared(home: Home | None, evidence: tuple[Evidence, ...], best: Best) -> tuple[Evidence, ...]:
    """One candidate's evidence, with what the records of its home add."""
    if home not in best:
        return evidence
    return tuple(_lifted(each, best[home].get(each.field)) for each in evidence)


def _lifted(own: Evidence, best: Evidence | None) -> Evidence:
    """What agrees with one child agrees with a brother or sister as often as the shares say."""
    if best is None or own.level not in _STANDS_IN_FOR[own.field]:
        return own
    bits = best.stranger - max(best.sibling, 0.0)
    if bits <= own.stranger:
        return own
    level = own.level if own.level is Level.EXACT else Level.OF_THE_HOME
    return Evidence(own.field, level, bits, 0.0)
