"""The page of each part of an edition: where its words lie in the edition's own print.

Printing does not depend on the pages, so filling them in a second time changes nothing.
"""

import re
from collections.abc import Iterator
from typing import Any

from mash_triage.errors import NotReady
from mash_triage.thresholds.chapters import Kind, Place
from mash_triage.thresholds.levels import EditionFault, read_edition
from mash_triage.thresholds.shapes import Edition, Indicator, Level, Protective, Rule

Numbers = dict[str, Iterator[int | None]]

KINDS: dict[type, Kind] = {Rule: "rule", Protective: "protective", Indicator: "indicator"}
PAGED: tuple[Kind, ...] = ("level", "rule", "protective", "indicator")

_TABLE = re.compile(r"^[ \t]*\[")
_PLACED = re.compile(r"^[ \t]*\[\[[ \t]*(level|rule|protective|indicator)[ \t]*\]\][ \t]*(#.*)?$")
_PAGE = re.compile(r"^[ \t]*page[ \t]*=")


def place_of(part: Level | Rule | Protective | Indicator) -> Place:
    """Under which name the page of a part is known."""
    if isinstance(part, Level):
        return "level", str(part.number)
    return KINDS[type(part)], part.code


def pages_of(edition: Edition) -> dict[Place, int]:
    """The page on which each level, rule, lowering and indicator begins in the edition's print."""
    from mash_triage.thresholds.pdf import printed  # reading an edition needs no printing

    return printed(edition).pages


def with_pages(edition: Edition) -> Edition:
    """The same edition with the page of each level, rule, lowering and indicator filled in."""
    pages = pages_of(edition)
    changes: dict[str, Any] = {
        name: tuple(
            part.model_copy(update={"page": pages[place_of(part)]})
            for part in getattr(edition, name)
        )
        for name in PAGED
    }
    return edition.model_copy(update=changes)


def fill_in(toml: str) -> str:
    """The text of an edition with its pages filled in; its comments and all else stay as they are.

    EditionFault for a text that is no sound edition; NotReady for one that does not write each
    level, rule and indicator as a table of its own.
    """
    wanted = with_pages(read_edition(toml))
    numbers: Numbers = {name: iter([part.page for part in getattr(wanted, name)]) for name in PAGED}
    filled = "\n".join(line for block in _blocks(toml) for line in _filled(block, numbers))
    if not _reads_as(filled, wanted):
        raise NotReady(
            "The pages cannot be filled in: write each part of the edition as a table of its own."
        )
    return filled


def _reads_as(toml: str, wanted: Edition) -> bool:
    try:
        return read_edition(toml) == wanted
    except EditionFault:
        return False


def _blocks(toml: str) -> list[list[str]]:
    """The lines of each table with its heading; what stands before the first is a block too."""
    blocks: list[list[str]] = [[]]
    for line in toml.split("\n"):
        if _TABLE.match(line):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _filled(block: list[str], numbers: Numbers) -> list[str]:
    """A block with its page, after the last line that says something."""
    heading = _PLACED.match(block[0]) if block else None
    if heading is None:
        return block
    kept = [line for line in block if not _PAGE.match(line)]
    end = max(at for at, line in enumerate(kept) if line.strip() and not _is_comment(line))
    page = next(numbers[heading[1]], 0)  # 0 is no page: what cannot be counted is refused
    return [*kept[: end + 1], f"page = {page}", *kept[end + 1 :]]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
