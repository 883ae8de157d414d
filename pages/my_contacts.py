"""What a referrer has sent and what became of it, with her drafts on top."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web.form import drafts, look, mine
from mash_triage.web.navigation import FOLDER
from mash_triage.web.page import open_page

visit = open_page(
    "My contacts", needs=(Permission.SEE_OWN_CONTACTS, Permission.SEE_AGENCY_CONTACTS)
)
look.styles()
if st.button("Start a new contact", type="primary", key="new"):
    st.switch_page(FOLDER / "submit_contact.py")
drafts.own_drafts(visit)
mine.show(visit)
