"""The parts of a document on levels of need, as the open page and the print draw them."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["level", "rule", "protective", "indicator"]
Place = tuple[Kind, str]
"""What has a page of its own: a level by its number, anything else by its code."""


@dataclass(frozen=True)
class Entry:
    """A title with short marks beside it, its words, and what is listed under them."""

    title: str
    words: tuple[str, ...]
    marks: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def key(self) -> str:
        """The address of this entry inside the document, or nothing."""
        return "-".join(self.place) if self.place else ""


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands under it; a deeper one is part of the last that is less deep."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    depth: Literal[1, 2, 3] = 1
