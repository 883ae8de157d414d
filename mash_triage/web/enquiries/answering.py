"""The agency's side of one request: who and what is asked, and the answers, kept until sent."""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.contacts.reference import show_reference
from mash_triage.enquiries.actions import reply
from mash_triage.enquiries.actions.replying import Received
from mash_triage.enquiries.pictures import PartPicture, RequestPicture
from mash_triage.enquiries.queries import request_to_my_agency
from mash_triage.enquiries.rules import Answer, finding_of
from mash_triage.enquiries.stages import FINDING_WORDS, WITHHELD, Finding, State
from mash_triage.settings import settings
from mash_triage.web import kept, pressed
from mash_triage.web.components import rating_html, summary
from mash_triage.web.enquiries.shown import (
    basis_words,
    flags_html,
    people_words,
    questions_html,
    standing_words,
)
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

ALL = "all"  # in the address: the list, also where only one request waits
STOPPED = (
    "Agreement was withdrawn, so this request has stopped: send nothing. If you are worried about "
    "a child, tell us about the child."
)
CLOSED = "The front door closed this request. What you know is still welcome: it is kept as late."


def show(visit: Visit, request_id: UUID) -> None:
    """One request to this agency with its parts, and the form while it has no answer."""
    with visit.look() as session:
        seen = request_to_my_agency(session, request_id, by=visit.by, at=visit.at)
    visit.note_viewed(seen.id)
    kept.begin(visit, seen.id)
    st.html(f'<p><a href="/requests?{ALL}=1" target="_self">All requests</a></p>')
    st.header(f"Request {show_reference(seen.reference)}", anchor=False)
    st.html(
        f"<p><strong>{escape(standing_words(seen, at=visit.at))}</strong>{flags_html(seen)}</p>"
    )
    summary(
        [
            ("How soon", Html(rating_html(seen.rag))),
            ("About", people_words(seen.people)),
            ("Asked for", seen.purpose),
            ("Lawful basis", basis_words(seen.basis)),
            ("Asked by", f"{seen.asked_by}, telephone {settings().duty_number}"),
        ]
    )
    if seen.answered_at is not None:
        st.header("What your agency answered", anchor=False)
        st.html(questions_html(seen.parts))
        return
    if seen.state is State.STOPPED:
        st.html(f"<p>{STOPPED}</p>")
        return
    if seen.state is State.CLOSED:
        st.html(f"<p>{CLOSED}</p>")
    _form(visit, seen)


def _form(visit: Visit, seen: RequestPicture) -> None:
    st.header("Your answer", anchor=False)
    st.html(
        '<p class="mash-note">Only what these people\'s safety needs. What you write is kept until '
        "you send it, and can be sent once. Words without a choice count as information.</p>"
    )
    mine = Kept("answer request", seen.id)
    answers = [_part(mine, number, part) for number, part in enumerate(seen.parts, start=1)]
    if not pressed.button("Send the answer", key="send_answer", about=seen.id, type="primary"):
        return
    pressed.taken()
    with visit.work() as session:
        received = reply(session, seen.id, answers, by=visit.by, at=visit.at)
        mine.drop(session, by=visit.by)
    mine.forget()
    visit.leave(received_words(received), to="requests", open=str(seen.id))


def received_words(received: Received) -> str:
    """What the agency is told once its answer is kept."""
    if received.before:
        return "Your answer was with us already. Nothing was changed."
    if received.after_closing:
        return "Your answer is kept and shown as late: the front door had closed this request."
    return "Your answer has reached the front door. Thank you."


def _part(mine: Kept, number: int, part: PartPicture) -> Answer:
    st.html(f"<h3>{number}. {escape(part.question)}</h3>")
    findings = list(Finding)
    finding = st.radio(
        f"Answer to question {number}",
        findings,
        index=mine.index(f"{number} finding", findings),
        format_func=FINDING_WORDS.__getitem__,
        horizontal=True,
        key=mine.key(f"{number} finding"),
    )
    words, withheld, why = "", None, ""
    if finding is not Finding.NOTHING_KNOWN:
        words = st.text_area(
            f"What is known for question {number}",
            value=mine.text(f"{number} words"),
            key=mine.key(f"{number} words"),
            height=110,
        )
    if finding is Finding.PARTLY_WITHHELD:
        withheld = st.selectbox(
            f"Why part of question {number} is withheld",
            list(WITHHELD),
            index=mine.index(f"{number} withheld", list(WITHHELD)),
            format_func=WITHHELD.__getitem__,
            placeholder="Choose",
            key=mine.key(f"{number} withheld"),
        )
        why = st.text_input(
            f"In your words, for question {number}",
            value=mine.text(f"{number} why"),
            key=mine.key(f"{number} why"),
        )
    return Answer(part.id, finding_of(finding, words), words, withheld, why)
