"""On the page of measures: who came to strategy discussions, and assessments in time, with what
each figure counts. They are those of the page after the decision, over its longest time.
"""

import streamlit as st

from mash_triage.access.actor import Actor
from mash_triage.after_decision.counted import measures_after_decision
from mash_triage.after_decision.measures import Measure
from mash_triage.after_decision.queries import LONGEST_DAYS
from mash_triage.web import wording
from mash_triage.web.child.tables import table, whole
from mash_triage.web.measures_view import HIDDEN, sees_records
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

COUNTED = {
    "K19": "Of the strategy discussions held in this time, those that children's social care, "
    "police and health all attended. To send information is not to attend.",
    "K23": "Of the children decided in this time whose assessment was authorised or is past its "
    "time, those with it authorised within 45 working days of the referral.",
}
"""What each figure counts, by the number by which the sector knows it."""


def show(visit: Visit) -> None:
    """The figures, and for who may open records the way to the children behind them."""
    with visit.look() as session:
        found = measures_after_decision(session, days=LONGEST_DAYS, by=visit.by, at=visit.at)
    st.header(f"Discussions and assessments, last {LONGEST_DAYS} days", anchor=False)
    st.html(figures_html(found, by=visit.by))
    if sees_records(visit.by):
        st.html(
            '<p><a href="/strategy" target="_self">Strategy discussions, service by service</a>, '
            '<a href="/after_decision" target="_self">after the decision, child by child</a></p>'
        )


def figures_html(found: tuple[Measure, ...], *, by: Actor) -> Html:
    """The table; a count that could point to one to five is not shown to those without records."""
    return table(
        "Strategy discussions with quorum, and assessments in time",
        ("Measure", "Met", "What is counted"),
        (
            (f"{each.words} ({each.code})", whole(_met(each, by=by)), COUNTED[each.code])
            for each in found
            if each.code in COUNTED
        ),
    )


def _met(each: Measure, *, by: Actor) -> str:
    if each.is_small and not sees_records(by):
        return HIDDEN
    return wording.percent_words(each.met, each.counted)
