"""Who works on this child and who did, with reasons; and for whoever allocates, whom to choose."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.allocation.actions import lift_conflict, record_conflict
from mash_triage.allocation.queries import AllocationPicture, ConflictPicture, offer_for
from mash_triage.allocation.rules import BLOCK_WORDS, How
from mash_triage.contacts.status import ENDED
from mash_triage.web import components, wording
from mash_triage.web.child import second
from mash_triage.web.child.parts import done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.components import HistoryLine
from mash_triage.web.in_hand import unallocated
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit

HOW_WORDS = {
    How.ALLOCATED: "Allocated to",
    How.TAKEN_UP: "Taken up by",
    How.TAKEN_OVER: "Taken over by",
}


def show(visit: Visit, whole: WholeChild) -> None:
    """Now, before, who knows the family, and the way to allocate."""
    heading("workers")
    known = whole.workers
    if known.now is None:
        st.html("<p>Nobody has this child yet.</p>")
    components.history([_line(each) for each in known.allocations], first=1)
    if known.changes:
        count = wording.count_words(known.changes, "change", "changes")
        st.html(f"<p>{count} of worker on this contact.</p>")
    second.show(visit, whole)
    _conflicts(visit, whole)
    if visit.by.can(Permission.ALLOCATE) and st.toggle("Allocate", key=f"allocating {whole.id}"):
        _allocate(visit, whole)


def _line(each: AllocationPicture) -> HistoryLine:
    to = ", ".join(part for part in (each.worker, each.team) if part)
    despite = f" although {'; '.join(BLOCK_WORDS[b] for b in each.despite)}" if each.despite else ""
    what = f"{HOW_WORDS[How(each.how)]} {to}{despite}"
    return HistoryLine(what, each.by_name, each.at, each.reason)


def _conflicts(visit: Visit, whole: WholeChild) -> None:
    """Who is related to the family or knows it, not chosen for this child; and of whom it was said
    and taken back.
    """
    for each in whole.workers.conflicts:
        said = wording.near_words(each.at, at=visit.at)
        st.html(
            f"<p><strong>{escape(each.worker)} is related to this family or knows it</strong> "
            f'<span class="mash-note">said {said}</span></p>'
        )
        if visit.by.can(Permission.ALLOCATE) and each.worker_id != visit.by.user_id:
            why = st.text_input("Why it no longer holds", key=f"lift why {each.id}")
            if st.button(f"Take back of {as_typed(each.worker)}", key=f"lift {each.id}"):
                with visit.work() as session:
                    lift_conflict(session, each.id, why, by=visit.by, at=visit.at)
                done_in("workers", "That is taken back.")
    if whole.workers.taken_back:
        components.history([_taken_back(each) for each in whole.workers.taken_back], first=1)
    said_so = visit.by.user_id in {each.worker_id for each in whole.workers.conflicts}
    may = visit.by.can(Permission.SCREEN_CONTACT) and not said_so
    me = visit.by.user_id
    if may and me and st.button("I am related to this family or know it", key="know_family"):
        with visit.work() as session:
            record_conflict(session, whole.id, me, by=visit.by, at=visit.at)
        mine = whole.workers.now is not None and whole.workers.now.worker_id == me
        still = "You still have this child: ask a manager to give it to a colleague now."
        done_in("workers", still if mine else "You are not offered for this child.")


def _taken_back(each: ConflictPicture) -> HistoryLine:
    assert each.lifted_at is not None  # for mypy: the three come together
    what = f"Taken back that {each.worker} is related to this family or knows it"
    return HistoryLine(what, each.lifted_by or "", each.lifted_at, each.lifted_because or "")


def _allocate(visit: Visit, whole: WholeChild) -> None:
    with visit.look() as session:
        offer = offer_for(session, [whole.id], by=visit.by, at=visit.at)
    names = {each.id: each.name for each in offer.workers}
    if whole.child.status not in ENDED:
        said = offer.suggested(whole.id)
        whom = names.get(said.worker_id, "nobody") if said.worker_id else "nobody"
        st.html(
            f'<p class="mash-note">Suggested: {escape(whom)}, because '
            f"{escape('; '.join(said.reasons))}.</p>"
        )
    known = offer.facts[whole.id].known_to or {}
    for worker_id, words in known.items():
        if worker_id in names:
            st.html(f"<p>{escape(names[worker_id])} {escape(words)}.</p>")
    worker = unallocated.choose_worker(offer.workers, offer.teams, str(whole.id))
    why = st.text_input("Why (needed where the worker changes)", key=f"why {whole.id}")
    here = str(whole.id)
    if st.button("Allocate this child", key="allocate_child", type="primary"):
        if worker is None:
            st.html('<p role="alert"><strong>Choose a worker.</strong></p>')
        else:
            unallocated.give(visit, [whole.id], worker, why, offer.workers, to="child", child=here)
    unallocated.blocked(visit, {whole.id: whole.child.name}, offer.workers, to="child", child=here)
