"""A file's own name: shown as text and offered when somebody saves it, never used as a path."""

import re
import unicodedata

from mash_triage.attachments.kinds import Kind

LONGEST = 120  # characters; file systems take 255 bytes
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


def shown_name(name: str, kind: Kind) -> str:
    """The name without folders, without characters that hide or turn others round, and with the
    one ending that says what the file is.
    """
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if not _is_unseen(c))
    stem = re.sub(r"\s+", " ", _NOT_IN_NAMES.sub(" ", seen)).strip()
    stem = re.sub(rf"\.({kind.value}|jpeg)$", "", stem, flags=re.IGNORECASE).strip(" .")
    return f"{stem[: LONGEST - 5].strip(' .') or 'file'}.{kind.value}"


def _is_unseen(character: str) -> bool:
    """Control, format (direction marks, zero width), surrogate, private and unassigned ones."""
    return unicodedata.category(character)[0] == "C" and character not in "\t\n"
