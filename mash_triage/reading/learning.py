"""Learning the weighed words from worked contacts, so that a partnership can teach by example.

Ridge regression of each code on the words: of the plain ways it is the steadiest where contacts
are few and words many, and it is solved exactly, so the same contacts give the same weights. How
much is enough to propose a code is set on files left out in turn, each by another writer.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mash_triage.errors import Refused
from mash_triage.reading.about import About
from mash_triage.reading.read import DANGER, Told, read_text
from mash_triage.reading.weighed import Weights, marks_of
from mash_triage.reading.worries import Worries

FEWEST_FILES = 2  # so that one can be left out
FEWEST = 3  # contacts in which a word must be, to be weighed
RIDGE = 2.0  # best of 0.3, 1, 2 and 3 on files left out
RARE_CODES = 0.45  # power of a code's share by which its points are raised; best of 0 to 0.7
TRUST = 0.9  # of the share of a wording's findings that were right; best of 0 to 1.2
DANGER_HEARD = 0.9  # share of the contacts with danger at hand that the words alone must tell
DANGER_TRUST = 2.0  # points: danger that a wording finds is never talked down
GRAVE_NEEDS = 1.1  # times as much: a needless strategy discussion costs a family more than a look
STEPS = 127  # points are kept as whole numbers of this many steps up and down
COLUMNS = 2_000  # words taken at once, so that memory stays small
Numbers = NDArray[Any]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taught:
    """One narrative and the codes it supports, danger at hand among them.

    `file` tells writers apart. `fresh` when the wordings were not written with it in sight, so
    that it can tell how far a wording is to be trusted.
    """

    text: str
    about: About
    codes: frozenset[str]
    file: str
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class _Heard:
    marks: frozenset[str]
    found: frozenset[str]


def learn(
    taught: Sequence[Taught], worries: Worries, told: Progress = lambda _at, _of: None
) -> Weights:
    """The weights that these contacts teach; `told` hears how many were read.

    Refused when they cannot teach: fewer than two files that the wordings had not seen, or nobody
    in danger.
    """
    _check(taught)
    heard = list(_read_all(taught, worries, told))
    codes = tuple(sorted({code for each in taught for code in each.codes}))
    right = np.array([[code in each.codes for code in codes] for each in taught], dtype=float)
    place, rarity = _words(heard)
    rows = [np.array(sorted(place[m] for m in each.marks if m in place), int) for each in heard]
    alike = _alike(rows, rarity)
    raised = (right.mean(axis=0) + 1e-4) ** RARE_CODES
    trust = TRUST * _right_findings(taught, heard, codes)
    trust[codes.index(DANGER)] = DANGER_TRUST
    enough = _enough(taught, heard, codes, right, alike, raised, trust)
    enough *= [GRAVE_NEEDS if code in worries.shared.calm_keeps else 1.0 for code in codes]
    weights, base = _ridge(alike, right)
    table = np.vstack([block.T @ weights for block in _blocks(rows, rarity)])
    table, base = table / (raised * enough), base / (raised * enough)
    step = np.abs(table).max(axis=0) / STEPS
    return Weights(codes, place, rarity, np.rint(table / step).astype(np.int8), step, base, trust)


def _check(taught: Sequence[Taught]) -> None:
    if len({each.file for each in taught if each.fresh}) < FEWEST_FILES:
        raise Refused(
            f"To learn, put worked contacts of {FEWEST_FILES} writers or more in taught/."
        )
    if not any(DANGER in each.codes for each in taught if each.fresh):
        raise Refused("To learn, teach at least one contact with immediate danger.")


def _words(heard: Sequence[_Heard]) -> tuple[dict[str, int], Numbers]:
    """The words and pairs that are weighed, each with its row, and how rare each is."""
    counts = Counter(mark for each in heard for mark in each.marks)
    marks = sorted(mark for mark, count in counts.items() if count >= FEWEST)
    share = np.array([(counts[mark] + 1) / (len(heard) + 1) for mark in marks])
    return {mark: row for row, mark in enumerate(marks)}, (1 - np.log(share)).astype(np.float32)


def _read_all(taught: Sequence[Taught], worries: Worries, told: Progress) -> Iterator[_Heard]:
    for number, each in enumerate(taught, start=1):
        apart = Told.of(each.text, worries)
        marks = (
            mark
            for at, sentence in enumerate(apart.sentences)
            for mark, _place in marks_of(sentence, at, apart.context)
        )
        reading = read_text(each.text, each.about, worries) if each.fresh else None
        found = () if reading is None else reading.codes
        danger = {DANGER} if reading is not None and reading.immediate_danger else set()
        yield _Heard(frozenset(marks), frozenset(found) | danger)
        told(number, len(taught))


def _blocks(rows: list[Numbers], rarity: Numbers) -> Iterator[Numbers]:
    """The contacts as rows of length one, some columns (words) at a time."""
    length = [float(np.sqrt((rarity[row] ** 2).sum())) or 1.0 for row in rows]
    for first, last in pairwise([*range(0, len(rarity), COLUMNS), len(rarity)]):
        block = np.zeros((len(rows), last - first), dtype=np.float32)
        for number, row in enumerate(rows):
            here = row[(row >= first) & (row < last)]
            block[number, here - first] = rarity[here] / length[number]
        yield block


def _alike(rows: list[Numbers], rarity: Numbers) -> Numbers:
    """How alike each two contacts are, from 0 to 1."""
    alike = np.zeros((len(rows), len(rows)))
    for block in _blocks(rows, rarity):
        alike += block @ block.T
    return alike


def _ridge(alike: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    base = right.mean(axis=0)
    kept = alike + RIDGE * np.eye(len(alike))
    return np.linalg.solve(kept, right - base), base


def _right_findings(
    taught: Sequence[Taught], heard: Sequence[_Heard], codes: tuple[str, ...]
) -> Numbers:
    """The share of the wordings' findings that were right, by code; 0.4 where there are none."""
    hits, findings = Counter[str](), Counter[str]()
    for each, what in zip(taught, heard, strict=True):
        findings.update(what.found)
        hits.update(what.found & each.codes)
    return np.array([(hits[code] + 0.8) / (findings[code] + 2) for code in codes])


