"""What one edition says otherwise than another, as sentences that the document's owner can check.

They come from the fields themselves, so that nothing that differs can be left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mash_triage.editions.draft_text import KEY, KINDS, TOP, part_words
from mash_triage.editions.in_words import (
    FLAGS,
    conditions_in_words,
    listed,
    plain_name,
    quoted,
    value_in_words,
)
from mash_triage.thresholds.clock_times import Shape
from mash_triage.thresholds.shapes import Edition, Indicator, Rule, Seen, When

LONG = {
    "definition",
    "meaning",
    "words",
    "told_to_referrer",
    "notice",
    "source",
    "plain",
    "when_refused",
}
"""Fields of whole sentences: before and after are shown below the difference."""
NAMES = {
    "effective_from": "the first day",
    "effective_to": "the last day",
    "page": "the page in the printed document",
    "allow_plain_nfa": "an ending without an outcome being allowed",
    "red_within_hours": "the hours for a red contact",
    "opens": "opening time",
    "closes": "closing time",
}
"""What fields are called where their key says too little."""


@dataclass(frozen=True)
class Difference:
    """One difference: the kind of part and its code, a sentence, and long words before and now."""

    kind: str
    code: str
    words: str
    before: str = ""
    now: str = ""


def differences(old: Edition, new: Edition) -> tuple[Difference, ...]:
    """Every difference, in the order of the document; empty when both say the same."""
    found: list[Difference] = []
    for kind in KINDS:
        if kind in KEY:
            found += _of_list(kind, old, new)
        elif kind:
            found += _of_part(kind, "", getattr(old, kind), getattr(new, kind), old, new)
        else:
            found += _of_fields("", "", old, new, TOP, old, new)
    return tuple(found)


def _of_list(kind: str, old: Edition, new: Edition) -> Iterator[Difference]:
    before, after = _by_code(kind, old), _by_code(kind, new)
    for code, entry in after.items():
        if code not in before:
            yield Difference(kind, code, f"New: {_called(kind, entry)}{_at_level(entry)}.")
        else:
            yield from _of_part(kind, code, before[code], entry, old, new)
    for code, entry in before.items():
        if code not in after:
            yield Difference(kind, code, f"{_called(kind, entry)} is taken out.")
    if [code for code in before if code in after] != [code for code in after if code in before]:
        yield Difference(kind, "", f"{part_words(kind)}: they stand in another order.")


def _by_code(kind: str, edition: Edition) -> dict[str, Shape]:
    return {str(getattr(each, KEY[kind])): each for each in getattr(edition, kind)}


def _called(kind: str, entry: Any) -> str:
    if kind == "level":
        return f"Level {entry.number} {quoted(entry.name)}"
    return f"{part_words(kind)} {quoted(getattr(entry, 'words', ''))}"


def _at_level(entry: Any) -> str:
    level = getattr(entry, "level", None)
    return f", at level {level}" if level is not None else ""


def _of_part(
    kind: str, code: str, before: Any, after: Any, old: Edition, new: Edition
) -> Iterator[Difference]:
    fields = list(type(after).model_fields)
    yield from _of_fields(kind, code, before, after, fields, old, new)


def _of_fields(
    kind: str, code: str, before: Any, after: Any, fields: Iterable[str], old: Edition, new: Edition
) -> Iterator[Difference]:
    called = _called(kind, before) if kind in KEY else part_words(kind)
    for name in fields:
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        if isinstance(was, When) or isinstance(now, When):
            asks = called if name == "when" else f"{called}, {plain_name(name)}:"
            for words, *both in _of_conditions(asks, was, now, old, new):
                yield Difference(kind, code, words, *both)
        elif name == "level" and isinstance(before, Indicator):
            yield Difference(kind, code, f"{called} {_moves(was, now)}.")
        elif name in FLAGS and isinstance(before, Rule | Indicator):
            yield Difference(kind, code, f"{called} {_flag(name, now)}.")
        elif isinstance(now, tuple) and isinstance(was, tuple) and name != "clock":
            yield Difference(kind, code, f"{called}: {_members(name, was, now, old, new)}.")
        else:
            yield _of_value(kind, code, called, name, was, now, old, new)


def _moves(was: int | None, now: int | None) -> str:
    if now is None:
        return f"no longer has a level of its own (it was level {was})"
    if was is None:
        return f"now sits at level {now}; it had no level of its own"
    return f"moves from level {was} to level {now}"


def _flag(name: str, now: bool) -> str:
    if name == "trigger":
        return "is now a trigger" if now else "is no longer a trigger"
    return f"{'now says' if now else 'no longer says'}: {FLAGS[name]}"


def _members(name: str, was: Any, now: Any, old: Edition, new: Edition) -> str:
    added = [value_in_words(new, name, each) for each in now if each not in was]
    gone = [value_in_words(old, name, each) for each in was if each not in now]
    told = [f"now also {listed(added)}"] if added else []
    told += [f"no longer {listed(gone)}"] if gone else []
    return f"{plain_name(name)} {' and '.join(told) or 'stand in another order'}"


def _of_conditions(
    asks: str, was: When | None, now: When | None, old: Edition, new: Edition
) -> Iterator[tuple[str, ...]]:
    """What a rule asks otherwise: a sentence, or one with the conditions before and now."""
    before = conditions_in_words(old, was) if was else {}
    after = conditions_in_words(new, now) if now else {}
    for name in {**before, **after}:
        if before.get(name) == after.get(name):
            continue
        if name not in before:
            yield (f"{asks} now also asks that {after[name]}.",)
        elif name not in after:
            yield (f"{asks} no longer asks that {before[name]}.",)
        elif changed := _other_members(getattr(was, name), getattr(now, name), old, new):
            yield (f"{asks} {changed}.",)
        else:
            yield f"{asks} asks for something else.", f"{before[name]}.", f"{after[name]}."


def _other_members(was: Any, now: Any, old: Edition, new: Edition) -> str:
    """Which indicators or themes a rule counts otherwise, when nothing else about it changed."""
    if not isinstance(was, Seen) or not isinstance(now, Seen):
        return ""
    changed = [name for name in Seen.model_fields if getattr(was, name) != getattr(now, name)]
    lists = [name for name in changed if isinstance(getattr(now, name), tuple)]
    if lists != changed:
        return ""
    return "; ".join(_members(n, getattr(was, n), getattr(now, n), old, new) for n in changed)


def _of_value(
    kind: str, code: str, called: str, name: str, was: Any, now: Any, old: Edition, new: Edition
) -> Difference:
    if name == "clock":
        return Difference(kind, code, f"{called} has other clocks.", _clocks(was), _clocks(now))
    if name == "plain":
        return Difference(kind, code, f"{called} has other plain words.", _plain(was), _plain(now))
    if name in LONG:
        if name == "words" and kind != "rule":
            return Difference(kind, code, f"{called} is now called {quoted(now)}.")
        worded = "is" if name == "words" else f"has its {plain_name(name)}"
        told = f"{called} {worded} worded otherwise."
        if not kind:
            told = f"The {name} is worded otherwise."
        return Difference(kind, code, told, str(was or ""), str(now or ""))
    before, after = value_in_words(old, name, was), value_in_words(new, name, now)
    told = f"{NAMES.get(name, plain_name(name))} was {before}, is now {after}."
    return Difference(kind, code, f"{called}: {told}" if kind else f"{told[:1].upper()}{told[1:]}")


def _plain(plain: Any) -> str:
    return "" if plain is None else f"Families: {plain.families}\nPartners: {plain.partners}"


def _clocks(clocks: Any) -> str:
    return "\n".join(
        f"{each.words}: {_time(each)} from {each.counted_from} ({each.source})" for each in clocks
    )


def _time(clock: Any) -> str:
    if clock.at_once:
        return "at once"
    if clock.within_hours:
        return f"within {clock.within_hours} hours"
    return f"within {clock.within_working_days} working days"
