"""A thread as it is read: who said what when, what it answers or corrects, and who has read it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from html import escape
from pathlib import Path
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import ROLE_WORDS, Role
from mash_triage.contacts.status import Status
from mash_triage.talk.rules import Kind, Side
from mash_triage.talk.threads import MessagePicture, ThreadPicture
from mash_triage.web.components import words_html
from mash_triage.web.plain import Html
from mash_triage.web.wording import near_words

_STYLES = Path(__file__).parents[1] / "assets" / "talk.css"
SHORT = 80  # characters of a message that is only referred to
MAY_BE_DANGER = "These words may speak of danger now: check 999"

CAME_AFTER = {
    Status.MANAGER_REVIEW: "New information: it came after the child was sent to a manager",
}
AFTER_DECISION = "New information: it came after the decision"


def styles() -> None:
    """The look of threads and notes."""
    st.html(_STYLES)


def link_html(address: str, words: str) -> Html:
    """A link to another page of talk; the address holds an id or a reference and nothing else."""
    return Html(
        f'<a class="mash-talk-link" href="{escape(address)}" target="_self">{escape(words)}</a>'
    )


def role_words(role: str) -> str:
    """A role as shown beside a name."""
    return ROLE_WORDS[Role(role)].split(":")[0]


def beginning(words: str) -> str:
    """The first words of what was said, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= SHORT else line[:SHORT].rstrip() + " …"


def thread_html(
    thread: ThreadPicture,
    *,
    new: Collection[UUID] = (),
    child: UUID | None = None,
    newest: int | None = None,
    at: datetime,
) -> Html:
    """The messages, oldest first. `new` are those marked as new; `child` is the child whose page
    this is, so that what came too late to be read in time says so. With `newest`, older ones are
    folded, but none that is new, still open, or speaks of danger, and none after it.
    """
    asked = {each.id for each in thread.open_questions()}
    lines = [
        _message_html(each, thread, each.id in new, each.id in asked, child, at)
        for each in thread.messages
    ]
    first = max(len(lines) - newest, 0) if newest else 0
    for place, each in enumerate(thread.messages[:first]):
        if each.id in new or each.id in asked or each.danger:
            first = place
            break
    if first < 2:  # one line is not worth a fold
        return _list_html(lines)
    older = f"<details><summary>{first} earlier messages</summary>{_list_html(lines[:first])}"
    return Html(f"{older}</details>{_list_html(lines[first:])}")


def _list_html(lines: Iterable[str]) -> Html:
    return Html(f'<ol class="mash-thread">{"".join(lines)}</ol>')


def _message_html(
    message: MessagePicture,
    thread: ThreadPicture,
    is_new: bool,
    is_open: bool,
    child: UUID | None,
    at: datetime,
) -> str:
    who = f"{role_words(message.role)}, {message.agency}"
    tags = '<span class="mash-tag mash-tag-flag">New</span>' if is_new else ""
    about = "".join(f'<p class="mash-message-about">{escape(line)}</p>' for line in _about(
        message, thread, is_open, child, at
    ))  # fmt: skip
    return (
        f'<li class="mash-message mash-from-{message.side} '
        f'mash-kind-{message.kind}">'
        f"<p><strong>{escape(message.by_name)}</strong> "
        f'<span class="mash-note">{escape(who)}, {near_words(message.at, at=at)}</span> {tags}</p>'
        f"{about}{words_html(message.words)}"
        f"{_read_html(message, thread, at)}</li>"
    )


def _about(
    message: MessagePicture,
    thread: ThreadPicture,
    is_open: bool,
    child: UUID | None,
    at: datetime,
) -> Iterable[str]:
    """What is to be known of a message before it is read."""
    if message.kind is Kind.QUESTION:
        yield "Question: the answer is awaited" if is_open else "Question"
    if message.kind is Kind.ADVICE:
        yield "Advice given"
    if answered := thread.message(message.answers):
        yield f"Answer to: {beginning(answered.words)}"
    if old := thread.message(message.corrects):
        yield f"Corrects the message of {near_words(old.at, at=at)}"
    if message.corrected_by:
        yield "Corrected by a later message below"
    if thread.side is Side.FRONT_DOOR:
        if message.danger:
            yield MAY_BE_DANGER
        if child and (status := message.came_after(child)):
            yield CAME_AFTER.get(status, AFTER_DECISION)


def _read_html(message: MessagePicture, thread: ThreadPicture, at: datetime) -> str:
    words = _read_words(message, thread, at)
    return f'<p class="mash-note">{escape(words)}</p>' if words else ""


def _read_words(message: MessagePicture, thread: ThreadPicture, at: datetime) -> str:
    """Who has read it. A referrer is told that the front door did, and when first."""
    if thread.side is Side.REFERRER and message.side is Side.FRONT_DOOR:
        return ""
    if not message.read:
        return "Not read yet"
    if thread.side is Side.REFERRER:
        return f"Read by the front door {near_words(message.read[0].at, at=at)}"
    return "Read by " + ", ".join(
        f"{'you' if each.by_id == thread.reader else each.by_name} {near_words(each.at, at=at)}"
        for each in message.read
    )
