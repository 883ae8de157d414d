"""Dates and times as three or four short fields; what is no date is kept as it was typed."""

import re
from datetime import date, datetime
from html import escape

import streamlit as st

from mash_triage.clocks.working_days import LONDON
from mash_triage.web.form.date_words import read_date, real_date
from mash_triage.web.form.fields import Raws, box, exchange, gap_of
from mash_triage.web.form.state import Form
from mash_triage.web.wording import london

PARTS = (("Day", 2), ("Month", 2), ("Year", 4))
MOST_TYPED = 40  # characters: a whole date may be pasted into any part, and a name is no date
MID_MONTH = "15"  # of a birth of which only the month is known (Standard Safeguarding Dataset)
_TIME = re.compile(r"(\d{1,2})[:.h ]?(\d{2})")


def day(form: Form, path: str, label: str, *, hint: str = "", gap: str | None = None) -> str | None:
    """A date as day, month and year, `2017-03-09`. Half a date stays half a date, and
    `problems_of` asks for a real one.
    """
    typed, is_new = _fields(form, path, label, hint, _parts_of_day(form.get(path)), PARTS)
    written = _written(typed, on=form.today)
    if is_new:
        form.put(path, written or gap_of(gap))
    return written


def birth(form: Form, at: str, label: str, *, hint: str = "") -> str | None:
    """A birth date. With the month alone it is the middle of that month, and an estimate."""
    path = f"{at}.date_of_birth"
    typed, is_new = _fields(form, path, label, hint, _parts_of_day(form.get(path)), PARTS)
    born, month, year = (part.strip() for part in typed)
    month_only = bool(month and year and not born)
    written = _written((MID_MONTH, month, year) if month_only else typed, on=form.today)
    if is_new:
        was_month_only = str(form.get(path)).endswith(f"-{MID_MONTH}")
        form.put(path, written)
        if month_only or was_month_only:
            form.put(f"{at}.estimated", month_only)
    return written


def moment(form: Form, path: str, label: str, *, hint: str = "") -> None:
    """A day and a time on a London clock."""
    parts = (*PARTS, ("Time", 5))
    typed, is_new = _fields(form, path, label, hint, _parts_of_moment(form.get(path)), parts)
    if is_new:
        form.put(path, _moment_written(typed, on=form.today))


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
                    max_chars=MOST_TYPED,
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


def _written(parts: Raws, *, on: date) -> str | None:
    """Three fields as one date, or a whole date written in one of them; None when all are empty.
    What is no date stays as it was typed.
    """
    typed = [part.strip() for part in parts]
    if not any(typed):
        return None
    alone = [part for part in typed if part]
    real = read_date(alone[0], on=on) if len(alone) == 1 else real_date(*typed, on=on)
    day, month, year = (part.replace("-", "/") for part in typed)
    return real.isoformat() if real else f"{year}-{month}-{day}"


def _parts_of_day(answer: object) -> Raws:
    """A date as it is shown in three fields, without leading noughts."""
    if not isinstance(answer, str) or answer.count("-") != 2:
        return ("", "", "")
    year, month, day = (part.lstrip("0") or part for part in answer.split("-"))
    return (day, month, year)


def _moment_written(parts: Raws, *, on: date) -> str | None:
    """Four fields as one moment with London's offset, or as typed when it is not a real one."""
    day, time = _written(parts[:3], on=on), parts[3].strip()
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
        written, _, time = answer.partition("T")
        return (*_parts_of_day(written), time)
    return (str(there.day), str(there.month), str(there.year), f"{there:%H:%M}")
