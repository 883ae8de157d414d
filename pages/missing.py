"""Missing children: notices, a manager's oversight, risk, and the return home interview."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web import kept
from mash_triage.web.child.parts import styles
from mash_triage.web.missing import entering, episode, listing, rates
from mash_triage.web.page import open_page

visit = open_page(
    "Missing children",
    needs=(Permission.SEE_FRONT_DOOR, Permission.SEE_MEASURES),
    on_ended=kept.keep_when_signed_out,
)
styles()
wanted, child = st.query_params.get("episode", ""), st.query_params.get("child", "")
if wanted:
    episode.show(visit, wanted)
elif child:
    entering.show(visit, child)
else:
    if visit.by.can(Permission.SEE_FRONT_DOOR):
        listing.show(visit)
    rates.show(visit)
