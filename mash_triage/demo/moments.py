"""When each contact of a period comes, and from which kind of source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.demo.calendar import ONE_DAY, moment_in, weight_of

YEAR_OF_CHILDREN = 9_405
"""Child-contacts in a year."""

CHILDREN_A_CONTACT = 1.207
"""The mean number of children on a contact."""

FRESH = timedelta(hours=22)
"""How far back the children reach who are still open and not yet late."""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of source: its share of contacts in 10,000, its rhythm, and who writes (weights)."""

    share: int
    rhythm: str
    voices: tuple[tuple[str, str, int], ...]


SOURCES = (
    Source(4000, "police", (("police", "6", 1),)),
    Source(1536, "school", (("school", "2A", 1),)),
    Source(177, "school", (("education", "2B", 1),)),
    Source(
        950,
        "office",
        (
            ("health_visitor", "3B", 36),
            ("gp", "3A", 24),
            ("midwife", "3F", 14),
            ("camhs", "3F", 14),
            ("school_nurse", "3C", 12),
        ),
    ),
    Source(316, "hospital", (("hospital", "3E", 1),)),
    Source(110, "office", (("housing", "4", 1),)),
    Source(
        1190,
        "office",
        (("early_help", "5D", 56), ("early_help", "5A", 16), ("other_authority", "5C", 28)),
    ),
    Source(329, "office", (("probation", "7", 1),)),
    Source(413, "office", (("charity", "8", 65), ("nursery", "8", 35))),
    Source(684, "public", (("relative", "1A", 50), ("neighbour", "1B", 30), ("self", "1C", 20))),
    Source(177, "public", (("anonymous", "9", 1),)),
    Source(118, "public", (("anonymous", "10", 1),)),
)
"""Police 40 %; the rest in the proportions of England's referrals of 2019-20 (DfE table C5)."""


def moments_of(
    chance: Random, first_day: date, last_moment: datetime, share: float, open_now: int
) -> list[tuple[datetime, Source]]:
    """All moments of a period, oldest first, none after the last moment.

    `share` scales the year; at least `open_now` children's worth comes in the last hours, so that
    a board looked at on a Monday morning is not empty.
    """
    days = _days(first_day, london_day(last_moment))
    year = _days(days[-1] - 364 * ONE_DAY, days[-1])
    moments: list[tuple[datetime, Source]] = []
    owed = 0.0
    for source in SOURCES:
        busy = sum(weight_of(day, source.rhythm) for day in days)
        whole = sum(weight_of(day, source.rhythm) for day in year)
        a_year = YEAR_OF_CHILDREN / CHILDREN_A_CONTACT * share * source.share / 10_000
        owed += a_year * busy / whole
        count = round(owed)
        owed -= count
        moments += _spread(chance, source, days, count, last_moment)
    begins = datetime.combine(first_day, time(0), LONDON)
    return _topped_up(chance, moments, last_moment, open_now, begins)


def _when(moment: tuple[datetime, Source]) -> datetime:
    return moment[0]


def _days(first: date, last: date) -> list[date]:
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def _spread(
    chance: Random, source: Source, days: Sequence[date], count: int, last_moment: datetime
) -> list[tuple[datetime, Source]]:
    """Evenly over the days by their weight, each at an hour of the source's own rhythm."""
    heights = list(accumulate(weight_of(day, source.rhythm) for day in days))
    moments, place = [], 0
    for step in range(count):
        height = heights[-1] * (step + chance.random()) / count
        while heights[place] < height:
            place += 1
        moments.append((_not_after(chance, source, days, place, last_moment), source))
    return moments


def _not_after(
    chance: Random, source: Source, days: Sequence[date], place: int, last_moment: datetime
) -> datetime:
    for _ in range(20):
        moment = moment_in(days[place], source.rhythm, chance)
        if moment <= last_moment:
            return moment
    earlier = [day for day in days[:place] if weight_of(day, source.rhythm)]
    if earlier:
        return moment_in(earlier[-1], source.rhythm, chance)
    return max(datetime.combine(days[0], time(0, 1), UTC), last_moment - timedelta(hours=2))


ANY_HOUR = tuple(source for source in SOURCES if source.rhythm in ("police", "hospital", "public"))


def _topped_up(
    chance: Random,
    moments: list[tuple[datetime, Source]],
    last_moment: datetime,
    open_now: int,
    begins: datetime,
) -> list[tuple[datetime, Source]]:
    """With enough contacts in the last hours: some come later than chance had it, or are added."""
    window = min(FRESH, last_moment - begins)
    needed = int(open_now / CHILDREN_A_CONTACT * (window / FRESH))
    fresh = sum(moment > last_moment - window for moment, _ in moments)
    movable = [
        place
        for place, (moment, source) in enumerate(moments)
        if source in ANY_HOUR and moment <= last_moment - window
    ]
    missing = max(0, needed - fresh)
    for place in chance.sample(movable, min(missing, len(movable))):
        moments[place] = (_within(chance, window, last_moment), moments[place][1])
    for _ in range(missing - len(movable)):
        source = chance.choices(ANY_HOUR, [source.share for source in ANY_HOUR])[0]
        moments.append((_within(chance, window, last_moment), source))
    return sorted(moments, key=_when)


def _within(chance: Random, window: timedelta, last_moment: datetime) -> datetime:
    moment = last_moment - window * chance.uniform(0.01, 0.99)
    return moment.replace(microsecond=0)
