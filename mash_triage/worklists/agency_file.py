"""An agency's contacts as a file for a spreadsheet: plain words, and no cell that would run."""

import csv
from collections.abc import Iterable
from io import StringIO

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.status import (
    UNDECIDED,
    WAITING_FOR_MANAGER,
    WITH_WORKER,
    Status,
)
from mash_triage.text import harmless_cell
from mash_triage.worklists.my_contacts import MyContact

COLUMNS = ("reference", "received", "sent_by", "child", "stage", "decided", "outcome", "told")


def stage_for_agency(status: Status) -> str:
    """Where a child stands, as short plain words for an agency."""
    if status is Status.AWAITING_REFERRER:
        return "Waiting for you"
    if status is Status.VOID:
        return "Sent twice or in error"
    if status in WAITING_FOR_MANAGER:
        return "With a manager"
    if status in WITH_WORKER:
        return "With a social worker"
    return "Received" if status in UNDECIDED else "Decided"


def contacts_csv(contacts: Iterable[MyContact]) -> str:
    """A row a child, newest contact first, in UTF-8 with a mark that spreadsheets look for."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for contact in contacts:
        for child in contact.children:
            told = "Nothing further" if child.withheld else child.told or ""
            cells = (
                show_reference(contact.reference),
                london_day(contact.received_at).isoformat(),
                contact.sent_by,
                child.name,
                stage_for_agency(child.status),
                london_day(child.decided_at).isoformat() if child.decided_at else "",
                child.outcome or "",
                told,
            )
            writer.writerow(map(harmless_cell, cells))
    return "\ufeff" + out.getvalue()
