"""The lens as drawn: a mark for each contact on a line of time, hollow where it does not count."""

from html import escape
from typing import Any

import streamlit as st

from mash_triage.chronology.lens import Lens, Point, Whose
from mash_triage.contacts.status import STAGE_WORDS, Status
from mash_triage.thresholds.suggest import FiredRule
from mash_triage.web import components, wording
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

ROWS = [each.value for each in Whose]
COLOURS = {Whose.CHILD: "#4c2c92", Whose.HOUSEHOLD: "#1d70b8", Whose.NOT_CONFIRMED: "#505a5f"}
"""No red, amber or green: those name ratings."""
TEXT = {"labelFontSize": 13, "labelColor": "#0b0c0c", "titleFontSize": 13, "titleColor": "#0b0c0c"}
DAYS = {
    **TEXT,
    "format": "%-d %b %Y",
    "title": None,
    "labelOverlap": True,
    "tickMinStep": 24 * 60 * 60 * 1000,  # a day in milliseconds: none stands there twice
}
LAST_DAY = 40  # pixels to the right, so that the last day is not cut off on a narrow screen
ROW_HEIGHT = 60  # pixels


def show(visit: Visit, lens: Lens) -> None:
    """The chart, the rules that are met, and the table with the same contacts."""
    st.header("All contacts on one line of time", anchor=False)
    st.vega_lite_chart(
        [_row(each) for each in lens.points], chart(), width="stretch", height=ROW_HEIGHT * 3 + 60
    )
    st.html(rules_html(lens))
    with st.expander("The same as a table"):
        st.html(_table(visit, lens))


def _row(point: Point) -> dict[str, Any]:
    return {
        "Received": point.received_at.isoformat(),
        "Whose": point.whose.value,
        "Worry": _worry(point),
        "From": point.agency,
        "Counts": point.whose is not Whose.NOT_CONFIRMED and not point.is_void,
    }


def _worry(point: Point) -> str:
    """The worry, and that it counts for nothing where a manager decided so."""
    return f"{point.worry} ({STAGE_WORDS[Status.VOID].lower()})" if point.is_void else point.worry


def chart() -> dict[str, Any]:
    """What is drawn: three rows, a filled mark for what counts and a hollow one for what is not
    confirmed or was sent twice or in error.
    """
    colour = {
        "field": "Whose",
        "type": "nominal",
        "scale": {"domain": ROWS, "range": [COLOURS[Whose(each)] for each in ROWS]},
        "legend": None,
    }
    return {
        "description": "Each contact by the day it was received; the table has the same ones.",
        "padding": {"left": 5, "top": 5, "right": LAST_DAY, "bottom": 5},
        "mark": {"type": "point", "size": 130, "strokeWidth": 2.5},
        "encoding": {
            "x": {
                "field": "Received",
                "type": "temporal",
                "axis": DAYS,
            },
            "y": {
                "field": "Whose",
                "type": "nominal",
                "scale": {"domain": ROWS},
                "axis": {**TEXT, "title": None, "labelLimit": 160, "grid": True},
            },
            "stroke": colour,
            "fill": {
                "condition": {"test": "datum.Counts", **colour},
                "value": "#ffffff",
            },
            "tooltip": [
                {"field": "Worry", "type": "nominal"},
                {"field": "From", "type": "nominal"},
                {"field": "Received", "type": "temporal", "format": "%-d %b %Y"},
            ],
        },
    }


def rules_html(lens: Lens) -> Html:
    """Which rules about things that add up are met, and which would be with the unconfirmed."""
    if lens.met:
        met = f"<p><strong>What adds up meets these rules:</strong></p>{_list(lens, lens.met)}"
    else:
        met = "<p>No rule about repeated contacts or several worries is met.</p>"
    if not lens.not_confirmed:
        return Html(met)
    count = wording.count_words(lens.not_confirmed, "contact is", "contacts are")
    maybe = f"<p>{count} about a look-alike, not confirmed, and counts for nothing.</p>"
    if lens.not_confirmed > 1:
        maybe = maybe.replace("a look-alike", "look-alikes").replace("counts", "count")
    if lens.would_be_met:
        maybe += f"<p>If it is this child, these are met too:</p>{_list(lens, lens.would_be_met)}"
    return Html(met + maybe)


def _list(lens: Lens, rules: tuple[FiredRule, ...]) -> str:
    lines = "".join(f"<li>{escape(each.words)}{_because(lens, each)}</li>" for each in rules)
    return f'<ul class="mash-list">{lines}</ul>'


def _because(lens: Lens, rule: FiredRule) -> str:
    """The indicators that a rule rests on, each once."""
    names = [lens.names[code] for code in dict.fromkeys(rule.indicators) if code in lens.names]
    return (
        f'<br><span class="mash-note">Because: {escape("; ".join(names))}</span>' if names else ""
    )


def _table(visit: Visit, lens: Lens) -> Html:
    return table(
        "Newest first",
        ("Received", "Whose", "About", "Worry", "From"),
        (
            (
                wording.near_words(each.received_at, at=visit.at),
                each.whose.value,
                components.child_link_html("child", each.contact_child_id, each.name),
                _worry(each),
                each.agency,
            )
            for each in reversed(lens.points)
        ),
    )
