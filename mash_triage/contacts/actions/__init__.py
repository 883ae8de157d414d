"""The referrer's deeds: send a contact, and record at once what was done for a child's safety."""

from mash_triage.contacts.actions.protect import PROTECTIVE_KINDS, record_protective_action
from mash_triage.contacts.actions.submit import (
    Receipt,
    bank_holidays,
    receipt_of,
    send_draft,
    sha256_of_json,
    submit_again,
    submit_contact,
)
from mash_triage.contacts.actions.tell import tell_sender

__all__ = [
    "PROTECTIVE_KINDS",
    "Receipt",
    "bank_holidays",
    "receipt_of",
    "record_protective_action",
    "send_draft",
    "sha256_of_json",
    "submit_again",
    "submit_contact",
    "tell_sender",
]
