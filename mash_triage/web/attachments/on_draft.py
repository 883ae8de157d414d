"""Files on a draft: attached, listed, taken off and put back before it is sent."""

from collections.abc import Callable
from functools import partial
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.attachments.actions import (
    attach_to_draft,
    put_back_attachment,
    remove_attachment,
)
from mash_triage.attachments.queries import FilePicture, files_of_draft
from mash_triage.attachments.receiving import Kept
from mash_triage.web.attachments import uploading
from mash_triage.web.attachments.listing import about_html, files_html
from mash_triage.web.page import Visit

REMOVED = "_file_removed"

Deed = Callable[[], None]


def field(visit: Visit, draft_id: UUID) -> Deed | None:
    """The files of a draft and the field for more; what was pressed, to be done when the page is
    drawn.
    """
    place = draft_id.hex[:8]
    with st.container(key="files", gap="small"):
        files = _files(visit, draft_id)
        came = uploading.field(visit, place, len(files), partial(_attach, draft_id))
        deed = _undo(visit, draft_id) or (st.rerun if came else None)
        for number, file in enumerate(files, 1):
            if _line(file, number):
                deed = partial(_remove, visit, file)
    return deed


def summary(visit: Visit, draft_id: UUID) -> None:
    """The files as they will be sent, to check; and what was not attached."""
    files = _files(visit, draft_id)
    if files:
        st.html(files_html(files, at=visit.at, sent_at=None))
    else:
        st.html("<p>No files are attached.</p>")
    uploading.refused(draft_id.hex[:8])


def _files(visit: Visit, draft_id: UUID) -> tuple[FilePicture, ...]:
    with visit.look() as session:
        return files_of_draft(session, draft_id, by=visit.by)


def _line(file: FilePicture, number: int) -> bool:
    """One file; was its removal pressed?"""
    with st.container(horizontal=True, vertical_alignment="center", key=f"file-{number}"):
        st.html(f"<p><strong>{escape(file.name)}</strong><br>{about_html(file)}</p>")
        return st.button(f"Remove file {number}", key=f"remove-{file.id}", type="tertiary")


def _attach(draft_id: UUID, visit: Visit, kept: Kept) -> None:
    with visit.work() as session:
        attach_to_draft(session, draft_id, kept, by=visit.by, at=visit.at)


def _remove(visit: Visit, file: FilePicture) -> None:
    with visit.work() as session:
        remove_attachment(session, file.id, by=visit.by, at=visit.at)
    st.session_state[REMOVED] = str(file.id)
    st.rerun()


def _undo(visit: Visit, draft_id: UUID) -> Deed | None:
    """The way back right after a removal."""
    removed = st.session_state.get(REMOVED)
    if not removed:
        return None
    with st.container(key="removed", horizontal=True, vertical_alignment="center"):
        st.html('<p role="status">The file was removed.</p>', width="content")
        undo = st.button("Undo", key=f"undo-file-{draft_id.hex[:8]}")
    return partial(_put_back, visit, UUID(removed)) if undo else None


def _put_back(visit: Visit, file_id: UUID) -> None:
    st.session_state.pop(REMOVED, None)
    with visit.work() as session:
        put_back_attachment(session, file_id, by=visit.by, at=visit.at)
    st.rerun()
