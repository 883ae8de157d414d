"""Where the time went, in sum: the children decided in a period, perhaps of one rating or source.

Somebody without access to records sees no agency by name, and nothing of one to five children.
"""

from datetime import timedelta

import streamlit as st

from mash_triage.hours.queries import MOST_COUNTED, HoursInSum, hours_in_sum
from mash_triage.thresholds.routes import Rag
from mash_triage.web import hours_chart, wording
from mash_triage.web.measures_view import HIDDEN
from mash_triage.web.page import Visit
from mash_triage.web.wording import SOURCE_WORDS, SourceGroup, source_group

PERIODS = {7: "Last 7 days", 30: "Last 30 days", 90: "Last 90 days"}
SOURCES = {
    group: tuple(code for code in SOURCE_WORDS if source_group(code) is group)
    for group in SourceGroup
}


def show(visit: Visit) -> None:
    """The filter, the picture, and the numbers behind it."""
    with st.container(horizontal=True, key="hours_filter"):
        days = st.selectbox("Decided", list(PERIODS), index=1, format_func=PERIODS.__getitem__)
        rag = st.selectbox(
            "Rating",
            list(Rag),
            index=None,
            format_func=wording.rating_words,
            placeholder="All ratings",
        )
        group = st.selectbox("From", list(SourceGroup), index=None, placeholder="All sources")
    with visit.look() as session:
        found = hours_in_sum(
            session,
            visit.at - timedelta(days=days),
            visit.at,
            rag=rag,
            sources=SOURCES[group] if group else (),
            by=visit.by,
        )
    _found(found, PERIODS[days])


def _found(found: HoursInSum, period: str) -> None:
    if found.too_few:
        st.html(f"<p>Children decided: {HIDDEN}.</p>")
        return
    if not found.minutes:
        st.html('<p class="mash-empty">No child was decided in this time. Choose a longer one.</p>')
        return
    counted = wording.count_words(found.children, "child", "children")
    more = f" Only the last {MOST_COUNTED} decided are counted." if found.more else ""
    hours_chart.draw(found.minutes)
    hours_chart.numbers(
        f"{period}: from receipt to decision, {counted}", found.minutes, found.children
    )
    st.html(
        '<p class="mash-note">Every minute counts once. Outside opening hours comes first, '
        "whatever the stage; the 24 hours run on all the same. Of several agencies asked at once, "
        f"the one that replied last is named.{more}</p>"
    )
