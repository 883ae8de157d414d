"""Before sending: what would help the people who read it, said kindly; it never keeps anybody back.

Three kinds: what the levels of need cannot be judged without, by the rules of the edition in force;
what people at the front door most often have to call back for; and what is good to know. No level
and no route is named here except the one that the referrer thinks it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from mash_triage.contacts.answers import asks_mobility, is_blank, is_unborn, rows_of, value_at
from mash_triage.contacts.asked import is_grown_up, people_of_worry, referrer_is_feared
from mash_triage.contacts.elsewhere import is_elsewhere, where_to_tell
from mash_triage.settings import settings
from mash_triage.thresholds.conditions import asked_by, fact_of
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.shapes import Edition

Kind = Literal["judge", "call_back", "know"]
MANY_WORDS = 25  # a worry in fewer is called back for as a rule (our proposal)
BABY = {"0", "1"}

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Remark:
    """One thing to look at again: the field it is about, and what to say of it."""

    kind: Kind
    path: str
    words: str


def remarks_on(answers: Answers, edition: Edition, *, on: date) -> tuple[Remark, ...]:
    """What could be added to these answers, in the order of the form within each kind."""
    found = (*_to_judge(answers, edition, on), *_call_back(answers), *_to_know(answers, on))
    return tuple(found)


# ---------------------------------------------------------------- what the rules rest on


def facts_asked(edition: Edition) -> frozenset[str]:
    """The facts beside indicators on which some rule of this edition rests."""
    lowered = [each.unless for each in edition.protective if each.unless]
    whens = [*(rule.when for rule in edition.rules), *lowered]
    known = FactsForSuggestion()
    return frozenset(fact_of(asked, known) for when in whens for asked in asked_by(when))


def _to_judge(answers: Answers, edition: Edition, on: date) -> Iterator[Remark]:
    facts = facts_asked(edition)
    for fact, path, words in _OF_DANGER:
        if fact in facts and _is_open(value_at(answers, path)):
            yield Remark("judge", path, words)
    for n, child in enumerate(rows_of(answers, "children")):
        name, at = _name(child, n), f"children[{n}]"
        for fact, field, is_open, words in _OF_CHILD:
            if fact in facts and not is_unborn(child) and is_open(child, on):
                yield Remark("judge", f"{at}.{field}", words.format(name=name))


def _is_open(answer: Any) -> bool:
    return is_blank(answer) or answer in ("not_known", "not_asked")


_OF_DANGER = (
    (
        "in_danger_now",
        "danger.in_danger_now",
        "Whether anybody is in danger now. If you can find out safely, do.",
    ),
    (
        "safe_adult_named",
        "danger.safe_adult_named",
        "Whether an adult keeps the child safe today and tonight.",
    ),
    (
        "police_protection",
        "danger.legal_protection",
        "Whether the child is under police protection or an emergency order.",
    ),
)


def _months_open(child: Answers, _on: date) -> bool:
    age = child.get("age") or {}
    young = str(age.get("age_years")).strip() in BABY
    return age.get("kind") == "age" and young and age.get("age_months") is None


def _mobility_open(child: Answers, on: date) -> bool:
    return asks_mobility(child, on=on) and _is_open(child.get("moves_independently"))


_OF_CHILD: tuple[tuple[str, str, Callable[[Answers, date], bool], str], ...] = (
    (
        "age_days",
        "age.age_months",
        _months_open,
        "How many months old {name} is: it matters much in the first year.",
    ),
    (
        "disabled",
        "disabled",
        lambda child, _on: _is_open(child.get("disabled")),
        "Whether {name} is disabled.",
    ),
    (
        "non_mobile",
        "moves_independently",
        _mobility_open,
        "Whether {name} moves about alone: it changes what an injury may mean.",
    ),
    (
        "help_before",
        "had_help",
        lambda child, _on: _is_open(child.get("had_help")),
        "Whether {name} had help from children's services before.",
    ),
)


# ---------------------------------------------------------------- what is called back for


def _call_back(answers: Answers) -> Iterator[Remark]:
    for path, is_missing, words in _CALLED_FOR:
        if is_missing(answers):
            yield Remark("call_back", path, words)
    for n, child in enumerate(rows_of(answers, "children")):
        at, name = f"children[{n}]", _name(child, n)
        if _is_open(value_at(child, "where_now")):
            yield Remark("call_back", f"{at}.where_now", f"Where {name} is now.")
        if not is_unborn(child) and _is_open(value_at(child, "home.address_line")):
            yield Remark("call_back", f"{at}.home.address_line", f"Where {name} lives.")


def _is_short(answers: Answers) -> bool:
    worry = value_at(answers, "concern.worry")
    return isinstance(worry, str) and 0 < len(worry.split()) < MANY_WORDS


def _nobody_responsible(answers: Answers) -> bool:
    adults = rows_of(answers, "household")
    return bool(adults) and all(_is_open(row.get("parental_responsibility")) for row in adults)


def _access_open(answers: Answers) -> bool:
    return any(is_blank(row.get("access_to_children")) for row in people_of_worry(answers))


def _open_at(path: str) -> Callable[[Answers], bool]:
    return lambda answers: _is_open(value_at(answers, path))


_CALLED_FOR: tuple[tuple[str, Callable[[Answers], bool], str], ...] = (
    ("referrer.telephone", _open_at("referrer.telephone"), "A number on which we can ask you."),
    (
        "household",
        lambda answers: not rows_of(answers, "household"),
        "Who looks after the child, and who lives there.",
    ),
    (
        "household[0].parental_responsibility",
        _nobody_responsible,
        "Who has parental responsibility.",
    ),
    (
        "household",
        _access_open,
        "How the person you worry about comes to the child, and when they will next meet.",
    ),
    (
        "told_and_agreed",
        lambda answers: not rows_of(answers, "told_and_agreed"),
        "Whether the family knows, or why it was not safe to say.",
    ),
    (
        "concern.worry",
        _is_short,
        "A little more of what happened: when, what was seen or said, how it affects the child.",
    ),
    ("concern.first_hand", _open_at("concern.first_hand"), "Whether you saw it or were told."),
    (
        "concern.child_voice",
        lambda answers: value_at(answers, "concern.child_voice") == "not_seen",
        "What the child says or shows, if somebody who sees the child can tell you.",
    ),
)


# ---------------------------------------------------------------- good to know


def _to_know(answers: Answers, on: date) -> Iterator[Remark]:
    if value_at(answers, "concern.level_thought") is None:
        words = "Which level of need you think it is. It binds nobody, and helps us to talk."
        yield Remark("know", "concern.level_thought", words)
    if referrer_is_feared(answers):
        words = "You are named as somebody this worry is about. It is right that you tell us."
        yield Remark("know", "household", words)
    for n, child in enumerate(rows_of(answers, "children")):
        if is_grown_up(child, on=on):
            words = (
                f"{_name(child, n)} is 18 or older. For an adult at risk, call adult social care."
            )
            yield Remark("know", f"children[{n}].age", words)
    yield from _lives_elsewhere(answers)


def _lives_elsewhere(answers: Answers) -> Iterator[Remark]:
    """Children of another authority: whom to tell too, unless it says that they were told."""
    if not is_blank(value_at(answers, "handed_over.to")):
        return
    for n, child in enumerate(rows_of(answers, "children")):
        postcode = value_at(child, "home.postcode")
        if is_elsewhere(postcode):
            words = (
                f"{_name(child, n)} lives outside {settings().authority_name}. "
                f"{where_to_tell(postcode)} Tell them too, and send this here all the same."
            )
            yield Remark("know", f"children[{n}].home.postcode", words)


def _name(child: Any, place: int) -> str:
    name = value_at(child, "given_names")
    return name.strip() if isinstance(name, str) and name.strip() else f"child {place + 1}"
