"""The question that would find out one answer, in words to be asked as they stand."""

from typing import Any

from mash_triage.thresholds.facts import days_at_age
from mash_triage.thresholds.routes import Answer
from mash_triage.thresholds.shapes import Edition
from mash_triage.thresholds.what_if import Possible

MOST_NAMED = 4  # of indicators that are alike; the rest are counted

YES = {
    "non_mobile": "Is the child unable to move independently?",
    "disabled": "Is the child disabled?",
    "cannot_tell": "Has the child no way of telling what happens to them?",
    "in_danger_now": "Is somebody in danger now?",
}
NO = {
    "non_mobile": "Can the child move independently?",
    "disabled": "Is it certain that the child is not disabled?",
    "cannot_tell": "Can the child tell what happens to them?",
    "in_danger_now": "Is it certain that nobody is in danger now?",
}
LEGAL = "Is the child under police protection or an emergency protection order?"
HELP = {
    "early_help": "Is there, or was there, early help for the family?",
    "child_in_need": "Is there, or was there, a child in need plan?",
    "child_protection": "Is there, or was there, a child protection plan?",
    "looked_after": "Is the child looked after, or were they before?",
}
NO_HELP = "Is it certain that there was no early help, plan or care before?"
COUNTS = {"repeat_3_months": "three", "repeat_12_months": "twelve"}


def question_for(
    edition: Edition, possible: Possible, codes: tuple[str, ...], how_many: int
) -> str:
    """The question for an answer that would change something; `codes` in the order to be named."""
    if possible.kind == "fact":
        return _of_fact(possible.fact, possible.value)
    if possible.kind == "strength":
        words = edition.words_of("strength", codes[0])
        lead = "Is there evidence of this" if possible.is_so else "Is it certain"
        return f"{lead}: {words}?"
    names = "; ".join(edition.indicator_of(code).words for code in codes[:MOST_NAMED])
    if not possible.is_so:
        return f"Is it certain: {names}?"
    if len(codes) == 1:
        return f"Is this so: {names}?"
    more = f"; or one of {len(codes) - MOST_NAMED} more" if len(codes) > MOST_NAMED else ""
    number = {1: "any one", 2: "any two", 3: "any three"}[how_many]
    return f"Is {number} of these so: {names}{more}?"


def _of_fact(fact: str, value: Any) -> str:
    if fact == "age_days":
        return _of_age(value)
    if fact in COUNTS:
        return (
            f"Were there at least {value} earlier contacts in {COUNTS[fact]} months, "
            "of the child or the household?"
        )
    if fact == "help_before":
        return HELP[value[0]] if value else NO_HELP
    if fact == "police_protection":
        return LEGAL
    return (NO if value is Answer.NO else YES)[fact]


def _of_age(age_days: int) -> str:
    """The last day under a birthday asks whether the child is younger, the day itself the other."""
    for years in range(1, 19):
        if age_days == days_at_age(years) - 1:
            return f"Is the child under {years}?"
        if age_days == days_at_age(years):
            return f"Is the child {years} or older?"
    raise ValueError(age_days)
