"""A TOML text cut into its signs, so that it can be looked at before and beside its parser.

Strings, comments and line ends are found exactly as TOML defines them; each sign is looked at once,
however odd the text is, because no part of the pattern can be tried again in another way.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

DEEPEST_NESTING = 20  # brackets and dotted parts; the shape of an edition needs 5
MOST_ENTRIES = 90_000  # signs, each counted the more the deeper it stands; shipped: about 12,000

_SIGN = re.compile(
    r"""
    \"""(?:[^"\\]++|\\.|\\\Z|"(?!""))*+(?:"{3,5}|\Z)  # a long string; unclosed, it ends the text
    | '''(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)
    | "(?:[^"\\\n]++|\\[^\n])*+"?                     # a short one; unclosed, it ends its line
    | '[^'\n]*+'?
    | [\[\]{}=,.\n]
    | \#[^\n]*+
    | [^\s\[\]{}=,."'\#]++                            # bare keys, numbers, dates, true and false
    """,
    re.VERBOSE | re.DOTALL,
)


class Sign(NamedTuple):
    """A bracket, a dot, a line end, a string with its quotes, or a bare word.

    `line` is the one it begins on, counted from 1, and `start` its place in the text, from 0.
    """

    text: str
    line: int
    start: int


def signs_of(text: str) -> Iterator[Sign]:
    """Every sign of a TOML text; comments are left out, line ends are signs outside strings."""
    line = 1
    for found in _SIGN.finditer(text):
        sign = found[0]
        if not sign.startswith("#"):
            yield Sign(sign, line, found.start())
        line += sign.count("\n")


def first_beyond_bounds(text: str) -> tuple[Sign, str] | None:
    """The first sign past the bounds on nesting and number, and what is wrong with it.

    Asked before the text is parsed: deep nesting, long dotted keys and very many entries make
    parsing slow or exhaust its stack.
    """
    outer: list[int] = []  # the depth at which each open bracket stands
    depth = entries = 0
    for sign in signs_of(text):
        if sign.text in "[{":
            outer.append(depth)
            depth += 1
        elif sign.text == ".":
            depth += 1
        elif sign.text in "]}":
            depth = outer.pop() if outer else 0
        elif sign.text in ",\n":
            depth = outer[-1] + 1 if outer else 0
        entries += 1 + depth
        if depth > DEEPEST_NESTING:
            return sign, f"is nested deeper than {DEEPEST_NESTING}"
        if entries > MOST_ENTRIES:
            return sign, "holds more entries than an edition can have"
    return None
