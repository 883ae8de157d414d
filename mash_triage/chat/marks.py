"""What has a form of its own in the words: quotations, numbers, postcodes, addresses, ages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import phonenumbers

from mash_triage.chat.dates import dates_in
from mash_triage.chat.vocabulary import STREETS


@dataclass(frozen=True)
class Mark:
    """A value with a form of its own, and where it stands."""

    kind: str
    start: int
    end: int
    value: Any
    words: str


_TYPE = "(?:" + "|".join(sorted(STREETS, key=len, reverse=True)) + r")\b\.?"
_FLAT = (
    r"(?:(?:(?:top|ground floor|first floor|basement) flat|flat|apartment|apt|room"
    r"|unit)(?: (?:\d{1,3}[a-z]?|[a-z]\b))?,? ?)?"
)
_WORD = r"[a-z][a-z'-]*"
_NOT_STREET = (
    r"(?!year|yr|wks?\b|weeks?|months?|mths|days?|hours?|hrs|mins?|minutes|am\b|pm\b|of\b|and\b|"
    r"in\b|is\b|on\b|at\b|times?|kids?|children|or\b|to\b|not\b|who|she|he\b|hes|shes|old|this|"
    r"per\b|same\b|no\b|since|with|from|but|so\b|cos|x\b|still|now|then|its\b|sister"
    r"|brother|was|were)"
)
POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_HOME = (
    r"(?:(?:the )?(?:[a-z][\w']* ){1,2}?(?:cottage|house|lodge|farm|farmhouse|barn|forge|villa"
    r"|hall|mill"
    r"|vicarage|rectory|bungalow|stables|smithy)|the (?:old )?[a-z][\w']+)"
)
_FLAT_AFTER = r"(?:,? (?:(?:upper|lower|top|ground floor|first floor|basement) flat|flat \w{1,3}))?"
_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w/.]){_FLAT}(?:{_WORD} house,? )?(?P<no>\d{{1,4}}[a-z]?),? "
        rf"{_NOT_STREET}(?:{_WORD} ){{0,3}}?{_TYPE}(?: {_TYPE})?(?! \d)"
        rf"(?:,? {_WORD} (?:road|lane|street|st|close|way))?{_FLAT_AFTER}",
        rf"(?<!\w)flat \w{{1,3}},? (?:{_WORD} ){{1,2}}{_TYPE}(?:,? (?:{_WORD} ){{1,2}}{_TYPE})?",
        rf"(?<![\w/.]){_FLAT}\d{{1,4}}[a-z]?,? {_NOT_STREET}"
        rf"(?:{_WORD} ){{0,2}}{_WORD}(?=,? {POSTCODE})",
        rf"(?:(?<=^)|(?<=at )|(?<=of )|(?<=is )|(?<=: )|(?<=, )){_HOME}, (?:\d{{1,4}}[a-z]? )?"
        rf"(?!\d)(?:{_WORD} ){{1,2}}?{_TYPE}",
        rf"(?<![\w/.]){_FLAT}\d{{1,4}}[a-z]? the {_WORD}",
        rf"(?:(?<=at )|(?<=its )|(?<=it's )|(?<=is )|(?<=addr )|(?<=address )|(?<=^))"
        rf"{_NOT_STREET}(?:{_WORD} ){{1,2}}?{_TYPE}(?=,? {POSTCODE})",
        rf"(?<=at ){_FLAT}\d{{1,4}}[a-z]? {_NOT_STREET}{_WORD}(?: {_NOT_STREET}{_WORD})?(?=[,.]|$)",
        rf"(?<=^){_FLAT}\d{{1,4}}[a-z]? {_NOT_STREET}(?:{_WORD} )?{_WORD}(?=$)",
        rf"(?:(?<=on )|(?<=at )|(?<=in ))[A-Z]{_WORD} [A-Z]?{_WORD} (?:road|lane|street)\b",
    )
)
_QUOTES = (
    re.compile(r'"[^"\n]{2,600}"(?:(?:,? |,? and |\.\.\. ?)"[^"\n]{2,600}")*'),
    re.compile(r"(?:(?<=^)|(?<=[\s:,(]))'(?=\w)[^\n]{2,400}?(?<=[\w.,!?])'(?=$|[\s.,;)!?])", re.M),
    re.compile(r"\bquote[:,]? (?P<said>.{2,400}?) (?:unquote|end quote)", re.IGNORECASE),
)
_SIMPLE = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("nhs", re.compile(r"(?<!\d)[4-9]\d\d[ -]?\d{3}[ -]?\d{4}(?!\d)")),
    ("upn", re.compile(r"\b[A-Z]\d{11}[0-9A-Z]\b", re.IGNORECASE)),
    ("postcode", re.compile(rf"\b{POSTCODE}\b", re.IGNORECASE)),
    (
        "reference",
        re.compile(
            r"\b(?:(?:(?:mispers?|custody|police|incident|crime|notice|999) )?(?:logs?|ref"
            r"|reference|cad|urn|crime|niche|occurrence|incident|inc|tonight'?s|(?:gave|give|given)"
            r"(?: (?:me|her|us|him))?(?: a| the)?|case)\b\.?"
            r"(?: (?:is|no|num|number|ref|reference|id|was)\b\.?)*[:#]? ?)"
            r"(?!\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])|\d{3,4} ?(?:hrs|hours)|\d{1,2} ?(?:times"
            r"|weeks|days)"
            r"|\d{1,2}[.:]\d\d)"
            r"(?P<value>[A-Z]{0,4}[/-]?\d[\w/-]*(?: of \d{1,2}/\d{1,2}/\d{2,4}| \d{6})?)",
            re.IGNORECASE,
        ),
    ),
    ("percent", re.compile(r"\b(?P<value>\d{1,3}) ?(?:%|per ?cent)")),
    ("year", re.compile(
        r"\b(?:year|yr|y)[ .]?(?P<value>1[0-3]|[1-9])\b"
        r"|\b(?P<name>reception|year r|nursery class)\b(?! staff| desk)", re.IGNORECASE)),
    ("weeks", re.compile(
        r"(?<![\d/])(?P<value>[1-4]\d|[4-9])(?:\+\d|/40)(?:/40)?"
        r"|(?<!\d)(?P<w>[1-4]\d|[4-9]) ?(?:weeks|wks)(?= pregnant| gestation| gone)",
        re.IGNORECASE)),
    (
        "age",
        re.compile(
            r"(?<![\d/.:£-])(?P<half>\d{1,2}) ?(?:1/2|½|and a half)(?! ?(?:hours?|hrs|mins?|miles?"
                r"|weeks?|stone|past))(?: ?(?:yrs?|years?)(?:[ -]old)?)?"
            r"|(?<![\d/.:£-])(?P<y>\d{1,2}) ?(?:yrs?|years?"
                r"|y)(?:[ -]old)?,? (?:and )?(?P<m>\d{1,2}) ?(?:mths?|months?|m)\b"
            r"|(?<![\d/.:£-])(?P<months>\d{1,2}) ?(?:mths?|months?|mo)(?:[ -]olds?)?\b(?! ago"
                r"| since| now| later|ly)"
            r"|(?<![\d/.:£-])(?P<weeks>\d{1,2}) ?(?:wks?|weeks?)(?:[ -]old)?\b(?! ago| since"
                r"| now| later| pregnant|ly)"
            r"|(?<![\d/.:£-])(?P<days>\d{1,2}) ?days?(?:[ -]old)?\b(?! ago| since| now| later| a )"
            r"|(?<![\d/.:£-])(?P<years>\d{1,3}) ?(?:yrs?|years?)(?:[ -]olds?)?\b(?! ago| since"
                r"| now| later|ly| and \d)"
            r"|\baged? (?P<aged>\d{1,3})\b",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_MOST_YEARS = 110


def marks_in(words: str, today: date) -> list[Mark]:
    """Every mark of these words, in their order; none overlaps another."""
    found: list[Mark] = []

    def free(start: int, end: int) -> bool:
        return all(end <= one.start or one.end <= start for one in found)

    for mark in _all_marks(words, today):
        if free(mark.start, mark.end):
            found.append(mark)
    return _standing(sorted(found, key=lambda mark: mark.start), words)


_TAKEN_BACK = re.compile(
    r"[ ,.!?-]*(?:(?:no|oh|sorry|wait|hang on|hold on|i mean|i meant|actually|correction|rather"
    r"|i tell"
    r" a lie|tell a lie|scrap that|my mistake|is that right|make (?:it|that)|should be|it'?s|its"
    r"|he'?s"
    r"|she'?s|was|is|the|thats|that's)[ ,.!?-]+)+",
    re.IGNORECASE,
)
_SORRY = re.compile(
    r"\b(?:no|sorry|i mean|i meant|correction|tell a lie|scrap|mistake|make)\b", re.IGNORECASE
)


def _standing(found: list[Mark], words: str) -> list[Mark]:
    """The marks without those that the next words take back: "Y8, no hang on, Y9"."""

    def back(one: Mark, after: Mark) -> bool:
        between = words[one.end : after.start]
        return (
            one.kind == after.kind
            and bool(_TAKEN_BACK.fullmatch(between))
            and bool(_SORRY.search(between))
        )

    return [one for one, after in pairwise(found) if not back(one, after)] + found[-1:]


def _all_marks(words: str, today: date) -> Iterator[Mark]:
    for pattern in _QUOTES:
        for one in pattern.finditer(words):
            said = one["said"] if "said" in pattern.groupindex else one[0].strip("'")
            yield Mark(
                "quote",
                one.start(),
                one.end(),
                said.strip('"') if said.count('"') == 2 else said,
                one[0],
            )
    for kind, pattern in _SIMPLE[:5]:
        yield from _simple(kind, pattern, words)
    for when in dates_in(words, today):
        if when.words.lower() not in {"may", "sat", "sun", "mar", "march"}:
            yield Mark("date", when.start, when.end, when, when.words)
    yield from _phones(words)
    for pattern in _ADDRESSES:
        for one in pattern.finditer(words):
            yield Mark("address", one.start(), one.end(), one[0].strip(" ,."), one[0])
    for kind, pattern in _SIMPLE[5:]:
        yield from _simple(kind, pattern, words)


def _simple(kind: str, pattern: re.Pattern[str], words: str) -> Iterator[Mark]:
    for one in pattern.finditer(words):
        if kind == "age":
            value: Any = _age(one)
        elif kind == "weeks":
            value = int(one["value"] or one["w"])
        else:
            value = next((got for got in one.groups() if got), one[0])
        if value is None or (kind == "percent" and int(value) > 100):
            continue
        yield Mark(kind, one.start(), one.end(), value, one[0])


def _age(one: re.Match[str]) -> tuple[str, int] | None:
    got = {name: int(value) for name, value in one.groupdict().items() if value}
    if "y" in got and "m" in got:
        return ("years", got["y"]) if got["y"] >= 2 else ("months", 12 * got["y"] + got["m"])
    (name, value), *_ = got.items()
    name = {"aged": "years", "half": "years"}.get(name, name)
    return (name, value) if value <= _MOST_YEARS else None


def _phones(words: str) -> Iterator[Mark]:
    if not re.search(r"\d{4}", words):
        return
    leniency = phonenumbers.Leniency.POSSIBLE
    for one in phonenumbers.PhoneNumberMatcher(words, "GB", leniency=leniency, max_tries=200):
        written = re.sub(r"(?i) ?(?:ext|x).*$", "", one.raw_string)
        figures = re.sub(r"\D", "", written)
        if re.match(r"(?:0|44|\+44)", figures) and 10 <= len(figures.removeprefix("44")) <= 11:
            yield Mark("phone", one.start, one.end, written, one.raw_string)
