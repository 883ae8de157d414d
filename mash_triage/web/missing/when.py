"""A day and a time on a London clock, kept while they are typed."""

import re
from datetime import datetime, time

import streamlit as st

from mash_triage.clocks.working_days import LONDON
from mash_triage.errors import NotReady
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

_TIME = re.compile(r"([01]?\d|2[0-3])[:.h ]?([0-5]\d)")
TIME_WANTED = "Write the time as 14:30."

Typed = tuple[object, str]


def ask(mine: Kept, name: str, label: str, *, help: str | None = None) -> Typed:
    """The two fields side by side; nothing is filled in beforehand."""
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        day = st.date_input(
            f"{label}: day",
            value=mine.day(name),
            format="DD/MM/YYYY",
            key=mine.key(name),
            help=help,
        )
    with right:
        clock = st.text_input(
            f"{label}: time, as 14:30",
            value=mine.text(f"{name} time"),
            key=mine.key(f"{name} time"),
            autocomplete="off",
        )
    return day, clock


def read(visit: Visit, typed: Typed) -> datetime | None:
    """The moment that was typed, or none; half of one is refused in words."""
    day, clock = typed
    if day is None and not clock.strip():
        return None
    found = _TIME.fullmatch(clock.strip())
    if day is None or found is None:
        visit.refuse(NotReady(TIME_WANTED if day is not None else "Choose the day as well."))
    at = time(int(found[1]), int(found[2]))
    return datetime.combine(day, at, tzinfo=LONDON)  # type: ignore[arg-type]
