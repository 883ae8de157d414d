"""The children on one contact as a worker and a manager see them together.

Many hands are saved, no judgement is: each child is taken up, sent and decided by a deed and a
record of its own.
"""

from dataclasses import dataclass
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.pictures import ChildPicture, picture_of_child
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.status import WAITING_FOR_MANAGER, WAITING_FOR_SCREENING, WITH_WORKER
from mash_triage.screening.actions import propose_from_words, send_for_decision, take_up
from mash_triage.screening.queries import picture_of_screening
from mash_triage.screening.rules import Missing
from mash_triage.thresholds.levels import ClockTimes, Edition
from mash_triage.web import components, wording
from mash_triage.web.child.reported import notice_html
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Undone, Visit
from mash_triage.worklists.rows import BoardRow, any_of, read_rows, times_in_force


@dataclass(frozen=True)
class Together:
    """The children on one contact whom this person may see, and what is missing of each.

    `edition` is the contact's, known while a worker has one of them.
    """

    child: ChildPicture
    rows: tuple[BoardRow, ...]
    missing: dict[UUID, tuple[Missing, ...]]
    times: ClockTimes
    edition: Edition | None

    def at(self, stages: frozenset[str]) -> list[BoardRow]:
        """Those who stand at one of these stages."""
        return [row for row in self.rows if row.status in stages]


def read(visit: Visit, contact_child_id: UUID) -> Together:
    """Read them all through one of them, and note that each record was opened."""
    with visit.look() as session:
        child = picture_of_child(session, contact_child_id, by=visit.by)
        times = times_in_force(session, at=visit.at)
        same = ContactChild.contact_id == child.contact_id
        rows = read_rows(session, any_of(same), times, by=visit.by, at=visit.at)
        screened = {
            row.id: picture_of_screening(session, row.id, by=visit.by)
            for row in rows
            if row.status in WITH_WORKER
        }
    for row in rows:
        visit.note_viewed(row.id)
    missing = {each: tuple(seen.missing) for each, seen in screened.items()}
    edition = next((seen.edition for seen in screened.values()), None)
    return Together(child, tuple(rows), missing, times, edition)


def about(visit: Visit, family: Together) -> None:
    """The contact, the police notice if it came from one, and the children as on the board."""
    child = family.child
    received = wording.near_words(child.received_at, at=visit.at)
    st.html(
        f'<p class="mash-about">Contact {show_reference(child.reference)} from '
        f"{escape(child.agency_name)}, received {received}</p>"
    )
    if (notice := child.submission.get("notice")) and not child.withheld:
        st.html(f"<h2>Police notice</h2>{notice_html(notice)}")
    if child.withheld:
        st.html(f'<div class="mash-banner"><p><strong>{child.withheld}</strong></p></div>')
    st.html(
        components.children_table_html(
            family.rows, "Least time left first", family.times, page="child", at=visit.at
        )
    )


def take_up_all(visit: Visit, family: Together) -> None:
    """Take up whoever waits, all with one touch."""
    waiting = family.at(WAITING_FOR_SCREENING)
    if not waiting or not visit.by.can(Permission.SCREEN_CONTACT):
        return
    count = wording.count_words(len(waiting), "child", "children")
    if st.button(f"Take up {count}", key="take_up_all", type="primary"):
        taken = sum(_take_up(visit.going_on(), row.id) for row in waiting)
        done = wording.count_words(taken, "child is", "children are")
        visit.leave(f"{done} taken up by you.", to="together", child=str(family.child.id))


def _take_up(visit: Visit, contact_child_id: UUID) -> bool:
    """One child, in a transaction of its own: one whom a colleague took stays hers."""
    try:
        with visit.work() as session:
            take_up(session, contact_child_id, by=visit.by, at=visit.at)
        with visit.work() as session:
            propose_from_words(session, contact_child_id, by=visit.by, at=visit.at)
    except Undone:
        return False
    return True


def send_ticked(visit: Visit, family: Together) -> None:
    """What is missing of each child of this worker; those of whom nothing is missing can be ticked
    and sent together. Nobody is ticked beforehand.
    """
    mine = [row for row in family.at(WITH_WORKER) if row.worker_id == visit.by.user_id]
    if not mine:
        return
    st.header("Send to a manager", anchor=False)
    ready = [row for row in mine if not family.missing[row.id]]
    unready = [row for row in mine if family.missing[row.id]]
    if unready:
        lines = "".join(_missing_html(row, family.missing[row.id]) for row in unready)
        st.html(f'<p>Still missing:</p><ul class="mash-list">{lines}</ul>')
    ticked = [row for row in ready if st.checkbox(as_typed(row.name), key=f"send {row.id}")]
    if ready and st.button("Send the ticked children", key="send_ticked", type="primary"):
        sent = sum(_send(visit.going_on(), row.id) for row in ticked)
        if not ticked:
            st.html("<p>Tick whom to send.</p>")
        elif sent:
            done = wording.count_words(sent, "child is", "children are")
            words = f"{done} sent to a manager, each with a record of its own."
            visit.leave(words, to="together", child=str(family.child.id))


def _missing_html(row: BoardRow, missing: tuple[Missing, ...]) -> str:
    what = "; ".join(escape(each.words.rstrip(".")) for each in missing)
    return f"<li>{components.child_link_html('child', row.id, row.name)}: {what}.</li>"


def _send(visit: Visit, contact_child_id: UUID) -> bool:
    try:
        with visit.work() as session:
            send_for_decision(session, contact_child_id, by=visit.by, at=visit.at)
    except Undone:
        return False
    return True


def to_decide(visit: Visit, family: Together) -> None:
    """For managers: the way to the decision for each child who waits for one."""
    waiting = family.at(WAITING_FOR_MANAGER)
    if not waiting or not visit.by.can(Permission.SEE_DECISION_QUEUE):
        return
    lines = "".join(
        f"<li>{components.child_link_html('decide', row.id, f'Decide for {row.name}')}</li>"
        for row in waiting
    )
    st.html(
        "<h2>Waiting for a decision</h2><p>Each child has a decision of its own.</p>"
        f'<ul class="mash-list">{lines}</ul>'
    )
