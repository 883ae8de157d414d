"""Interviews month by month: a small picture, and the table behind it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from mash_triage.access.actor import Actor
from mash_triage.missing.rates import (
    MONTHS,
    WITHIN,
    MonthRates,
    Rates,
    may_show_all,
    months_of_interviews,
)
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.measures_view import COLOURS, HIDDEN, TEXT, sees_records
from mash_triage.web.page import Visit

HEADS = (
    "Month", "Back", "Offered", "Accepted", "Held", "In 72 hours", "Independent", "Notices read",
)  # fmt: skip
CARE = {"yes": "Looked after", "no": "Not looked after", "not_known": "Not known"}
LINES = ("Held", "In 72 hours")
Shown = frozenset[str]
EVERYTHING: Shown = frozenset(name for name, _whole in WITHIN)


def show(visit: Visit) -> None:
    """The last twelve months and this one."""
    with visit.look() as session:
        months = months_of_interviews(session, by=visit.by, at=visit.at)
    st.header("Return home interviews, month by month", anchor=False)
    whole = sum((each.whole for each in months), Rates())
    if not (whole.ended or whole.notices):
        st.html('<p class="mash-empty">No missing episode was recorded in the last year.</p>')
        return
    in_care = {
        words: sum((each.by_care[care] for each in months), Rates()) for care, words in CARE.items()
    }
    of_month, of_care = _shown(months, list(in_care.values()), visit.by)
    points = _points(months, of_month)
    if points:
        st.vega_lite_chart(points, _chart(), width="stretch", height=240)
    rows = [
        _row(_month(each), each.whole, shown)
        for each, shown in zip(reversed(months), reversed(of_month), strict=True)
        if each.whole.ended or each.whole.notices
    ]
    st.html(table(f"By the month of the return, last {MONTHS} months and this one", HEADS, rows))
    by_care = (
        _row(words, rates, shown)
        for (words, rates), shown in zip(in_care.items(), of_care, strict=True)
    )
    st.html(table("In all, by whether the child is looked after", ("Child", *HEADS[1:]), by_care))
    st.html(
        '<p class="mash-note">Percent of the episodes in which the child came back; independent: '
        "of the interviews held. Notices read: by a manager within the time, of those whose time "
        "is over or that were read. A month without any of either is left out.</p>"
    )


def _month(each: MonthRates) -> str:
    return f"{each.month:%b %Y}"


def _shown(
    months: Sequence[MonthRates], groups: Sequence[Rates], by: Actor
) -> tuple[Sequence[Shown], Sequence[Shown]]:
    """Which counts this person is shown: all who may open records, to others none that is small or
    gives a small one away.
    """
    if sees_records(by):
        return [EVERYTHING] * len(months), [EVERYTHING] * len(groups)
    return may_show_all([each.whole for each in months], groups)


def _row(name: str, rates: Rates, shown: Shown) -> tuple[str, ...]:
    return (
        name,
        str(rates.ended) if "ended" in shown else HIDDEN,
        *(_share(rates, part, shown) for part, whole in WITHIN if whole),
    )


def _share(rates: Rates, part: str, shown: Shown) -> str:
    """`61% (11 of 18)`, or that it is too small to show."""
    whole = dict(WITHIN)[part]
    if not {part, whole} <= shown:
        return HIDDEN
    count = getattr(rates, whole)
    return wording.percent_words(getattr(rates, part), count) if count else "–"


def _points(months: list[MonthRates], of_month: Sequence[Shown]) -> list[dict[str, Any]]:
    return [
        {
            "Month": each.month.isoformat(),
            "Interviews": name,
            "Percent": 100 * getattr(each.whole, part) // whole,
        }
        for each, shown in zip(months, of_month, strict=True)
        for name, part in zip(LINES, ("held", "in_72_hours"), strict=True)
        if (whole := each.whole.ended) and {"ended", part} <= shown
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
