"""What was agreed after an episode: who does what, how it ended, and one thing more."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.missing.actions import add_action, finish_action, leave_action_undone
from mash_triage.missing.pictures import ActionPicture, EpisodePicture
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

HEADS = ("Number", "What", "Who", "By", "Done")


def show(visit: Visit, seen: EpisodePicture) -> None:
    """Every action, and the way to end one or to add one."""
    st.header("Actions", anchor=False)
    if seen.actions:
        rows = (
            (str(number), each.what, each.owner, wording.date_words(each.due_on), _end(visit, each))
            for number, each in enumerate(seen.actions, 1)
        )
        st.html(table("Who does what", HEADS, rows))
    else:
        st.html("<p>No action is recorded.</p>")
    if seen.taken_back or not visit.by.can(Permission.RECORD_MISSING):
        return
    for number, each in enumerate(seen.actions, 1):
        if each.done_at is None and each.not_done_at is None:
            _next(visit, seen, number, each)
    with st.expander("Add an action", key="add_action"):
        _add(visit, seen)


def _end(visit: Visit, each: ActionPicture) -> str:
    ended_at = each.done_at or each.not_done_at
    if ended_at is None:
        return "Not yet"
    who = f"{each.ended_by}, {wording.near_words(ended_at, at=visit.at)}"
    return f"Not done: {each.not_done_because} ({who})" if each.not_done_at else who


def _next(visit: Visit, seen: EpisodePicture, number: int, each: ActionPicture) -> None:
    if st.button(f"Number {number} is done", key=f"done {each.id}"):
        with visit.work() as session:
            finish_action(session, each.id, by=visit.by, at=visit.at)
        visit.leave("Recorded as done.", to="missing", episode=str(seen.id))
    with st.expander(f"Number {number} is not done", key=f"undone {each.id}"):
        mine = Kept(f"undone {each.id.hex}", seen.id)
        because = st.text_input(
            f"Why number {number} is not done",
            value=mine.text("because"),
            key=mine.key("because"),
        )
        if st.button(f"Record that number {number} is not done", key=f"leave {each.id}"):
            with visit.work() as session:
                leave_action_undone(session, each.id, because, by=visit.by, at=visit.at)
                mine.drop(session, by=visit.by)
            _again(visit, seen, mine, "Recorded as not done, with your reason.")


def _add(visit: Visit, seen: EpisodePicture) -> None:
    mine = Kept("missing action", seen.id)
    what = st.text_input("What is to be done", value=mine.text("what"), key=mine.key("what"))
    owner = st.text_input("Who does it", value=mine.text("owner"), key=mine.key("owner"))
    due = st.date_input(
        "By which day", value=mine.day("due"), format="DD/MM/YYYY", key=mine.key("due")
    )
    if st.button("Add this action", key="add_missing_action"):
        with visit.work() as session:
            add_action(session, seen.id, what, owner, due, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        _again(visit, seen, mine, "The action is added.")


def _again(visit: Visit, seen: EpisodePicture, mine: Kept, words: str) -> None:
    mine.forget()
    visit.leave(words, to="missing", episode=str(seen.id))
