"""A file that has just arrived: named, cleaned, scanned, and put into the vault.

Nothing is written to the database here. Whoever calls attaches what comes back in a transaction of
its own; should that fail, `forget` takes the file away again, and what even that misses is swept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from mash_triage.attachments.apart import cleaned_apart
from mash_triage.attachments.kinds import MOST_BYTES, Kind, kind_of
from mash_triage.attachments.models import ScanState
from mash_triage.attachments.names import shown_name
from mash_triage.attachments.scanner import NoAnswer, Scanner
from mash_triage.attachments.vault import Vault
from mash_triage.errors import NotReady

MOST_KEPT = 3 * MOST_BYTES  # a photograph may be larger when it is written anew

EMPTY = "This file is empty. Open it to see whether it is the right one."
TOO_LARGE = (
    f"This file is larger than {MOST_BYTES // 1024**2} MB. Attach a smaller copy, or the part that "
    "matters."
)


@dataclass(frozen=True)
class Kept:
    """A file that lies in the vault, to be attached."""

    id: UUID
    name: str
    kind: Kind
    size: int
    sha256: str
    state: ScanState
    scanned_at: datetime | None


def receive(
    vault: Vault, scanner: Scanner | None, name: str, content: bytes, *, at: datetime
) -> Kept:
    """Take in one file. Raises NotReady or NotAvailable, each with a sentence; then nothing of it
    is kept.
    """
    kind = kind_of(name)
    if not content:
        raise NotReady(EMPTY)
    if len(content) > MOST_BYTES:
        raise NotReady(TOO_LARGE)
    clean = cleaned_apart(content, kind)
    if not clean:
        raise NotReady(EMPTY)
    if len(clean) > MOST_KEPT:
        raise NotReady(TOO_LARGE)
    state = scanned(scanner, clean)
    file_id = uuid4()
    vault.keep(file_id, clean)
    return Kept(
        id=file_id,
        name=shown_name(name, kind),
        kind=kind,
        size=len(clean),
        sha256=hashlib.sha256(clean).hexdigest(),
        state=state,
        scanned_at=None if state is ScanState.NOT_SCANNED else at,
    )


def scanned(scanner: Scanner | None, content: bytes) -> ScanState:
    """What the scanner says. Without one, and without an answer, nothing is called clean."""
    if scanner is None:
        return ScanState.NOT_SCANNED
    try:
        return ScanState.CLEAN if scanner.is_clean(content) else ScanState.INFECTED
    except NoAnswer:
        return ScanState.NOT_SCANNED


def forget(vault: Vault, kept: Kept) -> None:
    """Take a file away again that could not be attached."""
    vault.remove(kept.id)
