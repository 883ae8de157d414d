"""`make bench`: every figure as a table and as JSON under `benchmarks/results/`.

python -m benchmarks                 all of them, at full size (about ten minutes)
python -m benchmarks --small racing  one of them, in a minute
"""

import argparse
import json
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import (
    backtesting,
    calling,
    killing,
    promising,
    racing,
    reasoning,
    serving,
    standing,
    submitting,
    twenty,
)
from benchmarks.ground import KINDS, say
from mash_triage.clocks.now import now
from mash_triage.settings import DEFAULT_DATABASE

RESULTS = Path(__file__).parent / "results"

Measure = Callable[[bool], dict[str, Any]]


def _on_both(measure: Callable[[str, int], dict[str, Any]], full: int, small: int) -> Measure:
    return lambda is_small: {kind: measure(kind, small if is_small else full) for kind in KINDS}


def _serving(is_small: bool) -> dict[str, Any]:
    if not DEFAULT_DATABASE.exists():
        say("no demo database yet: run `make demo` once, then measure the pages")
        return {"sqlite": {"not measured": "no demo database"}}
    return {"sqlite": serving.measure(reruns=40 if is_small else serving.RERUNS)}


def _backtesting(is_small: bool) -> dict[str, Any]:
    count = 1_000 if is_small else backtesting.YEAR
    return {kind: backtesting.measure(kind, count) for kind in KINDS}


def _million(is_small: bool) -> dict[str, Any]:
    return {"sqlite": backtesting.measure("sqlite", 50_000 if is_small else backtesting.MILLION)}


BENCHMARKS: dict[str, Measure] = {
    "submitting": _on_both(submitting.measure, submitting.SECONDS, 5),
    "killing": _on_both(killing.measure, killing.KILLS, 4),
    "racing": _on_both(racing.measure, racing.RACES, 10),
    "twenty": _on_both(twenty.measure, twenty.SECONDS, 5),
    "calling": _on_both(calling.measure, calling.SECONDS, 5),
    "promising": _on_both(promising.measure, promising.OPEN, 1_000),
    "standing": _on_both(standing.measure, standing.STORED, 20_000),
    "serving": _serving,
    "reasoning": lambda is_small: {
        "no database": reasoning.measure(200 if is_small else reasoning.CHILDREN)
    },
    "backtesting": _backtesting,
    "million": _million,
}
BY_NAME_ONLY = frozenset({"million", "standing", "twenty"})
"""Long ones, which run only when asked for."""
ALWAYS = tuple(name for name in BENCHMARKS if name not in BY_NAME_ONLY)


def main() -> None:
    """Run what was asked for, print the table, keep the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], default=[])
    parser.add_argument("--small", action="store_true", help="small counts")
    asked = parser.parse_args()
    found = {name: BENCHMARKS[name](asked.small) for name in (asked.names or ALWAYS)}
    _show(found)
    at = now()
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{at:%Y%m%dT%H%M%SZ}.json"
    whole = {"at": at.isoformat(), "python": platform.python_version(), "figures": found}
    file.write_text(json.dumps(whole, indent=2), encoding="utf-8")
    Console().print(f"Kept as benchmarks/results/{file.name}")


def _show(found: dict[str, dict[str, Any]]) -> None:
    for name, by_kind in found.items():
        table = Table("figure", *by_kind, title=name)
        for figure in next(iter(by_kind.values())):
            table.add_row(figure, *(str(values.get(figure, "")) for values in by_kind.values()))
        Console().print(table)


if __name__ == "__main__":
    main()
