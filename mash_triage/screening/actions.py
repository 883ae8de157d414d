"""The social worker's deeds: take up, tick indicators, rate, analyse, set a level, send."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.actions import next_due, start_clock, stop_clocks
from mash_triage.clocks.rules import ClockKind, red_due
from mash_triage.contacts.actions import sha256_of_json
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import children_visible_to, fetch_child
from mash_triage.contacts.status import (
    WAITING_FOR_SCREENING,
    WITH_WORKER,
    Status,
)
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.screening import rules
from mash_triage.screening.facts import frozen, suggestion_for
from mash_triage.screening.models import FactsFrozen, IndicatorSeen, RagRating, Screening
from mash_triage.text import storable
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import DepartureReason, Rag, Route


def take_up(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Start screening: this worker is now responsible for the child until a manager decides."""
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    if Status(child.status) not in WAITING_FOR_SCREENING:
        raise Changed("Somebody has taken this child up already.")
    child.taken_up_by, child.taken_up_at = by.user_id, at
    session.add(child.move_to(Status.SCREENING, by=by, at=at))
    _screening(session, child)
    trail.record(session, AuditKind.SCREENING_TAKEN_UP, about=child.id, by=by, at=at)


def hand_over(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a child over from a colleague, for example when she has gone home."""
    child = _child_in_screening(session, contact_child_id, by=by)
    if child.taken_up_by == by.user_id:
        return
    former = child.taken_up_by
    child.taken_up_by, child.taken_up_at = by.user_id, at
    trail.record(session, AuditKind.SCREENING_TAKEN_UP, about=child.id, by=by, at=at, former=former)


def _child_in_screening(session: Session, contact_child_id: UUID, *, by: Actor) -> ContactChild:
    by.require(Permission.SCREEN_CONTACT)
    child = fetch_child(session, contact_child_id, by=by)
    if Status(child.status) in WAITING_FOR_SCREENING:
        raise NotReady("Take this child up first.")
    if Status(child.status) not in WITH_WORKER:
        raise Changed("This child is with a manager or decided; nothing was changed.")
    return child


def _screening(session: Session, child: ContactChild) -> Screening:
    screening = session.scalars(
        select(Screening).where(Screening.contact_child_id == child.id)
    ).first()
    if screening is None:
        screening = Screening(id=uuid4(), contact_child_id=child.id, strengths=[])
        session.add(screening)
    return screening


def record_indicators(
    session: Session,
    contact_child_id: UUID,
    accepted: Collection[str],
    *,
    answered: Collection[str] | None = None,
    strengths: Collection[str] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Make these the indicators accepted for this child; those no longer ticked are rejected.

    With `answered`, only these codes are answered now and all others stay as they are.
    """
    child = _child_in_screening(session, contact_child_id, by=by)
    edition = edition_of(session, child.contact.edition_id)
    unknown = set(accepted) - edition.indicators_by_code.keys()
    if unknown:
        raise NotReady("That indicator is not in this edition of the levels of need.")
    seen = {each.code: each for each in indicator_rows(session, child.id)}
    for code in sorted(set(accepted) | (seen.keys() if answered is None else set(answered))):
        state = "accepted" if code in accepted else "rejected"
        if code not in seen:
            session.add(_indicator(child, code, state, "person", by=by, at=at))
        elif seen[code].state != state:
            seen[code].state = state
            seen[code].settled_by, seen[code].settled_at = by.user_id, at
    if strengths is not None:
        _screening(session, child).strengths = sorted(strengths)
    session.flush()  # the suggestion counts what was just ticked
    _raise_to_floor(session, child, by=by, at=at)
    trail.record(
        session,
        AuditKind.INDICATORS_RECORDED,
        about=child.id,
        by=by,
        at=at,
        accepted=sorted(accepted),
    )


def _indicator(
    child: ContactChild, code: str, state: str, origin: str, *, by: Actor, at: datetime
) -> IndicatorSeen:
    settled = state != "proposed"
    return IndicatorSeen(
        id=uuid4(),
        contact_child_id=child.id,
        code=code,
        state=state,
        origin=origin,
        proposed_by=by.user_id,
        proposed_at=at,
        settled_by=by.user_id if settled else None,
        settled_at=at if settled else None,
    )


def indicator_rows(session: Session, contact_child_id: UUID) -> list[IndicatorSeen]:
    """All indicators of a child, whatever their state."""
    return list(
        session.scalars(
            select(IndicatorSeen)
            .where(IndicatorSeen.contact_child_id == contact_child_id)
            .order_by(IndicatorSeen.code)
        )
    )


def copy_indicators_to_siblings(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> int:
    """Propose this child's indicators for the other children on the contact; each is confirmed
    for each child by a person. Gives how many were proposed."""
    child = _child_in_screening(session, contact_child_id, by=by)
    accepted = [each.code for each in indicator_rows(session, child.id) if each.state == "accepted"]
    siblings = session.scalars(
        children_visible_to(by).where(
            ContactChild.contact_id == child.contact_id, ContactChild.id != child.id
        )
    )
    proposed = 0
    for sibling in siblings:
        if Status(sibling.status) not in WITH_WORKER | WAITING_FOR_SCREENING:
            continue
        there = {each.code for each in indicator_rows(session, sibling.id)}
        fresh = [code for code in accepted if code not in there]
        session.add_all(
            _indicator(sibling, code, "proposed", "sibling", by=by, at=at) for code in fresh
        )
        proposed += len(fresh)
    trail.record(
        session,
        AuditKind.INDICATORS_RECORDED,
        about=child.id,
        by=by,
        at=at,
        proposed_to_siblings=proposed,
    )
    return proposed


def set_rag(
    session: Session,
    contact_child_id: UUID,
    rag: Rag,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Rate how soon; red adds its own clock and moves no other. Old and new are both kept."""
    child = _child_in_screening(session, contact_child_id, by=by)
    if not by.qualified and not by.may_everything:
        raise NotAllowed("The rating is set by a social-work-qualified colleague.")
    _, suggestion = suggestion_for(session, child, by=by)
    rules.check_rag(suggestion.rag_floor, child.rag, rag, reason)
    _rate(session, child, rag, reason, by=by, at=at)


def _rate(
    session: Session, child: ContactChild, rag: Rag, reason: str, *, by: Actor, at: datetime
) -> None:
    if child.rag == rag:
        return
    session.add(
        RagRating(
            id=uuid4(),
            contact_child_id=child.id,
            old=child.rag,
            new=rag,
            reason=storable(reason.strip()),
            rated_by=by.user_id,
            rated_at=at,
        )
    )
    if rag is Rag.RED:
        times = edition_of(session, child.contact.edition_id).clocks
        start_clock(
            session,
            child.id,
            ClockKind.RED_4_HOURS,
            edition_id=child.contact.edition_id,
            due_at=red_due(at, times),
            at=at,
        )
    elif child.rag == Rag.RED:
        stop_clocks(session, child.id, at=at, kind=ClockKind.RED_4_HOURS)
    trail.record(session, AuditKind.RAG_SET, about=child.id, by=by, at=at, old=child.rag, new=rag)
    child.rag, child.rag_by, child.rag_at = rag, by.user_id, at
    child.next_due_at = next_due(session, child.id)


def _raise_to_floor(session: Session, child: ContactChild, *, by: Actor, at: datetime) -> None:
    """A danger trigger makes the child red at once, by the hand of the person who ticked it."""
    _, suggestion = suggestion_for(session, child, by=by)
    if suggestion.rag_floor is Rag.RED:
        _rate(session, child, Rag.RED, "A danger trigger was ticked", by=by, at=at)


def record_analysis(
    session: Session,
    contact_child_id: UUID,
    heads: dict[str, str],
    *,
    seen: dict[str, str] | None = None,
    hidden_harms: str | None = None,
    hidden_harms_words: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Keep the analysis under its heads and "so what for this child"; saved as often as wished.

    A head that is not given stays as it is, and so does the line on hidden harms. `seen` is what
    each head held when it was last read: words of a colleague are never written over.
    """
    child = _child_in_screening(session, contact_child_id, by=by)
    screening = _screening(session, child)
    for head, words in heads.items():
        _write_head(screening, head, storable(words.strip()), seen)
    if hidden_harms is not None:
        if hidden_harms not in rules.HIDDEN_HARMS:
            raise NotReady("Choose one of the answers about hidden harms.")
        screening.hidden_harms = hidden_harms
        screening.hidden_harms_words = storable(hidden_harms_words.strip())
    screening.analysed_by, screening.analysed_at = by.user_id, at
    trail.record(session, AuditKind.ANALYSIS_RECORDED, about=child.id, by=by, at=at)


def _write_head(screening: Screening, head: str, words: str, seen: dict[str, str] | None) -> None:
    if head not in rules.ANALYSIS_HEADS:
        raise NotReady("The analysis has no such head.")
    there = getattr(screening, head) or ""
    if seen is not None and there not in (words, storable(seen.get(head, "").strip())):
        raise Changed("A colleague has written here meanwhile. Copy your words and open it again.")
    setattr(screening, head, words)


def set_level(
    session: Session,
    contact_child_id: UUID,
    level: int,
    route: Route | None,
    *,
    departure: DepartureReason | None = None,
    departure_words: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Set the level of need and proposed route; where they depart from the suggestion, say why."""
    child = _child_in_screening(session, contact_child_id, by=by)
    edition = edition_of(session, child.contact.edition_id)
    _, suggestion = suggestion_for(session, child, by=by)
    rules.check_level(edition, suggestion, level, route, departure, departure_words)

    screening = _screening(session, child)
    is_departure = rules.departs(suggestion, level, route)
    screening.level, screening.route = level, route
    screening.departure = departure if is_departure else None
    screening.departure_words = storable(departure_words.strip()) if is_departure else ""
    screening.level_by, screening.level_at = by.user_id, at
    trail.record(
        session,
        AuditKind.LEVEL_SET,
        about=child.id,
        by=by,
        at=at,
        level=level,
        route=route,
        suggested_level=suggestion.level,
        suggested_route=suggestion.route,
        departure=screening.departure,
    )


def send_for_decision(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> None:
    """Send one child to a manager; the facts as now known are frozen with it."""
    child = _child_in_screening(session, contact_child_id, by=by)
    screening = _screening(session, child)
    rules.check_ready(
        rules.missing_before_decision(
            person_known=child.person_id is not None,
            rag=child.rag,
            screening=screening,
            indicators=indicator_rows(session, child.id),
        )
    )
    facts, suggestion = suggestion_for(session, child, by=by)
    level = screening.level
    if level is not None:
        rules.check_level(
            edition_of(session, child.contact.edition_id),
            suggestion,
            level,
            Route(screening.route) if screening.route else None,
            DepartureReason(screening.departure) if screening.departure else None,
            screening.departure_words,
        )

    freeze(session, child, "sent", frozen(session, child, facts, suggestion, on=at.date()), by, at)
    screening.sent_by, screening.sent_at = by.user_id, at
    session.add(child.move_to(Status.MANAGER_REVIEW, by=by, at=at))
    trail.record(session, AuditKind.SENT_FOR_DECISION, about=child.id, by=by, at=at)


def freeze(
    session: Session,
    child: ContactChild,
    moment: str,
    facts: dict[str, Any],
    by: Actor,
    at: datetime,
) -> FactsFrozen:
    """Keep the facts of this moment, hashed; nothing ever changes them."""
    row = FactsFrozen(
        id=uuid4(),
        contact_child_id=child.id,
        moment=moment,
        facts=facts,
        sha256=sha256_of_json(facts),
        frozen_by=by.user_id,
        frozen_at=at,
    )
    session.add(row)
    return row
