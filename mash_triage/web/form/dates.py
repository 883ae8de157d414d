"""Dates and times as three or four short fields; what is no date is kept as it was typed."""

import re
from datetime import datetime
from html import escape

import streamlit as st

from mash_triage.clocks.working_days import LONDON
from mash_triage.web.form.fields import Raws, box, exchange, gap_of
from mash_triage.web.form.state import Form
from mash_triage.web.wording import london

PARTS = (("Day", 2), ("Month", 2), ("Year", 4))
_TIME = re.compile(r"(\d{1,2})[:.h ]?(\d{2})")


def day(form: Form, path: str, label: str, *, hint: str = "", gap: str | None = None) -> str | None:
    """A date as day, month and year, `2017-03-09`. Half a date stays half a date, and
    `problems_of` asks for a real one.
    """
    typed, is_new = _fields(form, path, label, hint, _parts_of_day(form.get(path)), PARTS)
    written = _written(typed)
    if is_new:
        form.put(path, written or gap_of(gap))
    return written


def moment(form: Form, path: str, label: str, *, hint: str = "") -> None:
    """A day and a time on a London clock."""
    parts = (*PARTS, ("Time", 5))
    typed, is_new = _fields(form, path, label, hint, _parts_of_moment(form.get(path)), parts)
    if is_new:
        form.put(path, _moment_written(typed))


def _fields(
    form: Form,
    path: str,
    label: str,
    hint: str,
    stored: Raws,
    parts: tuple[tuple[str, int], ...],
) -> tuple[Raws, bool]:
    keys = [f"{form.key(path)}-{name.lower()}" for name, _most in parts]

    def draw(raws: Raws) -> Raws:
        with st.container(horizontal=True, key=f"{form.key(path)}-parts"):
            return tuple(
                st.text_input(
                    f"{name} (24 hours, as 14:35)" if name == "Time" else name,
                    value=value or "",
                    key=key,
                    max_chars=most,
                    width=50 + 18 * most,
                    autocomplete="off",
                )
                or ""
                for (name, most), key, value in zip(parts, keys, raws, strict=True)
            )

    with box(form, path):
        small = f'<br><span class="mash-note">{escape(hint)}</span>' if hint else ""
        st.html(f'<p class="mash-legend">{escape(label)}{small}</p>')
        return exchange(form, path, keys, stored, draw)


def _written(parts: Raws) -> str | None:
    """Three fields as one date; None when all are empty. Numbers are written out in full."""
    day, month, year = (part.strip().replace("-", "/") for part in parts)
    if not (day or month or year):
        return None
    return (
        f"{year:0>4}-{month:0>2}-{day:0>2}" if day and month and year else f"{year}-{month}-{day}"
    )


def _parts_of_day(answer: object) -> Raws:
    """A date as it is shown in three fields, without leading noughts."""
    if not isinstance(answer, str) or answer.count("-") != 2:
        return ("", "", "")
    year, month, day = (part.lstrip("0") for part in answer.split("-"))
    return (day, month, year)


def _moment_written(parts: Raws) -> str | None:
    """Four fields as one moment with London's offset, or as typed when it is not a real one."""
    day, time = _written(parts[:3]), parts[3].strip()
    if day is None and not time:
        return None
    found = _TIME.fullmatch(time)
    clock = f"{found[1]:0>2}:{found[2]}" if found else time
    written = f"{day or '--'}T{clock}"
    try:
        return datetime.fromisoformat(written).replace(tzinfo=LONDON).isoformat()
    except ValueError:
        return written


def _parts_of_moment(answer: object) -> Raws:
    if not isinstance(answer, str) or "T" not in answer:
        return ("", "", "", "")
    try:
        there = london(datetime.fromisoformat(answer))
    except ValueError:
        date, _, time = answer.partition("T")
        return (*_parts_of_day(date), time)
    return (str(there.day), str(there.month), str(there.year), f"{there:%H:%M}")
