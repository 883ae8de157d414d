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
    STAGES,
    Resolution,
    Turn,
    resolution_words,
    stage_of,
)
from mash_triage.errors import NotReady
from mash_triage.web import wording
from mash_triage.web.kept import Kept
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
    mine = Kept(f"answer {seen.stage}", seen.id)
    words = st.text_area(
        "Your answer to the agency", value=mine.text("words"), key=mine.key("words"), height=140
    )
    named = ""
    if stage_of(seen.stage).must_name:
        named = st.text_input(
            "Who answers this stage? Name and post",
            value=mine.text("named"),
            key=mine.key("named"),
        )
    if st.button("Send the answer", type="primary", key="answer_disagreement"):
        with visit.work() as session:
            answer_disagreement(session, seen.id, words, named=named, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        _again(visit, mine, "The answer is sent.")


def _resolve(visit: Visit, seen: DisagreementPicture, later: list[LaterDecision]) -> None:
    st.html(f'<p class="mash-note">{AFRESH}</p>')
    mine = Kept("resolution", seen.id)
    resolution = st.radio(
        "How did it end?",
        list(Resolution),
        index=mine.index("resolution", list(Resolution)),
        format_func=resolution_words(seen.subject).__getitem__,
        key=mine.key("resolution"),
    )
    new = _new_decision(mine, later) if resolution is Resolution.CHANGED else None
    words = st.text_area(
        "Reasons for this resolution", value=mine.text("words"), key=mine.key("words"), height=110
    )
    who = st.text_input(
        "Who resolved it? Name and post", value=mine.text("who"), key=mine.key("who")
    )
    learning = st.text_area(
        "What is learned from it?", value=mine.text("learning"), key=mine.key("learning"), height=80
    )
    if st.button("Record the resolution", key="resolve_disagreement"):
        if resolution is None:
            visit.refuse(NotReady("Choose how it ended."))
        facts = ResolutionFacts(resolution, words, who, learning, new)
        with visit.work() as session:
            resolve_disagreement(session, seen.id, facts, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        _again(visit, mine, "The disagreement is resolved.")


def _new_decision(mine: Kept, later: list[LaterDecision]) -> UUID | None:
    known = {str(each.id): each for each in later}
    chosen = st.selectbox(
        "The later decision about this child",
        list(known),
        index=mine.index("new_decision", list(known)),
        placeholder="Choose the decision" if later else "There is none yet",
        format_func=lambda key: (
            f"{known[key].reference}: {known[key].outcome}, level {known[key].level}, "
            f"{wording.moment_words(known[key].at)}"
        ),
        key=mine.key("new_decision"),
    )
    return UUID(chosen) if chosen else None


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
    mine = Kept(f"accept {seen.stage}", seen.id)
    words = st.text_input("Your words (optional)", value=mine.text("words"), key=mine.key("words"))
    if st.button("Accept the answer", key="accept_answer"):
        with visit.work() as session:
            accept_answer(session, seen.id, words, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        _again(visit, mine, "Thank you. The front door closes it with what it learned.")


def _escalate(visit: Visit, seen: DisagreementPicture) -> None:
    st.html(f'<p class="mash-note">It is {stage_words(seen.stage + 1)}.</p>')
    mine = Kept(f"further {seen.stage}", seen.id)
    words = st.text_area(
        "Why does it go further?", value=mine.text("words"), key=mine.key("words"), height=110
    )
    stage, risk = risk_of(mine, first=seen.stage + 1)
    if st.button("Take it further", key="escalate_disagreement"):
        with visit.work() as session:
            escalate_disagreement(
                session, seen.id, words, stage=stage, risk=risk, by=visit.by, at=visit.at
            )
            mine.drop(session, by=visit.by)
        _again(visit, mine, f"It is at stage {stage} now.")


def _again(visit: Visit, mine: Kept, words: str) -> None:
    """Once it is recorded: the field is emptied, and the page says what was done."""
    mine.forget()
    visit.leave(words, to="disagreements", open=str(mine.child_id))
