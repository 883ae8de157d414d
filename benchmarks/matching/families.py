"""Households and their children: brothers and sisters, half-siblings, twins, children to come."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from rapidfuzz.distance import JaroWinkler

from benchmarks.matching.naming import Community, communities, words
from benchmarks.matching.numbers import nhs_numbers, upn, upn_tails
from benchmarks.matching.town import Address, Town

TODAY = date(2026, 11, 1)
OLDEST = date(2005, 1, 1)
PREGNANCY = 280  # days

# Judged, to be near what registers hold; none is a finding.
TWIN_BIRTHS = 0.022
ALIKE_TWINS = 0.2  # of twin pairs: Shanna and Shannan
SHARED_FIRST_NAME = 0.04  # of twin pairs of one sex: Geoffrey Liam and Geoffrey Charlie
SECOND_FATHER = 0.14
MOTHER_OF_ANOTHER_COMMUNITY = 0.08
MOTHER_OF_THE_CHILDREN_S_NAME = 0.5
IN_A_SHARED_HOME = 0.008
OFF_REGISTER = 0.1  # of children with brothers and sisters
FILED_UNBORN = 0.012
FURTHER_CHILDREN = (0.55, 0.32, 0.3, 0.3, 0.3)  # a second, a third, ...
FURTHER_IN_LARGE = (0.75, 0.6, 0.5, 0.4, 0.3)


@dataclass(slots=True, eq=False)
class Child:
    """One child as she is, whatever is written about her; `id` is empty off the register."""

    id: str
    given: str
    family: str
    sex: str
    born: date
    community: str
    household: int
    home: Address
    previous: list[Address]
    aliases: list[tuple[str, str]]
    nhs_number: str
    upn: str
    mother: str
    mother_born: date
    filed_unborn: bool = False
    expected: date | None = None
    twin: "Child | None" = None
    siblings: list["Child"] = field(default_factory=list)
    duplicate_id: str = ""

    @property
    def to_come(self) -> bool:
        """Not born yet."""
        return self.born > TODAY


class Families:
    """An endless row of households, the same for the same seed."""

    def __init__(self, town: Town, seed: str) -> None:
        self.town = town
        self.rng = Random(f"families {seed}")
        self._communities = communities()
        self._shares = [c.share for c in self._communities]
        self._nhs = nhs_numbers(self.rng.randrange(10**8))
        self._upns = upn_tails(self.rng.randrange(10**7))
        self._count = 0

    def __iter__(self) -> Iterator[list[Child]]:
        while True:
            yield self._household()

    # ------------------------------------------------------------ a household

    def _household(self) -> list[Child]:
        rng = self.rng
        self._count += 1
        community = rng.choices(self._communities, self._shares)[0]
        home = self._home()
        family = self._household_name(community)
        births = self._births(community)
        mother, mother_born = self._mother(community, family, births[0])
        maiden = mother.rpartition(" ")[2]
        feminine = rng.random() < 0.4
        father = community.given["M"].draw(rng)
        children: list[Child] = []
        for place, born in enumerate(births):
            if place and rng.random() < SECOND_FATHER:
                family, father = community.family_name(rng), community.given["M"].draw(rng)
            sex = "M" if rng.random() < 0.512 else "F"
            given = self._given(community, sex, {c.given.split()[0] for c in children})
            child = self._child(community, home, given, family, sex, born, mother, mother_born)
            child.family, child.given = _own_family_name(
                community, child, family, father, maiden, feminine, rng
            )
            children.append(child)
            if rng.random() < TWIN_BIRTHS:
                children.append(self._twin(community, child, family, father, maiden, feminine))
        for child in children:
            child.siblings = [other for other in children if other is not child]
        if len(children) > 1:
            for child in children:
                if rng.random() < OFF_REGISTER:
                    child.id = "off"
        return children

    def _home(self) -> Address:
        shared = self.rng.random() < IN_A_SHARED_HOME
        return self.town.shared_home(self.rng) if shared else self.town.address(self.rng)

    def _household_name(self, community: Community) -> str:
        rng = self.rng
        one = community.family_name(rng)
        if rng.random() < community.double:
            other = community.family_name(rng)
            if other != one and "-" not in one + other:
                return f"{one} {other}" if community.key == "portuguese" else f"{one}-{other}"
        return one

    def _births(self, community: Community) -> list[date]:
        rng = self.rng
        days = (TODAY - OLDEST).days
        first = OLDEST + timedelta(days=int(rng.random() * (days + 60)))
        births = [first]
        for chance in FURTHER_IN_LARGE if community.large else FURTHER_CHILDREN:
            if rng.random() > chance:
                break
            following = births[-1] + timedelta(days=330 + int(rng.expovariate(1 / 700)))
            if following > TODAY + timedelta(days=200):
                break
            births.append(following)
        return births

    def _mother(self, community: Community, family: str, first: date) -> tuple[str, date]:
        rng = self.rng
        own = community
        if rng.random() < MOTHER_OF_ANOTHER_COMMUNITY:
            own = rng.choices(self._communities, self._shares)[0]
        given = own.given["F"].draw(rng)
        keeps_his = own is community and rng.random() < MOTHER_OF_THE_CHILDREN_S_NAME
        if own.surname in ("patronymic", "patronymic_or_family"):
            last = own.given["M"].draw(rng)
        else:
            last = family if keeps_his else own.family_name(rng)
        born = first - timedelta(days=int(365.25 * min(44, max(16, rng.gauss(28, 6)))))
        return f"{given} {last}", born

    # ------------------------------------------------------------ a child

    def _given(self, community: Community, sex: str, taken: set[str]) -> str:
        rng = self.rng
        first = community.given_name(sex, rng)
        for _ in range(4):
            if first not in taken:
                break
            first = community.given_name(sex, rng)
        if rng.random() < community.second:
            second = community.given[sex].draw(rng)
            return first if second == first else f"{first} {second}"
        return first

    def _child(
        self, community: Community, home: Address, given: str, family: str, sex: str, born: date,
        mother: str, mother_born: date,
    ) -> Child:  # fmt: skip
        rng = self.rng
        unborn = born > TODAY or (born > TODAY - timedelta(days=240) and rng.random() < 0.25)
        return Child(
            id="",
            given=given,
            family=family,
            sex=sex,
            born=born,
            community=community.key,
            household=self._count,
            home=home,
            previous=self._previous(),
            aliases=[],
            nhs_number=next(self._nhs),
            upn=upn(next(self._upns), born.year + 4) if (TODAY - born).days > 1500 else "",
            mother=mother,
            mother_born=mother_born,
            filed_unborn=unborn,
            expected=born + timedelta(days=int(rng.gauss(4, 9))) if unborn else None,
        )

    def _previous(self) -> list[Address]:
        rng = self.rng
        if rng.random() > 0.3:
            return []
        count = 1 + (rng.random() < 0.25)
        return [self._home() for _ in range(count)]

    def _twin(
        self,
        community: Community,
        one: Child,
        family: str,
        father: str,
        maiden: str,
        feminine: bool,
    ) -> Child:
        rng = self.rng
        sex = one.sex if rng.random() < 0.66 else ("F" if one.sex == "M" else "M")
        given = self._twins_name(community, one, sex)
        twin = self._child(
            community, one.home, given, family, sex, one.born, one.mother, one.mother_born
        )
        twin.family, twin.given = _own_family_name(
            community, twin, family, father, maiden, feminine, rng
        )
        twin.previous = one.previous
        twin.filed_unborn, twin.expected = one.filed_unborn, one.expected
        one.twin, twin.twin = twin, one
        return twin

    def _twins_name(self, community: Community, one: Child, sex: str) -> str:
        rng = self.rng
        first = one.given.split()[0]
        if sex == one.sex and len(one.given.split()) > 1 and rng.random() < SHARED_FIRST_NAME:
            second = community.given[sex].draw(rng)
            if second not in one.given.split():
                return f"{first} {second}"
        if rng.random() < ALIKE_TWINS:
            others = {community.given[sex].draw(rng) for _ in range(40)} - _names_of(one.given)
            if others:
                return max(sorted(others), key=lambda n: JaroWinkler.similarity(n, first))
        return self._given(community, sex, {first})


def _names_of(given: str) -> set[str]:
    """All her names and their short forms: no parent calls twins Oliver and Ollie."""
    return {form for name in given.split() for form in (name, *words().short_forms.get(name, ()))}


# ---------------------------------------------------------------- how a family name comes about

_SIKH = {"M": "Singh", "F": "Kaur"}
_BANGLADESHI = {
    "M": ("Miah", "Uddin", "Ali", "Hussain", "Ahmed"),
    "F": ("Begum", "Khatun", "Akter", "Sultana", "Khanom"),
}
_PAKISTANI_GIRLS = ("Bibi", "Begum", "Kausar", "Akhtar", "Parveen")


def _own_family_name(
    community: Community, child: Child, family: str, father: str, maiden: str, feminine: bool,
    rng: Random,
) -> tuple[str, str]:  # fmt: skip
    """The child's own family name, and the given names that go with it."""
    rule, given, sex = community.surname, child.given, child.sex
    if rule == "ski" and sex == "F" and feminine and family.endswith("ki"):
        return family[:-1] + "a", given
    if rule == "sikh" and family not in ("Singh", "Kaur"):
        return (family, f"{given} {_SIKH[sex]}") if rng.random() < 0.4 else (family, given)
    if rule == "sikh":
        return _SIKH[sex], given
    if rule == "bangladeshi" and rng.random() < 0.6:
        return rng.choice(_BANGLADESHI[sex]), given
    if rule == "pakistani" and sex == "F" and rng.random() < 0.25:
        return rng.choice(_PAKISTANI_GIRLS), given
    if rule == "patronymic" or (rule == "patronymic_or_family" and rng.random() < 0.35):
        return father, given
    if rule == "mixed" and rng.random() < 0.3:
        return maiden, given
    return family, given


def add_aliases(child: Child, rng: Random) -> None:
    """Another name that the child is known by: her mother's, a short form, or her second name."""
    first, *others = child.given.split()
    short = words().short_forms.get(first)
    choice = rng.random()
    maiden = child.mother.rpartition(" ")[2]
    if choice < 0.5 and maiden != child.family:
        child.aliases.append((first, maiden))
    elif choice < 0.75 and others:
        child.aliases.append((others[0], child.family))
    elif short:
        child.aliases.append((rng.choice(short), child.family))
