"""The cells of a table of who may do what, as many as are tried on each kind of database."""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Cell = TypeVar("Cell")
EVERY = 1 if os.environ.get("MASH_SOAK") else 3


def tried_on(kind: str, cells: Iterable[Cell]) -> Iterator[Cell]:
    """All of them on SQLite; every third on PostgreSQL, since who may is asked before the database
    is, and all there too with MASH_SOAK.
    """
    return islice(cells, 0, None, 1 if kind == "sqlite" else EVERY)
