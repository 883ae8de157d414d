"""What twenty people were told was done, held against what is stored."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.audit.trail import verify
from mash_triage.contacts.models import Contact, ContactChild, StatusMove
from mash_triage.contacts.status import MOVES, Status
from mash_triage.db.engine import Database
from mash_triage.decisions.models import Decision
from mash_triage.enquiries.models import InformationRequest, PartAnswer, RequestPart, RequestReply
from mash_triage.enquiries.stages import State

EXPLAINED = {
    "take_up": ("Somebody has taken this child up already.",),
    "send_for_decision": (
        "This child is with a manager or decided; nothing was changed.",
        "This child is at the stage",
        "Set the rating",
        "Set the level",
        "Write what this means",
        "Say who this child is",
    ),
    "ask_agency": ("This agency is asked about this child already.", "This child is decided."),
    "reply": ("Your agency answered this request already",),
    "close_request": ("This request stands at",),
    "record_decision": (
        "has just decided",
        "This child is no longer waiting for a manager.",
        "You worked on this child's screening.",
        "This child was decided already.",
    ),
    "return_to_worker": ("has just decided", "This child is no longer waiting for a manager."),
    "close_child": ("This child is closed.", "Not closed:"),
}
"""The refusals that people who work on the same children must expect, by the deed."""


@dataclass(frozen=True)
class Sent:
    """A contact of which somebody was told that it was received."""

    contact_id: UUID
    child_name: str


@dataclass
class Done:
    """What was acknowledged and refused; written by all at once."""

    contacts: dict[UUID, Sent] = field(default_factory=dict)
    asked: dict[UUID, UUID] = field(default_factory=dict)
    closed: list[UUID] = field(default_factory=list)
    decided: list[tuple[UUID, UUID | None, str]] = field(default_factory=list)
    answers: list[tuple[UUID, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[UUID, Status]] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def took(self, deed: str, seconds: float) -> None:
        """A deed was acknowledged."""
        with self._lock:
            self.counts[deed] += 1
            self.seconds.append(seconds)

    def refuse(self, deed: str, kind: str, words: str) -> None:
        """A deed was refused in words."""
        with self._lock:
            self.refusals[deed, f"{kind}: {words}"] += 1

    def fault(self, deed: str, fault: Exception) -> None:
        """A deed failed without a word for whoever did it."""
        with self._lock:
            self.faults.append(f"{deed}: {type(fault).__name__}: {str(fault)[:300]}")

    def moved(self, child_id: UUID, to: Status, was_done: bool) -> None:
        """A deed that moves a child on was acknowledged."""
        with self._lock:
            self.moves[child_id, to] += was_done

    def replied(self, request_id: UUID, words: str, received: Any) -> None:
        """A reply was acknowledged: new, or said to be there already."""
        with self._lock:
            self.answers.append((request_id, words))
            for how in ("before", "late", "after_closing"):
                self.counts[f"replies {how.replace('_', ' ')}"] += getattr(received, how)

    def unexplained(self) -> list[str]:
        """Refusals that nobody has to expect, with how often, and faults."""
        odd = [
            f"{deed}: {words} ({count})"
            for (deed, words), count in self.refusals.items()
            if not any(each in words for each in (*EXPLAINED.get(deed, ()), "just changed"))
        ]
        return odd + self.faults


def checked(database: Database, done: Done) -> dict[str, Any]:
    """The figures; what is lost or wrong stands in them by name, with an example."""
    with database.look() as session:
        lost = [*_contacts(session, done), *_replies(session, done), *_decisions(session, done)]
        wrong = [*_children(session, done), *_requests(session, done)]
        trail = verify(session).words
    odd = done.unexplained()
    cuts = quantiles(done.seconds, n=100) if len(done.seconds) > 1 else [0.0] * 99
    return {
        **{name: done.counts[name] for name in sorted(done.counts)},
        "refused with reason": sum(done.refusals.values()),
        "p50 ms": round(cuts[49] * 1000),
        "p95 ms": round(cuts[94] * 1000),
        "max ms": round(max(done.seconds, default=0) * 1000),
        "lost": len(lost),
        "wrong status": len(wrong),
        "unexplained refusals": len(odd),
        "trail": trail,
        **({"examples": [*lost[:3], *wrong[:3], *odd[:5]]} if lost or wrong or odd else {}),
    }


def _contacts(session: Session, done: Done) -> list[str]:
    """Each contact once, with its child and clocks' beginning; no other than was acknowledged."""
    names = dict(
        session.execute(
            select(Contact.token, ContactChild.reported_given_names).join(
                ContactChild, ContactChild.contact_id == Contact.id
            )
        ).all()
    )
    lost = [f"contact {each}" for each, sent in done.contacts.items()
            if names.get(each) != sent.child_name]  # fmt: skip
    return lost + [f"contact unasked {each}" for each in names if each not in done.contacts]


