"""The facts of one child as then known: what a suggestion rests on, and what a decision freezes."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.after_sending.amended import facts_said
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.codes import Agreement, VoiceGap
from mash_triage.contacts.history import repeat_counts
from mash_triage.contacts.models import ContactChild
from mash_triage.screening.models import IndicatorSeen, Screening
from mash_triage.thresholds.facts import (
    Consent,
    FactsForSuggestion,
    HelpBefore,
    days_at_age,
)
from mash_triage.thresholds.queries import edition_of, edition_stamp
from mash_triage.thresholds.routes import Answer
from mash_triage.thresholds.suggest import Suggestion, suggest


def facts_of(session: Session, child: ContactChild, *, by: Actor) -> FactsForSuggestion:
    """What is known of this child now: age, danger, accepted indicators, what came before."""
    recorded = recorded_of(session, child)
    repeats = repeat_counts(session, child, by=by)
    submission = facts_said(session, child.contact)
    danger, said = submission["danger"], submission["children"][child.position]
    return FactsForSuggestion(
        age_days=_age_days(child, said["age"]),
        unborn=said["age"]["kind"] == "unborn",
        non_mobile=_non_mobile(said.get("moves_independently")),
        police_protection=danger.get("legal_protection")
        in {"police_protection", "emergency_protection_order"},
        in_danger_now=Answer(danger["in_danger_now"]),
        safe_adult_named=Answer(danger.get("safe_adult_named", "not_known")),
        indicators=recorded.indicators,
        strengths=recorded.strengths,
        repeat_3_months=repeats[0],
        repeat_12_months=repeats[1],
        disabled=Answer(said.get("disabled", "not_known")),
        cannot_tell=_cannot_tell(submission["concern"].get("child_voice")),
        help_before=_help_before(recorded.help_before, said.get("help_before", ())),
        consent=_consent(submission.get("told_and_agreed", ())),
    )


DAYS_A_MONTH = 30  # rounded down: a baby known only by months is never taken for older


def _age_days(child: ContactChild, age: dict[str, Any]) -> int | None:
    if age["kind"] == "born":
        born = date.fromisoformat(age["date_of_birth"])
        return max((london_day(child.received_at) - born).days, 0)
    months, years = age.get("age_months"), age.get("age_years")
    if months is not None:
        return DAYS_A_MONTH * int(months)
    return None if years is None else days_at_age(int(years))


def _non_mobile(moves: object) -> Answer:
    return {"yes": Answer.NO, "no": Answer.YES}.get(str(moves), Answer.NOT_KNOWN)


def _cannot_tell(voice: object) -> Answer:
    """Whether the child has no way of telling; that a view was not asked for says nothing of it."""
    return Answer.YES if voice == VoiceGap.COULD_NOT_COMMUNICATE else Answer.NOT_KNOWN


def _help_before(
    recorded: Iterable[str] | None, reported: Iterable[str]
) -> tuple[HelpBefore, ...] | None:
    """What a worker recorded counts; else what the referrer named. A referrer who names nothing
    has not looked.
    """
    if recorded is not None:
        return tuple(HelpBefore(each) for each in recorded)
    return tuple(HelpBefore(each) for each in reported) or None


def _consent(told_and_agreed: Iterable[dict[str, Any]]) -> Consent:
    """Where agreement to help stood when the contact was sent: one refusal is enough to say so."""
    said = [(each["agreement"], each.get("agreed_to", ())) for each in told_and_agreed]
    if any(agreement == Agreement.REFUSED for agreement, _ in said):
        return Consent.REFUSED
    given = any(agreement == Agreement.GIVEN and "early_help" in to for agreement, to in said)
    return Consent.GIVEN if given else Consent.NOT_KNOWN


def indicator_rows(session: Session, contact_child_id: UUID) -> list[IndicatorSeen]:
    """All indicators of a child, whatever their state."""
    return list(
        session.scalars(
            select(IndicatorSeen)
            .where(IndicatorSeen.contact_child_id == contact_child_id)
            .order_by(IndicatorSeen.code)
        )
    )


class Recorded(NamedTuple):
    """What a person recorded in screening: the codes of the indicators accepted, of the strengths
    seen, and of the help that there was before; None while nobody has looked.
    """

    indicators: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    help_before: tuple[str, ...] | None = None


def recorded_of(session: Session, child: ContactChild) -> Recorded:
    """What was recorded of this child in screening so far."""
    rows = session.execute(
        select(IndicatorSeen.code, Screening.strengths, Screening.help_before)
        .select_from(Screening)
        .outerjoin(
            IndicatorSeen,
            and_(
                IndicatorSeen.contact_child_id == Screening.contact_child_id,
                IndicatorSeen.state == "accepted",
            ),
        )
        .where(Screening.contact_child_id == child.id)
        .order_by(IndicatorSeen.code)
    ).all()
    if not rows:
        return Recorded()
    had = rows[0].help_before
    return Recorded(
        indicators=tuple(row.code for row in rows if row.code),
        strengths=tuple(rows[0].strengths or ()),
        help_before=None if had is None else tuple(had),
    )


def suggestion_for(
    session: Session, child: ContactChild, *, by: Actor
) -> tuple[FactsForSuggestion, Suggestion]:
    """What the child's own edition suggests for what is known now. It is read, never filled in."""
    facts = facts_of(session, child, by=by)
    return facts, suggest(edition_of(session, child.contact.edition_id), facts)


def frozen(
    session: Session,
    child: ContactChild,
    facts: FactsForSuggestion,
    suggestion: Suggestion,
    *,
    on: date,
) -> dict[str, Any]:
    """The facts as then known, as plain values: all that a later trial of another edition reads."""
    code, sha256 = edition_stamp(session, child.contact.edition_id)
    return {
        "shape": 1,
        "on": on.isoformat(),
        "facts": facts.model_dump(mode="json"),
        "suggestion": suggestion.model_dump(mode="json"),
        "edition": {"code": code, "sha256": sha256},
        "rejected": [
            {"code": each.code, "because": each.settled_because}
            for each in indicator_rows(session, child.id)
            if each.state == "rejected"
        ],
        "rag": child.rag,
        "source_code": child.contact.source_code,
    }
