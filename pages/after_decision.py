"""After the decision: who was seen and allocated in time, and what is due next."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.after import page as view
from mash_triage.web.after import recording
from mash_triage.web.child.parts import styles
from mash_triage.web.page import open_page

visit = open_page(
    "After the decision",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=kept.keep_when_signed_out,
)
styles()
if wanted := st.query_params.get("child", ""):
    recording.show(visit, wanted)
else:
    view.show(visit)
