"""The values of a part by their path, and what may be chosen for each."""

from typing import Any, get_args

from mash_triage.editions.draft_text import Tables, Values, code_of, entries
from mash_triage.editions.in_words import plain_name
from mash_triage.thresholds.clock_times import WEEK
from mash_triage.thresholds.facts import HelpBefore
from mash_triage.thresholds.in_words import ANSWERS, MARKS
from mash_triage.thresholds.routes import Outcome, Rag, Route
from mash_triage.thresholds.shapes import AskedFact, Mark

FIXED: dict[str, dict[Any, str]] = {
    "mark": {each: MARKS.get(each, plain_name(each)) for each in get_args(Mark)},
    "asked": {each: ANSWERS.get(each, plain_name(each)) for each in get_args(AskedFact)},
    "week": {day: day.capitalize() for day in WEEK},
    "help": {each.value: plain_name(each.value).capitalize() for each in HelpBefore},
    "all rag": {each.value: each.value for each in Rag},
    "all route": {each.value: each.value for each in Route},
    "all outcome": {each.value: each.value for each in Outcome},
}
"""Choices that no edition can change."""


def choices(tables: Tables, of: str) -> dict[Any, str]:
    """What may be chosen, with the words of each: fixed, or the entries of a list of the draft."""
    if of in FIXED:
        return FIXED[of]
    if of == "level":
        levels = [each for each in entries(tables, "level") if isinstance(each.get("number"), int)]
        return {each["number"]: _level(each) for each in levels}
    return {code_of(of, each): _words(of, each) for each in entries(tables, of)}


def _level(entry: Values) -> str:
    return f"Level {entry.get('number')}: {entry.get('name', '')}"


def _words(of: str, entry: Values) -> str:
    words = str(entry.get("words") or code_of(of, entry))
    level = entry.get("level")
    return f"{words} (level {level})" if of == "indicator" and level else words


def value_at(values: Values, path: str) -> Any:
    """What stands at a path of a part; None when nothing does."""
    here: Any = values
    for step in path.split("."):
        if isinstance(here, list) and step.isdecimal() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, dict) and step in here:
            here = here[step]
        else:
            return None
    return here


def with_value(values: Any, path: str, value: Any) -> dict[str, Any]:
    """The part with another value at a path; None takes it out, and a table left empty too."""
    step, _, rest = path.partition(".")
    whole = dict(values) if isinstance(values, dict) else {}
    if isinstance(whole.get(step), list) and rest:
        number, _, inner = rest.partition(".")
        listed = list(whole[step])
        listed[int(number)] = with_value(listed[int(number)], inner, value)
        return {**whole, step: listed}
    new = with_value(whole.get(step, {}), rest, value) if rest else value
    if new is None or (rest and new == {}):
        whole.pop(step, None)
        return whole
    return {**whole, step: new}
