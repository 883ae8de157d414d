"""The referrer's side of a thread, on the page of her contact."""

from functools import partial
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.errors import NotReady
from mash_triage.talk.actions import mark_read, send_message
from mash_triage.talk.consultations import consultation_behind
from mash_triage.talk.rules import Side, side_of
from mash_triage.talk.threads import MessagePicture, ThreadPicture, thread_of_contact
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.talk import shown
from mash_triage.web.talk.live import live
from mash_triage.web.talk.shown import link_html
from mash_triage.web.talk.writing import (
    corrects,
    danger_first,
    done,
    place_for_danger,
    say,
    token_of,
)
from mash_triage.web.wording import near_words

NO_ANSWER = "no"
PLACE = "talk"


def show(visit: Visit, contact_id: UUID) -> None:
    """Messages with the front door: its open questions first, then all, and a field to write."""
    if side_of(visit.by) is Side.FRONT_DOOR:
        return  # who reads it on the child's page
    with visit.look() as session:
        thread = thread_of_contact(session, contact_id, by=visit.by)
        before = consultation_behind(session, contact_id, by=visit.by)
    new = frozenset(each.id for each in thread.unread())
    if new:
        with visit.work() as session:
            mark_read(session, new, by=visit.by, at=visit.at)
    shown.styles()
    st.header("Messages with the front door", anchor=PLACE)
    say(PLACE)
    if before:
        address = f"/talk_it_through?consultation={before}"
        st.html(f"<p>{link_html(address, 'You talked this through before')}.</p>")
    live(visit, thread, partial(_read, contact_id), partial(_draw, new))
    _write(visit, thread)


def _read(contact_id: UUID, session: Session, by: Actor) -> ThreadPicture:
    return thread_of_contact(session, contact_id, by=by)


def _draw(new: frozenset[UUID], thread: ThreadPicture, now: Visit) -> None:
    for question in thread.open_questions():
        st.html(_question_html(question, now))
    if not thread.messages:
        st.html(
            '<p class="mash-empty">No messages yet. If there is something new, or you want to ask '
            "something, write it here.</p>"
        )
        return
    fresh = new | {each.id for each in thread.unread()}
    st.html(shown.thread_html(thread, new=fresh, at=now.at))


def _question_html(question: MessagePicture, now: Visit) -> str:
    return (
        '<div class="mash-asked" role="status"><p><strong>We asked you something</strong> and wait '
        f"for your answer since {near_words(question.at, at=now.at)}. "
        "Please answer below as soon as you can: the time to decide runs on.</p></div>"
    )


def _answers(kept: Kept, questions: tuple[MessagePicture, ...]) -> str | None:
    """Which question the message answers; nothing is chosen beforehand."""
    options = {str(each.id): f"Yes: {as_typed(shown.beginning(each.words))}" for each in questions}
    options[NO_ANSWER] = "No, it is about something else, or my answer will follow"
    chosen: str | None = st.radio(
        "Does your message answer our question?",
        list(options),
        index=kept.index("answers", list(options)),
        format_func=options.__getitem__,
        key=kept.key("answers"),
    )
    return chosen


def _write(visit: Visit, thread: ThreadPicture) -> None:
    kept = Kept("message", thread.id)
    questions = thread.open_questions()
    answers = _answers(kept, questions) if questions else None
    place = place_for_danger()
    words = kept.long_answer(
        visit,
        "words",
        "Write to the front door",
        hint="Saved as you type; sent when you press Send. Do not wait for an answer in danger.",
        rows=4,
    )
    danger_first(visit, place, words)
    own = [each for each in thread.messages if each.by_id == visit.by.user_id]
    corrected = corrects(kept, own, visit)
    if not st.button("Send message", key="send_message", type="primary"):
        return
    if questions and answers is None:
        visit.refuse(NotReady("Say whether your message answers our question."))
    with visit.work() as session:
        send_message(
            session,
            thread.id,
            words,
            token=token_of(kept),
            answers=UUID(answers) if answers and answers != NO_ANSWER else None,
            corrects=corrected,
            by=visit.by,
            at=visit.at,
        )
        kept.drop(session, by=visit.by)
    kept.forget()
    done(PLACE, "Your message is sent.")
