"""Names, addresses and birth dates in the form in which two records can be compared.

What is stored about a child in this form carries `NORMALISER_VERSION`: whoever changes a rule in
this file raises it, so that older stored forms are known and made anew.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from mash_triage.people.identifiers import tidy_postcode

NORMALISER_VERSION = 2

# ---------------------------------------------------------------- names

_LETTERS_UNLIKE_THEIR_BASE = str.maketrans(
    {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e"}
)
# Accents and vowel signs, and the joiners and direction marks that right-to-left names bring.
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
_APOSTROPHES = re.compile("['’‘`´ʼʻʹ]")
_WORDS = re.compile(r"[^\W\d_]+")

PARTICLES = frozenset({
    "al", "el", "ul", "ud", "bin", "bint", "ibn", "de", "da", "do", "dos", "del", "della", "di",
    "du", "van", "von", "der", "den", "ter", "la", "le",
})  # fmt: skip
# Marks that other systems leave in a name field; each is removed wherever it stands.
_DEBRIS = re.compile(
    r"\b(?:duplicate|dup|do[\W_]+not[\W_]+use|mig[\W_]+error|no[\W_]+show|test|deleted"
    r"|not[\W_]+known|unknown|unnamed|n/a|nk|tbc|tba)(?![^\W_])"
)
_PLACEHOLDERS = frozenset({
    "unborn", "baby", "bump", "newborn", "infant", "foetus", "fetus", "twin",
})  # fmt: skip
_SAID_BESIDE_A_PLACEHOLDER = frozenset({
    "boy", "girl", "male", "female", "child", "one", "two", "i", "ii", "a", "b",
})  # fmt: skip


MOST_TOKENS = 8


def fold(text: str) -> str:
    """Text in lower case without accents, apostrophes and invisible marks, in any script."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(c for c in plain if unicodedata.category(c) not in _MARKS)
        plain = plain.translate(_LETTERS_UNLIKE_THEIR_BASE)
    return _APOSTROPHES.sub("", plain)


@lru_cache(maxsize=1 << 16)
def name_tokens(text: str) -> tuple[str, ...]:
    """The words of a name that tell one person from another: no particles, no debris.

    A name made of particles alone (Le, Do) keeps them. Only the first eight count, so that a
    pasted page cannot make thousands of keys.
    """
    words = tuple(_WORDS.findall(_DEBRIS.sub(" ", fold(text).replace("_", " "))))
    return (tuple(word for word in words if word not in PARTICLES) or words)[:MOST_TOKENS]


@lru_cache(maxsize=1 << 16)
def given_tokens(text: str) -> tuple[str, ...]:
    """The words of a given name; none for "Unborn", "Baby boy", "Baby of Sarah" or "Twin 2"."""
    words = name_tokens(text)
    if _PLACEHOLDERS.isdisjoint(words):
        return words
    if "of" in words:
        words = words[: words.index("of")]
    spoken = _PLACEHOLDERS | _SAID_BESIDE_A_PLACEHOLDER
    return tuple(word for word in words if word not in spoken)


_SOUNDS = (
    ("sch", "s"), ("sh", "s"), ("sz", "s"), ("ph", "f"), ("kh", "k"), ("gh", "g"), ("th", "t"),
    ("dh", "d"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("z", "s"),
)  # fmt: skip
_SOFT_C = re.compile("c(?=[eiy])")
_VOWELS = frozenset("aeiou")
_SILENT = re.compile("[aeiouyh]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of one folded word, so that spellings of a sound come out alike.

    Muhammad, Mohammed and Mohamed are all "md"; Khan and Can "kn"; Zainab and Sainab "snb". Our
    own rule, made for the name communities of English registers: Soundex keeps the first letter
    and splits the last two pairs.
    """
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    word = _SOFT_C.sub("s", word).replace("c", "k")
    first = "A" if word[:1] in _VOWELS else word[:1]
    return _DOUBLED.sub(r"\1", first + _SILENT.sub("", word[1:]))


# ---------------------------------------------------------------- addresses


class Place(NamedTuple):
    """One address taken apart. Each part is empty when it was not given.

    `line` and `postcode` together are what was written; `house` is the number of the building,
    `flat` the number within it, and `street` the skeleton of the street's first two words.
    """

    line: str
    postcode: str
    house: str
    flat: str
    street: str
    current: bool

    @property
    def sector(self) -> str:
        """The postcode without its last two letters: some 3,000 addresses."""
        return self.postcode[:-2]

    @property
    def area(self) -> str:
        """The outward half of the postcode."""
        return self.postcode[:-3]


# "No fixed abode" and the pseudo-postcodes of the Office for National Statistics find nobody.
_NOWHERE = re.compile("NF11NF|NF11FA|ZZ99.*")
_FLAT = re.compile(r"\b(?:flat|apartment|apt|unit|room)\s*(?:no\.?\s*)?([0-9]+[a-z]?|[a-z])\b")
_HOUSE = re.compile(r"\b([0-9]+)\s*([a-z])?\b")
_STREET_WORDS = {
    "rd": "road", "st": "street", "ln": "lane", "ave": "avenue", "av": "avenue", "dr": "drive",
    "cl": "close", "cres": "crescent", "gdns": "gardens", "ct": "court", "gr": "grove",
    "pl": "place", "tce": "terrace", "terr": "terrace", "sq": "square",
}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def place(line: str, postcode: str, *, current: bool = True) -> Place:
    """An address taken apart for comparing; `line` and `postcode` as they were written."""
    tidy = tidy_postcode(postcode) or ""
    if _NOWHERE.fullmatch(tidy):
        tidy = ""
    rest = fold(line)
    flat = _FLAT.search(rest)
    if flat:
        rest = rest[: flat.start()] + " " + rest[flat.end() :]
    house = _HOUSE.search(rest)
    street = rest[house.end() :] if house else rest
    return Place(
        line=line.strip(),
        postcode=tidy,
        house=house[1] + (house[2] or "") if house else "",
        flat=flat[1] if flat else "",
        street=_street_skeleton(street),
        current=current,
    )


def _street_skeleton(text: str) -> str:
    words = _WORDS.findall(text)[:2]
    full = words[:1] + [_STREET_WORDS.get(word, word) for word in words[1:]]
    return " ".join(skeleton(word) for word in full)


# ---------------------------------------------------------------- birth dates


class DobQuality(StrEnum):
    """How far a birth date can be leant on."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    PLACEHOLDER = "placeholder"
    UNKNOWN = "unknown"
    EXPECTED = "expected"


# Dates that systems and offices put where none is known; a place may add its own.
PLACEHOLDER_DATES = frozenset({date(1900, 1, 1), date(1901, 1, 1), date(1970, 1, 1)})


def dob_quality(
    dob: date | None, stated: str | None = None, *, expected_date: date | None = None
) -> DobQuality:
    """The quality of a birth date: what was stated, unless the facts say less."""
    if dob is None:
        return DobQuality.EXPECTED if expected_date else DobQuality.UNKNOWN
    if dob in PLACEHOLDER_DATES:
        return DobQuality.PLACEHOLDER
    return DobQuality(stated) if stated in _STATED_OF_A_DATE else DobQuality.EXACT


_STATED_OF_A_DATE = (DobQuality.ESTIMATED, DobQuality.PLACEHOLDER, DobQuality.EXACT)
