"""Words that people read, and the codes by which parts of an edition name each other."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

UNSEEN = {"Cc": "a control character", "Cf": "an invisible character"}
"""What a character may not be, by its Unicode category: it could hide or turn round what it says,
and no database stores NUL.
"""
SEEN_ALL_THE_SAME = frozenset("\n\u00ad\u200c\u200d")  # line end, soft hyphen, joiners in names


def _all_seen(words: str) -> str:
    for sign in words:
        unseen = UNSEEN.get(unicodedata.category(sign))
        if unseen and sign not in SEEN_ALL_THE_SAME:
            raise ValueError(f"holds {unseen} (U+{ord(sign):04X})")
    if not words.strip():
        raise ValueError("must not be empty")
    return words


def _is_code(code: str) -> str:
    if re.fullmatch(r"[a-z][a-z0-9_]*", code):
        return code
    words = "must be a code: small letters, digits and underscores"
    look_alike = next((sign for sign in code if not sign.isascii()), None)
    if look_alike is not None:  # a letter of another script, say, that looks the same
        words += f", not {look_alike!r} (U+{ord(look_alike):04X})"
    raise ValueError(words)


Code = Annotated[str, AfterValidator(_is_code), Field(max_length=60)]
"""A code; it is for ever."""

Words = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_all_seen)]
"""Some words, but not too many, and nothing in them that cannot be seen."""
