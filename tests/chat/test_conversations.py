"""Conversations written before the chat: what it understands of them, and what it invents."""

from pathlib import Path

import pytest
import yaml

from mash_triage.chat.replay import replay
from mash_triage.chat.tidy import folded, plain
from tests.chat.scoring import Score, score

FOLDER = Path(__file__).parents[1] / "data" / "conversations"


@pytest.fixture(scope="module")
def told():
    """The forty conversations that may be read."""
    return [
        one
        for file in sorted(FOLDER.glob("open_*.yaml"))
        for one in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["conversations"]
    ]


@pytest.fixture(scope="module")
def lines(told):
    """What the chat makes of them."""
    return [replay(one) for one in told]


def test_the_chat_understands_what_was_stated(told, lines):
    found: Score = score(told, lines)
    assert found.share >= 0.9
    assert found.invented == []
    assert found.median_turns <= 14


def test_danger_is_recognised_wherever_it_is_said(told, lines):
    found = score(told, lines)
    assert found.late == []
    assert len(found.false_danger) <= 1
    assert len(found.doubted) <= 5


def test_every_fact_comes_from_words_that_were_typed(told, lines):
    for one, line in zip(told, lines, strict=True):
        typed = folded(" ".join(plain(turn) for turn in one["turns"]))
        for fact in line["facts"]:
            assert folded(fact["words"]) in typed, (line["id"], fact["field"])
