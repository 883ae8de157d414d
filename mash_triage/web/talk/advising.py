"""One consultation at the front door: read it, answer, and record the advice that ends it."""

from functools import partial
from html import escape
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.contacts.reference import show_reference
from mash_triage.talk.actions import mark_read, record_advice
from mash_triage.talk.consultations import ConsultationPicture, picture_of_consultation
from mash_triage.talk.threads import ThreadPicture, thread_of_consultation
from mash_triage.web import kept
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.talk import shown
from mash_triage.web.talk.consulting import became_html
from mash_triage.web.talk.live import live, read_button
from mash_triage.web.talk.shown import link_html
from mash_triage.web.talk.writing import corrects, done, say, send_in_consultation, token_of
from mash_triage.web.wording import duration_words, near_words


def show(visit: Visit, consultation_id: UUID) -> None:
    """Who asks since when, the thread, the advice, and the fields of whoever may give it."""
    kept.begin(visit, consultation_id)
    with visit.look() as session:
        seen = picture_of_consultation(session, consultation_id, by=visit.by)
    visit.note_viewed(seen.id)
    waits = duration_words(visit.at - seen.opened_at)
    age = "Advice was given." if seen.advised else f"<strong>Waiting for {waits}.</strong>"
    st.html(
        f"<p>{link_html('/messages', 'All messages')}</p>"
        f"<h2>Consultation {show_reference(seen.reference)}</h2>"
        f"<p>{escape(seen.opened_by)}, {escape(seen.agency)}, began it "
        f"{near_words(seen.opened_at, at=visit.at)}. {age}</p>"
    )
    say("consultation")
    if seen.danger:
        st.html(
            f'<div class="mash-banner"><p><strong>{shown.MAY_BE_DANGER}.</strong> '
            "The referrer was shown 999 and the duty number.</p></div>"
        )
    stood = live(visit, seen.thread, partial(_read, seen.id), _draw)
    if seen.contact_reference:
        st.html(became_html(seen))
    if seen.thread.why_not:
        st.html(f"<p>{escape(seen.thread.why_not)}</p>")
        return
    _write(visit, seen, stood)
    _advise(visit, seen, stood)


def _read(consultation_id: UUID, session: Session, by: Actor) -> ThreadPicture:
    return thread_of_consultation(session, consultation_id, by=by)


def _draw(thread: ThreadPicture, now: Visit) -> None:
    new = {each.id for each in thread.unread()}
    st.html(shown.thread_html(thread, new=new, at=now.at))
    read_button(thread)


def _write(visit: Visit, seen: ConsultationPicture, stood: list[UUID]) -> None:
    mine = Kept("message", seen.id)
    words = mine.long_answer(
        visit,
        "words",
        "Write to the referrer",
        hint="If this must become a contact, say so here: it is one click for the referrer.",
        rows=4,
    )
    own = [each for each in seen.thread.messages if each.by_id == visit.by.user_id]
    corrected = corrects(mine, own, visit)
    if st.button("Send to the referrer", key="send_message", type="primary"):
        send_in_consultation(visit, seen.id, mine, words, corrects=corrected, read=stood)


def _advise(visit: Visit, seen: ConsultationPicture, stood: list[UUID]) -> None:
    """The advice in the worker's own words: without it a consultation never ends."""
    mine = Kept("advice", seen.id)
    with st.container(key="advising"):
        words = mine.long_answer(
            visit,
            "words",
            "Advice given",
            hint="In your own words, under your name. It is what ends the consultation.",
            rows=4,
        )
        recorded = st.button("Record the advice", key="record_advice")
    if recorded:
        with visit.work() as session:
            mark_read(session, stood, by=visit.by, at=visit.at)
            record_advice(session, seen.id, words, token=token_of(mine), by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        mine.forget()
        done("consultation", "The advice is recorded.")
