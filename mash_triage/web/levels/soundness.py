"""The faults of a draft, said where they belong: at a field, elsewhere in the draft, by line."""

import re
from collections.abc import Iterable
from html import escape

from mash_triage.editions.draft_text import Part, Tables, code_of, entries, name_of, part_words
from mash_triage.editions.in_words import plain_name
from mash_triage.editions.rules import shaped
from mash_triage.thresholds.checks import Fault
from mash_triage.thresholds.examine import Examined
from mash_triage.web.levels.field import Field
from mash_triage.web.plain import Html

_KEY = re.compile(r"(\w+)(?:\[(\d+)\])?\.?(.*)")
_PLACES = re.compile(r"\[\d+\]")


def place_words(tables: Tables, key: str) -> str:
    """Where a fault is, as its owner would say it: Rule “...”, when seen codes."""
    part, rest = place_of(tables, key)
    if part is None:
        return "" if key == "(file)" else f"{plain_name(key)}: "
    named = next((e for e in entries(tables, part.kind) if code_of(part.kind, e) == part.code), {})
    called = f"{part_words(part.kind)} “{name_of(part, named)}”" if part.is_entry else ""
    inside = plain_name(_PLACES.sub("", rest).replace(".", ", "))
    return ", ".join(filter(None, (called or part_words(part.kind), inside))) + ": "


def place_of(tables: Tables, key: str) -> tuple[Part | None, str]:
    """The part in which a fault is, and the path inside it."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None, key
    kind, number, rest = found.groups()
    listed = entries(tables, kind)
    if number is not None and int(number) < len(listed):
        return Part(kind, code_of(kind, listed[int(number)])), rest
    return (
        (Part(kind), rest) if number is None and isinstance(tables.get(kind), dict) else (None, key)
    )


def faults_at(
    part: Part, fields: Iterable[Field], now: Tables, before: Tables
) -> tuple[dict[str, list[str]], list[str]]:
    """The faults of a part by the field at which each belongs ('' for the part as a whole), and
    those that this edit makes elsewhere, as sentences.
    """
    names = {field.name for field in fields}
    known = set(_sentences(before, shaped(before)[1], but=part))
    at_fields: dict[str, list[str]] = {}
    for key, words in shaped(now)[1]:
        where, rest = place_of(now, key)
        path = _PLACES.sub("", rest)
        top = not part.kind and key in names
        if where == part or top:
            name = key if top else path
            at_fields.setdefault(name if name in names else "", []).append(_sentence(words))
    others = [each for each in _sentences(now, shaped(now)[1], but=part) if each not in known]
    return at_fields, others


def _sentences(tables: Tables, faults: Iterable[Fault], *, but: Part) -> list[str]:
    told = []
    for key, words in faults:
        if place_of(tables, key)[0] != but:
            told.append(f"{place_words(tables, key)}{words}.")
    return told


def _sentence(words: str) -> str:
    if words in ("this key is missing", "must not be empty"):
        return "This is needed."
    return f"{words[:1].upper()}{words[1:]}."


def faults_html(found: Examined, tables: Tables | None) -> Html:
    """Every fault with its line, from the first to the last."""
    lines = "".join(
        f"<li>{_line(each.line)}{escape(place_words(tables, each.key) if tables else '')}"
        f"{escape(each.words)}.</li>"
        for each in found.faults
    )
    return Html(f'<ul class="mash-list">{lines}</ul>')


def holes_html(found: Examined, tables: Tables) -> Html:
    """What a sound draft may have, but its owner would hardly want."""
    lines = "".join(
        f"<li>{_line(each.line)}{escape(place_words(tables, each.key))}{escape(each.words)}.</li>"
        for each in found.holes
    )
    return Html(f'<ul class="mash-list">{lines}</ul>')


def _line(line: int | None) -> str:
    return f"<strong>Line {line}.</strong> " if line else ""
