"""Files on a contact that was sent: listed for whoever may read all of it, and added later."""

from functools import partial
from uuid import UUID

import streamlit as st

from mash_triage.attachments.actions import attach_to_contact
from mash_triage.attachments.queries import FilesPicture
from mash_triage.attachments.receiving import Kept
from mash_triage.web.attachments import listing, uploading
from mash_triage.web.page import Visit


def show(visit: Visit, contact_id: UUID, whole: FilesPicture) -> bool:
    """The files of a contact, and, folded away, the field for more; did any come just now?"""
    listing.show(whole, at=visit.at)
    if whole.withheld:
        return False
    place = contact_id.hex[:8]
    with st.expander("Add a file", key="add_file"):
        return uploading.field(visit, place, len(whole.files), partial(_attach, contact_id))


def _attach(contact_id: UUID, visit: Visit, kept: Kept) -> None:
    with visit.work() as session:
        attach_to_contact(session, contact_id, kept, by=visit.by, at=visit.at)
