"""What has a form of its own in the words: quotations, numbers, postcodes, addresses, ages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import phonenumbers

from mash_triage.chat.words.addresses import POSTCODE, addresses_in
from mash_triage.chat.words.dates import dates_in


@dataclass(frozen=True)
class Mark:
    """A value with a form of its own, and where it stands."""

    kind: str
    start: int
    end: int
    value: Any
    words: str


_ON_STREET = re.compile(
    r"(?:(?<=on )|(?<=at )|(?<=in ))[A-Z][a-z'-]* [A-Z]?[a-z'-]+ (?i:road|lane|street)\b"
    r"|(?:(?<=on the )|(?<=in the )|(?<=on )|(?<=at ))[A-Z][a-z'-]+(?: [A-Z][a-z'-]+)?"
    r" (?i:estate|caravan site|travellers'? site)\b"
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
    ("percent", re.compile(r"\b(?P<value>\d{1,3}(?:\.\d)?) ?(?:%|per ?cent)")),
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
            r"|(?<![\d/.:£-])(?P<years>\d{1,3}) ?(?:yrs?|years?|y/?o|y\.o\.?)(?:[ -]?olds?)?\b"
                r"(?! ago| since| now| later|ly| and \d)"
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
        if when.words.lower() not in {"may", "sat", "sun", "mar", "march"} or _is_saturday(
            words, when.start, when.end
        ):
            yield Mark("date", when.start, when.end, when, when.words)
    yield from _phones(words)
    for place in addresses_in(words):
        said = words[place.start : place.end]
        yield Mark("address", place.start, place.end, said.strip(" ,."), said)
    for one in _ON_STREET.finditer(words):
        yield Mark("address", one.start(), one.end(), one[0], one[0])
    for kind, pattern in _SIMPLE[5:]:
        yield from _simple(kind, pattern, words)


def _is_saturday(words: str, start: int, end: int) -> bool:
    """ "Kicked out sat", "sat night": a day, and nobody who sat."""
    if words[start:end].lower() not in {"sat", "sun"}:
        return False
    before = re.search(r"([a-z']+) $", words[:start].lower())
    stands = before and re.fullmatch(
        r"out|in|on|last|this|since|off|home|here|again|up|down|back|happened|fri", before[1]
    )
    after = re.match(r" (?:night|nite|morning|just gone|and sun)\b| ?(?:$|[.,;!?\n])", words[end:])
    return bool(stands and after)


def _simple(kind: str, pattern: re.Pattern[str], words: str) -> Iterator[Mark]:
    for one in pattern.finditer(words):
        if kind == "age":
            value: Any = _age(one)
        elif kind == "weeks":
            value = int(one["value"] or one["w"])
        else:
            value = next((got for got in one.groups() if got), one[0])
        if value is None or (kind == "percent" and float(value) > 100):
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
