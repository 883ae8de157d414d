"""The field to attach files: what may be attached, what never, each refusal in a sentence.

What the browser sent is taken in at once, as a draft's answers are, and the field is made anew, so
that nothing of a file stays in the memory of the page.
"""

from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mash_triage.attachments.actions import TOO_MANY
from mash_triage.attachments.kinds import ENDINGS, MOST_BYTES, MOST_FILES
from mash_triage.attachments.receiving import Kept, forget, receive
from mash_triage.attachments.scanner import scanner_at
from mash_triage.attachments.vault import vault
from mash_triage.errors import Refused
from mash_triage.settings import settings
from mash_triage.web.page import Undone, Visit

MEGABYTES = MOST_BYTES // 1024**2
LABEL = (
    "Attach files (optional)  \n:small[Letters, reports, photographs, lists of attendance. Where "
    "and when a photograph was taken is left out, so say it in words. At most "
    f"{MOST_FILES} files.]"
)

Attach = Callable[[Visit, Kept], None]
"""What writes the row: `with visit.work() as session: attach_to_draft(session, ...)`."""


def field(visit: Visit, place: str, there: int, attach: Attach) -> bool:
    """The field; did files come, so that the list above is to be drawn anew?

    `place` names the draft or contact, so that each has a field of its own; `there` is how many
    files it has.
    """
    if there >= MOST_FILES:
        st.html(f"<p>{TOO_MANY}</p>")
        return False
    _warning()
    turn = f"_files_turn {place}"
    came = st.file_uploader(
        LABEL,
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=MEGABYTES,
        key=f"files-{place}-{st.session_state.get(turn, 0)}",
    )
    refused(place)
    if not came:
        return False
    st.session_state[turn] = st.session_state.get(turn, 0) + 1
    try:
        st.session_state[_said(place)] = _take_in(
            visit.going_on(), came, MOST_FILES - there, attach
        )
    except Undone:
        return False  # what was wrong stands on the page, which is left as it is
    return True


def refused(place: str) -> None:
    """Which of the files that came last were not attached, and why."""
    refusals: list[str] = st.session_state.get(_said(place), [])
    if refusals:
        lines = "".join(f"<li>{escape(each)}</li>" for each in refusals)
        st.html(f'<div class="mash-refused" role="alert">Not attached:<ul>{lines}</ul></div>')


def _said(place: str) -> str:
    return f"_files_said {place}"


def _warning() -> None:
    number = escape(settings().duty_number)
    st.html(
        '<p class="mash-files-warning"><strong>Never send an indecent image of a child</strong>, '
        "and do not copy, print or forward one. Call the police: 101, or 999 if a child is in "
        f"danger now. Then call the duty number, {number}.</p>"
    )


def _take_in(visit: Visit, came: list[UploadedFile], room: int, attach: Attach) -> list[str]:
    """Take in each file; what to say of those that were not attached."""
    refusals = []
    for file in came:
        words = TOO_MANY
        if room > 0:
            with st.spinner("Checking the file"):
                words = _take_in_one(visit, file, attach)
        if words:
            refusals.append(f"{file.name}: {words}")
        else:
            room -= 1
        _let_go(file)
    return refusals


def _let_go(file: UploadedFile) -> None:
    """Take it out of memory, where it would stay as long as the page is open."""
    context = get_script_run_ctx()
    manager = context.uploaded_file_mgr if context else None
    if context and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(context.session_id, file.file_id)


def _take_in_one(visit: Visit, file: UploadedFile, attach: Attach) -> str:
    scanner = scanner_at(settings().clamav)
    try:
        kept = receive(vault(), scanner, file.name, file.getvalue(), at=visit.at)
    except Refused as refusal:
        return refusal.words
    try:
        attach(visit, kept)
    except BaseException:  # whatever it was, what has no row must not stay
        forget(vault(), kept)
        raise
    return ""
