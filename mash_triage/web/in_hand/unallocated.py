"""Children without a worker: how long they wait, whom the service suggests, and the buttons.

Nothing is chosen beforehand. What speaks against a worker is said after the press, with a field for
the reason where a reason can pass it over.
"""

from collections.abc import Iterable
from html import escape
from typing import TypedDict
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.allocation.actions import allocate
from mash_triage.allocation.queries import Offer, offer_for
from mash_triage.allocation.rules import NEVER, Block, WorkerFacts, block_words
from mash_triage.contacts.reference import show_reference
from mash_triage.web import components, wording
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Undone, Visit
from mash_triage.worklists.board import is_urgent
from mash_triage.worklists.in_hand import InHand
from mash_triage.worklists.rows import BoardRow

MOST_SHOWN = 30
BLOCKED = "_allocation_blocked"


class Against(TypedDict):
    """What spoke against one worker for one child at the last press: ids and codes alone."""

    child: str
    worker: str
    blocks: list[str]


def show(visit: Visit, work: InHand) -> None:
    """The list; for whoever allocates also the way to do it, alone or several at once."""
    waiting = work.unallocated
    st.header(f"Unallocated: {len(waiting)}", anchor=False)
    if not waiting:
        st.session_state.pop(BLOCKED, None)
        st.html('<p class="mash-empty">Every undecided child has a worker.</p>')
        return
    shown = waiting[:MOST_SHOWN]
    with visit.look() as session:
        offer = offer_for(session, [row.id for row in shown], by=visit.by, at=visit.at)
    may = visit.by.can(Permission.ALLOCATE)
    if len(waiting) > len(shown):
        st.html(f"<p>The {len(shown)} to begin with:</p>")
    ticked = [row for row in shown if _one(visit, row, offer, may=may)]
    if may:
        _several(visit, ticked, offer)
        blocked(visit, {row.id: row.name for row in shown}, offer.workers, to="in_hand")


def _one(visit: Visit, row: BoardRow, offer: Offer, *, may: bool) -> bool:
    said = offer.suggested(row.id)
    rating = components.rating_html(row.rag) if is_urgent(row) else ""
    age = wording.duration_words(visit.at - row.received_at)
    st.html(
        f"<p>{rating} {components.child_link_html('child', row.id, row.name)} "
        f'<span class="mash-note">{show_reference(row.reference)}</span>, unallocated for {age}, '
        f"{wording.time_left_words(row.next_due_at or visit.at, at=visit.at)}.<br>"
        f'<span class="mash-note">Suggested because: {escape("; ".join(said.reasons))}.</span></p>'
    )
    if not may:
        return False
    names = {each.id: each.name for each in offer.workers}
    with st.container(horizontal=True, vertical_alignment="center"):
        ticked = st.checkbox(f"Choose {as_typed(row.name)}", key=f"tick {row.id}")
        if said.worker_id and st.button(
            f"Allocate to {as_typed(names[said.worker_id])}", key=f"allocate {row.id}"
        ):
            give(visit, [row.id], said.worker_id, "", offer.workers, to="in_hand")
    return ticked


def _several(visit: Visit, ticked: list[BoardRow], offer: Offer) -> None:
    st.header("Allocate the chosen children", anchor=False)
    worker = choose_worker(offer.workers, offer.teams, "several")
    reason = st.text_input("Why (needed where a limit is passed over)", key="why several")
    if not st.button("Allocate the chosen children", key="allocate_several", type="primary"):
        return
    if worker is None or not ticked:
        st.html('<p role="alert"><strong>Choose children above, and a worker.</strong></p>')
        return
    give(visit, [row.id for row in ticked], worker, reason, offer.workers, to="in_hand")


def choose_worker(workers: Iterable[WorkerFacts], teams: dict[UUID, str], key: str) -> UUID | None:
    """A worker by name, with what she has already; nobody beforehand."""
    words = {
        each.id: f"{each.name}, {each.load} of {each.most}"
        f"{', ' + teams[each.team_id] if each.team_id in teams else ''}"
        f"{', away' if each.away else ''}"
        for each in workers
    }
    chosen: UUID | None = st.selectbox(
        "Worker",
        list(words),
        index=None,
        format_func=lambda each: words[each],
        placeholder="Choose a colleague",
        key=f"worker {key}",
    )
    return chosen


def give(
    visit: Visit,
    children: Iterable[UUID],
    worker_id: UUID,
    reason: str,
    workers: Iterable[WorkerFacts],
    *,
    to: str,
    despite: Iterable[Block] = (),
    **query: str,
) -> None:
    """Allocate each in a deed of its own; what spoke against somebody is remembered and shown."""
    against: list[Against] = []
    settled: set[str] = set()
    done = refused = 0
    for child in children:
        try:
            with visit.going_on().work() as session:
                blocks = allocate(
                    session,
                    child,
                    worker_id=worker_id,
                    reason=reason,
                    despite=tuple(despite),
                    by=visit.by,
                    at=visit.at,
                )
        except Undone:
            refused += 1
            continue
        settled.add(str(child))
        done += not blocks
        if blocks:
            codes = [str(each) for each in blocks]
            against.append({"child": str(child), "worker": str(worker_id), "blocks": codes})
    before: list[Against] = st.session_state.get(BLOCKED, [])
    st.session_state[BLOCKED] = [each for each in before if each["child"] not in settled] + against
    name = next((each.name for each in workers if each.id == worker_id), "the worker")
    count = wording.count_words(done, "child is", "children are")
    words = f"{count} allocated to {name}." if done else f"Nobody was allocated to {name} yet."
    if refused:
        st.html(f'<p role="status"><strong>{escape(words)}</strong></p>')
        return  # what was typed stands where it is, with why it was refused
    visit.leave(words, to=to, **query)


def blocked(
    visit: Visit,
    names: dict[UUID, str],
    workers: Iterable[WorkerFacts],
    *,
    to: str,
    **query: str,
) -> None:
    """What spoke against the last allocation, and the way to go on with a reason."""
    known = {each.id: each.name for each in workers}
    for each in st.session_state.get(BLOCKED, []):
        child, worker = UUID(each["child"]), UUID(each["worker"])
        if child not in names:
            continue
        against = [Block(code) for code in each["blocks"]]
        words = block_words(known.get(worker, "This colleague"), against)
        st.html(
            f'<p class="mash-late" role="alert"><strong>{escape(names[child])} was not allocated.'
            f"</strong> {escape(words)}</p>"
        )
        if NEVER & set(against):
            continue
        why = st.text_input("Why all the same?", key=f"despite {child}")
        if st.button("Allocate all the same", key=f"all_the_same {child}"):
            give(visit, [child], worker, why, workers, to=to, despite=against, **query)
