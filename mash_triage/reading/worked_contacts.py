"""Contacts as a file: agencies' narratives with structured facts, for trying an edition on.

A file is read with its size, its depth and its references held small before anything is built from
it, and each fault is one sentence with the contact's id and the key.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from mash_triage.errors import Refused

LARGEST_FILE = 8 * 1024 * 1024  # bytes; forty contacts take about 60 kB
DEEPEST = 12  # the form itself needs 5
MOST_CONTACTS = 20_000
LONGEST_ID = 60

Age = Annotated[int, Field(ge=0, le=25)]
PreviousStatus = Literal["none", "early_help", "cin", "cp", "lac", "closed"]


def _answer(value: Any) -> Any:
    """An unquoted yes or no is true or false to a YAML parser."""
    return {True: "yes", False: "no", None: "unknown"}.get(value, value)


def _or_none(value: Any) -> Any:
    return "none" if value is None else value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Source(_Part):
    """Who makes contact."""

    agency_type: Annotated[str, Field(max_length=60)] | None = None


class Child(_Part):
    """The child whom the contact is about; the age in years or months, or not born yet."""

    age_years: Age | None = None
    age_months: Annotated[int, Field(ge=0, le=300)] | None = None
    unborn: bool = False
    disability: bool | None = None
    non_mobile: bool | None = None


class Agreement(_Part):
    """Whether the family agreed."""

    given: Annotated[Literal["yes", "no", "partial", "unknown"], BeforeValidator(_answer)] = (
        "unknown"
    )


class WorkedContact(_Part):
    """One contact. With `indicators`, a person has accepted those, and the narrative is not read.

    `other_children` are ages in years (0: under one). What is expected of a contact is no part of
    it.
    """

    id: Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
    source: Source = Source()
    child: Child
    other_children: tuple[Age, ...] = ()
    prior_contacts_12m: Annotated[int, Field(ge=0, le=1000)] = 0
    previous_status: Annotated[PreviousStatus, BeforeValidator(_or_none)] = "none"
    consent: Agreement = Agreement()
    narrative: Annotated[str, Field(max_length=100_000)] = ""
    indicators: tuple[Annotated[str, Field(max_length=60)], ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _lists_and_gaps(cls, value: Any) -> Any:
        """An empty value is a gap, and a list is kept as it never changes."""
        if not isinstance(value, dict):
            return value
        kept = {key: each for key, each in value.items() if each is not None or key == "child"}
        for key in ("other_children", "indicators"):
            if isinstance(kept.get(key), list):
                kept[key] = tuple(kept[key])
        return kept


def contacts_in(file: Path) -> Iterator[WorkedContact]:
    """The contacts of a file, in its order; Refused says which contact and key are wrong."""
    seen: set[str] = set()
    for number, each in enumerate(_entries(file), start=1):
        try:
            contact = WorkedContact.model_validate(each)
        except ValidationError as fault:
            raise Refused(_sentence(file, _name(each, number), fault)) from None
        if contact.id in seen:
            raise Refused(f"{file.name}: contact {_shown(contact.id)}: id: stands twice.")
        seen.add(contact.id)
        yield contact


def expected_in(file: Path) -> dict[str, dict[str, Any]]:
    """What is expected of each contact, by its id, for scoring alone."""
    expected: dict[str, dict[str, Any]] = {}
    for number, each in enumerate(_entries(file), start=1):
        said = each.get("expected") if isinstance(each, dict) else None
        if not isinstance(said, dict):
            raise Refused(f"{file.name}: contact {_name(each, number)}: expected: is missing.")
        expected[str(each.get("id"))[:LONGEST_ID]] = said
    return expected


def _entries(file: Path) -> list[Any]:
    told = _told(file)
    entries = told.get("vignettes") if isinstance(told, dict) else None
    if not isinstance(entries, list):
        raise Refused(f"{file.name}: vignettes: must be a list of contacts.")
    if len(entries) > MOST_CONTACTS:
        raise Refused(f"{file.name}: vignettes: holds more than {MOST_CONTACTS} contacts.")
    return entries


def _told(file: Path) -> Any:
    with file.open("rb") as opened:
        raw = opened.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise Refused(f"{file.name}: is larger than {LARGEST_FILE // 1024 // 1024} MB.")
    try:
        text = raw.decode()
        _refuse_traps(text, file)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        raise Refused(f"{file.name}: is not text in UTF-8.") from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError) as fault:
        mark = getattr(fault, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise Refused(f"{file.name}{line}: is not YAML that can be read.") from None


def _refuse_traps(text: str, file: Path) -> None:
    """Refuse what makes a small file huge when it is read, and nesting that no contact has.

    A part that stands in two places is kept once, so that a reference is harmless. A merge is not.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        where = f"{file.name}, line {event.start_mark.line + 1}"
        if isinstance(event, yaml.ScalarEvent) and event.value == "<<" and event.implicit[0]:
            raise Refused(f"{where}: merges another part; write it out.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise Refused(f"{where}: is nested deeper than {DEEPEST}.")


def _name(entry: Any, number: int) -> str:
    own = entry.get("id") if isinstance(entry, dict) else None
    return _shown(own) if isinstance(own, str) and own else f"number {number}"


def _shown(own: str) -> str:
    """An id as it can stand in one line."""
    return own if own.isprintable() and len(own) <= LONGEST_ID else repr(own[:LONGEST_ID])


def _sentence(file: Path, name: str, fault: ValidationError) -> str:
    first = fault.errors(include_url=False, include_input=False, include_context=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "(contact)"
    words = first["msg"][0].lower() + first["msg"][1:]
    return f"{file.name}: contact {name}: {key}: {words}."
