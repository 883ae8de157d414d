"""A child's particulars as people wrote them, to be laid beside another child's."""

from collections.abc import Callable
from datetime import date

from mash_triage.matching.identity import Identity
from mash_triage.matching.levels import Field
from mash_triage.people.identifiers import show_postcode


def as_written(child: Identity, field: Field) -> str:
    """One field in words; empty when it is not known."""
    return _WRITTEN[field](child)


def _birth(child: Identity) -> str:
    if child.dob:
        return _day(child.dob)
    if child.age_years is not None:
        return f"aged {child.age_years}"
    return f"expected {_day(child.expected_date)}" if child.expected_date else ""


def _addresses(child: Identity) -> str:
    return "; ".join(
        ", ".join(part for part in (place.line, show_postcode(place.postcode)) if part)
        for place in child.places
    )


def _mother(child: Identity) -> str:
    born = f"born {_day(child.mother_dob)}" if child.mother_dob else ""
    return ", ".join(part for part in (child.mother_shown, born) if part)


def _names(child: Identity) -> str:
    return "; ".join(
        f"{each.shown_given} {each.shown_family}".strip() for each in (child.name, *child.aliases)
    )


def _sex(child: Identity) -> str:
    return {"M": "male", "F": "female"}.get(child.sex or "", "")


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


_WRITTEN: dict[Field, Callable[[Identity], str]] = {
    Field.GIVEN: lambda child: child.name.shown_given,
    Field.FAMILY: lambda child: child.name.shown_family,
    Field.NAMES: _names,
    Field.DOB: _birth,
    Field.SEX: _sex,
    Field.NHS_NUMBER: lambda child: child.nhs_number or child.nhs_unsure or "",
    Field.UPN: lambda child: child.upn or "",
    Field.ADDRESS: _addresses,
    Field.MOTHER: _mother,
}
