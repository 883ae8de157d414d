"""The matching index: keys and comparable features, written in the transaction of the record."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from mash_triage.db.keys import read_or_make
from mash_triage.matching.identity import Identity
from mash_triage.matching.keys import keys_of, query_keys
from mash_triage.matching.models import MatchFeature, MatchKey
from mash_triage.matching.normalise import NORMALISER_VERSION
from mash_triage.matching.register_facts import RegisterFacts, counted, keep_counts
from mash_triage.settings import ROOT, settings

BLOCK_LIMIT = 400  # a block with more children than this says too little to be worth reading
MOST_CANDIDATES = 60  # compared in full, the rarest blocks first
ADD_A_BIRTH_DATE = (
    f"More than {BLOCK_LIMIT} children share this name or address; add a date of birth."
)


@lru_cache(maxsize=1)
def secret() -> bytes:
    """The key of the hashes: from the configuration, else from a file made on first use."""
    configured = settings().matching_key
    text = (
        configured.get_secret_value() if configured else read_or_make(ROOT / "var" / "matching.key")
    )
    return text.encode()[:64]


# ---------------------------------------------------------------- kept


def index_children(session: Session, children: Sequence[tuple[int, Identity]]) -> None:
    """File these children anew: (person id, identity). Their old keys are taken out first."""
    ids = [person_id for person_id, _ in children]
    before = [identity for _, identity in identities(session, ids)]
    session.execute(delete(MatchKey).where(MatchKey.child_id.in_(ids)))
    session.execute(delete(MatchFeature).where(MatchFeature.child_id.in_(ids)))
    keys = [
        {"k": k, "child_id": person_id}
        for person_id, identity in children
        for k in sorted(keys_of(identity, secret()))
    ]
    features = [
        {"child_id": person_id, "version": NORMALISER_VERSION, "f": identity.to_json()}
        for person_id, identity in children
    ]
    if keys:
        session.execute(insert(MatchKey), keys)
    if features:
        session.execute(insert(MatchFeature), features)
        after = counted(identity for _, identity in children)
        keep_counts(session, after, counted(before), len(features))


# ---------------------------------------------------------------- found


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
    return _found(session, query_keys(reported, secret()), reported, facts, closed)


def widen(
    session: Session, reported: Identity, facts: RegisterFacts, closed: Set[int] = frozenset()
) -> Found:
    """The second stage, for when no candidate reaches even odds: names spelt much otherwise."""
    return candidates_for(session, reported, facts, closed)


def _found(
    session: Session, keys: set[int], reported: Identity, facts: RegisterFacts, closed: Set[int]
) -> Found:
    blocks: dict[int, list[int]] = {}
    for k, child_id in session.execute(
        select(MatchKey.k, MatchKey.child_id).where(MatchKey.k.in_(keys))
    ):
        blocks.setdefault(k, []).append(child_id)
    open_blocks = {k: [i for i in block if i not in closed] for k, block in blocks.items()}
    closed_blocks = {k: [i for i in block if i in closed] for k, block in blocks.items()}
    best, is_capped = _rarest(open_blocks, facts.size)
    apart, _ = _rarest(closed_blocks, facts.size)
    known = dict(identities(session, [*best, *apart]))
    return Found(
        candidates=[(i, known[i]) for i in best if i in known],
        capped=ADD_A_BIRTH_DATE if is_capped and not reported.dob else None,
        closed=tuple((i, known[i]) for i in apart if i in known),
    )


def _rarest(blocks: dict[int, list[int]], size: int) -> tuple[list[int], bool]:
    """Children by the summed rarity of the blocks they stand in, and whether one was too wide."""
    weight: dict[int, float] = {}
    used = [block for block in blocks.values() if 0 < len(block) <= BLOCK_LIMIT]
    for block in sorted(used, key=len):  # sums of floats must not hang on the order of rows
        rarity = max(log2(max(size, 2) / len(block)), 0.0)
        for child_id in block:
            weight[child_id] = weight.get(child_id, 0.0) + rarity
    best = sorted(weight, key=lambda child_id: (-weight[child_id], child_id))[:MOST_CANDIDATES]
    return best, any(len(block) > BLOCK_LIMIT for block in blocks.values())


def identities(session: Session, ids: Iterable[int]) -> list[tuple[int, Identity]]:
    """The filed identities of these children."""
    wanted = list(ids)
    rows = session.execute(
        select(MatchFeature.child_id, MatchFeature.f).where(MatchFeature.child_id.in_(wanted))
    )
    return [(child_id, Identity.from_json(f)) for child_id, f in rows]
