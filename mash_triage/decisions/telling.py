"""Whom a decision is told to, and what a referrer reads of it, with her own level beside it.

What she reads is the decision, the manager's chosen reasons, and words of the published levels of
need. What the rules suggested is in none of it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.codes import ReferrerKind
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import fetch_child, fetch_contact, is_own
from mash_triage.decisions.models import Decision, ToldToReferrer
from mash_triage.decisions.told import (
    TOLD_WORDS,
    WITHHELD_WORDS,
    Telling,
    ToldReason,
    WithheldReason,
    is_other_level,
    level_thought_of,
)
from mash_triage.people.models import Restriction
from mash_triage.thresholds.in_words import follows_words, when_words
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Outcome

SHORTEST_NAME = 3  # letters; shorter ones are words of their own too often


def whom_to_tell(session: Session, contact_child_id: UUID, *, by: Actor) -> Telling:
    """To whom this child's decision is told, and which level she thought it was."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    return Telling(is_professional(child.contact), level_thought_of(child.contact.submission))


def is_restricted() -> ColumnElement[bool]:
    """The condition on `contact_child` that the record of the child is restricted."""
    return exists().where(
        Restriction.person_id == ContactChild.person_id,
        Restriction.lifted_at.is_(None),
        Restriction.of_name.is_(False),
    )


def unnamed_on_contact(session: Session, child: ContactChild) -> frozenset[str]:
    """The given names of other children on the contact of whom nothing is told: their decision is
    withheld, or their record restricted. Only for the check of a manager's words.
    """
    closed = exists().where(
        Restriction.person_id == ContactChild.person_id, Restriction.lifted_at.is_(None)
    )
    siblings = session.scalars(
        select(ContactChild.reported_given_names)
        .outerjoin(Decision, Decision.contact_child_id == ContactChild.id)
        .outerjoin(ToldToReferrer, ToldToReferrer.decision_id == Decision.id)
        .where(
            ContactChild.contact_id == child.contact_id,
            ContactChild.id != child.id,
            or_(closed, ToldToReferrer.withheld.is_not(None)),
        )
    )
    names = [name for given in siblings for name in (given or "").split()]
    return frozenset(name for name in names if len(name) >= SHORTEST_NAME)


def is_professional(contact: Contact) -> bool:
    """Did somebody in a profession make contact, and no member of the public?"""
    kind = contact.submission["referrer"].get("kind", ReferrerKind.PROFESSIONAL)
    return bool(kind == ReferrerKind.PROFESSIONAL)


@dataclass(frozen=True)
class LevelsCompared:
    """`You thought level 3; decided level 2`, with the published words that explain it.

    `rule` is the rule that the manager named, `when` and `follows` say when it counts and what it
    leads to; all three are of the edition under which the contact came.
    """

    thought: int | None
    thought_words: str | None
    decided: int
    decided_words: str
    decided_meaning: str
    differs: bool
    rule: str | None
    when: str | None
    follows: str | None
    page: int | None


@dataclass(frozen=True)
class OutcomeTold:
    """What a referrer reads of one child's decision. Where it is withheld nothing else is filled,
    and a member of the public reads neither outcome nor level.
    """

    decision_id: UUID
    contact_child_id: UUID
    decided_at: datetime
    withheld: bool
    outcome: str | None = None
    outcome_told: str | None = None
    reasons: tuple[str, ...] = ()
    words: str = ""
    levels: LevelsCompared | None = None


def outcome_told(
    session: Session, decision: Decision, told: ToldToReferrer | None, contact: Contact,
    *, is_closed: bool,
) -> OutcomeTold:  # fmt: skip
    """One decision as its referrer reads it; `is_closed` where the child's record is restricted."""
    head = (decision.id, decision.contact_child_id, decision.decided_at)
    if is_closed or (told is not None and told.withheld is not None):
        return OutcomeTold(*head, withheld=True)
    reasons = tuple(TOLD_WORDS[ToldReason(each)] for each in (told.reasons if told else ()))
    words = told.words if told else ""
    if not is_professional(contact):
        return OutcomeTold(*head, withheld=False, reasons=reasons)
    edition = edition_of(session, contact.edition_id)
    outcome = edition.outcome_of(Outcome(decision.outcome))
    return OutcomeTold(
        *head,
        withheld=False,
        outcome=outcome.words,
        outcome_told=outcome.told_to_referrer,
        reasons=reasons,
        words=words,
        levels=levels_compared(
            edition,
            level_thought_of(contact.submission),
            decision.level,
            told.explaining_rule if told else None,
        ),
    )


def levels_compared(
    edition: Edition, thought: int | None, decided: int, explaining_rule: str | None
) -> LevelsCompared:
    """The referrer's own level beside the decided one, in the edition's own words."""
    rule = next((each for each in edition.rule if each.code == explaining_rule), None)
    known = {each.number for each in edition.level}
    level = edition.level_of(decided)
    return LevelsCompared(
        thought=thought,
        thought_words=edition.level_of(thought).name if thought in known else None,
        decided=decided,
        decided_words=level.name,
        decided_meaning=level.plain.partners if level.plain else level.meaning,
        differs=is_other_level(thought, decided),
        rule=rule.words if rule else None,
        when=when_words(edition, rule) if rule else None,
        follows=follows_words(edition, rule) if rule else None,
        page=rule.page if rule else None,
    )


def outcomes_told(session: Session, reference: str, *, by: Actor) -> dict[UUID, OutcomeTold]:
    """What whoever sent this contact may read of its decisions, by child; nobody else reads it."""
    by.require(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS)
    contact = fetch_contact(session, reference, by=by)
    rows = session.execute(
        select(Decision, ToldToReferrer, is_restricted())
        .join(ContactChild, ContactChild.id == Decision.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .outerjoin(ToldToReferrer, ToldToReferrer.decision_id == Decision.id)
        .where(ContactChild.contact_id == contact.id, is_own(by))
        .order_by(ContactChild.position)
    )
    return {
        decision.contact_child_id: outcome_told(
            session, decision, told, contact, is_closed=is_closed
        )
        for decision, told, is_closed in rows
    }


@dataclass(frozen=True)
class ToldPicture:
    """What was told, as the front door reads it; `withheld` says why nothing was."""

    is_professional: bool
    reasons: tuple[str, ...]
    words: str
    withheld: str | None
    withheld_words: str
    levels: LevelsCompared


def told_of(session: Session, contact_child_id: UUID, *, by: Actor) -> ToldPicture | None:
    """What the referrer was told of one child's decision; none while undecided."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    row = session.execute(
        select(Decision, ToldToReferrer)
        .outerjoin(ToldToReferrer, ToldToReferrer.decision_id == Decision.id)
        .where(Decision.contact_child_id == child.id)
    ).first()
    if row is None:
        return None
    decision, told = row
    edition = edition_of(session, child.contact.edition_id)
    thought = level_thought_of(child.contact.submission)
    explaining_rule = told.explaining_rule if told else None
    return ToldPicture(
        is_professional=is_professional(child.contact),
        reasons=tuple(TOLD_WORDS[ToldReason(each)] for each in (told.reasons if told else ())),
        words=told.words if told else "",
        withheld=WITHHELD_WORDS[WithheldReason(told.withheld)] if told and told.withheld else None,
        withheld_words=told.withheld_words if told else "",
        levels=levels_compared(edition, thought, decision.level, explaining_rule),
    )
