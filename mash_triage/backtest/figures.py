"""The smallest counts of a trial: where one child is counted, and in which groups she falls.

A count is named by a tuple of codes, such as ("flow", "4 s17", "3 s17", "stay"). All other counts
are sums of these; see `totals`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from mash_triage.backtest.compare import Compared, Move
from mash_triage.backtest.past import PastContact
from mash_triage.thresholds.quick import Result
from mash_triage.thresholds.suggest import FactsForSuggestion, days_at_age

Key = tuple[str, ...]
Way = tuple[str, str, str]
"""The route by the old edition, by the new one, and the move from one to the other."""
Place = tuple[int, UUID]
"""The place of a child in the order of reading (newest decision first), and the child's id."""

LISTED = 50  # children kept for the list behind a figure, the newest; the count knows of all
CAME_BACK_WITHIN = (90, 180, 365)  # days after the decision
SPLITS = ("age", "sex", "ethnicity", "disability", "source")
NOT_KNOWN = "not_known"
NO_RULE = "-"  # no rule of that edition gives what the child would get: it is where all begin

_WITHIN = tuple((str(days), timedelta(days=days)) for days in CAME_BACK_WITHIN)
_AGES = ((1, "under_1"), (5, "1_to_4"), (10, "5_to_9"), (16, "10_to_15"), (200, "16_and_over"))
"""The age groups of the children in need census (Department for Education)."""
AGE_LIMITS = tuple(days_at_age(years) for years, _ in _AGES)
"""The ages in days at which those groups end."""


@dataclass
class Tally:
    """Counts, and for each the newest children behind it. It does not grow with their number."""

    counts: Counter[Key] = field(default_factory=Counter)
    listed: dict[Key, list[Place]] = field(default_factory=dict)
    read: int = 0

    def add(self, child: UUID, keys: Iterable[Key]) -> None:
        """Count one child under each of these names."""
        counts, place = self.counts, self.read
        self.read += 1
        for key in keys:
            count = counts[key]
            counts[key] = count + 1
            if count < LISTED:
                self.listed.setdefault(key, []).append((place, child))


def keys_of_facts(facts: FactsForSuggestion, compared: Compared) -> Iterator[Key]:
    """The smallest counts to which one child adds one by the frozen facts alone."""
    move = compared.move.value
    yield "flow", node(compared.old), node(compared.new), move
    yield "age", age_band(facts), move
    if compared.move is not Move.STAY:
        yield "rule", move, compared.rule or NO_RULE
        for code in facts.indicators:
            yield "indicator", move, code


def keys_of_contact(past: PastContact, way: Way, *, at: datetime) -> tuple[Key, ...]:
    """The smallest counts to which one child adds one by what was told, and what came later."""
    move = way[-1]
    return (
        ("area", area_of(past.postcode), *way),
        ("sex", past.sex, move),
        ("ethnicity", _answer(past.ethnicity), move),
        ("disability", _answer(past.disabled), move),
        ("source", past.source, move),
        *[("back", days, *way, came_back(past, within, at=at)) for days, within in _WITHIN],
    )


def way_of(compared: Compared) -> Way:
    """From which route to which this child goes."""
    return compared.old.route.value, compared.new.route.value, compared.move.value


def node(result: Result) -> str:
    """A result as one code, to flow from or to: `4 s17`."""
    return f"{result.level} {result.route.value}"


def area_of(postcode: str | None) -> str:
    """The postcode district, which is as near as a figure ever comes to a home: `ZA1 4QT` → `ZA1`.

    Its last three characters are the part within the district, with or without a space.
    """
    district = (postcode or "").replace(" ", "")[:-3]
    return district or NOT_KNOWN


def age_band(facts: FactsForSuggestion) -> str:
    """The age group of a child on the day of the contact."""
    if facts.unborn:
        return "unborn"
    if facts.age_days is None:
        return NOT_KNOWN
    return next(band for years, band in _AGES if facts.age_days < days_at_age(years))


def _answer(said: str | None) -> str:
    """An answer, or not known: nothing was said, or a reason for not saying (a JSON object, or the
    census code for not yet obtained).
    """
    return NOT_KNOWN if said is None or said == "NOBT" or said.startswith("{") else said


def came_back(past: PastContact, within: timedelta, *, at: datetime) -> str:
    """`yes`, `no`, or `too_soon` when not all of this time has gone by since the decision."""
    until = past.decided_at + within
    if until > at:
        return "too_soon"
    return "yes" if past.back_at is not None and past.back_at <= until else "no"
