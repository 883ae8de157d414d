"""Talking something through without naming a child, as a referrer sees it."""

from functools import partial
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.contacts.reference import show_reference
from mash_triage.errors import NotFound
from mash_triage.talk.actions import make_contact, mark_read, open_consultation
from mash_triage.talk.consultations import (
    ConsultationLine,
    ConsultationPicture,
    my_consultations,
    picture_of_consultation,
)
from mash_triage.talk.threads import ThreadPicture, thread_of_consultation
from mash_triage.web import kept
from mash_triage.web.form import danger
from mash_triage.web.kept import Kept
from mash_triage.web.navigation import FOLDER
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.web.talk import shown
from mash_triage.web.talk.live import live
from mash_triage.web.talk.shown import link_html
from mash_triage.web.talk.writing import (
    corrects,
    danger_first,
    done,
    place_for_danger,
    say,
    send_in_consultation,
    token_of,
)
from mash_triage.web.wording import near_words

A_NEW_ONE = UUID(int=0)
"""What words are kept under while the consultation they begin is not there yet."""

NO_NAMES = (
    "Please leave out names, addresses and anything else by which somebody could tell who the "
    "child is. If it becomes a contact, you name the child then."
)

SAVED = "Saved as you type; sent when you press Send."


def asked_for(visit: Visit) -> UUID | None:
    """The consultation that the page's address names; none, or a refusal for what cannot be."""
    named = st.query_params.get("consultation")
    if named is None:
        return None
    try:
        return UUID(named)
    except ValueError:
        visit.refuse(NotFound())


def begin(visit: Visit) -> None:
    """What this is for, a field to begin with, and what she talked through before."""
    kept.begin(visit, A_NEW_ONE)
    st.html(
        "<p>Not sure whether to tell us about a child, or what to do? Write what worries you. A "
        "qualified social worker answers here, and the advice is kept with a name and a time. You "
        f"can make it a contact at any time.</p><p><strong>{NO_NAMES}</strong></p>"
    )
    fresh = Kept("consultation", A_NEW_ONE)
    place = place_for_danger()
    words = fresh.long_answer(
        visit, "words", "What would you like to talk through?", hint=SAVED, rows=6
    )
    danger_first(visit, place, words)
    if st.button("Send", key="open_consultation", type="primary"):
        with visit.work() as session:
            new = open_consultation(session, words, token=token_of(fresh), by=visit.by, at=visit.at)
            fresh.drop(session, by=visit.by)
        fresh.forget()
        st.query_params["consultation"] = str(new)
        done("consultation", "It is sent. The answer appears here.")
    with visit.look() as session:
        mine = my_consultations(session, by=visit.by)
    if mine:
        st.header("What you talked through", anchor=False)
        lines = "".join(_line_html(each, visit) for each in mine)
        st.html(f'<ul class="mash-waiting">{lines}</ul>')


def _line_html(line: ConsultationLine, visit: Visit) -> str:
    new = '<span class="mash-tag mash-tag-flag">New</span> ' if line.unread else ""
    state = "Advice given" if line.advised else "Waiting for an answer"
    return (
        f"<li>{link_html(f'/talk_it_through?consultation={line.id}', line.begins)} {new}"
        f'<p class="mash-note">{state}. Begun {near_words(line.opened_at, at=visit.at)}, '
        f"{show_reference(line.reference)}</p></li>"
    )


def show(visit: Visit, consultation_id: UUID) -> None:
    """One consultation: 999 first where its words call for it, the thread, and what next."""
    kept.begin(visit, consultation_id)
    with visit.look() as session:
        seen = picture_of_consultation(session, consultation_id, by=visit.by)
    new = frozenset(each.id for each in seen.thread.unread())
    if new:
        with visit.work() as session:
            mark_read(session, new, by=visit.by, at=visit.at)
    st.html(
        f"<p>{link_html('/talk_it_through', 'All that you talked through')}</p>"
        f"<p>Consultation {show_reference(seen.reference)}, begun "
        f"{near_words(seen.opened_at, at=visit.at)}.</p>"
    )
    say("consultation")
    if seen.danger:
        danger.call_now("Do not wait for an answer here: nobody may read it in time.")
    live(visit, seen.thread, partial(_read, consultation_id), partial(_draw, new))
    _to_contact(visit, seen)
    _write(visit, seen)


def became_html(seen: ConsultationPicture) -> Html:
    """The contact that came of it."""
    reference = seen.contact_reference or ""
    return Html(
        "<p>This became the contact "
        f"{link_html(f'/receipt?contact={reference}', show_reference(reference))}.</p>"
    )


def _read(consultation_id: UUID, session: Session, by: Actor) -> ThreadPicture:
    return thread_of_consultation(session, consultation_id, by=by)


def _draw(new: frozenset[UUID], thread: ThreadPicture, now: Visit) -> None:
    fresh = new | {each.id for each in thread.unread()}
    st.html(shown.thread_html(thread, new=fresh, at=now.at))


def _to_contact(visit: Visit, seen: ConsultationPicture) -> None:
    """One click: a draft of a contact with her words in it."""
    if seen.contact_reference:
        st.html(became_html(seen))
        return
    st.html(
        "<p>Worried enough to tell us who the child is? Your words are carried over; you can "
        "change them before anything is sent.</p>"
    )
    if st.button("Make this a contact", key="make_contact"):
        with visit.work() as session:
            draft = make_contact(session, seen.id, by=visit.by, at=visit.at)
        where = {"draft": str(draft), "step": "danger"}
        st.switch_page(FOLDER / "submit_contact.py", query_params=where)


def _write(visit: Visit, seen: ConsultationPicture) -> None:
    mine = Kept("message", seen.id)
    place = place_for_danger()
    words = mine.long_answer(visit, "words", "Write more", hint=NO_NAMES, rows=4)
    danger_first(visit, place, words)
    own = [each for each in seen.thread.messages if each.by_id == visit.by.user_id]
    corrected = corrects(mine, own, visit)
    if st.button("Send message", key="send_message", type="primary"):
        send_in_consultation(visit, seen.id, mine, words, corrects=corrected)
