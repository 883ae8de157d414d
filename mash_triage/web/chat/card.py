"""What was understood, beside the talk: each fact with its words, and a button to edit it."""

from functools import partial
from html import escape
from typing import Any

import streamlit as st

from mash_triage.chat.beside_form import FROM_FORM
from mash_triage.chat.state import Fact, Talk
from mash_triage.web.chat.labels import LABELS, value_words

EDITING = "_chat_editing"
LONGEST = 90


def draw(talk: Talk) -> partial[tuple[Fact, Any]] | None:
    """The card, by person; gives the change that was asked for, if any."""
    changed = None
    st.html("<h2>What I have understood</h2>")
    groups = list(_groups(talk))
    if not groups:
        st.html('<p class="mash-note">Nothing yet. It fills in as you write.</p>')
    for title, facts in groups:
        st.html(f"<h3>{escape(title)}</h3>")
        for place, fact in facts:
            changed = _fact(place, fact) or changed
    return changed


def _groups(talk: Talk) -> list[tuple[str, list[tuple[int, Fact]]]]:
    children, adults = talk.child_numbers(), talk.adult_numbers()
    shown = [(n, f) for n, f in enumerate(talk.facts) if f.what.split(":")[0] in LABELS]
    groups = []
    for row, who in enumerate(children, 1):
        mine = [(n, f) for n, f in shown if f.who == who]
        groups.append((_name(talk, who, f"Child {row}"), mine))
    for who in adults:
        mine = [(n, f) for n, f in shown if f.who == who]
        groups.append((_name(talk, who, "Somebody"), mine))
    groups.append(
        ("The worry", [(n, f) for n, f in shown if f.who is None and "referrer" not in f.what])
    )
    groups.append(("You", [(n, f) for n, f in shown if f.what.startswith("referrer")]))
    return [(title, facts) for title, facts in groups if facts]


def _name(talk: Talk, who: int, otherwise: str) -> str:
    named = [talk.value(what, who) for what in ("given_names", "family_name", "name")]
    said = " ".join(str(each) for each in named if each)
    kin = next((one.kin for one in talk.people if one.number == who), "")
    return said or kin.capitalize() or otherwise


def _fact(place: int, fact: Fact) -> partial[tuple[Fact, Any]] | None:
    label, value = LABELS[fact.what.split(":")[0]], value_words(fact)
    if st.session_state.get(EDITING) == place:
        return _edit(place, fact, label)
    with st.container(horizontal=True, vertical_alignment="top", key=f"fact-{place}", gap="small"):
        source = escape(_from(fact, value))
        words = f'<br><span class="mash-note">{source}</span>' if source else ""
        st.html(f"<p><strong>{escape(label)}</strong>: {escape(_short(value))}{words}</p>")
        if st.button("Edit", key=f"edit-{place}", type="tertiary", help=f"Edit {label.lower()}"):
            st.session_state[EDITING] = place
            st.rerun()
    return None


def _from(fact: Fact, value: str) -> str:
    """Where it comes from: the form, or the words of a turn; nothing where these are shown."""
    said = _short(fact.words)
    if fact.turn == FROM_FORM:
        return "From the form"
    return "" if _short(value) == said else f"You wrote: {said}"


def _edit(place: int, fact: Fact, label: str) -> partial[tuple[Fact, Any]] | None:
    with st.form(f"edit-form-{place}", border=True):
        typed = st.text_area(label, value=value_words(fact), key=f"edit-value-{place}", height=80)
        with st.container(horizontal=True):
            save = st.form_submit_button("Save", type="primary")
            remove = st.form_submit_button("Remove")
            leave = st.form_submit_button("Cancel")
    if leave:
        st.session_state.pop(EDITING, None)
        st.rerun()
    if save or remove:
        st.session_state.pop(EDITING, None)
        return partial(_changed, fact, "" if remove else typed)
    return None


def _changed(fact: Fact, typed: str) -> tuple[Fact, Any]:
    """The fact as it was shown and its new value, a number where it was one."""
    tidy = typed.strip()
    if isinstance(fact.value, (bool, list)):
        return fact, tidy and (
            [fact.value[0], tidy, *fact.value[2:]] if isinstance(fact.value, list) else fact.value
        )
    if isinstance(fact.value, int):
        return fact, int(tidy) if tidy.isdecimal() else ("" if not tidy else fact.value)
    return fact, tidy


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[: LONGEST - 1]}…"
