"""A register and the contacts about its children, from one seed: register.csv, queries.csv, truth.

python -m benchmarks.matching.generate FOLDER --children 10000 --queries 3000 --seed dev-1

Seeds that begin with `dev` may be looked at and tuned on; no other seed may.
"""

import argparse
import csv
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from typing import TextIO

from benchmarks.matching import asking, filing
from benchmarks.matching.asking import SHARES, UNBORN_KINDS, Asked, ask
from benchmarks.matching.families import Child, Families
from benchmarks.matching.town import Town

TRUTH = ("query_id", "child_id", "also", "kind", "community", "twins", "siblings", "on_register")
PEOPLE = ("child_id", "household", "community", "twin", "same_as")

TWIN_QUERIES = 0.2  # of all queries: about a child whose twin is on the register too
OFF_WITH_SIBLING = 0.08  # about a child not on the register whose brother, sister or twin is
OFF_UNKNOWN = 0.07  # about a child of whose household nobody is
FILED_TWICE = 0.004
SHUFFLED = 20_000  # rows held back, so that brothers and sisters do not stand together
ID_STRIDE = 7_368_787  # shares no factor with ten million, so that no id comes twice
POOL = 12  # children kept for each query, to find one to whom the error can happen


@dataclass
class Pool:
    """A fair sample of an endless row, of fixed size."""

    size: int
    rng: Random
    kept: list[Child] = field(default_factory=list)
    seen: int = 0

    def offer(self, child: Child) -> None:
        """Keep this one, perhaps in the place of another."""
        self.seen += 1
        if len(self.kept) < self.size:
            self.kept.append(child)
        elif (at := int(self.rng.random() * self.seen)) < self.size:
            self.kept[at] = child


def generate(folder: Path, *, children: int, queries: int, seed: str) -> None:
    """Write register.csv, people.csv, queries.csv and truth.csv for this seed."""
    folder.mkdir(parents=True, exist_ok=True)
    town = Town(children)
    pools = _Pools(queries, seed)
    with ExitStack() as stack:
        register = stack.enter_context(_opened(folder / "register.csv"))
        people = stack.enter_context(_opened(folder / "people.csv"))
        _write_register(register, people, town, children, seed, pools)
    with ExitStack() as stack:
        asked = stack.enter_context(_opened(folder / "queries.csv"))
        truth = stack.enter_context(_opened(folder / "truth.csv"))
        _write_queries(asked, truth, town, queries, seed, pools)


