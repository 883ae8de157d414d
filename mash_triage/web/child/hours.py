"""Where this child's time went since receipt, as a picture and a small table."""

import streamlit as st

from mash_triage.contacts.actions import bank_holidays
from mash_triage.hours.queries import SAYS_WHO, waits_of_child
from mash_triage.hours.rules import Known, Way, minutes_of, parts_of
from mash_triage.web import hours_chart
from mash_triage.web.child.parts import heading, to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """From receipt to the decision, or up to now."""
    heading("hours")
    parts = parts_of(way_of(visit, whole), whole.edition.clocks, bank_holidays())
    minutes = minutes_of(parts)
    if not minutes:
        st.html('<p class="mash-note">It has only just been received.</p>')
        return
    until = "the decision" if whole.child.decided_at else "now"
    st.html(f"<p>{hours_chart.longest_words(minutes, until=until)}</p>")
    with to_read("The parts, as a picture and in numbers", "hours"):
        hours_chart.draw(minutes)
        hours_chart.numbers(f"From receipt to {until}", minutes)


def way_of(visit: Visit, whole: WholeChild) -> Way:
    """The child's way, from what the page has read already, and the agencies asked."""
    child = whole.child
    with visit.look() as session:
        asked = waits_of_child(session, whole.id, by=visit.by)
    return Way(
        child.received_at,
        child.decided_at or visit.at,
        child.moves,
        tuple(Known(each.at, each.undone_at) for each in whole.answers if each.answer in SAYS_WHO),
        asked,
    )
