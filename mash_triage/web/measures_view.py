"""Decisions in time as drawn: the last 30 days by both clocks, who was late, and week by week.

Somebody without access to records sees counts of children only, and none that could point to one
to five of them.
"""

from typing import Any

import streamlit as st

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.rules import ClockKind
from mash_triage.web import components, wording
from mash_triage.web.navigation import FOLDER
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.worklists.measures import (
    LAST_DAYS,
    WEEKS,
    InTime,
    Share,
    decided_in_time,
    decided_late,
    weeks_in_time,
)
from mash_triage.worklists.rows import times_in_force

CLOCK_NAMES = {
    ClockKind.WITHIN_24_HOURS: "Decided within 24 hours",
    ClockKind.ONE_WORKING_DAY: "Decided within one working day",
}
COLUMNS = ("Week from", "Within 24 hours", "Within one working day")
COLOURS = ("#4c2c92", "#1d70b8")  # purple and blue; red, amber and green name the rating only
TEXT = {"labelFontSize": 13, "labelColor": "#0b0c0c"}
OPENED = "_late_list"
HIDDEN = "too few to show"

Shares = dict[ClockKind, Share]


def shares(found: InTime) -> Shares:
    """Both figures by their clock."""
    return {
        ClockKind.WITHIN_24_HOURS: found.within_24_hours,
        ClockKind.ONE_WORKING_DAY: found.one_working_day,
    }


def sees_records(by: Actor) -> bool:
    """Somebody who may open records is not shown less here than there."""
    return by.can(Permission.SEE_FRONT_DOOR)


def share_words(share: Share, *, by: Actor) -> str:
    """`92% (46 of 50)`, or that the number is too small to show."""
    if share.is_small and not sees_records(by):
        return HIDDEN
    return wording.percent_words(share.in_time, share.counted)


# ---------------------------------------------------------------- the last 30 days


def last_30_days(visit: Visit, found: InTime) -> None:
    """Both figures side by side; each opens the list of the children who missed that clock."""
    st.header(f"Last {LAST_DAYS.days} days", anchor=False)
    with st.container(horizontal=True, key="last_30_days"):
        for kind, share in shares(found).items():
            with st.container(border=True, width="stretch"):
                st.html(_share_html(kind, share, visit.by))
                if share.late and sees_records(visit.by):
                    _opens_list(kind, share.late)


def late_list(visit: Visit) -> None:
    """The children behind the figure that was opened, newest first."""
    kind = _opened()
    if kind is None or not sees_records(visit.by):
        return
    with visit.look() as session:
        rows = decided_late(session, kind, by=visit.by, at=visit.at)
        times = times_in_force(session, at=visit.at)
    title = f"Not {CLOCK_NAMES[kind].lower()}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(f"{title}: {len(rows)}", anchor=False, width="content")
        st.button("Close this list", key="close_late", on_click=_open, args=(None,))
    st.html(
        components.children_table_html(
            rows, f"{title}, newest first", times, page="child", at=visit.at
        )
    )


def _share_html(kind: ClockKind, share: Share, by: Actor) -> Html:
    words, _space, counts = share_words(share, by=by).partition(" (")
    counted = f"{counts.rstrip(')')} children" if counts else ""
    return Html(
        f'<p class="mash-share">{CLOCK_NAMES[kind]} <strong>{words}</strong>'
        f'<span class="mash-note">{counted}</span></p>'
    )


def _opens_list(kind: ClockKind, late: int) -> None:
    words = wording.count_words(late, "child was not", "children were not")
    st.button(f"See who: {words}", key=f"late_{kind}", on_click=_open, args=(kind,))


def _opened() -> ClockKind | None:
    try:
        return ClockKind(st.session_state.get(OPENED, st.query_params.get("late", "")))
    except ValueError:
        return None


def _open(kind: ClockKind | None) -> None:
    st.session_state[OPENED] = kind.value if kind else ""
    if kind is None:
        st.query_params.pop("late", None)
    else:
        st.query_params["late"] = kind.value


# ---------------------------------------------------------------- week by week


def measures(visit: Visit) -> None:
    """The whole page: both figures, who was late, the trend and the table behind it."""
    with visit.look() as session:
        month = decided_in_time(session, by=visit.by, at=visit.at)
        weeks = weeks_in_time(session, by=visit.by, at=visit.at)
    last_30_days(visit, month)
    late_list(visit)
    st.header(f"Last {WEEKS} weeks", anchor=False)
    points = _points(weeks, visit.by)
    if points:
        st.vega_lite_chart(points, _chart(), width="stretch", height=320)
    st.html(weeks_html(weeks, by=visit.by))
    st.html(
        '<p class="mash-note">Children by the week in which their contact was received. A child '
        "still undecided counts as late once that clock has run out.</p>"
    )
    st.page_link(FOLDER / "hours.py", label="Where the time from receipt to decision went")
    st.page_link(FOLDER / "missing.py", label="Missing children and return home interviews")
    st.page_link(FOLDER / "departures.py", label="What people set instead of what was suggested")
    if visit.by.can(Permission.SEE_DECISION_QUEUE):
        st.page_link(
            FOLDER / "backtest.py",
            label="Try another edition of the levels of need on past contacts",
        )


def _points(weeks: list[InTime], by: Actor) -> list[dict[str, Any]]:
    return [
        {
            "Week from": week.since.isoformat(),
            "Clock": wording.CLOCK_WORDS[kind],
            "Percent": share.percent,
        }
        for week in weeks
        for kind, share in shares(week).items()
        if share.percent is not None and not (share.is_small and not sees_records(by))
    ]


def _chart() -> dict[str, Any]:
    names = [wording.CLOCK_WORDS[kind] for kind in CLOCK_NAMES]
    axis = {**TEXT, "titleFontSize": 13, "titleColor": "#0b0c0c"}
    return {
        "description": "Percent decided in time by week; the table below has the same numbers.",
        "mark": {"type": "line", "point": {"size": 60}, "strokeWidth": 3},
        "encoding": {
            "x": {
                "field": "Week from",
                "type": "temporal",
                "axis": {**axis, "format": "%-d %b", "title": "Week from"},
            },
            "y": {
                "field": "Percent",
                "type": "quantitative",
                "scale": {"domain": [0, 100]},
                "axis": {**axis, "title": "Percent in time"},
            },
            "color": {
                "field": "Clock",
                "type": "nominal",
                "scale": {"domain": names, "range": list(COLOURS)},
                "legend": {**TEXT, "orient": "top", "title": None, "labelLimit": 400},
            },
            "shape": {"field": "Clock", "type": "nominal"},
        },
    }


def weeks_html(weeks: list[InTime], *, by: Actor) -> Html:
    """The table behind the chart, newest week first."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    body = "".join(_week_html(week, by) for week in reversed(weeks))
    return Html(
        f'<table class="mash-weeks"><caption>Decided in time, by week</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _week_html(week: InTime, by: Actor) -> str:
    cells = "".join(f"<td>{share_words(share, by=by)}</td>" for share in shares(week).values())
    return f'<tr><th scope="row">{wording.week_words(week.since)}</th>{cells}</tr>'
