"""Loading the shipped editions of the levels of need into the database."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.thresholds.levels import read_edition, sha256_of, shipped_editions
from mash_triage.thresholds.models import PUBLISHED, SHIPPED, EditionRecord


def load_editions(session: Session, folder: Path, *, by: Actor, at: datetime) -> int:
    """Store each shipped edition whose exact text is not stored yet; gives how many were new.

    Once policy leads have published an edition under a name of their own, what is shipped under
    that name is left alone: it could take the place of theirs.
    """
    known = set(session.scalars(select(EditionRecord.sha256)))
    owned = set(
        session.scalars(select(EditionRecord.code).where(EditionRecord.status == PUBLISHED))
    )
    new = 0
    for file in shipped_editions(folder):
        toml = file.read_text("utf-8")
        digest = sha256_of(toml)
        if digest in known:
            continue
        edition = read_edition(file)
        if edition.id in owned:
            continue
        session.add(
            EditionRecord(
                code=edition.id,
                sha256=digest,
                toml=toml,
                effective_from=edition.effective_from,
                effective_to=edition.effective_to,
                status=SHIPPED,
                loaded_by=by.name,
                loaded_at=at,
            )
        )
        trail.record(
            session, AuditKind.EDITION_LOADED, about=edition.id, by=by, at=at, sha256=digest
        )
        new += 1
    return new
