"""An episode that was recorded in error: a manager says so, and everybody reads it."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.missing.actions import take_back_missing
from mash_triage.missing.pictures import EpisodePicture, SaidPicture
from mash_triage.web import components, wording
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

WHAT_IT_MEANS = (
    "It stays readable as it was written. It counts in no figure, its times end, what was to be "
    "done after it ends as not done, and it no longer keeps the child from being closed. What it "
    "proposed in the screening stays there until a worker rejects it."
)


def banner(visit: Visit, said: SaidPicture) -> None:
    """That it was an error: who said so, when and why."""
    st.html(
        '<div class="mash-banner"><p><strong>Recorded in error.</strong> '
        f"{escape(said.by_name)}, {wording.near_words(said.at, at=visit.at)}</p></div>"
    )
    components.words(said.words)


def show(visit: Visit, seen: EpisodePicture) -> None:
    """The way back, for a manager, as long as no interview was held."""
    held = any(each.held_at for each in seen.interviews)
    if held or not visit.by.can(Permission.DECIDE_CONTACT):
        return
    with st.expander("This episode was recorded in error", key="take_back"):
        st.html(f"<p>{WHAT_IT_MEANS}</p>")
        mine = Kept("missing taken back", seen.id)
        because = st.text_area(
            "Why it is an error: the wrong child, entered twice, or what else",
            value=mine.text("because"),
            key=mine.key("because"),
            height=80,
        )
        if not st.button("Take this episode back", key="take_back_missing"):
            return
        with visit.work() as session:
            take_back_missing(session, seen.id, because, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        mine.forget()
        words = "Taken back as recorded in error. If the contact reports the child missing, it "
        words += "waits again to be recorded or settled."
        visit.leave(words, to="missing", episode=str(seen.id))
