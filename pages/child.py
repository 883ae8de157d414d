"""One child on a contact: what was reported, who the child is, and the worker's screening."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import WAITING_FOR_MANAGER
from mash_triage.web import components
from mash_triage.web.child import (
    analysis,
    consent,
    decided,
    history,
    indicators,
    level,
    match,
    parts,
    protective,
    rating,
    reported,
    restrict,
    review,
    sending,
    suggestion,
)
from mash_triage.web.child.reading import child_from_address, read_child
from mash_triage.web.page import open_page

visit = open_page(
    "Child on a contact",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=analysis.keep_when_signed_out,
)
whole = read_child(visit, child_from_address(visit))

parts.styles()
components.child_header(whole.child, whole.edition.clocks, at=visit.at)
suggestion.banners(whole)
sending.returned(whole)

side, main = st.columns([1, 3], gap="large")
with side, st.container(key="side"):
    sending.whose(visit, whole)
    sending.contents(whole)
    if whole.child.status in WAITING_FOR_MANAGER and visit.by.can(Permission.SEE_DECISION_QUEUE):
        st.html(components.child_link_html("decide", whole.id, "Decide for this child"))
    protective.show(visit, whole)
    review.show(visit, whole)
    restrict.show(visit, whole)
with main, st.container(key="part"):
    decided.show(visit, whole)
    reported.show(whole)
    match.show(visit, whole)
    if sending.has_part(whole, "indicators"):
        indicators.show(visit, whole)
        rating.show(visit, whole)
        analysis.show(visit, whole)
        level.show(visit, whole)
    consent.show(visit, whole)
    sending.show(visit, whole)
    history.show(whole)
