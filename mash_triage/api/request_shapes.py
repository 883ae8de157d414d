"""What the API says of a request for information, and the reply that it takes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from mash_triage.enquiries.pictures import RequestPicture
from mash_triage.enquiries.rules import LONGEST_ANSWER
from mash_triage.enquiries.stages import Finding, State

MOST_ANSWERS = 100


class RequestLine(BaseModel):
    """One request that waits: which, since when, by when, and how soon. Nobody is named."""

    id: UUID
    sent_at: datetime | None
    due_at: datetime | None
    rating: str


class RequestList(BaseModel):
    """Some requests, and the id after which the next ones follow."""

    requests: list[RequestLine]
    next: UUID | None


class PersonAsked(BaseModel):
    """Somebody whom a request is about."""

    name: str
    relationship: str
    born: date | None


class PartAsked(BaseModel):
    """One question, by the id with which it is answered."""

    part: UUID
    question: str


class LawfulBasis(BaseModel):
    """Why it is lawful to ask and to answer, as codes."""

    article_6: str
    article_9: str
    gateway: str
    confidentiality: str


class RequestWhole(BaseModel):
    """One request: about whom, what for, its questions, and where it stands."""

    id: UUID
    state: State
    sent_at: datetime | None
    due_at: datetime | None
    rating: str
    purpose: str
    basis: LawfulBasis
    people: list[PersonAsked]
    parts: list[PartAsked]


class PartReply(BaseModel):
    """The answer to one question. `withheld` says why something is kept back."""

    model_config = ConfigDict(extra="forbid")

    part: UUID
    finding: Finding
    words: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""
    withheld: Annotated[str | None, Field(max_length=30)] = None
    withheld_words: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""


class ReplyBody(BaseModel):
    """The one reply to a request: every question has its answer."""

    model_config = ConfigDict(extra="forbid")

    answers: Annotated[list[PartReply], Field(min_length=1, max_length=MOST_ANSWERS)]


class ReplyKept(BaseModel):
    """That a reply is stored: when, whether late, whether after the request was closed."""

    request: UUID
    answered_at: datetime | None
    late: bool
    after_closing: bool


def listed(found: Sequence[RequestPicture], limit: int) -> RequestList:
    """A page of what waits; more was read than is shown, to know whether something follows."""
    page = found[:limit]
    return RequestList(
        requests=[
            RequestLine(id=each.id, sent_at=each.sent_at, due_at=each.due_at, rating=each.rag)
            for each in page
        ],
        next=page[-1].id if len(found) > limit else None,
    )


def whole(seen: RequestPicture) -> RequestWhole:
    """One request as its agency may read it; without what was answered."""
    return RequestWhole(
        id=seen.id,
        state=seen.state,
        sent_at=seen.sent_at,
        due_at=seen.due_at,
        rating=seen.rag,
        purpose=seen.purpose,
        basis=LawfulBasis(
            article_6=seen.basis.article_6,
            article_9=seen.basis.article_9,
            gateway=seen.basis.gateway,
            confidentiality=seen.basis.confidentiality,
        ),
        people=[
            PersonAsked(name=each.name, relationship=each.relationship, born=each.born)
            for each in seen.people
        ],
        parts=[PartAsked(part=each.id, question=each.question) for each in seen.parts],
    )


def reply_kept(seen: RequestPicture) -> ReplyKept:
    """The receipt for a reply; the same each time it is asked for."""
    return ReplyKept(
        request=seen.id,
        answered_at=seen.answered_at,
        late=seen.is_late,
        after_closing=seen.after_closing,
    )
