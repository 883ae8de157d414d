"""Taking back: "sorry its not 12 its 21", "yr 8 not yr 9", "she was 10"."""

import re
from dataclasses import replace

from rapidfuzz import fuzz

from mash_triage.chat.people.cast import Cast
from mash_triage.chat.state import Fact

_INSTEAD = re.compile(
    r"(?:not|isnt|isn't) (?P<old>[\w']+)(?:,| but| -)? (?:it'?s|its|but|is|he'?s|shes"
    r"|she's|hes)? ?(?P<new>[\w']+)|(?P<new2>\d{1,3}[a-z]?),? (?:not|no) (?P<old2>\d{1,3}[a-z]?)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"^(?:oh |no |sorry |actually )*(?P<age>\d{1,2})!? ")
_NAME = re.compile(
    r"(?:^|[.!] ?)(?i:no,? |sorry,? )*(?i:it is|it's|its|i mean|should be) (?P<name>[A-Z][a-z]+)\b"
)
_UNIT = re.compile(
    r"(?:\b(?:sorry|no|oops|correction|wait|actually|meant|mean)\b[, ]*(?:it'?s|its|it is"
    r"|that'?s|is|should be)?"
    r"|\b(?:should be|make (?:that|it)))(?: actually)? ?"
    r"(?P<unit>flat|room|rm|apartment|apt|unit|plot|pitch|caravan|number|no|house)\.? "
    r"(?P<number>\d{1,4}[a-z]?)\b(?! [A-Z][a-z]+ (?:[A-Z]|street|road|lane))",
    re.IGNORECASE,
)
OTHER_ONE = re.compile(r"no,? (?:sorry,? )?(?:he|she|it)(?:'?s)? the other one", re.IGNORECASE)

ALIKE = 60
"""From here on two names (Gary, Barry) are taken as one name put right, of 100."""


def corrected(cast: Cast, words: str) -> None:
    """Change what this turn takes back, before the turn itself is read."""
    for one in _INSTEAD.finditer(words):
        old, new = one["old"] or one["old2"], one["new"] or one["new2"]
        if old and new and old.lower() != new.lower():
            _swap(cast, old, new)
    again = _AGAIN.match(words)
    if (
        again
        and re.search(r"sorry|said|no\b|actually", words, re.IGNORECASE)
        and "not" not in words
    ):
        _age_again(cast, int(again["age"]), again["age"])
    if OTHER_ONE.search(words):
        _not_that_one(cast)
    for one in _UNIT.finditer(words):
        _unit_again(cast, one["unit"], one["number"])
    for one in _NAME.finditer(words):
        new = one["name"]
        for who in [*reversed(cast.adults()), *reversed(cast.children())]:
            known, what = cast.first_name(who), "name" if who in cast.adults() else "given_names"
            if known and known != new.lower() and fuzz.ratio(known, new.lower()) >= ALIKE:
                cast.note(what, new, new, who)
                break


def _not_that_one(cast: Cast) -> None:
    """What was last told of the wrong one of two is taken back; the turn itself says it anew."""
    told = [n for n, f in enumerate(cast.facts) if f.what == "worry" and f.turn == cast.turn - 1]
    for place in told[-1:]:
        cast.facts.pop(place)


def _swap(cast: Cast, old: str, new: str) -> None:
    for place, fact in enumerate(cast.facts):
        if old[0].isdecimal() and new[0].isdecimal():
            if (
                fact.what in {"age_years", "age_months", "attendance", "scale", "level"}
                and str(fact.value) == old
                and new.isdecimal()
            ):
                cast.facts[place] = replace(fact, value=int(new), turn=cast.turn, words=new)
            elif fact.what == "address_line" and re.match(rf"{old}\b", str(fact.value)):
                cast.facts[place] = _text(fact, old, new, cast.turn)


def _unit_again(cast: Cast, unit: str, number: str) -> None:
    """ "Sorry, it's room 9": the address said before has another number there."""
    unit = rf"{unit} " if unit.lower() not in {"number", "no", "house"} else "(?:number |no )?"
    for place, fact in enumerate(cast.facts):
        if fact.what == "address_line" and fact.turn >= cast.turn - 2:
            value, many = re.subn(
                rf"(?i)(\b{unit})\d+[a-z]?\b", rf"\g<1>{number}", str(fact.value), count=1
            )
            if many:
                cast.facts[place] = replace(fact, value=value, turn=cast.turn, words=number)


def _text(fact: Fact, old: str, new: str, turn: int) -> Fact:
    return replace(
        fact, value=re.sub(rf"\b{old}\b", new, str(fact.value), count=1), turn=turn, words=new
    )


def _age_again(cast: Cast, years: int, words: str) -> None:
    last = next((f for f in reversed(cast.facts) if f.what == "age_years"), None)
    if last is not None and last.turn >= cast.turn - 1:
        cast.note("age_years", years, words, last.who)
