"""What is wrong with an answer, in the words of the form; what was typed is never repeated."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

TOO_EARLY = "Enter a date from the year 1900 on"
IN_THE_FUTURE = "This date is in the future. Enter a date up to today"
NOT_BORN_YET = "This date is in the future. For a child not born yet, choose unborn"
MONTHS_AND_YEARS = "The age in months and the age in years do not agree"
SOME_NAME = "Enter a given name or a family name, or describe the child"
LATER_THAN_NOW = "This is later than now. Enter when it reached us"
WHEN_IT_CAME = "Say on which day and at what time this reached us"
FAR_OFF = "Check the expected date: it is too far from today"

_WORDS = {
    "string_too_long": "Shorten this to {max_length:,} characters or fewer",
    "missing": "Answer this question",
    "string_too_short": "Answer this question",
    "too_long": "That is more than one contact can hold; send the rest in a second contact",
    "too_short": "Add at least one child",
    "date_from_datetime_parsing": "Enter a real date",
    "date_parsing": "Enter a real date",
    "date_type": "Enter a date",
    "datetime_parsing": "Enter a real day and time",
    "datetime_from_date_parsing": "Enter a real day and time",
    "timezone_aware": "Enter a real day and time",
    "int_type": "Enter a whole number",
    "literal_error": "Choose one of the answers",
    "enum": "Choose one of the answers",
    "int_parsing": "Enter a whole number",
    "greater_than_equal": "Enter a number that is not below the lowest possible",
    "less_than_equal": "Enter a smaller number",
    "extra_forbidden": "This answer does not belong here",
    "union_tag_not_found": "Say how old the child is, or that the child is not born yet",
}


def problems_in(wrong: ValidationError) -> dict[str, str]:
    """What to do about each answer: `{field path: words}`. Paths read `children[0].sex`."""
    problems: dict[str, str] = {}
    for error in wrong.errors(include_input=False, include_url=False):
        problems.setdefault(path_of(error["loc"]), words_for(error))
    return fields_only(problems)


def words_for(error: Mapping[str, Any]) -> str:
    """What to do about one error of pydantic, in the words of the form."""
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    words = _WORDS.get(error["type"], "Answer this question")
    return words.format(**error.get("ctx", {}))


def fields_only(problems: Mapping[str, str]) -> dict[str, str]:
    """The same problems, each only once: not of a part when one of its own fields is named."""
    return {path: words for path, words in problems.items() if not _is_parent(path, problems)}


def _is_parent(path: str, problems: Mapping[str, str]) -> bool:
    return any(other.startswith((f"{path}.", f"{path}[")) for other in problems)


_UNION_STEPS = frozenset({"born", "age", "unborn", "Missing", "date", "constrained-str"})


def path_of(loc: tuple[int | str, ...]) -> str:
    """A field's path in words: `("children", 0, "sex")` is `children[0].sex`."""
    path = ""
    for position, step in enumerate(loc):
        if isinstance(step, int):
            path += f"[{step}]"
        elif position and _is_union_step(str(step), path):
            continue
        else:
            path += f".{step}" if path else step
    return path


def _is_union_step(step: str, path: str) -> bool:
    """Pydantic names the branch of a union that it tried; no reader needs it."""
    if step == "age":
        return path.endswith(".age")
    return (
        step in _UNION_STEPS
        or not step.isidentifier()
        or step[0].isupper()
        or (step in {"missing"})
    )
