"""One question after the outcome: how was it to tell us?"""

import streamlit as st

from mash_triage.disagreements.actions import rate_experience
from mash_triage.disagreements.experience import SCORE_WORDS, ExperiencePicture
from mash_triage.errors import NotReady
from mash_triage.web import components
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.worklists.my_contacts import MyContact


def show(visit: Visit, contact: MyContact, said: ExperiencePicture | None) -> None:
    """The question, or what she said."""
    if said is not None:
        st.html(f"<h2>How it went</h2><p>You said: <strong>{SCORE_WORDS[said.score]}</strong>.</p>")
        if said.words:
            components.words(said.words)
        return
    st.html("<h2>How did it go?</h2>")
    mine, scores = Kept("experience", contact.id), list(SCORE_WORDS)
    score = st.radio(
        "How was it to tell us and to hear back?",
        scores,
        index=mine.index("score", scores),
        format_func=SCORE_WORDS.__getitem__,
        horizontal=True,
        key=mine.key("score"),
    )
    words = st.text_area(
        "What should we keep or change? (optional; name nobody)",
        value=mine.text("words"),
        key=mine.key("words"),
        max_chars=2_000,
        height=80,
    )
    if st.button("Send your answer", key="rate"):
        if score is None:
            visit.refuse(NotReady("Choose from 1 to 5."))
        with visit.work() as session:
            rate_experience(session, contact.reference, score, words, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        mine.forget()
        visit.leave("Thank you for your answer.", to="receipt", contact=contact.reference)
