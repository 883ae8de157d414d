"""ContactSubmission: what a complete contact is, for the form, the chat and the API alike.

Every answer is a value or one of three honest gaps: not known, not asked, not applicable. A draft
is the same shape with parts left out; `problems_of` says what is still missing, field by field.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from mash_triage.contacts.answers import day_of, is_blank, is_unborn, rows_of, value_at
from mash_triage.contacts.codes import (
    SENT_BY_THEMSELVES,
    Agreement,
    Channel,
    Ethnicity,
    LegalProtection,
    NotAskedBecause,
    ReferrerKind,
    VoiceGap,
)
from mash_triage.contacts.problems import (
    FAR_OFF,
    IN_THE_FUTURE,
    LATER_THAN_NOW,
    NOT_BORN_YET,
    SOME_NAME,
    WHEN_IT_CAME,
    fields_only,
    problems_in,
)
from mash_triage.contacts.shapes import (
    NOT_ASKED,
    NOT_KNOWN,
    Code,
    Day,
    Line,
    Missing,
    Shape,
    Words,
    Yes,
)
from mash_triage.text import storable_answers
from mash_triage.thresholds.facts import HelpBefore

SHAPE_VERSION = 1
"""The version of this shape, stored with every draft and every contact."""

MOST_CHILDREN = 12
MOST_PEOPLE = 24
LONGEST_PREGNANCY = timedelta(days=300)  # 43 weeks; an expected date is never further ahead
LONGEST_OVERDUE = timedelta(days=60)  # past it, a child is born or the date was wrong


class Danger(Shape):
    """Is anybody in danger now, and who keeps the child safe?"""

    in_danger_now: Yes
    what_is_happening: Words | Missing = NOT_ASKED
    steps_taken: Words | Missing = NOT_ASKED
    safe_adult_named: Yes = "not_known"
    safe_adult: Line | Missing = NOT_ASKED
    legal_protection: LegalProtection = LegalProtection.NOT_KNOWN


class Referrer(Shape):
    """Who makes contact. The agency is that of the account, never typed."""

    name: Line
    job_title: Line | Missing = NOT_ASKED
    telephone: Line | Missing = NOT_ASKED
    email: Line | Missing = NOT_ASKED
    kind: ReferrerKind = ReferrerKind.PROFESSIONAL
    source_code: Annotated[str, StringConstraints(pattern=r"^[0-9][0-9A-F]?$")] | None = None
    relationship_to_child: Line | Missing = NOT_ASKED
    last_seen: Day | Missing = NOT_ASKED


class Alias(Shape):
    """Another name that a child is or was known by."""

    given_names: Line | Missing = NOT_KNOWN
    family_name: Line | Missing = NOT_KNOWN


class Born(Shape):
    """Born on a known date."""

    kind: Literal["born"] = "born"
    date_of_birth: Day


class AgeOnly(Shape):
    """Birth date not known; about this old on the day of the contact, in completed years."""

    kind: Literal["age"] = "age"
    age_years: Annotated[int, Field(ge=0, le=25)]


class Unborn(Shape):
    """Not born yet; expected on this date, if known."""

    kind: Literal["unborn"] = "unborn"
    expected_date: Day | Missing = NOT_KNOWN


class Home(Shape):
    """Where the child lives."""

    address_line: Line | Missing = NOT_KNOWN
    postcode: Line | Missing = NOT_KNOWN
    confidential: bool = False


class ReportedChild(Shape):
    """One child, as the referrer knows the child.

    `had_help` is whether the child had help from children's services before: `no`
    means none that the referrer knows of. `help_before` names which, as far as known. Contacts
    sent before a question was asked load without its answer.
    """

    given_names: Line | Missing
    family_name: Line | Missing
    aliases: Annotated[tuple[Alias, ...], Field(max_length=8)] = ()
    age: Annotated[Born | AgeOnly | Unborn, Field(discriminator="kind")]
    sex: Literal["F", "M", "U"]
    nhs_number: Line | Missing = NOT_ASKED
    upn: Line | Missing = NOT_ASKED
    school: Line | Missing = NOT_ASKED
    disabled: Yes = "not_known"
    moves_independently: Yes | Literal["not_asked"] = "not_asked"
    language: Line | Missing = NOT_ASKED
    ethnicity: Ethnicity | None = None
    had_help: Yes | Literal["not_asked"] = "not_asked"
    help_before: Annotated[tuple[HelpBefore, ...], Field(max_length=len(HelpBefore))] = ()
    home: Home = Home()
    where_now: Line | Missing

    @model_validator(mode="after")
    def _has_some_name(self) -> "ReportedChild":
        nameless = isinstance(self.given_names, Missing) and isinstance(self.family_name, Missing)
        if nameless and not isinstance(self.age, Unborn):
            raise ValueError(SOME_NAME)
        return self


class HouseholdMember(Shape):
    """A person in the household, or another adult who matters to the children."""

    name: Line
    relationship: Line
    date_of_birth: Day | Missing = NOT_ASKED
    lives_with_child: Yes = "not_known"
    parental_responsibility: Yes = "not_known"
    worry_about_them: Yes = "not_known"


class ToldAndAgreed(Shape):
    """What one person was told, and agreed to; never a condition for sending."""

    person: Line
    told: Yes
    agreement: Agreement
    agreed_to: Annotated[
        tuple[Literal["contact", "sharing", "early_help", "assessment"], ...], Field(max_length=4)
    ] = ()
    why_not: NotAskedBecause | None = None
    in_their_words: Words | Missing = NOT_ASKED


class Concern(Shape):
    """The worry."""

    main: Code
    others: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    worry: Words
    first_hand: Literal["saw_or_heard", "told_by_child", "told_by_other", "mixed"] | Missing = (
        NOT_ASKED
    )
    working_well: Words | Missing
    child_voice: Words | VoiceGap


class ContactSubmission(Shape):
    """A complete contact about one child or several."""

    shape_version: Literal[1] = 1
    channel: Channel = Channel.PORTAL
    received_at: datetime | None = None
    danger: Danger
    referrer: Referrer
    children: Annotated[tuple[ReportedChild, ...], Field(min_length=1, max_length=MOST_CHILDREN)]
    household: Annotated[tuple[HouseholdMember, ...], Field(max_length=MOST_PEOPLE)] = ()
    told_and_agreed: Annotated[tuple[ToldAndAgreed, ...], Field(max_length=MOST_PEOPLE)] = ()
    concern: Concern

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, answers: Any) -> Any:
        """The door: what no database can hold is taken out before anything is measured."""
        return storable_answers(answers)


Draft = Mapping[str, Any]
"""The same shape, partial: what has been answered so far, as plain JSON values."""


def problems_of(
    draft: Draft, *, on: date | None = None, at: datetime | None = None
) -> dict[str, str]:
    """What still stands between this draft and a complete contact: `{field path: what to do}`.

    Paths read like `children[0].given_names`. No message repeats what was typed. With the day on
    which it is sent, dates that cannot be on that day are named too; with the moment, so is the
    time at which a call or letter is said to have reached us.
    """
    cannot_be = dates_that_cannot_be(draft, on=on) if on else {}
    if at:
        cannot_be |= _time_that_cannot_be(draft, at)
    try:
        ContactSubmission.model_validate(dict(draft))
    except ValidationError as wrong:
        return fields_only({**cannot_be, **_nameless(draft), **problems_in(wrong)})
    return cannot_be


def _nameless(draft: Draft) -> dict[str, str]:
    """Children without any name, said together with whatever else is wrong about them."""
    return {
        f"children[{n}].given_names": SOME_NAME
        for n, child in enumerate(rows_of(draft, "children"))
        if isinstance(child, dict)
        and not is_unborn(child)
        and all(is_blank(child.get(name)) for name in ("given_names", "family_name"))
    }


def dates_that_cannot_be(draft: Draft, *, on: date) -> dict[str, str]:
    """Dates that cannot be true on the day of sending: `{field path: what to do}`."""
    problems = {}
    for n, child in enumerate(rows_of(draft, "children")):
        if _is_after(value_at(child, "age.date_of_birth"), on):
            problems[f"children[{n}].age.date_of_birth"] = NOT_BORN_YET
        if _is_far_off(value_at(child, "age.expected_date"), on):
            problems[f"children[{n}].age.expected_date"] = FAR_OFF
    for n, member in enumerate(rows_of(draft, "household")):
        if _is_after(value_at(member, "date_of_birth"), on):
            problems[f"household[{n}].date_of_birth"] = IN_THE_FUTURE
    if _is_after(value_at(draft, "referrer.last_seen"), on):
        problems["referrer.last_seen"] = IN_THE_FUTURE
    return problems


def _is_after(answer: Any, on: date) -> bool:
    day = day_of(answer)
    return day is not None and day > on


def _is_far_off(answer: Any, on: date) -> bool:
    day = day_of(answer)
    return day is not None and not on - LONGEST_OVERDUE <= day <= on + LONGEST_PREGNANCY


def _time_that_cannot_be(draft: Draft, at: datetime) -> dict[str, str]:
    """A call or letter has the time at which it reached us, and that is not later than now."""
    if draft.get("channel", Channel.PORTAL) in SENT_BY_THEMSELVES:
        return {}
    try:
        received_at = datetime.fromisoformat(str(draft.get("received_at")))
    except ValueError:
        return {"received_at": WHEN_IT_CAME}
    if received_at.tzinfo is None:
        return {"received_at": WHEN_IT_CAME}
    return {"received_at": LATER_THAN_NOW} if received_at > at else {}
