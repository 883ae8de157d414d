"""The flow from the old levels and routes to the new ones, as a Sankey diagram for Plotly.

Only counts that may be shown are drawn. Colour says the move and never stands alone: each band
tells its move and number in words, and the table beside it has the same numbers.
"""

from typing import Any

from mash_triage.backtest.compare import Move
from mash_triage.backtest.findings import Findings
from mash_triage.thresholds.routes import Route
from mash_triage.web.levels import backtest_words as words

COLOURS = {
    Move.UP: "rgba(76, 44, 146, 0.65)",
    Move.STAY: "rgba(177, 180, 182, 0.55)",
    Move.DOWN: "rgba(29, 112, 184, 0.65)",
}
COLOUR_WORDS = {Move.UP: "purple", Move.STAY: "grey", Move.DOWN: "blue"}
SHORT = {
    Route.UNIVERSAL: "Universal",
    Route.EARLY_HELP: "Early help",
    Route.S17: "Section 17",
    Route.S47: "Section 47",
}
"""Routes by what they are in law, whatever an edition calls them; the table has its own words."""
HEIGHT = 420  # pixels

Figure = dict[str, Any]


def flow_figure(found: Findings) -> Figure | None:
    """The diagram as plain values; none when no flow may be shown."""
    flows = [(key, found.count(*key)) for key in sorted(found.counts) if key[0] == "flow"]
    shown = [(key, count) for key, count in flows if count]
    if not shown:
        return None
    olds, news = (
        sorted({key[place] for key, _ in shown}, key=_height, reverse=True) for place in (1, 2)
    )
    moves = [Move(key[3]) for key, _ in shown]
    return {
        "data": [
            {
                "type": "sankey",
                "arrangement": "fixed",
                "textfont": {"color": "#0b0c0c", "size": 14, "shadow": "none"},
                "node": {
                    "label": [_short(node) for node in (*olds, *news)],
                    "x": [0.001] * len(olds) + [0.999] * len(news),
                    "y": [*_spread(olds, shown, 1), *_spread(news, shown, 2)],
                    "color": "#0b0c0c",
                    "pad": 18,
                    "thickness": 14,
                    "hovertemplate": "%{label}<extra></extra>",
                },
                "link": {
                    "source": [olds.index(key[1]) for key, _ in shown],
                    "target": [len(olds) + news.index(key[2]) for key, _ in shown],
                    "value": [count for _, count in shown],
                    "color": [COLOURS[move] for move in moves],
                    "customdata": [words.MOVES[move].lower() for move in moves],
                    "hovertemplate": (
                        "%{value:,} children: %{customdata}<br>"
                        "%{source.label} to %{target.label}<extra></extra>"
                    ),
                },
            }
        ],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": "white",
            "font": {
                "family": "Arial, Liberation Sans, Helvetica, sans-serif",
                "size": 15,
                "color": "#0b0c0c",
            },
        },
    }


def legend_words() -> str:
    """What the colours mean, in a sentence."""
    said = ", ".join(f"{COLOUR_WORDS[move]}: {words.MOVES[move].lower()}" for move in Move)
    return f"From the old edition on the left to the new one on the right. {said.capitalize()}."


def _height(node: str) -> tuple[int, int]:
    level, _, route = node.partition(" ")
    return int(level), Route(route).weight


def _short(node: str) -> str:
    """A level and its route, short enough for a telephone: `4 · Section 17`."""
    level, _, route = node.partition(" ")
    return f"{level} · {SHORT[Route(route)]}"


def _spread(nodes: list[str], shown: list[tuple[Any, int]], place: int) -> list[float]:
    """The middle of each node from top to bottom, by how many children it holds."""
    sizes = [sum(count for key, count in shown if key[place] == node) for node in nodes]
    whole, above, middles = sum(sizes) or 1, 0.0, []
    for size in sizes:
        middles.append(min(max((above + size / 2) / whole, 0.001), 0.999))
        above += size
    return middles
