"""The times that an edition sets: opening hours, the working week, and the steps of a clock."""

from datetime import time
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Hours = Annotated[int, Field(ge=1, le=24 * 366)]
WorkingDays = Annotated[int, Field(ge=1, le=260)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEK: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)


class Shape(BaseModel):
    """What all parts of an edition share: they never change and hold no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ClockTimes(Shape):
    """The opening hours by which working days are counted, and the times that an area sets.

    The two decision clocks themselves, 24 hours and one working day, are the same everywhere.
    """

    red_within_hours: Hours
    opens: time
    closes: time
    time_zone: str
    working_week: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)]
    half_used_at_percent: Annotated[int, Field(ge=1, le=99)]
    nearly_used_at_percent: Annotated[int, Field(ge=1, le=99)]

    @field_validator("time_zone")
    @classmethod
    def _is_a_time_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (LookupError, OSError, ValueError) as fault:
            raise ValueError("is not a time zone") from fault
        return name

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("the opening time must be before the closing time")
        if self.half_used_at_percent >= self.nearly_used_at_percent:
            raise ValueError("the first step of a clock must be before the second")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone in which opening hours are read."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The days of the working week as numbers, Monday 0."""
        return frozenset(WEEK.index(day) for day in self.working_week)