def _replies(session: Session, done: Done) -> list[str]:
    """Each reply that was acknowledged is the one stored; none is stored that was not."""
    stored = dict(
        session.execute(
            select(RequestReply.request_id, PartAnswer.words)
            .join(RequestPart, RequestPart.request_id == RequestReply.request_id)
            .join(PartAnswer, PartAnswer.part_id == RequestPart.id)
        ).all()
    )
    lost = [f"reply {each}" for each, words in done.answers if stored.get(each) != words]
    told = {each for each, _words in done.answers}
    return lost + [f"reply untold {each}" for each in stored if each not in told]


def _decisions(session: Session, done: Done) -> list[str]:
    """Each decision once, by whom it was acknowledged, with her reasons."""
    rows = session.execute(
        select(Decision.contact_child_id, Decision.decided_by, Decision.rationale)
    ).all()
    stored = Counter(tuple(row) for row in rows)
    told = Counter(done.decided)
    return [f"decision {each}" for each in (told - stored) + (stored - told)]


def _children(session: Session, done: Done) -> list[str]:
    """Each move that was acknowledged is in the history, each history is one way, and the child
    stands at its end; agencies asked, only while one is waited for.
    """
    moves: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for row in session.execute(
        select(StatusMove.contact_child_id, StatusMove.moved_from, StatusMove.moved_to)
    ):
        moves[row[0]].append((row[1], row[2]))
    open_ones = set(
        session.scalars(
            select(InformationRequest.contact_child_id).where(
                InformationRequest.state == State.OPEN
            )
        )
    )
    wrong = []
    for child_id, status in session.execute(select(ContactChild.id, ContactChild.status)):
        ways = moves[child_id]
        arrived = Counter(to for _was, to in ways)
        ends = arrived - Counter(was for was, _to in ways)
        told = {to: n for (each, to), n in done.moves.items() if each == child_id and n}
        fits = all(
            arrived[to] >= n if to is Status.SCREENING else arrived[to] == n
            for to, n in told.items()
        )
        lawful = all(Status(to) in MOVES[Status(was)] for was, to in ways)
        waits = status != Status.MASH_ENQUIRY or child_id in open_ones
        if not (fits and lawful and waits and set(ends) == {str(status)}):
            wrong.append(f"child {child_id}: {status}, told {told}, moves {ways}")
    return wrong


def _requests(session: Session, done: Done) -> list[str]:
    """Each request is there, and stands where what was acknowledged left it."""
    states = dict(session.execute(select(InformationRequest.id, InformationRequest.state)).all())
    told = {each for each, _words in done.answers}
    closed = Counter(done.closed)
    wrong = [f"request lost or unasked {each}" for each in states.keys() ^ done.asked.keys()]
    wrong += [f"request {each} closed twice" for each, number in closed.items() if number > 1]
    for each, state in states.items():
        if each in closed:
            expected = State.CLOSED
        else:
            expected = State.ANSWERED if each in told else State.OPEN
        if state != expected:
            wrong.append(f"request {each}: {state}, and not {expected}")
    twice = select(RequestReply.request_id).group_by(RequestReply.request_id)
    return wrong + [
        f"request {each} answered twice" for each in session.scalars(twice.having(func.count() > 1))
    ]
