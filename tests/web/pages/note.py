"""A page for tests: one long answer in a draft, a short one, and a deed below the form."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.drafts import drafts_of, save_draft, start_draft
from mash_triage.web.autosave import long_answer, typed
from mash_triage.web.page import Visit, open_page


def keep(visit: Visit, text: str) -> None:
    with visit.work() as session:
        own = drafts_of(session, by=visit.by)
        draft_id = own[0].id if own else start_draft(session, by=visit.by, at=visit.at).id
        session.flush()
        save_draft(session, draft_id, {"worry": text}, by=visit.by, at=visit.at)


def keep_last_words(visit: Visit) -> None:
    keep(visit, typed("worry") or "")


visit = open_page("A note", needs=Permission.SUBMIT_CONTACT, on_ended=keep_last_words)
with visit.look() as session:
    own = drafts_of(session, by=visit.by)
text = long_answer(
    visit,
    "worry",
    "What are you worried about?",
    own[0].answers.get("worry", "") if own else "",
    on_save=keep,
    help="Say what you saw or heard.",
)
if st.button("Show it"):
    st.text(f"You wrote: {text}")
if st.button("Fail"):
    raise RuntimeError("Amara Osei wrote this")
if st.button("Go away"):
    visit.leave("It is done.", to="secret", child="7")
