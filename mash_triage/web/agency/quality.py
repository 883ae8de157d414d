"""How complete the agency's contacts are: four figures, and the answers most often missing."""

from typing import Any

import streamlit as st

from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.worklists.agency import LAST_DAYS, Quality

MOST_SHOWN = 8
FACT_WORDS = {
    "where_now": "Where the child is now",
    "postcode": "Postcode",
    "school": "School or nursery",
    "nhs_number": "NHS number",
    "ethnicity": "Ethnicity",
    "disabled": "Whether disabled",
    "help_before": "Help before",
    "household": "Household",
    "agreement": "Agreement, or why not asked",
    "voice": "The child's own words",
    "safe_adult": "A safe adult",
    "first_hand": "First-hand or told by whom",
    "working_well": "What works well",
    "telephone": "Telephone to call back",
    "last_seen": "When the child was last seen",
}


def show(found: Quality) -> None:
    """The figures, the plot, and the table behind it."""
    st.header(f"Quality of the last {LAST_DAYS.days} days", anchor=False)
    if not found.contacts:
        st.html('<p class="mash-empty">No contact was sent in this time.</p>')
        return
    with st.container(horizontal=True, key="agency_quality"):
        for words, figure in _figures(found):
            with st.container(border=True, width="stretch", height="stretch"):
                share, _space, counts = figure.partition(" (")
                counted = f"{counts.rstrip(')')} contacts" if counts else ""
                st.html(
                    f'<p class="mash-share">{words} <strong>{share}</strong>'
                    f'<span class="mash-note">{counted}</span></p>'
                )
    rows = _rows(found)
    if not rows:
        st.html("<p>No contact lacked a fact that is often called back for.</p>")
        return
    st.vega_lite_chart(rows, _chart(), width="stretch", height=40 + 34 * len(rows))
    st.html(
        table(
            "Answers most often missing",
            ("Fact", "Contacts without it"),
            ((row["Fact"], wording.percent_words(row["Contacts"], found.contacts)) for row in rows),
        )
    )


def _figures(found: Quality) -> tuple[tuple[str, str], ...]:
    whole = found.contacts
    minutes = "not known" if found.minutes is None else f"{found.minutes} min"
    return (
        ("Contacts sent", str(whole)),
        ("With the child's own words", wording.percent_words(found.with_voice, whole)),
        ("Agreement recorded", wording.percent_words(found.with_agreement, whole)),
        ("From first word to sending, median", minutes),
    )


def _rows(found: Quality) -> list[dict[str, Any]]:
    return [
        {
            "Fact": FACT_WORDS[name],
            "Contacts": count,
            "Percent": round(100 * count / found.contacts),
        }
        for name, count in found.missing[:MOST_SHOWN]
    ]


def _chart() -> dict[str, Any]:
    text = {
        "labelFontSize": 13,
        "labelColor": "#0b0c0c",
        "titleFontSize": 13,
        "titleColor": "#0b0c0c",
    }
    return {
        "description": "Percent of contacts without a fact; the table below has the same numbers.",
        "mark": {"type": "bar", "color": "#1d70b8"},
        "encoding": {
            "y": {
                "field": "Fact",
                "type": "nominal",
                "sort": None,
                "axis": {**text, "title": None, "labelLimit": 220},
            },
            "x": {
                "field": "Percent",
                "type": "quantitative",
                "scale": {"domain": [0, 100]},
                "axis": {**text, "title": "Percent of contacts without it", "labelFlushOffset": -8},
            },
        },
    }
