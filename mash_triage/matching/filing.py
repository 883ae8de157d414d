"""What is written for children in the index: keys, comparable features, and the counts of terms.

All of it in the transaction of the records. `index_children` files children anew, a few or many;
`NewChildren` files very many who were never filed, or whose keys were all taken out.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from mash_triage.db.keys import read_or_make
from mash_triage.db.many import ByNumbers, insert_many
from mash_triage.matching.identity import Identity
from mash_triage.matching.keys import BYTES, keys_of
from mash_triage.matching.models import MatchFeature, MatchKey
from mash_triage.matching.normalise import NORMALISER_VERSION
from mash_triage.matching.older import filed_under
from mash_triage.matching.register_facts import Term, hold_counts, keep_counts, terms_of
from mash_triage.matching.stored import from_text, lines_of, to_text
from mash_triage.settings import ROOT, settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILED_IN = ("person", "match_key", "match_feature", "match_term")
CHILDREN_AT_ONCE = 1_000  # filed by one statement
KEYS_AT_ONCE = 200_000
KEYS_IN_MEMORY = 25_000_000  # 300 MB
TERMS_IN_MEMORY = 200_000
DRAWERS = 64  # the keys of new children are kept apart by their first bits, and sorted apart

_KEYS = cast(Table, MatchKey.__table__)
_FEATURES = cast(Table, MatchFeature.__table__)
_OF_KEY = ("k", "child_id")
_OF_FEATURE = ("child_id", "version", "line", "f")
_UNFILE = ByNumbers("DELETE FROM match_feature WHERE child_id {among}")
_NO_KEY_OF = ByNumbers("DELETE FROM match_key WHERE child_id {among}")
_NO_KEY = text("DELETE FROM match_key WHERE k = :k AND child_id = :child_id")


@lru_cache(maxsize=1)
def secret() -> bytes:
    """The key of the hashes: from the configuration, else from a file made on first use."""
    configured = settings().matching_key
    key = (
        configured.get_secret_value() if configured else read_or_make(ROOT / "var" / "matching.key")
    )
    return key.encode()[:64]


def index_children(session: Session, children: Sequence[tuple[int, Identity]]) -> None:
    """File these children anew: (person id, identity). What they were filed under is taken out."""
    for at in range(0, len(children), CHILDREN_AT_ONCE):
        _file_anew(session, dict(children[at : at + CHILDREN_AT_ONCE]))


def _file_anew(session: Session, children: dict[int, Identity]) -> None:
    ids = sorted(children)
    hold_counts(session, changed=len(ids))
    gone, lost, fewer = set[tuple[int, int]](), list[int](), Counter[Term]()
    for child_id, version, line in lines_of(session, ids):
        was = from_text(line)
        fewer.update(terms_of(was, version))
        keys = filed_under(was, version, secret())
        gone |= {(k, child_id) for k in keys or ()}
        lost += [child_id] if keys is None else []
    new = {(k, i) for i, identity in children.items() for k in keys_of(identity, secret())}
    more = Counter(t for child in children.values() for t in terms_of(child, NORMALISER_VERSION))

    if lost:  # nothing left knows what they were filed under, so the whole table is looked through
        _NO_KEY_OF.run(session, lost)
    if gone - new:
        rows = [{"k": k, "child_id": child_id} for k, child_id in sorted(gone - new)]
        session.execute(_NO_KEY, rows)
    _UNFILE.run(session, ids)
    insert_many(session, _KEYS, _OF_KEY, sorted(new - gone))
    insert_many(session, _FEATURES, _OF_FEATURE, [_feature(i, children[i]) for i in ids])
    keep_counts(session, more, fewer)


def _feature(child_id: int, identity: Identity) -> tuple[int, int, str, dict[str, object]]:
    return child_id, NORMALISER_VERSION, to_text(identity), {}


# ---------------------------------------------------------------- very many


class NewChildren:
    """Files children who were never filed, their keys at the end and in the order of the keys.

    A tree that grows at one end takes a tenth of the time of one that grows everywhere, and is
    full where the other is two thirds full. `finish` must be called, in the same transaction.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._terms = Counter[Term]()
        self._forget_keys()

    def add(self, children: Sequence[tuple[int, Identity]]) -> None:
        """File these; they are found once `finish` was called."""
        features = [_feature(i, identity) for i, identity in children]
        insert_many(self._session, _FEATURES, _OF_FEATURE, features)
        self.add_keys(children)

    def add_keys(self, children: Sequence[tuple[int, Identity]]) -> None:
        """Their keys and counts alone; their features are there."""
        for child_id, identity in children:
            self._terms.update(terms_of(identity, NORMALISER_VERSION))
            for k in keys_of(identity, secret()):
                drawer = self._drawers[k >> _TO_DRAWER]
                drawer[0].append(k)
                drawer[1].append(child_id)
        self._changed += len(children)
        if len(self._terms) > TERMS_IN_MEMORY:
            self._count()
        if self._changed > KEYS_IN_MEMORY // 25:
            self.finish()

    def finish(self) -> None:
        """Write the keys and the counts."""
        self._count()
        for rows in self._in_order():
            insert_many(self._session, _KEYS, _OF_KEY, rows)
        self._forget_keys()

    def _forget_keys(self) -> None:
        self._changed = 0
        self._drawers = {
            first: (array("q"), array("i")) for first in range(-DRAWERS // 2, DRAWERS // 2)
        }

    def _count(self) -> None:
        hold_counts(self._session, changed=0)
        keep_counts(self._session, self._terms, Counter())
        self._terms.clear()

    def _in_order(self) -> Iterator[list[tuple[int, int]]]:
        import numpy as np

        for first in sorted(self._drawers):
            k, child_id = (np.asarray(each) for each in self._drawers.pop(first))
            order: NDArray[np.intp] = np.lexsort((child_id, k))
            for at in range(0, len(order), KEYS_AT_ONCE):
                part = order[at : at + KEYS_AT_ONCE]
                yield list(zip(k[part].tolist(), child_id[part].tolist(), strict=True))


_TO_DRAWER = 8 * BYTES - (DRAWERS.bit_length() - 1)
