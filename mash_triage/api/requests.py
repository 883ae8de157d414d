"""Requests for information through the API: what waits for an agency, and its one answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.requests import Request

from mash_triage.agency_systems.queries import Caller
from mash_triage.agency_systems.rules import Scope
from mash_triage.api.body import Json, read_json
from mash_triage.api.caller import Call, begin
from mash_triage.api.keys import check_key
from mash_triage.api.problems import Problem, wrong_parts
from mash_triage.api.request_shapes import (
    ReplyBody,
    ReplyKept,
    RequestList,
    RequestWhole,
    listed,
    reply_kept,
    whole,
)
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.enquiries.actions import reply
from mash_triage.enquiries.queries import request_to_my_agency, waiting_for_my_agency
from mash_triage.enquiries.rules import Answer

routes = APIRouter(prefix="/v1")

MOST_AT_ONCE = 100


@routes.get("/requests", summary="What waits for an answer")
async def list_requests(
    request: Request,
    after: Annotated[UUID | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = MOST_AT_ONCE,
) -> RequestList:
    """The requests for information that wait for this agency, in the order in which they were sent.
    Nobody is named here. Where there is more, `next` is the id to give as `after`.
    """
    call = begin(request)
    caller = await _may_answer(call)

    def read(session: Session) -> RequestList:
        found = waiting_for_my_agency(
            session, after=after, limit=limit + 1, by=caller.by, at=call.at
        )
        return listed(found, limit)

    return await call.look(caller, read)


@routes.get("/requests/{request_id}", summary="One request, whole")
async def read_request(request: Request, request_id: UUID) -> RequestWhole:
    """One request that was sent to this agency: about whom, what for, and its questions. That it
    was read is kept. For everything else the same answer as for what does not exist.
    """
    call = begin(request)
    caller = await _may_answer(call)

    def read(session: Session) -> RequestWhole:
        seen = request_to_my_agency(session, request_id, by=caller.by, at=call.at)
        trail.record(session, AuditKind.RECORD_VIEWED, about=seen.id, by=caller.by, at=call.at)
        return whole(seen)

    return await call.work(caller, read)


@routes.post("/requests/{request_id}/reply", status_code=201, summary="Answer a request")
async def answer_request(request: Request, request_id: UUID) -> ReplyKept:
    """Answer every question of a request, once. Sent again with the same Idempotency-Key and body
    it gives the same answer, and one reply; another reply to the same request is refused.
    """
    call = begin(request)
    body = await read_json(request)
    caller = await _may_answer(call)
    check_key(request)
    answers = [
        Answer(each.part, each.finding, each.words, each.withheld, each.withheld_words)
        for each in _checked(body).answers
    ]

    def send(session: Session) -> ReplyKept:
        reply(session, request_id, answers, by=caller.by, at=call.at)
        session.flush()
        return reply_kept(request_to_my_agency(session, request_id, by=caller.by, at=call.at))

    return await call.work(caller, send)


async def _may_answer(call: Call) -> Caller:
    call.refuse_over_limit()
    caller = await call.caller(Scope.ANSWER)
    call.refuse_over_limit()
    return caller


def _checked(body: Json) -> ReplyBody:
    """The reply in this body; otherwise a Problem that repeats nothing of it."""
    try:
        return ReplyBody.model_validate(body)
    except ValidationError as wrong:
        fields = wrong_parts(wrong, ReplyBody)
    raise Problem(422, "The reply is not right; nothing was stored.", fields=fields)
