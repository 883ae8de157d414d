"""The adults of a household on a contact: whom of those known they may be, in words.

There is no score and nobody is ever likely: a given name that agrees together with a birth date,
the address, or being the mother on the child's own record, makes somebody possible. A person says
who it is, or nobody does. A father and his son of one name are kept apart by their birth dates.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz.distance import JaroWinkler

from mash_triage.matching.normalise import name_tokens, skeleton

OF_AGE = 18
CLOSE = 0.88  # Jaro-Winkler of two tokens; one slip in a name of five letters or more
MUM = frozenset({"mother", "mum", "birth mother"})
_NO_ADULT = re.compile(
    r"\b(?:brother|sister|sibling|half[ -]?(?:brother|sister)|step[ -]?(?:brother|sister)|twin|son"
    r"|daughter|child|baby|cousin|nephew|niece)\b"
)
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev"})


@dataclass(frozen=True)
class NamedAdult:
    """Somebody of the household as the referrer named them; `position` is the place in the list."""

    position: int
    name: str
    relationship: str
    dob: date | None
    lives_with_child: str
    worry: bool

    @property
    def is_mother(self) -> bool:
        """Did the referrer call her the mother?"""
        return self.relationship.strip().lower() in MUM


@dataclass(frozen=True)
class KnownAdult:
    """Somebody on record, as far as adults are compared."""

    person_id: int
    given_names: str
    family_name: str
    dob: date | None
    same_address: bool
    mother_on_record: bool

    @property
    def name(self) -> str:
        """The name as written on the record."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)


@dataclass(frozen=True)
class PossibleAdult:
    """Who somebody may be, with what speaks for it, what against, and what is not known."""

    person_id: int
    name: str
    dob: date | None
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    not_known: tuple[str, ...]


def adults_among(household: list[Mapping[str, Any]], *, on: date) -> list[NamedAdult]:
    """The adults named in a household; brothers, sisters and whoever was not of age are not."""
    named = []
    for position, member in enumerate(household):
        relationship, born = str(member.get("relationship") or ""), _day(member)
        if _NO_ADULT.search(relationship.lower()) or (born and _age(born, on) < OF_AGE):
            continue
        named.append(
            NamedAdult(
                position=position,
                name=str(member.get("name") or ""),
                relationship=relationship,
                dob=born,
                lives_with_child=str(member.get("lives_with_child") or "not_known"),
                worry=member.get("worry_about_them") == "yes",
            )
        )
    return named


def _day(member: Mapping[str, Any]) -> date | None:
    born = member.get("date_of_birth")
    return date.fromisoformat(born) if isinstance(born, str) else None


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birth_dates_to_look_for(named: NamedAdult) -> set[date]:
    """The birth date as said, and with its day and month in each other's place."""
    return {named.dob, turned(named.dob) or named.dob} if named.dob else set()


def turned(day: date) -> date | None:
    """The date with day and month in each other's place, where there is one."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def possible(named: NamedAdult, known: KnownAdult) -> PossibleAdult | None:
    """Whether they may be one person, with the reasons; None when too little speaks for it."""
    given, family = _names(named, known)
    born = _births(named.dob, known.dob)
    if given is None or born == _OTHER:
        return None
    is_her = known.mother_on_record and named.is_mother
    if not (born in (_SAME, _TURNED) or known.same_address or is_her):
        return None
    for_it = [given]
    against: list[str] = []
    (for_it if family and family != _OTHER_FAMILY else against).append(family or _NO_FAMILY)
    if born is not None:
        (against if born == _ONE_PART else for_it).append(born)
    if known.same_address:
        for_it.append("the same address as the child")
    if is_her:
        for_it.append("the mother on the child's own record")
    not_known = () if born else ("the date of birth",)
    return PossibleAdult(
        known.person_id, known.name, known.dob, tuple(for_it), tuple(against), not_known
    )


_SAME, _TURNED = "the same date of birth", "the date of birth with day and month turned round"
_ONE_PART = "the date of birth differs in one part"
_OTHER = "another date of birth"
_OTHER_FAMILY, _NO_FAMILY = "another family name", "no family name on one side"


def _births(said: date | None, known: date | None) -> str | None:
    if said is None or known is None:
        return None
    if said == known:
        return _SAME
    if turned(said) == known:
        return _TURNED
    agreeing = sum(
        one == other for one, other in zip(said.timetuple()[:3], known.timetuple()[:3], strict=True)
    )
    return _ONE_PART if agreeing == 2 else _OTHER


def _names(named: NamedAdult, known: KnownAdult) -> tuple[str | None, str | None]:
    """How given and family name agree, in words; None where they do not, or are not there."""
    said = [token for token in name_tokens(named.name) if token not in _TITLES]
    given, family = name_tokens(known.given_names), name_tokens(known.family_name)
    if not said:
        return None, None
    first = _agree(said[:1], given, "given name")
    if first is None and len(said) > 1 and named.is_mother and known.mother_on_record:
        first = _agree(said[1:], given, "given name")
    last = _agree(said[1:], family, "family name")
    if last is None:
        last = _OTHER_FAMILY if said[1:] and family else None
    return first, last


def _agree(said: list[str], known: tuple[str, ...], what: str) -> str | None:
    pairs = [(one, other) for one in said for other in known]
    if any(one == other for one, other in pairs):
        return f"the same {what}"
    if any(len(one) > 1 and skeleton(one) == skeleton(other) for one, other in pairs):
        return f"a {what} that sounds alike"
    if any(JaroWinkler.similarity(one, other) >= CLOSE for one, other in pairs):
        return f"a {what} that is close"
    return None