def _opened(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


# ---------------------------------------------------------------- the register


class _Pools:
    """Whom contacts may be about: known children by what is special of them, and unknown ones."""

    def __init__(self, queries: int, seed: str) -> None:
        rng = Random(f"pools {seed}")
        self.known = Pool(POOL * queries, rng)
        self.twins = Pool(2 * queries, rng)
        self.unborn = Pool(queries, rng)
        self.off = Pool(queries, rng)
        self.aliased = Pool(queries, rng)

    def offer(self, child: Child) -> None:
        """Sort one child in."""
        if child.id == "off":
            if any(_is_on(sibling) for sibling in child.siblings):
                self.off.offer(child)
        elif child.filed_unborn:
            self.unborn.offer(child)
        else:
            self.known.offer(child)
            if child.twin and _is_on(child.twin):
                self.twins.offer(child)
            if child.aliases:
                self.aliased.offer(child)


def _is_on(child: Child) -> bool:
    return bool(child.id) and child.id != "off"


def _write_register(
    register: TextIO, people: TextIO, town: Town, children: int, seed: str, pools: _Pools
) -> None:
    rows, facts = csv.writer(register), csv.writer(people)
    rows.writerow(filing.COLUMNS)
    facts.writerow(PEOPLE)
    rng = Random(f"filing {seed}")
    held: list[filing.Row] = []
    for child, same_as in islice(_filed(Families(town, seed), rng, pools), children):
        row = filing.filed(child, rng)
        if same_as:
            row = (same_as, *row[1:])
        twin = child.twin.id if child.twin and _is_on(child.twin) else ""
        facts.writerow(
            (row[0], child.household, child.community, twin, child.id if same_as else "")
        )
        if len(held) < SHUFFLED:
            held.append(row)
        else:
            at = int(rng.random() * SHUFFLED)
            rows.writerow(held[at])
            held[at] = row
    rng.shuffle(held)
    rows.writerows(held)


def _filed(families: Families, rng: Random, pools: _Pools) -> Iterator[tuple[Child, str]]:
    """Each child on the register, and now and then a second row of the same one."""
    count = 0
    for household in families:
        for child in household:
            if not child.id:
                count += 1
                child.id = _child_id(count)
        for child in household:
            if child.id == "off":
                continue
            yield child, ""
            if rng.random() < FILED_TWICE and not child.filed_unborn:
                count += 1
                child.duplicate_id = _child_id(count)
                yield child, child.duplicate_id
        for child in household:
            pools.offer(child)


def _child_id(count: int) -> str:
    return f"C{count * ID_STRIDE % 10_000_000:07d}"


# ---------------------------------------------------------------- the contacts


def _write_queries(
    asked: TextIO, truth: TextIO, town: Town, queries: int, seed: str, pools: _Pools
) -> None:
    rng = Random(f"asking {seed}")
    wanted = _wanted(queries, rng)
    strangers = _strangers(town, seed)
    rows = csv.DictWriter(asked, asking.COLUMNS)
    rows.writeheader()
    facts = csv.writer(truth)
    facts.writerow(TRUTH)
    used: set[Child] = set()
    number = 0
    for kind, whose in wanted:
        pool = _pool(kind, whose, pools)
        for _ in range(400):
            child = next(strangers) if whose == "unknown" else rng.choice(pool)
            if child in used and len(used) < len(pool):
                continue
            query = ask(Asked(child, town, rng), f"Q{number:06d}", kind)
            if query:
                used.add(child)
                rows.writerow(query)
                facts.writerow(_truth(query["query_id"], child, kind))
                number += 1
                break


def _wanted(queries: int, rng: Random) -> list[tuple[str, str]]:
    """Which kind of error, about a child from which pool; in mixed order."""
    kinds, shares = list(SHARES), list(SHARES.values())
    wanted = []
    for kind in rng.choices(kinds, shares, k=queries):
        chance = rng.random()
        if kind in UNBORN_KINDS:
            whose = "unborn"
        elif chance < OFF_UNKNOWN:
            whose = "unknown"
        elif chance < OFF_UNKNOWN + OFF_WITH_SIBLING:
            whose = "off"
        elif chance < OFF_UNKNOWN + OFF_WITH_SIBLING + TWIN_QUERIES:
            whose = "twins"
        else:
            whose = "known"
        wanted.append((kind, whose))
    return wanted


def _pool(kind: str, whose: str, pools: _Pools) -> list[Child]:
    if whose == "known" and kind == "alias":
        return pools.aliased.kept
    return {
        "known": pools.known,
        "twins": pools.twins,
        "off": pools.off,
        "unborn": pools.unborn,
    }.get(whose, pools.known).kept


def _strangers(town: Town, seed: str) -> Iterator[Child]:
    for household in Families(town, f"strangers {seed}"):
        for child in household:
            child.id = ""
            child.siblings = []
            child.twin = None
            yield child


def _truth(query_id: str, child: Child, kind: str) -> tuple[str, ...]:
    on = [sibling for sibling in child.siblings if _is_on(sibling)]
    twins = [sibling for sibling in on if sibling is child.twin]
    return (
        query_id,
        child.id if _is_on(child) else "",
        child.duplicate_id,
        kind,
        child.community,
        ";".join(twin.id for twin in twins),
        ";".join(sibling.id for sibling in on),
        "1" if _is_on(child) else "0",
    )


def main() -> None:
    """Read the wishes and write the four files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--seed", default="dev-1")
    wishes = parser.parse_args()
    generate(wishes.folder, children=wishes.children, queries=wishes.queries, seed=wishes.seed)


if __name__ == "__main__":
    main()
