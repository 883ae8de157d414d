"""The people of a contact: who makes it, the household and others, and what each was told."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from mash_triage.contacts.codes import Agreement, NotAskedBecause, ReferrerKind
from mash_triage.contacts.reported_child import Home, RelationTo
from mash_triage.contacts.shapes import (
    NOT_ASKED,
    Asked,
    Day,
    Line,
    Missing,
    Shape,
    Words,
    Yes,
)


class Referrer(Shape):
    """Who makes contact. The agency is that of the account, never typed, except `organisation` for
    somebody for whom the front door enters a call or letter.
    """

    name: Line
    job_title: Line | Missing = NOT_ASKED
    organisation: Line | Missing = NOT_ASKED
    team: Line | Missing = NOT_ASKED
    telephone: Line | Missing = NOT_ASKED
    email: Line | Missing = NOT_ASKED
    address: Line | Missing = NOT_ASKED
    kind: ReferrerKind = ReferrerKind.PROFESSIONAL
    source_code: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9A-F]?$")] | None = None
    relationship_to_child: Line | Missing = NOT_ASKED
    known_for: Line | Missing = NOT_ASKED
    last_seen: Day | Missing = NOT_ASKED
    wishes_anonymity: Asked = "not_asked"
    why_anonymous: Words | Missing = NOT_ASKED


class HouseholdMember(Shape):
    """A person in the household, or another who matters to the children.

    `relationship` is to the children together; `relations` names each child to whom it differs.
    """

    name: Line
    relationship: Line
    relations: Annotated[tuple[RelationTo, ...], Field(max_length=12)] = ()
    date_of_birth: Day | Missing = NOT_ASKED
    age_years: Annotated[int, Field(ge=0, le=120)] | None = None
    lives_with_child: Yes = "not_known"
    parental_responsibility: Yes = "not_known"
    worry_about_them: Yes = "not_known"
    access_to_children: Line | Missing = NOT_ASKED
    telephone: Line | Missing = NOT_ASKED
    work: Line | Missing = NOT_ASKED
    works_with_children: Asked = "not_asked"
    language: Line | Missing = NOT_ASKED
    needs: Words | Missing = NOT_ASKED
    home: Home | None = None
    whereabouts: Line | Missing = NOT_ASKED


class ToldAndAgreed(Shape):
    """What one person was told, and agreed to; never a condition for sending."""

    person: Line
    told: Yes
    agreement: Agreement
    agreed_to: Annotated[
        tuple[Literal["contact", "sharing", "early_help", "assessment"], ...], Field(max_length=4)
    ] = ()
    how: Literal["in_person", "telephone", "in_writing"] | None = None
    why_not: NotAskedBecause | None = None
    why_not_words: Words | Missing = NOT_ASKED
    safe_to_tell_later: Asked = "not_asked"
    in_their_words: Words | Missing = NOT_ASKED
