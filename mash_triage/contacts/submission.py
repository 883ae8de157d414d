"""ContactSubmission: what a complete contact is, for the form, the chat and the API alike.

Every answer is a value or one of three honest gaps: not known, not asked, not applicable. A draft
is the same shape with parts left out; `problems_of` says what is still missing, field by field.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from mash_triage.contacts.answers import day_of, is_blank, is_unborn, rows_of, value_at
from mash_triage.contacts.codes import SENT_BY_THEMSELVES, Channel
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
from mash_triage.contacts.reported_child import ReportedChild
from mash_triage.contacts.reported_people import HouseholdMember, Referrer, ToldAndAgreed
from mash_triage.contacts.reported_worry import (
    Concern,
    Danger,
    Declaration,
    Event,
    HandedOver,
    KeptFrom,
    Notice,
    RiskToStaff,
)
from mash_triage.contacts.shapes import MOST_CHILDREN, Shape
from mash_triage.text import storable_answers

SHAPE_VERSION = 1
"""The version of this shape, stored with every draft and every contact."""

MOST_PEOPLE = 24
MOST_EVENTS = 60
LONGEST_PREGNANCY = timedelta(days=300)  # 43 weeks; an expected date is never further ahead
LONGEST_OVERDUE = timedelta(days=60)  # past it, a child is born or the date was wrong


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
    chronology: Annotated[tuple[Event, ...], Field(max_length=MOST_EVENTS)] = ()
    risk_to_staff: RiskToStaff = RiskToStaff()
    kept_from: Annotated[tuple[KeptFrom, ...], Field(max_length=8)] = ()
    handed_over: HandedOver | None = None
    declaration: Declaration = Declaration()
    notice: Notice | None = None

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
    if draft.get("channel", Channel.PORTAL) in list(SENT_BY_THEMSELVES):  # it may be anything
        return {}
    try:
        received_at = datetime.fromisoformat(str(draft.get("received_at")))
    except ValueError:
        return {"received_at": WHEN_IT_CAME}
    if received_at.tzinfo is None:
        return {"received_at": WHEN_IT_CAME}
    return {"received_at": LATER_THAN_NOW} if received_at > at else {}
