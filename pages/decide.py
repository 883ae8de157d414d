"""The manager decides what happens next for one child on a contact."""

from functools import partial

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import WAITING_FOR_MANAGER
from mash_triage.web import components, kept, notices
from mash_triage.web.child import (
    before,
    decided,
    deciding,
    later,
    protective,
    returning,
    review,
    standing,
    suggestion,
    warnings,
)
from mash_triage.web.child.parts import draw, styles
from mash_triage.web.child.reading import child_from_address, read_child
from mash_triage.web.enquiries import on_child as agencies
from mash_triage.web.hand_on import stepping_up
from mash_triage.web.page import open_page
from mash_triage.web.talk import on_child, shown

visit = open_page(
    "Decide",
    needs=(Permission.SEE_DECISION_QUEUE, Permission.DECIDE_AT_NIGHT),
    on_ended=kept.keep_when_signed_out,
)
returning.refuse_who_never_decides(visit)
whole = read_child(visit, child_from_address(visit))
kept.begin(visit, whole.id)
waits = whole.child.status in WAITING_FOR_MANAGER

styles()
shown.styles()
components.child_header(whole.child, whole.edition.clocks, at=visit.at)
warnings.show(whole)
on_child.cause(visit, whole)
suggestion.banners(whole)
stepping_up.banners(visit, whole.id, whole.step_ups)
deciding.jump()

left, right = st.columns([3, 2], gap="large")
with left, st.container(key="part"):
    draw(visit, whole, later.show, decided.show, on_child.read_only)
    draw(visit, whole, agencies.read_only, standing.show)
with right, st.container(key="decision"):
    seen = deciding.version_seen(whole)
    refusal = returning.why_not(visit, whole)
    if waits and refusal:
        notices.refused(refusal)
    elif waits or deciding.words_of(whole).has_words():
        draw(
            visit,
            whole,
            before.show,
            partial(deciding.show, seen=seen),
            partial(returning.show, seen=seen),
        )
    else:
        deciding.not_waiting()
    draw(visit, whole, protective.show, review.show, deciding.to_the_record)
