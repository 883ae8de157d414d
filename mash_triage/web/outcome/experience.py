"""How referrers found it, for managers: the scores as bars and a table, and their words."""

from typing import Any

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.disagreements.experience import (
    LAST_DAYS,
    SCORE_WORDS,
    experience_counts,
    experience_words,
)
from mash_triage.small_counts import is_small
from mash_triage.web import components
from mash_triage.web.child.tables import table
from mash_triage.web.measures_view import HIDDEN, TEXT, sees_records
from mash_triage.web.page import Visit


def show(visit: Visit) -> None:
    """Scores of the last 90 days; somebody without access to records sees none of 1 to 5."""
    with visit.look() as session:
        counts = experience_counts(session, by=visit.by, at=visit.at)
        may_read = visit.by.can(Permission.SEE_DECISION_QUEUE)
        words = experience_words(session, by=visit.by, at=visit.at) if may_read else []
    st.header("How referrers found it", anchor=False)
    if not any(counts.values()):
        st.html('<p class="mash-empty">Nobody has said yet how a contact went.</p>')
        return
    shown = {
        score: count
        for score, count in counts.items()
        if sees_records(visit.by) or not is_small(count)
    }
    rows = [{"Score": SCORE_WORDS[score], "Contacts": count} for score, count in shown.items()]
    st.vega_lite_chart(rows, _chart(), width="stretch", height=220)
    st.html(
        table(
            f"How it was to tell us and to hear back, last {LAST_DAYS.days} days",
            ("Score", "Contacts"),
            ((SCORE_WORDS[score], str(shown.get(score, HIDDEN))) for score in counts),
        )
    )
    if words:
        with st.expander(f"What they wrote: {len(words)}"):
            for each in words:
                st.html(f"<p><strong>{SCORE_WORDS[each.score]}</strong></p>")
                components.words(each.words)


def _chart() -> dict[str, Any]:
    axis = {**TEXT, "titleFontSize": 13, "titleColor": "#0b0c0c"}
    return {
        "description": "Contacts by score; the table below has the same numbers.",
        "mark": {"type": "bar", "color": "#1d70b8"},
        "encoding": {
            "y": {"field": "Score", "type": "nominal", "axis": {**axis, "title": None}},
            "x": {
                "field": "Contacts",
                "type": "quantitative",
                "axis": {**axis, "title": "Contacts", "tickMinStep": 1, "format": "d"},
            },
        },
    }
