"""Words that the reader knows: common English ones, given names, who is what to a child."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.process import extractOne

from mash_triage.matching.nicknames import other_forms

DATA = Path(__file__).parents[1] / "data"

MALE, FEMALE = "M", "F"
_ENDINGS = ("d", "ed", "ing", "er", "ers", "ly", "y", "s", "es", "'s")
KINDS: dict[str, Any] = tomllib.loads((DATA / "kinds.toml").read_text("utf-8"))


def _pattern(kind: str) -> str:
    return "|".join(KINDS[kind].split())


NUMBERS = {word: n for n, word in enumerate(KINDS["numbers"].split())}
JOBS = "|".join(re.escape(word) for word in KINDS["jobs"].split())
WORKPLACES = "|".join(KINDS["workplaces"].split())
TITLES = frozenset(KINDS["titles"].split())
STREETS: list[str] = KINDS["streets"].split()
SCHOOLS: list[str] = KINDS["schools"].split()
NOT_NAMES = frozenset(f"{KINDS['not_names']} {KINDS['languages']} {KINDS['nationalities']}".split())
LANGUAGES, NATIONALITIES = _pattern("languages"), _pattern("nationalities")
RELIGIONS = "|".join(KINDS["religions"])


@dataclass(frozen=True)
class Kin:
    """A relationship to a child, with the sex that the word says."""

    relation: str
    sex: str
    pattern: re.Pattern[str]


@cache
def common_words() -> frozenset[str]:
    """English words that are no names unless a name is asked for or said to be one."""
    return frozenset((DATA / "words.txt").read_text("utf-8").split())


@cache
def kin() -> tuple[Kin, ...]:
    """The relationships, the longer wordings first."""
    table: dict[str, Any] = tomllib.loads((DATA / "people.toml").read_text("utf-8"))
    return tuple(
        Kin(
            each["relation"],
            each["sex"],
            re.compile(rf"\b(?:{each['words']})(?:'?s)?(?![\w'])", re.IGNORECASE),
        )
        for each in table["kin"]
    )


@cache
def given_names() -> frozenset[str]:
    """First names of people in England, of whatever origin."""
    return frozenset((DATA / "given_names.txt").read_text("utf-8").split())


def is_given_name(word: str) -> bool:
    """Is this word a known given name, or a pet form of one? Of a double name, its first half."""
    low = word.lower().removesuffix("'s")
    return bool(other_forms(low)) or not given_names().isdisjoint((low, low.split("-")[0]))


SLIP = 88
"""From here on, of 100, an unknown word is a common one with a slip in it."""


@cache
def is_slip(word: str) -> bool:
    """Is this an ordinary word in another form or with a slip, rather than somebody's name?"""
    if is_given_name(word):
        return False
    words = common_words()
    if any(word.endswith(end) and word[: -len(end)] in words for end in _ENDINGS):
        return True
    alike = [each for each in _by_letter().get(word[0], ()) if len(each) > 3]
    return len(word) > 4 and bool(extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=SLIP))


@cache
def _by_letter() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(common_words()):
        found.setdefault(word[0], []).append(word)
    return found


def is_common(word: str) -> bool:
    """Is this an ordinary word, as far as a list can tell?"""
    low = word.lower().strip("'")
    bare = re.sub(r"'(?:s|d|ll|re|ve|m)$", "", low)
    plural = bare[:-1] if bare.endswith("s") and len(bare) > 3 else bare
    words = common_words()
    return low in words or bare in words or plural in words or bare in NOT_NAMES or low in NOT_NAMES


_SURNAME_BEFORE = re.compile(
    r"\b(?:sur ?names?|(?:last|family|second|2nd) names?)(?: is|'s|:| =)* $", re.IGNORECASE
)
_MYSELF = re.compile(r"(?:^|[ ,.])(?:i'?m|i am|my name'?s?(?: is)?|it'?s|its) $", re.IGNORECASE)
_NO_SURNAME = re.compile(r"same|unknown|different|changed|with|like|that|both|for", re.IGNORECASE)


def is_said_surname(sentence: str, at: int, word: str, run: list[str]) -> bool:
    """Is the ordinary word at this place, after the words of a name, a family name here: "surname
    price", "im jayden price im 12"?
    """
    if _NO_SURNAME.fullmatch(word):
        return False
    if _SURNAME_BEFORE.search(sentence[:at]):
        return True
    own = len(run) == 1 and bool(_MYSELF.search(sentence[: at - len(run[0]) - 1]))
    after = re.compile(r"$|[,.]| (?:i'?m|and|aged?|\d|but)\b", re.IGNORECASE)
    return own and is_given_name(run[0]) and bool(after.match(sentence, at + len(word)))
