"""Which counts are sums of which: the totals of a trial, and all that a reader could subtract."""

from collections.abc import Iterator
from heapq import merge
from itertools import islice
from uuid import UUID

from mash_triage.backtest.figures import LISTED, SPLITS, Key, Place, Tally
from mash_triage.backtest.suppression import Sum


class Totals:
    """All counts of a trial: the smallest, and their sums as far as they go."""

    def __init__(self, tally: Tally) -> None:
        self._ways = _ways(list(tally.counts))
        self._listed = tally.listed
        self.counts: dict[Key, int] = dict(tally.counts)
        for whole in self._ways:
            self._add_up(whole)

    @property
    def sums(self) -> list[Sum[Key]]:
        """Each total with the counts that make it up, once for each way of dividing it."""
        return [
            Sum(whole, tuple(parts))
            for whole, ways in self._ways.items()
            for parts in ways.values()
        ]

    def listed(self, key: Key) -> list[UUID]:
        """The newest children behind a count."""
        return [child for _, child in self._places(key)]

    def _places(self, key: Key) -> list[Place]:
        if key not in self._ways:
            return self._listed.get(key, [])
        parts = next(iter(self._ways[key].values()))
        return list(islice(merge(*(self._places(part) for part in parts)), LISTED))

    def _add_up(self, key: Key) -> int:
        if key not in self.counts:
            parts = next(iter(self._ways[key].values()))
            self.counts[key] = sum(self._add_up(part) for part in parts)
        return self.counts[key]


def _ways(keys: list[Key]) -> dict[Key, dict[str, list[Key]]]:
    """For each total the ways of dividing it, each a list of parts; totals of totals too."""
    ways: dict[Key, dict[str, list[Key]]] = {}
    waiting, met = sorted(keys), set(keys)
    while waiting:
        key = waiting.pop(0)
        for whole, way in wholes_of(key):
            ways.setdefault(whole, {}).setdefault(way, []).append(key)
            if whole not in met:
                met.add(whole)
                waiting.append(whole)
    return ways


def wholes_of(key: Key) -> Iterator[tuple[Key, str]]:
    """The totals that this count is a part of, each with the way in which it divides them."""
    match key:
        case ("all",) | ("left", _):
            yield ("read",), ""
        case ("move", _):
            yield ("all",), "move"
        case ("flow", old, new, move):
            yield ("old", old), ""
            yield ("new", new), ""
            yield ("routes", _route(old), _route(new), move), "level"
        case ("routes", _, _, move):
            yield ("move", move), "route"
        case (("old" | "new") as side, node):
            yield ("route", side, _route(node)), "level"
        case ("area", area, was, would_be, move):
            yield ("routes", was, would_be, move), "area"
            yield ("area", area, "old", was), ""
            yield ("area", area, "new", would_be), ""
        case ("area", area, side, route):
            yield ("area", area), side
            yield ("route", side, route), "area"
        case ("area", _):
            yield ("all",), "area"
        case ("back", days, was, would_be, move, state):
            yield ("routes", was, would_be, move), f"back {days}"
            yield ("back", days, move, state), ""
            yield ("back", days, f"old {was}", state), ""
            yield ("back", days, f"new {would_be}", state), ""
        case ("back", days, which, state) if which != "all":
            yield ("back", days, "all", state), which.partition(" ")[0] if " " in which else "move"
        case ("rule", move, _):
            yield ("move", move), "rule"
        case (split, group, move) if split in SPLITS:
            yield (split, group), ""
            yield ("move", move), split
        case (split, _) if split in SPLITS:
            yield ("all",), split


def is_published(key: Key) -> bool:
    """Does any table or picture show this count? The others only tie those together."""
    match key:
        case ("routes", *_) | ("old", _) | ("new", _):
            return False
        case ("area", _, _, _, _) | ("back", _, _, _, _, _) | ("back", _, _, "too_soon"):
            return False
    return True


def _route(node: str) -> str:
    return node.partition(" ")[2]
