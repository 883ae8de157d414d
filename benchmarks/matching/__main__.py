"""`make bench-matching`: matching at several sizes of register, beside its peers, as one table.

python -m benchmarks.matching --small           10,000 children, few queries: about a minute
python -m benchmarks.matching                   100,000 children of three seeds, and a million
python -m benchmarks.matching --sizes 100000 --seeds held-1 --no-peers

Seeds that begin with `held` were never looked at but for these figures.
"""

import argparse
import json
import platform
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.ground import say
from benchmarks.matching import febrl, ours, peers, postgres, report
from benchmarks.matching.generate import generate
from benchmarks.matching.judge import Answers, by_group, figures, pooled, read_answers, read_truth
from mash_triage.clocks.now import now

RESULTS = Path(__file__).parent.parent / "results"
HELD_OUT = ("held-1", "held-2", "held-3")
TIMED = {10_000: 300, 100_000: 600, 1_000_000: 300}  # queries whose time is taken
PEER_QUERIES = {10_000: 15, 100_000: 60, 1_000_000: 30}


def main() -> None:
    """Measure what was asked for, print the table, keep the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Plain)
    parser.add_argument("--small", action="store_true", help="10,000 children, in a minute")
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--seeds", nargs="*", default=list(HELD_OUT))
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the files are kept and found again")
    asked = parser.parse_args()
    if asked.small:
        asked.sizes, asked.seeds, asked.queries = [10_000], asked.seeds[:1], 600
    with tempfile.TemporaryDirectory(prefix="mash-bench-") as made:
        folder = asked.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        found = _measure(asked, folder, Path(made))
    report.show(found)
    at = now()
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"matching-{at:%Y%m%dT%H%M%SZ}.json"
    whole = {"at": at.isoformat(), "python": platform.python_version(), **found}
    file.write_text(json.dumps(whole, indent=2), encoding="utf-8")
    print(f"Kept as benchmarks/results/{file.name}")


class _Plain(argparse.RawDescriptionHelpFormatter):
    """The description as it was written."""


def _measure(asked: argparse.Namespace, folder: Path, made: Path) -> dict[str, Any]:
    made.chmod(0o711)  # the PostgreSQL server runs as another user
    found: dict[str, Any] = {"sizes": {}}
    for children in asked.sizes:
        # a million children once: the others only add twins and siblings to count
        seeds = asked.seeds[:1] if children > 500_000 else asked.seeds
        found["sizes"][f"{children:,}"] = _size(children, seeds, asked, folder, made)
    if not asked.no_peers:
        say("FEBRL4")
        try:
            found["febrl4"] = febrl.measure(febrl.fetch(made), made)
        except (RuntimeError, ImportError) as fault:
            found["febrl4"] = {"why": str(fault)}
    return found


def _size(
    children: int, seeds: list[str], asked: argparse.Namespace, folder: Path, made: Path
) -> dict[str, Any]:
    one: dict[str, Any] = {"children": children, "seeds": {}, "backends": {}}
    answered = []
    for seed in seeds:
        place = folder / f"{seed}-{children}"
        if not (place / "truth.csv").exists():
            say(f"making {children:,} children, seed {seed}")
            generate(place, children=children, queries=asked.queries, seed=seed)
        say(f"loading and matching {children:,}, seed {seed}, sqlite")
        url = f"sqlite:///{place / 'mash.sqlite'}"
        for old in place.glob("mash.sqlite*"):
            old.unlink()
        load = ours.load(url, place)
        command = ours.match(url, place, place / "answers.csv")
        answered.append((read_truth(place / "truth.csv"), read_answers(place / "answers.csv")))
        one["seeds"][seed] = figures(*answered[-1]) | {"load": load, "command": command}
        if seed == seeds[0]:
            one["backends"]["sqlite"] = _sqlite(url, place, children, load, one)
    truths, answers = pooled(answered)
    one["quality"] = figures(truths, answers)
    one["by_kind"] = by_group(truths, answers, lambda truth: truth.kind)
    one["by_community"] = by_group(truths, answers, lambda truth: truth.community)
    if not asked.no_peers:
        place = folder / f"{seeds[0]}-{children}"
        one["peers"] = _beside(place, children, one, made)
    return one


def _sqlite(
    url: str, place: Path, children: int, load: dict[str, Any], one: dict[str, Any]
) -> dict[str, Any]:
    queries = ours.asked_of(place, TIMED.get(children, 300))
    built = ours.refile(url)
    with ours.database_at(url) as database:
        one["rebuilt_within"] = ours.rebuilt(database, queries[:200])
        return {
            "load": load,
            "built": built,
            "times": ours.timings(database, queries),
            "index_bytes": ours.index_bytes(database, place / "spare.sqlite"),
            "one_child": ours.one_child(database),
        }


def _beside(place: Path, children: int, one: dict[str, Any], made: Path) -> dict[str, Any]:
    """The peers on the first seed, and ours on the PostgreSQL server of pg_trgm."""
    truths = read_truth(place / "truth.csv")
    ground = peers.Ground(place)
    count = PEER_QUERIES.get(children, 30)
    found: dict[str, Any] = {}

    def keep(name: str, measured: dict[str, Any]) -> None:
        answers = measured.pop("answers")
        asked = [truth for truth in truths if truth.query_id in answers or name == "Splink 5"]
        measured["quality"] = _shown(figures(asked, answers), has_bands=name == "Splink 5")
        found[name] = measured

    say("rapidfuzz over all names")
    keep("rapidfuzz", peers.rapidfuzz(ground, count * 4))
    say("Splink 5 on DuckDB")
    try:
        keep("Splink 5", peers.splink(ground, truths, count))
    except ImportError as fault:
        found["Splink 5"] = {"not measured": str(fault)}
    if postgres.programs() is None:
        found["pg_trgm"] = {"not measured": "no PostgreSQL with pg_trgm"}
        return found
    with tempfile.TemporaryDirectory(prefix="pg-", dir=made) as data:
        Path(data).chmod(0o711)
        with postgres.server(Path(data)) as address:
            say("ours on PostgreSQL")
            one["backends"]["postgresql"] = _postgres(address, place, children, one)
            say("pg_trgm")
            keep("pg_trgm", peers.pg_trgm(ground, address, count))
        shutil.rmtree(Path(data) / "cluster", ignore_errors=True)
    return found


BANDED = ("likely_precision", "likely_coverage", "twin_likely", "off_with_sibling_likely")


def _shown(quality: dict[str, Any], *, has_bands: bool) -> dict[str, Any]:
    """Without the figures of bands for peers that only order."""
    return {key: value for key, value in quality.items() if has_bands or key not in BANDED}


def _postgres(address: str, place: Path, children: int, one: dict[str, Any]) -> dict[str, Any]:
    load = ours.load(address, place)
    command = ours.match(address, place, place / "answers-postgresql.csv")
    one["same_on_both"] = _same(
        read_answers(place / "answers.csv"), read_answers(place / "answers-postgresql.csv")
    )
    with ours.database_at(address) as database:
        times = ours.timings(database, ours.asked_of(place, TIMED.get(children, 300)))
    return {"load": load, "command": command, "times": times}


def _same(one: Answers, other: Answers) -> str:
    differing = [query for query in one.keys() | other.keys() if one.get(query) != other.get(query)]
    return f"{len(differing)} queries differ" if differing else "the same"


if __name__ == "__main__":
    main()
