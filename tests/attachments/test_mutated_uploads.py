"""Files broken in every way: each gets one sentence or reads back; never a fault, never half.

2,000, and ten times as many with MASH_SOAK; always the same ones.
"""

import hashlib
import os
import random
import re

import pytest

from mash_triage.attachments import receiving
from mash_triage.attachments.cleaning import clean
from mash_triage.attachments.kinds import Kind
from mash_triage.errors import NotReady
from tests.attachments import samples

UPLOADS = 20_000 if os.environ.get("MASH_SOAK") else 2_000
SENTENCE = re.compile(r"[A-Z][^\n]{10,300}[.]")


def flip(content, dice):
    for _ in range(dice.choice((1, 8, 200))):
        content[dice.randrange(len(content))] = dice.randrange(256)


def cut(content, dice):
    del content[dice.randrange(len(content)) :]


def drop(content, dice):
    start = dice.randrange(len(content))
    del content[start : start + dice.randrange(1, 400)]


def repeat(content, dice):
    start = dice.randrange(len(content))
    content[start:start] = content[start : start + dice.randrange(1, 400)] * dice.choice((1, 50))


def blank(content, dice):
    start = dice.randrange(len(content))
    content[start : start + 64] = bytes(64)


def grow_a_number(content, dice):
    start = dice.randrange(max(len(content) - 4, 1))
    content[start : start + 4] = b"\xff\xff\xff\x7f"


def join_another(content, dice):
    content += samples.GOOD[dice.choice(list(Kind))]()


def add_noise(content, dice):
    content[0:0] = dice.randbytes(dice.randrange(1, 40))


WAYS = (flip, cut, drop, repeat, blank, grow_a_number, join_another, add_noise)


def mutated(number):
    """One upload: its kind and content, the same each time for the same number."""
    dice = random.Random(number)
    kind = dice.choice(list(Kind))
    content = bytearray(samples.GOOD[kind]())
    for way in dice.choices(WAYS, k=dice.choice((1, 1, 2, 4))):
        if content:
            way(content, dice)
    return kind, bytes(content)


@pytest.mark.filterwarnings("ignore::UserWarning")  # what Pillow says of a broken photograph
def test_mutated_uploads(vault, take_in, monkeypatch):
    monkeypatch.setattr(
        receiving, "cleaned_apart", clean
    )  # in this process: a process each is slow
    said, kept = [], []
    for number in range(UPLOADS):
        kind, content = mutated(number)
        try:
            kept.append(take_in(f"{number}.{kind}", content))
        except NotReady as refusal:
            said.append(refusal.words)
    assert len(kept) + len(said) == UPLOADS
    assert [words for words in said if not SENTENCE.fullmatch(words)] == []
    for each in kept:
        read = b"".join(vault.read(each.id))
        assert hashlib.sha256(read).hexdigest() == each.sha256
        assert clean(read, each.kind), "what was kept is not taken a second time"
    assert len(list(vault.files())) == len(kept), "something is stored that nobody was told of"
    assert kept
    assert said
