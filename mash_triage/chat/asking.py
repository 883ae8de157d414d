"""What is asked next: the first question that matters and is not answered yet."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from mash_triage.chat.answers import answers_of
from mash_triage.chat.beside_form import is_held
from mash_triage.chat.facts.places import HARM
from mash_triage.chat.state import Talk
from mash_triage.chat.words.vocabulary import DATA
from mash_triage.contacts.answers import asks_mobility, is_unborn, years_old

SCHOOL_FROM = 3  # years; below it no school or nursery is asked for
IN_DANGER = ("child_name", "where_now", "address", "reach")


@dataclass(frozen=True)
class Question:
    """One question: how it is asked, why, and by what it is answered. `about` are words by which
    somebody asks what is meant by it; `of_baby` and `of_unborn` are how it is asked of a baby, and
    of one not born yet.
    """

    code: str
    ask: str
    to_child: str
    why: str
    answered_by: tuple[str, ...]
    of: str
    when: str
    yes_no: bool
    about: str
    of_baby: str
    of_unborn: str


@cache
def questions() -> tuple[Question, ...]:
    """The questions in their order, from the data file."""
    table: dict[str, Any] = tomllib.loads((DATA / "questions.toml").read_text("utf-8"))
    return tuple(
        Question(
            code=each["code"],
            ask=each["ask"],
            to_child=each.get("to_child", each["ask"]),
            why=each["why"],
            answered_by=tuple(each["answered_by"]),
            of=each.get("of", "contact"),
            when=each.get("when", "always"),
            yes_no=each.get("yes_no", False),
            about=each.get("about", ""),
            of_baby=each.get("of_baby", ""),
            of_unborn=each.get("of_unborn", ""),
        )
        for each in table["question"]
    )


def question(code: str) -> Question:
    """The question with this code."""
    return next(each for each in questions() if each.code == code)


def next_question(
    talk: Talk, today: date, *, is_child: bool, held: Mapping[str, Any]
) -> Question | None:
    """The first question that matters now; None when all is said. In danger only what is needed to
    find the child is asked. What the draft holds from the form is not asked again.
    """
    for each in questions():
        if each.code in talk.asked or each.code in talk.closed or is_answered(talk, each):
            continue
        if is_held(held, each.answered_by, each.of):
            continue
        if talk.danger_at_turn is not None and each.code not in IN_DANGER:
            continue
        if _WHEN[each.when](talk, today, is_child):
            return each
    return None


def is_answered(talk: Talk, asked: Question) -> bool:
    """Has anything been understood that answers this question?"""
    if asked.of == "contact":
        return any(fact.what in asked.answered_by for fact in talk.facts)
    numbers = talk.child_numbers()[:1] if asked.of == "child" else talk.adult_numbers()
    return any(fact.what in asked.answered_by and fact.who in numbers for fact in talk.facts)


def _first_child(talk: Talk) -> dict[str, Any]:
    children = answers_of(talk).get("children") or [{}]
    child: dict[str, Any] = children[0]
    return child


def _school_age(talk: Talk, today: date, _is_child: bool) -> bool:
    child = _first_child(talk)
    years = years_old(child, on=today)
    return not is_unborn(child) and (years is None or years >= SCHOOL_FROM)


def _harm(talk: Talk, _today: date, _is_child: bool) -> bool:
    return any(fact.what == "worry" and HARM.search(str(fact.value).lower()) for fact in talk.facts)


def _told_no(talk: Talk, _today: date, is_child: bool) -> bool:
    return not is_child and any(f.what == "told" and f.value == "no" for f in talk.facts)


_WHEN: dict[str, Callable[[Talk, date, bool], bool]] = {
    "always": lambda _talk, _today, _child: True,
    "never": lambda _talk, _today, _child: False,  # asked at its own moment
    "born": lambda talk, _today, child: not child and not _is_expected(talk),
    "not_the_child": lambda _talk, _today, child: not child,
    "adult_writes": lambda _talk, _today, child: not child,
    "harm": _harm,
    "told_no": _told_no,
    "school_age": _school_age,
    "mobility": lambda talk, today, _child: asks_mobility(_first_child(talk), on=today),
}


def worded(asked: Question, talk: Talk, *, is_child: bool) -> str:
    """The question as it is put to this person."""
    words = asked.to_child if is_child else asked.ask
    if asked.of_baby and _is_baby(talk):
        words = asked.of_baby
    if asked.of_unborn and _is_expected(talk):
        words = asked.of_unborn
    return words.replace("{child}", name_of_child(talk))


def _is_expected(talk: Talk) -> bool:
    """Is the first child not born yet?"""
    who = next(iter(talk.child_numbers()), None)
    return who is not None and bool(talk.value("expected", who) or talk.value("weeks", who))


def _is_baby(talk: Talk) -> bool:
    """Is the first child one who shows more than it says: an age in months, or of no year yet?"""
    who = next(iter(talk.child_numbers()), None)
    if who is None:
        return False
    return talk.value("age_months", who) is not None or talk.value("age_years", who) in (0, 1)


def name_of_child(talk: Talk) -> str:
    """The first child's first name; "the child" where it is not known."""
    numbers = talk.child_numbers()
    name = talk.value("given_names", numbers[0]) if numbers else None
    if not name:
        return "the baby" if _is_expected(talk) else "the child"
    first = str(name).split()[0]
    return first.title() if first.islower() or first.isupper() else first


def understood_anything(before: Talk, after: Talk) -> bool:
    """Did this turn say anything that was understood?"""
    known = {(f.what, str(f.value), f.who) for f in before.facts}
    return any(
        (f.what, str(f.value), f.who) not in known for f in after.facts if not re.match("_", f.what)
    )
