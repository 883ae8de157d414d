"""Interviews month by month: a small picture, and the table behind it."""

from typing import Any

import streamlit as st

from mash_triage.access.actor import Actor
from mash_triage.missing.rates import MONTHS, MonthRates, Rates, months_of_interviews
from mash_triage.small_counts import is_small
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.measures_view import COLOURS, HIDDEN, TEXT, sees_records
from mash_triage.web.page import Visit

HEADS = (
    "Month", "Back", "Offered", "Accepted", "Held", "In 72 hours", "Independent", "Notices read",
)  # fmt: skip
CARE = {"yes": "Looked after", "no": "Not looked after", "not_known": "Not known"}
LINES = ("Held", "In 72 hours")


def show(visit: Visit) -> None:
    """The last twelve months and this one."""
    with visit.look() as session:
        months = months_of_interviews(session, by=visit.by, at=visit.at)
    st.header("Return home interviews, month by month", anchor=False)
    whole = sum((each.whole for each in months), Rates())
    if not (whole.ended or whole.notices):
        st.html('<p class="mash-empty">No missing episode was recorded in the last year.</p>')
        return
    points = _points(months, visit.by)
    if points:
        st.vega_lite_chart(points, _chart(), width="stretch", height=240)
    rows = [_row(_month(each), each.whole, visit.by) for each in reversed(months)]
    st.html(table(f"By the month of the return, last {MONTHS} months and this one", HEADS, rows))
    by_care = (
        _row(words, sum((each.by_care[care] for each in months), Rates()), visit.by)
        for care, words in CARE.items()
    )
    st.html(table("In all, by whether the child is looked after", ("Child", *HEADS[1:]), by_care))
    st.html(
        '<p class="mash-note">Percent of the episodes in which the child came back; independent: '
        "of the interviews held. Notices read: by a manager within the time, of those whose time "
        "is over or that were read.</p>"
    )


def _month(each: MonthRates) -> str:
    return f"{each.month:%b %Y}"


def share(part: int, whole: int, *, by: Actor) -> str:
    """`61% (11 of 18)`, or that it is too small to show to somebody without the records."""
    if not sees_records(by) and any(map(is_small, (part, whole, whole - part))):
        return HIDDEN
    return wording.percent_words(part, whole) if whole else "–"


def _row(name: str, rates: Rates, by: Actor) -> tuple[str, ...]:
    hidden = is_small(rates.ended) and not sees_records(by)
    return (
        name,
        HIDDEN if hidden else str(rates.ended),
        share(rates.offered, rates.ended, by=by),
        share(rates.accepted, rates.ended, by=by),
        share(rates.held, rates.ended, by=by),
        share(rates.in_72_hours, rates.ended, by=by),
        share(rates.independent, rates.held, by=by),
        share(rates.read_in_time, rates.notices, by=by),
    )


def _points(months: list[MonthRates], by: Actor) -> list[dict[str, Any]]:
    return [
        {"Month": each.month.isoformat(), "Interviews": name, "Percent": 100 * part // whole}
        for each in months
        for name, part, whole in (
            (LINES[0], each.whole.held, each.whole.ended),
            (LINES[1], each.whole.in_72_hours, each.whole.ended),
        )
        if whole and share(part, whole, by=by) != HIDDEN
    ]


def _chart() -> dict[str, Any]:
    axis = {**TEXT, "titleFontSize": 13, "titleColor": "#0b0c0c"}
    return {
        "description": "Percent of interviews held by month; the table has the same numbers.",
        "mark": {"type": "line", "point": {"size": 60}, "strokeWidth": 3},
        "encoding": {
            "x": {
                "field": "Month",
                "type": "temporal",
                "axis": {**axis, "format": "%b %Y", "tickCount": "month", "title": None},
            },
            "y": {
                "field": "Percent",
                "type": "quantitative",
                "scale": {"domain": [0, 100]},
                "axis": {**axis, "title": "Percent"},
            },
            "color": {
                "field": "Interviews",
                "type": "nominal",
                "scale": {"domain": list(LINES), "range": list(COLOURS)},
                "legend": {**TEXT, "orient": "top", "title": None, "labelLimit": 400},
            },
            "shape": {"field": "Interviews", "type": "nominal"},
        },
    }
