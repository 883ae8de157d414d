"""A page for tests that only those at the front door may open."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web.page import open_page

visit = open_page("Secret", needs=(Permission.SEE_FRONT_DOOR, Permission.SUBMIT_CONTACT))
visit.note_viewed("a-child")
st.text(f"For {visit.by.name}, {st.query_params.get('child', '')}")
