"""Which counts must be hidden so that nobody can work out that they tell of one to five children.

Hiding the small ones is not enough: whoever knows a total and all parts but one knows that part.
So further counts are hidden, the nearest and smallest first, until

- no small count follows from those that are shown, whatever is added or subtracted, and
- what is left of a shown total without its shown parts is not itself one to five.

Those that then prove needless are shown again, the largest first.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import gcd, lcm
from typing import Generic, TypeVar

from mash_triage.small_counts import is_small

Key = TypeVar("Key", bound=Hashable)
Line = dict[Key, int]
"""The hidden counts of one sum with their factors: together they come to something known."""


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """One count is the sum of others: what a reader could subtract from."""

    whole: Key
    parts: tuple[Key, ...]


def hidden(
    counts: Mapping[Key, int], sums: Sequence[Sum[Key]], unpublished: Collection[Key] = ()
) -> frozenset[Key]:
    """The counts not to be shown, those that are never published among them.

    A count that is not named is 0, and 0 is always shown.
    """
    sums = [each for each in sums if counts.get(each.whole, 0)]
    return _Secret(counts, sums, frozenset(unpublished)).hidden()


@dataclass(frozen=True)
class _Secret(Generic[Key]):
    """The counts, and how they hang together; `out` is always what is hidden at the moment."""

    counts: Mapping[Key, int]
    sums: Sequence[Sum[Key]]
    unpublished: frozenset[Key]

    def hidden(self) -> frozenset[Key]:
        small = {key for key, count in self.counts.items() if is_small(count)}
        kept = small | self.unpublished
        out = set(kept)
        while (exposed := self._exposed(out)) and (further := self._nearest(exposed, out)):
            out.add(further)
        for key in sorted(out - kept, key=lambda key: (-self.counts[key], str(key))):
            if not self._exposed(out - {key}):
                out.remove(key)
        return frozenset(out)

    def _exposed(self, out: AbstractSet[Key]) -> list[Key]:
        """Small counts that can be found out, with the hidden ones that give them away."""
        for each in self.sums:
            parts = [key for key in each.parts if key in out and self.counts[key]]
            if each.whole not in out and is_small(sum(self.counts[key] for key in parts)):
                return parts
        found = self._worked_out(out)
        return found if any(is_small(self.counts[key]) for key in found) else []

    def _worked_out(self, out: AbstractSet[Key]) -> list[Key]:
        """The hidden counts that somebody who solves all sums together may be able to work out.

        One is safe once it stands in a change that keeps every sum and leaves every hidden count
        possible: then what is shown fits another number as well.
        """
        lines = self._solved(out)
        free = {key for line in lines.values() for key in line} - lines.keys()
        safe: set[Key] = set()
        for key in free:
            change = _change(lines, key)
            if self._is_possible(change):
                safe.update(change)
        return [key for key in (*lines, *free) if key not in safe]

    def _is_possible(self, change: Mapping[Key, int]) -> bool:
        """Can all of these counts move so, one way or the other? Of a count that would have been
        shown as 0 it is known that it is more; of one that is never published it is not.
        """
        room = {key: self.counts[key] - (key not in self.unpublished) for key in change}
        return any(all(room[key] + way * by >= 0 for key, by in change.items()) for way in (1, -1))

    def _solved(self, out: AbstractSet[Key]) -> dict[Key, Line[Key]]:
        """All sums solved together: each line has one count that no other line has, the largest,
        so that the small ones are those that may move.
        """
        lines: dict[Key, Line[Key]] = {}
        for each in self.sums:
            line = {key: 1 for key in each.parts if key in out}
            if each.whole in out:
                line[each.whole] = -1
            for key in [key for key in line if key in lines]:
                _take_out(line, key, lines[key])
            if line:
                largest = max(line, key=lambda key: (self.counts[key], str(key)))
                for other in [other for other in lines.values() if largest in other]:
                    _take_out(other, largest, line)
                lines[largest] = line
        return lines

    def _nearest(self, exposed: Collection[Key], out: AbstractSet[Key]) -> Key | None:
        """The smallest count shown in a sum with these, a part before a total; where all in those
        sums are hidden, in a sum with any of them, and so on.
        """
        wholes = {each.whole for each in self.sums}
        for around in self._rings(exposed):
            shown = [key for key in around if self.counts.get(key, 0) and key not in out]
            if shown:
                return min(shown, key=lambda key: (key in wholes, self.counts[key], str(key)))
        return None

    def _rings(self, start: Collection[Key]) -> Iterator[set[Key]]:
        around: set[Key] = set()
        further = set(start)
        while further != around:
            around = further
            further = set(around)
            for each in self.sums:
                if each.whole in around or not around.isdisjoint(each.parts):
                    further.update((each.whole, *each.parts))
            yield further


def _change(lines: Mapping[Key, Line[Key]], free: Key) -> dict[Key, int]:
    """What every other count must do for this free one to change, in whole numbers."""
    moved = {largest: line for largest, line in lines.items() if free in line}
    times = lcm(*(line[largest] for largest, line in moved.items()))
    return {
        free: times,
        **{key: -times * line[free] // line[key] for key, line in moved.items()},
    }


def _take_out(line: Line[Key], key: Key, other: Line[Key]) -> None:
    """Change a line so that this count stands in it no more, by means of another line."""
    of_line, of_other = line[key], other[key]
    shared = gcd(of_line, of_other)
    of_line, of_other = of_line // shared, of_other // shared
    if of_other != 1:
        for each in line:
            line[each] *= of_other
    for each, factor in other.items():
        left = line.get(each, 0) - of_line * factor
        if left:
            line[each] = left
        else:
            line.pop(each, None)
