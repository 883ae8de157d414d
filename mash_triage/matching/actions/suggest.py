"""Searching the register for one child, and keeping what was offered."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.queries import fetch_child
from mash_triage.matching.identity import Identity
from mash_triage.matching.models import MatchRun
from mash_triage.matching.queries import Search, identity_of_child, search


def suggest_matches(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> Search:
    """Search the register for one child and keep what was offered, to whom, with its levels.

    The words searched with are not kept here, only their digest; they stand on the contact.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    reported = identity_of_child(child)
    found = search(session, reported, by=by)
    session.add(
        MatchRun(
            contact_child_id=child.id,
            query_sha256=_digest(reported),
            model_sha256=sha_of(found.weights),
            candidates=[
                {
                    "person_id": each.id,
                    "band": each.band,
                    "bits": round(each.bits, 4),
                    "levels": [[line.field, line.level] for line in each.levels],
                }
                for each in found.candidates
            ],
            shown_to=by.user_id,
            shown_at=at,
            run_at=at,
        )
    )
    trail.record(
        session,
        AuditKind.MATCHES_SUGGESTED,
        about=child.id,
        by=by,
        at=at,
        offered=[each.id for each in found.candidates],
    )
    return found


def _digest(reported: Identity) -> str:
    return sha_of(json.dumps(reported.to_json(), sort_keys=True, default=str))


def sha_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
