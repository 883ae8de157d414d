"""On the child's page: which agencies were asked, what they answered, and what can be done next."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.enquiries.actions import (
    authorise_request,
    chase,
    close_request,
    decline_request,
    escalate_request,
    mark_relevance,
    mark_reply_read,
    release_reply,
)
from mash_triage.enquiries.pictures import RequestPicture
from mash_triage.enquiries.stages import RELEVANCE, State
from mash_triage.web import wording
from mash_triage.web.child.parts import beside, done_in, heading, to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.components import summary
from mash_triage.web.enquiries import asking
from mash_triage.web.enquiries.shown import (
    basis_words,
    head_html,
    log,
    people_words,
    questions_html,
)
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit

INSIDE = (
    "Answers are read inside the enquiry only, until a manager releases them. What an agency says "
    "it says for this child's safety."
)
NOT_YOURS = "The agency has answered. Its answer is read by those who work on the enquiry."


def show(visit: Visit, whole: WholeChild) -> None:
    """The requests about this child, and the form for more."""
    heading("agencies")
    st.html(
        f'<p class="mash-note">{INSIDE} <a href="/sharing?child={whole.id}" target="_self">'
        "What was shared about this child</a></p>"
    )
    if not whole.requests:
        may = " that you may read of" if whole.child.withheld else ""
        st.html(f"<p>No agency has been asked{may}.</p>")
    for each in whole.requests:
        with st.container(border=True, key=f"request {each.id}", gap="xsmall"):
            _one(visit, whole, each)
    asking.show(visit, whole)


def read_only(visit: Visit, whole: WholeChild) -> None:
    """What agencies answered, beside the decision."""
    if not whole.requests:
        return
    heading("agencies")
    for each in whole.requests:
        st.html(head_html(each, at=visit.at))
        st.html(questions_html(each.parts))


def _kept(whole: WholeChild, what: str, each: RequestPicture) -> Kept:
    """A form about one of the requests, kept with the child's other forms."""
    return Kept(f"{what} {each.id.hex[:16]}", whole.id)


def _one(visit: Visit, whole: WholeChild, each: RequestPicture) -> None:
    st.html(head_html(each, at=visit.at))
    if each.is_closed_to_reader:
        st.html(f"<p>{NOT_YOURS}</p>")
    may, is_settled = visit.by.can(Permission.SCREEN_CONTACT), _is_settled(each)
    if not may or not is_settled:
        st.html(questions_html(each.parts))
    if not may:
        return
    if is_settled:
        with to_read("The answer, and about this request", f"about {each.id}"):
            st.html(questions_html(each.parts))
            _relevance(visit, each)
            _about(each)
    else:
        if each.answered_at is not None:
            _relevance(visit, each)
        with beside(f"request {each.id}"):
            if each.answered_at is not None and each.read_at is None:
                _read(visit, each)
            with to_read("About this request", f"about {each.id}"):
                _about(each)
    if each.state is State.NEEDS_WORD:
        _managers_word(visit, whole, each)
    if each.state is State.OPEN:
        _on_its_way(visit, each)
    if each.state in (State.OPEN, State.NEEDS_WORD):
        with st.expander("Close it", key=f"close {each.id}"):
            _close(visit, whole, each)
    if each.answered_at is not None and visit.by.can(Permission.AUTHORISE_SHARING):
        _release(visit, whole, each)


def _is_settled(each: RequestPicture) -> bool:
    """Was it read, and every answer marked, none of them as relevant to the decision?"""
    marks = {part.relevance for part in each.parts}
    return each.read_at is not None and not marks & {None, "relevant"}


def _read(visit: Visit, each: RequestPicture) -> None:
    """Somebody says that she has read it; until then it is marked on the board."""
    if st.button(f"I have read what {as_typed(each.agency)} answered", key=f"read {each.id}"):
        with visit.work() as session:
            mark_reply_read(session, each.id, by=visit.by, at=visit.at)
        done_in("agencies", "It is recorded that you have read it.")


