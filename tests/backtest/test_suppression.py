"""Small counts are hidden so that no adding and subtracting brings them back."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mash_triage.backtest.suppression import Sum, hidden
from mash_triage.small_counts import SMALLEST_SHOWN, is_small


def table(rows: list[list[int]]) -> tuple[dict[str, int], list[Sum[str]]]:
    """A table with its totals, as counts and sums: `a1` is the first row's first cell."""
    counts = {f"{'abc'[i]}{j}": n for i, row in enumerate(rows) for j, n in enumerate(row)}
    ways = [[f"{'abc'[i]}{j}" for j in range(len(row))] for i, row in enumerate(rows)]
    ways += [[row[j] for row in ways[: len(rows)]] for j in range(len(rows[0]))]
    names = [*(f"row {i}" for i in range(len(rows))), *(f"column {j}" for j in range(len(rows[0])))]
    sums = [Sum(name, tuple(way)) for name, way in zip(names, ways, strict=True)]
    counts |= {each.whole: sum(counts[part] for part in each.parts) for each in sums}
    counts["all"] = sum(map(sum, rows))
    for kind in ("row", "column"):
        sums.append(Sum("all", tuple(name for name in names if name.startswith(kind))))
    return counts, sums


def tables_that_look_the_same(rows: list[list[int]], out: frozenset[str]) -> list[dict[str, int]]:
    """Every table of whole numbers that shows what this one shows: all that a reader can know."""
    counts, sums = table(rows)
    cells = [name for name in counts if name[0] in "abc" and name != "all" and len(name) == 2]
    most = max(counts[name] for name in cells) + SMALLEST_SHOWN
    ways = [range(1, most) if name in out else [counts[name]] for name in cells]
    found = []
    for values in product(*ways):
        could = dict(zip(cells, values, strict=True))
        for each in sums:
            could[each.whole] = sum(could[part] for part in each.parts)
        if all(could[name] == counts[name] for name in counts if name not in out):
            found.append(could)
    return found


@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2))
def test_what_is_shown_fits_another_number_for_every_hidden_small_one(rows):
    counts, sums = table(rows)
    out = hidden(counts, sums)
    assert {name for name, count in counts.items() if is_small(count)} <= out
    same = tables_that_look_the_same(rows, out)
    for name in out:
        if is_small(counts[name]) and len(out) < len([c for c in counts.values() if c]):
            assert {could[name] for could in same} > {counts[name]}, (name, out)


def test_one_small_cell_takes_three_more_with_it_and_no_total():
    counts, sums = table([[3, 40, 50], [30, 45, 60], [35, 55, 65]])
    out = hidden(counts, sums)
    assert len(out) == 4
    assert "a0" in out
    assert all(len(name) == 2 for name in out)


def test_nothing_is_hidden_where_no_count_is_small():
    counts, sums = table([[10, 40], [30, 45]])
    assert hidden(counts, sums) == frozenset()


def test_a_total_known_from_another_table_gives_nothing_away():
    """Three boys move: as the girls are shown, the total of those who move must not be."""
    counts = {"moved": 23, "boys": 3, "girls": 20, "young": 9, "old": 14}
    sums = [Sum("moved", ("boys", "girls")), Sum("moved", ("young", "old"))]
    out = hidden(counts, sums)
    assert "boys" in out
    assert "girls" in out or ("moved" in out and out & {"young", "old"})


def test_what_is_never_published_protects_and_is_protected():
    """Three children moved from one route to another; both routes' totals are shown otherwise."""
    counts = {"s17 stay": 37, "s17 to s47": 3, "s47 stay": 20, "old s17": 40, "new s17": 37,
              "old s47": 20, "new s47": 23}  # fmt: skip
    sums = [
        Sum("old s17", ("s17 stay", "s17 to s47")),
        Sum("new s17", ("s17 stay",)),
        Sum("old s47", ("s47 stay",)),
        Sum("new s47", ("s47 stay", "s17 to s47")),
    ]
    flows = ("s17 stay", "s17 to s47", "s47 stay")
    out = hidden(counts, sums, flows)
    for one, other in (("old s17", "new s17"), ("old s47", "new s47")):
        assert {one, other} & out, f"{other} less {one} is 3"


@pytest.mark.parametrize("count", [0, 6, 7])
def test_none_and_six_are_shown(count):
    assert hidden({"all": count}, []) == frozenset()
