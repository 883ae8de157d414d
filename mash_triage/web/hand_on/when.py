"""When something really was: a day and a time in London, or now where both are left empty."""

from datetime import date, datetime, time

import streamlit as st

from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.errors import NotReady
from mash_triage.web.kept import Kept

Typed = tuple[date | None, str]


def asked(kept: Kept, label: str, *, name: str = "", recorded: datetime | None = None) -> Typed:
    """The two fields, as they were typed or else as recorded; a form that asks twice names the
    second.
    """
    day_then, time_then = None, ""
    if recorded is not None:
        day_then, time_then = london_day(recorded), f"{recorded.astimezone(LONDON):%H:%M}"
    of_day, of_time = f"{name}day", f"{name}time"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            label, value=kept.day(of_day) or day_then, format="DD/MM/YYYY", key=kept.key(of_day)
        )
        clock = st.text_input(
            "Time, such as 14:30", value=kept.text(of_time) or time_then, key=kept.key(of_time)
        )
    return day, clock.strip()


def moment_of(typed: Typed) -> datetime | None:
    """The moment; None where both are empty; refused where one is, or the time is none."""
    day, clock = typed
    if day is None and not clock:
        return None
    try:
        parts = time.fromisoformat(clock.replace(".", ":"))
    except ValueError:
        parts = None
    if day is None or parts is None:
        raise NotReady("Give both the day and the time, such as 14:30.")
    return datetime.combine(day, parts.replace(tzinfo=None), tzinfo=LONDON)
