"""Addresses as they are typed: flat, building, street and place, in parts that stand together.

A part alone may be any words; parts make an address by a number with a street, by two parts that
go on in one another, by the postcode after them, or by the words that lead to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mash_triage.chat.words.vocabulary import STREETS

POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
_TYPE = "(?:" + "|".join(sorted(STREETS, key=len, reverse=True)) + r")\b\.?"
_ORDINARY = (
    r"(?!(?:a|about|above|address|addr|after|ago|all|also|am|an|and|any|are|as|at|baby|be|because|been"
    r"|before|below|between|both|boys?|but|by|came|child|children|cos|dad|days?|did|do|dont|down|flat"
    r"|for|from|gave|girls?|go|goes|going|gone|got|had|has|have|he|her|here|hers|hes|his|home|hours?"
    r"|hrs|i|if|im|in|is|it|its|just|kids?|kicked|later|left|live|lived|lives|living|locked|lot|may"
    r"|mine|mins?|minutes?|months?|moved|mths|mum|mums|my|named|near|new|next|nights?|no|not|nr"
    r"|number|of|off|old|on|only|opposite|or|our|out|over|people|per|pm|previous|same|school|she"
    r"|shes|since|sister|brother|so|staff|staying|still|stitches|stops?|than|that|thats|the|their"
    r"|them|then|there|theres|they|theyre|think|this|times?|to|today|tonight|twice|two|until|up|was"
    r"|we|weeks?|went|were|where|while|who|with|wks?|x|year|years|yr|yrs|you|own|sorry"
    r"|postcode|done|other|others|block|wash|actually|think|called|name|first|second|third)\b)"
)
_WORD = rf"{_ORDINARY}[a-z][a-z'-]*"
_OLD_WORD = rf"(?:(?:old|new|upper|lower|st\.?) )?{_WORD}"
_NUMBER = (
    r"(?<![\w/.:£#-])(?:(?:no|number|num)\.? ?)?\d{1,4}(?: ?[a-h]\b|[a-z]\b"
    r"|[-/]\d{1,3}[a-z]?\b)?(?![\d/%:])"
)
_FLOOR = (
    r"(?:(?:top|upper|lower|garden|attic|rear|back|front|upstairs|downstairs|basement|(?:ground|first"
    r"|second|third|top|1st|2nd|3rd|[4-9]th|\d\dth)[ -]floor),? )"
)
_KIND = (
    r"(?:flat|flt|apartment|appartment|apt|appt|room|rm|unit|plot|pitch|berth|mooring|caravan|chalet"
    r"|cabin|studio|bedsit|block|annex|annexe|maisonette)"
)
_UNIT = (
    rf"(?<![\w-]){_FLOOR}?{_KIND}(?: (?:no|number|num)\.?)? ?(?:\d{{1,3}}(?:/\d|[a-z])?\b"
    rf"|[a-h]\b)(?! ?(?:year"
    rf"|yr|am|pm|of|weeks))|(?<![\w-]){_FLOOR}{_KIND}\b"
    r"|(?<![\w-])(?:narrow ?boat|house ?boat|nb|boat)(?: called)? (?-i:[A-Z][a-z']+)\b"
)
_HOUSE = (
    r"(?:cottages?|house|hse|lodge|farm|farmhouse|barn|forge|villa|hall|mill|mills|maltings|vicarage"
    r"|rectory|bungalow|stables|smithy|croft|court|point|tower|towers|mews|heights|buildings"
    r"|mansions|lofts?|wharf|granary|gatehouse|annexe|grange|manor|priory|chapel|school ?house"
    r"|hostel|hotel"
    r"|inn|marina|caravan park|(?:caravan|travellers?|traveller'?s|mobile home) site"
    r"|holiday park|park)"
)
_BUILDING = (
    rf"(?<![\w'-])(?:(?:the )?(?:old |(?:{_OLD_WORD} ){{1,2}}?){_HOUSE}\b(?: (?:cottages?|flats"
    rf"|hostel|hotel|farm)\b)?"
    rf"|the (?:{_HOUSE})\b|the old {_WORD}"
    rf"|the (?-i:[A-Z][a-z'-]+)(?: (?-i:[A-Z][a-z'-]+))?)(?:,? (?:no"
    rf"|number)\.? ?\d{{1,3}}[a-z]?\b)?"
)
_STREET = (
    rf"(?<![\w'-])(?:the )?(?:{_OLD_WORD} ){{1,2}}?{_TYPE}(?: {_TYPE})?(?: (?:north|south|east"
    rf"|west)\b)?"
)
_NUMBERED = (
    rf"{_NUMBER},? (?:the )?(?:{_OLD_WORD} ){{1,3}}?{_TYPE}(?: {_TYPE})?(?: (?:north|south|east"
    rf"|west)\b)?"
    rf"|(?:{_OLD_WORD} ){{1,2}}?{_TYPE},? (?:at )?(?:number|num|no)\.? ?\d{{1,4}}[a-z]?\b"
    rf"|{_NUMBER},? (?:the {_WORD}|(?:ropewalk|broadway|parade|riverside|quayside|promenade"
    rf"|esplanade))\b"
)
_LOOSE = rf"{_NUMBER},? (?:the )?(?:{_OLD_WORD} ?\b){{1,2}}"
_NEAR = rf"(?:nr|near)\.? (?:{_WORD} ?\b){{1,2}}"
_TOWN = rf"(?:{_WORD} ?\b){{1,2}}"
_PARTS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("unit", _UNIT),
        ("numbered", _NUMBERED),
        ("street", _STREET),
        ("building", _BUILDING),
        ("near", _NEAR),
        ("loose", _LOOSE),
        ("town", _TOWN),
    )
)
_BETWEEN = re.compile(r" ?,? ?")
_SHORTENED = re.compile(r"\b(?:st|rd|ln|cl|dr|ct|av|ave|pl|sq|gdns|terr|cres)\.$", re.IGNORECASE)
_BEGINS = re.compile(r"(?<![\w'/.£-])\w", re.IGNORECASE)
_POSTCODE_NEXT = re.compile(rf"[ ,.(]*(?:postcode |pc )?{POSTCODE}", re.IGNORECASE)
_LED = re.compile(
    r"(?:\b(?:at|address(?: is|:)?|addr(?: is|:)?|home(?: is|:)|lives?(?: at| in)?|living(?: at"
    r"| in)|stay(?:s|ing)? at"
    r"|is|its|it's|of|moved to|property(?: is|:)?|staying at|placed at|resides at|c/o)|^|\n"
    r"|: ?)[ ,]*$",
    re.IGNORECASE,
)
_NO_HOME = re.compile(
    r"\b(?:pc|ps|dc|ds|sgt|wpc|pcso|officer|collar(?: no)?|badge(?: no)?|ext|ref|year|yr|aged?"
    r"|class)\.? ?$",
    re.IGNORECASE,
)
_MOST_PARTS = 4


@dataclass(frozen=True)
class Place:
    """An address in the words, from where to where."""

    start: int
    end: int


def addresses_in(words: str) -> Iterator[Place]:
    """Every address in these words, one after another."""
    at = 0
    while begins := _BEGINS.search(words, at):
        place = _address_at(words, begins.start())
        if place is not None:
            yield place
        at = place.end if place is not None else begins.end()


def _address_at(words: str, start: int) -> Place | None:
    """The longest row of parts from here on that makes an address."""
    if _NO_HOME.search(words[max(start - 24, 0) : start]):
        return None
    kinds: list[str] = []
    ends: list[int] = []
    at = start
    while len(kinds) < _MOST_PARTS and (part := _part_at(words, at, kinds)):
        kinds.append(part[0])
        ends.append(part[1])
        if words[part[1] - 1] == "." and not _SHORTENED.search(words[at : part[1]]):
            break
        between = _BETWEEN.match(words, part[1])
        at = between.end() if between else part[1]
    for many in range(len(kinds), 0, -1):
        if _is_address(words, start, kinds[:many], ends[many - 1]):
            return Place(start, ends[many - 1])
    return None


def _part_at(words: str, at: int, before: list[str]) -> tuple[str, int] | None:
    """The kind of part that begins here, and where it ends; a town only ends an address."""
    found: list[tuple[int, str]] = []
    for kind, pattern in _PARTS:
        if (kind in {"near", "town"} and not before) or (kind in {"loose", "town"} and found):
            continue
        if one := pattern.match(words, at):
            end = at + len(one[0].rstrip(" ,"))
            led = kind == "loose" and not before
            if led or kind not in {"loose", "town"} or _POSTCODE_NEXT.match(words, end):
                found.append((end, kind))
    if not found:
        return None
    end, kind = max(found, key=lambda each: each[0])
    return kind, end


def _is_address(words: str, start: int, kinds: list[str], end: int) -> bool:
    """Do these parts say where somebody lives?"""
    coded = bool(_POSTCODE_NEXT.match(words, end))
    if "numbered" in kinds:
        return True
    solid = [kind for kind in kinds if kind in {"unit", "building", "street"}]
    if kinds[0] in {"building", "street"} and len(solid) > 1:
        return coded or bool(_LED.search(words[max(start - 32, 0) : start]))
    if kinds[0] == "unit" and len(solid) > 1:
        return True
    if kinds == ["unit"]:
        return False
    if coded:
        return True
    if kinds != ["loose"]:
        return False
    led = words[:start].endswith("at ") and re.match(r" *(?:[,.]|$)", words[end:])
    return bool(led) or (start == 0 and not words[end:].strip(" ."))
