"""What the night did for this child and leaves to the day, and the form for it."""

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.handover.actions import hand_over_to_day
from mash_triage.handover.rules import QUESTIONS
from mash_triage.web.child.parts import done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.in_hand import handed_over
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """Everything that was handed over, and a form that is opened when it is wanted."""
    heading("handover")
    for each in whole.handovers:
        handed_over.one(visit, each, to="child", child=str(whole.id))
    if not visit.by.can(Permission.SCREEN_CONTACT):
        return
    kept = Kept("handover", whole.id)
    wanted = st.toggle("Hand over to the day", value=kept.has_words(), key=f"hand {whole.id}")
    if not wanted:
        return
    with st.form("handover", border=False):
        words = {
            part: st.text_area(question, value=kept.text(part), key=kept.key(part))
            for part, question in QUESTIONS.items()
        }
        given = st.form_submit_button("Hand over", type="primary")
    if given:
        with visit.work() as session:
            hand_over_to_day(session, whole.id, **words, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("handover", "Handed over. It stays on the board until somebody has read it.")
