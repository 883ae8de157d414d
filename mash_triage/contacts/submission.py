"""ContactSubmission: what a complete contact is, for the form, the chat and the API alike.

Every answer is a value or one of three honest gaps: not known, not asked, not applicable. A draft
is the same shape with parts left out; `problems_of` says what is still missing, field by field.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

SHAPE_VERSION = 1
"""The version of this shape, stored with every draft and every contact."""

MOST_WORDS = 20_000
"""Characters in one free-text answer (a bound against floods; about eight printed pages)."""

MOST_CHILDREN = 12
MOST_PEOPLE = 24


class Gap(StrEnum):
    """Why there is no answer."""

    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"


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
Yes = Literal["yes", "no", "not_known"]

NOT_ASKED = Missing(missing=Gap.NOT_ASKED)
NOT_KNOWN = Missing(missing=Gap.NOT_KNOWN)


class Channel(StrEnum):
    """How the contact reached the front door."""

    PORTAL = "portal"
    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    POLICE_NOTICE = "police_notice"
    WALK_IN = "walk_in"


class ReferrerKind(StrEnum):
    """In what capacity the referrer makes contact."""

    PROFESSIONAL = "professional"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    SELF = "self"
    ANONYMOUS = "anonymous"


class LegalProtection(StrEnum):
    """Whether the child is under police protection (S46) or an emergency protection order (S44)."""

    NONE = "none"
    POLICE_PROTECTION = "police_protection"
    EMERGENCY_PROTECTION_ORDER = "emergency_protection_order"
    NOT_KNOWN = "not_known"


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
    last_seen: date | Missing = NOT_ASKED


class Alias(Shape):
    """Another name that a child is or was known by."""

    given_names: Line | Missing = NOT_KNOWN
    family_name: Line | Missing = NOT_KNOWN


class Born(Shape):
    """Born on a known date."""

    kind: Literal["born"] = "born"
    date_of_birth: date


class AgeOnly(Shape):
    """Birth date not known; about this old on the day of the contact, in completed years."""

    kind: Literal["age"] = "age"
    age_years: Annotated[int, Field(ge=0, le=25)]


class Unborn(Shape):
    """Not born yet; expected on this date, if known."""

    kind: Literal["unborn"] = "unborn"
    expected_date: date | Missing = NOT_KNOWN


class Home(Shape):
    """Where the child lives."""

    address_line: Line | Missing = NOT_KNOWN
    postcode: Line | Missing = NOT_KNOWN
    confidential: bool = False


class ReportedChild(Shape):
    """One child, as the referrer knows the child."""

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
    home: Home = Home()
    where_now: Line | Missing

    @model_validator(mode="after")
    def _has_some_name(self) -> "ReportedChild":
        nameless = isinstance(self.given_names, Missing) and isinstance(self.family_name, Missing)
        if nameless and not isinstance(self.age, Unborn):
            raise ValueError("Enter a given name or a family name, or describe the child")
        return self


class HouseholdMember(Shape):
    """A person in the household, or another adult who matters to the children."""

    name: Line
    relationship: Line
    date_of_birth: date | Missing = NOT_ASKED
    lives_with_child: Yes = "not_known"
    parental_responsibility: Yes = "not_known"
    worry_about_them: Yes = "not_known"


class Agreement(StrEnum):
    """Where somebody's agreement stands."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_ABLE = "not_able"


class NotAskedBecause(StrEnum):
    """Coded reasons why agreement was not sought."""

    RISK_TO_CHILD = "risk_to_child"
    RISK_TO_ANOTHER = "risk_to_another"
    EVIDENCE_OR_CRIME = "evidence_or_crime"
    UNDUE_DELAY = "undue_delay"
    CANNOT_CONTACT = "cannot_contact"
    LACKS_CAPACITY = "lacks_capacity"
    ALLEGED_ABUSER = "alleged_abuser"
    CHILD_OBJECTS = "child_objects"
    STATUTORY_DUTY = "statutory_duty"
    ANONYMOUS_SOURCE = "anonymous_source"
    NOT_YET = "not_yet"


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


class VoiceGap(StrEnum):
    """Why the child's own voice is not there."""

    TOO_YOUNG = "too_young"
    NOT_SEEN = "not_seen"
    NOT_SAFE_TO_ASK = "not_safe_to_ask"
    DID_NOT_WISH = "did_not_wish"
    COULD_NOT_COMMUNICATE = "could_not_communicate"
    UNBORN = "unborn"


class Concern(Shape):
    """The worry."""

    main: Line
    others: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
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


Draft = Mapping[str, Any]
"""The same shape, partial: what has been answered so far, as plain JSON values."""

_WORDS = {
    "missing": "Answer this question",
    "string_too_short": "Answer this question",
    "string_too_long": f"Shorten this to {MOST_WORDS:,} characters or fewer",
    "too_long": "That is more than one contact can hold; send the rest in a second contact",
    "too_short": "Add at least one child",
    "date_from_datetime_parsing": "Enter a real date",
    "date_parsing": "Enter a real date",
    "literal_error": "Choose one of the answers",
    "enum": "Choose one of the answers",
    "int_parsing": "Enter a whole number",
    "greater_than_equal": "Enter a number that is not below the lowest possible",
    "less_than_equal": "Enter a smaller number",
    "extra_forbidden": "This answer does not belong here",
    "union_tag_not_found": "Say how old the child is, or that the child is not born yet",
}


def problems_of(draft: Draft) -> dict[str, str]:
    """What still stands between this draft and a complete contact: `{field path: what to do}`.

    Paths read like `children[0].given_names`. No message repeats what was typed.
    """
    try:
        ContactSubmission.model_validate(dict(draft))
    except ValidationError as wrong:
        problems: dict[str, str] = {}
        for error in wrong.errors(include_input=False, include_context=False, include_url=False):
            words = error["msg"].removeprefix("Value error, ")
            if error["type"] != "value_error":
                words = _WORDS.get(error["type"], "Answer this question")
            problems.setdefault(path_of(error["loc"]), words)
        return {path: words for path, words in problems.items() if not _is_parent(path, problems)}
    return {}


def _is_parent(path: str, problems: Mapping[str, str]) -> bool:
    return any(other.startswith((f"{path}.", f"{path}[")) for other in problems)


_UNION_STEPS = frozenset({"born", "age", "unborn", "Missing", "date", "constrained-str"})


def path_of(loc: tuple[int | str, ...]) -> str:
    """A field's path in words: `("children", 0, "sex")` is `children[0].sex`."""
    path = ""
    for position, step in enumerate(loc):
        if isinstance(step, int):
            path += f"[{step}]"
        elif position and _is_union_step(str(step), path):
            continue
        else:
            path += f".{step}" if path else step
    return path


def _is_union_step(step: str, path: str) -> bool:
    """Pydantic names the branch of a union that it tried; no reader needs it."""
    if step == "age":
        return path.endswith(".age")
    return (
        step in _UNION_STEPS
        or not step.isidentifier()
        or step[0].isupper()
        or (step in {"missing"})
    )
