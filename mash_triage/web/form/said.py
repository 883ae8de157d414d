"""One answer as people read it, or why there is none."""

from collections.abc import Mapping
from typing import Any

from mash_triage.contacts.answers import day_of
from mash_triage.web.wording import date_words

GAPS = {"not_known": "Not known", "not_asked": "Not given", "not_applicable": "Does not apply"}
Pairs = list[tuple[str, str]]


def said(answer: Any, choices: Mapping[str, str] | None = None) -> str:
    """An answer as people read it; or why there is none."""
    if isinstance(answer, Mapping):
        return GAPS[answer["missing"]] if "missing" in answer else "Not given"
    if answer is None or answer == "":
        return "Not given"
    return (choices or {}).get(str(answer), str(answer))


def day_said(answer: Any) -> str:
    """A date in full; what is no date as it was typed."""
    day = day_of(answer)
    return date_words(day) if day else said(answer)
