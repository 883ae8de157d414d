"""Ticking what was seen, and proposing the same for the other children on the contact."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import children_visible_to
from mash_triage.contacts.status import (
    WAITING_FOR_SCREENING,
    WITH_WORKER,
    Status,
)
from mash_triage.errors import Changed, NotReady
from mash_triage.screening.actions.rating import raise_to_floor
from mash_triage.screening.facts import indicator_rows
from mash_triage.screening.models import IndicatorSeen
from mash_triage.screening.words import reading_of
from mash_triage.screening.work import fetch_child_in_screening, screening_of
from mash_triage.text import storable
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.queries import edition_of


def record_indicators(
    session: Session,
    contact_child_id: UUID,
    accepted: Collection[str],
    *,
    answered: Collection[str] | None = None,
    strengths: Collection[str] | None = None,
    strengths_answered: Collection[str] | None = None,
    because: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Make these the indicators accepted for this child; those no longer ticked are rejected.

    With `answered`, only these codes are answered now and all others stay as they are; so too
    strengths with `strengths_answered`. A trigger that was accepted is rejected only `because` of
    something, in words.
    """
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    edition = edition_of(session, child.contact.edition_id)
    _check_known(
        edition,
        {*accepted, *(answered or ())},
        {*(strengths or ()), *(strengths_answered or ())},
    )
    seen = {each.code: each for each in indicator_rows(session, child.id)}
    counted = {code for code, each in seen.items() if each.state == "accepted"}
    new_danger = edition.trigger_codes & (set(accepted) - counted)
    for code in sorted(set(accepted) | (seen.keys() if answered is None else set(answered))):
        state = "accepted" if code in accepted else "rejected"
        if code not in seen:
            session.add(_indicator(child, code, state, "person", by=by, at=at))
        elif seen[code].state != state:
            _check_reason(edition, seen[code], because)
            seen[code].state = state
            seen[code].settled_by, seen[code].settled_at = by.user_id, at
            seen[code].settled_because = "" if state == "accepted" else storable(because.strip())
    if strengths is not None:
        screening = screening_of(session, child)
        kept = (
            set() if strengths_answered is None else {*screening.strengths} - {*strengths_answered}
        )
        screening.strengths = sorted(kept | set(strengths))
    session.flush()  # the suggestion counts what was just ticked
    raise_to_floor(session, child, new_danger=bool(new_danger), by=by, at=at)
    trail.record(
        session,
        AuditKind.INDICATORS_RECORDED,
        about=child.id,
        by=by,
        at=at,
        accepted=sorted(accepted),
    )


def accept_proposed(
    session: Session, contact_child_id: UUID, codes: Collection[str], *, by: Actor, at: datetime
) -> None:
    """Accept these indicators, each by its name; none if one is no longer only proposed."""
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    waits = {each.code for each in indicator_rows(session, child.id) if each.state == "proposed"}
    if not codes or set(codes) - waits:
        raise Changed(
            "Somebody has answered one of these meanwhile, so none was accepted. Look again, and "
            "accept those that are left."
        )
    record_indicators(session, contact_child_id, codes, answered=codes, by=by, at=at)


def _check_reason(edition: Edition, changed: IndicatorSeen, because: str) -> None:
    """A trigger that counted until now is never taken back in silence."""
    counted = changed.state == "accepted" and changed.code in edition.trigger_codes
    if counted and not because.strip():
        words = edition.indicators_by_code[changed.code].words
        raise NotReady(f"Say why this no longer counts: {words}")


def _check_known(edition: Edition, codes: Collection[str], strengths: Collection[str]) -> None:
    if set(codes) - edition.indicators_by_code.keys():
        raise NotReady("That indicator is not in this edition of the levels of need.")
    if set(strengths) - {each.code for each in edition.strength}:
        raise NotReady("That strength is not in this edition of the levels of need.")


def _indicator(
    child: ContactChild,
    code: str,
    state: str,
    origin: str,
    *,
    sentence: str = "",
    by: Actor,
    at: datetime,
) -> IndicatorSeen:
    settled = state != "proposed"
    return IndicatorSeen(
        id=uuid4(),
        contact_child_id=child.id,
        code=code,
        state=state,
        origin=origin,
        sentence=storable(sentence),
        proposed_by=by.user_id,
        proposed_at=at,
        settled_by=by.user_id if settled else None,
        settled_at=at if settled else None,
    )


def propose_from_words(session: Session, contact_child_id: UUID, *, by: Actor, at: datetime) -> int:
    """Propose what the referrer's own words may speak of, each with its sentence, for the worker to
    accept or reject. What was answered or proposed before stays as it is. Gives how many were new.
    """
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    there = {each.code for each in indicator_rows(session, child.id)}
    sentences = {each.code: each.sentence for each in reading_of(session, child, by=by).proposals}
    fresh = [code for code in sentences if code not in there]
    session.add_all(
        _indicator(child, code, "proposed", "reading", sentence=sentences[code], by=by, at=at)
        for code in fresh
    )
    trail.record(
        session,
        AuditKind.WORDS_READ,
        about=child.id,
        by=by,
        at=at,
        proposed=sorted(fresh),
    )
    return len(fresh)


def propose_indicators(
    session: Session,
    contact_child_id: UUID,
    sentences: Mapping[str, str],
    origin: str,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Propose indicators that another record speaks of, such as a missing episode, each with its
    sentence. What was answered or proposed before stays as it is. Gives how many were new.
    """
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    edition = edition_of(session, child.contact.edition_id)
    _check_known(edition, sentences.keys(), ())
    there = {each.code for each in indicator_rows(session, child.id)}
    fresh = sorted(code for code in sentences if code not in there)
    session.add_all(
        _indicator(child, code, "proposed", origin, sentence=sentences[code], by=by, at=at)
        for code in fresh
    )
    trail.record(
        session, AuditKind.INDICATORS_RECORDED, about=child.id, by=by, at=at, proposed=fresh
    )
    return len(fresh)


def copy_indicators_to_siblings(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> int:
    """Propose this child's indicators for the other children on the contact; each is confirmed
    for each child by a person. Gives how many were proposed."""
    by.require(Permission.SCREEN_CONTACT)
    family = _hold_all(session, contact_child_id, by=by)
    child = fetch_child_in_screening(session, contact_child_id, by=by)
    accepted = [each.code for each in indicator_rows(session, child.id) if each.state == "accepted"]
    proposed = 0
    for sibling in family:
        undecided = Status(sibling.status) in WITH_WORKER | WAITING_FOR_SCREENING
        if sibling.id == child.id or not undecided:
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


def _hold_all(session: Session, contact_child_id: UUID, *, by: Actor) -> list[ContactChild]:
    """The children on one contact as they stand now, held in the order of their ids, so that two
    colleagues who copy from two of them wait for each other and neither writes on an old picture.
    """
    contact_id = select(ContactChild.contact_id).where(ContactChild.id == contact_child_id)
    query = (
        children_visible_to(by)
        .where(ContactChild.contact_id == contact_id.scalar_subquery())
        .order_by(ContactChild.id)
        .with_for_update(of=ContactChild)
    )
    return list(session.scalars(query.execution_options(populate_existing=True)))
