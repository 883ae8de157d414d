"""What an agency lead sees of her own agency beside its contacts: drafts, people, quality.

Of a draft she learns that it lies, whose it is and how old: never a word of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import SignInSession, UserAccount
from mash_triage.access.roles import Permission, Role
from mash_triage.contacts.answers import is_unborn, rows_of, value_at
from mash_triage.contacts.codes import VoiceGap
from mash_triage.contacts.models import Contact, ContactDraft
from mash_triage.contacts.queries import is_own

LAST_DAYS = timedelta(days=90)
MOST_READ = 2_000  # contacts; an agency sends fewer in 90 days

NO_ANSWER = (None, "", "not_known", "not_asked")
VOICE_GAPS = frozenset(map(str, VoiceGap))


@dataclass(frozen=True)
class LyingDraft:
    """A draft that was begun and neither sent nor put away: whose, and how old. No words."""

    owner: str
    started_at: datetime
    saved_at: datetime


def drafts_lying(session: Session, *, by: Actor) -> list[LyingDraft]:
    """The drafts of people of the agency, the longest untouched first."""
    by.require(Permission.SEE_AGENCY_CONTACTS)
    rows = session.execute(
        select(UserAccount.name, ContactDraft.started_at, ContactDraft.saved_at)
        .join(UserAccount, UserAccount.id == ContactDraft.owner_id)
        .where(
            UserAccount.agency_id == by.agency_id,
            ContactDraft.sent_at.is_(None),
            ContactDraft.discarded_at.is_(None),
        )
        .order_by(ContactDraft.saved_at)
    )
    return [LyingDraft(*row) for row in rows]


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account of the agency."""

    name: str
    job_title: str
    role: Role
    is_open: bool
    has_password: bool
    last_sign_in: datetime | None


def people_of_agency(session: Session, *, by: Actor) -> list[Colleague]:
    """The people with an account of the agency by name, with the last sign-in of each. The account
    of its systems, which nobody signs in to, is none of them.
    """
    by.require(Permission.SEE_AGENCY_CONTACTS)
    last = (
        select(SignInSession.user_id, func.max(SignInSession.started_at).label("at"))
        .group_by(SignInSession.user_id)
        .subquery()
    )
    rows = session.execute(
        select(UserAccount, last.c.at)
        .outerjoin(last, last.c.user_id == UserAccount.id)
        .where(UserAccount.agency_id == by.agency_id, UserAccount.role != Role.API_CLIENT)
        .order_by(UserAccount.name)
    )
    return [
        Colleague(
            name=user.name,
            job_title=user.job_title,
            role=Role(user.role),
            is_open=user.deactivated_at is None,
            has_password=user.password_hash is not None,
            last_sign_in=at,
        )
        for user, at in rows
    ]


# ---------------------------------------------------------------- quality


@dataclass(frozen=True)
class Quality:
    """How complete the agency's contacts of the last 90 days are: counts of contacts.

    `missing` counts by fact, most often missing first. `minutes` is the median from the first word
    of a draft to sending it, over those that were written in one sitting of a day.
    """

    contacts: int
    with_voice: int
    with_agreement: int
    missing: tuple[tuple[str, int], ...]
    minutes: int | None


def quality_of_agency(session: Session, *, by: Actor, at: datetime) -> Quality:
    """The quality of the agency's own contacts; nobody else's are counted."""
    by.require(Permission.SEE_AGENCY_CONTACTS)
    sent = session.scalars(
        select(Contact.submission)
        .where(is_own(by), Contact.received_at >= at - LAST_DAYS)
        .order_by(Contact.received_at.desc())
        .limit(MOST_READ)
    ).all()
    counts = {name: sum(lacks(answers) for answers in sent) for name, lacks in FACTS.items()}
    often = sorted(((n, c) for n, c in counts.items() if c), key=lambda each: (-each[1], each[0]))
    return Quality(
        contacts=len(sent),
        with_voice=sum(map(has_voice, sent)),
        with_agreement=sum(map(has_agreement, sent)),
        missing=tuple(often),
        minutes=_minutes(session, by, at),
    )


def has_voice(answers: Mapping[str, Any]) -> bool:
    """Does the contact say what a child said, or showed?"""
    voice = value_at(answers, "concern.child_voice")
    return isinstance(voice, str) and bool(voice.strip()) and voice not in VOICE_GAPS


def has_agreement(answers: Mapping[str, Any]) -> bool:
    """Is it on record for somebody whether they agreed, or why they were not asked?"""
    return any(
        value_at(each, "agreement") in ("given", "refused", "not_able")
        or value_at(each, "why_not") is not None
        for each in rows_of(answers, "told_and_agreed")
    )


def _is_missing(answer: Any) -> bool:
    if isinstance(answer, Mapping):
        return answer.get("missing") in ("not_known", "not_asked")
    return answer in NO_ANSWER


def _fact(path: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda answers: _is_missing(value_at(answers, path))


def _of_child(path: str, *, born: bool = False) -> Callable[[Mapping[str, Any]], bool]:
    """Missing of any child; `born` where nobody asks it of a child not born yet."""
    return lambda answers: any(
        _is_missing(value_at(child, path))
        for child in rows_of(answers, "children")
        if not (born and is_unborn(child))
    )


FACTS: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "where_now": _of_child("where_now"),
    "postcode": _of_child("home.postcode"),
    "school": _of_child("school", born=True),
    "nhs_number": _of_child("nhs_number", born=True),
    "ethnicity": _of_child("ethnicity"),
    "disabled": _of_child("disabled", born=True),
    "help_before": _of_child("had_help"),
    "household": lambda answers: not rows_of(answers, "household"),
    "agreement": lambda answers: not has_agreement(answers),
    "voice": lambda answers: not has_voice(answers),
    "safe_adult": _fact("danger.safe_adult_named"),
    "first_hand": _fact("concern.first_hand"),
    "working_well": _fact("concern.working_well"),
    "telephone": _fact("referrer.telephone"),
    "last_seen": _fact("referrer.last_seen"),
}
"""The facts that a front door most often has to call back for, and whether a contact lacks each."""


def _minutes(session: Session, by: Actor, at: datetime) -> int | None:
    rows = session.execute(
        select(ContactDraft.started_at, ContactDraft.sent_at)
        .join(Contact, Contact.id == ContactDraft.contact_id)
        .where(is_own(by), ContactDraft.sent_at.is_not(None), Contact.received_at >= at - LAST_DAYS)
        .limit(MOST_READ)
    )
    taken = [sent - started for started, sent in rows if sent is not None]
    in_a_day = [each / timedelta(minutes=1) for each in taken if each < timedelta(hours=12)]
    return round(median(in_a_day)) if in_a_day else None


AGENCY_ROLES = (Role.REFERRER, Role.AGENCY_LEAD, Role.PARTNER_REPRESENTATIVE)


def roles_nobody_holds(people: list[Colleague]) -> tuple[Role, ...]:
    """Which of an agency's own roles nobody with an open account holds."""
    held = {each.role for each in people if each.is_open}
    return tuple(role for role in AGENCY_ROLES if role not in held)
