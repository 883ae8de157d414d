"""Invented families, always the same, on which weights are tried before anybody relies on them.

Names are put together from syllables, so that nobody is meant and no list of names is needed. They
say how weights compare with each other on twins, brothers and sisters; they say nothing about how
good either is for real children.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from mash_triage.matching.identity import Identity, identity
from mash_triage.matching.register_facts import RegisterFacts

FAMILIES = 1_600
EACH_KIND = 250  # contacts of each kind
SHARE_WITH_TWINS = 0.18  # far more than there are, so that there is enough to count
FIRST_BIRTH = date(2008, 2, 1)
DAYS = 6_000
SEED = 20


@dataclass(frozen=True)
class Kid:
    """One invented child, as she is."""

    number: int
    family: int
    given: str
    second: str
    surname: str
    dob: date
    sex: str
    address: tuple[str, str]
    mother: str
    mother_dob: date


@dataclass(frozen=True)
class Asked:
    """A contact about an invented child: what was said, whose it is, and who could be taken for
    her. `child` is None for somebody who is not on the register.
    """

    kind: str
    said: Identity
    child: int | None
    family: int


@dataclass
class Town:
    """The register, and how to find those worth comparing in it."""

    register: dict[int, Identity] = field(default_factory=dict)
    facts: RegisterFacts = field(default_factory=lambda: RegisterFacts(size=1))
    asked: list[Asked] = field(default_factory=list)
    near: dict[object, list[int]] = field(default_factory=lambda: defaultdict(list))

    def candidates(self, asked: Asked) -> list[tuple[int, Identity]]:
        """The children of the family, those born the same day, and namesakes."""
        ids = {each for key in _keys(asked.said) for each in self.near.get(key, ())}
        ids |= set(self.near.get(("family", asked.family), ()))
        return [(each, self.register[each]) for each in sorted(ids)]


def _keys(child: Identity) -> Iterator[object]:
    yield child.dob
    if child.name.given and child.name.family:
        yield child.name.given[0], child.name.family[-1]


@lru_cache(maxsize=1)
def town() -> Town:
    """The invented register with the contacts about its children."""
    rng, made = Random(SEED), Town()  # noqa: S311  (invented families, not a secret)
    kids = list(_families(rng))
    off = {kid.number for kid in _left_out(kids, rng)}
    for kid in kids:
        if kid.number not in off:
            child = _as_filed(kid)
            made.register[kid.number] = child
            for key in (*_keys(child), ("family", kid.family)):
                made.near[key].append(kid.number)
    made.facts = facts_of(made.register.values())
    made.asked = list(_contacts(kids, off, rng))
    return made


def facts_of(children: Iterable[Identity]) -> RegisterFacts:
    """How many these children are, and how common their names."""
    every = list(children)
    terms = Counter(
        (kind, token)
        for child in every
        for kind, tokens in (
            ("given", child.name.given), ("family", child.name.family), ("mother", child.mother),
        )
        for token in set(tokens)
    )  # fmt: skip
    return RegisterFacts(size=len(every), terms=terms)


# ---------------------------------------------------------------- families


def _names(rng: Random, count: int, syllables: tuple[int, ...]) -> list[str]:
    starts, middles = (
        [
            "b",
            "c",
            "d",
            "f",
            "g",
            "h",
            "j",
            "k",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "t",
            "v",
            "w",
            "z",
            "sh",
            "th",
            "ch",
            "br",
        ],
        ["a", "e", "i", "o", "u", "ai"],
    )
    ends = ["n", "r", "s", "l", "", "", "ya", "m"]
    names: set[str] = set()
    while len(names) < count:
        parts = [rng.choice(starts) + rng.choice(middles) for _ in range(rng.choice(syllables))]
        names.add(("".join(parts) + rng.choice(ends)).title())
    return sorted(names)


def _families(rng: Random) -> Iterator[Kid]:
    given, surnames = _names(rng, 300, (1, 2, 2, 3)), _names(rng, 500, (2, 2, 3))
    common = [1 / (rank + 3) for rank in range(len(given))]
    usual = [1 / (rank + 8) for rank in range(len(surnames))]
    number = 0
    for family in range(FAMILIES):
        (surname,) = rng.choices(surnames, usual)
        address = f"{rng.randrange(1, 90)} {rng.choice(surnames)} Road", _postcode(rng)
        (mother,) = rng.choices(given, common)
        mother_dob = FIRST_BIRTH - timedelta(days=rng.randrange(7_000, 13_000))
        births = [FIRST_BIRTH + timedelta(days=rng.randrange(DAYS))]
        while len(births) < 4 and rng.random() < 0.55:
            births.append(
                births[0] + timedelta(days=rng.choice((-1, 1)) * rng.randrange(330, 2500))
            )
        if rng.random() < SHARE_WITH_TWINS:
            births.append(births[-1])
        for born in births:
            one, two = rng.choices(given, common, k=2)
            yield Kid(number, family, one, two, surname, born, rng.choice("MF"), address,
                      f"{mother} {surname}", mother_dob)  # fmt: skip
            number += 1


def _postcode(rng: Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    tail = f"{rng.randrange(1, 10)}{rng.choice(letters)}{rng.choice(letters)}"
    return f"ZA{rng.randrange(1, 30)} {tail}"


def _left_out(kids: list[Kid], rng: Random) -> list[Kid]:
    """Children who are not on the register though a brother, sister or twin is."""
    siblings = [
        kid for kid in kids if sum(other.family == kid.family for other in _near(kids, kid)) > 1
    ]
    chosen: dict[int, Kid] = {}
    for kid in rng.sample(siblings, len(siblings)):
        chosen.setdefault(kid.family, kid)
        if len(chosen) == EACH_KIND:
            break
    return list(chosen.values())


def _near(kids: list[Kid], kid: Kid) -> list[Kid]:
    return kids[max(0, kid.number - 5) : kid.number + 6]


def _as_filed(kid: Kid) -> Identity:
    return identity(
        given_names=f"{kid.given} {kid.second}",
        family_name=kid.surname,
        dob=kid.dob,
        sex=kid.sex,
        addresses=(kid.address,),
        mother_name=kid.mother,
        mother_dob=kid.mother_dob,
    )


# ---------------------------------------------------------------- contacts


def _contacts(kids: list[Kid], off: set[int], rng: Random) -> Iterator[Asked]:
    on = [kid for kid in kids if kid.number not in off]
    twins = [
        kid
        for kid in on
        if any(
            other.number not in off and other.number != kid.number and other.dob == kid.dob
            and other.family == kid.family
            for other in _near(kids, kid)
        )
    ]  # fmt: skip
    for kind, pool in (
        ("known", on),
        ("twin", twins),
        ("off", [k for k in kids if k.number in off]),
    ):
        for kid in rng.sample(pool, min(EACH_KIND, len(pool))):
            child = None if kid.number in off else kid.number
            yield Asked(kind, _as_reported(kid, rng), child, kid.family)


def _as_reported(kid: Kid, rng: Random) -> Identity:
    """The child as somebody reports her: with slips, and without what they do not know."""
    said = replace(kid, dob=_dob(kid.dob, rng), given=_slip(kid.given, rng, 0.12),
                   surname=_slip(kid.surname, rng, 0.10))  # fmt: skip
    moved = (f"{rng.randrange(1, 90)} Elsewhere Street", _postcode(rng))
    return identity(
        given_names=said.given if rng.random() < 0.6 else f"{said.given} {said.second}",
        family_name=said.surname,
        dob=said.dob if rng.random() < 0.95 else None,
        sex=said.sex if rng.random() < 0.9 else None,
        addresses=(moved if rng.random() < 0.2 else said.address,),
        mother_name=said.mother if rng.random() < 0.6 else None,
        mother_dob=said.mother_dob if rng.random() < 0.2 else None,
    )


def _slip(name: str, rng: Random, chance: float) -> str:
    if rng.random() >= chance or len(name) < 3:
        return name
    at = rng.randrange(1, len(name) - 1)
    how = rng.random()
    if how < 0.4:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + (name[at + 1 :] if how < 0.7 else name[at] * 2 + name[at + 1 :])


def _dob(dob: date, rng: Random) -> date:
    chance = rng.random()
    if chance < 0.05 and dob.day <= 12:
        return dob.replace(month=dob.day, day=dob.month)
    if chance < 0.10:
        return dob + timedelta(days=rng.choice((-10, -1, 1, 10)))
    return dob
