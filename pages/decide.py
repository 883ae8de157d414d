"""The manager decides what happens next for one child on a contact."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import WAITING_FOR_MANAGER
from mash_triage.web import components, notices
from mash_triage.web.child import (
    decided,
    deciding,
    parts,
    protective,
    returning,
    review,
    standing,
    suggestion,
)
from mash_triage.web.child.reading import child_from_address, read_child
from mash_triage.web.page import open_page

visit = open_page("Decide", needs=Permission.SEE_DECISION_QUEUE)
whole = read_child(visit, child_from_address(visit))

parts.styles()
components.child_header(whole.child, whole.edition.clocks, at=visit.at)
suggestion.banners(whole)
deciding.jump()

left, right = st.columns([3, 2], gap="large")
with left, st.container(key="part"):
    decided.show(visit, whole)
    standing.show(visit, whole)
with right, st.container(key="decision", border=True):
    seen = deciding.version_seen(whole)
    waits = whole.child.status in WAITING_FOR_MANAGER
    refusal = returning.why_not(visit, whole)
    if refusal and waits:
        notices.refused(refusal)
    elif waits or deciding.Fields(whole).has_words():
        deciding.show(visit, whole, seen)
        returning.show(visit, whole, seen)
    else:
        st.html("<p>This child is not waiting for a manager.</p>")
with right:
    protective.show(visit, whole)
    review.show(visit, whole)
    st.html(components.child_link_html("child", whole.id, "Open the whole record"))
