"""For whom a manager covers, and what one person decided alone at night: nothing waits unseen."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.allocation.queries import absences
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.reference import show_reference
from mash_triage.decisions.actions import review_night_decision
from mash_triage.decisions.alone import AlonePicture, decided_alone
from mash_triage.web import components, wording
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.worklists.covered import CoveredChild, covered_children

PASSED = ": <strong>that time has passed</strong>"
WHAT_COMES = (
    "Warnings of what is due for their children come to you too, and their promises are among "
    "yours. What waits for a decision waits for every manager, on the page of decisions."
)


def told(visit: Visit) -> None:
    """Who is away today and whom this person covers for; nothing where everybody is here."""
    with visit.look() as session:
        known = absences(session, by=visit.by, at=visit.at)
        today = london_day(visit.at)
        away = [each for each in known if each.first_day <= today]
        hers = [each for each in away if each.cover_id == visit.by.user_id]
        children = covered_children(session, by=visit.by, at=visit.at) if hers else []
    if hers:
        names = ", ".join(
            f"{escape(each.name)} (until {wording.short_date(each.last_day)})" for each in hers
        )
        st.html(f"<p><strong>You cover for {names}.</strong> {WHAT_COMES}</p>")
    if children:
        count = wording.count_words(len(children), "child", "children")
        lines = "".join(
            f"<li>{components.child_link_html('child', each.id, each.name)} "
            f'<span class="mash-note">{show_reference(each.reference)}</span>, '
            f"{escape(each.worker)}, "
            f"{wording.stage_words(each.status)}{_left(each, visit)}</li>"
            for each in children
        )
        st.html(
            f"<p><strong>{count} of colleagues for whom you cover:</strong></p>"
            f'<ul class="mash-list">{lines}</ul>'
        )
    alone = ", ".join(escape(each.name) for each in away if each.cover_id is None)
    if alone:
        st.html(f'<p class="mash-note">Away, and nobody covers: {alone}.</p>')


def _left(child: CoveredChild, visit: Visit) -> str:
    if child.next_due_at is None:
        return ""
    return f", {wording.time_left_words(child.next_due_at, at=visit.at)}"


def alone(visit: Visit) -> None:
    """Decisions of the night that a second manager reviews; nothing while there are none."""
    with visit.look() as session:
        waiting = decided_alone(session, by=visit.by)
    if not waiting:
        return
    st.header(f"Decided alone at night, to be reviewed: {len(waiting)}", anchor=False)
    for each in waiting:
        is_late = visit.at > each.due_at
        kind, past = ("mash-late", PASSED) if is_late else ("mash-red", "")
        link = components.child_link_html("decide", each.contact_child_id, each.name)
        st.html(
            f'<p class="{kind}">{link} '
            f'<span class="mash-note">{show_reference(each.reference)}</span>, '
            f"decided by {escape(each.decided_by_name)}, "
            f"{wording.near_words(each.decided_at, at=visit.at)}: "
            f"<strong>{escape(each.outcome)}, level {each.level}</strong>. To be reviewed by "
            f"{wording.near_words(each.due_at, at=visit.at)}{past}</p>"
        )
        if visit.by.can(Permission.DECIDE_CONTACT) and each.decided_by != visit.by.user_id:
            _review(visit, each)


def _review(visit: Visit, each: AlonePicture) -> None:
    name = as_typed(each.name)
    words = st.text_input(f"What you think of the decision for {name}", key=f"alone {each.id}")
    if st.button(f"Record the review for {name}", key=f"reviewed {each.id}"):
        with visit.work() as session:
            review_night_decision(session, each.id, words, by=visit.by, at=visit.at)
        visit.leave("The review is recorded.", to="decisions")
