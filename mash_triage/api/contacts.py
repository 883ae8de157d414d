"""Contacts through the API: sent by the deed of the form, and read as their sender may."""

import hashlib
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime
from sqlalchemy.orm import Session
from starlette.requests import Request

from mash_triage.agency_systems.rules import Scope
from mash_triage.api.body import Json, read_json
from mash_triage.api.caller import begin
from mash_triage.api.keys import check_key
from mash_triage.api.problems import Problem, incomplete
from mash_triage.api.shapes import ContactList, ContactPicture, ReceiptShape, picture_of, receipt
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.actions import Receipt, submit_contact
from mash_triage.contacts.answers import as_sent, value_at
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.submission import ContactSubmission, problems_of
from mash_triage.errors import Changed
from mash_triage.worklists.my_contacts import contacts_since, my_contact

routes = APIRouter(prefix="/v1")

SENT_BEFORE = (
    "This Idempotency-Key was used before with another body, and nothing was stored. For a new "
    "contact use a new key."
)
NOT_BY_A_SYSTEM = "Choose portal or police_notice; other ways are entered at the front door"
MOST_AT_ONCE = 100
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@routes.post("/contacts", status_code=201, summary="Send a contact")
async def send_contact(request: Request) -> ReceiptShape:
    """Send a contact about one child or several. The body is a ContactSubmission; what it may
    leave out is filled with honest gaps. Sent again with the same Idempotency-Key and body it gives
    the same receipt, and one contact.
    """
    call = begin(request)
    body = await read_json(request)
    if not is_emergency(body):
        call.refuse_over_limit()
    caller = await call.caller(Scope.SEND)
    if not is_emergency(body):
        call.refuse_over_limit()
    key = check_key(request)
    submission = checked(body, at=call.at)

    def send(session: Session) -> Receipt:
        token = token_of(caller.agency_id, key)
        sent = submit_contact(session, submission, token=token, by=caller.by, at=call.at)
        if call.over_limit:
            about = sent.contact_id
            kind = AuditKind.CONTACT_OVER_LIMIT
            trail.record(session, kind, about=about, by=caller.by, at=call.at)
        return sent

    try:
        sent = await call.work(caller, send)
    except Changed:
        raise Problem(409, SENT_BEFORE) from None
    return receipt(sent, submission)


@routes.get("/contacts/{reference}", summary="Where a contact stands")
async def read_contact(request: Request, reference: str) -> ContactPicture:
    """Where each child on a contact stands, and what was decided. Only what this agency's systems
    sent; for everything else the same answer as for what does not exist.
    """
    call = begin(request)
    call.refuse_over_limit()
    caller = await call.caller(Scope.READ)
    call.refuse_over_limit()
    found = await call.look(caller, lambda session: my_contact(session, reference, by=caller.by))
    return picture_of(found)


@routes.get("/contacts", summary="What was sent since a moment")
async def list_contacts(
    request: Request,
    since: Annotated[AwareDatetime, Query(ge=EARLIEST, le=LATEST)],
    after: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = MOST_AT_ONCE,
) -> ContactList:
    """What this agency's systems sent since a moment, oldest first. Where there is more, `next`
    is the reference to give as `after`.
    """
    call = begin(request)
    call.refuse_over_limit()
    caller = await call.caller(Scope.READ)
    call.refuse_over_limit()

    def read(session: Session) -> ContactList:
        found = contacts_since(session, since, after=after, limit=limit + 1, by=caller.by)
        page = found[:limit]
        follows = page[-1].reference if len(found) > limit else None
        return ContactList(contacts=[picture_of(each) for each in page], next=follows)

    return await call.look(caller, read)


def is_emergency(body: Json) -> bool:
    """Does this contact say that somebody is in danger now? Such a one is never turned away for
    the number of calls."""
    return bool(value_at(body, "danger.in_danger_now") == "yes")


def checked(body: Json, *, at: datetime) -> ContactSubmission:
    """The contact in this body, complete by the same rules as the form's; otherwise a Problem."""
    answers = as_sent(body)
    problems = problems_of(answers, on=london_day(at), at=at)
    if answers.get("channel", "portal") not in [str(each) for each in SENT_BY_THEMSELVES]:
        problems = {**problems, "channel": NOT_BY_A_SYSTEM}
        problems.pop("received_at", None)
    if problems:
        raise incomplete(problems)
    return ContactSubmission.model_validate(answers)


def token_of(agency_id: UUID, key: str) -> UUID:
    """The token of a contact for an agency's Idempotency-Key: the same each time, on every replica,
    and of no use to another agency.
    """
    return UUID(bytes=hashlib.sha256(f"{agency_id} {key}".encode()).digest()[:16])
