"""A manager restricts a person's record: why, until when it is reviewed, who may open it."""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.people.actions import lift_restriction, restrict_person
from mash_triage.people.restricted import (
    RestrictionPicture,
    lifted_restrictions,
    may_be_readers,
)
from mash_triage.web import components, wording
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.components import HistoryLine
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """For managers only; a record can be restricted once it is known who the child is."""
    if whole.restriction:
        _restricted(whole.restriction)
    person_id = whole.child.person_id
    if person_id is None or not visit.by.can(Permission.RESTRICT_PERSON):
        return
    if whole.restriction:
        with st.expander("Lift the restriction", key="lift"):
            _lift(visit, whole.id, person_id)
    else:
        with st.expander("Restrict this record", key="restrict"):
            _restrict(visit, whole.id, person_id)
    _lifted(visit, person_id)


def _restricted(restriction: RestrictionPicture) -> None:
    st.html(
        '<div class="mash-banner"><p><strong>Restricted record.</strong> '
        f"{escape(restriction.reason)}</p><p>Open to: {escape(', '.join(restriction.readers))}. "
        f"Review on {wording.date_words(restriction.review_on)}.</p></div>"
    )


def _lifted(visit: Visit, person_id: int) -> None:
    """What restricted the record before, and why it no longer does."""
    with visit.look() as session:
        earlier = lifted_restrictions(session, person_id, by=visit.by)
    lines = [
        line
        for each in earlier
        for line in (
            HistoryLine("Restriction lifted", each.lifted_by, each.lifted_at, each.because),
            HistoryLine("Record restricted", each.restricted_by, each.restricted_at, each.reason),
        )
    ]
    if lines:
        with st.expander(f"Restricted before: {len(earlier)}", key="restricted_before"):
            components.history(lines)


def _restrict(visit: Visit, child_id: UUID, person_id: int) -> None:
    kept = Kept("restriction", child_id)
    with visit.look() as session:
        colleagues = dict(may_be_readers(session, by=visit.by))
    with st.form("restrict_form", border=False):
        reason = st.text_area(
            "Why is this record restricted?",
            value=kept.text("reason"),
            key=kept.key("reason"),
            height=80,
        )
        review_on = st.date_input(
            "Review on", value=kept.day("review"), format="DD/MM/YYYY", key=kept.key("review")
        )
        readers = st.multiselect(
            "Who may open it",
            list(colleagues),
            default=[each for each in colleagues if str(each) in (kept.value("readers") or [])],
            format_func=colleagues.__getitem__,
            select_all=False,
            key=kept.key("readers"),
        )
        asked = st.form_submit_button("Restrict")
    if not asked:
        return
    if review_on is None:
        st.html('<p role="alert"><strong>Choose a review date.</strong></p>')
        return
    with visit.work() as session:
        restrict_person(
            session,
            person_id,
            reason=reason,
            review_on=review_on,
            readers=readers,
            by=visit.by,
            at=visit.at,
        )
        kept.drop(session, by=visit.by)
    kept.forget()
    done_in("reported", "The record is restricted.")


def _lift(visit: Visit, child_id: UUID, person_id: int) -> None:
    kept = Kept("lifting", child_id)
    with st.form("lift_form", border=False):
        because = st.text_input(
            "Why is it lifted?", value=kept.text("because"), key=kept.key("because")
        )
        asked = st.form_submit_button("Lift the restriction")
    if asked:
        with visit.work() as session:
            lift_restriction(session, person_id, because=because, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("reported", "The restriction is lifted.")
