"""Rows that are added and removed: children, adults, people told. A removed one can come back."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from mash_triage.contacts.answers import filled_rows, rows_of, value_at
from mash_triage.web.form.state import REMOVED, Form, new_generation

NEW_CHILD: dict[str, Any] = {"age": {"kind": "born"}}
"""A child just added: most birth dates are known, so those fields are open."""


def add_button(
    form: Form, section: str, label: str, row: dict[str, Any] | None = None, *, quiet: bool = False
) -> None:
    """A button that adds a row at the end of a section."""
    if st.button(label, key=f"add-{section}", type="tertiary" if quiet else "secondary"):
        form.deed = partial(_add, form, section, row or {})


def remove_button(form: Form, section: str, index: int, label: str) -> None:
    """A button that takes one row away; it can be undone."""
    if st.button(label, key=f"remove-{section}-{index}", type="tertiary"):
        form.deed = partial(_remove, form, section, index)


def undo_button(form: Form, section: str, said: str) -> None:
    """Says that a row was removed, and brings it back."""
    removed = st.session_state.get(REMOVED)
    if form.silent or not removed or removed["where"] != f"{form.draft.id} {section}":
        return
    with st.container(key="removed", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{said}</p>', width="content")
        if st.button("Undo", key=f"undo-{section}"):
            form.deed = partial(_undo, form, section, removed)


def drop_blank(form: Form, section: str) -> None:
    """Rows in which nothing was written go, so that no error is about an empty row."""
    rows = rows_of(form.answers, section)
    if filled_rows(rows) != rows or form.get(section) is None:
        form.put(section, filled_rows(rows))
        new_generation()


def _add(form: Form, section: str, row: dict[str, Any]) -> None:
    section_rows = form.rows(section)
    _put(form, section, [*section_rows, row])
    if section == "children":
        form.go("children", child=len(section_rows))
    st.rerun()


def _remove(form: Form, section: str, index: int) -> None:
    rows = form.rows(section)
    st.session_state[REMOVED] = {
        "where": f"{form.draft.id} {section}",
        "index": index,
        "row": rows[index],
        "relations": _relations_to(form, index) if section == "children" else [],
    }
    _put(form, section, [row for n, row in enumerate(rows) if n != index])
    if section == "children":
        _renumber(form, lambda place: None if place == index else place - (place > index))
        form.go("children", child=max(0, min(form.child, len(rows) - 2)))
    st.rerun()


def _undo(form: Form, section: str, removed: dict[str, Any]) -> None:
    index = removed["index"]
    st.session_state.pop(REMOVED, None)
    if section == "children":  # before the row is back: its own relations keep their numbers
        _renumber(form, lambda place: place + (place >= index))
    rows = rows_of(form.answers, section)
    _put(form, section, [*rows[:index], removed["row"], *rows[index:]])
    if section == "children":
        _relate_again(form, index, removed["relations"])
        form.go("children", child=index)
    st.rerun()


def _relations_to(form: Form, index: int) -> list[dict[str, Any]]:
    """What the others are to one child, with who they are: it would go with the child."""
    return [
        {"section": section, "row": n, "name": name_in(row), "relation": each}
        for section in ("children", "household")
        for n, row in enumerate(rows_of(form.answers, section))
        for each in row.get("relations") or ()
        if each["child"] == index
    ]


def _relate_again(form: Form, index: int, relations: list[dict[str, Any]]) -> None:
    """What the others were to a child who is back, for all who are still in their places."""
    for lost in relations:
        rows, n = rows_of(form.answers, lost["section"]), lost["row"]
        if n < len(rows) and name_in(rows[n]) == lost["name"]:
            there = rows[n].get("relations") or []
            if all(each["child"] != index for each in there):
                both = sorted([*there, lost["relation"]], key=lambda each: each["child"])
                form.put(f"{lost['section']}[{n}].relations", both)
    form.save()


def _renumber(form: Form, moved: Callable[[int], int | None]) -> None:
    """What somebody is to a child follows the child to its new place, and goes with it."""
    for section in ("children", "household"):
        for n, row in enumerate(rows_of(form.answers, section)):
            kept = [
                {**each, "child": place}
                for each in row.get("relations") or ()
                if (place := moved(each["child"])) is not None
            ]
            if row.get("relations"):
                form.put(f"{section}[{n}].relations", kept)
    form.save()


def _put(form: Form, section: str, rows: list[Any]) -> None:
    form.put(section, rows)
    form.save()
    new_generation()


def name_in(row: Any) -> str:
    """A child's or an adult's name as far as it is given."""
    parts = [value_at(row, part) for part in ("given_names", "family_name", "name", "person")]
    return " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


def who_is_who(form: Form) -> None:
    """Which child is which. Names never stand in a label: there they would be read as Markdown."""
    children = form.rows("children")
    if form.silent or len(children) < 2:
        return
    names = "; ".join(
        f"child {n}: {escape(name_in(child) or 'no name yet')}"
        for n, child in enumerate(children, 1)
    )
    st.html(f'<p class="mash-note">{names[0].upper()}{names[1:]}.</p>')
