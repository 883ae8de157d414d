"""What a trial found, as it may be shown: counts, shares with their intervals, and what is hidden.

Whoever may open records sees every count; everybody else, and every file that leaves the service,
is shown none that could tell of one to five children.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.backtest.compare import Side
from mash_triage.backtest.figures import Key
from mash_triage.backtest.intervals import wilson
from mash_triage.backtest.suppression import hidden
from mash_triage.backtest.totals import Totals, is_published
from mash_triage.backtest.trial import Trial
from mash_triage.clocks.working_days import ONE_DAY, BankHolidays, is_working_day, london_day
from mash_triage.thresholds.shapes import Edition


@dataclass(frozen=True)
class Share:
    """So many of so many, and the interval at 95% in which the true share lies."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        """The share in percent; `of` is never 0 here."""
        return 100 * self.count / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """From and to, in percent."""
        low, high = wilson(self.count, self.of)
        return 100 * low, 100 * high


@dataclass(frozen=True)
class Findings:
    """The figures of one trial. A count that is hidden is None."""

    old: Side
    new: Side
    levels_compare: bool
    since: datetime
    until: datetime
    first: datetime | None
    last: datetime | None
    done: int
    of: int
    seconds: float
    working_days: int
    totals: Totals
    hidden: frozenset[Key]

    @property
    def is_whole(self) -> bool:
        """Were all contacts read, or was it stopped before?"""
        return self.done == self.of

    @property
    def counts(self) -> dict[Key, int]:
        """Every count, hidden or not: only to find out what there is."""
        return self.totals.counts

    def listed(self, *key: str) -> list[UUID]:
        """The newest children behind a count; none behind one that is hidden."""
        return [] if key in self.hidden else self.totals.listed(key)

    def count(self, *key: str) -> int | None:
        """One count; 0 when nobody was counted, None when it is hidden."""
        return None if key in self.hidden else self.counts.get(key, 0)

    def share(self, part: Key, whole: Key) -> Share | None:
        """A share, unless one of its counts is hidden or nobody was counted."""
        count, of = self.count(*part), self.count(*whole)
        return Share(count, of) if count is not None and of else None

    def came_back(self, days: int, which: str) -> Share | None:
        """Of those followed so long, who came back; unless hidden or nobody was."""
        yes, no = (self.count("back", str(days), which, said) for said in ("yes", "no"))
        return Share(yes, yes + no) if yes is not None and no is not None and yes + no else None

    def a_day(self, *key: str) -> float | None:
        """Children a working day."""
        count = self.count(*key)
        return None if count is None or not self.working_days else count / self.working_days

    def below(self, *start: str) -> list[str]:
        """The last codes of all counts whose name is one longer than this and begins so."""
        size = len(start)
        return sorted({k[size] for k in self.counts if len(k) == size + 1 and k[:size] == start})


def findings_of(
    trial: Trial, *, seconds: float, holidays: BankHolidays, to_leave: bool, by: Actor
) -> Findings:
    """What the trial found, for this person, or for a file that leaves the service (`to_leave`)."""
    totals = Totals(trial.tally)
    unpublished = [key for key in totals.counts if not is_published(key)]
    sees_all = by.can(Permission.SEE_FRONT_DOOR) and not to_leave
    return Findings(
        old=trial.comparison.old,
        new=trial.comparison.new,
        levels_compare=trial.comparison.levels_compare,
        since=trial.past.since,
        until=trial.past.until,
        first=trial.first,
        last=trial.last,
        done=trial.done,
        of=trial.of,
        seconds=seconds,
        working_days=_working_days(trial, holidays),
        totals=totals,
        hidden=frozenset() if sees_all else hidden(totals.counts, totals.sums, unpublished),
    )


def _working_days(trial: Trial, holidays: BankHolidays) -> int:
    """The working days from the oldest decision read to the newest, both counted."""
    if trial.first is None or trial.last is None:
        return 0
    week = trial.comparison.old.edition.clocks.weekdays
    day, last, count = london_day(trial.first), london_day(trial.last), 0
    while day <= last:
        count += is_working_day(day, week=week, holidays=holidays)
        day += ONE_DAY
    return count


def same_rule(code: str, one: Edition, other: Edition) -> bool:
    """Do both editions have this rule, with the same effect under the same conditions?"""
    rules = [{rule.code: rule for rule in each.rule}.get(code) for each in (one, other)]
    plain = [rule and (rule.when, rule.level, rule.route) for rule in rules]
    return plain[0] is not None and plain[0] == plain[1]
