"""What the night handed over and nobody has read, and the sheet for the next shift."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.reference import show_reference
from mash_triage.handover.actions import mark_handover_read
from mash_triage.handover.queries import HandoverPicture, unread_handovers
from mash_triage.handover.rules import is_of_the_day
from mash_triage.web import components, wording
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

SHEET = '<p><a href="/handover.pdf" target="_blank">Print the handover sheet (PDF)</a></p>'


def show(visit: Visit) -> None:
    """Every handover that waits for a reader, soonest due first, and the way to the sheet."""
    st.html(SHEET)
    with visit.look() as session:
        unread = unread_handovers(session, by=visit.by)
    st.header(f"Handed over, not read yet: {len(unread)}", anchor=False)
    if not unread:
        st.html(
            '<p class="mash-empty">Everything was read. A child is handed over on its own page.</p>'
        )
    for each in unread:
        one(visit, each, to="in_hand")


def one(visit: Visit, each: HandoverPicture, *, to: str, **query: str) -> None:
    """One handover, with the button for somebody of the day who has read it."""
    st.html(handover_html(visit, each))
    if each.read_at is not None or not may_read(visit, each):
        return
    if st.button(f"I have read this about {as_typed(each.name)}", key=f"read {each.id}"):
        with visit.work() as session:
            mark_handover_read(session, each.id, by=visit.by, at=visit.at)
        visit.leave("You have read the handover.", to=to, **query)


def may_read(visit: Visit, each: HandoverPicture) -> bool:
    """May this person say that the day has read it? The deed asks again."""
    return (
        visit.by.can(Permission.SCREEN_CONTACT)
        and each.given_by != visit.by.user_id
        and is_of_the_day(visit.by.role)
    )


def handover_html(visit: Visit, each: HandoverPicture) -> Html:
    """What was done, what is to do, who knows; by whom, and by when it is to be read."""
    late = each.read_at is None and visit.at > each.due_at
    if each.read_at is not None:
        read = f"read by {escape(each.read_by_name or '')}, "
        read += wording.near_words(each.read_at, at=visit.at)
    else:
        read = f"to be read by {wording.near_words(each.due_at, at=visit.at)}"
        read += ": <strong>that time has passed</strong>" if late else ""
    facts = components.summary_html(
        [
            ("Done", components.words_html(each.done)),
            ("Still to do", components.words_html(each.outstanding)),
            ("Who knows", components.words_html(each.who_knows)),
        ]
    )
    kind = "mash-late" if each.read_at is None else "mash-red"
    link = components.child_link_html("child", each.contact_child_id, each.name)
    return Html(
        f'<div class="{kind}"><p>{link} '
        f'<span class="mash-note">{show_reference(each.reference)}, handed over by '
        f"{escape(each.given_by_name)}, {wording.near_words(each.given_at, at=visit.at)}, "
        f"{read}</span></p>{facts}</div>"
    )
