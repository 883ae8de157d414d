"""The cells of a table of who may do what, and on which database each is tried."""

import os
from collections.abc import Iterable, Iterator
from typing import TypeVar

Cell = TypeVar("Cell")
EVERY = 3


def every_cell() -> bool:
    """Is every cell tried, however long that takes?"""
    return bool(os.environ.get("MASH_SOAK"))


def tried_on(kind: str, cells: Iterable[Cell]) -> Iterator[Cell]:
    """Two cells of three on SQLite and the third on PostgreSQL, since who may is asked before the
    database is; all of them on both with MASH_SOAK.
    """
    everything, third = every_cell(), kind == "postgresql"
    return (
        cell for number, cell in enumerate(cells) if everything or (number % EVERY == 0) is third
    )
