"""The shape of a promise: what must follow within a time, as an edition says it."""

from datetime import time
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from mash_triage.clocks.moments import Moment
from mash_triage.thresholds.clock_times import Hours, Shape, WorkingDays
from mash_triage.thresholds.words import Code, Words

Moments = Annotated[tuple[Moment, ...], Field(min_length=1)]
Percent = Annotated[int, Field(ge=1, le=99)]
LENGTHS = (
    "within_hours",
    "within_days",
    "within_opening_hours",
    "within_working_days",
    "hours_after_opening",
    "before_time_of_day",
    "set_with_it",
)


class Holder(StrEnum):
    """Who keeps a promise, and who is told of it. `worker` is whoever took the child up, and the
    managers where nobody has; `decider` the manager who decided.
    """

    WORKER = "worker"
    DECIDER = "decider"
    MANAGERS = "managers"
    EARLY_HELP = "early_help"


class Promise(Shape):
    """Something that must follow, and how soon: started by any of `starts`, kept by any of `stops`,
    and no longer wanted after any of `lapses`.

    It is counted from what starts it, or from `counted_from` where that is another moment. Exactly
    one length is given: hours elapsed; days of the calendar; hours while the front door is open;
    working days, to the same time of day or to the day's close; hours after the next opening; the
    next time that a working day comes to `before_time_of_day`, as school does; or `set_with_it`,
    where each comes with a time of its own, `at_most_days` later. `source` says who set it.
    """

    code: Annotated[Code, Field(max_length=40)]
    words: Words
    starts: Moments
    stops: Moments
    lapses: tuple[Moment, ...] = ()
    counted_from: Moment | None = None
    within_hours: Hours | None = None
    within_days: Annotated[int, Field(ge=1, le=366)] | None = None
    within_opening_hours: Hours | None = None
    within_working_days: WorkingDays | None = None
    until_close: bool = False
    hours_after_opening: Annotated[int, Field(ge=0, le=24)] | None = None
    before_time_of_day: time | None = None
    set_with_it: bool = False
    at_most_days: Annotated[int, Field(ge=1, le=366)] | None = None
    warn_at_percent: tuple[Percent, ...] = ()
    owner: Holder
    tell: tuple[Holder, ...] = ()
    tell_when_past: tuple[Holder, ...] = ()
    source: Words

    @model_validator(mode="after")
    def _says_one_length(self) -> Self:
        given = [getattr(self, name) for name in LENGTHS]
        if sum(each is not None and each is not False for each in given) != 1:
            raise ValueError(f"give one of {', '.join(LENGTHS[:-1])} and {LENGTHS[-1]}")
        if self.until_close and self.within_working_days is None:
            raise ValueError("until_close goes with within_working_days")
        if self.at_most_days is not None and not self.set_with_it:
            raise ValueError("at_most_days goes with set_with_it")
        return self

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if list(self.warn_at_percent) != sorted(set(self.warn_at_percent)):
            raise ValueError("the warning points must rise")
        if set(self.starts) & {*self.stops, *self.lapses}:
            raise ValueError("what starts a promise cannot end it")
        return self
