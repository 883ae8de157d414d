"""Plain text: words and line breaks only, kept as UTF-8."""

import codecs
import re

from mash_triage.errors import NotReady

NOT_TEXT = "This file is not plain text, whatever its name says. Save it as a PDF and attach that."
_NOT_WORDS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def clean_text(content: bytes) -> bytes:
    """The text as UTF-8. Raises NotReady for anything else that has been called text."""
    text = _read(content)
    if _NOT_WORDS.search(text):
        raise NotReady(NOT_TEXT)
    return text.encode("utf-8")


def _read(content: bytes) -> str:
    """UTF-8, UTF-16 where it says so, or what Windows writes."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for way in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(way)
        except UnicodeDecodeError:
            continue
    raise NotReady(NOT_TEXT)
