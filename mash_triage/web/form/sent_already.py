"""What arrives from a window after another one has sent the contact: never lost, never called sent.

A second press on Send shows the one receipt. Words that were not in what was sent are given back,
with the reference and the way to add them.
"""

from html import escape
from typing import Any, NoReturn

import streamlit as st

from mash_triage.contacts.drafts import DraftPicture, is_sent_as
from mash_triage.web.notices import refused
from mash_triage.web.page import Visit

RECEIVED = "We have received your contact."
NOT_IN_IT = "What you wrote or chose here since then is not in it: add it to the contact."


def show(visit: Visit, draft: DraftPicture, came: list[Any]) -> NoReturn:
    """The receipt; or, where something came that is not in it, what it is and how to add it."""
    reference = str(draft.sent_as)
    if not came:
        visit.leave(RECEIVED, to="receipt", contact=reference)
    refused(f"{is_sent_as(reference)} {NOT_IN_IT}")
    for words in came:
        if isinstance(words, str):
            st.text(words)
    st.html(
        f'<p><a class="mash-button" href="/add_to_contact?contact={escape(reference)}" '
        'target="_self">Add it to the contact</a></p>'
    )
    st.stop()
