"""The door for text: what no database can hold is taken out, and the reader is told."""

import re
from typing import Any

NOTE = "[a character that cannot be stored was removed here]"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]+")


def storable(text: str) -> str:
    """The same text without NUL and lone surrogates, each run of them replaced by a note."""
    return _UNSTORABLE.sub(NOTE, text)


def storable_answers(answers: Any) -> Any:
    """The same answers (dicts, lists, text) with every text made storable."""
    if isinstance(answers, str):
        return storable(answers)
    if isinstance(answers, dict):
        return {storable(str(key)): storable_answers(value) for key, value in answers.items()}
    if isinstance(answers, list | tuple):
        return [storable_answers(value) for value in answers]
    return answers


_RUNS_AS_FORMULA = re.compile("[\t\r\n]|[\\s'\"]*[=+\\-@|%\uff1d\uff0b\uff0d\uff20]")


def harmless_cell(text: str) -> str:
    """The same text for a spreadsheet; what would run there as a formula gets an apostrophe."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text
