"""After the outcome: agreed tasks, an agency's dissent, and where none is needed why."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.strategy.actions import (
    open_escalation,
    record_dissent,
    record_not_needed,
    record_task_done,
)
from mash_triage.strategy.pictures import DiscussionPicture, PersonPicture, TaskPicture
from mash_triage.web import wording
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.strategy import fields


def needed_words(visit: Visit, due_at: datetime) -> str:
    """`Strategy discussion needed: hold by today 14:00, 3 h 10 min left.`"""
    due = wording.near_words(due_at, at=visit.at)
    return (
        f"Strategy discussion needed: hold by {due}, "
        f"{wording.time_left_words(due_at, at=visit.at)}."
    )


def show(visit: Visit, seen: DiscussionPicture) -> None:
    """The tasks and the dissent of a closed discussion."""
    if seen.outcome is None:
        return
    _tasks(visit, seen)
    _dissents(visit, seen)


# ---------------------------------------------------------------- tasks


def _tasks(visit: Visit, seen: DiscussionPicture) -> None:
    st.header("Agreed tasks", anchor="tasks")
    if not seen.tasks:
        st.html('<p class="mash-empty">No task was agreed.</p>')
    for task in seen.tasks:
        with st.container(border=True, key=f"agreed_{task.id}"):
            st.text(task.what)
            st.text(f"{task.who}: {_due_words(visit, task)}")
            if task.done_at is None and visit.by.can(Permission.HOLD_STRATEGY):
                _task_done(visit, seen, task)


def _due_words(visit: Visit, task: TaskPicture) -> str:
    if task.done_at is not None:
        words = f". {task.done_words}" if task.done_words else ""
        return f"done {wording.near_words(task.done_at, at=visit.at)}{words}"
    late = ", that day has passed" if task.due_on < london_day(visit.at) else ""
    return f"by {wording.date_words(task.due_on)}{late}"


def _task_done(visit: Visit, seen: DiscussionPicture, task: TaskPicture) -> None:
    kept = Kept(f"task {task.id.hex}", seen.id)
    words = fields.line(kept, "words", "What came of it (optional)")
    if st.button("Done", key=f"done_{task.id}"):
        with visit.work() as session:
            record_task_done(session, task.id, words, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        visit.leave("The task is done.", to="strategy", open=str(seen.id))


# ---------------------------------------------------------------- dissent


def _dissents(visit: Visit, seen: DiscussionPicture) -> None:
    st.header("Dissent", anchor="dissent")
    said = [each for each in seen.people if each.dissent]
    for each in said:
        _said(visit, seen, each)
    if not said:
        st.html('<p class="mash-empty">No agency disagreed.</p>')
    if visit.by.can(Permission.HOLD_STRATEGY):
        with st.expander("Record that an agency disagrees", key="strategy_dissent"):
            _record(visit, seen)


def _said(visit: Visit, seen: DiscussionPicture, each: PersonPicture) -> None:
    with st.container(border=True, key=f"dissent_{each.id}"):
        st.text(f"{each.agency}: {each.dissent}")
        st.text(f"Wanted: {each.dissent_wanted}")
        if each.disagreement_id is not None:
            st.html(
                f'<p><a href="/disagreements?open={each.disagreement_id}" target="_self">'
                "The escalation is open</a></p>"
            )
        elif visit.by.can(Permission.HOLD_STRATEGY) and st.button(
            "Open the escalation", key=f"escalate_{each.id}"
        ):
            with visit.work() as session:
                open_escalation(session, each.id, by=visit.by, at=visit.at)
            visit.leave("The escalation is open.", to="strategy", open=str(seen.id))


def _record(visit: Visit, seen: DiscussionPicture) -> None:
    st.html(
        '<p class="mash-note">The outcome stands meanwhile, and the child\'s safety plan goes on. '
        "If a child is in danger now, call 999.</p>"
    )
    kept = Kept("strategy_dissent", seen.id)
    people = {str(each.id): each for each in seen.people if not each.dissent}
    chosen = st.selectbox(
        "Which agency?",
        list(people),
        index=kept.index("who", list(people)),
        format_func=lambda key: as_typed(people[key].who),
        placeholder="Choose",
        key=kept.key("who"),
    )
    why = fields.words(kept, "why", "Why does it disagree?")
    wanted = fields.words(kept, "wanted", "Which outcome does it want?")
    if chosen and st.button("Record the dissent", key="record_dissent"):
        with visit.work() as session:
            record_dissent(session, UUID(chosen), why, wanted, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        visit.leave("The dissent is recorded.", to="strategy", open=str(seen.id))


# ---------------------------------------------------------------- not needed


def not_needed(visit: Visit, contact_child_id: UUID) -> None:
    """A manager says why no discussion is needed though a danger was ticked."""
    if not visit.by.can(Permission.DECIDE_CONTACT):
        return
    with st.expander("No discussion is needed", key="strategy_not_needed"):
        kept = Kept("strategy_not_needed", contact_child_id)
        because = fields.words(kept, "because", "Why not?")
        if st.button("Record why not", key="record_not_needed"):
            with visit.work() as session:
                record_not_needed(session, contact_child_id, because, by=visit.by, at=visit.at)
                kept.drop(session, by=visit.by)
            kept.forget()
            visit.leave(
                "Recorded: no discussion is needed.", to="strategy", child=str(contact_child_id)
            )
