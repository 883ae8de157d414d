"""Delivering what is due: claim one message, send it outside any transaction, keep what came of it.

A claim is a lease of five minutes, so two deliverers do not send the same message. A deliverer
that dies after the other side took the message and before that was kept leaves it to be sent
again: at least once, seldom twice, and under the same name, by which a receiver can drop repeats.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from mash_triage.db.engine import Database
from mash_triage.outbox.kinds import Channel
from mash_triage.outbox.models import OutboxMessage
from mash_triage.outbox.parcels import Carrier, Letter, Notice, letter_for, notice_for
from mash_triage.outbox.rules import (
    LEASE,
    MOST_ATTEMPTS,
    Fault,
    NotDelivered,
    State,
    wait_before_next,
)

MOST_AT_ONCE = 500

Parcel = TypeVar("Parcel", Letter, Notice)
Pack = Callable[[Session, OutboxMessage, datetime], Parcel]
Now = Callable[[], datetime]
Tell = Callable[[Exception], object]


@dataclass(frozen=True)
class Claim(Generic[Parcel]):
    """One message in the hands of this deliverer; without a parcel it has already ended."""

    message_id: UUID
    lease: UUID
    endpoint_id: UUID | None
    parcel: Parcel | None
    state: State


def deliver_mail(
    database: Database,
    carrier: Carrier[Letter],
    *,
    now: Now,
    most: int = MOST_AT_ONCE,
    on_fault: Tell = lambda _fault: None,
) -> Counter[State]:
    """Send the mails that are due; how many ended each way. Stops when the server is not there."""
    return _deliver(database, Channel.MAIL, carrier, letter_for, now, most, on_fault)


def deliver_notices(
    database: Database,
    carrier: Carrier[Notice],
    *,
    now: Now,
    most: int = MOST_AT_ONCE,
    on_fault: Tell = lambda _fault: None,
) -> Counter[State]:
    """Send the notices that are due; an endpoint that failed is left alone for this round."""
    return _deliver(database, Channel.WEBHOOK, carrier, notice_for, now, most, on_fault)


def _deliver(
    database: Database,
    channel: Channel,
    carrier: Carrier[Parcel],
    pack: Pack[Parcel],
    now: Now,
    most: int,
    on_fault: Tell,
) -> Counter[State]:
    ended: Counter[State] = Counter()
    failing: set[UUID] = set()
    with closing(carrier):
        for _turn in range(most):
            claim = _claim(database, channel, pack, failing, at=now())
            if claim is None:
                break
            if claim.parcel is None:
                ended[claim.state] += 1
                continue
            fault = _try(carrier, claim.parcel, on_fault, at=now())
            ended[_keep(database, claim, fault, at=now())] += 1
            if fault and fault.whole_channel:
                break
            if fault and claim.endpoint_id:
                failing.add(claim.endpoint_id)
    return ended


def _try(
    carrier: Carrier[Parcel], parcel: Parcel, on_fault: Tell, *, at: datetime
) -> NotDelivered | None:
    try:
        carrier.send(parcel, at=at)
    except NotDelivered as fault:
        return fault
    except Exception as fault:
        on_fault(fault)
        return NotDelivered(Fault.OUR_FAULT)
    return None


def _claim(
    database: Database, channel: Channel, pack: Pack[Parcel], failing: set[UUID], *, at: datetime
) -> Claim[Parcel] | None:
    due = _due(channel, failing, at)
    with database.look() as session:  # spares the database a writer where nothing is due
        if session.scalar(due) is None:
            return None
    with database.work() as session:
        message = session.scalar(due.with_for_update(skip_locked=True))
        if message is None:
            return None
        message.state, message.attempts = State.SENDING, message.attempts + 1
        lease = message.lease = uuid4()
        message.leased_until = at + LEASE
        parcel: Parcel | None = None
        try:
            if message.attempts > MOST_ATTEMPTS:
                raise NotDelivered(Fault.NO_ANSWER, for_good=True)
            parcel = pack(session, message, at)
        except NotDelivered as fault:
            _settle(message, fault, at=at)
        return Claim(message.id, lease, message.endpoint_id, parcel, State(message.state))


def _due(channel: Channel, failing: set[UUID], at: datetime) -> Select[OutboxMessage]:
    waiting = and_(OutboxMessage.state == State.WAITING, OutboxMessage.next_at <= at)
    broken_off = and_(OutboxMessage.state == State.SENDING, OutboxMessage.leased_until <= at)
    due = select(OutboxMessage).where(OutboxMessage.channel == channel, or_(waiting, broken_off))
    if failing:
        due = due.where(OutboxMessage.endpoint_id.not_in(failing))
    return due.order_by(OutboxMessage.next_at, OutboxMessage.id).limit(1)


def _keep(
    database: Database, claim: Claim[Parcel], fault: NotDelivered | None, *, at: datetime
) -> State:
    """What came of a try; nothing, if the lease ran out and somebody else holds the message."""
    with database.work() as session:
        message = session.scalar(
            select(OutboxMessage)
            .where(OutboxMessage.id == claim.message_id, OutboxMessage.lease == claim.lease)
            .with_for_update()
        )
        if message is None:
            return State.SENDING
        return _settle(message, fault, at=at)


def _settle(message: OutboxMessage, fault: NotDelivered | None, *, at: datetime) -> State:
    message.lease = message.leased_until = None
    message.last_fault = fault.fault if fault else None
    message.state = state = _state_after(message.attempts, fault)
    if state is State.WAITING:
        message.next_at = at + wait_before_next(message.attempts, message.id)
    else:
        message.ended_at = at
    return state


def _state_after(attempts: int, fault: NotDelivered | None) -> State:
    if fault is None:
        return State.SENT
    if fault.fault is Fault.NOT_WANTED:
        return State.DROPPED
    return State.STUCK if fault.for_good or attempts >= MOST_ATTEMPTS else State.WAITING
