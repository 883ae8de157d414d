"""Restricted records that nobody who decides can open: how many, and naming who may."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.people.actions import name_reader
from mash_triage.people.queries import closed_to_all_deciders, deciders
from mash_triage.web.page import Visit
from mash_triage.web.wording import count_words


def show(visit: Visit) -> None:
    """For qualified managers, and only while there is such a record. It names no child."""
    if not visit.by.can(Permission.DECIDE_CONTACT):
        return
    with visit.look() as session:
        closed = closed_to_all_deciders(session, by=visit.by)
        managers = deciders(session, by=visit.by) if closed else {}
    if not closed:
        return
    many = count_words(closed, "restricted record", "restricted records")
    st.html(
        f'<div class="mash-banner"><p><strong>No qualified manager can open {many}.</strong> '
        "Those named have left or changed their role. Name a manager, so that these children can "
        "be decided for.</p></div>"
    )
    with st.form("closed_records", border=False):
        chosen = st.selectbox(
            "Who may open them",
            list(managers),
            index=None,
            format_func=managers.__getitem__,
            placeholder="Choose a manager",
            key="closed_records_who",
        )
        because = st.text_input("Why", key="closed_records_why")
        asked = st.form_submit_button("Name this manager")
    if asked and chosen is None:
        st.html('<p role="alert"><strong>Choose a manager.</strong></p>')
    elif asked and chosen is not None:
        with visit.work() as session:
            name_reader(session, chosen, because, by=visit.by, at=visit.at)
        visit.leave(f"{managers[chosen]} can open {many} now.", to="decisions")
