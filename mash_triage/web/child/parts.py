"""The parts of the child's page: their order, their names, and what was just done in each."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mash_triage.contacts.status import Status
from mash_triage.web import notices
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Undone, Visit

PARTS = {
    "later": "Said after sending",
    "reported": "What was reported",
    "talk": "Messages with the referrer",
    "match": "Who is this child?",
    "family": "Family and household",
    "indicators": "Indicators and strengths",
    "rag": "Rating",
    "analysis": "Analysis",
    "level": "Level and route",
    "consent": "Agreement and lawful basis",
    "agencies": "Agencies asked",
    "notes": "Internal notes",
    "workers": "Who works on it",
    "handover": "Handed over",
    "send": "Send to a manager",
    "hours": "Where the time went",
    "history": "History",
}
"""In the order of the page; the codes are the anchors, and those of `screening.rules.Missing`."""

_SAID = "_said"
_ANEW = "_draw_anew"
_STYLES = Path(__file__).parents[1] / "assets" / "child.css"


def styles() -> None:
    """The look of these pages' own parts."""
    st.html(_STYLES)


def heading(part: str) -> None:
    """The heading of a part, with what was done in it just before."""
    st.header(PARTS[part], anchor=part)
    say(part)


def say(part: str) -> None:
    """What was just done in this part."""
    said: dict[str, str] = st.session_state.get(_SAID, {})
    if part in said:
        del st.session_state[_SAID]
        notices.done(said[part])


def change_folded(
    title: str, key: str, kept: Kept, *, is_change: bool
) -> AbstractContextManager[object]:
    """Around a form: open while nothing is recorded; folded once it is, for a change, unless there
    are words in it that are not recorded.
    """
    if not is_change:
        return nullcontext()
    return st.expander(title, expanded=kept.has_words(), key=key)


def to_read(title: str, key: str) -> DeltaGenerator:
    """Around what is there to be looked up: folded on the screen under words that say what is
    inside, and open on paper.
    """
    return st.expander(title, key=f"fold_{key}")


def beside(name: str) -> DeltaGenerator:
    """What is short stands beside each other where there is room; what is opened takes the row."""
    return st.container(key=f"beside_{name}", gap="xsmall")


def was_finished(whole: WholeChild, part: str) -> bool:
    """Was nothing missing before a manager when this sitting first drew the part? Then what it is
    written with is folded. Whatever she finishes now stays open under her hands, and so does what
    a manager gave back.
    """
    screening, back = whole.screening, whole.child.status == Status.RETURNED_TO_WORKER
    is_ready = screening.level is not None and not screening.missing and not back
    first: bool = st.session_state.setdefault(f"_finished {part} {whole.id}", is_ready)
    return first and is_ready


def begin() -> None:
    """Before anything is drawn: nothing above waits to be drawn anew."""
    st.session_state.pop(_ANEW, None)


def draw_anew_at_the_end() -> None:
    """What stands above has changed. Only at the end, for a button further down may have been
    pressed in the same touch, and drawing anew at once would forget it.
    """
    st.session_state[_ANEW] = True


def done_at_the_end(part: str, words: str) -> None:
    """A deed of this part is done by a touch that may also have pressed something further down:
    once all is drawn, draw anew and say so under the heading.
    """
    st.session_state[_SAID] = {part: words}
    draw_anew_at_the_end()


def end() -> None:
    """After everything was drawn and every button heard."""
    if st.session_state.pop(_ANEW, False):
        st.rerun()


def done_in(part: str, words: str) -> NoReturn:
    """A deed of this part is done: draw the page anew and say so under its heading."""
    st.session_state[_SAID] = {part: words}
    st.rerun()


def draw(visit: Visit, whole: WholeChild, *parts: Callable[[Visit, WholeChild], None]) -> None:
    """Draw these parts one after another. A refusal is said in its own part and ends only that, so
    that nothing typed further down is lost.
    """
    for show in parts:
        with suppress(Undone):
            show(visit.going_on(), whole)
