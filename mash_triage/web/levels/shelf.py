"""All editions and drafts; a new draft begun from an edition or from a file."""

from datetime import datetime
from html import escape

import streamlit as st

from mash_triage.editions.actions import import_draft, start_draft
from mash_triage.editions.models import DraftState
from mash_triage.editions.pictures import DraftLine, EditionPicture
from mash_triage.errors import NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.toml_text import LARGEST_FILE
from mash_triage.web import wording
from mash_triage.web.labels import as_typed
from mash_triage.web.levels.ways import go
from mash_triage.web.page import Visit

NOT_TEXT = "The file was not read: it is not text in UTF-8."
TOO_LARGE = f"The file was not read: it is larger than {LARGEST_FILE // 1024} kB."


def drafts(visit: Visit, lines: list[DraftLine], editions: list[EditionPicture]) -> None:
    """The drafts, and the two ways to begin one."""
    st.header("Drafts", anchor=False)
    written = [each for each in lines if each.state == DraftState.OPEN]
    if not written:
        st.html("<p>No draft is being written.</p>")
    for each in written:
        _draft(each, at=visit.at)
    with st.expander("Start a draft from an edition"):
        _start(visit, editions)
    with st.expander("Start a draft from a file"):
        _import(visit)
    withdrawn = [each for each in lines if each.state == DraftState.WITHDRAWN]
    if withdrawn:
        with st.expander(f"Withdrawn drafts ({len(withdrawn)})"):
            for each in withdrawn:
                _draft(each, at=visit.at)


def _draft(line: DraftLine, *, at: datetime) -> None:
    edits = wording.count_words(line.edits, "edit", "edits")
    made = f"{edits}, the last by" if line.edits else "Begun by"
    asked = " <strong>Waits for a second policy lead to publish it.</strong>" if line.asked else ""
    with st.container(key=f"levels_draft_{line.id}", horizontal=True, vertical_alignment="center"):
        st.html(
            f"<p><strong>{escape(line.purpose)}</strong><br>{made} "
            f"{escape(line.edited_by_name)}, {wording.near_words(line.edited_at, at=at)}."
            f"{asked}</p>"
        )
        if st.button("Open", key=f"open {line.id}", help=as_typed(line.purpose)):
            go(draft=line.id)


def _start(visit: Visit, editions: list[EditionPicture]) -> None:
    named = {str(each.id): _name(each) for each in editions}
    with st.form("start_draft", border=False, enter_to_submit=False):
        chosen = st.selectbox(
            "From which edition?", list(named), format_func=lambda key: named.get(key, "")
        )
        purpose = st.text_input("What is the new edition for?", autocomplete="off")
        begins = st.date_input("From when should it apply?", None, format="DD/MM/YYYY", width=220)
        pressed = st.form_submit_button("Start the draft", type="primary")
    if not pressed:
        return
    if begins is None:
        visit.refuse(NotReady("Say from when the new edition should apply. You can change it."))
    edition = next(each for each in editions if str(each.id) == chosen)
    with visit.work() as session:
        code = settings().edition
        draft = start_draft(
            session, edition.id, purpose, begins, code=code, by=visit.by, at=visit.at
        )
        draft_id = draft.id
    go("The draft is begun.", draft=draft_id)


def _name(edition: EditionPicture) -> str:
    begins = wording.date_words(edition.effective_from)
    return f"{edition.title}, from {begins} ({edition.standing.value})"


def _import(visit: Visit) -> None:
    with st.form("import_draft", border=False, enter_to_submit=False):
        file = st.file_uploader("A TOML file, at most 256 kB", type=["toml"], max_upload_size=1)
        purpose = st.text_input(
            "What is the new edition for?", key="import purpose", autocomplete="off"
        )
        pressed = st.form_submit_button("Read the file")
    if not pressed:
        return
    if file is None:
        visit.refuse(NotReady("Choose a file first."))
    if file.size > LARGEST_FILE:
        visit.refuse(NotReady(TOO_LARGE))
    try:
        text = file.getvalue().decode()
    except UnicodeDecodeError:
        visit.refuse(NotReady(NOT_TEXT))
    with visit.work() as session:
        code = settings().edition
        draft = import_draft(session, text, purpose, code=code, by=visit.by, at=visit.at)
        draft_id = draft.id
    go("The file is read as a draft.", draft=draft_id, work="publish")


# ---------------------------------------------------------------- editions


def editions(pictures: list[EditionPicture], reading: EditionPicture) -> None:
    """The other editions, each to be opened."""
    others = [each for each in pictures if each.id != reading.id]
    if not others:
        return
    st.header("Other editions", anchor=False)
    for each in others:
        _edition(each)


def _edition(each: EditionPicture) -> None:
    made = "Shipped with the service" if each.shipped else f"Published by {each.by_name}"
    with st.container(
        key=f"levels_edition_{each.id}", horizontal=True, vertical_alignment="center"
    ):
        st.html(
            f"<p><strong>{escape(each.title)}</strong><br>From "
            f"{wording.date_words(each.effective_from)}: {each.standing.value}. "
            f"{escape(made)}.</p>"
        )
        if st.button("Read", key=f"read {each.id}", help=as_typed(each.title)):
            go(edition=each.id)
