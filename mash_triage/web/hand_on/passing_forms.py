"""The next step of what is handed on: send, accepted, returned, told, a manager's new word."""

from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.hand_on.actions import (
    pass_on,
    record_accepted,
    record_returned,
    record_told,
    send_on,
    settle_return,
)
from mash_triage.hand_on.kinds import PASSINGS, Answer, Passing
from mash_triage.hand_on.queries import PassedPicture
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.web.child.parts import done_in
from mash_triage.web.hand_on import when
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

AGAIN, ELSE = "Send it to somebody else", "Something else happens for this child"


def next_step(visit: Visit, child_id: UUID, each: PassedPicture) -> None:
    """Whatever comes next, for those who may do it."""
    if each.standing.answer is Answer.RETURNED:
        if visit.by.can(Permission.DECIDE_CONTACT):
            _settle(visit, child_id, each)
    elif visit.by.can(Permission.HAND_ON):
        if PASSINGS[each.kind].is_told:
            _told(visit, child_id, each)
        elif each.sent_at is None:
            _send(visit, child_id, each)
        else:
            _answer(visit, child_id, each)


def begin(visit: Visit, child_id: UUID, open_kinds: set[Passing]) -> None:
    """A manager begins one by hand."""
    if not visit.by.can(Permission.DECIDE_CONTACT):
        return
    chosen = None
    with st.container(horizontal=True, key="begin_passing"):
        for kind in [each for each in Passing if each not in open_kinds]:
            if st.button(f"Begin: {PASSINGS[kind].words.lower()}", key=f"begin_{kind}"):
                chosen = kind
    if chosen is not None:
        with visit.work() as session:
            pass_on(session, child_id, chosen, by=visit.by, at=visit.at)
        next_words = "say who was told" if PASSINGS[chosen].is_told else "say to whom it goes"
        done_in("handed on", f"{PASSINGS[chosen].words}: {next_words}.")


def _send(visit: Visit, child_id: UUID, each: PassedPicture) -> None:
    kept = Kept(f"send {each.kind}", child_id)
    with st.form(f"send {each.id}", border=False):
        to_whom = _line(kept, "to_whom", PASSINGS[each.kind].receiver)
        words = _area(kept, "words", "What they need to know (optional)")
        pressed = st.form_submit_button("Record as sent", type="primary")
    if pressed:
        with visit.work() as session:
            send_on(session, each.id, to_whom, words, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("handed on", f"Sent. It stays open until {to_whom.strip()} has accepted it.")


def _told(visit: Visit, child_id: UUID, each: PassedPicture) -> None:
    kept = Kept(f"told {each.kind}", child_id)
    with st.form(f"told {each.id}", border=False):
        to_whom = _line(kept, "to_whom", PASSINGS[each.kind].receiver)
        teller = _line(kept, "teller", "Who told the family, or whoever asked for advice")
        typed = when.asked(kept, "When (empty for now)")
        pressed = st.form_submit_button("Record as told", type="primary")
    if pressed:
        with visit.work() as session:
            took = when.moment_of(typed)
            record_told(
                session, each.id, to_whom, teller, took_place_at=took, by=visit.by, at=visit.at
            )
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("handed on", f"Recorded: they were told of {to_whom.strip()}.")


def _answer(visit: Visit, child_id: UUID, each: PassedPicture) -> None:
    with st.expander("They accepted it", key=f"accepted_{each.kind}"):
        _accepted(visit, child_id, each)
    with st.expander("They returned it", key=f"returned_{each.kind}"):
        _returned(visit, child_id, each)


def _accepted(visit: Visit, child_id: UUID, each: PassedPicture) -> None:
    kept = Kept(f"accepted {each.kind}", child_id)
    with st.form(f"accepted {each.id}", border=False):
        name = _line(kept, "name", "Who accepted it there")
        role = _line(kept, "role", "In which role")
        how = ""
        if each.kind is Passing.TRANSFER:
            how = _line(kept, "how", "How it was confirmed, such as mail or call back")
        typed = when.asked(kept, "When (empty for now)")
        pressed = st.form_submit_button("Record as accepted", type="primary")
    if pressed:
        with visit.work() as session:
            facts = AnswerFacts(name, role, how, when.moment_of(typed))
            record_accepted(session, each.id, facts, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("handed on", "Recorded as accepted.")


def _returned(visit: Visit, child_id: UUID, each: PassedPicture) -> None:
    kept = Kept(f"returned {each.kind}", child_id)
    with st.form(f"returned {each.id}", border=False):
        name = _line(kept, "name", "Who returned it")
        reason = _area(kept, "reason", "Why")
        pressed = st.form_submit_button("Record as returned")
    if pressed:
        with visit.work() as session:
            record_returned(session, each.id, name, reason, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("handed on", "Recorded as returned. A manager says what happens now.")


def _settle(visit: Visit, child_id: UUID, each: PassedPicture) -> None:
    kept = Kept(f"settle {each.kind}", child_id)
    with st.form(f"settle {each.id}", border=False):
        words = _area(kept, "words", "It came back. What happens for this child now?")
        then = st.radio(
            "And then", [AGAIN, ELSE], index=kept.index("then", [AGAIN, ELSE]), key=kept.key("then")
        )
        pressed = st.form_submit_button("Record", type="primary")
    if not pressed:
        return
    if then is None:
        st.html("<p><strong>Choose what happens then.</strong></p>")
        return
    with visit.work() as session:
        settle_return(session, each.id, words, again=then == AGAIN, by=visit.by, at=visit.at)
        kept.drop(session, by=visit.by)
    kept.forget()
    done_in("handed on", "Recorded.")


def _line(kept: Kept, name: str, label: str) -> str:
    return st.text_input(label, value=kept.text(name), key=kept.key(name))


def _area(kept: Kept, name: str, label: str) -> str:
    return st.text_area(label, value=kept.text(name), key=kept.key(name), height=90)
