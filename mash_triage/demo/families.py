"""A register of invented families: households, brothers and sisters, addresses, numbers.

The same seed and day give the same families. Ages are counted from `as_of`, which is told, so
that a demo made in any year has babies and sixteen-year-olds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import TypeVar

from mash_triage.demo.identifiers import Numbers
from mash_triage.demo.names import Community, communities, schools, streets

REGISTER_SIZE = 10_000
NEWCOMERS_FROM = 1_000_000
"""Families that are not on the register are numbered from here."""

DAYS_A_YEAR = 365.25
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives; `postcode` in the area ZA, which does not exist."""

    line: str
    postcode: str


@dataclass(frozen=True, slots=True)
class DemoAdult:
    """A grown-up of the family; `relation` is to the children, in plain words."""

    given_name: str
    family_name: str
    relation: str
    born: date
    lives_with_children: bool
    has_parental_responsibility: bool

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class DemoChild:
    """One child; `child_id` is empty when the authority does not know the child yet."""

    key: str
    child_id: str | None
    given_names: str
    family_name: str
    born: date
    sex: str
    nhs_number: str
    upn: str
    primary: str
    secondary: str
    alias: str = ""

    @property
    def name(self) -> str:
        """The name that people call out: the first of the given names."""
        return self.given_names.split()[0]


@dataclass(frozen=True)
class DemoFamily:
    """A household: mother, perhaps a second adult, a grandmother near by, and the children."""

    number: int
    mother: DemoAdult
    second: DemoAdult | None
    grandmother: DemoAdult
    address: Address
    previous: tuple[Address, ...]
    children: tuple[DemoChild, ...]
    ethnicity: str

    @cached_property
    def man(self) -> str:
        """Where the second adult stands: `home`, `apart`, or empty when there is none."""
        if self.second is None:
            return ""
        return "home" if self.second.lives_with_children else "apart"


def register(seed: int, as_of: date, size: int = REGISTER_SIZE) -> tuple[DemoFamily, ...]:
    """The families whose children the authority already knows: `size` children, C2000001 on."""
    return tuple(_families(Random(f"register {seed}"), as_of, size, known=True))  # noqa: S311


def newcomers(seed: int, as_of: date, size: int) -> tuple[DemoFamily, ...]:
    """Families whose children are not on the register yet; `child_id` is None, `key` is stable."""
    return tuple(_families(Random(f"newcomers {seed}"), as_of, size, known=False))  # noqa: S311


def _families(chance: Random, as_of: date, size: int, *, known: bool) -> Iterator[DemoFamily]:
    numbers, made, number = Numbers(chance), 0, 0 if known else NEWCOMERS_FROM
    while made < size:
        number += 1
        family = _Household(chance, as_of, numbers).make(number, made, size, known=known)
        made += len(family.children)
        yield family


SIZES = ((1, 46), (2, 33), (3, 14), (4, 5), (5, 2))
"""Children in a household, and how many households in a hundred."""

MOVES = ((0, 74), (1, 20), (2, 6))
"""Earlier addresses that are known, and how many households in a hundred."""

TWINS = 0.03
"""The share of births after the first that follow on the same day."""

SECOND_ADULTS = (
    ("father, at home", 46),
    ("father, living apart", 24),
    ("stepfather", 7),
    ("mother's partner", 8),
    ("", 15),
)


