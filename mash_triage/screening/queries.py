"""The screening of one child as shown: indicators, ratings, analysis, and what is suggested."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.queries import fetch_child, name_of
from mash_triage.contacts.seen import contact_seen
from mash_triage.reading.found import Found, SetAside
from mash_triage.screening.facts import indicator_rows, suggestion_for
from mash_triage.screening.models import IndicatorSeen, RagRating, Screening
from mash_triage.screening.rules import ANALYSIS_HEADS, Missing, missing_before_decision
from mash_triage.screening.words import reading_of
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.suggest import (
    FactsForSuggestion,
    HelpBefore,
    Suggestion,
    suggest,
)


@dataclass(frozen=True)
class IndicatorPicture:
    """One indicator of a child: its state, where it came from, the sentence it rests on, and who
    accepted or rejected it when and why; while it is only proposed, nobody.
    """

    code: str
    state: str
    origin: str
    sentence: str
    settled_by_name: str
    settled_at: datetime | None
    settled_because: str


@dataclass(frozen=True)
class RatingPicture:
    """One rating with who, when and why."""

    old: str | None
    new: str
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class HelpFound:
    """The help before that a worker recorded, with who and when; nothing in it: there was none."""

    had: tuple[HelpBefore, ...]
    by_name: str
    at: datetime


@dataclass(frozen=True)
class ScreeningPicture:
    """The worker's part for one child, with the suggestion and what is still missing."""

    heads: dict[str, str]
    hidden_harms: str | None
    hidden_harms_words: str
    strengths: tuple[str, ...]
    help_found: HelpFound | None
    level: int | None
    route: str | None
    departure: str | None
    departure_words: str
    level_by_name: str | None
    level_at: datetime | None
    sent_by: UUID | None
    sent_by_name: str | None
    sent_at: datetime | None
    indicators: tuple[IndicatorPicture, ...]
    ratings: tuple[RatingPicture, ...]
    facts: FactsForSuggestion
    suggestion: Suggestion
    edition_id: UUID
    edition: Edition
    missing: tuple[Missing, ...]
    version: int

    @property
    def accepted(self) -> tuple[str, ...]:
        """The codes that a person accepted."""
        return tuple(each.code for each in self.indicators if each.state == "accepted")

    @property
    def proposed(self) -> tuple[IndicatorPicture, ...]:
        """Those still waiting for a person's yes or no."""
        return tuple(each for each in self.indicators if each.state == "proposed")

    @property
    def if_all_accepted(self) -> Suggestion:
        """What would be suggested if a person accepted all that is still proposed."""
        codes = (*self.facts.indicators, *(each.code for each in self.proposed))
        return suggest(self.edition, self.facts.model_copy(update={"indicators": codes}))

    @property
    def rejected_triggers(self) -> tuple[IndicatorPicture, ...]:
        """Those that were rejected although a trigger rule rests on them."""
        triggers = self.edition.trigger_codes
        return tuple(
            each for each in self.indicators if each.state == "rejected" and each.code in triggers
        )


@dataclass(frozen=True)
class WordsPicture:
    """What the referrer's words speak of: danger now; and what was read and set aside, and why."""

    danger: tuple[Found, ...]
    set_aside: tuple[SetAside, ...]


def words_read(session: Session, contact_child_id: UUID, *, by: Actor) -> WordsPicture:
    """The reading of the referrer's words for this child, made anew; it counts for nothing."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    reading = reading_of(session, child, by=by)
    return WordsPicture(
        danger=reading.danger if reading.immediate_danger else (), set_aside=reading.set_aside
    )


def picture_of_screening(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> ScreeningPicture:
    """Everything the screening and decision pages show of the worker's part."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    row = session.scalars(
        select(Screening).where(Screening.contact_child_id == child.id)
    ).first() or Screening(contact_child_id=child.id, strengths=[], version=0)
    indicators = indicator_rows(session, child.id)
    facts, suggestion = suggestion_for(session, child, by=by)
    return ScreeningPicture(
        heads={head: getattr(row, head) or "" for head in ANALYSIS_HEADS},
        hidden_harms=row.hidden_harms,
        hidden_harms_words=row.hidden_harms_words or "",
        strengths=tuple(row.strengths or ()),
        help_found=_help_found(session, row),
        level=row.level,
        route=row.route,
        departure=row.departure,
        departure_words=row.departure_words or "",
        level_by_name=name_of(session, row.level_by),
        level_at=row.level_at,
        sent_by=row.sent_by,
        sent_by_name=name_of(session, row.sent_by),
        sent_at=row.sent_at,
        indicators=_indicators(session, indicators, readable=_is_readable(session, child, by)),
        ratings=_ratings(session, child.id),
        facts=facts,
        suggestion=suggestion,
        edition_id=child.contact.edition_id,
        edition=edition_of(session, child.contact.edition_id),
        missing=tuple(
            missing_before_decision(
                person_known=child.person_id is not None,
                rag=child.rag,
                screening=_with_words(row),
                indicators=indicators,
            )
        ),
        version=row.version or 0,
    )


def _help_found(session: Session, row: Screening) -> HelpFound | None:
    """What a worker found of help before; None while nobody has looked."""
    if row.help_before is None or row.help_before_at is None:
        return None
    had = tuple(HelpBefore(each) for each in row.help_before)
    return HelpFound(had, name_of(session, row.help_before_by) or "", row.help_before_at)


def _with_words(row: Screening) -> Screening:
    row.so_what = row.so_what or ""
    return row


def _is_readable(session: Session, child: ContactChild, by: Actor) -> bool:
    """Whether this person may read the words of the contact."""
    return contact_seen(session, child.contact, by=by).withheld is None


def _indicators(
    session: Session, rows: Sequence[IndicatorSeen], *, readable: bool
) -> tuple[IndicatorPicture, ...]:
    settlers = {each.settled_by for each in rows}
    people = select(UserAccount.id, UserAccount.name).where(UserAccount.id.in_(settlers))
    names: dict[UUID, str] = {each.id: each.name for each in session.execute(people)}
    return tuple(
        IndicatorPicture(
            code=each.code,
            state=each.state,
            origin=each.origin,
            sentence=each.sentence if readable else "",
            settled_by_name=names.get(each.settled_by, "") if each.settled_by else "",
            settled_at=each.settled_at,
            settled_because=each.settled_because or "",
        )
        for each in rows
    )


def _ratings(session: Session, contact_child_id: UUID) -> tuple[RatingPicture, ...]:
    rows = session.execute(
        select(RagRating, UserAccount.name)
        .join(UserAccount, UserAccount.id == RagRating.rated_by)
        .where(RagRating.contact_child_id == contact_child_id)
        .order_by(RagRating.rated_at.desc())
    )
    return tuple(
        RatingPicture(row.old, row.new, row.reason, name, row.rated_at) for row, name in rows
    )
