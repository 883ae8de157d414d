"""What the answers of a contact are made of: a line, words, a code, a day, or an honest gap."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from mash_triage.contacts.codes import Gap
from mash_triage.contacts.problems import TOO_EARLY

MOST_WORDS = 20_000
"""Characters in one free-text answer (a bound against floods; about eight printed pages)."""

MOST_CHILDREN = 12
"""Children on one contact; more are sent in a second one."""

EARLIEST_BIRTH = date(1900, 1, 1)


class Shape(BaseModel):
    """What every part of a submission shares: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Missing(Shape):
    """An answer that is not there, and why."""

    missing: Gap


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_WORDS)
]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Yes = Literal["yes", "no", "not_known"]
Asked = Yes | Literal["not_asked"]
Position = Annotated[int, Field(ge=0, lt=MOST_CHILDREN)]


def _from_1900(day: date) -> date:
    if day < EARLIEST_BIRTH:
        raise ValueError(TOO_EARLY)
    return day


Day = Annotated[date, AfterValidator(_from_1900)]

NOT_ASKED = Missing(missing=Gap.NOT_ASKED)
NOT_KNOWN = Missing(missing=Gap.NOT_KNOWN)
