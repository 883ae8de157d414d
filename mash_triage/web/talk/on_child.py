"""The worker's side of a thread, on the child's page: read, answer, ask and wait."""

from functools import partial
from html import escape
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.contacts.status import Status
from mash_triage.talk.actions import ask_and_wait, mark_read, send_message, stop_waiting
from mash_triage.talk.rules import Side
from mash_triage.talk.threads import ThreadPicture, WaitPicture, thread_of_contact
from mash_triage.web import wording
from mash_triage.web.child.parts import beside, done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.talk import shown
from mash_triage.web.talk.live import live, read_button
from mash_triage.web.talk.shown import link_html
from mash_triage.web.talk.writing import corrects, token_of

NEWEST = 3  # messages seen at once; older ones that are read and settled are folded
CAN_WAIT = frozenset({Status.SCREENING, Status.RETURNED_TO_WORKER, Status.AWAITING_REFERRER})


def cause(visit: Visit, whole: WholeChild) -> None:
    """Beside the clocks: what is waited for, and what the referrer wrote that nobody has read."""
    wait = _open_wait(whole)
    if wait:
        st.html(_waiting_html(whole.thread, wait, visit))
    new = whole.thread.unread()
    if not new or whole.thread.withheld:
        return
    late = [each for each in new if each.came_after(whole.id)]
    count = wording.count_words(len(new), "new message", "new messages")
    since = wording.near_words(new[0].at, at=visit.at)
    title = f"{count} from the referrer, since {since}."
    if late:
        title += " It came after the child was sent on or decided: somebody must read it."
    st.html(
        f'<div class="mash-banner"><p><strong>{title}</strong> '
        '<a href="#talk" target="_self">Read it</a></p></div>'
    )


def show(visit: Visit, whole: WholeChild) -> None:
    """The thread with the referrer, and the fields to write to her."""
    heading("talk")
    thread = whole.thread
    _who_reads(whole)
    draw = partial(_draw, whole, newest=NEWEST)
    with beside("talk"):
        seen = live(visit, thread, partial(_read, whole.child.contact_id), draw)
        if thread.why_not:
            st.html(f"<p>{escape(thread.why_not)}</p>")
            return
        kept = Kept("message", whole.id)
        is_her_turn = bool(thread.messages) and thread.messages[-1].side is Side.REFERRER
        is_open = kept.has_words() or is_her_turn
        with st.expander("Write to the referrer", expanded=is_open, key="write_to_referrer"):
            _write(visit, whole, kept, seen)
    if _open_wait(whole) and whole.may_write:
        _stop(visit, whole)


def read_only(visit: Visit, whole: WholeChild) -> None:
    """The thread as a manager reads it before she decides."""
    thread = whole.thread
    if not thread.messages:
        return
    st.header("Messages with the referrer", anchor="talk")
    live(visit, thread, partial(_read, whole.child.contact_id), partial(_draw, whole))


def _read(contact_id: UUID, session: Session, by: Actor) -> ThreadPicture:
    return thread_of_contact(session, contact_id, by=by)


def _draw(
    whole: WholeChild, thread: ThreadPicture, now: Visit, *, newest: int | None = None
) -> None:
    if thread.open_questions() != whole.thread.open_questions():
        st.html('<p class="mash-asked" role="status">The referrer has answered.</p>')
        if st.button("Show where the child stands now", key="show_anew"):
            st.rerun()
    if not thread.messages:
        st.html('<p class="mash-note">No messages yet.</p>')
        return
    new = {each.id for each in thread.unread()}
    st.html(shown.thread_html(thread, new=new, child=whole.id, newest=newest, at=now.at))
    read_button(thread)


def _open_wait(whole: WholeChild) -> WaitPicture | None:
    """The first question about this child that is still open."""
    return next(
        (
            wait
            for wait in whole.thread.waits
            if wait.contact_child_id == whole.id and wait.ended_at is None
        ),
        None,
    )


def _waiting_html(thread: ThreadPicture, wait: WaitPicture, visit: Visit) -> str:
    asked = thread.message(wait.question_id)
    question = shown.beginning(asked.words) if asked else ""
    return (
        '<div class="mash-asked"><p><strong>Waiting for the referrer</strong> since '
        f"{wording.near_words(wait.asked_at, at=visit.at)}, asked by {escape(wait.asked_by_name)}: "
        f"<q>{escape(question)}</q> The clocks run on.</p></div>"
    )


def _who_reads(whole: WholeChild) -> None:
    child = whole.child
    behind = ""
    if whole.consultation:
        address = f"/messages?consultation={whole.consultation}"
        behind = f" {link_html(address, 'It began as a consultation')}."
    st.html(
        f'<p class="mash-note">{escape(child.referrer_name)} and the lead of '
        f"{escape(child.agency_name)} read what stands here.{behind}</p>"
    )


def _write(visit: Visit, whole: WholeChild, kept: Kept, seen: list[UUID]) -> None:
    words = kept.long_answer(
        visit,
        "words",
        "Your message",
        hint="The referrer reads this. For yourselves, use an internal note.",
        rows=4,
    )
    own = [
        each
        for each in whole.thread.messages
        if each.by_id == visit.by.user_id and each.side is Side.FRONT_DOOR
    ]
    corrected = corrects(kept, own, visit)
    with st.container(horizontal=True, key="send_to_referrer"):
        sent = st.button("Send to the referrer", key="send_message", type="primary")
        asked = (
            whole.may_write
            and whole.child.status in CAN_WAIT
            and st.button("Send as a question and wait for the answer", key="ask_and_wait")
        )
    if not sent and not asked:
        return
    token, by, at = token_of(kept), visit.by, visit.at
    with visit.work() as session:
        mark_read(session, seen, by=by, at=at)
        if asked:
            ask_and_wait(session, whole.id, words, token=token, by=by, at=at)
        else:
            contact = whole.child.contact_id
            send_message(session, contact, words, token=token, corrects=corrected, by=by, at=at)
        kept.drop(session, by=by)
    kept.forget()
    done_in("talk", "Your question is sent; the child waits." if asked else "Your message is sent.")


def _stop(visit: Visit, whole: WholeChild) -> None:
    kept = Kept("stop waiting", whole.id)
    with st.expander("Stop waiting for the referrer", key="stop"):
        why = st.text_area(
            "Why do you no longer wait?",
            value=kept.text("why"),
            key=kept.key("why"),
            height=80,
            help="For example: she answered on the telephone.",
        )
        stopped = st.button("Stop waiting", key="stop_waiting")
    if stopped:
        with visit.work() as session:
            stop_waiting(session, whole.id, why, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("talk", "Nobody waits for the referrer any more.")
