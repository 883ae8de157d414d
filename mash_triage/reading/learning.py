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

from mash_triage.reading.about import About
from mash_triage.reading.context import Context
from mash_triage.reading.read import DANGER, read_text
from mash_triage.reading.weighed import Weights, marks_of
from mash_triage.reading.words import sentences_of
from mash_triage.reading.worries import Worries

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
Told = Callable[[int, int], None]


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
    taught: Sequence[Taught], worries: Worries, told: Told = lambda _at, _of: None
) -> Weights:
    """The weights that these contacts teach; `told` hears how many were read."""
    heard = list(_read_all(taught, worries, told))
    codes = tuple(sorted({code for each in taught for code in each.codes}))
    right = np.array([[code in each.codes for code in codes] for each in taught], dtype=float)
    counts = Counter(mark for each in heard for mark in each.marks)
    marks = sorted(mark for mark, count in counts.items() if count >= FEWEST)
    place = {mark: number for number, mark in enumerate(marks)}
    share = np.array([(counts[mark] + 1) / (len(taught) + 1) for mark in marks])
    rarity = (1 - np.log(share)).astype(np.float32)
    rows = [np.array(sorted(place[m] for m in each.marks if m in place), int) for each in heard]
    alike = _alike(rows, rarity)
    raised = (right.mean(axis=0) + 1e-4) ** RARE_CODES
    trust = TRUST * _right_findings(taught, heard, codes)
    trust[codes.index(DANGER)] = DANGER_TRUST
    enough = _enough(taught, heard, codes, right, alike, raised, trust)
    enough *= [GRAVE_NEEDS if code in worries.shared.calm_keeps else 1.0 for code in codes]
    weights, base = _ridge(alike, right)
    table = np.vstack([block.T @ weights for _first, block in _blocks(rows, rarity)])
    table, base = table / (raised * enough), base / (raised * enough)
    step = np.abs(table).max(axis=0) / STEPS
    points = np.rint(table / step).astype(np.int8)
    return Weights(codes, place, rarity, points, step, base, trust)


def _read_all(taught: Sequence[Taught], worries: Worries, told: Told) -> Iterator[_Heard]:
    for number, each in enumerate(taught, start=1):
        sentences = sentences_of(each.text, worries.vocabulary)
        context = Context(worries, sentences, worries.search.hits(sentences))
        marks = (
            mark
            for at, sentence in enumerate(sentences)
            for mark, _place in marks_of(sentence, at, context)
        )
        reading = read_text(each.text, each.about, worries) if each.fresh else None
        found = () if reading is None else reading.codes
        danger = {DANGER} if reading is not None and reading.immediate_danger else set()
        yield _Heard(frozenset(marks), frozenset(found) | danger)
        told(number, len(taught))


def _blocks(rows: list[Numbers], rarity: Numbers) -> Iterator[tuple[int, Numbers]]:
    """The contacts as rows of length one, some columns (words) at a time."""
    length = [float(np.sqrt((rarity[row] ** 2).sum())) or 1.0 for row in rows]
    for first, last in pairwise([*range(0, len(rarity), COLUMNS), len(rarity)]):
        block = np.zeros((len(rows), last - first), dtype=np.float32)
        for number, row in enumerate(rows):
            here = row[(row >= first) & (row < last)]
            block[number, here - first] = rarity[here] / length[number]
        yield first, block


def _alike(rows: list[Numbers], rarity: Numbers) -> Numbers:
    """How alike each two contacts are, from 0 to 1."""
    alike = np.zeros((len(rows), len(rows)))
    for _first, block in _blocks(rows, rarity):
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
