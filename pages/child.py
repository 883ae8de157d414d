"""One child on a contact: what was reported, who the child is, and the worker's screening."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.web import components, kept
from mash_triage.web.after import on_child as after
from mash_triage.web.child import (
    adults,
    analysis,
    consent,
    decided,
    handing_over,
    history,
    hours,
    indicators,
    later,
    level,
    match,
    missing,
    promises,
    protective,
    rating,
    reported,
    restrict,
    review,
    sending,
    suggestion,
    warnings,
    workers,
)
from mash_triage.web.child.parts import begin, draw, end, styles
from mash_triage.web.child.reading import child_from_address, read_child
from mash_triage.web.enquiries import on_child as agencies
from mash_triage.web.hand_on import stepping_up
from mash_triage.web.page import Visit, open_page
from mash_triage.web.strategy import on_child as strategy
from mash_triage.web.talk import notes, on_child, shown


def keep_when_signed_out(visit: Visit) -> None:
    """What has just arrived though the sign-in is over: into her drafts, and into the record."""
    kept.keep_when_signed_out(visit)
    child_id = child_from_address(visit)
    indicators.keep_when_signed_out(visit, child_id)
    analysis.keep_when_signed_out(visit, child_id)


visit = open_page(
    "Child on a contact",
    needs=Permission.SEE_FRONT_DOOR,
    on_ended=keep_when_signed_out,
)
whole = read_child(visit, child_from_address(visit))
kept.begin(visit, whole.id)

begin()
styles()
shown.styles()
components.child_header(whole.child, whole.edition.clocks, at=visit.at)
warnings.show(whole)
missing.banner(whole)
on_child.cause(visit, whole)
suggestion.banners(whole)
stepping_up.banners(visit, whole.id, whole.step_ups)
sending.returned(whole)

side, main = st.columns([1, 3], gap="large")
with side, st.container(key="side", gap="xsmall"):
    draw(visit, whole, sending.whose, sending.to_decide, sending.comes_next)
    draw(visit, whole, promises.promised, review.show, sending.contents)
    draw(visit, whole, promises.show, protective.show, missing.show, later.confirmation)
    draw(visit, whole, restrict.show)
with main, st.container(key="part", gap="xsmall"):
    opening = (
        strategy.show,
        later.show,
        decided.show,
        after.show,
        reported.show,
        on_child.show,
        match.show,
        adults.show,
    )
    draw(visit, whole, *opening)
    if sending.has_part(whole, "indicators"):
        draw(visit, whole, indicators.show, rating.show, analysis.show, level.show)
    draw(visit, whole, consent.show, agencies.show, notes.show)
    who, handed = st.columns(2, gap="large")
    with who:
        draw(visit, whole, workers.show)
    with handed:
        draw(visit, whole, handing_over.show)
    draw(visit, whole, sending.show, hours.show, history.show)
end()
