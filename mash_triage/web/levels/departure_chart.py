"""The picture of departures: for each rule, how often people set something higher or lower."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from mash_triage.departures.queries import RuleUse
from mash_triage.departures.rules import Direction
from mash_triage.thresholds.levels import Edition
from mash_triage.web.levels.one_rule import rule_words

COLOURS = {"Set lower": "#1d70b8", "Set higher": "#4c2c92"}  # never those of a rating
SHOWN = {Direction.HIGHER: "Set higher", Direction.LOWER: "Set lower"}
ROW = 52  # pixels for a rule: its words, and the bar below them
MOST_RULES = 12
INK = {"labelFontSize": 13, "labelColor": "#0b0c0c", "titleFontSize": 13, "titleColor": "#0b0c0c"}

Parts = dict[Direction, int | None]


def draw(edition: Edition, uses: Iterable[tuple[RuleUse, Parts]]) -> None:
    """Bars to the left for lower and to the right for higher, the words of the rule above them.

    A rule of which a part is hidden from this person is left out; the table says so.
    """
    open_ones = [(use, parts) for use, parts in uses if use.departed and _all_shown(parts)]
    points = [
        point
        for row, (use, parts) in enumerate(open_ones[:MOST_RULES])
        for point in _points(row, edition, use, parts)
    ]
    if points:
        height = ROW * len(open_ones[:MOST_RULES]) + 60
        st.vega_lite_chart(points, _spec(points), width="stretch", height=height)


def _all_shown(parts: Parts) -> bool:
    return all(parts[direction] is not None for direction in SHOWN)


def _points(row: int, edition: Edition, use: RuleUse, parts: Parts) -> Iterable[dict[str, Any]]:
    for direction, name in SHOWN.items():
        percent = 100 * (parts[direction] or 0) / use.rested
        yield {
            "Row": row,
            "Rule": rule_words(edition, use.rule),
            "Set": name,
            "Percent": percent if direction is Direction.HIGHER else -percent,
            "Children": parts[direction],
            "Decisive for": use.rested,
        }


def _spec(points: list[dict[str, Any]]) -> dict[str, Any]:
    most = max(5, *(abs(point["Percent"]) for point in points)) * 1.05
    return {
        "description": "Percent set higher or lower by rule; the table below has the numbers.",
        "encoding": {"y": {"field": "Row", "type": "ordinal", "axis": None}},
        "layer": [_bars(most), _words()],
        "config": {"view": {"stroke": None}},
    }


def _bars(most: float) -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "height": 14, "yOffset": 10},
        "encoding": {
            "x": {
                "field": "Percent",
                "type": "quantitative",
                "scale": {"domain": [-most, most]},
                "axis": {
                    **INK,
                    "title": "Percent of the children for whom the rule was decisive",
                    "labelExpr": "abs(datum.value) + '%'",
                    "tickCount": 6,
                },
            },
            "color": {
                "field": "Set",
                "type": "nominal",
                "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
                "legend": {**INK, "orient": "top", "title": None, "labelLimit": 400},
            },
            "tooltip": [{"field": name} for name in ("Rule", "Set", "Children", "Decisive for")],
        },
    }


def _words() -> dict[str, Any]:
    """The words of each rule once, above its bar, cut off where the picture ends."""
    return {
        "transform": [{"filter": "datum.Set === 'Set higher'"}],
        "mark": {
            "type": "text",
            "align": "left",
            "dy": -10,
            "fontSize": 13,
            "color": "#0b0c0c",
            "limit": {"expr": "width"},
        },
        "encoding": {"x": {"value": 0}, "text": {"field": "Rule"}},
    }
