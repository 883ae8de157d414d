"""What was found through the family: warnings, other children on record, earlier contacts."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.matching.found_through import (
    FamilyWarning,
    FoundChild,
    FoundContact,
    FoundThroughHousehold,
)
from mash_triage.web import components, wording
from mash_triage.web.child import on_record
from mash_triage.web.child.family import concern_words
from mash_triage.web.child.parts import to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

FIRST = 6  # contacts seen at once; the others are folded away
MOST_CHILDREN = 8


def show(visit: Visit, whole: WholeChild, found: FoundThroughHousehold) -> None:
    """Warnings first, then the children of the family, then the contacts about them."""
    if found.warnings:
        st.html(_warnings(found.warnings))
    if found.children:
        st.html("<h3>Children found through the household</h3>")
    for each in found.children[:MOST_CHILDREN]:
        _child(visit, whole, each)
    shown_above = {each.contact_child_id for each in whole.earlier}
    contacts = [each for each in found.contacts if each.contact_child_id not in shown_above]
    if contacts:
        st.html(
            f"<h3>Earlier contacts of the household</h3>{_counted(contacts)}"
            f"{_contacts(whole, contacts[:FIRST])}"
        )
    if len(contacts) > FIRST:
        with to_read(f"{len(contacts) - FIRST} more", "family_contacts"):
            st.html(_contacts(whole, contacts[FIRST:]))
    if not (found.warnings or found.children or found.contacts):
        st.html("<p>Nothing is on record of this family beside the child.</p>")


def _warnings(warnings: Sequence[FamilyWarning]) -> str:
    lines = "".join(
        f"<li>{escape(each.words)} {_link(each)}</li>"
        for each in sorted(warnings, key=lambda each: each.received_at, reverse=True)
    )
    return (
        '<div class="mash-caution"><p>What earlier contacts of the family warn of</p>'
        f'<ul class="mash-list">{lines}</ul></div>'
    )


def _link(each: FamilyWarning | FoundContact) -> Html:
    day = wording.date_words(london_day(each.received_at))
    return components.child_link_html("child", each.contact_child_id, day)


def _child(visit: Visit, whole: WholeChild, each: FoundChild) -> None:
    born = f", born {wording.date_words(each.dob)}" if each.dob else ""
    with st.container(key=f"family_child_{each.person_id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f"<p><strong>{escape(each.name)}</strong>{born}<br>"
                f'<span class="mash-note">Through {_through(each.through)}</span></p>'
            )
            is_open = on_record.button(whole, each.person_id, place="family")
        if is_open:
            on_record.show(visit, whole, each.person_id)


def _through(through: Sequence[str]) -> str:
    return escape(" and ".join(through))


def _counted(contacts: Sequence[FoundContact]) -> str:
    """Family and neighbours count as much as professionals; how many of each is said."""
    of_family = len({each.reference for each in contacts if each.from_family})
    in_all = len({each.reference for each in contacts})
    return (
        f"<p>{wording.count_words(in_all, 'contact', 'contacts')}, of which {of_family} from "
        "family, neighbours or the child.</p>"
    )


def _contacts(whole: WholeChild, contacts: Sequence[FoundContact]) -> Html:
    return table(
        "Newest first",
        ("Received", "About", "Worry", "Found through"),
        (
            (
                _link(each),
                f"{each.name}, from {each.agency_name}",
                concern_words(whole.edition, each.main_concern),
                " and ".join(each.through),
            )
            for each in contacts
        ),
    )
