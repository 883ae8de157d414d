"""What went wrong on a development seed, row by row: for whoever tunes. Never on held-out seeds.

python -m benchmarks.matching.errors FOLDER > errors.md     (FOLDER has the five files)
"""

import csv
import sys
from pathlib import Path
from typing import Any

from benchmarks.matching.judge import Answers, Truth, by_group, figures, read_answers, read_truth

MOST_SHOWN = 14
SHOWN = (
    "given_names", "family_name", "dob", "age_years", "expected_date", "sex", "nhs_number", "upn",
    "address_line", "postcode", "mother_name", "mother_dob",
)  # fmt: skip


def main() -> None:
    """Print figures, recall by kind, and the failures that matter, in Markdown."""
    folder = Path(sys.argv[1])
    truths, answers = read_truth(folder / "truth.csv"), read_answers(folder / "answers.csv")
    rows = {row["child_id"]: row for row in _rows(folder / "register.csv")}
    asked = {row["query_id"]: row for row in _rows(folder / "queries.csv")}
    print(f"# {folder.name}\n")
    for name, value in figures(truths, answers).items():
        print(f"* {name}: {value:.4f}" if isinstance(value, float) else f"* {name}: {value}")
    _table("kind", by_group(truths, answers, lambda truth: truth.kind))
    _table("community", by_group(truths, answers, lambda truth: truth.community))
    for title, failed in _failures(truths, answers).items():
        print(f"\n## {title}: {len(failed)}\n")
        for truth in failed[:MOST_SHOWN]:
            _show(truth, answers, asked, rows)


def _table(title: str, groups: dict[str, dict[str, Any]]) -> None:
    print(f"\n## By {title}\n")
    print(f"| {title} | n | R@1 | R@10 | likely | false likely |")
    print("|---|---|---|---|---|---|")
    for name, row in groups.items():
        recall = f"{row['recall_at_1']:.3f} | {row['recall_at_10']:.3f}"
        print(
            f"| {name} | {row['queries']} | {recall} | {row['likely']:.3f}"
            f" | {row['false_likely']:.3f} |"
        )


def _failures(truths: list[Truth], answers: Answers) -> dict[str, list[Truth]]:
    def first(truth: Truth) -> str:
        found = answers.get(truth.query_id)
        return found[0].child_id if found else ""

    def ids(truth: Truth) -> set[str]:
        return {each.child_id for each in answers.get(truth.query_id, ())[:10]}

    def wrongly(truth: Truth) -> bool:
        return any(
            each.band == "likely" and each.child_id not in truth.same
            for each in answers.get(truth.query_id, ())
        )

    known = [truth for truth in truths if truth.is_known]
    return {
        "False likely": [truth for truth in truths if wrongly(truth)],
        "Twin stands above the child": [t for t in known if first(t) in t.twins],
        "Not among the ten": [t for t in known if not ids(t) & t.same],
        "Among the ten, not first": [
            t for t in known if ids(t) & t.same and first(t) not in t.same | t.twins
        ],
        "First and not likely": [
            t for t in known
            if first(t) in t.same and answers[t.query_id][0].band != "likely" and t.kind in _EASY
        ],
    }  # fmt: skip


_EASY = frozenset({"clean", "typo", "previous_address", "postcode_slip", "swapped_names"})


def _show(truth: Truth, answers: Answers, asked: dict[str, Any], rows: dict[str, Any]) -> None:
    print(f"- **{truth.query_id}** {truth.kind}, {truth.community}: {_line(asked[truth.query_id])}")
    offered = answers.get(truth.query_id, [])
    for rank, each in enumerate(offered[:3], start=1):
        mark = "TRUE" if each.child_id in truth.same else ""
        mark = "twin" if each.child_id in truth.twins else mark
        mark = "sibling" if not mark and each.child_id in truth.siblings else mark
        print(f"  {rank}. {each.band} {each.probability:.4f} {mark} {_line(rows[each.child_id])}")
    if truth.is_known and not {each.child_id for each in offered[:3]} & truth.same:
        ranks = [n for n, each in enumerate(offered, start=1) if each.child_id in truth.same]
        print(f"  true, rank {ranks or 'none'}: {_line(rows[min(truth.same)])}")


def _line(row: dict[str, str]) -> str:
    cells = [row.get(column, "") for column in SHOWN]
    extra = [
        f"{c}={row[c]}" for c in ("aliases", "previous_addresses", "dob_quality") if row.get(c)
    ]
    return " · ".join(cell or "-" for cell in cells) + (f" ({'; '.join(extra)})" if extra else "")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
