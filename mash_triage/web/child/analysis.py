"""The worker's analysis under its heads; each is saved in the record while it is typed."""

from uuid import UUID

import streamlit as st

from mash_triage.screening.actions import record_analysis
from mash_triage.screening.rules import ANALYSIS_HEADS, HIDDEN_HARMS
from mash_triage.web import autosave, components
from mash_triage.web.autosave import OnSave, long_answer
from mash_triage.web.child.parts import (
    done_at_the_end,
    draw_anew_at_the_end,
    heading,
    to_read,
    was_finished,
)
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit

KNOWN = "_known"
HINTS = {
    "day_in_life": "Home, school, night: what this child sees, feels and does, in the child's own "
    "words where there are any.",
    "harm_so_far": "What has happened, how often, how bad, and what it did to the child.",
    "danger_ahead": "What could happen if nothing changes.",
    "works_well": "What keeps the child safe now, with evidence.",
    "makes_harder": "What stands in the way of the family or of help.",
    "so_what": "What all this means for this child, and what must be different.",
}
HIDDEN_LINE = "Female genital mutilation, forced marriage, honour-based abuse: was it considered?"


def show(visit: Visit, whole: WholeChild) -> None:
    """The heads to write in, or to read when the child is not with this worker."""
    heading("analysis")
    if not whole.may_write:
        read(whole)
        return
    if was_finished(whole, "analysis"):
        _so_what(whole)
        with to_read(_written(whole), "analysis"):
            _fields(visit, whole)
    else:
        _fields(visit, whole)


def _so_what(whole: WholeChild) -> None:
    """What the analysis comes to, where its fields are folded."""
    words = components.words_html(whole.screening.heads["so_what"])
    st.html(f"<h3>{ANALYSIS_HEADS['so_what']}</h3>{words}")


def _written(whole: WholeChild) -> str:
    """How much is written, and the answer to the line on hidden harms."""
    number = sum(bool(whole.screening.heads.get(head)) for head in ANALYSIS_HEADS)
    answer = HIDDEN_HARMS[whole.screening.hidden_harms or "not_known"].partition(",")[0]
    return (
        f"The whole analysis: {number} of {len(ANALYSIS_HEADS)} heads written; "
        f"hidden harms {answer[:1].lower()}{answer[1:]}"
    )


def _fields(visit: Visit, whole: WholeChild) -> None:
    with st.container(key="heads", gap="xsmall"):
        for head, words in ANALYSIS_HEADS.items():
            text = long_answer(
                visit,
                _key(whole.id, head),
                words,
                _known(whole, head),
                on_save=_keep(whole.id, head),
                help=HINTS[head],
                rows=2,
            )
            if head == "so_what" and bool(text.strip()) != bool(whole.screening.heads[head]):
                _say_anew_what_is_missing(whole, text)
    _hidden_harms(visit, whole)


def _say_anew_what_is_missing(whole: WholeChild, text: str) -> None:
    """Once stored, the lists of what is still to do must know of it."""
    if st.session_state.get(KNOWN, {}).get(_key(whole.id, "so_what")) == text:
        draw_anew_at_the_end()


def read(whole: WholeChild) -> None:
    """The analysis as it was written, "so what for this child" first."""
    seen = whole.screening
    written = "".join(
        f"<h3>{ANALYSIS_HEADS[head]}</h3>{components.words_html(seen.heads[head])}"
        for head in ("so_what", *(each for each in ANALYSIS_HEADS if each != "so_what"))
        if seen.heads.get(head)
    )
    answer = HIDDEN_HARMS.get(seen.hidden_harms or "", "Not answered yet")
    words = components.words_html(seen.hidden_harms_words) if seen.hidden_harms_words else ""
    st.html(
        f"{written or '<p>Nothing written yet.</p>'}<h3>{HIDDEN_LINE}</h3><p>{answer}.</p>{words}"
    )


def _key(contact_child_id: UUID, head: str) -> str:
    return f"{head} {contact_child_id}"


def _known(whole: WholeChild, head: str) -> str:
    """What this sitting last read or stored under a head."""
    known: dict[str, str] = st.session_state.setdefault(KNOWN, {})
    key = _key(whole.id, head)
    if autosave.typed(key) is None:
        known[key] = whole.screening.heads[head]
    return known.setdefault(key, whole.screening.heads[head])


def _keep(contact_child_id: UUID, head: str) -> OnSave:
    """Store one head, unless a colleague wrote there since it was read."""

    def keep(visit: Visit, text: str) -> None:
        known: dict[str, str] = st.session_state.setdefault(KNOWN, {})
        key = _key(contact_child_id, head)
        seen = {head: known.get(key, "")}
        with visit.work() as session:
            record_analysis(
                session, contact_child_id, {head: text}, seen=seen, by=visit.by, at=visit.at
            )
        known[key] = text

    return keep


def keep_when_signed_out(visit: Visit, contact_child_id: UUID) -> None:
    """What has just arrived from an open page whose sign-in is over: store what can be stored."""
    known: dict[str, str] = st.session_state.get(KNOWN, {})
    for head in ANALYSIS_HEADS:
        key = _key(contact_child_id, head)
        text = autosave.typed(key)
        if text is not None and text != known.get(key):
            _keep(contact_child_id, head)(visit, text)


def _hidden_harms(visit: Visit, whole: WholeChild) -> None:
    codes, there = list(HIDDEN_HARMS), whole.screening.hidden_harms
    said = f"hidden_said {whole.id}"
    place, beside_it = st.columns(2)
    answer = place.radio(
        HIDDEN_LINE,
        codes,
        index=codes.index(there) if there in codes else None,
        format_func=HIDDEN_HARMS.__getitem__,
        key=f"hidden {whole.id}",
        on_change=_say,
        args=(said,),
    )
    words = beside_it.text_area(
        "What points to it, or what is not known (optional)",
        value=whole.screening.hidden_harms_words,
        key=f"hidden_words {whole.id}",
        height=80,
        on_change=_say,
        args=(said,),
    )
    if not st.session_state.get(said):
        return
    if answer is None:
        st.html('<p role="alert"><strong>Choose one of the three answers.</strong></p>')
    else:
        with visit.work() as session:
            record_analysis(
                session,
                whole.id,
                {},
                hidden_harms=answer,
                hidden_harms_words=words or "",
                by=visit.by,
                at=visit.at,
            )
        del st.session_state[said]
        done_at_the_end("analysis", "Answer saved.")


def _say(said: str) -> None:
    """She has changed her answer or its words: it is stored by the run that follows, and by each
    one after it until that succeeds.
    """
    st.session_state[said] = True
