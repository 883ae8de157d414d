"""A referrer's own contacts: where each child stands in plain words, and the outcome."""

from contextlib import suppress
from html import escape

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.reference import show_reference
from mash_triage.settings import settings
from mash_triage.thresholds.queries import edition_in_force, edition_of
from mash_triage.web.form import status
from mash_triage.web.page import Undone, Visit
from mash_triage.web.wording import near_words
from mash_triage.worklists.my_contacts import (
    MOST_SHOWN,
    MyContact,
    how_many_contacts,
    my_contact,
    my_contacts,
)

SHOWN = MOST_SHOWN


def show(visit: Visit) -> None:
    """The latest, newest first, and a search for older ones; or what to do when there is none."""
    with visit.look() as session:
        mine = my_contacts(session, by=visit.by, limit=SHOWN)
        in_all = how_many_contacts(session, by=visit.by) if len(mine) == SHOWN else len(mine)
        record = edition_in_force(session, settings().edition, london_day(visit.at))
        concerns = {one.code: one.words for one in edition_of(session, record.id).concern}
    st.header("Sent", anchor=False)
    if not mine:
        st.html(
            '<p class="mash-empty">You have not sent a contact yet. To tell us about a child, '
            "press Start a new contact.</p>"
        )
        return
    st.html(status.whom_to_call())
    found = _found(visit)
    if found is None and in_all > len(mine):
        st.html(f"<p>The latest {len(mine)} of {in_all}. Find an older one by its reference.</p>")
    st.html("".join(_contact(visit, each, concerns) for each in ([found] if found else mine)))


def _found(visit: Visit) -> MyContact | None:
    """The contact whose reference was typed; none when nothing was, or nothing of hers has it."""
    with (
        st.form("find_contact_form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        typed = st.text_input("Find by reference", key="find_contact", width=300)
        st.form_submit_button("Find")
    if typed and typed.strip():
        with suppress(Undone), visit.going_on().look() as session:
            return my_contact(session, typed, by=visit.by)
    return None


def _contact(visit: Visit, contact: MyContact, concerns: dict[str, str]) -> str:
    names = ", ".join(escape(child.name) for child in contact.children)
    worry = escape(concerns.get(contact.main_concern, contact.main_concern))
    received = near_words(contact.received_at, at=visit.at)
    sender = "" if contact.sent_by == visit.by.name else f", sent by {escape(contact.sent_by)}"
    children = status.contact_html(visit, contact)
    return (
        f'<article class="mash-contact"><h3>{names}</h3>'
        f'<p class="mash-note">{worry}. Received {received}{sender}.</p>{children}'
        f'<p><a href="/receipt?contact={contact.reference}" target="_self">'
        f"{show_reference(contact.reference)}: receipt, copy, change or add</a></p></article>"
    )
