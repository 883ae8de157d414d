"""Fields of these forms: no answer is preselected; what is typed is kept until it is recorded."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from mash_triage.clocks.working_days import LONDON
from mash_triage.errors import NotReady
from mash_triage.web.kept import Kept

Code = TypeVar("Code", bound=StrEnum)

WRITE_TIME = "Write the time as 14:30."


def line(kept: Kept, name: str, label: str) -> str:
    """One line of words."""
    return st.text_input(label, value=kept.text(name), key=kept.key(name))


def words(kept: Kept, name: str, label: str, *, height: int = 80) -> str:
    """Several lines of words."""
    return st.text_area(label, value=kept.text(name), key=kept.key(name), height=height)


def choice(kept: Kept, name: str, label: str, codes: Mapping[Code, str]) -> Code | None:
    """One of a few."""
    return st.radio(
        label,
        list(codes),
        index=kept.index(name, list(codes)),
        format_func=codes.__getitem__,
        key=kept.key(name),
        horizontal=True,
    )


def one_of(kept: Kept, name: str, label: str, options: Sequence[str], *, begins: str = "") -> str:
    """One of a list, or a name of one's own; empty when nothing was chosen."""
    typed = kept.text(name) or begins
    key = kept.key(name)
    if typed:
        st.session_state.setdefault(key, typed)
    known = [*options, *([typed] if typed and typed not in options else [])]
    chosen = st.selectbox(
        label,
        known,
        index=None,  # what it begins with can be taken out
        placeholder="Choose or write",
        accept_new_options=True,
        key=key,
    )
    return chosen or ""


def day(kept: Kept, name: str, label: str) -> date | None:
    """A day."""
    return st.date_input(label, value=kept.day(name), format="DD/MM/YYYY", key=kept.key(name))


def moment(kept: Kept, name: str, label: str) -> tuple[date | None, str]:
    """A day and a time of day beside it."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        on = day(kept, f"{name}_day", f"{label}: day")
    with right:
        clock = line(kept, f"{name}_time", f"{label}: time")
    return on, clock


def moment_of(told: tuple[date | None, str], asked: str) -> datetime:
    """Day and time as a moment in London; refused in words while one of them is missing."""
    on, clock = told
    if on is None or not clock.strip():
        raise NotReady(asked)
    return datetime.combine(on, time_of(clock), tzinfo=LONDON)


def time_of(words: str) -> time:
    """`14:30`, `14.30` or `9:05` as a time of day."""
    hours, _sign, minutes = words.strip().replace(".", ":").partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise NotReady(WRITE_TIME)
    try:
        return time(int(hours), int(minutes))
    except (ValueError, OverflowError):
        raise NotReady(WRITE_TIME) from None
