"""What was done at once for a child's safety; it waits for nobody's agreement."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ProtectiveAction
from mash_triage.contacts.queries import fetch_child
from mash_triage.errors import NotReady
from mash_triage.text import storable

PROTECTIVE_KINDS: dict[str, str] = {
    "called_999": "999 called",
    "strategy_discussion_asked": "Strategy discussion asked for",
    "duty_manager_told": "Duty manager told",
    "child_made_safe": "Child made safe with a named adult",
    "medical_help": "Medical help arranged",
}


def record_protective_action(
    session: Session,
    contact_child_id: UUID,
    kind: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Record at once what was done for a child's safety; it waits for nobody's agreement."""
    by.require(Permission.RECORD_PROTECTIVE_ACTION)
    child = fetch_child(session, contact_child_id, by=by)
    if kind not in PROTECTIVE_KINDS:
        raise NotReady("Choose what was done.")
    session.add(
        ProtectiveAction(
            contact_child_id=child.id,
            kind=kind,
            words=storable(words.strip()),
            recorded_by=by.user_id,
            recorded_at=at,
        )
    )
    trail.record(
        session, AuditKind.PROTECTIVE_ACTION_RECORDED, about=child.id, by=by, at=at, action=kind
    )
