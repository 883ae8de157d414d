"""The decision queue as drawn: who waits for a manager, today's reviews, and the last 30 days."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.decisions.actions import record_daily_review
from mash_triage.settings import settings
from mash_triage.web import components, measures_view, wording
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.worklists.board import Queue, decision_queue
from mash_triage.worklists.measures import InTime, decided_in_time
from mash_triage.worklists.rows import BoardRow

FORMS_AT_ONCE = 8


def read(visit: Visit) -> tuple[Queue, InTime]:
    """What the page shows, in one transaction."""
    with visit.look() as session:
        queue = decision_queue(session, by=visit.by, at=visit.at)
        return queue, decided_in_time(session, by=visit.by, at=visit.at)


# ---------------------------------------------------------------- the queue


def waiting(visit: Visit, queue: Queue) -> None:
    """The children waiting for a decision, refreshed every few seconds by themselves."""
    every = settings().board_refresh_seconds
    st.fragment(_waiting, run_every=every)([queue], visit, every)


def _waiting(first: list[Queue], visit: Visit, every: int) -> None:
    queue = first.pop() if first else _fresh(visit.again())
    rows = queue.waiting
    st.header(f"Waiting for a decision: {len(rows)}", anchor=False)
    if rows:
        st.html(
            components.children_table_html(
                rows,
                "Children waiting for a manager, RED first, then least time left first",
                queue.times,
                page="decide",
                at=queue.at,
            )
        )
    else:
        st.html(
            '<p class="mash-empty">No child is waiting for a manager. Those whom a worker sends '
            "for decision appear here by themselves.</p>"
        )
    st.html(
        f'<p class="mash-note">Updated {wording.time_words(queue.at, seconds=True)}, '
        f"refreshes every {every} seconds.</p>"
    )


def _fresh(visit: Visit) -> Queue:
    with visit.look() as session:
        return decision_queue(session, by=visit.by, at=visit.at)


# ---------------------------------------------------------------- today's reviews


def reviews(visit: Visit, queue: Queue) -> None:
    """Children past 24 hours without a manager's entry today, each with a line to write it."""
    lacking = queue.lack_review
    if not lacking:
        return
    count = wording.count_words(len(lacking), "child", "children")
    st.header(f"Need today's review: {count}", anchor=False)
    st.write("Past 24 hours and undecided. Say why the decision waits and what keeps them safe.")
    may_review = visit.by.can(Permission.DECIDE_CONTACT)
    for row in lacking[:FORMS_AT_ONCE] if may_review else lacking:
        _child_to_review(row, queue)
        if may_review:
            _review_form(visit, row)
    if may_review and len(lacking) > FORMS_AT_ONCE:
        st.write(f"{len(lacking) - FORMS_AT_ONCE} more appear when these are done.")


def _child_to_review(row: BoardRow, queue: Queue) -> None:
    past = wording.time_left_words(row.clocks[0].due_at, at=queue.at)
    st.html(
        f'<p class="mash-review">{components.child_link_html("child", row.id, row.name)}, '
        f"{wording.age_words(row.age)} {components.rating_html(row.rag)} "
        f"{wording.stage_words(row.status)}, 24 hours: {past}</p>"
    )


def _review_form(visit: Visit, row: BoardRow) -> None:
    with (
        st.form(f"review {row.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        words = st.text_input(
            f"Review of {as_typed(row.name)} today",
            key=f"review_words {row.id}",
            label_visibility="collapsed",
        )
        recorded = st.form_submit_button("Record review")
    if recorded:
        with visit.work() as session:
            record_daily_review(session, row.id, words, by=visit.by, at=visit.at)
        visit.leave(f"Today's review of {row.name} is recorded.", to="decisions")


# ---------------------------------------------------------------- the last 30 days


def last_30_days(visit: Visit, found: InTime) -> None:
    """Decided in time by both clocks, each figure opening its list."""
    measures_view.last_30_days(visit, found)
    measures_view.late_list(visit)
