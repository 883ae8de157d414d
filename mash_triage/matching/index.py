"""The matching index: keys and comparable features, written in the transaction of the record."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log2

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from mash_triage.db.keys import read_or_make
from mash_triage.matching.identity import Identity
from mash_triage.matching.keys import keys_of, query_keys
from mash_triage.matching.models import MatchFeature, MatchKey, MatchTerm
from mash_triage.matching.normalise import NORMALISER_VERSION
from mash_triage.settings import ROOT, settings

BLOCK_LIMIT = 400  # a block with more children than this says too little to be worth reading
MOST_CANDIDATES = 60  # compared in full, the rarest blocks first


@lru_cache(maxsize=1)
def secret() -> bytes:
    """The key of the hashes: from the configuration, else from a file made on first use."""
    configured = settings().matching_key
    text = (
        configured.get_secret_value() if configured else read_or_make(ROOT / "var" / "matching.key")
    )
    return text.encode()[:64]


def index_children(session: Session, children: Sequence[tuple[int, Identity]]) -> None:
    """File these children anew: (person id, identity). Their old keys are taken out first."""
    ids = [person_id for person_id, _ in children]
    before = _filed(session, ids)
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
        _count(session, len(features) - before)


_SIZE = {"kind": "register", "token": "children"}


def _filed(session: Session, ids: Sequence[int]) -> int:
    found = select(func.count()).where(MatchFeature.child_id.in_(ids))
    return session.scalar(found) or 0


def _count(session: Session, more: int) -> None:
    """Keep the number of filed children beside the terms: counting them each time would be slow."""
    size = session.get(MatchTerm, (_SIZE["kind"], _SIZE["token"]), with_for_update=True)
    if size is None:
        session.add(MatchTerm(**_SIZE, n=more))
    else:
        size.n += more
    session.flush()  # the next search in this deed counts them


def register_size(session: Session) -> int:
    """How many children are filed."""
    size = session.get(MatchTerm, (_SIZE["kind"], _SIZE["token"]))
    return size.n if size else 0


def candidates_for(session: Session, reported: Identity, size: int) -> list[tuple[int, Identity]]:
    """The children worth comparing: those that share the rarest keys with the reported child."""
    keys = query_keys(reported, secret())
    blocks: dict[int, list[int]] = {}
    for k, child_id in session.execute(
        select(MatchKey.k, MatchKey.child_id).where(MatchKey.k.in_(keys))
    ):
        blocks.setdefault(k, []).append(child_id)
    weight: dict[int, float] = {}
    for block in blocks.values():
        if len(block) > BLOCK_LIMIT:
            continue
        rarity = log2(max(size, 2) / len(block))
        for child_id in block:
            weight[child_id] = weight.get(child_id, 0.0) + rarity
    best = sorted(weight, key=lambda child_id: (-weight[child_id], child_id))[:MOST_CANDIDATES]
    return identities(session, best)


def identities(session: Session, ids: Iterable[int]) -> list[tuple[int, Identity]]:
    """The filed identities of these children."""
    wanted = list(ids)
    rows = session.execute(
        select(MatchFeature.child_id, MatchFeature.f).where(MatchFeature.child_id.in_(wanted))
    )
    return [(child_id, Identity.from_json(f)) for child_id, f in rows]
