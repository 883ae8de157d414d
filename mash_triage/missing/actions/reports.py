"""A contact that reports a child missing, of which no episode is to be recorded."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.reference import show_reference
from mash_triage.missing.models import ReportSettled
from mash_triage.missing.queries import episodes_elsewhere, episodes_on
from mash_triage.missing.reported import CONCERN, check_settles_report, settled_report
from mash_triage.talk.actions import write_note


def settle_report(
    session: Session,
    contact_child_id: UUID,
    words: str,
    *,
    same_as: UUID | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """A manager says why this report needs no episode of its own: it is no missing notice, or it
    tells of an episode that is recorded on another contact of the same child. Her words are a note
    of the front door's; it says nothing about the decision, and an episode can still be recorded.
    """
    by.require(Permission.DECIDE_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    of_others = {each.id: each for each in episodes_elsewhere(session, child.id, by=by)}
    on_this = episodes_on(session, child.id, by=by)
    check_settles_report(
        words,
        reports_missing=child.contact.main_concern == CONCERN,
        is_recorded=any(each.taken_back_at is None for each in on_this),
        is_settled=settled_report(session, child.id, by=by) is not None,
        names_known=same_as is None or same_as in of_others,
    )
    said = "Not a missing notice."
    if same_as is not None:
        reference = show_reference(of_others[same_as].reference)
        said = f"The same missing episode as on contact {reference}."
    note = f"{said} {words.strip()}"
    note_id = write_note(session, child.id, note, token=uuid4(), by=by, at=at)
    session.add(
        ReportSettled(
            id=uuid4(),
            contact_child_id=child.id,
            note_id=note_id,
            same_as=same_as,
            settled_by=by.user_id,
            settled_at=at,
        )
    )
    happened(
        session,
        child.id,
        Moment.MISSING_REPORT_SETTLED,
        took_place_at=at,
        about=note_id,
        by=by,
        at=at,
    )
    trail.record(
        session,
        AuditKind.MISSING_REPORT_SETTLED,
        about=child.id,
        by=by,
        at=at,
        note=note_id,
        same_as=same_as,
    )
    return note_id
