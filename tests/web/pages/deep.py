"""A page for tests that a referrer may not open."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web.page import open_page

visit = open_page("Deep", needs=Permission.SEE_FRONT_DOOR)
st.text("what is behind")
