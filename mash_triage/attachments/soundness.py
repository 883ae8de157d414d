"""Do the rows and the files of the vault belong together?

A file without a row is what an upload left that could not be attached, or a draft that was removed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.attachments.models import Attachment
from mash_triage.attachments.vault import Unreadable, Vault


@dataclass
class Soundness:
    """What was found: how many files are right, and the names (ids) of those that are not."""

    right: int = 0
    missing: list[UUID] = field(default_factory=list)
    damaged: list[UUID] = field(default_factory=list)
    of_nothing: int = 0

    @property
    def good(self) -> bool:
        """Has every row its file, readable and the same as it came?"""
        return not self.missing and not self.damaged

    @property
    def words(self) -> str:
        """All of it in one sentence."""
        return (
            f"Files that are right: {self.right:,}; missing: {len(self.missing)}; damaged: "
            f"{len(self.damaged)}; of no row, to be swept: {self.of_nothing}."
        )


def examine_files(session: Session, vault: Vault, *, whole: bool = True) -> Soundness:
    """Look for the file of every row; with `whole` it is deciphered and compared by its SHA-256."""
    found = Soundness(of_nothing=sum(1 for _ in of_nothing(session, vault)))
    rows = select(Attachment.id, Attachment.sha256, Attachment.size)
    for file_id, sha256, size in session.execute(rows.execution_options(yield_per=500)):
        if not vault.has(file_id):
            found.missing.append(file_id)
        elif whole and not _is_as_it_came(vault, file_id, sha256, size):
            found.damaged.append(file_id)
        else:
            found.right += 1
    return found


def _is_as_it_came(vault: Vault, file_id: UUID, sha256: str, size: int) -> bool:
    digest, length = hashlib.sha256(), 0
    try:
        for part in vault.read(file_id):
            digest.update(part)
            length += len(part)
    except Unreadable:
        return False
    return length == size and digest.hexdigest() == sha256


def known_files(session: Session) -> set[str]:
    """The names of the files that some row speaks of."""
    return {file_id.hex for file_id in session.scalars(select(Attachment.id))}


def of_nothing(session: Session, vault: Vault) -> Iterator[tuple[str, datetime]]:
    """The names of files that no row speaks of, and since when they lie there."""
    known = known_files(session)
    for entry in vault.files():
        if entry.name not in known:
            yield entry.name, datetime.fromtimestamp(entry.stat().st_mtime, UTC)
