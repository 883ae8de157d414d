"""Learns the weights of the guided chat from labelled sentences, and measures them apart.

python -m benchmarks.chat_learning             measure by leaving parts out, write nothing
python -m benchmarks.chat_learning write       write mash_triage/chat/data/{danger,phrases}.npz

Two sources: lines written one by one for this (tests/data/conversations/lines/), and the open
conversations. What is held back from both is never read here.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from mash_triage.chat.hearing.learned import weights_of
from mash_triage.chat.hearing.phrases import (
    BUCKETS,
    bucket,
    features,
    phrase_words,
    phrases_in,
    plain_words,
)
from mash_triage.chat.people.cast import Cast
from mash_triage.chat.read import Context
from mash_triage.chat.state import Talk
from mash_triage.chat.talking import begin, take_turn
from mash_triage.chat.tidy import plain, sentences
from mash_triage.chat.words.items import taken_apart
from mash_triage.chat.words.marks import marks_in
from mash_triage.chat.words.vocabulary import DATA

TOLD = Path(__file__).resolve().parent.parent / "tests" / "data" / "conversations"
LINES = TOLD / "lines"
PARTS = 8
STRENGTH = {"danger": 10.0, "phrases": 20.0}
"""How closely the weights follow the examples (the inverse of their regularisation)."""

FEWEST = 25
"""Examples below which a label is not learned."""

LABELS = {
    "children.location_now": "where_now", "children.with_now": "with_now",
    "children.next_contact_with_source": "next", "children.previous_address": "previous",
    "children.voice": "said", "children.voice_said_to": "said_to",
    "children.voice_observed": "observed", "children.disability": "disability",
    "children.communication": "communication", "children.sen": "sen",
    "people.whereabouts": "whereabouts", "people.needs": "people_needs", "people.work": "work",
    "people.lives_there=False": "lives_no", "people.parental_responsibility=True": "pr_yes",
    "people.knows_of_contact=True": "told_yes", "people.knows_of_contact=False": "told_no",
    "consent.parents_aware=True": "told_yes", "consent.parents_aware=False": "told_no",
    "people.agrees=True": "agrees_yes", "people.agrees=False": "agrees_no",
    "consent.parents_agree=True": "agrees_yes", "consent.parents_agree=False": "agrees_no",
    "people.view": "parents_view", "consent.parents_view": "parents_view",
    "consent.child_view": "child_view", "consent.not_told_reason": "not_told_reason",
    "concern.working_well": "working_well", "concern.needs_to_happen": "needs",
    "concern.told_by": "told_by", "safety.injuries": "injuries", "safety.medical": "medical",
    "safety.steps_taken": "steps", "help.so_far": "help_so_far", "staff_risk": "staff_risk",
    "restricted.text": "restricted", "restricted.from": "restricted",
}  # fmt: skip
"""The names of FIELDS.md, by the labels that are learned."""


@dataclass
class Example:
    """Words with what they are about; `unsure` are labels that may stand and need not."""

    words: list[str]
    labels: frozenset[str]
    group: str
    around: list[str] = field(default_factory=list)
    asked: str = ""
    unsure: frozenset[str] = frozenset()


def danger_examples() -> list[Example]:
    """Messages with and without danger now, and the turns of conversations up to their danger."""
    found = [
        Example(
            plain_words(line),
            frozenset({"danger"} if kind == "danger" else ()),
            f"{file.stem}{n // 4}",
        )
        for kind in ("danger", "calm")
        for file in sorted(LINES.glob(f"{kind}_[a-z].txt"))
        for n, line in enumerate(file.read_text("utf-8").splitlines())
    ]
    for one in open_conversations():
        due = one["expected"]["danger_at_turn"]
        earliest = one["expected"].get("danger_earliest") or due
        for n, turn in enumerate(one["turns"], 1):
            if due is None or n < earliest or n == due:
                labels = frozenset({"danger"} if n == due else ())
                found.append(Example(plain_words(plain(str(turn))), labels, one["id"]))
    return found


def phrase_examples() -> list[Example]:
    """Phrases of conversations and of lines, each with the questions that it answers."""
    found = []
    for file in sorted(LINES.glob("phrases_*.tsv")):
        for n, line in enumerate(file.read_text("utf-8").splitlines()):
            told, _, message = line.partition("\t")
            labels = frozenset(told.replace(" ", "").split(",")) - {"none"}
            found += _of_line(plain(message), labels, f"{file.stem}{n}")
    for one in open_conversations():
        found += _of_conversation(one)
    return found


def _of_line(message: str, labels: frozenset[str], group: str) -> Iterator[Example]:
    """A line is learned whole: its labels are the whole line's."""
    today = date(2026, 9, 1)
    cast = Cast(Talk(), 1, today)
    marks = marks_in(message, today)
    parts = [
        phrase_words(sentence, phrase)
        for place in sentences(message)
        for sentence in [taken_apart(message, place, marks, cast.known_names(), bare=False)]
        for phrase in phrases_in(sentence)
    ]
    if parts:
        yield Example([word for part in parts for word in part], labels, group)


def _of_conversation(one: dict[str, Any]) -> Iterator[Example]:
    sender = one["referrer"]
    context = Context(str(sender.get("agency_type", "")), str(sender.get("role", "")))
    today, talk = date.fromisoformat(str(one["today"])), begin(context)
    for number, words in enumerate(one["turns"], 1):
        typed = plain(str(words))
        yield from _of_turn(typed, _spans(one["expected"], number, typed), talk, today, one["id"])
        talk = take_turn(talk, str(words), today, context)


