"""How earlier versions of the normaliser filed children, while the index is filed anew.

Whoever raises NORMALISER_VERSION copies `normalise` and `keys` as they were to modules of their
own and names their two functions here under the version that they were. A search then asks for
the keys of both, so a child is found before and after she is filed anew. When every authority has
been filed anew, the entry and its modules go.
"""

from collections.abc import Callable
from typing import NamedTuple

from mash_triage.matching.identity import Identity
from mash_triage.matching.keys import keys_of
from mash_triage.matching.normalise import NORMALISER_VERSION

Keys = Callable[[Identity, bytes], set[int]]


class Filing(NamedTuple):
    """One version: the keys that a search asks for, from an identity as it is written now, and
    those under which a stored identity of that version was filed.
    """

    query_keys: Keys
    keys_of: Keys


OLDER: dict[int, Filing] = {}


def filed_under(child: Identity, version: int, secret: bytes) -> set[int] | None:
    """The keys of a stored child; None when nothing is left that knows that version."""
    if version == NORMALISER_VERSION:
        return keys_of(child, secret)
    return OLDER[version].keys_of(child, secret) if version in OLDER else None
