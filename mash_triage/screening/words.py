"""What the referrer's own words may speak of: the reading of one child's contact.

It only proposes. What it finds is put before the worker sentence by sentence, and counts when a
person accepts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.after_sending.amended import additions_to, new_words
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.answers import is_unborn, years_old
from mash_triage.contacts.codes import VoiceGap
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.seen import contact_seen
from mash_triage.reading.about import About
from mash_triage.reading.found import Reading
from mash_triage.reading.in_edition import read_worry
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.shapes import Edition

DAYS_A_MONTH, DAYS_A_YEAR = 30.44, 365.25

AGENCY_OF_SOURCE = {
    "1A": "public",
    "1B": "public",
    "1C": "self",
    "1D": "public",
    "2A": "school",
    "2B": "school",
    "3A": "gp",
    "3B": "health_visitor",
    "3E": "hospital",
    "4": "housing",
    "5C": "other_la",
    "6": "police",
    "7": "probation",
    "9": "public",
}
"""The kind of sender by contact source (children in need census, ReferralSource). The reading does
not tell the others apart."""


def reading_of(session: Session, child: ContactChild, *, by: Actor) -> Reading:
    """What the words of this child's contact may speak of, with those added since, by the edition
    it came under. Of a contact with a child closed to this person there are no words to read.
    """
    seen = contact_seen(session, child.contact, by=by)
    if seen.withheld:
        return _read_for(session, child, "")
    added = new_words(additions_to(session, child.contact_id))
    return _read_for(session, child, "\n".join(filter(None, (words_of(seen.submission), added))))


def reading_of_additions(session: Session, child: ContactChild, *, by: Actor) -> Reading:
    """What the words alone may speak of that were added after sending."""
    withheld = contact_seen(session, child.contact, by=by).withheld
    words = "" if withheld else new_words(additions_to(session, child.contact_id))
    return _read_for(session, child, words)


def _read_for(session: Session, child: ContactChild, text: str) -> Reading:
    edition_id = child.contact.edition_id
    return _read(text, about(child), _Stored(edition_id, edition_of(session, edition_id)))


@dataclass(frozen=True)
class _Stored:
    """A stored edition, told from others by its number: it never changes."""

    id: UUID
    edition: Edition = field(compare=False)


@lru_cache(maxsize=64)  # the children whom people are looking at: a page is drawn again and again
def _read(text: str, facts: About, stored: _Stored) -> Reading:
    return read_worry(text, facts, stored.edition)


def words_of(submission: Mapping[str, Any]) -> str:
    """The referrer's own words, one answer below the other: the worry, what is happening now, what
    the child said. Other answers are facts and no narrative.
    """
    concern, danger = submission["concern"], submission["danger"]
    said = (concern["worry"], danger.get("what_is_happening"), concern.get("child_voice"))
    return "\n".join(each for each in said if isinstance(each, str) and each not in set(VoiceGap))


def about(child: ContactChild) -> About:
    """The structured facts that the reading may rest on, as the contact gives them."""
    on, children = london_day(child.received_at), child.contact.submission["children"]
    said = children[child.position]
    return About(
        age_years=child.reported_age_years,
        age_months=_months(child.reported_dob, on),
        unborn=child.reported_unborn,
        non_mobile={"yes": False, "no": True}.get(str(said.get("moves_independently"))),
        disability={"yes": True, "no": False}.get(str(said.get("disabled"))),
        other_ages=tuple(
            years
            for place, each in enumerate(children)
            if place != child.position and (years := _years(each["age"], on)) is not None
        ),
        agency=AGENCY_OF_SOURCE.get(child.contact.source_code),
    )


def _months(born: date | None, on: date) -> int | None:
    return None if born is None else max(int((on - born).days / DAYS_A_MONTH), 0)


def _years(age: dict[str, Any], on: date) -> int | None:
    """The age of another child on the contact, as the form holds it."""
    if age["kind"] == "born":
        return max(int((on - date.fromisoformat(age["date_of_birth"])).days / DAYS_A_YEAR), 0)
    years: int | None = age.get("age_years")
    return years


def draft_speaks_of_danger(answers: Mapping[str, Any], edition: Edition, *, on: date) -> bool:
    """Whether a contact not sent yet speaks, in its own words, of danger in the next hours: by the
    same reading as on the board, about the first child.
    """
    parts = {part: answers.get(part) or {} for part in ("concern", "danger")}
    text = words_of({**parts, "concern": {"worry": None, **parts["concern"]}})
    children = [each for each in answers.get("children") or () if isinstance(each, Mapping)]
    child = children[0] if children else {}
    facts = About(
        age_years=years_old(child, on=on),
        unborn=is_unborn(child),
        non_mobile={"yes": False, "no": True}.get(str(child.get("moves_independently"))),
        disability={"yes": True, "no": False}.get(str(child.get("disabled"))),
    )
    return bool(text.strip()) and _danger_in(text, facts, edition.id, _Draft(edition))


@dataclass(frozen=True)
class _Draft:
    """The edition by which a draft is read; its code stands for it."""

    edition: Edition = field(compare=False)


@lru_cache(maxsize=64)
def _danger_in(text: str, facts: About, _code: str, by: _Draft) -> bool:
    return read_worry(text, facts, by.edition).immediate_danger
