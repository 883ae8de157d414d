"""What the front door does with a reply: reading it, how relevant each answer is, releasing it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.enquiries import rules
from mash_triage.enquiries.models import PartAnswer, RequestPart, RequestReply
from mash_triage.enquiries.queries import request_inside
from mash_triage.enquiries.stages import Step
from mash_triage.enquiries.work import children_of, covered, fetch_request, note_step
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.sharing.rules import Kind
from mash_triage.sharing.work import Entry, add_entry
from mash_triage.text import storable


def mark_reply_read(session: Session, request_id: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody of the enquiry has read what the agency answered; the first who says so is kept."""
    by.require(Permission.SCREEN_CONTACT)
    request_inside(session, request_id, by=by, at=at)  # it may name a child that is closed to her
    row, child = fetch_request(session, request_id, by=by)
    answer = session.get(RequestReply, row.id)
    if answer is None:
        raise NotReady("There is no reply to read yet.")
    if answer.read_at is None:
        answer.read_by, answer.read_at = by.user_id, at
        trail.record(
            session, AuditKind.INFORMATION_READ, about=child.id, by=by, at=at, request=row.id
        )


def mark_relevance(
    session: Session, part_id: UUID, relevance: str, *, by: Actor, at: datetime
) -> None:
    """Say how relevant the answer to one question is; the last mark counts."""
    by.require(Permission.SCREEN_CONTACT)
    part = session.get(RequestPart, part_id)
    if part is None:
        raise NotFound()
    row, child = fetch_request(session, part.request_id, by=by)
    rules.check_relevance(relevance)
    if session.get(PartAnswer, part.id) is None:
        raise NotReady("This question has no answer yet.")
    part.relevance, part.relevance_by, part.relevance_at = relevance, by.user_id, at
    mark_reply_read(session, row.id, by=by, at=at)
    trail.record(
        session,
        AuditKind.RELEVANCE_MARKED,
        about=child.id,
        by=by,
        at=at,
        request=row.id,
        part=part.position,
        relevance=relevance,
    )


def release_reply(
    session: Session, request_id: UUID, words: str, *, by: Actor, at: datetime
) -> None:
    """A manager lets a reply be read beyond the enquiry: to whom, and why."""
    by.require(Permission.AUTHORISE_SHARING)
    row, child = fetch_request(session, request_id, by=by)
    answer = session.get(RequestReply, row.id)
    if answer is None:
        raise NotReady("There is no reply to release yet.")
    if answer.released_at is not None:
        raise Changed("This reply is released already.")
    rules.check_words(words, "Say to whom the reply is released, and why.")
    answer.release_words = storable(words.strip())
    answer.released_by, answer.released_at = by.user_id, at
    mark_reply_read(session, row.id, by=by, at=at)
    note_step(session, row, Step.RELEASED, words, by=by, at=at)
    agency = session.get_one(Agency, row.agency_id)
    entry = Entry(
        kind=Kind.RELEASE,
        with_whom=agency.name,
        what="What this agency answered may be read beyond the enquiry.",
        because=words,
        agency_id=agency.id,
        about_id=row.id,
    )
    for child_id in children_of(covered(session, row)):
        add_entry(session, child_id, entry, by=by, at=at)
    trail.record(
        session, AuditKind.INFORMATION_RELEASED, about=child.id, by=by, at=at, request=row.id
    )
