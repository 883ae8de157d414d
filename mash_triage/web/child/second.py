"""A second worker or team on one child: who and what for; whoever allocates adds and ends it."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.allocation.actions import add_second, end_second
from mash_triage.allocation.queries import offer_for
from mash_triage.allocation.seconds import SecondPicture
from mash_triage.contacts.status import OVER
from mash_triage.web import wording
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """The second one now, those before, and the form."""
    known = whole.workers
    for each in known.seconds:
        st.html(_line(visit, each))
    if not visit.by.can(Permission.ALLOCATE) or whole.child.status in OVER:
        return
    if known.second:
        _end(visit, known.second)
    elif st.toggle("Add a second worker or team", key=f"second {whole.id}"):
        _add(visit, whole)


def _line(visit: Visit, each: SecondPicture) -> str:
    since = wording.near_words(each.at, at=visit.at)
    note = f"since {since}"
    if each.ended_at is not None:
        note = f"{note}, until {wording.near_words(each.ended_at, at=visit.at)}: "
        note += escape(each.ended_because)
    return (
        f"<p><strong>Second: {escape(each.who)}</strong>, {escape(each.what_for)} "
        f'<span class="mash-note">{note}</span></p>'
    )


def _end(visit: Visit, each: SecondPicture) -> None:
    why = st.text_input("Why the second one is no longer needed", key=f"end second why {each.id}")
    if st.button("End the second allocation", key="end_second"):
        with visit.work() as session:
            end_second(session, each.id, why, by=visit.by, at=visit.at)
        done_in("workers", "The second allocation has ended.")


def _add(visit: Visit, whole: WholeChild) -> None:
    with visit.look() as session:
        offer = offer_for(session, [whole.id], by=visit.by, at=visit.at)
    people = {each.id: each.name for each in offer.workers}
    with st.form("add_second", border=False):
        worker = st.selectbox(
            "Second worker",
            list(people),
            index=None,
            format_func=people.__getitem__,
            placeholder="None",
            key=f"second_worker {whole.id}",
        )
        team = st.selectbox(
            "Second team",
            list(offer.teams),
            index=None,
            format_func=offer.teams.__getitem__,
            placeholder="None",
            key=f"second_team {whole.id}",
        )
        what_for = st.text_input("What for", key=f"second_for {whole.id}")
        pressed = st.form_submit_button("Add the second one", type="primary")
    if pressed:
        with visit.work() as session:
            add_second(
                session,
                whole.id,
                worker_id=worker,
                team_id=team,
                what_for=what_for,
                by=visit.by,
                at=visit.at,
            )
        done_in("workers", "The second one is on the record.")
