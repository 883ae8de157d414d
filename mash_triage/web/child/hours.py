"""Where this child's time went since receipt, as a picture and a small table."""

import streamlit as st

from mash_triage.contacts.actions import bank_holidays
from mash_triage.hours.queries import SAYS_WHO, waits_of_child
from mash_triage.hours.rules import Known, Moved, Way, minutes_of, parts_of
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
    with to_read(hours_chart.longest_words(minutes, until=until), "hours"):
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
        tuple(Moved(each.moved_from, each.moved_to, each.moved_at) for each in child.moves),
        tuple(Known(each.at, each.undone_at) for each in whole.answers if each.answer in SAYS_WHO),
        asked,
    )