def _enough(
    taught: Sequence[Taught],
    heard: Sequence[_Heard],
    codes: tuple[str, ...],
    right: Numbers,
    alike: Numbers,
    raised: Numbers,
    trust: Numbers,
) -> Numbers:
    """The points at which a code is proposed: most right and fewest wrong on files left out."""
    files = np.array([each.file for each in taught])
    fresh = np.array([each.fresh for each in taught])
    points = np.zeros_like(right)
    for file in sorted(set(files[fresh])):
        out = files == file
        weights, base = _ridge(alike[np.ix_(~out, ~out)], right[~out])
        points[out] = (alike[np.ix_(out, ~out)] @ weights + base) / raised
    findings = np.array([[code in each.found for code in codes] for each in heard], dtype=float)
    points, right, findings = points[fresh], right[fresh].astype(bool), findings[fresh] * trust
    danger = codes.index(DANGER)
    others = np.arange(len(codes)) != danger
    tried = np.quantile(points[:, others], np.linspace(0.9, 0.995, 96))
    scores = [
        _f1(points[:, others] + findings[:, others] * one >= one, right[:, others]) for one in tried
    ]
    enough = np.full(len(codes), tried[int(np.argmax(scores))])
    at_hand = points[right[:, danger], danger]
    enough[danger] = np.quantile(at_hand, 1 - DANGER_HEARD)
    return enough


def _f1(proposed: Numbers, right: Numbers) -> float:
    both = (proposed & right).sum()
    return float(2 * both / max(proposed.sum() + right.sum(), 1))
