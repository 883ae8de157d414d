"""What a contact says of a child: little or much, right or wrong, by who sends it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.matching.families import TODAY, Child
from benchmarks.matching.naming import words
from benchmarks.matching.slips import (
    day_and_month_swapped,
    near_date,
    postcode_slip,
    respelt,
    typo,
)
from benchmarks.matching.town import Town

COLUMNS = (
    "query_id", "given_names", "family_name", "dob", "age_years", "expected_date", "sex",
    "nhs_number", "upn", "address_line", "postcode", "mother_name", "mother_dob", "source",
    "received_date",
)  # fmt: skip

Query = dict[str, str]

SOURCES = ("police", "health", "school", "public", "agency")
HOW_MANY = (38, 26, 18, 13, 5)
KNOWS_NHS = {"police": 0.02, "health": 0.6, "school": 0.03, "public": 0.0, "agency": 0.1}
KNOWS_UPN = {"police": 0.0, "health": 0.0, "school": 0.6, "public": 0.0, "agency": 0.05}
SAYS_MOTHER = {"police": 0.45, "health": 0.6, "school": 0.5, "public": 0.5, "agency": 0.5}
NO_ADDRESS, NO_POSTCODE = 0.09, 0.08
# Beside whatever else is wrong: contacts are typed in a hurry, and faults come together.
MOTHER_MISSPELT = 0.3
FURTHER_FAULTS = (0.25, 0.06)  # a second, a third


@dataclass(frozen=True, slots=True)
class Asked:
    """A child, the town she may have moved within, and the dice."""

    child: Child
    town: Town
    rng: Random


def ask(asked: Asked, query_id: str, kind: str) -> Query | None:
    """The contact's words about this child with this kind of error; None when it cannot be had."""
    child, rng = asked.child, asked.rng
    if child.filed_unborn != (kind in UNBORN_KINDS) or child.to_come != (kind == "unborn"):
        return None
    query = _rightly(child, query_id, rng)
    if MISTAKES[kind](query, asked) is False:
        return None
    if kind not in ("clean", "thin"):
        _what_else_is_wrong(query, rng)
    return query


def _rightly(child: Child, query_id: str, rng: Random) -> Query:
    source = rng.choices(SOURCES, HOW_MANY)[0]
    first = child.given.split()[0]
    says_mother = rng.random() < SAYS_MOTHER[source]
    line, postcode = child.home if rng.random() > NO_ADDRESS else ("", "")
    family = child.family.upper() if rng.random() < 0.12 else child.family
    return {
        "query_id": query_id,
        "given_names": child.given if rng.random() < _says_all_names(child) else first,
        "family_name": family,
        "dob": child.born.isoformat(),
        "age_years": "",
        "expected_date": "",
        "sex": child.sex if rng.random() < 0.9 else "",
        "nhs_number": child.nhs_number if rng.random() < KNOWS_NHS[source] else "",
        "upn": child.upn if rng.random() < KNOWS_UPN[source] else "",
        "address_line": line,
        "postcode": postcode if rng.random() > NO_POSTCODE else "",
        "mother_name": child.mother if says_mother else "",
        "mother_dob": child.mother_born.isoformat() if says_mother and rng.random() < 0.6 else "",
        "source": source,
        "received_date": (TODAY - timedelta(days=1 + int(rng.random() * 60))).isoformat(),
    }


def _says_all_names(child: Child) -> float:
    """Twins who share their first name go by the second, so it is said."""
    shares = child.twin is not None and child.twin.given.split()[0] == child.given.split()[0]
    return 0.9 if shares else 0.3


def _what_else_is_wrong(query: Query, rng: Random) -> None:
    if query["mother_name"] and rng.random() < MOTHER_MISSPELT:
        query["mother_name"] = _one_word(query["mother_name"], typo, rng)
    for chance in FURTHER_FAULTS:
        if rng.random() < chance:
            _fault(query, rng)


def _fault(query: Query, rng: Random) -> None:
    choice = rng.random()
    if choice < 0.35:
        query["given_names"] = _one_word(query["given_names"], typo, rng)
    elif choice < 0.7:
        query["family_name"] = _one_word(query["family_name"], typo, rng)
    elif choice < 0.8:
        query["postcode"] = ""
    elif choice < 0.9:
        query["sex"] = ""
    elif query["dob"]:
        query["dob"] = near_date(date.fromisoformat(query["dob"]), rng).isoformat()


def _one_word(name: str, slip: Callable[[str, Random], str], rng: Random) -> str:
    parts = name.split(" ")
    at = rng.randrange(len(parts))
    return " ".join([*parts[:at], slip(parts[at], rng), *parts[at + 1 :]])


# ---------------------------------------------------------------- one function a kind of error


def _clean(query: Query, asked: Asked) -> None:
    del query, asked


def _typo(query: Query, asked: Asked) -> None:
    which = asked.rng.choice(("given_names", "family_name"))
    query[which] = _one_word(query[which], typo, asked.rng)


def _mother_typo(query: Query, asked: Asked) -> None:
    query["mother_name"] = _one_word(asked.child.mother, typo, asked.rng)
    if asked.rng.random() < 0.5:
        query["dob"] = ""


def _transliteration(query: Query, asked: Asked) -> bool:
    before = query["given_names"], query["family_name"]
    which = asked.rng.random()
    if which < 0.65:
        query["given_names"] = _one_word(query["given_names"], respelt, asked.rng)
    if which > 0.35:
        query["family_name"] = _one_word(asked.child.family, respelt, asked.rng)
    return before != (query["given_names"], query["family_name"])


