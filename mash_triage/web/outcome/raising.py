"""On the receipt: a professional who disagrees with a decision says so, and finds it again."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.disagreements.actions import raise_disagreement
from mash_triage.disagreements.queries import DisagreementPicture
from mash_triage.disagreements.rules import Risk
from mash_triage.disagreements.stages import (
    BEFORE_DECISION,
    SAFETY_GOES_ON,
    STAGES,
    SUBJECT_WORDS,
    Subject,
)
from mash_triage.errors import NotReady
from mash_triage.web import kept
from mash_triage.web.kept import Kept
from mash_triage.web.outcome.standing import line_html, stage_words
from mash_triage.web.page import Visit
from mash_triage.worklists.my_contacts import MyChild, MyContact


def show(
    visit: Visit, contact: MyContact, child: MyChild, raised: Sequence[DisagreementPicture]
) -> None:
    """What was raised about this child, and the form while none of it is open. Before a decision it
    is about a strategy discussion or the delay.
    """
    for each in raised:
        st.html(line_html(each, at=visit.at))
    if not visit.by.can(Permission.GIVE_FEEDBACK) or any(each.is_open for each in raised):
        return
    what = "the decision" if child.decided_at else "how long it takes, or a discussion"
    if not child.decided_at and len(contact.children) > 1:
        st.html(f"<h3>{escape(child.name)}</h3>")  # in a fold's title it could become a link
    with st.expander(f"Disagree with {what}", key=f"disagree {child.id}"):
        _form(visit, contact, child)


def _form(visit: Visit, contact: MyContact, child: MyChild) -> None:
    kept.begin(visit, child.id)
    mine = Kept("disagreement", child.id)
    st.html(
        f"<p>It is right to say so. {SAFETY_GOES_ON}</p>"
        f'<p class="mash-note">It begins with {STAGES[0].words.lower()}, '
        f"{stage_words(1)}, and can go up to {STAGES[-1].words.lower()}. "
        f"{'The decision stands until a manager decides afresh.' if child.decided_at else ''}</p>"
    )
    subject: Subject | None = Subject.DECISION
    if not child.decided_at:
        subject = st.radio(
            "With what do you disagree?",
            BEFORE_DECISION,
            index=mine.index("subject", BEFORE_DECISION),
            format_func=SUBJECT_WORDS.__getitem__,
            key=mine.key("subject"),
        )
    why = st.text_area(
        "Why do you disagree?", value=mine.text("why"), key=mine.key("why"), height=110
    )
    wanted = st.text_area(
        "Which outcome do you want?", value=mine.text("wanted"), key=mine.key("wanted"), height=80
    )
    stage, risk = risk_of(mine, first=1)
    if st.button("Send the disagreement", key=f"raise {child.id}"):
        if subject is None:
            visit.refuse(NotReady("Choose with what you disagree."))
        with visit.work() as session:
            raise_disagreement(
                session,
                child.id,
                why,
                wanted,
                subject=subject,
                stage=stage,
                risk=risk,
                by=visit.by,
                at=visit.at,
            )
            mine.drop(session, by=visit.by)
        mine.forget()
        visit.leave(
            "Your disagreement has reached the front door.",
            to="receipt",
            contact=contact.reference,
        )


def risk_of(mine: Kept, *, first: int) -> tuple[int, Risk | None]:
    """The stage to begin with: the first, or any where a child is said to be at immediate risk."""
    if not st.checkbox(
        "A child is at immediate risk: choose a later stage at once",
        value=bool(mine.value("risk")),
        key=mine.key("risk"),
    ):
        return first, None
    st.html("<p><strong>If somebody is in danger now, call 999 before anything else.</strong></p>")
    danger = st.text_input(
        "What is the risk?", value=mine.text("risk_words"), key=mine.key("risk_words")
    )
    numbers = [stage.number for stage in STAGES if stage.number >= first]
    stage = st.selectbox(
        "Stage",
        numbers,
        index=mine.index("risk_stage", numbers),
        placeholder="Choose a stage",
        format_func=lambda number: f"Stage {number}: {STAGES[number - 1].words}",
        key=mine.key("risk_stage"),
    )
    return stage or first, Risk(danger)
