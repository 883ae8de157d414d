"""Searching the register for one child, as reported or by hand, and keeping what was offered."""

import hashlib
import hmac
import json
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child
from mash_triage.matching.answer_file import Answered
from mash_triage.matching.explain import explanation
from mash_triage.matching.for_child import search_for_child
from mash_triage.matching.identity import Identity
from mash_triage.matching.index import secret
from mash_triage.matching.models import MatchRun
from mash_triage.matching.pins import pinned_answers
from mash_triage.matching.queries import Search, identity_of_child, search


def suggest_matches(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> Search:
    """Search the register for one child and keep what was offered, to whom, with its levels."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    reported = identity_of_child(session, child, by=by)
    found = search_for_child(session, child.id, by=by)
    keep_run(session, child, reported, found, AuditKind.MATCHES_SUGGESTED, by=by, at=at)
    return found


def search_by_hand(
    session: Session, contact_child_id: UUID, typed: Identity, *, by: Actor, at: datetime
) -> Search:
    """Search the register with a worker's own words for one child, and keep what was offered.

    A search with too little is kept too: somebody looked, and was asked for more.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    found = search(session, typed, pinned=pinned_answers(session, child.id, by=by), by=by)
    keep_run(session, child, typed, found, AuditKind.REGISTER_SEARCHED, by=by, at=at)
    return found


def note_file_searched(session: Session, answered: Answered, *, by: Actor, at: datetime) -> None:
    """One line on the trail for a whole file: its hash and counts, and nobody's particulars."""
    by.require(Permission.SCREEN_CONTACT)
    trail.record(
        session,
        AuditKind.REGISTER_SEARCHED,
        about=None,
        by=by,
        at=at,
        sha256=answered.sha256,
        queries=len(answered.seconds),
        too_thin=answered.too_thin,
        refused=len(answered.refused),
    )


def keep_run(
    session: Session,
    child: ContactChild,
    sought: Identity,
    found: Search,
    kind: AuditKind,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Who was offered to whom. The words searched with are not kept, only their keyed digest."""
    digest = _digest(sought)
    session.add(
        MatchRun(
            contact_child_id=child.id,
            query_sha256=digest,
            model_sha256=found.weights_sha256,
            candidates=[
                {
                    "person_id": each.id,
                    "band": each.band,
                    "probability": each.probability,
                    **explanation(each),
                }
                for each in found.candidates
            ],
            shown_to=by.user_id,
            shown_at=at,
            run_at=at,
        )
    )
    offered = [each.id for each in found.candidates]
    trail.record(session, kind, about=child.id, by=by, at=at, offered=offered, words=digest)


def _digest(sought: Identity) -> str:
    """Under the secret of the installation: a bare hash of a name and a birth date is guessed."""
    words = json.dumps(sought.to_json(), sort_keys=True, default=str)
    return hmac.new(secret(), words.encode(), hashlib.sha256).hexdigest()
