"""Asking for the fields of one part, and saying below each what is wrong with it now."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, time
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from mash_triage.editions.draft_text import Tables, Values
from mash_triage.web.levels.field import Asks, Field
from mash_triage.web.levels.values import choices, value_at, with_value

ROWS = 110  # pixels of a text of several lines
NARROW = 340  # pixels of a number, a day or a time


@dataclass(frozen=True)
class Asked:
    """The fields as drawn: the values that they give, and where to say what is wrong with each."""

    values: Values
    places: Mapping[str, Any]

    def say(self, faults: Mapping[str, list[str]]) -> None:
        """Say each fault below its field; `faults` are sentences by the field's path."""
        for path, words in faults.items():
            place = self.places.get(path, self.places[""])
            place.html("".join(f'<p class="mash-error">{escape(each)}</p>' for each in words))


def ask(fields: tuple[Field, ...], opened: Values, tables: Tables, key: str) -> Asked:
    """Draw the fields of a part with what it says, beneath their headings; a heading under which
    nothing is said yet is folded away.
    """
    values: Values = dict(opened)
    places = {"": st.empty()}
    for heading, group in groupby(fields, key=lambda each: each.under):
        together = list(group)
        with _beneath(heading, together, opened):
            for field in together:
                before = value_at(opened, field.name)
                raw = WIDGETS[field.asks](field, before, tables, f"{key} {field.name}")
                values = _laid_over(values, field, before, raw)
                places[field.name] = st.empty()
    return Asked(values, places)


def answered(fields: tuple[Field, ...], opened: Values, key: str) -> Values:
    """What the fields hold by now, though they are not drawn: the sign-in is over."""
    values: Values = dict(opened)
    for field in fields:
        here = f"{key} {field.name}"
        if here in st.session_state:
            before = value_at(opened, field.name)
            values = _laid_over(values, field, before, st.session_state[here])
    return values


def _laid_over(values: Values, field: Field, before: Any, raw: Any) -> Values:
    """The values with what a field holds, if that is anything else than before."""
    now = _in_order(before, raw) if field.asks is Asks.MANY else raw
    empty = now in (None, "", []) or now == field.empty
    if now == before or (empty and before in (None, "")):
        return values
    return with_value(values, field.name, None if empty else now)


def _in_order(before: Any, picked: list[Any]) -> list[Any]:
    """Those that were chosen before stay in the order of the document; new ones follow."""
    told = before if isinstance(before, list) else []
    return [each for each in told if each in picked] + [each for each in picked if each not in told]


def _beneath(heading: str, fields: list[Field], opened: Values) -> AbstractContextManager[object]:
    if not heading:
        return nullcontext()
    said = any(value_at(opened, each.name) is not None for each in fields)
    return st.expander(heading, expanded=said)


# ---------------------------------------------------------------- one field of each sort


def _line(field: Field, before: Any, _tables: Tables, key: str) -> Any:
    return st.text_input(
        field.label, str(before or ""), key=key, help=field.help or None, autocomplete="off"
    )


def _text(field: Field, before: Any, _tables: Tables, key: str) -> Any:
    return st.text_area(field.label, str(before or ""), key=key, height=ROWS)


def _number(field: Field, before: Any, _tables: Tables, key: str) -> Any:
    start = before if isinstance(before, int) and 1 <= before <= field.most else field.empty
    return st.number_input(
        field.label,
        min_value=1,
        max_value=field.most,
        value=start,
        step=1,
        key=key,
        width=NARROW,
    )


def _yes(field: Field, before: Any, _tables: Tables, key: str) -> Any:
    return st.checkbox(field.label, bool(before), key=key)


def _one(field: Field, before: Any, tables: Tables, key: str) -> Any:
    before = before if isinstance(before, str | int) else None
    known = _with(choices(tables, field.of), [before])
    options = list(known)
    return st.selectbox(
        field.label,
        options,
        index=options.index(before) if before in known else None,
        format_func=lambda code: known.get(code, str(code)),
        key=key,
        help=field.help or None,
        placeholder="None",
    )


def _many(field: Field, before: Any, tables: Tables, key: str) -> Any:
    told = before if isinstance(before, list) else []
    chosen = [each for each in told if isinstance(each, str)]
    known = _with(choices(tables, field.of), chosen)
    return st.multiselect(
        field.label,
        list(known),
        chosen,
        format_func=lambda code: known.get(code, str(code)),
        key=key,
        placeholder="None",
    )


def _day(field: Field, before: Any, _tables: Tables, key: str) -> Any:
    return st.date_input(
        field.label,
        before if isinstance(before, date) else None,
        key=key,
        format="DD/MM/YYYY",
        help=field.help or None,
        width=NARROW,
    )


def _time(field: Field, before: Any, _tables: Tables, key: str) -> Any:
    start = before if isinstance(before, time) else None
    return st.time_input(field.label, start, key=key, step=300, width=NARROW)


def _with(known: dict[Any, str], chosen: list[Any]) -> dict[Any, str]:
    """The choices, and what is chosen although the draft does not have it."""
    lost = {each: f"{each} (not in this draft)" for each in chosen if each and each not in known}
    return {**known, **lost}


WIDGETS = {
    Asks.LINE: _line,
    Asks.TEXT: _text,
    Asks.NUMBER: _number,
    Asks.YES: _yes,
    Asks.ONE: _one,
    Asks.MANY: _many,
    Asks.DAY: _day,
    Asks.TIME: _time,
}
