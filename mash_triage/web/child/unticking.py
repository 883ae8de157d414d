"""A trigger that was ticked is taken back only with a reason, and stays to be read."""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.screening.actions import record_indicators
from mash_triage.screening.queries import IndicatorPicture
from mash_triage.web import wording
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit

UNTICKED = "_unticked"


def needs_reason(whole: WholeChild, code: str, *, accepted: bool) -> bool:
    """Is this the un-ticking of a trigger that counts now?"""
    triggers = whole.edition.trigger_codes
    return not accepted and code in triggers and code in whole.screening.accepted


def ask(whole: WholeChild, code: str) -> None:
    """Ask for the reason on this child's page from now on."""
    st.session_state[_key(whole.id)] = code


def show(visit: Visit, whole: WholeChild) -> None:
    """The question why, with the two answers; only while it is asked."""
    code = st.session_state.get(_key(whole.id))
    if code is None or code not in whole.screening.accepted:
        return
    with st.container(border=True, key="unticking"):
        words = whole.edition.indicators_by_code[code].words
        st.html(
            f"<p><strong>You un-ticked: {escape(words)}.</strong> "
            "It can mean section 47 enquiries, and counts until you say why it does not.</p>"
        )
        because = st.text_area(
            "Why does it no longer count?", key=f"because {whole.id} {code}", height=80
        )
        with st.container(horizontal=True):
            rejected = st.button("Reject with this reason", key="untick_with_reason")
            kept = st.button("Keep it ticked", key="keep_ticked")
    if rejected:
        with visit.work() as session:
            record_indicators(
                session,
                whole.id,
                [],
                answered=[code],
                because=because,
                by=visit.by,
                at=visit.at,
            )
    if rejected or kept:
        del st.session_state[_key(whole.id)]
        st.rerun()


def rejected(visit: Visit, whole: WholeChild) -> None:
    """The triggers that were rejected: which, by whom, when and why."""
    there = whole.screening.rejected_triggers
    if not there:
        return
    known = whole.edition.indicators_by_code
    lines = "".join(
        f"<li><strong>{escape(known[each.code].words)}</strong> "
        f'<span class="mash-note">rejected by {escape(each.settled_by_name)}, '
        f"{_when(visit, each)}</span><br>"
        f"{escape(each.settled_because or 'No reason was asked for: it had only been proposed.')}"
        "</li>"
        for each in there
    )
    st.html(f'<h3>Triggers that were rejected</h3><ul class="mash-indicators">{lines}</ul>')


def _when(visit: Visit, each: IndicatorPicture) -> str:
    return wording.near_words(each.settled_at, at=visit.at) if each.settled_at else ""


def _key(child_id: UUID) -> str:
    return f"{UNTICKED} {child_id}"
