"""The lines of a chronology as drawn, and the forms to add, put right, and leave out of print."""

from datetime import date
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.chronology.actions import (
    LineFacts,
    add_line,
    correct_line,
    hide_line,
    show_line,
)
from mash_triage.chronology.queries import Chronology
from mash_triage.chronology.rules import WEIGHT_WORDS, Line, Weight
from mash_triage.errors import NotReady
from mash_triage.web import wording
from mash_triage.web.child.parts import done_in, say
from mash_triage.web.child.tables import table, whole
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

PART = "chronology"


def show(visit: Visit, found: Chronology) -> None:
    """The lines, newest first, with what may be done to them."""
    st.header(f"What happened: {len(found.lines)}", anchor=PART)
    say(PART)
    if not found.is_known:
        st.html("<p>Only this contact, until somebody says who the child is.</p>")
    st.html(_table(found))
    st.html(
        '<p class="mash-screen-only"><a target="_blank" rel="noopener" '
        f'href="/chronology.pdf?child={found.contact_child_id}">Print (PDF)</a></p>'
    )
    if visit.by.can(Permission.SCREEN_CONTACT):
        _add(visit, found.contact_child_id)
        _mend(visit, found)


def _table(found: Chronology) -> Html:
    """The lines; about whom is said where they are not all about this child."""
    of_several = any(not each.is_same_child for each in found.lines)
    heads = ("When", "What", "Means", *(("About",) if of_several else ()), "Source")
    rows = (_row(each, of_several=of_several) for each in found.lines)
    return table("Newest first", heads, rows)


def when_words(line: Line) -> str:
    """The day, or the time as somebody could say it."""
    return line.told_when or wording.date_words(line.day)


def _row(line: Line, *, of_several: bool) -> tuple[str | Html, ...]:
    whose = line.about if line.is_same_child else f"{line.about} (household)"
    when = line.told_when or whole(wording.date_words(line.day))
    about = (whose,) if of_several else ()
    return (when, _what(line), whole(WEIGHT_WORDS[line.weight]), *about, _source(line))


def _what(line: Line) -> Html:
    before = "".join(f"<br><s>{escape(each)}</s>" for each in line.before)
    why = f'<br><span class="mash-note">{escape(line.because)}</span>' if line.because else ""
    hidden = ""
    if line.hidden_because is not None:
        why_not = escape(line.hidden_because)
        hidden = f'<br><span class="mash-note mash-not-printed">Not printed: {why_not}</span>'
    return Html(f"{escape(line.words)}{before}{why}{hidden}")


def _source(line: Line) -> str:
    return f"{line.source}, written by {line.written_by}" if line.written_by else line.source


def _add(visit: Visit, child_id: UUID) -> None:
    with st.expander("Add a line", key="add_line"):
        kept = Kept("add line", child_id)
        with st.form("add_line_form", border=False):
            typed = _fields(kept, None)
            pressed = st.form_submit_button("Add", type="primary")
        if pressed:
            with visit.work() as session:
                add_line(session, child_id, _facts(*typed), by=visit.by, at=visit.at)
                kept.drop(session, by=visit.by)
            kept.forget()
            done_in(PART, "The line is added.")


def _mend(visit: Visit, found: Chronology) -> None:
    """Choose a line, then put it right or leave it out of print."""
    if not found.lines:
        return
    by_key = {each.key: each for each in found.lines}
    with st.expander("Put a line right, or leave it out of print", key="mend_line"):
        key = st.selectbox(
            "Which line",
            list(by_key),
            index=None,
            format_func=lambda each: f"{when_words(by_key[each])}: {by_key[each].words}"[:120],
            placeholder="Choose",
            key="which_line",
        )
        if key is not None:
            _correct(visit, found.contact_child_id, by_key[key])
            _print(visit, found.contact_child_id, by_key[key])


def _correct(visit: Visit, child_id: UUID, line: Line) -> None:
    kept = Kept("correct line", child_id)
    with st.form(f"correct {line.key}", border=False):
        typed = _fields(kept, line)
        because = st.text_input(
            "Why it is put right",
            value=kept.text(f"because {line.key}"),
            key=kept.key(f"because {line.key}"),
        )
        pressed = st.form_submit_button("Put right")
    if pressed:
        with visit.work() as session:
            facts = _facts(*typed)
            correct_line(session, child_id, line.key, facts, because, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in(PART, "The line is put right. What it said before stays beside it.")


def _print(visit: Visit, child_id: UUID, line: Line) -> None:
    if not line.is_printed:
        if st.button("Print it again", key="show_line"):
            with visit.work() as session:
                show_line(session, child_id, line.key, by=visit.by, at=visit.at)
            done_in(PART, "The line is in print again.")
        return
    kept = Kept("hide line", child_id)
    with st.form(f"hide {line.key}", border=False):
        reason = st.text_input(
            "Why it is left out of print",
            value=kept.text(f"reason {line.key}"),
            key=kept.key(f"reason {line.key}"),
        )
        pressed = st.form_submit_button("Leave out of print")
    if pressed:
        with visit.work() as session:
            hide_line(session, child_id, line.key, reason, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in(PART, "The line is left out of print. It stays here.")


Typed = tuple[date | None, str, str, Weight | None]


def _fields(kept: Kept, line: Line | None) -> Typed:
    """Empty for a new line; for one that is put right, as it stands."""
    at = f" {line.key}" if line else ""
    day = st.date_input(
        "On which day",
        value=kept.day(f"day{at}") or (line.day if line else None),
        format="DD/MM/YYYY",
        key=kept.key(f"day{at}"),
    )
    words = st.text_area(
        "What happened",
        value=kept.text(f"words{at}") or (line.words if line else ""),
        key=kept.key(f"words{at}"),
        height=80,
    )
    source = st.text_input(
        "Where this comes from",
        value=kept.text(f"source{at}") or (line.source if line else ""),
        key=kept.key(f"source{at}"),
    )
    weights = list(Weight)
    chosen = kept.index(f"weight{at}", weights)
    if chosen is None and line:
        chosen = weights.index(line.weight)
    weight = st.selectbox(
        "What it means",
        weights,
        index=chosen,
        format_func=WEIGHT_WORDS.__getitem__,
        placeholder="Choose",
        key=kept.key(f"weight{at}"),
    )
    return day, words, source, weight


def _facts(day: date | None, words: str, source: str, weight: Weight | None) -> LineFacts:
    if weight is None:
        raise NotReady("Say what the line means.")
    return LineFacts(day, words, source, weight)
