"""Giving a child back to the worker, with what is still wanted."""

import streamlit as st

from mash_triage.access.roles import Permission, deciding
from mash_triage.contacts.status import WAITING_FOR_MANAGER
from mash_triage.decisions.actions import check_may_decide, may_decide_alone, return_to_worker
from mash_triage.decisions.rules import check_second_pair_of_eyes
from mash_triage.errors import NotAllowed, Refused
from mash_triage.web.child.deciding import words_of
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit


def refuse_who_never_decides(visit: Visit) -> None:
    """The page is for managers; for others only where one qualified person may decide at night."""
    by = visit.by
    at_night = Permission.DECIDE_AT_NIGHT in deciding(qualified=by.qualified)
    if not by.can(Permission.SEE_DECISION_QUEUE) and not at_night:
        visit.refuse(NotAllowed("A manager decides for this child."))


def why_not(visit: Visit, whole: WholeChild) -> str | None:
    """Why this person does not decide for this child, in the words of the rule; None if she may."""
    try:
        check_may_decide(whole.edition.clocks, visit.by, at=visit.at)
        alone = may_decide_alone(whole.edition.clocks, at=visit.at)
        check_second_pair_of_eyes(whole.screened_by, visit.by.user_id, alone=alone)
    except Refused as refusal:
        return refusal.words
    return None


def show(visit: Visit, whole: WholeChild, *, seen: int) -> None:
    """The reason, and the button; only while the child waits for a manager."""
    kept = words_of(whole)
    if whole.child.status not in WAITING_FOR_MANAGER:
        return
    if not visit.by.can(Permission.DECIDE_CONTACT):
        return
    with st.expander("Return to the worker instead", key="return"):
        reason = st.text_area(
            "What do you still need from the worker?",
            value=kept.text("return"),
            key=kept.key("return"),
            height=100,
            persist_state="session",
        )
        asked = st.button("Return to the worker", key="return_to_worker")
    if asked:
        with visit.work() as session:
            return_to_worker(session, whole.id, reason, seen=seen, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        visit.leave(f"{whole.child.name} is returned to the worker.", to="decisions")
