"""Sound values in place of faulty ones, so that the rest of an edition can be looked through.

Somebody who mends an edition wants all its faults at once: those of single values, and those
between its parts. The second can only be asked of a whole edition; here it is made whole, without
anything that would itself be a fault. Nothing else ever uses it.
"""

from collections.abc import Sequence
from typing import Any

from mash_triage.thresholds.positions import Place
from mash_triage.thresholds.routes import Outcome
from mash_triage.thresholds.shapes import Rule

Table = dict[str, Any]

_WORDS = "-"
_ALL_OUTCOMES = [outcome.value for outcome in Outcome]

_WHOLE: Table = {
    "id": "stand_in",
    "title": _WORDS,
    "effective_from": "2000-01-01",
    "source": _WORDS,
    "notice": _WORDS,
    "allow_plain_nfa": False,
    "without_route": {"outcomes": _ALL_OUTCOMES},
    "clocks": {
        "red_within_hours": 4,
        "opens": "09:00:00",
        "closes": "17:00:00",
        "time_zone": "Europe/London",
        "working_week": ["monday"],
        "half_used_at_percent": 50,
        "nearly_used_at_percent": 80,
    },
}
"""For each value or table that stands once."""

_ENTRY: Table = {
    "words": _WORDS,
    "name": _WORDS,
    "meaning": _WORDS,
    "definition": _WORDS,
    "told_to_referrer": _WORDS,
    "outcomes": _ALL_OUTCOMES,
}
"""For the values of an entry of a list; what is not named here is left out instead."""

_PROMISE: Table = {
    "words": _WORDS,
    "starts": ["received"],
    "stops": ["decided"],
    "within_hours": 1,
    "owner": "managers",
    "source": _WORDS,
}
"""A whole promise, of which nothing else says anything."""


def with_stand_ins(tables: Table, faulty: Sequence[Place]) -> Table:
    """The same tables, changed in place, with another value wherever one is faulty."""
    of_indicator = _ENTRY | _first_of_each(tables)
    every_code = _codes(tables, "indicator")
    for place in faulty:
        entry = _entry_at(place, tables)
        if entry is None:
            _mend(tables, place[0] if place else None, _WHOLE)
        elif place[2] == "code" and place[0] not in ("rule", "promise"):
            entry["code"] = f"stand_in_{place[1]}"
        elif place[0] == "promise":
            entry.clear()
            entry.update(_PROMISE, code=f"stand_in_{place[1]}")
        elif place[0] == "rule" and place[2] in Rule.model_fields:
            _make_harmless(entry, f"stand_in_{place[1]}", every_code)
        else:
            _mend(entry, place[2], of_indicator if place[0] == "indicator" else _ENTRY)
    if any(place[:1] in (("rule",), ("protective",)) for place in faulty):
        tables["protective"] = []  # it names rules by what they do
    return tables


def _entry_at(place: Place, tables: Table) -> Table | None:
    """The entry of a list in which a value is faulty; None when the fault is not inside one."""
    if len(place) < 3 or not isinstance(place[1], int):
        return None
    entry = tables[str(place[0])][place[1]]
    return entry if isinstance(entry, dict) else None


def _mend(table: Table, key: Any, stand_ins: Table) -> None:
    if key in stand_ins:
        table[key] = stand_ins[key]
    else:
        table.pop(key, None)


def _make_harmless(rule: Table, code: str, every_code: list[Any]) -> None:
    """A rule that names every indicator, and does nothing that could be wrong."""
    rule.clear()
    when = {"seen": {"codes": every_code}}
    rule.update(code=code, words=_WORDS, when=when, do_not_contact_family=True)


def _first_of_each(tables: Table) -> Table:
    """A domain, a theme and a level that are there, for an indicator."""
    found = {kind: _codes(tables, kind)[:1] for kind in ("domain", "theme")}
    found["level"] = _codes(tables, "level", "number")[:1]
    return {kind: values[0] for kind, values in found.items() if values}


def _codes(tables: Table, kind: str, key: str = "code") -> list[Any]:
    entries = tables.get(kind)
    entries = entries if isinstance(entries, list) else []
    return [entry[key] for entry in entries if isinstance(entry, dict) and key in entry]
