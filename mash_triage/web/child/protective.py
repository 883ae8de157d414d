"""Protective action: recorded by anybody, at any time, waiting for nobody."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.actions import PROTECTIVE_KINDS, record_protective_action
from mash_triage.web import notices, wording
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

SAID = "_protective_said"


def show(visit: Visit, whole: WholeChild) -> None:
    """What was done for the child's safety, and the short form to add to it."""
    if st.session_state.pop(SAID, False):
        notices.done("Protective action recorded.")
    done(visit, whole)
    if visit.by.can(Permission.RECORD_PROTECTIVE_ACTION):
        with st.expander("Record a protective action", key="protective"):
            _form(visit, whole)


def done(visit: Visit, whole: WholeChild) -> None:
    """Each action with who and when."""
    lines = "".join(
        f"<li><strong>{escape(PROTECTIVE_KINDS.get(each.kind, each.kind))}</strong> "
        f"{escape(each.words)} <span class='mash-note'>{escape(each.by_name)}, "
        f"{wording.near_words(each.at, at=visit.at)}</span></li>"
        for each in whole.child.protective_actions
    )
    if lines:
        st.html(f'<ul class="mash-links">{lines}</ul>')


def _form(visit: Visit, whole: WholeChild) -> None:
    kept, kinds = Kept("protective", whole.id), list(PROTECTIVE_KINDS)
    with st.form("protective_form", border=False):
        kind = st.radio(
            "What was done?",
            kinds,
            index=kept.index("kind", kinds),
            format_func=PROTECTIVE_KINDS.__getitem__,
            key=kept.key("kind"),
        )
        words = st.text_input(
            "Who, when, reference (optional)", value=kept.text("words"), key=kept.key("words")
        )
        recorded = st.form_submit_button("Record it now")
    if not recorded:
        return
    with visit.work() as session:
        record_protective_action(session, whole.id, kind or "", words, by=visit.by, at=visit.at)
        kept.drop(session, by=visit.by)
    kept.forget()
    st.session_state[SAID] = True
    st.rerun()
