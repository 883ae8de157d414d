"""The next step of a disagreement: the front door answers and resolves, the agency takes it on."""

from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.disagreements.actions import (
    accept_answer,
    answer_disagreement,
    escalate_disagreement,
    resolve_disagreement,
)
from mash_triage.disagreements.queries import DisagreementPicture, LaterDecision
from mash_triage.disagreements.rules import ResolutionFacts
from mash_triage.disagreements.stages import (
    LAST,
    RESOLUTION_WORDS,
    STAGES,
    Resolution,
    Turn,
    stage_of,
)
from mash_triage.errors import NotReady
from mash_triage.web import wording
from mash_triage.web.outcome.raising import risk_of
from mash_triage.web.outcome.standing import stage_words
from mash_triage.web.page import Visit

AFRESH = (
    "Nothing here changes the decision. To decide afresh, enter a new contact about the child, "
    "have it screened and decided, and name that decision below."
)


# ---------------------------------------------------------------- the front door


def front_door(visit: Visit, seen: DisagreementPicture, later: list[LaterDecision]) -> None:
    """Answer this stage while it is our turn; a manager resolves."""
    if seen.turn is Turn.FRONT_DOOR and visit.by.can(Permission.SCREEN_CONTACT):
        _answer(visit, seen)
    if visit.by.can(Permission.DECIDE_CONTACT):
        with st.expander("Resolve it", expanded=seen.is_accepted):
            _resolve(visit, seen, later)


def _answer(visit: Visit, seen: DisagreementPicture) -> None:
    st.header("Answer this stage", anchor=False)
    words = st.text_area(
        "Your answer to the agency", key=f"answer {seen.id} {seen.stage}", height=140
    )
    named = ""
    if stage_of(seen.stage).must_name:
        named = st.text_input(
            "Who answers this stage? Name and post", key=f"named {seen.id} {seen.stage}"
        )
    if st.button("Send the answer", type="primary", key="answer_disagreement"):
        with visit.work() as session:
            answer_disagreement(session, seen.id, words, named=named, by=visit.by, at=visit.at)
        _again(visit, seen.id, "The answer is sent.")


def _resolve(visit: Visit, seen: DisagreementPicture, later: list[LaterDecision]) -> None:
    st.html(f'<p class="mash-note">{AFRESH}</p>')
    resolution = st.radio(
        "How did it end?",
        list(Resolution),
        index=None,
        format_func=RESOLUTION_WORDS.__getitem__,
        key=f"resolution {seen.id}",
    )
    new = _new_decision(seen, later) if resolution is Resolution.CHANGED else None
    words = st.text_area("Reasons for this resolution", key=f"resolved {seen.id}", height=110)
    who = st.text_input("Who resolved it? Name and post", key=f"resolved_for {seen.id}")
    learning = st.text_area("What is learned from it?", key=f"learning {seen.id}", height=80)
    if st.button("Record the resolution", key="resolve_disagreement"):
        if resolution is None:
            visit.refuse(NotReady("Choose how it ended."))
        facts = ResolutionFacts(resolution, words, who, learning, new)
        with visit.work() as session:
            resolve_disagreement(session, seen.id, facts, by=visit.by, at=visit.at)
        _again(visit, seen.id, "The disagreement is resolved.")


def _new_decision(seen: DisagreementPicture, later: list[LaterDecision]) -> UUID | None:
    known = {each.id: each for each in later}
    return st.selectbox(
        "The later decision about this child",
        list(known),
        index=None,
        placeholder="Choose the decision" if later else "There is none yet",
        format_func=lambda key: (
            f"{known[key].reference}: {known[key].outcome}, level {known[key].level}, "
            f"{wording.moment_words(known[key].at)}"
        ),
        key=f"new_decision {seen.id}",
    )


# ---------------------------------------------------------------- the agency


def agency(visit: Visit, seen: DisagreementPicture) -> None:
    """Accept an answer, or take it further."""
    if not visit.by.can(Permission.GIVE_FEEDBACK):
        return
    if seen.turn is Turn.REFERRER and not seen.is_accepted:
        _accept(visit, seen)
    if seen.stage < LAST:
        following = STAGES[seen.stage]
        with st.expander(
            f"Take it to stage {following.number}: {following.words}",
            expanded=seen.turn is Turn.REFERRER and not seen.is_accepted,
        ):
            _escalate(visit, seen)


def _accept(visit: Visit, seen: DisagreementPicture) -> None:
    st.header("Does the answer settle it?", anchor=False)
    words = st.text_input("Your words (optional)", key=f"accept_words {seen.id} {seen.stage}")
    if st.button("Accept the answer", key="accept_answer"):
        with visit.work() as session:
            accept_answer(session, seen.id, words, by=visit.by, at=visit.at)
        _again(visit, seen.id, "Thank you. The front door closes it with what it learned.")


def _escalate(visit: Visit, seen: DisagreementPicture) -> None:
    st.html(f'<p class="mash-note">It is {stage_words(seen.stage + 1)}.</p>')
    words = st.text_area(
        "Why does it go further?", key=f"further {seen.id} {seen.stage}", height=110
    )
    stage, risk = risk_of(f"{seen.id} {seen.stage}", first=seen.stage + 1)
    if st.button("Take it further", key="escalate_disagreement"):
        with visit.work() as session:
            escalate_disagreement(
                session, seen.id, words, stage=stage, risk=risk, by=visit.by, at=visit.at
            )
        _again(visit, seen.id, f"It is at stage {stage} now.")


def _again(visit: Visit, disagreement_id: UUID, words: str) -> None:
    visit.leave(words, to="disagreements", open=str(disagreement_id))
