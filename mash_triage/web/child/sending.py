"""Take up, take over, and send to a manager: what is missing is listed, each with its part."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.allocation.queries import workers_of_child
from mash_triage.contacts.status import WAITING_FOR_MANAGER, WAITING_FOR_SCREENING, WITH_WORKER
from mash_triage.decisions.actions import may_decide_alone
from mash_triage.screening.actions import (
    hand_over,
    propose_from_words,
    send_for_decision,
    take_up,
)
from mash_triage.web import components, pressed
from mash_triage.web.child.parts import PARTS, beside, done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit

WHY = "Why you take this child over"
SEND = '<p><a href="#send" target="_self">Ready: send it to a manager</a></p>'
WORKERS = {"indicators", "rag", "analysis", "level"}


def whose(visit: Visit, whole: WholeChild) -> None:
    """Who works on this child, with the button to take up or take over."""
    child = whole.child
    if not visit.by.can(Permission.SCREEN_CONTACT):
        return
    if child.status in WAITING_FOR_SCREENING:
        st.html("<p>Nobody has taken this child up yet.</p>")
        why = _why_from_colleague(visit, whole)
        if st.button("Take up", key="take_up", type="primary"):
            with visit.work() as session:
                take_up(session, whole.id, why, by=visit.by, at=visit.at)
            with visit.work() as session:
                propose_from_words(session, whole.id, by=visit.by, at=visit.at)
            done_in("reported", "You have taken this child up.")
    elif child.status in WITH_WORKER and child.taken_up_by != visit.by.user_id:
        st.html(
            f"<p>{escape(child.taken_up_by_name or 'A colleague')} is screening this child.</p>"
        )
        why = st.text_input(WHY, key="take_over_why")
        if st.button("Take over", key="take_over"):
            with visit.work() as session:
                hand_over(session, whole.id, why, by=visit.by, at=visit.at)
            done_in("reported", "You have taken this child over.")


def _why_from_colleague(visit: Visit, whole: WholeChild) -> str:
    """The reason for taking up a child that was allocated to a colleague; empty where it is not."""
    with visit.look() as session:
        now = workers_of_child(session, whole.id, by=visit.by).now
    if now is None or now.worker_id in (None, visit.by.user_id):
        return ""
    st.html(f"<p>It is allocated to {escape(now.worker or 'a colleague')}.</p>")
    return st.text_input(WHY, key="take_over_why")


def returned(whole: WholeChild) -> None:
    """What the manager still wants, when she gave the child back."""
    last = whole.child.moves[-1] if whole.child.moves else None
    if last and last.moved_to == whole.child.status == "returned_to_worker":
        st.html(
            f'<div class="mash-banner"><p><strong>Returned by {escape(last.by_name)}:</strong> '
            f"{escape(last.why)}</p></div>"
        )


def to_decide(visit: Visit, whole: WholeChild) -> None:
    """The way to the decision, for managers, and for whoever may decide alone at night."""
    waits = whole.child.status in WAITING_FOR_MANAGER
    at_night = (
        visit.by.qualified
        and visit.by.can(Permission.DECIDE_AT_NIGHT)
        and may_decide_alone(whole.edition.clocks, at=visit.at)
    )
    if waits and (at_night or visit.by.can(Permission.SEE_DECISION_QUEUE)):
        st.html(components.child_link_html("decide", whole.id, "Decide for this child"))


def show(visit: Visit, whole: WholeChild) -> None:
    """What still stands between this child and a manager, and the button."""
    if not whole.may_write:
        return
    heading("send")
    with beside("send"):
        missing(whole)
        sent = pressed.button("Send to a manager", key="send", about=whole.id, type="primary")
    if sent:
        pressed.taken()
        with visit.work() as session:
            send_for_decision(session, whole.id, by=visit.by, at=visit.at)
        visit.leave(f"{whole.child.name} is sent to a manager.", to="board")


def missing(whole: WholeChild) -> None:
    """Each missing thing in words, linked to its part of the page."""
    if not whole.screening.missing:
        st.html("<p>Nothing is missing.</p>")
        return
    st.html(f"<p>Still missing:</p>{_missing_html(whole)}")


def _missing_html(whole: WholeChild) -> str:
    lines = "".join(
        f'<li><a href="#{each.part}" target="_self">{escape(each.words)}</a></li>'
        for each in whole.screening.missing
    )
    return f'<ul class="mash-links">{lines}</ul>'


def comes_next(_visit: Visit, whole: WholeChild) -> None:
    """Beside the page, for whoever screens: what a manager still lacks, else the way to send."""
    if not whole.may_write:
        return
    lines = _missing_html(whole) if whole.screening.missing else SEND
    st.html(f"<h3>Before a manager sees it</h3>{lines}")


def has_part(whole: WholeChild, part: str) -> bool:
    """The worker's own parts come with taking up; only whoever took the child up sends."""
    if part == "send":
        return whole.may_write
    if part == "later":
        return bool(whole.later.additions)
    return part not in WORKERS or whole.child.status not in WAITING_FOR_SCREENING


def contents(_visit: Visit, whole: WholeChild) -> None:
    """The parts of the page as links, each with what is still missing in it; on a phone a way back
    to them from everywhere.
    """
    open_parts = {each.part for each in whole.screening.missing} if whole.may_write else set()
    shown = [code for code in PARTS if has_part(whole, code)]
    lines = "".join(
        f'<li><a href="#{code}" target="_self">{PARTS[code]}</a>'
        f"{'<span> to do</span>' if code in open_parts else ''}"
        f"{'<span> new</span>' if code == 'talk' and whole.thread.unread() else ''}</li>"
        for code in shown
    )
    st.html(
        f'<nav class="mash-contents" id="parts" aria-label="Parts of this page"><ol>{lines}</ol>'
        '<a class="mash-to-parts" href="#parts" target="_self">Parts of this page</a></nav>'
    )