class _Household:
    """Makes one family at a time from the run of chance it is given."""

    def __init__(self, chance: Random, as_of: date, numbers: Numbers) -> None:
        self.chance, self.as_of, self.numbers = chance, as_of, numbers
        self.homes: set[Address] = set()

    def make(self, number: int, made: int, size: int, *, known: bool) -> DemoFamily:
        chance = self.chance
        community = chance.choices(communities(), [c.share for c in communities()])[0]
        family_name = chance.choice(community.families)
        births = self._births(min(size - made, _pick(chance, SIZES)))
        mother = self._mother(community, family_name, births)
        second = self._second(community, family_name, births)
        upper = (chance.choice(schools()["primary"]), chance.choice(schools()["secondary"]))
        given: list[str] = []
        children = tuple(
            self._child(community, family_name, born, upper, given, made + place, known=known)
            for place, born in enumerate(births, start=1)
        )
        return DemoFamily(
            number=number,
            mother=mother,
            second=second,
            grandmother=self._grandmother(community, mother),
            address=self._home(),
            previous=tuple(self._address() for _ in range(_pick(chance, MOVES))),
            children=children,
            ethnicity=_pick(Random(f"ethnicity {number}"), community.ethnicities),  # noqa: S311
        )

    def _births(self, count: int) -> list[date]:
        """Days of birth, eldest first, in a span that ends on the day asked about."""
        births = [self.as_of - timedelta(days=self.chance.randrange(3, int(18 * DAYS_A_YEAR) - 3))]
        while len(births) < count:
            if self.chance.random() < TWINS:
                births.append(births[-1])
                continue
            gap = timedelta(days=int(self.chance.triangular(390, 2100, 860)))
            away = births[-1] + gap if births[-1] + gap < self.as_of else min(births) - gap
            births.append(away)
        eldest = self.as_of - timedelta(days=int(18 * DAYS_A_YEAR) - 3)
        return sorted(max(born, eldest) for born in births)

    def _mother(self, community: Community, family_name: str, births: list[date]) -> DemoAdult:
        age = self.chance.triangular(17, 41, 27)
        own_name = self.chance.random() < 0.22
        return DemoAdult(
            given_name=self.chance.choice(community.women),
            family_name=self.chance.choice(community.families) if own_name else family_name,
            relation="mother",
            born=births[0] - timedelta(days=int(age * DAYS_A_YEAR)),
            lives_with_children=True,
            has_parental_responsibility=True,
        )

    def _second(
        self, community: Community, family_name: str, births: list[date]
    ) -> DemoAdult | None:
        place = _pick(self.chance, SECOND_ADULTS)
        if not place:
            return None
        is_father = place.startswith("father")
        return DemoAdult(
            given_name=self.chance.choice(community.men),
            family_name=family_name if is_father else self.chance.choice(community.families),
            relation="father" if is_father else place,
            born=births[0] - timedelta(days=int(self.chance.triangular(18, 46, 30) * DAYS_A_YEAR)),
            lives_with_children=place != "father, living apart",
            has_parental_responsibility=is_father,
        )

    def _grandmother(self, community: Community, mother: DemoAdult) -> DemoAdult:
        return DemoAdult(
            given_name=self.chance.choice(community.women),
            family_name=mother.family_name,
            relation="grandmother",
            born=mother.born - timedelta(days=int(self.chance.uniform(19, 36) * DAYS_A_YEAR)),
            lives_with_children=False,
            has_parental_responsibility=False,
        )

    def _child(
        self,
        community: Community,
        family_name: str,
        born: date,
        schools_of_family: tuple[str, str],
        given: list[str],
        place: int,
        *,
        known: bool,
    ) -> DemoChild:
        sex = self.chance.choice("FM")
        names = community.girls if sex == "F" else community.boys
        first = self.chance.choice([name for name in names if name not in given])
        given.append(first)
        second = self.chance.choice(names) if self.chance.random() < 0.4 else ""
        first_day = date(born.year + (5 if born >= date(born.year, 9, 1) else 4), 9, 1)
        return DemoChild(
            key=f"C{2_000_000 + place}" if known else f"N{place}",
            child_id=f"C{2_000_000 + place}" if known else None,
            given_names=f"{first} {second}".strip() if second != first else first,
            family_name=family_name,
            born=born,
            sex=sex,
            nhs_number=self.numbers.nhs_number() if self.chance.random() < 0.9 else "",
            upn=self.numbers.upn(first_day.year) if first_day <= self.as_of else "",
            primary=schools_of_family[0],
            secondary=schools_of_family[1],
            alias=self._alias(community, family_name),
        )

    def _alias(self, community: Community, family_name: str) -> str:
        if self.chance.random() > 0.08:
            return ""
        other = self.chance.choice(community.families)
        return other if other != family_name else ""

    def _home(self) -> Address:
        """Where no other family lives."""
        home = self._address()
        while home in self.homes:
            home = self._address()
        self.homes.add(home)
        return home

    def _address(self) -> Address:
        street = self.chance.randrange(len(streets()))
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        inward = f"{street // 9 % 10}{letters[street % 20]}{letters[street % 17]}"
        line = f"{self.chance.randrange(1, 240)} {streets()[street]}"
        return Address(line, f"ZA{street % 9 + 1} {inward}")


def _pick(chance: Random, table: tuple[tuple[T, int], ...]) -> T:
    """One of the table's first column, by the weights in its second."""
    return chance.choices([row[0] for row in table], [row[1] for row in table])[0]