def _of_turn(
    typed: str, spans: list[tuple[int, int, str, bool]], talk: Talk, today: date, group: str
) -> Iterator[Example]:
    cast, marks = Cast(talk, len(talk.turns) + 1, today), marks_in(typed, today)
    for place in sentences(typed):
        sentence = taken_apart(typed, place, marks, cast.known_names(), bare=False)
        parts = phrases_in(sentence)
        words = [phrase_words(sentence, each) for each in parts]
        for n, phrase in enumerate(parts):
            mine = [
                (what, sure) for a, b, what, sure in spans if a < phrase.end and phrase.start < b
            ]
            yield Example(
                words[n],
                frozenset(what for what, sure in mine if sure),
                group,
                [word for other, many in enumerate(words) if other != n for word in many],
                talk.pending or "",
                frozenset(what for what, sure in mine if not sure),
            )


def _spans(expected: dict[str, Any], turn: int, typed: str) -> list[tuple[int, int, str, bool]]:
    found = []
    for kind in ("facts", "may"):
        for label in expected.get(kind) or ():
            if label.get("turn") != turn or "words" not in label:
                continue
            name = re.sub(r"\[\d+\]", "", label["field"])
            name += f"={label['value']}" if isinstance(label.get("value"), bool) else ""
            words = plain(str(label["words"])).lower()
            at = typed.lower().find(words)
            if at >= 0 and name in LABELS:
                found.append((at, at + len(words), LABELS[name], kind == "facts"))
    return found


def open_conversations() -> Iterator[dict[str, Any]]:
    """Those that may be read."""
    for file in sorted((*TOLD.glob("open_*.yaml"), *TOLD.glob("more_*.yaml"))):
        yield from yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["conversations"]


def matrix(examples: list[Example]) -> csr_matrix:
    """One row an example: its places, each with the same weight, of length one."""
    rows, places, values = [], [], []
    for n, each in enumerate(examples):
        mine = {bucket(one) for one in features(each.words, each.around, each.asked)}
        rows += [n] * len(mine)
        places += sorted(mine)
        values += [1 / np.sqrt(len(mine))] * len(mine)
    return csr_matrix((values, (rows, places)), shape=(len(examples), BUCKETS))


def learned(where: csr_matrix, is_so: Any, strength: float) -> LogisticRegression:
    """The weights of one label."""
    model = LogisticRegression(
        C=strength, class_weight="balanced", solver="liblinear", max_iter=500, random_state=1
    )
    return model.fit(where, is_so)


def labels_of(examples: list[Example]) -> list[str]:
    """What there are examples enough of."""
    every = sorted({label for each in examples for label in each.labels})
    return [x for x in every if sum(x in each.labels for each in examples) >= FEWEST]


def measure(name: str, examples: list[Example]) -> None:
    """Print, for each label, precision and recall at some chances, on what was left out."""
    where, groups = matrix(examples), np.array([each.group for each in examples])
    for label in labels_of(examples):
        is_so = np.array([label in each.labels for each in examples])
        unsure = np.array([label in each.unsure for each in examples])
        chance = np.zeros(len(examples))
        for train, left in GroupKFold(PARTS).split(where, is_so, groups):
            train = train[~unsure[train]]
            model = learned(where[train], is_so[train], STRENGTH[name])
            chance[left] = model.predict_proba(where[left])[:, 1]
        told = []
        for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            said = (chance >= least) & ~unsure
            hits = (said & is_so).sum()
            told.append(f"{least}: {hits / max(said.sum(), 1):.2f} {hits / is_so.sum():.2f}")
        print(f"{label:16s}{is_so.sum():5d}  " + "  ".join(told), flush=True)


def write(name: str, examples: list[Example]) -> None:
    """Learn from everything and write the weights, rounded to one byte each."""
    where, labels = matrix(examples), labels_of(examples)
    columns, scales, biases = [], [], []
    for label in labels:
        sure = np.array([label not in each.unsure for each in examples])
        is_so = np.array([label in each.labels for each in examples])
        model = learned(where[sure], is_so[sure], STRENGTH[name])
        scale = np.abs(model.coef_[0]).max() / 127
        columns.append(np.round(model.coef_[0] / scale).astype(np.int8))
        scales.append(scale)
        biases.append(model.intercept_[0])
    store(name, labels, columns, scales, biases)
    print(f"{name}: {len(examples)} examples, {len(labels)} labels written")


def store(name: str, labels: list[str], columns: list[Any], scales: Any, biases: Any) -> None:
    """Write a model; without labels it understands nothing."""
    np.savez_compressed(
        DATA / f"{name}.npz",
        labels=np.array(labels, dtype=str),
        weights=np.stack(columns, axis=1) if columns else np.zeros((BUCKETS, 0), np.int8),
        scale=np.array(scales, dtype=np.float32),
        bias=np.array(biases, dtype=np.float32),
    )
    weights_of.cache_clear()


def main(deed: str) -> None:
    """Measure or write both models. The conversations are replayed by the rules alone, so that the
    same examples always give the same weights.
    """
    for name, examples in (("danger", danger_examples), ("phrases", phrase_examples)):
        if deed == "write":
            store(name, [], [], [], [])
            write(name, examples())
        else:
            print(f"{name}: at each chance precision and recall")
            measure(name, examples())


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "measure")
