"""A manager's entry for today on a child who is undecided after 24 hours."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.rules import is_overdue, within_24_hours
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.status import UNDECIDED
from mash_triage.decisions.actions import record_daily_review
from mash_triage.web import wording
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """Today's review if there is one; else the form for it."""
    child = whole.child
    is_late = is_overdue(within_24_hours(child.received_at), at=visit.at)
    if not is_late or child.status not in UNDECIDED:
        return
    today = [each for each in whole.reviews if each.on_day == london_day(visit.at)]
    if today:
        st.html(f'<p class="mash-note">Reviewed today, {wording.time_words(today[0].at)}.</p>')
    elif visit.by.can(Permission.DECIDE_CONTACT):
        with st.expander("Record today's review", key="review"):
            _form(visit, whole)


def _form(visit: Visit, whole: WholeChild) -> None:
    kept = Kept("review", whole.id)
    with st.form("review_form", border=False):
        words = st.text_area(
            "Why does the decision wait, and what keeps the child safe today?",
            value=kept.text("words"),
            key=kept.key("words"),
            height=120,
        )
        recorded = st.form_submit_button("Record review")
    if recorded:
        with visit.work() as session:
            record_daily_review(session, whole.id, words, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("reported", "Today's review is recorded.")
