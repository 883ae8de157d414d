"""Where the time went, in sum: the children decided in a period, perhaps of one rating or source.

Somebody without access to records sees no agency by name, and nothing that tells of one to five
children, also not by subtracting; for her a day counts once it is over.
"""

from datetime import UTC, datetime, timedelta

import streamlit as st

from mash_triage.clocks.working_days import LONDON
from mash_triage.hours.queries import MOST_COUNTED, PERIODS, HoursInSum, hours_in_sum
from mash_triage.thresholds.routes import Rag
from mash_triage.web import hours_chart, wording
from mash_triage.web.measures_view import HIDDEN, sees_records
from mash_triage.web.page import Visit
from mash_triage.web.wording import SOURCE_WORDS, SourceGroup, source_group

SOURCES = {
    group: tuple(code for code in SOURCE_WORDS if source_group(code) is group)
    for group in SourceGroup
}


def show(visit: Visit) -> None:
    """The filter, the picture, and the numbers behind it."""
    with st.container(horizontal=True, key="hours_filter"):
        days = st.selectbox("Decided", PERIODS, index=1, format_func=_period)
        rag = st.selectbox(
            "Rating",
            list(Rag),
            index=None,
            format_func=wording.rating_words,
            placeholder="All ratings",
        )
        group = st.selectbox("From", list(SourceGroup), index=None, placeholder="All sources")
    until = visit.at if sees_records(visit.by) else _start_of_day(visit.at)
    with visit.look() as session:
        found = hours_in_sum(
            session,
            until - timedelta(days=days),
            until,
            rag=rag,
            sources=SOURCES[group] if group else (),
            by=visit.by,
        )
    _found(found, _period(days))


def _start_of_day(at: datetime) -> datetime:
    """Yesterday is over: two looks within a day differ by nobody."""
    day = at.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    return day.astimezone(UTC)


def _period(days: int) -> str:
    return f"Last {days} days"


def _found(found: HoursInSum, period: str) -> None:
    if found.too_few:
        st.html(
            f"<p>Children decided: {HIDDEN}, here or in what this leaves of the others. Choose all "
            "ratings and sources, and the longest time.</p>"
        )
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
