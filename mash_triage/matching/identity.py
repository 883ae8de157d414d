"""What one record says about who a child is, in comparable form.

The same shape holds a child as reported on a contact and a child on the register, so comparing is
one function of two of these. It is plain and frozen, and is stored beside the child as JSON.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from mash_triage.matching.normalise import (
    DobQuality,
    Place,
    dob_quality,
    given_tokens,
    name_tokens,
    place,
)
from mash_triage.people.identifiers import Soundness, read_nhs_number, read_upn
from mash_triage.people.register import RegisterRow


class Name(NamedTuple):
    """A name as tokens, and as it was written (`shown`)."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    shown_given: str
    shown_family: str

    def turned(self) -> "Name":
        """The same name with its given and family tokens in each other's place."""
        return self._replace(given=self.family, family=self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a child is, as far as one record says. None or empty means not known.

    `dob` is empty for placeholder dates. `age_years` is a whole age on `age_as_of`. `nhs_number`
    and `upn` hold numbers that pass their check and last; `nhs_unsure` holds an NHS number with a
    wrong check digit, which speaks only when it is one slip from the other record's. `mother` and
    `places` are in comparable form, current address first.
    """

    name: Name
    aliases: tuple[Name, ...] = ()
    dob: date | None = None
    dob_quality: DobQuality = DobQuality.UNKNOWN
    age_years: int | None = None
    age_as_of: date | None = None
    expected_date: date | None = None
    sex: str | None = None
    nhs_number: str | None = None
    nhs_unsure: str | None = None
    upn: str | None = None
    places: tuple[Place, ...] = ()
    mother: tuple[str, ...] = ()
    mother_shown: str = ""
    mother_dob: date | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values for storage; what is not known is left out."""
        given = {key: getattr(self, key) for key in self.__dataclass_fields__}
        given["places"] = [(p.line, p.postcode, p.current) for p in self.places]
        given["name"], given["aliases"] = self.name[2:], [alias[2:] for alias in self.aliases]
        return {key: _plain(value) for key, value in given.items() if value not in _NOT_KNOWN}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Identity":
        """The identity that `to_json` wrote."""
        facts = dict(stored)
        for key in _DATES & facts.keys():
            facts[key] = date.fromisoformat(facts[key])
        facts["name"] = name(*facts["name"])
        facts["aliases"] = tuple(name(*alias) for alias in facts.get("aliases", ()))
        facts["places"] = tuple(
            place(line, postcode, current=current)
            for line, postcode, current in facts.get("places", ())
        )
        facts["mother"] = tuple(facts.get("mother", ()))
        facts["dob_quality"] = DobQuality(facts["dob_quality"])
        return cls(**facts)


_DATES = frozenset({"dob", "age_as_of", "expected_date", "mother_dob"})
_NOT_KNOWN: tuple[Any, ...] = (None, (), [], "")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def name(given: str, family: str) -> Name:
    """A name in comparable form, from the two fields it was written in."""
    return Name(given_tokens(given), name_tokens(family), given.strip(), family.strip())


def identity(
    *,
    given_names: str | None = None,
    family_name: str | None = None,
    aliases: tuple[tuple[str, str], ...] = (),
    dob: date | None = None,
    stated_quality: str | None = None,
    age_years: int | None = None,
    age_as_of: date | None = None,
    expected_date: date | None = None,
    sex: str | None = None,
    nhs_number: str | None = None,
    upn: str | None = None,
    addresses: tuple[tuple[str, str], ...] = (),
    previous_addresses: tuple[tuple[str, str], ...] = (),
    mother_name: str | None = None,
    mother_dob: date | None = None,
) -> Identity:
    """An identity from fields as they were written; addresses are (line, postcode) pairs.

    `sex` counts when it is M or F. An age counts only with the day on which it was said.
    """
    quality = dob_quality(dob, stated_quality, expected_date=expected_date)
    number = read_nhs_number(nhs_number)
    return Identity(
        name=name(given_names or "", family_name or ""),
        aliases=tuple(name(given, family) for given, family in aliases),
        dob=None if quality is DobQuality.PLACEHOLDER else dob,
        dob_quality=quality,
        age_years=age_years if age_as_of else None,
        age_as_of=age_as_of,
        expected_date=expected_date,
        sex=sex if sex in ("M", "F") else None,
        nhs_number=number.stable,
        nhs_unsure=number.number if number.soundness is Soundness.WRONG_CHECK_DIGIT else None,
        upn=read_upn(upn).stable,
        places=_places(addresses, current=True) + _places(previous_addresses, current=False),
        mother=name_tokens(mother_name or ""),
        mother_shown=(mother_name or "").strip(),
        mother_dob=mother_dob,
    )


def _places(written: tuple[tuple[str, str], ...], *, current: bool) -> tuple[Place, ...]:
    every = (place(line, postcode, current=current) for line, postcode in written)
    return tuple(p for p in every if p.postcode or p.street)


def identity_of_row(row: RegisterRow) -> Identity:
    """The identity of a child on the authority's register."""
    return identity(
        given_names=row.given_names,
        family_name=row.family_name,
        aliases=row.aliases,
        dob=row.dob,
        stated_quality=row.dob_quality,
        expected_date=row.expected_date,
        sex=row.sex,
        nhs_number=row.nhs_number,
        upn=row.upn,
        addresses=((row.address_line, row.postcode),) if row.address_line or row.postcode else (),
        previous_addresses=row.previous_addresses,
        mother_name=row.mother_name,
        mother_dob=row.mother_dob,
    )
