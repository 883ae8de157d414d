"""Who is worth comparing with a reported child: those who share the rarest keys with her.

One statement reads the blocks of children that share a key, one the features of the best. A block
of more than 400 children says too little and is left out, in the same way on both databases.
"""

from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from math import log2

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
from sqlalchemy.orm import Session

from mash_triage.db.many import ByNumbers
from mash_triage.matching.filing import index_children, secret
from mash_triage.matching.identity import Identity
from mash_triage.matching.keys import query_keys, wider_keys
from mash_triage.matching.normalise import NORMALISER_VERSION, skeleton
from mash_triage.matching.older import OLDER
from mash_triage.matching.register_facts import RegisterFacts
from mash_triage.matching.stored import from_text, lines_of, read_anew

__all__ = [
    "Found", "candidates_for", "identities", "index_children", "secret", "widen",
]  # fmt: skip

BLOCK_LIMIT = 400  # a block with more children than this says too little to be worth reading
FAR_TOO_WIDE = 2 * BLOCK_LIMIT  # not read again while the facts hold
MOST_CANDIDATES = 60  # compared in full, the rarest blocks first
ADD_A_BIRTH_DATE = f"More than {BLOCK_LIMIT} children share this name; add a date of birth."

ALIKE = 0.86  # Jaro-Winkler, between a reported word and one on the register
MOST_ALIKE = 12  # words of different sound for one reported word

_BLOCKS = ByNumbers("SELECT k, child_id FROM match_key WHERE k {among}")


@dataclass(frozen=True, slots=True)
class Found:
    """The children worth comparing, as if those `closed` to the asker did not exist.

    `capped` is a sentence for the asker when so many children share what was reported that they
    were left out. `closed` are candidates among the closed records alone, from which nothing but
    the sentence about the duty manager may be made.
    """

    candidates: list[tuple[int, Identity]]
    capped: str | None = None
    closed: tuple[tuple[int, Identity], ...] = ()


def candidates_for(
    session: Session, reported: Identity, facts: RegisterFacts, closed: Set[int] = frozenset()
) -> Found:
    """The children who share the rarest keys with the reported child; `closed` are held apart."""
    keys = query_keys(reported, secret())
    for version in facts.older & OLDER.keys():
        keys |= OLDER[version].query_keys(reported, secret())
    return _found(session, keys, reported, facts, closed)


def widen(
    session: Session, reported: Identity, facts: RegisterFacts, closed: Set[int] = frozenset()
) -> Found:
    """The second stage, for when no candidate reaches even odds: those of the first, and children
    whose names are spelt much otherwise, found by the register's own words.
    """
    given = _alike(reported.name.given[:1], facts.words.get("given", ()))
    family = _alike(reported.name.family, facts.words.get("family", ()))
    keys = query_keys(reported, secret()) | wider_keys(reported, given, family, secret())
    return _found(session, keys, reported, facts, closed)


def _alike(words: Iterable[str], known: Collection[str]) -> list[str]:
    """Words on the register that look like these and sound otherwise, one for each sound."""
    by_sound: dict[str, str] = {}
    for word in words:
        own = skeleton(word)
        near = process.extract(
            word, known, scorer=JaroWinkler.similarity, score_cutoff=ALIKE, limit=4 * MOST_ALIKE
        )
        sounds = {skeleton(other): other for other, _, _ in reversed(near)}
        nearest = [(s, other) for s, other in reversed(sounds.items()) if s != own]
        by_sound.update(nearest[:MOST_ALIKE])
    return list(by_sound.values())


# ---------------------------------------------------------------- blocks


def _found(
    session: Session, keys: set[int], reported: Identity, facts: RegisterFacts, closed: Set[int]
) -> Found:
    blocks, too_wide = _blocks(session, keys, facts, closed)
    best = _rarest([[i for i in block if i not in closed] for block in blocks], facts.size)
    apart = _rarest([[i for i in block if i in closed] for block in blocks], facts.size)
    known = dict(identities(session, [*best, *apart]))
    return Found(
        candidates=[(i, known[i]) for i in best if i in known],
        capped=ADD_A_BIRTH_DATE if too_wide and not reported.dob else None,
        closed=tuple((i, known[i]) for i in apart if i in known),
    )


def _blocks(
    session: Session, keys: set[int], facts: RegisterFacts, closed: Set[int]
) -> tuple[list[list[int]], bool]:
    """The children of each key that says enough, and whether any says too little."""
    asked = keys - facts.too_wide
    too_wide = len(asked) < len(keys)
    blocks: dict[int, list[int]] = {}
    for k, child_id in _BLOCKS.rows(session, asked):
        blocks.setdefault(k, []).append(child_id)
    for k, block in list(blocks.items()):
        if len(block) <= BLOCK_LIMIT:
            continue
        size = sum(child_id not in closed for child_id in block)
        if size > BLOCK_LIMIT:
            too_wide = True
            del blocks[k]
        if size > FAR_TOO_WIDE:
            facts.too_wide.add(k)
    return list(blocks.values()), too_wide


def _rarest(blocks: Iterable[list[int]], size: int) -> list[int]:
    """The children by the summed rarity of the blocks they stand in; equal ones by number."""
    weight: dict[int, float] = {}
    for block in sorted(blocks, key=len):  # a sum of floats hangs on their order
        rarity = max(log2(max(size, 2) / max(len(block), 1)), 0.0)
        for child_id in block:
            weight[child_id] = weight.get(child_id, 0.0) + rarity
    return sorted(weight, key=lambda child_id: (-weight[child_id], child_id))[:MOST_CANDIDATES]


def identities(session: Session, ids: Collection[int]) -> list[tuple[int, Identity]]:
    """The filed identities of these children, as the normaliser in force reads them."""
    return [
        (child_id, from_text(line) if version == NORMALISER_VERSION else read_anew(from_text(line)))
        for child_id, version, line in lines_of(session, ids)
    ]
