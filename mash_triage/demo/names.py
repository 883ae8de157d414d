"""Who is who in Rivermead, an invented authority: its agencies, its people, its lists of names.

Nobody here is real. Telephone numbers lie in the ranges that Ofcom keeps for drama, e-mail
addresses end in `.example`, and postcodes begin with ZA, an area that does not exist.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from mash_triage.access.roles import Presence, Role

HERE = Path(__file__).parent
FRONT_DOOR = "Rivermead front door"
CONTACT_LINE = "Rivermead contact line (members of the public)"


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency: `kind` is the voice in which it writes, `source_code` its census source."""

    name: str
    kind: str
    source_code: str
    telephone: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who signs in, with the code of a role of the service."""

    email: str
    name: str
    job_title: str
    role: str
    qualified: bool
    agency: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Community:
    """Names that are heard together: given names of children and grown-ups, and family names.

    `ethnicities` are census codes, each with so many families in a hundred: invented shares.
    """

    code: str
    share: int
    ethnicities: tuple[tuple[str, int], ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def read_toml(name: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def agencies() -> tuple[DemoAgency, ...]:
    """All agencies of Rivermead; the front door comes first."""
    return tuple(
        DemoAgency(
            row["name"],
            row["kind"],
            row["source_code"],
            f"01632 960 {300 + place:03}",
            Presence(row.get("presence", "elsewhere")),
        )
        for place, row in enumerate(read_toml("agencies.toml")["agency"])
    )


@lru_cache(maxsize=1)
def people() -> tuple[DemoPerson, ...]:
    """Everybody with an account, agency by agency, each agency's usual sender first."""
    lines = [
        (row, line)
        for row in read_toml("agencies.toml")["agency"]
        for line in row["people"].strip().splitlines()
    ]
    return tuple(_person(place, row, line) for place, (row, line) in enumerate(lines))


def _person(place: int, row: Mapping[str, Any], line: str) -> DemoPerson:
    name, job_title, role, qualified = (part.strip() for part in line.split("|"))
    domain = row.get("domain") or f"{_in_an_address(row['name'].split(':')[0])}.example"
    return DemoPerson(
        email=f"{_mailbox(name)}@{domain}",
        name=name,
        job_title=job_title,
        role=Role(role).value,
        qualified=qualified == "qualified",
        agency=row["name"],
        telephone=f"07700 900 {100 + place:03}",
    )


def _mailbox(name: str) -> str:
    words = [word for word in re.findall(r"[a-z]+", name.lower()) if word not in _TITLES]
    return words[0] if len(words) < 3 else ".".join(words[:2])


_TITLES = frozenset({"dr", "pc", "dc", "sgt", "sr"})


def _in_an_address(name: str) -> str:
    plain = re.sub(r"\(.*?\)", "", name.lower().replace("'", ""))
    return "-".join(re.findall(r"[a-z]+", plain))


def people_of(agency: str) -> tuple[DemoPerson, ...]:
    """The people of one agency, by its name."""
    return tuple(person for person in people() if person.agency == agency)


@lru_cache(maxsize=1)
def communities() -> tuple[Community, ...]:
    """The lists of names; `share` is how many families in a hundred."""
    lists = ("girls", "boys", "women", "men", "families")
    return tuple(
        Community(
            row["code"],
            row["share"],
            tuple(_with_share(each) for each in _split(row["ethnicities"])),
            *(_split(row[key]) for key in lists),
        )
        for row in read_toml("names.toml")["community"]
    )


def _with_share(text: str) -> tuple[str, int]:
    code, share = text.split()
    return code, int(share)


@lru_cache(maxsize=1)
def streets() -> tuple[str, ...]:
    """Invented streets, in alphabetical order."""
    return _split(read_toml("names.toml")["streets"])


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


@lru_cache(maxsize=1)
def schools() -> dict[str, tuple[str, ...]]:
    """The schools with an account, by phase: `primary` and `secondary`."""
    return {
        phase: tuple(agency.name for agency in agencies() if agency.kind == phase)
        for phase in ("primary", "secondary")
    }
