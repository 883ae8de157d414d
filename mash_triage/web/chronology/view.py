"""One child's chronology: read once in a run, and drawn."""

from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from mash_triage.chronology.lens import Lens, lens_of
from mash_triage.chronology.queries import Chronology, chronology_of
from mash_triage.web import components
from mash_triage.web.chronology import lens, lines
from mash_triage.web.page import Visit


@dataclass(frozen=True)
class Whole:
    """The lines and the lens."""

    chronology: Chronology
    lens: Lens


def read(visit: Visit, contact_child_id: UUID) -> Whole:
    """Read both in one transaction, and note that the record was opened."""
    with visit.look() as session:
        whole = Whole(
            chronology_of(session, contact_child_id, by=visit.by),
            lens_of(session, contact_child_id, by=visit.by),
        )
    visit.note_viewed(contact_child_id)
    return whole


def show(visit: Visit, whole: Whole) -> None:
    """The way back, the lens, then the lines."""
    found = whole.chronology
    link = components.child_link_html("child", found.contact_child_id, found.name)
    st.html(f'<h2 class="mash-child">{link}</h2>')
    lens.show(visit, whole.lens)
    lines.show(visit, found)
