"""One question after the outcome: how was it to tell us?"""

import streamlit as st

from mash_triage.disagreements.actions import rate_experience
from mash_triage.disagreements.experience import SCORE_WORDS, ExperiencePicture
from mash_triage.errors import NotReady
from mash_triage.web import components
from mash_triage.web.page import Visit


def show(visit: Visit, reference: str, said: ExperiencePicture | None) -> None:
    """The question, or what she said."""
    if said is not None:
        st.html(f"<h2>How it went</h2><p>You said: <strong>{SCORE_WORDS[said.score]}</strong>.</p>")
        if said.words:
            components.words(said.words)
        return
    st.html("<h2>How did it go?</h2>")
    with st.form("experience", border=False):
        score = st.radio(
            "How was it to tell us and to hear back?",
            list(SCORE_WORDS),
            index=None,
            format_func=SCORE_WORDS.__getitem__,
            horizontal=True,
            key="experience_score",
        )
        words = st.text_area(
            "What should we keep or change? (optional; name nobody)",
            key="experience_words",
            max_chars=2_000,
            height=80,
        )
        sent = st.form_submit_button("Send your answer")
    if sent:
        if score is None:
            visit.refuse(NotReady("Choose from 1 to 5."))
        with visit.work() as session:
            rate_experience(session, reference, score, words, by=visit.by, at=visit.at)
        visit.leave("Thank you for your answer.", to="receipt", contact=reference)
