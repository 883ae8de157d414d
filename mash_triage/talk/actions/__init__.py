"""The deeds of talking: send, read, ask and wait, note for ourselves, consult and advise."""

from mash_triage.talk.actions.consultations import (
    make_contact,
    open_consultation,
    record_advice,
    write_in_consultation,
)
from mash_triage.talk.actions.messages import mark_read, send_message
from mash_triage.talk.actions.notes import write_note
from mash_triage.talk.actions.waiting import ask_and_wait, stop_waiting

__all__ = [
    "ask_and_wait",
    "make_contact",
    "mark_read",
    "open_consultation",
    "record_advice",
    "send_message",
    "stop_waiting",
    "write_in_consultation",
    "write_note",
]
