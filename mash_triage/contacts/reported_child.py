"""One child, as the referrer knows the child: names, age, home, care, help, and the child's voice.

Every answer may be left out; contacts sent before a question was asked load without its answer.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mash_triage.contacts.codes import Disability, Education, Ethnicity
from mash_triage.contacts.problems import MONTHS_AND_YEARS, SOME_NAME
from mash_triage.contacts.shapes import (
    NOT_ASKED,
    NOT_KNOWN,
    Asked,
    Day,
    Line,
    Missing,
    Position,
    Shape,
    Words,
    Yes,
)
from mash_triage.thresholds.facts import HelpBefore


class Alias(Shape):
    """Another name that a child is or was known by."""

    given_names: Line | Missing = NOT_KNOWN
    family_name: Line | Missing = NOT_KNOWN


class Born(Shape):
    """Born on this date. Where only the month is known it is the 15th, and `estimated` (guidance
    of the Standard Safeguarding Dataset).
    """

    kind: Literal["born"] = "born"
    date_of_birth: Day
    estimated: bool = False


class AgeOnly(Shape):
    """Birth date not known; about this old on the day of the contact, in completed years, and for
    a child under two also in completed months.
    """

    kind: Literal["age"] = "age"
    age_years: Annotated[int, Field(ge=0, le=25)]
    age_months: Annotated[int, Field(ge=0, le=23)] | None = None

    @model_validator(mode="after")
    def _months_and_years_agree(self) -> "AgeOnly":
        if self.age_months is not None and self.age_months // 12 != self.age_years:
            raise ValueError(MONTHS_AND_YEARS)
        return self


class Unborn(Shape):
    """Not born yet; expected on this date, or so many weeks on the day of the contact."""

    kind: Literal["unborn"] = "unborn"
    expected_date: Day | Missing = NOT_KNOWN
    gestation_weeks: Annotated[int, Field(ge=1, le=44)] | None = None


class PreviousHome(Shape):
    """Where the child lived before."""

    address_line: Line
    postcode: Line | Missing = NOT_KNOWN
    until: Line | Missing = NOT_KNOWN


class Home(Shape):
    """Where the child lives, since when in the referrer's words, and before."""

    address_line: Line | Missing = NOT_KNOWN
    postcode: Line | Missing = NOT_KNOWN
    confidential: bool = False
    since: Line | Missing = NOT_ASKED
    previous: Annotated[tuple[PreviousHome, ...], Field(max_length=8)] = ()


class RelationTo(Shape):
    """What somebody is to one of the children: `child` is the child's place in the contact."""

    child: Position
    relationship: Line


class Voice(Shape):
    """What this child said or showed, to whom, when, and whether alone; for babies and children
    who do not speak, what was observed.
    """

    said: Words | Missing = NOT_ASKED
    to_whom: Line | Missing = NOT_ASKED
    when: Line | Missing = NOT_ASKED
    seen_alone: Asked = "not_asked"
    observed: Words | Missing = NOT_ASKED


class ReportedChild(Shape):
    """One child, as the referrer knows the child.

    `had_help` is whether the child had help from children's services before: `no`
    means none that the referrer knows of. `help_before` names which, as far as known.
    """

    given_names: Line | Missing
    family_name: Line | Missing
    aliases: Annotated[tuple[Alias, ...], Field(max_length=8)] = ()
    age: Annotated[Born | AgeOnly | Unborn, Field(discriminator="kind")]
    sex: Literal["F", "M", "U"]
    gender_identity: Line | Missing = NOT_ASKED
    nhs_number: Line | Missing = NOT_ASKED
    upn: Line | Missing = NOT_ASKED
    relations: Annotated[tuple[RelationTo, ...], Field(max_length=12)] = ()

    education: Education | None = None
    school: Line | Missing = NOT_ASKED
    year_group: Line | Missing = NOT_ASKED
    attendance: Annotated[int, Field(ge=0, le=100)] | None = None
    special_needs: Line | Missing = NOT_ASKED
    gp: Line | Missing = NOT_ASKED
    health_visitor: Line | Missing = NOT_ASKED
    midwife: Line | Missing = NOT_ASKED

    disabled: Yes = "not_known"
    disabilities: Annotated[tuple[Disability, ...], Field(max_length=len(Disability))] = ()
    disability: Words | Missing = NOT_ASKED
    moves_independently: Asked = "not_asked"
    language: Line | Missing = NOT_ASKED
    interpreter_needed: Asked = "not_asked"
    communication: Line | Missing = NOT_ASKED
    ethnicity: Ethnicity | None = None
    religion: Line | Missing = NOT_ASKED
    nationality: Line | Missing = NOT_ASKED
    immigration: Line | Missing = NOT_ASKED

    had_help: Asked = "not_asked"
    help_before: Annotated[tuple[HelpBefore, ...], Field(max_length=len(HelpBefore))] = ()
    legal_status: Line | Missing = NOT_ASKED
    allocated_worker: Line | Missing = NOT_ASKED

    home: Home = Home()
    where_now: Line | Missing
    with_now: Line | Missing = NOT_ASKED
    sees_source_next: Line | Missing = NOT_ASKED
    voice: Voice = Voice()

    @model_validator(mode="after")
    def _has_some_name(self) -> "ReportedChild":
        nameless = isinstance(self.given_names, Missing) and isinstance(self.family_name, Missing)
        if nameless and not isinstance(self.age, Unborn):
            raise ValueError(SOME_NAME)
        return self
