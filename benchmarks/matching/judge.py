"""The figures of one set of answers against the truth: recall, safety, fairness."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

FEWEST = 40  # queries of a community, for its recall to be reported
LIKELY = "likely"


class Candidate(NamedTuple):
    """One candidate of an answer, in the order of the answer."""

    child_id: str
    band: str
    probability: float


Answers = dict[str, list[Candidate]]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a query was made from; `also` is a second row of the same child on the register."""

    query_id: str
    same: frozenset[str]
    kind: str
    community: str
    twins: frozenset[str]
    siblings: frozenset[str]

    @property
    def is_known(self) -> bool:
        """Is the child on the register?"""
        return bool(self.same)


def read_truth(path: Path) -> list[Truth]:
    """The truths of a file, without those of queries too thin to answer."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Truth(
                row["query_id"],
                frozenset({row["child_id"], row["also"]} - {""})
                if row["child_id"]
                else frozenset(),
                row["kind"],
                row["community"],
                frozenset(row["twins"].split(";")) - {""},
                frozenset(row["siblings"].split(";")) - {""},
            )
            for row in csv.DictReader(file)
        ]
    return [row for row in rows if row.kind != "thin"]


def read_answers(path: Path) -> Answers:
    """An answers.csv, by query."""
    answers: Answers = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            answers[row["query_id"]].append(
                Candidate(row["child_id"], row["band"], float(row["probability"]))
            )
    return answers


def pooled(measured: list[tuple[list[Truth], Answers]]) -> tuple[list[Truth], Answers]:
    """Several seeds as one: their query ids are told apart."""
    truths: list[Truth] = []
    answers: Answers = {}
    for number, (some, found) in enumerate(measured):
        truths += [replace(truth, query_id=f"{number}-{truth.query_id}") for truth in some]
        answers |= {f"{number}-{query_id}": each for query_id, each in found.items()}
    return truths, answers


def figures(truths: list[Truth], answers: Answers) -> dict[str, Any]:
    """Every figure that answers give by themselves; shares of 1, and how many they rest on."""
    known = [truth for truth in truths if truth.is_known]
    twins = [truth for truth in known if truth.twins]
    off = [truth for truth in truths if not truth.is_known]
    off_with = [truth for truth in off if truth.siblings]
    likely = [(truth, each) for truth in truths for each in _likely(answers, truth)]
    recall = by_group(known, answers, lambda truth: truth.community)
    at_10 = share(_found(answers, truth, 10) for truth in known)
    counted = {name: row for name, row in recall.items() if row["queries"] >= FEWEST}
    worst = min(counted, key=lambda name: counted[name]["recall_at_10"], default="")
    return {
        "queries": len(truths),
        "known": len(known),
        "recall_at_1": share(_found(answers, truth, 1) for truth in known),
        "recall_at_10": at_10,
        "likely_precision": share(each.child_id in truth.same for truth, each in likely),
        "likely_coverage": share(
            any(each.child_id in truth.same for each in _likely(answers, truth)) for truth in known
        ),
        "twin_queries": len(twins),
        "twin_outranks": share(_outranked(answers, truth) for truth in twins),
        "twin_likely": share(
            any(each.child_id in truth.twins for each in _likely(answers, truth)) for truth in twins
        ),
        "off_queries": len(off),
        "off_likely": share(bool(_likely(answers, truth)) for truth in off),
        "off_with_sibling_queries": len(off_with),
        "off_with_sibling_likely": share(bool(_likely(answers, truth)) for truth in off_with),
        "worst_community": worst,
        "worst_community_below": at_10 - counted[worst]["recall_at_10"] if worst else 0.0,
        "offered_at_05": share_of(answers, truths, 0.05),
    }


def by_group(
    truths: Iterable[Truth], answers: Answers, group: Callable[[Truth], str]
) -> dict[str, dict[str, Any]]:
    """Recall of known children, and false "likely", by kind of error or by community."""
    groups: dict[str, list[Truth]] = defaultdict(list)
    for truth in truths:
        groups[group(truth)].append(truth)
    return {
        name: {
            "queries": len(rows),
            "recall_at_1": share(_found(answers, row, 1) for row in rows if row.is_known),
            "recall_at_10": share(_found(answers, row, 10) for row in rows if row.is_known),
            "likely": share(
                any(each.child_id in row.same for each in _likely(answers, row))
                for row in rows
                if row.is_known
            ),
            "false_likely": share(
                any(each.child_id not in row.same for each in _likely(answers, row)) for row in rows
            ),
        }
        for name, rows in sorted(groups.items())
    }


def share(answers: Iterable[bool]) -> float:
    """How many of them are so; nought of none."""
    listed = list(answers)
    return sum(listed) / len(listed) if listed else 0.0


def share_of(answers: Answers, truths: list[Truth], least: float) -> float:
    """Candidates of at least this probability, for each query."""
    offered = sum(
        each.probability >= least for truth in truths for each in answers.get(truth.query_id, ())
    )
    return offered / len(truths) if truths else 0.0


def _likely(answers: Answers, truth: Truth) -> list[Candidate]:
    return [each for each in answers.get(truth.query_id, ()) if each.band == LIKELY]


def _found(answers: Answers, truth: Truth, within: int) -> bool:
    first = answers.get(truth.query_id, ())[:within]
    return any(each.child_id in truth.same for each in first)


def _outranked(answers: Answers, truth: Truth) -> bool:
    for each in answers.get(truth.query_id, ()):
        if each.child_id in truth.same:
            return False
        if each.child_id in truth.twins:
            return True
    return False