def _nickname(query: Query, asked: Asked) -> bool:
    first = asked.child.given.split()[0]
    short = words().short_forms.get(first)
    if not short:
        return False
    query["given_names"] = asked.rng.choice(short)
    return True


def _alias(query: Query, asked: Asked) -> bool:
    if not asked.child.aliases:
        return False
    query["given_names"], query["family_name"] = asked.rng.choice(asked.child.aliases)
    return True


def _double_barrel_part(query: Query, asked: Asked) -> bool:
    halves = [half for half in asked.child.family.replace("-", " ").split() if len(half) > 2]
    if len(halves) < 2:
        return False
    query["family_name"] = asked.rng.choice(halves)
    return True


def _swapped_names(query: Query, asked: Asked) -> None:
    del asked
    query["given_names"], query["family_name"] = query["family_name"], query["given_names"]


def _day_month_swap(query: Query, asked: Asked) -> bool:
    swapped = day_and_month_swapped(asked.child.born)
    if swapped is None or swapped > TODAY:
        return False
    query["dob"] = swapped.isoformat()
    return True


def _no_dob(query: Query, asked: Asked) -> None:
    del asked
    query["dob"] = ""


def _age_only(query: Query, asked: Asked) -> None:
    query["dob"] = ""
    heard = date.fromisoformat(query["received_date"])
    age = int((heard - asked.child.born).days / 365.25)
    wrong = asked.rng.choice((-1, 1)) if asked.rng.random() < 0.2 else 0
    query["age_years"] = str(max(0, age + wrong))


def _estimated(query: Query, asked: Asked) -> None:
    year = asked.child.born.year + asked.rng.choice((-1, 0, 0, 0, 1))
    query["dob"] = date(min(year, TODAY.year), 1, 1).isoformat()


def _placeholder_dob(query: Query, asked: Asked) -> None:
    query["dob"] = asked.rng.choice(("1900-01-01", "1970-01-01", "1970-01-01"))


def _moved(query: Query, asked: Asked) -> None:
    line, postcode = asked.town.address(asked.rng)
    query["address_line"], query["postcode"] = line, postcode if query["postcode"] else ""


def _previous_address(query: Query, asked: Asked) -> bool:
    if not asked.child.previous:
        return False
    query["address_line"], query["postcode"] = asked.rng.choice(asked.child.previous)
    return True


def _postcode_slip(query: Query, asked: Asked) -> None:
    query["postcode"] = postcode_slip(asked.child.home[1], asked.rng)


def _no_surname(query: Query, asked: Asked) -> None:
    del asked
    query["family_name"] = ""


def _initial(query: Query, asked: Asked) -> None:
    query["given_names"] = asked.child.given[0]


def _unborn(query: Query, asked: Asked) -> None:
    due = asked.child.born + timedelta(days=int(asked.rng.gauss(0, 8)))
    placeholder = asked.rng.choice(("Unborn", "Baby", ""))
    query |= {"given_names": placeholder, "dob": "", "sex": "", "nhs_number": "", "upn": ""}
    query |= {"expected_date": due.isoformat(), "mother_name": asked.child.mother}
    query["received_date"] = min(TODAY, asked.child.born - timedelta(days=20)).isoformat()
    if asked.rng.random() < 0.3:
        query["family_name"] = ""
    if asked.rng.random() < 0.6:
        query["mother_dob"] = asked.child.mother_born.isoformat()


def _unborn_now_born(query: Query, asked: Asked) -> None:
    query["mother_name"] = asked.child.mother
    query["upn"] = ""


def _siblings_nhs_number(query: Query, asked: Asked) -> bool:
    others = [other for other in asked.child.siblings if not other.to_come]
    if not others:
        return False
    query["nhs_number"] = asked.rng.choice(others).nhs_number
    return True


def _thin(query: Query, asked: Asked) -> None:
    kept = asked.rng.choice(("given_names", "family_name", "dob"))
    for column in COLUMNS:
        if column not in ("query_id", "source", "received_date", "sex", kept):
            query[column] = ""


MISTAKES: dict[str, Callable[[Query, Asked], bool | None]] = {
    "clean": _clean,
    "typo": _typo,
    "transliteration": _transliteration,
    "nickname": _nickname,
    "alias": _alias,
    "double_barrel_part": _double_barrel_part,
    "swapped_names": _swapped_names,
    "day_month_swap": _day_month_swap,
    "no_dob": _no_dob,
    "age_only": _age_only,
    "estimated": _estimated,
    "placeholder_dob": _placeholder_dob,
    "moved": _moved,
    "previous_address": _previous_address,
    "postcode_slip": _postcode_slip,
    "no_surname": _no_surname,
    "initial": _initial,
    "unborn_now_born": _unborn_now_born,
    "unborn": _unborn,
    "mother_typo": _mother_typo,
    "siblings_nhs_number": _siblings_nhs_number,
    "thin": _thin,
}
UNBORN_KINDS = frozenset({"unborn", "unborn_now_born"})
SHARES = {
    "clean": 14, "typo": 12, "transliteration": 7, "nickname": 5, "alias": 3,
    "double_barrel_part": 3, "swapped_names": 5, "day_month_swap": 5, "no_dob": 6, "age_only": 7,
    "estimated": 2.5, "placeholder_dob": 2.5, "moved": 7, "previous_address": 4,
    "postcode_slip": 5, "no_surname": 2, "initial": 2, "unborn_now_born": 2, "unborn": 2,
    "mother_typo": 3, "siblings_nhs_number": 1.5, "thin": 1.3,
}  # fmt: skip
