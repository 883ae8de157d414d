"""What somebody typed, made plain: no invisible characters, one kind of quotation mark."""

import re
import unicodedata

MOST_CHARACTERS = 20_000
"""Characters of one turn that are kept, as many as in one free-text answer."""

MOST_READ = 6_000
"""Characters of one turn from which facts are taken; the rest is kept as the worry's words."""

_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u0060": "'",
        "\u00b4": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2011": "-", "\u00a0": " ", "\u2026": "...",
        "\u2022": "*", "\u00b7": "*", "\uf0b7": "*", "\u25cf": "*", "\t": " ", "\u2028": "\n",
        "\u2029": "\n", "\r": "\n",
    }
)  # fmt: skip
_ENDS = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+|(?<=\.\.\.)\s*|\s+-\s+|;\s+")
_SHORT = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|rd|no|ave|tel|ext|mob|insp|sgt|ds|pc|ps|dc|approx|inc|eg|ie|vs|nr)"
    r"|(?<!')\b[A-Za-z]|(?:^|\n)\d{1,2})\.$",
    re.IGNORECASE,
)


def plain(typed: str) -> str:
    """The words as they are read and kept; the same words give the same again."""
    words = typed[: 2 * MOST_CHARACTERS].replace("\r\n", "\n").translate(_PLAIN)
    kept = "".join(
        one if one == "\n" or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co"} else ""
        for one in unicodedata.normalize("NFC", words)
    )
    lines = (re.sub(r" {2,}", " ", line).strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MOST_CHARACTERS]


def sentences(words: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; a line, a dash and a semicolon end one too."""
    found, start = [], 0
    for end in _ENDS.finditer(words):
        piece = words[start : end.start()]
        if "\n" not in end[0] and "-" not in end[0] and _SHORT.search(piece[-12:]):
            continue
        if "-" in end[0] and len(piece.split()) <= 2:
            continue
        found.append((start, end.start()))
        start = end.end()
    found.append((start, len(words)))
    return [(a, b) for a, b in found if words[a:b].strip(" .,!?*-")]


def folded(words: str) -> str:
    """Words compared without case, spaces and punctuation."""
    return re.sub(r"[^a-z0-9]+", " ", words.lower().replace("'", "")).strip()
