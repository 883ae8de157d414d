"""Under My contacts: a professional who telephoned confirms it in writing, and finds it again."""

from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.after_sending.actions import confirm_call
from mash_triage.after_sending.confirmed import confirmed_calls
from mash_triage.after_sending.rules import MOST_WORDS
from mash_triage.contacts.reference import show_reference
from mash_triage.web import components, kept
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.talk.writing import token_of
from mash_triage.web.wording import near_words

ANY_CALL = UUID(int=1)
"""What the words are kept under: which call it is, is part of the answer."""


def show(visit: Visit) -> None:
    """The form, and the calls that she has confirmed."""
    if not visit.by.can(Permission.SUBMIT_CONTACT):
        return
    kept.begin(visit, ANY_CALL)
    with visit.look() as session:
        calls = confirmed_calls(session, by=visit.by)
    st.header("You telephoned us?", anchor=False)
    for call in calls:
        st.html(
            f"<p>Call {show_reference(call.reference)}: confirmed in writing "
            f"{near_words(call.at, at=visit.at)}.</p>"
        )
        components.words(call.words)
    with st.expander("Confirm a call in writing", key="confirm_call"):
        _form(visit)


def _form(visit: Visit) -> None:
    mine = Kept("confirm call", ANY_CALL)
    st.html(
        "<p>A worker wrote down what you said and gave you a reference. What you write here is "
        "put beside it. Nobody waited for it: work on your call has begun.</p>"
    )
    reference = st.text_input(
        "Reference of the call", value=mine.text("reference"), key=mine.key("reference"), width=300
    )
    words = st.text_area(
        "What did you tell us?",
        value=mine.text("words"),
        key=mine.key("words"),
        max_chars=MOST_WORDS,
        height=140,
    )
    if not st.button("Confirm the call", key="confirm_the_call"):
        return
    with visit.work() as session:
        confirm_call(
            session, reference or "", words or "", token=token_of(mine), by=visit.by, at=visit.at
        )
        mine.drop(session, by=visit.by)
    mine.forget()
    visit.leave("Thank you. The front door has your confirmation.", to="my_contacts")