def _about(each: RequestPicture) -> None:
    pairs = [
        ("About", people_words(each.people)),
        ("Asked for", each.purpose),
        ("Lawful basis", basis_words(each.basis)),
        ("Necessary because", each.basis.necessity),
    ]
    if each.why_not_words:
        pairs.append(("Agreement", each.why_not_words))
    summary(pairs)
    log(each.steps)


# ---------------------------------------------------------------- before the answer


def _managers_word(visit: Visit, whole: WholeChild, each: RequestPicture) -> None:
    lacking = escape(each.why_not_words).replace("\n", "<br>")
    st.html(f"<p>Nothing is sent before a manager gives her word.<br>{lacking}</p>")
    if not visit.by.can(Permission.AUTHORISE_SHARING):
        return
    mine = _kept(whole, "word", each)
    words = st.text_input("Your reasons", value=mine.text("words"), key=mine.key("words"))
    with st.container(horizontal=True):
        lets_go = st.button("Let it go", key=f"authorise {each.id}", type="primary")
        says_no = st.button("Say no", key=f"decline {each.id}")
    if not lets_go and not says_no:
        return
    deed = authorise_request if lets_go else decline_request
    with visit.work() as session:
        deed(session, each.id, words, by=visit.by, at=visit.at)
        mine.drop(session, by=visit.by)
    mine.forget()
    done_in("agencies", "The request is sent." if lets_go else "The request is not sent.")


def _on_its_way(visit: Visit, each: RequestPicture) -> None:
    with st.container(horizontal=True):
        reminds = st.button("Remind the agency", key=f"chase {each.id}")
        goes_up = each.is_late and st.button("Go to its lead", key=f"lead {each.id}")
    if each.telephone:
        st.html(f'<p class="mash-note">Telephone: {escape(each.telephone)}</p>')
    if reminds:
        with visit.work() as session:
            chase(session, each.id, by=visit.by, at=visit.at)
        done_in("agencies", f"{each.agency} is reminded.")
    if goes_up:
        with visit.work() as session:
            escalate_request(session, each.id, by=visit.by, at=visit.at)
        done_in("agencies", f"The lead of {each.agency} is told.")


def _close(visit: Visit, whole: WholeChild, each: RequestPicture) -> None:
    mine = _kept(whole, "close", each)
    because = st.text_input(
        "Why do you no longer wait?", value=mine.text("because"), key=mine.key("because")
    )
    if st.button("Close this request", key=f"close it {each.id}"):
        with visit.work() as session:
            close_request(session, each.id, because, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        mine.forget()
        done_in("agencies", "Closed. An answer that still comes is kept, and shown as late.")


# ---------------------------------------------------------------- the answer


def _relevance(visit: Visit, each: RequestPicture) -> None:
    codes = list(RELEVANCE)
    for number, part in enumerate(each.parts, start=1):
        marked = st.radio(
            f"How relevant is answer {number}?",
            codes,
            index=codes.index(part.relevance) if part.relevance else None,
            format_func=RELEVANCE.__getitem__,
            horizontal=True,
            key=f"relevance {part.id} {part.relevance}",
        )
        if marked is not None and marked != part.relevance:
            with visit.work() as session:
                mark_relevance(session, part.id, marked, by=visit.by, at=visit.at)
            done_in("agencies", f"Answer {number} is marked: {RELEVANCE[marked].lower()}.")


def _release(visit: Visit, whole: WholeChild, each: RequestPicture) -> None:
    if each.released_at is not None:
        st.html(f"<p>Released {wording.near_words(each.released_at, at=visit.at)}.</p>")
        return
    with st.expander("Release this answer beyond the enquiry", key=f"release {each.id}"):
        mine = _kept(whole, "release", each)
        words = st.text_input("To whom, and why?", value=mine.text("words"), key=mine.key("words"))
        if st.button("Release", key=f"release it {each.id}"):
            with visit.work() as session:
                release_reply(session, each.id, words, by=visit.by, at=visit.at)
                mine.drop(session, by=visit.by)
            mine.forget()
            done_in("agencies", "Released; the sharing ledger says so.")
