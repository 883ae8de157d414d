"""The files of a draft or a contact as a list: name, kind, size, and what the scanner said.

A name is only ever shown as text; the link holds a random id and nothing else.
"""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from mash_triage.attachments.kinds import KIND_WORDS
from mash_triage.attachments.models import ScanState
from mash_triage.attachments.queries import FilePicture, FilesPicture
from mash_triage.web.plain import Html
from mash_triage.web.wording import near_words

STATE_WORDS = {
    ScanState.CLEAN: "No virus found",
    ScanState.INFECTED: "Virus found: nobody can open it",
    ScanState.NOT_SCANNED: "Not scanned for viruses",
}


def size_words(size: int) -> str:
    """A size as people say it: 340 kB, 2.1 MB."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:.0f} kB" if size < 950_000 else f"{size / 1_000_000:.1f} MB"


def about_html(file: FilePicture) -> Html:
    """What a file is, in one line below its name."""
    words = f"{KIND_WORDS[file.kind]}, {size_words(file.size)}. {STATE_WORDS[file.state]}."
    return Html(f'<span class="mash-note">{words}</span>')


def files_html(files: Sequence[FilePicture], *, at: datetime, sent_at: datetime | None) -> Html:
    """The list, each with its link; and which were added after the contact was sent."""
    return Html(f'<ul class="mash-files">{"".join(_line(one, at, sent_at) for one in files)}</ul>')


def show(whole: FilesPicture, *, at: datetime) -> None:
    """Draw the files of a contact, or the sentence that stands for them."""
    if whole.withheld:
        st.html(f'<div class="mash-banner"><p><strong>{whole.withheld}</strong></p></div>')
    elif whole.files:
        st.html(files_html(whole.files, at=at, sent_at=whole.sent_at))
    else:
        st.html("<p>No files are attached.</p>")


def _line(file: FilePicture, at: datetime, sent_at: datetime | None) -> str:
    name = escape(file.name)
    if file.state is not ScanState.INFECTED:
        name = f'<a href="/attachments/{file.id}" target="_self">{name}</a>'
    later = ""
    if sent_at and file.added_at > sent_at:
        when = near_words(file.added_at, at=at)
        later = f' <span class="mash-note">Added later, {when}, by {escape(file.added_by)}.</span>'
    return f"<li>{name}<br>{about_html(file)}{later}</li>"
