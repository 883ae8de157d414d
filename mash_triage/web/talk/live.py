"""A thread that shows what is new by itself, while somebody reads or writes beside it."""

from collections.abc import Callable
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.settings import settings
from mash_triage.talk.actions import mark_read
from mash_triage.talk.threads import ThreadPicture
from mash_triage.web.page import Visit

Read = Callable[[Session, Actor], ThreadPicture]
Draw = Callable[[ThreadPicture, Visit], None]

READ_NOW = "_talk_read_now"
STOOD = "_talk_stood"


def live(visit: Visit, first: ThreadPicture, read: Read, draw: Draw) -> list[UUID]:
    """Draw the thread now, as it was read for the page, and then again every few seconds. What
    somebody types stands outside, so nothing disturbs it.

    Gives what is new and stood on her screen before this touch: who answers has read that much.
    """
    stood = st.session_state.get(f"{STOOD} {first.id}", frozenset())
    seen = [each.id for each in first.unread() if each.id in stood]
    every = settings().board_refresh_seconds
    st.fragment(_live, run_every=every)([first], visit, read, draw)
    return seen


def _live(first: list[ThreadPicture], visit: Visit, read: Read, draw: Draw) -> None:
    said_read: list[UUID] = st.session_state.pop(READ_NOW, [])
    now = visit if first else visit.again(deed=bool(said_read))
    if said_read:
        with now.work() as session:
            mark_read(session, said_read, by=now.by, at=now.at)
        st.rerun()
    if first:
        thread = first.pop()
    else:
        with now.look() as session:
            thread = read(session, now.by)
    st.session_state[f"{STOOD} {thread.id}"] = frozenset(each.id for each in thread.messages)
    draw(thread, now)


def read_button(thread: ThreadPicture) -> None:
    """The front door says itself that it has read what is new: a page drawn is not yet read."""
    new = [each.id for each in thread.unread()]
    if new and not thread.withheld:
        words = "I have read this message" if len(new) == 1 else f"I have read these {len(new)}"
        st.button(words, key=f"read {thread.id}", on_click=_say_read, args=(new,))


def _say_read(messages: list[UUID]) -> None:
    st.session_state[READ_NOW] = messages
