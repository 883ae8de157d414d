"""The front door's deeds on what came after sending: read it, answer it, record the letter."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.amended import additions_to
from mash_triage.after_sending.models import AdditionsRead, WithdrawalAnswer
from mash_triage.after_sending.rules import Kind as Said
from mash_triage.after_sending.rules import check_words
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.actions.confirmation import note_confirmed
from mash_triage.contacts.actions.tell import tell_sender
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import ContactChild, WrittenConfirmation
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.seen import contact_seen
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.outbox.kinds import Kind
from mash_triage.text import storable

CAME_AS = {"letter": "Letter or form", "email": "E-mail", "service": "In the service"}


def record_additions_read(
    session: Session,
    contact_child_id: UUID,
    up_to: int,
    words: str = "",
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Say that everything added up to this number was read for this child. What is new after the
    decision is read only with words on what was done about it.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    if contact_seen(session, child.contact, by=by).withheld:
        raise NotAllowed("Part of what was added is closed to you. Ask the duty manager.")
    additions = [each for each in additions_to(session, child.contact_id) if each.number <= up_to]
    if not additions:
        raise NotReady("Nothing was added to this contact.")
    if child.decided_at is not None and any(a.added_at > child.decided_at for a in additions):
        check_words(words, "Say what was done about it, or why nothing is needed.")
    session.add(
        AdditionsRead(
            id=uuid4(),
            contact_child_id=child.id,
            up_to=additions[-1].number,
            by_manager=by.can(Permission.SEE_DECISION_QUEUE),
            words=storable(words.strip()),
            read_by=by.user_id,
            read_by_name=by.name,
            read_at=at,
        )
    )
    trail.record(
        session,
        AuditKind.ADDITIONS_READ,
        about=child.id,
        by=by,
        at=at,
        up_to=additions[-1].number,
    )


def answer_withdrawal(
    session: Session,
    contact_child_id: UUID,
    *,
    stands: bool | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Say whether the worry about this child stands though the referrer asked to withdraw. A
    qualified worker or manager says so; the child stays where it is until a manager decides.
    """
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by, to_change=True)
    check_knows_not_family(session, child.id, by=by)
    if not by.qualified and not by.may_everything:
        raise NotAllowed("Whether a worry stands is said by a social-work-qualified colleague.")
    asked = _open_withdrawal(session, child)
    if asked is None:
        raise Changed("This was answered already, or nobody asked to withdraw.")
    if stands is None:
        raise NotReady("Choose whether the worry stands.")
    check_words(reason, "Say why.")
    session.add(
        WithdrawalAnswer(
            id=uuid4(),
            addition_id=asked,
            contact_child_id=child.id,
            stands=stands,
            reason=storable(reason.strip()),
            answered_by=by.user_id,
            answered_by_name=by.name,
            answered_at=at,
        )
    )
    tell_sender(session, child.contact, Kind.NEWS, by=by, at=at)
    trail.record(
        session, AuditKind.WITHDRAWAL_ANSWERED, about=child.id, by=by, at=at, stands=stands
    )


def _open_withdrawal(session: Session, child: ContactChild) -> UUID | None:
    """The latest wish to withdraw that was not answered for this child."""
    asked = [a for a in additions_to(session, child.contact_id) if a.kind == Said.WITHDRAWAL]
    if not asked:
        return None
    answered = session.scalars(
        select(WithdrawalAnswer.addition_id).where(WithdrawalAnswer.contact_child_id == child.id)
    ).all()
    return None if asked[-1].id in answered else asked[-1].id


def record_written_confirmation(
    session: Session, contact_child_id: UUID, came_as: str, *, by: Actor, at: datetime
) -> None:
    """Record that the referrer has confirmed a telephone call in writing."""
    by.require(Permission.ENTER_FOR_OTHERS)
    child = fetch_child(session, contact_child_id, by=by)
    asked = session.get(WrittenConfirmation, child.contact_id, with_for_update=True)
    if asked is None:
        raise NotReady("No written confirmation was asked for on this contact.")
    if asked.came_at is not None:
        raise Changed("Somebody has recorded it already.")
    if came_as not in CAME_AS:
        raise NotReady("Choose how it came.")
    asked.came_as, asked.came_by, asked.came_at = came_as, by.user_id, at
    note_confirmed(session, child.contact, by=by, at=at)
    trail.record(
        session,
        AuditKind.CONFIRMATION_RECORDED,
        about=child.contact_id,
        by=by,
        at=at,
        came_as=came_as,
        late=at > asked.due_at,
    )
