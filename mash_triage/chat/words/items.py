"""A sentence taken apart: marks, relationships, names and pronouns, and the sentence with tags.

A rule reads the tagged sentence: `<k0> is <n1>` is "mum is Becky". The letters are those of
`LETTERS`; the number is the place in `items`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spacy.lang.en.stop_words import STOP_WORDS

from mash_triage.chat.words.marks import Mark
from mash_triage.chat.words.school_names import schools_in
from mash_triage.chat.words.signature import Signature, signature_in
from mash_triage.chat.words.vocabulary import (
    FEMALE,
    MALE,
    NOT_NAMES,
    SCHOOLS,
    TITLES,
    is_common,
    is_given_name,
    is_said_surname,
    is_slip,
    kin,
)

LETTERS = {
    "quote": "q", "email": "e", "nhs": "h", "upn": "u", "postcode": "c", "reference": "r",
    "date": "d", "phone": "p", "address": "x", "percent": "t", "year": "y", "weeks": "w",
    "age": "a", "kin": "k", "name": "n", "org": "o", "staff": "m", "pronoun": "z", "young": "b",
    "grown": "g",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*[A-Za-z]|[A-Za-z]")
_PRONOUNS = re.compile(
    r"\b(?P<he>he|him|his)(?P<is>'?s)?\b|\b(?P<she>she|her)(?P<is2>'?s)?\b"
    r"|\b(?P<they>they|them|their)(?P<are>'?re)?\b|\b(?P<i>i|me|my)(?P<am>'?m)?\b",
    re.IGNORECASE,
)
_YOUNG = (
    (MALE, r"(?:little |older |younger |eldest |youngest |our |the )?(?:baby boy|boy|lad|son"
        r"|grand ?son|nephew|little lad)"),
    (FEMALE, r"(?:little |older |younger |eldest |youngest |our |the )?(?:baby girl|girl|lass"
        r"|daughter|grand ?d?aughter|niece|little girl)"),
    ("", r"older child|younger child|little one|small one|unborn baby|unborn|baby|bump"
        r"|toddler|newborn|infant"),
)  # fmt: skip
_GROWN = (
    (MALE, r"man|bloke|fella|fellow|guy|chap"),
    (FEMALE, r"woman|lady"),
    ("", r"tenants?|client|occupant|householder|the (?:suspect|perp|offender|victim)|dp|ip"),
)  # fmt: skip
_ORG = re.compile(
    r"\b(?:(?:[A-Z][\w'.-]*|of|the|CE|RC) ){0,5}?(?:"
    + "|".join(s.title() for s in SCHOOLS)
    + r")(?: (?:School|Academy|College|Nursery|Primary|Federation|Sixth Form))?\b"
    r"|\bSt\.? [A-Z][a-z]+(?:'s)?(?: (?:school|primary|sixth form|academy|college"
    r"|hospital|nursery|CE|RC|Junior|Infants?))*"
    r"|\b[A-Z][a-z]+ nursery\b|\b(?:[A-Z][\w'-]+ ){1,3}(?:Fed|Federation|Surgery"
    r"|Hospital|Centre|Clinic|Council|School|Trust|Team|NPT)\b"
)
_CUE_BEFORE = re.compile(
    r"(?:called|named|name is|names|name's|surname|surname is|calls? (?:him|her|it"
    r"|<z\d+>)(?:self)?"
    r"|calls?|goes by|<z\d+> (?:name|names)|nickname(?: is)?"
    r"|<k\d+>(?: is|'s|s| are| was)?|<b\d+>(?: is| are)?|<g\d+>(?: is| are)?|<z\d+> is|kids are|"
    r"children are|baby|about|on paper its|known as|its|it's|this is|dob for"
    r"|(?:young person|patient|pt|client|tenant|pupil|student)(?: is)?"
    r"|(?:eldest|oldest|biggest|youngest|littlest|smallest|middle|older|younger|big|small)"
    r"(?: one)?(?: is|,)|<k\d+>,? <[az]?\d+>)[ ,:=-]*$"
)
_KIN_BEFORE = re.compile(r"<[kg]\d+>(?: is|'s|s| name is| names?|,| =|:)* $")
_AND_NAME = re.compile(r"<n\d+>(?: \d{1,2})?(?:,| and| &| n)+ $")
_SMALL = frozenset({"little", "baby", "small", "young", "big", "old"})
_CUE_AFTER = re.compile(
    r"^(?:'s)?,?(?: is| was| dob| b\.?| born| aged)* ?\(?(?:<[awydb]\d+>|\d{1,2}(?!\d"
    r"|[:%/]|\.\d|-\d|st|nd|rd|th| ?(?:mins|minutes|am|pm|times|miles|boys|girls|kids"
    r"|children)))|^ and [a-z]+ (?:\d{1,2}\b|<z\d+> is \d)|^ <z\d+> is (?:\d|<a)"
    r"|^ is (?:not )?(?:<z\d+> )?<k\d+>|^ is (?:smashing|hitting|hurting|the one"
    r"|called)|^,? (?:dob|surname)\b|^[,.] <z\d+> is|^,? <k\d+>|^, [mf]\b|^ is <z\d+> <k\d+>"
)


@dataclass(frozen=True)
class Item:
    """One thing in a sentence, with its place in the whole turn and what it means."""

    kind: str
    start: int
    end: int
    value: Any
    words: str


@dataclass(frozen=True)
class Sentence:
    """A sentence in a turn, its items, and the same with tags in place of the items."""

    start: int
    end: int
    words: str
    items: tuple[Item, ...]
    tagged: str
    signature: Signature | None = None

    def at(self, number: str | int) -> Item:
        """The item of a tag."""
        return self.items[int(number)]


def taken_apart(
    turn: str, place: tuple[int, int], marks: Iterable[Mark], known: frozenset[str], *, bare: bool
) -> Sentence:
    """A sentence with its items; `known` are the names of the talk, folded. `bare`: a few words
    alone, in which an unknown word is a name.
    """
    start, end = place
    found = [
        Item(m.kind, m.start, m.end, m.value, m.words)
        for m in marks
        if m.start >= start and m.end <= end
    ]
    words = turn[start:end]

    def free(a: int, b: int) -> bool:
        return all(b <= one.start or one.end <= a for one in found)

    def add(kind: str, a: int, b: int, value: Any) -> None:
        if free(a, b):
            found.append(Item(kind, a, b, value, turn[a:b]))

    for a, b in schools_in(words):
        add("org", start + a, start + b, words[a:b])
    for one in _ORG.finditer(words):
        add("org", start + one.start(), start + one.end(), one[0])
    for relation in kin():
        for one in relation.pattern.finditer(words):
            add("kin", start + one.start(), start + one.end(), relation)
    for sex, pattern in _YOUNG:
        for one in re.finditer(rf"\b(?:{pattern})(?:'s)?\b", words, re.IGNORECASE):
            add("young", start + one.start(), start + one.end(), sex)
    for sex, pattern in _GROWN:
        for one in re.finditer(rf"\b(?:{pattern})\b(?!')", words, re.IGNORECASE):
            add("grown", start + one.start(), start + one.end(), sex)
    for one in _PRONOUNS.finditer(words):
        who = next(name for name in ("he", "she", "they", "i") if one[name])
        add("pronoun", start + one.start(), start + one.end(), who)
    _names(turn, place, found, known, bare=bare)
    items = tuple(sorted(found, key=lambda item: item.start))
    signature = signature_in(words, turn[end : end + 120], opening=not known)
    return Sentence(start, end, words, items, _tagged(turn, place, items), signature)


def _tagged(turn: str, place: tuple[int, int], items: tuple[Item, ...]) -> str:
    pieces, at = [], place[0]
    for number, item in enumerate(items):
        pieces += [turn[at : item.start].lower(), f"<{LETTERS[item.kind]}{number}>"]
        if is_shortened(item):
            pieces.append(" is")
        at = item.end
    return "".join((*pieces, turn[at : place[1]].lower()))


def is_shortened(item: Item) -> bool:
    """A pronoun with its verb in one: "she's", "im", "theyre"; its tag is followed by "is"."""
    short = re.search(r"(?i)\b(?:he|she|i)'?[sm]$|they'?re$", item.words)
    return item.kind == "pronoun" and bool(short) and item.words.lower() not in {"his", "him"}


# ---------------------------------------------------------------- names


def _names(
    turn: str, place: tuple[int, int], found: list[Item], known: frozenset[str], *, bare: bool
) -> None:
    words = turn[place[0] : place[1]]
    shouted = len(re.findall(r"[A-Z]", words)) > 4 and not re.search(r"[a-z]{3}", words)
    run: list[tuple[int, int, str]] = []

    def close() -> None:
        if run:
            kind = "staff" if run[0][2].lower().strip(".") in TITLES else "name"
            a, b = run[0][0], run[-1][1]
            if kind == "name" or len(run) > 1:
                found.append(Item(kind, a, b, turn[a:b].removesuffix("'s").strip("'-"), turn[a:b]))
            run.clear()

    for one in _WORD.finditer(words):
        a, b, word = place[0] + one.start(), place[0] + one.end(), one[0]
        if any(a < item.end and item.start < b for item in found):
            close()
            continue
        if run and (turn[run[-1][1] : a] not in {" ", ". "} or run[-1][2].endswith("'s")):
            close()
        if len(run) < 4 and _is_name(turn, place, (a, b, word), run, found, known, shouted, bare):
            run.append((a, b, word))
        else:
            close()
    close()


def _is_name(
    turn: str, place: tuple[int, int], at: tuple[int, int, str], run: list[tuple[int, int, str]],
    found: list[Item], known: frozenset[str], shouted: bool, bare: bool,
) -> bool:  # fmt: skip
    start, end, word = at
    low = word.lower().removesuffix("'s")
    if low in known or (low.endswith("s") and low[:-1] in known and len(low) > 3):
        return True
    if low in TITLES:
        return not run and bool(re.match(r"\.? [A-Z]", turn[end : end + 3]))
    if (
        len(word) == 1
        and word.isupper()
        and word != "I"
        and re.match(r"\.? (?:said|told|says|in |is )", turn[end : end + 7])
    ):
        return any(name.startswith(low) for name in known)
    if len(word) < 2:
        return bool(run) and run[0][2].lower() in TITLES and word.isupper()
    capital = word[0].isupper() and not shouted
    common = is_common(word)
    if capital and not common:
        return not (word.isupper() and len(word) <= 3 and not run)
    if low in STOP_WORDS or (low in NOT_NAMES and not (run and capital)):
        return False
    if common and is_said_surname(
        turn[place[0] : place[1]], start - place[0], word, [r[2] for r in run]
    ):
        return True
    if run and (run[0][2][0].islower() or shouted) and (not common or shouted & is_given_name(low)):
        return not is_slip(low)
    if capital and run and run[0][2][0].isupper():
        return True
    earlier = tuple(sorted((i for i in found if i.end <= start), key=lambda i: i.start))
    past = end if common else _end_of_name(turn, end, place[1])
    later = tuple(sorted((i for i in found if i.start >= past), key=lambda i: i.start))
    before = _tagged(turn, (place[0], start), earlier)
    after = _tagged(turn, (past, place[1]), later)
    cued = bool(_CUE_BEFORE.search(before)) or bool(_CUE_AFTER.match(after))
    if capital and is_given_name(low) and re.match(r",? (?:and )?[A-Z][a-z]", turn[end : end + 8]):
        return True
    whole_name = re.match(r"$|[,.)]", after) or _end_of_name(turn, end, place[1]) > end
    listed = re.match(r"$|[,.)]", after) and _AND_NAME.search(before) and low not in _SMALL
    if common and is_given_name(low) and ((whole_name and _KIN_BEFORE.search(before)) or listed):
        return True
    if (
        capital
        and cued
        and (is_given_name(low) or not _starts(place, start) or after.startswith(" (<"))
    ):
        return True
    if not common:
        if is_given_name(low) and len(low) > 3:
            return True
        return (cued or bare or shouted) and (capital or not is_slip(low))
    return is_given_name(low) and bool(re.search(r"(?:called|name is|names|named)[ :]*$", before))


def _end_of_name(turn: str, end: int, stop: int) -> int:
    """Where a name that goes on in further unknown words ends: "tilley" of "bronagh tilley"."""
    while one := re.compile(r" ([A-Za-z][A-Za-z'-]+)").match(turn, end, stop):
        if is_common(one[1]) or one[1].lower() in STOP_WORDS:
            break
        end = one.end()
    return end


def _starts(place: tuple[int, int], start: int) -> bool:
    return start - place[0] < 2
