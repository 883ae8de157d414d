"""The page of the chat: the talk on the left, the card beside it, the numbers first in danger."""

from html import escape

import streamlit as st

from mash_triage.chat.kept import STEP, begin_talk, change_fact, come_back, say, talk_of
from mash_triage.chat.state import Talk
from mash_triage.chat.tidy import MOST_CHARACTERS
from mash_triage.contacts.drafts import (
    DraftPicture,
    answers_known_of,
    save_draft,
    start_draft,
)
from mash_triage.settings import settings
from mash_triage.web import components
from mash_triage.web.chat import card
from mash_triage.web.form import drafts, sent_already
from mash_triage.web.form.danger import call_now
from mash_triage.web.navigation import FOLDER
from mash_triage.web.page import Visit

INPUT = "chat_words"
TALL = 480
"""Pixels of the talk and of the card: each scrolls by itself, so that the newest words, the box to
write in and the numbers stay in sight."""

SAVED_ALL_THE_TIME = "You need not wait for this chat: it is saved, and you can go on later."


def start(visit: Visit) -> None:
    """What the chat is, and a new one; drafts that lie there can be gone on with."""
    chosen = settings()
    st.html(
        "<p><strong>If a child is in danger now, call 999.</strong> Duty number "
        f"{escape(chosen.duty_number)}, out of hours {escape(chosen.out_of_hours_number)}.</p>"
        "<p>The chat asks one thing at a time and writes down what you say. It is a program, not a "
        "person; a social worker reads it once you have sent it. You can change to the form "
        "whenever you like.</p>"
    )
    if st.button("Start the chat", type="primary", key="start-chat"):
        with visit.work() as session:
            draft = start_draft(session, by=visit.by, at=visit.at)
            session.flush()
            known = answers_known_of(session, by=visit.by)
            save_draft(session, draft.id, known, step=STEP, by=visit.by, at=visit.at)
            begin_talk(session, draft.id, by=visit.by, at=visit.at)
            draft_id = draft.id
        st.switch_page(FOLDER / "chat.py", query_params={"draft": str(draft_id)})
    drafts.own_drafts(visit)


def not_offered(draft: DraftPicture | None) -> None:
    """Where the authority does not offer the chat: the form, with whatever was said so far."""
    st.html(
        "<p>This authority takes contacts by the form. Nothing you have written is lost.</p>"
        "<p><strong>If a child is in danger now, call 999.</strong></p>"
    )
    if draft is not None and st.button("Go on in the form", key="to-form", type="primary"):
        _to_form(draft, "danger")
    if draft is None:
        st.page_link(FOLDER / "submit_contact.py", label="Tell us about a child")


def show(visit: Visit, draft: DraftPicture) -> None:
    """The conversation of this draft; what is typed is stored before anything is drawn anew."""
    if draft.sent_as:
        said = str(st.session_state.get(INPUT) or "").strip()
        sent_already.show(visit, draft, [said] if said else [])
    talk = _talk(visit, draft)
    with st.container(key="numbers_first"):
        if talk.numbers_from_turn is not None:
            call_now(SAVED_ALL_THE_TIME)
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="talk"):
        with st.container(key="talk_so_far", height=TALL, border=False, autoscroll=True):
            _talk_so_far(talk)
        words = st.chat_input("Write here", key=INPUT, max_chars=MOST_CHARACTERS)
        _ways_on(visit, draft)
    with right, st.container(key="understood", height=TALL, border=False):
        change = card.draw(talk)
    if words and words.strip():
        with visit.work() as session:
            say(session, draft.id, words, turn=len(talk.turns) + 1, by=visit.by, at=visit.at)
        st.rerun()
    if change is not None:
        fact, value = change()
        with visit.work() as session:
            change_fact(session, draft.id, fact, value, by=visit.by, at=visit.at)
        st.rerun()


def keep_when_signed_out(visit: Visit, draft: DraftPicture | None) -> None:
    """Put what has just been typed into her own conversation, though the sign-in is over."""
    words = st.session_state.get(INPUT)
    if draft is None or draft.sent_as or not words:
        return
    talk = _talk(visit, draft)
    with visit.work() as session:
        say(session, draft.id, str(words), turn=len(talk.turns) + 1, by=visit.by, at=visit.at)


def _talk(visit: Visit, draft: DraftPicture) -> Talk:
    """The conversation as it stands; begun where there is none, gone on with after the form."""
    with visit.look() as session:
        kept = talk_of(session, draft.id, by=visit.by)
    if kept is not None and draft.step == STEP:
        return kept.talk
    with visit.work() as session:
        return come_back(session, draft.id, by=visit.by, at=visit.at)


def _talk_so_far(talk: Talk) -> None:
    # what scrolls must be reached by the keyboard: from its heading the arrow keys move it
    st.html('<h2 tabindex="0">The talk so far</h2>')
    for number, reply in enumerate(talk.replies):
        with st.chat_message("assistant", avatar=":material/support_agent:"):
            components.words(reply)
        if number < len(talk.turns):
            with st.chat_message("user", avatar=":material/person:"):
                components.words(talk.turns[number])


def _ways_on(visit: Visit, draft: DraftPicture) -> None:
    with st.container(horizontal=True, key="chat_ways"):
        if st.button("Check and send", key="to-check", type="primary"):
            _to_form(draft, "check")
        if st.button("Go on in the form", key="to-form"):
            _to_form(draft, "danger")
        if st.button("Save and come back later", key="later"):
            visit.leave("Your draft is saved. Nothing was sent.", to="my_contacts")


def _to_form(draft: DraftPicture, step: str) -> None:
    drafts.open_draft(draft.id, step)
