"""Internal notes on the child's page: a part, a colour and a button of their own."""

from html import escape

import streamlit as st

from mash_triage.talk.actions import write_note
from mash_triage.talk.notes import NotePicture
from mash_triage.web.child.parts import beside, done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.components import words_html
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.talk.shown import role_words
from mash_triage.web.talk.writing import corrects, token_of
from mash_triage.web.wording import near_words

NEWEST = 3


def show(visit: Visit, whole: WholeChild) -> None:
    """The notes, oldest first, and a field for the next one."""
    heading("notes")
    with st.container(key="internal_notes"), beside("notes"):
        st.html(
            "<p><strong>Only the front door reads these.</strong> The referrer and her agency "
            "never do.</p>"
        )
        if whole.notes:
            st.html(_notes_html([_note_html(each, whole, visit) for each in whole.notes]))
        kept = Kept("internal note", whole.id)
        with st.expander("Write an internal note", expanded=kept.has_words(), key="write_note"):
            _write(visit, whole, kept)


def _notes_html(lines: list[str]) -> str:
    """The notes, oldest first; those before the newest few are folded."""
    first = max(len(lines) - NEWEST, 0)
    if first < 2:
        return f'<ol class="mash-notes">{"".join(lines)}</ol>'
    return (
        f"<details><summary>{first} earlier notes</summary>"
        f'<ol class="mash-notes">{"".join(lines[:first])}</ol></details>'
        f'<ol class="mash-notes">{"".join(lines[first:])}</ol>'
    )


def _note_html(note: NotePicture, whole: WholeChild, visit: Visit) -> str:
    about = ""
    if old := next((each for each in whole.notes if each.id == note.corrects), None):
        about = f"Corrects the note of {near_words(old.at, at=visit.at)}"
    elif note.corrected_by:
        about = "Corrected by a later note below"
    line = f'<p class="mash-message-about">{about}</p>' if about else ""
    return (
        f"<li><p><strong>{escape(note.by_name)}</strong> "
        f'<span class="mash-note">{escape(role_words(note.role))}, '
        f"{near_words(note.at, at=visit.at)}</span></p>{line}{words_html(note.words)}</li>"
    )


def _write(visit: Visit, whole: WholeChild, kept: Kept) -> None:
    words = kept.long_answer(
        visit, "words", "Internal note", hint="Never sent to anybody outside.", rows=3
    )
    own = [each for each in whole.notes if each.by_id == visit.by.user_id]
    corrected = corrects(kept, own, visit)
    if st.button("Keep as internal note", key="keep_note"):
        with visit.work() as session:
            write_note(
                session,
                whole.id,
                words,
                token=token_of(kept),
                corrects=corrected,
                by=visit.by,
                at=visit.at,
            )
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("notes", "The note is kept. Only the front door reads it.")
