"""Values and conditions of an edition in words, for those who compare two."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from mash_triage.thresholds import in_words
from mash_triage.thresholds.shapes import Edition, Seen, When

FLAGS = {
    "trigger": "a trigger: always section 47 and red, and nothing cancels it",
    "check_999": "check whether 999 is needed",
    "ask_manager_to_comment": "the manager says what the pattern means",
    "do_not_contact_family": "the family is not contacted first",
}


def plain_name(name: str) -> str:
    """A key as words."""
    return name.replace("_", " ")


def listed(words: Iterable[str], last: str = "and") -> str:
    """Several things as one phrase: a, b and c."""
    told = tuple(words)
    return in_words.listed(told, last) if told else "nothing"


def quoted(words: object) -> str:
    """Words of the document, marked off from ours."""
    return f"“{words}”"


def conditions_in_words(edition: Edition, when: When) -> dict[str, str]:
    """Each condition of a rule as a phrase that follows *when*, by the condition's name."""
    asked = {name: getattr(when, name) for name in type(when).model_fields}
    return {
        name: in_words.condition_words(edition, when, name) + _named_one_by_one(edition, value)
        for name, value in asked.items()
        if value not in (None, False, ())
    }


def _named_one_by_one(edition: Edition, value: Any) -> str:
    """The indicators that a condition names, which its words leave to a list."""
    if not isinstance(value, Seen) or not value.codes:
        return ""
    names = [quoted(name_in(edition, "indicator", code)) for code in value.codes]
    return f" ({listed(names, 'or')})"


# ---------------------------------------------------------------- names and values


def name_in(edition: Edition, kind: str, code: object) -> str:
    """What the document calls something; its code where the document does not know it."""
    for entry in getattr(edition, kind):
        if str(getattr(entry, "code", getattr(entry, "number", None))) == str(code):
            return str(getattr(entry, "words", None) or entry.name)
    return str(code)


NAMED_BY = {
    "domain": "domain",
    "theme": "theme",
    "themes": "theme",
    "groups": "group",
    "group": "group",
    "route": "route",
    "routes": "route",
    "rag": "rag",
    "outcomes": "outcome",
    "codes": "indicator",
    "except_codes": "indicator",
    "strengths": "strength",
    "lowers": "rule",
}
"""Fields whose values are codes, with the list in which their names stand."""


def value_in_words(edition: Edition, field: str, value: Any) -> str:
    """One value of a field as people would say it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value == ():
        return "not set"
    if isinstance(value, tuple):
        return listed(value_in_words(edition, field, each) for each in value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if field in NAMED_BY:
        return quoted(name_in(edition, NAMED_BY[field], value))
    return str(value) if isinstance(value, int) else quoted(value)
