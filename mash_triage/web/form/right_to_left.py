"""A line with Arabic or Hebrew in the order and the joined letters in which paper shows it.

A PDF lays letters from left to right as they are given and joins none of them.
"""

import unicodedata
from functools import cache

from fpdf.bidi import BidiParagraph

FORMS = ("isolated", "initial", "medial", "final")
_PRESENTED = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))  # Arabic presentation forms
_RIGHT_TO_LEFT = {"R", "AL"}


def as_laid(line: str) -> str:
    """The line as its letters are laid from left to right."""
    if not any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in line):
        return line
    return str(BidiParagraph(_joined(line)).get_reordered_string())


def _joined(line: str) -> str:
    """Each Arabic letter in the form that its neighbours ask for."""
    forms = _forms()
    letters = [n for n, sign in enumerate(line) if not unicodedata.combining(sign)]
    laid = list(line)
    for place, n in enumerate(letters):
        own = forms.get(line[n], {})
        before = line[letters[place - 1]] if place else ""
        after = line[letters[place + 1]] if place + 1 < len(letters) else ""
        joins_before = "initial" in forms.get(before, {}) and "final" in own
        joins_after = "initial" in own and "final" in forms.get(after, {})
        laid[n] = own.get(_form(joins_before, joins_after), line[n])
    return "".join(laid)


def _form(joins_before: bool, joins_after: bool) -> str:
    if joins_before:
        return "medial" if joins_after else "final"
    return "initial" if joins_after else "isolated"


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The forms of every Arabic letter, as Unicode itself lists them."""
    forms: dict[str, dict[str, str]] = {}
    for code in _PRESENTED:
        kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if kind.strip("<>") in FORMS and len(letters) == 1:
            forms.setdefault(chr(int(letters[0], 16)), {})[kind.strip("<>")] = chr(code)
    return forms
