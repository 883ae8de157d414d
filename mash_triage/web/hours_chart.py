"""The picture of where the time went: one stacked bar, and the same numbers as a table below it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import streamlit as st

from mash_triage.hours.rules import Stage
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.labels import as_typed

STAGE_WORDS = {
    Stage.QUEUE: "Waiting to be taken up",
    Stage.MATCHING: "Finding out who the child is",
    Stage.AGENCY: "Waiting for an agency",
    Stage.REFERRER: "Waiting for the referrer",
    Stage.WORKER: "With the worker",
    Stage.MANAGER: "With a manager",
    Stage.OUTSIDE: "Outside opening hours",
}
COLOURS = {
    Stage.QUEUE: "#4c2c92",
    Stage.MATCHING: "#b58cd9",
    Stage.AGENCY: "#0b0c0c",
    Stage.REFERRER: "#6f777b",
    Stage.WORKER: "#1d70b8",
    Stage.MANAGER: "#5694ca",
    Stage.OUTSIDE: "#d2d4d6",
}
"""Red, amber and green name the rating only."""

TEXT = {"labelFontSize": 13, "labelColor": "#0b0c0c", "titleFontSize": 13}
Minutes = Counter[tuple[Stage, str]]


def label(stage: Stage, agency: str) -> str:
    """One part in words, with the agency that was waited for."""
    return f"Waiting for {agency}" if agency else STAGE_WORDS[stage]


def in_order(minutes: Minutes) -> list[tuple[Stage, str, int]]:
    """The parts in the order of a child's way, agencies by name."""
    order = list(Stage)
    found = sorted(minutes.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    return [(stage, agency, number) for (stage, agency), number in found]


def draw(minutes: Minutes) -> None:
    """The bar."""
    whole = sum(minutes.values())
    rows = [
        {
            "Where": STAGE_WORDS[stage],
            "What": label(stage, agency),
            "Hours": round(number / 60, 2),
            "Time": wording.duration_words(timedelta(minutes=number)),
            "Percent": round(100 * number / whole),
            "Order": place,
        }
        for place, (stage, agency, number) in enumerate(in_order(minutes))
    ]
    st.vega_lite_chart(rows, _spec(), width="stretch", height=260)


def numbers(caption: str, minutes: Minutes, children: int = 1) -> None:
    """The table; for several children with the average of one."""
    whole = sum(minutes.values())
    several = children > 1
    heads = ("Where", "Time", *(("For a child",) if several else ()), "Share")
    lines = [
        (
            label(stage, agency),
            _time(number),
            *((_time(number // children),) if several else ()),
            f"{100 * number // whole}%",
        )
        for stage, agency, number in in_order(minutes)
    ]
    lines.append(
        ("In all", _time(whole), *((_time(whole // children),) if several else ()), "100%")
    )
    st.html(table(caption, heads, lines))


def longest_words(minutes: Minutes, *, until: str) -> str:
    """All of the time, and the part that took the most of it, as the label of a fold."""
    (stage, agency), longest = max(minutes.items(), key=lambda item: item[1])
    part = as_typed(label(stage, agency))
    whole = _time(sum(minutes.values()))
    return f"{whole} from receipt to {until}; the longest part: {part}, {_time(longest)}"


def _time(minutes: int) -> str:
    return wording.duration_words(timedelta(minutes=minutes))


def _spec() -> dict[str, Any]:
    return {
        "description": "Hours by where they went; the table below has the same numbers.",
        "mark": {"type": "bar", "height": 44, "stroke": "#ffffff", "strokeWidth": 1},
        "encoding": {
            "x": {
                "field": "Hours",
                "type": "quantitative",
                "stack": "zero",
                "axis": {**TEXT, "title": "Hours", "tickCount": 8, "labelFlushOffset": -8},
            },
            "color": {
                "field": "Where",
                "type": "nominal",
                "scale": {
                    "domain": [STAGE_WORDS[stage] for stage in Stage],
                    "range": [COLOURS[stage] for stage in Stage],
                },
                "legend": {
                    **TEXT,
                    "orient": "top",
                    "title": None,
                    "columns": 2,
                    "labelLimit": 300,
                },
            },
            "order": {"field": "Order", "type": "quantitative"},
            "tooltip": [{"field": name} for name in ("What", "Time", "Percent")],
        },
    }
