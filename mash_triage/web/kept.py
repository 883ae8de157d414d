"""Words that are not recorded yet: kept as they arrive, and filled in again when the page is opened
afresh, whether the sign-in ended, the server was restarted, or a colleague was faster.

A page begins with `begin`, which stores what has just arrived before anything else is done, and
names `keep_when_signed_out` as what happens once the sign-in is over. A form asks its `Kept` for
each field's key and first value, and drops the draft in the transaction that records the words.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.drafts import drafts_of, drop_draft, keep_draft
from mash_triage.web import autosave
from mash_triage.web.page import Undone, Visit

MEMORY = "_kept"


class Memory(TypedDict):
    """What this sitting knows of one form: what its draft holds, under which keys the fields are
    found, and how often the form was recorded; each time it starts anew with fresh fields."""

    known: dict[str, Any]
    fields: dict[str, str]
    turn: int


@dataclass(frozen=True)
class Kept:
    """One form about one child on a contact."""

    form: str
    child_id: UUID

    @property
    def memory(self) -> Memory:
        """What this sitting knows of the form."""
        forms = _forms(str(self.child_id))
        return forms.setdefault(self.form, {"known": {}, "fields": {}, "turn": 0})

    def key(self, name: str) -> str:
        """Where the field's value is found; from now on what arrives there is kept."""
        key = f"{self.form} {name} {self.child_id} {self.memory['turn']}"
        self.memory["fields"][name] = key
        return key

    def value(self, name: str) -> Any:
        """What the draft holds of a field: plain JSON, or None."""
        return self.memory["known"].get(name)

    def text(self, name: str) -> str:
        """The words a text field begins with."""
        return str(self.value(name) or "")

    def day(self, name: str) -> date | None:
        """The day a date field begins with."""
        value = self.value(name)
        return date.fromisoformat(value) if value else None

    def index(self, name: str, options: Sequence[Any]) -> int | None:
        """Which of these options she had chosen; none if it is not among them."""
        value = self.value(name)
        return list(options).index(value) if value in options else None

    def long_answer(self, visit: Visit, name: str, label: str, *, hint: str, rows: int) -> str:
        """A long text, kept while it is typed."""

        def on_save(visit: Visit, _text: str) -> None:
            _keep(visit, str(self.child_id))

        key = self.key(name)
        return autosave.long_answer(
            visit, key, label, self.text(name), on_save=on_save, help=hint, rows=rows
        )

    def has_words(self) -> bool:
        """Is there anything typed or chosen that is not recorded?"""
        return any({**self.memory["known"], **_changes(self.memory)}.values())

    def drop(self, session: Session, *, by: Actor) -> None:
        """Drop the draft, in the transaction that records its words or clears them."""
        drop_draft(session, self.form, str(self.child_id), by=by)

    def forget(self) -> None:
        """Once that is done: empty the fields."""
        for key in self.memory["fields"].values():
            st.session_state.pop(key, None)
        anew: Memory = {"known": {}, "fields": {}, "turn": self.memory["turn"] + 1}
        _forms(str(self.child_id))[self.form] = anew


def begin(visit: Visit, child_id: UUID) -> None:
    """Read her drafts about this child once a sitting, and store what has just arrived. If it
    cannot be stored, that is said, the words stay in their fields, and the page goes on.
    """
    subject = str(child_id)
    if subject not in st.session_state.get(MEMORY, {}):
        with visit.look() as session:
            drafts = drafts_of(session, subject, by=visit.by, at=visit.at)
        for form, answers in drafts.items():
            _forms(subject)[form] = {"known": answers, "fields": {}, "turn": 0}
        _forms(subject)
    with st.container(), suppress(Undone):  # always there, so that no field changes its place
        _keep(visit.going_on(), subject)


def keep_when_signed_out(visit: Visit) -> None:
    """Store what has just arrived from an open page whose sign-in is over."""
    for subject in st.session_state.get(MEMORY, {}):
        _keep(visit, subject)


def _forms(subject: str) -> dict[str, Memory]:
    memory: dict[str, dict[str, Memory]] = st.session_state.setdefault(MEMORY, {})
    return memory.setdefault(subject, {})


def _keep(visit: Visit, subject: str) -> None:
    """Write what differs from what the drafts hold, in one transaction, and only that."""
    changed = {
        form: changes for form, memory in _forms(subject).items() if (changes := _changes(memory))
    }
    if not changed:
        return
    with visit.work() as session:
        for form, changes in changed.items():
            keep_draft(session, form, subject, changes, by=visit.by, at=visit.at)
    for form, changes in changed.items():
        _forms(subject)[form]["known"].update(changes)


def _changes(memory: Memory) -> dict[str, Any]:
    now = {
        name: _plain(st.session_state[key])
        for name, key in memory["fields"].items()
        if key in st.session_state and not _is_untouched(key)
    }
    return {name: value for name, value in now.items() if value != memory["known"].get(name)}


def _is_untouched(key: str) -> bool:
    """A long answer that has sent nothing yet says nothing about what the draft holds."""
    return hasattr(st.session_state[key], "get") and autosave.typed(key) is None


def _plain(value: Any) -> Any:
    """A field's value as JSON can hold it; None when it is empty."""
    if hasattr(value, "get"):
        value = value.get("value")
    if isinstance(value, list | tuple):
        value = [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value or None
