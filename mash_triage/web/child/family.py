"""Brothers and sisters on the contact, and what came before for the child and the household."""

from collections.abc import Sequence

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.history import EarlierContact
from mash_triage.thresholds.levels import Edition
from mash_triage.web import components, wording
from mash_triage.web.child.parts import to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import table

FIRST = 4  # earlier contacts seen at once; the others are folded away


def show(whole: WholeChild) -> None:
    """Brothers and sisters on this contact, and earlier contacts of child and household."""
    if whole.child.siblings:
        together = components.child_link_html("together", whole.id, "See all of them together")
        st.html(f"<h3>Other children on this contact</h3>{_siblings(whole)}<p>{together}</p>")
    title = "<h3>Earlier contacts of the child and household</h3>"
    if whole.child.person_id is None:
        st.html(f"{title}<p>They show once it is known who this child is.</p>")
    elif not whole.earlier:
        st.html(
            "<p><strong>Earlier contacts of the child and household:</strong> none on record.</p>"
        )
    else:
        st.html(title + _earlier(whole, whole.earlier[:FIRST]))
    if len(whole.earlier) > FIRST:
        with to_read(f"{len(whole.earlier) - FIRST} more", "earlier_contacts"):
            st.html(_earlier(whole, whole.earlier[FIRST:]))
            _say_where_it_stops(whole)


def _say_where_it_stops(whole: WholeChild) -> None:
    if whole.earlier_in_all > len(whole.earlier):
        st.html(
            f"<p>The latest {len(whole.earlier)} of {whole.earlier_in_all}. "
            "Open the oldest to see those before it.</p>"
        )


def _siblings(whole: WholeChild) -> str:
    lines = (
        f"<li>{components.child_link_html('child', each.id, each.name)} "
        f"{components.rating_html(each.rag)} {wording.stage_words(each.status)}</li>"
        for each in whole.child.siblings
    )
    return f'<ul class="mash-links">{"".join(lines)}</ul>'


def _earlier(whole: WholeChild, contacts: Sequence[EarlierContact]) -> str:
    return table(
        "Newest first",
        ("Received", "About", "Worry", "What it came to"),
        (
            (
                components.child_link_html(
                    "child", each.contact_child_id, wording.date_words(london_day(each.received_at))
                ),
                _about(each),
                concern_words(whole.edition, each.main_concern),
                _came_to(whole, each),
            )
            for each in contacts
        ),
    )


def _about(each: EarlierContact) -> str:
    name = each.name if each.is_same_child else f"{each.name} (same household)"
    return f"{name}, from {each.agency_name}"


def _came_to(whole: WholeChild, each: EarlierContact) -> str:
    outcome = whole.outcomes.get(each.contact_child_id)
    return whole.edition.outcome_of(outcome).words if outcome else wording.stage_words(each.status)


def concern_words(edition: Edition, code: str) -> str:
    """A worry in the edition's words; one from another edition as it was sent."""
    try:
        return edition.words_of("concern", code)
    except KeyError:
        return code
