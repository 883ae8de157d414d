"""The table of figures: what must be, what is aimed at, ours, and the peers beside it."""

from dataclasses import dataclass, replace
from typing import Any

from rich.console import Console
from rich.table import Table

Found = dict[str, Any]  # by size: what was measured


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: the figure's name, what it must be and should be, and ours; text where none."""

    name: str
    must: str
    aim: str
    ours: str
    peers: str = ""
    met: bool | None = None


JUDGED = 1_000_000  # children, from which on a figure of speed is judged and not only shown


def rows(found: Found) -> list[Figure]:
    """Every row that this run can fill."""
    made: list[Figure] = []
    for size, one in found["sizes"].items():
        made += _quality(size, one)
    for size, one in found["sizes"].items():
        made += _speed(size, one)
    made += _growth(found["sizes"])
    if "febrl4" in found:
        made += _febrl(found["febrl4"])
    return made


def _row(
    name: str, value: float | None, must: float, aim: float, *, least: bool, digits: int = 4,
    peers: str = "", unit: str = "",
) -> Figure:  # fmt: skip
    """A figure that must be at least (or at most) so much."""
    sign = "≥" if least else "≤"
    if value is None:
        return Figure(name, f"{sign} {must:g}", f"{sign} {aim:g}", "not measured", peers)
    met = value >= must if least else value <= must
    shown = f"{value:,.{digits}f}{unit}"
    return Figure(name, f"{sign} {must:g}", f"{sign} {aim:g}", shown, peers, met)


def _quality(size: str, one: Found) -> list[Figure]:
    ours = one["quality"]
    is_large = one["children"] >= 500_000

    def beside(key: str) -> str:
        said = [
            f"{name} {peer['quality'][key]:.3f}"
            for name, peer in one.get("peers", {}).items()
            if "quality" in peer and key in peer["quality"]
        ]
        return ", ".join(said)

    def at_least(
        name: str, key: str, small: tuple[float, float], large: tuple[float, float]
    ) -> Figure:
        must, aim = large if is_large else small
        return _row(f"{name}, {size}", ours[key], must, aim, least=True, peers=beside(key))

    def at_most(name: str, key: str, must: float, aim: float) -> Figure:
        return _row(f"{name}, {size}", ours[key], must, aim, least=False, peers=beside(key))

    return [
        at_least("recall@1", "recall_at_1", (0.96, 0.985), (0.95, 0.975)),
        at_least("recall@10", "recall_at_10", (0.98, 0.995), (0.975, 0.99)),
        at_least("precision of likely", "likely_precision", (0.99, 0.998), (0.985, 0.995)),
        at_least("known children banded likely", "likely_coverage", (0.75, 0.88), (0.75, 0.88)),
        at_most("twin outranks the child", "twin_outranks", 0.02, 0.008),
        at_most("twin banded likely", "twin_likely", 0.01, 0.003),
        at_most(
            "off the register, sibling on it: false likely", "off_with_sibling_likely", 0.02, 0.005
        ),
        _row(
            f"worst community ({ours['worst_community']}) below, recall@10, {size}",
            ours["worst_community_below"], 0.015, 0.01, least=False,
        ),
    ]  # fmt: skip


def _speed(size: str, one: Found) -> list[Figure]:
    made = []
    for kind, ours in one["backends"].items():
        made += _times(f"{kind}, {size}", ours["times"], judged=one["children"] >= JUDGED)
    made += [row for name in PEER_TIMES if (row := _peer(name, size, one))]
    if "sqlite" in one["backends"]:
        made += _keeping(size, one["backends"]["sqlite"], one["children"])
    if "same_on_both" in one:
        same = one["same_on_both"]
        made.append(
            Figure(f"SQLite = PostgreSQL, {size}", "the same", "", same, "", same == "the same")
        )
    within = one["rebuilt_within"]
    name = f"probability rebuilt from its explanation, {size}"
    return [*made, Figure(name, "1e-9", "", f"{within:.1e}", "", within <= 1e-9)]


def _times(where: str, times: dict[str, float], *, judged: bool) -> list[Figure]:
    shown = f"{times['p50_ms']:.2f} / {times['p95_ms']:.2f} ms"
    floor = f"SELECT {times['floor_p50_ms']:.3f} ms"
    ratios = [
        _row(f"p50 / bare candidate SELECT, {where}", times["p50_ms"] / times["floor_p50_ms"],
             30, 12, least=False, digits=1, unit="x", peers=floor),
        _row(f"p95 / p50, {where}", times["p95_ms"] / times["p50_ms"], 6, 3, least=False,
             digits=1, unit="x"),
    ]  # fmt: skip
    return [
        Figure(f"p50 / p95 of a search, {where}", "", "", shown),
        *(ratios if judged else map(_only_shown, ratios)),
    ]


