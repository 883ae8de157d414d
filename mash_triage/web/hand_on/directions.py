"""The directions for one child as tasks: take one on, say that it was done or why not."""

from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.decisions.actions import end_direction, take_direction
from mash_triage.decisions.tasks import TaskPicture
from mash_triage.web import components, wording
from mash_triage.web.child.parts import done_in
from mash_triage.web.hand_on.lists import due_day
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

DONE, NOT_DONE = "Done", "Not done"


def show(visit: Visit, child_id: UUID, tasks: tuple[TaskPicture, ...]) -> None:
    """Each direction with its next step."""
    for number, each in enumerate(tasks, start=1):
        with st.container(border=True, key=f"task_{number}"):
            components.summary(
                [("What", each.what), ("Who", each.owner), ("By", due_day(each)), *_ended(each)]
            )
            if each.was_done is None and visit.by.can(Permission.HAND_ON):
                _next(visit, child_id, each, number)


def _ended(each: TaskPicture) -> list[tuple[str, str]]:
    if each.ended_at is None:
        return []
    said = DONE if each.was_done else NOT_DONE
    who = f"{each.ended_by}, {wording.moment_words(each.ended_at)}"
    return [(said, f"{each.ended_words} ({who})")]


def _next(visit: Visit, child_id: UUID, each: TaskPicture, number: int) -> None:
    if not each.is_hers and st.button("Take it on", key=f"take_{number}"):
        with visit.work() as session:
            take_direction(session, each.id, by=visit.by, at=visit.at)
        done_in("handed on", "It is on your list now.")
    kept = Kept(f"direction {number}", child_id)
    with st.form(f"direction {each.id}", border=False):
        words = st.text_input(
            "What was done, or why not", value=kept.text("words"), key=kept.key("words")
        )
        with st.container(horizontal=True):
            done = st.form_submit_button(DONE, type="primary")
            not_done = st.form_submit_button(NOT_DONE)
    if done or not_done:
        with visit.work() as session:
            end_direction(session, each.id, words, was_done=done, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("handed on", f"Recorded: {DONE.lower() if done else NOT_DONE.lower()}.")
