"""A child comes back from early help: the form, and where the child came from or went."""

from html import escape
from typing import Literal
from uuid import UUID

import streamlit as st

from mash_triage.contacts.reference import show_reference
from mash_triage.errors import NotReady
from mash_triage.hand_on.actions import StepUpFacts, step_up
from mash_triage.hand_on.queries import StepUpPicture
from mash_triage.web import components, wording
from mash_triage.web.form.words import NO_VOICE
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

ANSWERS: dict[Literal["yes", "no", "not_known"], str] = {
    "yes": "Yes",
    "no": "No",
    "not_known": "Not known",
}


def banners(visit: Visit, child_id: UUID, step_ups: tuple[StepUpPicture, ...]) -> None:
    """On the record itself: each time the child came back, or went on."""
    for each in step_ups:
        came_html(visit, child_id, each)


def came_html(visit: Visit, child_id: UUID, each: StepUpPicture) -> None:
    """One line: from which contact, or to which, and why."""
    back = each.came_as == child_id
    words = "Came back from early help" if back else "Stepped up to a new contact"
    link = components.child_link_html("child", each.came_from if back else each.came_as, words)
    when = wording.near_words(each.at, at=visit.at)
    st.html(
        f'<div class="mash-banner"><p><strong>{link}</strong>, {when}, '
        f"{escape(each.by_name)}: {escape(each.reason)}</p></div>"
    )


def form(visit: Visit, child_id: UUID) -> None:
    """Why help is not enough, what changed, danger now, and the child's voice."""
    with st.expander("Step up: early help is not enough", key="step_up"):
        kept = Kept("step up", child_id)
        with st.form("step_up_form", border=False):
            reason = _area(kept, "reason", "Why early help is not enough")
            changed = _area(kept, "changed", "What has changed")
            codes = list(ANSWERS)
            danger = st.radio(
                "Is anybody in danger now?",
                codes,
                index=kept.index("danger", codes),
                format_func=ANSWERS.__getitem__,
                key=kept.key("danger"),
                horizontal=True,
            )
            happening = _area(kept, "happening", "If so: what is happening")
            voice = _area(kept, "voice", "What the child says or shows now")
            gaps = list(NO_VOICE)
            gap = st.selectbox(
                "Or why that is not known",
                gaps,
                index=kept.index("gap", gaps),
                format_func=NO_VOICE.__getitem__,
                placeholder="Choose",
                key=kept.key("gap"),
            )
            pressed = st.form_submit_button("Send as a new contact", type="primary")
        if pressed:
            with visit.work() as session:
                if danger is None:
                    raise NotReady("Say whether anybody is in danger now.")
                facts = StepUpFacts(reason, changed, danger, happening, voice.strip() or gap or "")
                receipt = step_up(session, child_id, facts, by=visit.by, at=visit.at)
                kept.drop(session, by=visit.by)
            kept.forget()
            reference = show_reference(receipt.reference)
            visit.leave(f"Sent as contact {reference}. It waits for screening.", to="board")


def _area(kept: Kept, name: str, label: str) -> str:
    return st.text_area(label, value=kept.text(name), key=kept.key(name), height=90)