def _peer(name: str, size: str, one: Found) -> Figure | None:
    must, aim, judged_from, backend = PEER_TIMES[name]
    peer = one.get("peers", {}).get(name, {})
    if "p50_ms" not in peer:
        return None
    ours = one["backends"].get(backend, {}).get("times", {}).get("p50_ms")
    row = _row(
        f"{name} p50 / ours ({backend}), {size}", peer["p50_ms"] / ours if ours else None,
        must, aim, least=True, digits=0, unit="x",
        peers=f"{peer['p50_ms']:,.1f} ms, p95 {peer['p95_ms']:,.1f}",
    )  # fmt: skip
    return row if one["children"] >= judged_from else _only_shown(row)


def _keeping(size: str, sqlite: Found, children: int) -> list[Figure]:
    """Loading, what the index takes and how long it is built, and filing one child."""
    load, built, one_child = sqlite["load"], sqlite["built"], sqlite["one_child"]
    loading = [
        _row(f"register loaded and indexed, s, {size}", load["seconds"], 60, 60, least=False,
             digits=1),
        _row(f"peak memory of loading, MB, {size}", load["peak_mb"], 500, 500, least=False,
             digits=0),
    ]  # fmt: skip
    building = [
        _row(f"index of all built anew, s, {size}", built["seconds"], 180, 45, least=False,
             digits=1),
        _row(f"peak memory of building, MB, {size}", built["peak_mb"], 1_000, 500, least=False,
             digits=0),
    ]  # fmt: skip
    is_large = children >= JUDGED
    return [
        *(map(_only_shown, loading) if is_large else loading),
        *(building if is_large else map(_only_shown, building)),
        _row(f"index bytes per child, sqlite, {size}", sqlite["index_bytes"]["all"], 1_000, 400,
             least=False, digits=0),
        _row(f"one child filed / one small commit, {size}",
             one_child["filed_ms"] / one_child["floor_ms"], 10, 2.5, least=False, digits=1,
             unit="x"),
    ]  # fmt: skip


def _only_shown(figure: Figure) -> Figure:
    return replace(figure, must="", aim="", met=None)


# must, aim, from how many children on it is judged, and the backend of ours beside it
PEER_TIMES = {
    "Splink 5": (50, 300, 100_000, "sqlite"),
    "pg_trgm": (20, 100, 1_000_000, "postgresql"),
    "rapidfuzz": (10, 50, 1_000_000, "sqlite"),
}


def _growth(sizes: dict[str, Found]) -> list[Figure]:
    ordered = sorted(sizes.values(), key=lambda one: one["children"])
    smaller, larger = ordered[0], ordered[-1]
    if larger["children"] < 5 * smaller["children"]:
        return []
    return [
        _row(
            f"p50 growth over {larger['children'] / smaller['children']:.0f}x the children, {kind}",
            larger["backends"][kind]["times"]["p50_ms"]
            / smaller["backends"][kind]["times"]["p50_ms"],
            5, 2.5, least=False, digits=1, unit="x",
        )
        for kind in larger["backends"]
        if kind in smaller["backends"]
    ]  # fmt: skip


def _febrl(found: Found) -> list[Figure]:
    if "Splink 5, EM" not in found:
        return [Figure("FEBRL4 without SSN", "", "", "not measured", found.get("why", ""))]
    splink, trained = found["Splink 5, EM"], found["ours, trained"]
    beside = f"Splink {splink['f1']:.4f}, hand-set {found['ours, hand-set']['f1']:.4f}"
    first = f"Splink {splink['recall_at_1']:.4f}"
    return [
        _row("FEBRL4 without SSN, trained, F1", trained["f1"], splink["f1"] - 0.005, splink["f1"],
             least=True, peers=beside),
        _row("FEBRL4 without SSN, trained, recall@1", trained["recall_at_1"], 0.99, 0.997,
             least=True, peers=first),
    ]  # fmt: skip


def show(found: Found) -> None:
    """Print the table."""
    table = Table("figure", "must", "aim", "ours", "beside", "", title="Matching")
    for row in rows(found):
        mark = {True: "met", False: "NOT MET", None: ""}[row.met]
        table.add_row(row.name, row.must, row.aim, row.ours, row.peers, mark)
    Console(width=160).print(table)
    for size, one in found["sizes"].items():
        Console(width=160).print(_by_community(size, one["by_community"]))


def _by_community(size: str, communities: Found) -> Table:
    """Fairness: what was found, and what was wrongly called likely, by name community."""
    heads = ("community", "queries", "recall@1", "recall@10", "called likely", "false likely")
    table = Table(*heads, title=f"By name community, {size}")
    for name, found in sorted(communities.items(), key=lambda each: each[1]["recall_at_10"]):
        shares = (found[key] for key in ("recall_at_1", "recall_at_10", "likely", "false_likely"))
        table.add_row(name, f"{found['queries']:,}", *(f"{share:.3f}" for share in shares))
    return table
