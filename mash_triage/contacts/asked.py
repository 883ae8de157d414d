"""Which questions matter for whom: a form, a conversation and a reader's aid all ask by these.

Each answers from what a draft says so far. What cannot be told yet (an age not given) is asked.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from mash_triage.contacts.answers import is_unborn, rows_of, value_at, years_old
from mash_triage.contacts.codes import ReferrerKind

SCHOOL_FROM, SCHOOL_TO = 2, 18  # years; nursery places begin at two, and duties end with school
HEALTH_VISITOR_UNDER = 5  # years; the healthy child programme passes to the school nurse
MIDWIFE_UNDER = 1
BABY_UNDER = 2
GROWN_UP_AT = 18  # Children Act 1989, section 105
ENGLISH = frozenset({"english", "british english", "eng", "en"})
NAMELESS = frozenset({ReferrerKind.FAMILY, ReferrerKind.NEIGHBOUR, ReferrerKind.SELF})
"""Those who may ask that nobody is told who they are; a professional gives a reason."""

Child = Mapping[str, Any]


def asks_school(child: Child, *, on: date) -> bool:
    """School, year and attendance: neither for the unborn nor for babies or grown-ups."""
    years = years_old(child, on=on)
    return not is_unborn(child) and (years is None or SCHOOL_FROM <= years <= SCHOOL_TO)


def asks_midwife(child: Child, *, on: date) -> bool:
    """A midwife: before the birth, and in the first year."""
    return is_unborn(child) or _is_under(MIDWIFE_UNDER, child, on)


def asks_health_visitor(child: Child, *, on: date) -> bool:
    """A health visitor: for children under five."""
    return not is_unborn(child) and _is_under(HEALTH_VISITOR_UNDER, child, on)


def asks_interpreter(child: Child) -> bool:
    """An interpreter, and how the child makes itself understood: where the language is not English,
    or the child is disabled.
    """
    language = child.get("language")
    other = isinstance(language, str) and language.strip().casefold() not in {"", *ENGLISH}
    return not is_unborn(child) and (other or child.get("disabled") == "yes")


def is_observed(child: Child, *, on: date) -> bool:
    """Is it a child who shows more than it says: a baby, or one who communicates in its own way?"""
    speaks_otherwise = isinstance(child.get("communication"), str)
    return not is_unborn(child) and (_is_under(BABY_UNDER, child, on) or speaks_otherwise)


def is_grown_up(child: Child, *, on: date) -> bool:
    """Is this person 18 or older already?"""
    years = years_old(child, on=on)
    return not is_unborn(child) and years is not None and years >= GROWN_UP_AT


def people_of_worry(answers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Those of whom the referrer fears that they harm."""
    for member in rows_of(answers, "household"):
        if isinstance(member, Mapping) and member.get("worry_about_them") == "yes":
            yield member


def referrer_is_feared(answers: Mapping[str, Any]) -> bool:
    """Does whoever makes contact name herself, or is she named, as somebody who may have harmed?"""
    own = _plain(value_at(answers, "referrer.name"))
    themselves = {"me", "myself", "self", "i am", "the referrer"}
    return any(
        _plain(member.get("name")) in {own, *themselves} - {""}
        or _plain(member.get("relationship")) in themselves
        for member in people_of_worry(answers)
    )


def may_stay_nameless(answers: Mapping[str, Any]) -> bool:
    """Is it somebody of the public, who may ask that the family is not told who it was?"""
    return value_at(answers, "referrer.kind") in NAMELESS


def is_kept_from_others(answers: Mapping[str, Any]) -> bool:
    """Must nobody outside the front door learn who made contact?"""
    kind = str(value_at(answers, "referrer.kind"))
    return kind == ReferrerKind.ANONYMOUS or value_at(answers, "referrer.wishes_anonymity") == "yes"


def _is_under(years: int, child: Child, on: date) -> bool:
    old = years_old(child, on=on)
    return old is not None and old < years


def _plain(name: Any) -> str:
    return " ".join(name.casefold().split()) if isinstance(name, str) else ""
