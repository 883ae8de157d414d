"""After sending: add words, change an answer, or ask the contact back. What was sent stays."""

from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn
from uuid import UUID, uuid4

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.after_sending.actions import add_words, amend_answer, ask_to_withdraw
from mash_triage.after_sending.amended import with_changes
from mash_triage.after_sending.queries import AdditionPicture, additions_of
from mash_triage.after_sending.rules import may_add, place_of
from mash_triage.contacts.answers import Answers, rows_of, value_at
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.sent import SentPicture, picture_of_sent
from mash_triage.errors import NotAllowed
from mash_triage.settings import settings
from mash_triage.talk.danger import speaks_of_danger
from mash_triage.web import kept
from mash_triage.web.form import danger
from mash_triage.web.form.additions import (
    QUESTIONS,
    REASON_WORDS,
    Question,
    answer_words,
    asked_words,
    log_html,
)
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

YES_NOW = "Somebody is in danger now"
SOUNDS_LIKE_DANGER = (
    "Your words sound as if somebody may be in danger soon. If so, call 999 now, and then the duty "
    "number,"
)
EARLIEST = date(1900, 1, 1)


def show(visit: Visit, reference: str) -> None:
    """The contact in one line, the three ways to say something, and what was said before."""
    with visit.look() as session:
        sent = picture_of_sent(session, reference, by=visit.by)
        additions = additions_of(session, reference, by=visit.by)
    if not may_add(sent.sent_by_id, sent.channel, visit.by):
        visit.refuse(NotAllowed("Only whoever sent this contact can change or add to it."))
    kept.begin(visit, sent.id)
    st.html(
        f"<p>Contact {show_reference(sent.reference)}. What you sent stays as it is; what you say "
        "here is put beside it, and the front door is told.</p>"
    )
    words_form(visit, sent)
    answer_form(visit, sent, additions)
    withdraw_form(visit, sent)
    if additions:
        st.header("Said so far", anchor=False)
        st.html(log_html(additions))


def words_form(visit: Visit, sent: SentPicture) -> None:
    """Anything new, in words."""
    st.header("Add something", anchor=False)
    mine = Kept("addition", sent.id)
    in_danger = st.checkbox(YES_NOW, key=mine.key("danger"), value=bool(mine.value("danger")))
    if in_danger:
        danger.call_now("Call first. Then write here what is happening.")
    with st.form(f"add_words_{mine.memory['turn']}", border=False):
        words = st.text_area(
            "What is new?", value=mine.text("words"), key=mine.key("words"), max_chars=20_000
        )
        pressed = st.form_submit_button("Add it", type="primary")
    if pressed:

        def add(session: Session, token: UUID) -> None:
            add_words(
                session,
                sent.reference,
                words or "",
                danger_now=in_danger,
                token=token,
                by=visit.by,
                at=visit.at,
            )

        _do(visit, mine, add, f"{_call(visit, words or '')}Added. The front door is told.", sent)


def _call(visit: Visit, words: str) -> str:
    """Where what is new sounds like danger: whom to call now. It is added all the same."""
    with visit.look() as session:
        speaks = speaks_of_danger(session, words, at=visit.at)
    return f"{SOUNDS_LIKE_DANGER} {settings().duty_number}. " if speaks else ""


def answer_form(visit: Visit, sent: SentPicture, additions: tuple[AdditionPicture, ...]) -> None:
    """One answer that is wrong, or is different now."""
    with st.expander("Change an answer", key="change_answer"):
        mine = Kept("amendment", sent.id)
        now = with_changes(sent.submission, additions)
        paths = paths_of(now)
        path = st.selectbox(
            "Which answer?",
            paths,
            index=mine.index("path", paths),
            format_func=lambda each: _shown(now, each),
            key=mine.key("path"),
            placeholder="Choose or type",
        )
        if not path:
            return
        st.text(f"It says: {answer_words(path, value_at(now, path))}")
        with st.form(f"amend_{mine.memory['turn']}_{path}", border=False):
            answer = _field(mine, path)
            why = st.text_input("Why?", value=mine.text("why"), key=mine.key("why"), max_chars=300)
            pressed = st.form_submit_button("Change it")
        seen = max((each.number for each in additions if each.path == path), default=0)
    if pressed:

        def amend(session: Session, token: UUID) -> None:
            amend_answer(
                session,
                sent.reference,
                path,
                _as_answer(path, answer),
                why or "",
                seen=seen,
                token=token,
                by=visit.by,
                at=visit.at,
            )

        _do(visit, mine, amend, "Changed. The front door is told.", sent)


def withdraw_form(visit: Visit, sent: SentPicture) -> None:
    """Ask it back: the front door decides."""
    with st.expander("Ask to withdraw this contact", key="withdraw"):
        st.html(
            "<p>Asking does not end it. The front door says whether the worry stands; until then "
            "the work goes on.</p>"
        )
        mine, reasons = Kept("withdrawal", sent.id), list(REASON_WORDS)
        with st.form(f"withdraw_{mine.memory['turn']}", border=False):
            reason = st.radio(
                "Why?",
                reasons,
                index=mine.index("reason", reasons),
                format_func=REASON_WORDS.__getitem__,
                key=mine.key("reason"),
            )
            words = st.text_area(
                "In your words", value=mine.text("words"), key=mine.key("words"), max_chars=20_000
            )
            pressed = st.form_submit_button("Ask to withdraw")
    if pressed:

        def ask(session: Session, token: UUID) -> None:
            ask_to_withdraw(
                session,
                sent.reference,
                reason or "",
                words or "",
                token=token,
                by=visit.by,
                at=visit.at,
            )

        _do(visit, mine, ask, "The front door is told that you ask to withdraw.", sent)


def _do(
    visit: Visit, mine: Kept, deed: Callable[[Session, UUID], None], words: str, sent: SentPicture
) -> NoReturn:
    """Do it once, however often the button is pressed, and show the receipt again."""
    token = st.session_state.setdefault(f"_token {mine.form} {sent.id}", uuid4())
    with visit.work() as session:
        deed(session, token)
        mine.drop(session, by=visit.by)
    del st.session_state[f"_token {mine.form} {sent.id}"]
    mine.forget()
    visit.leave(words, to="receipt", contact=sent.reference)


# ---------------------------------------------------------------- the answers


def paths_of(answers: Answers) -> list[str]:
    """The answers of this contact that can be changed by themselves, in the order of the form."""
    found = []
    for section in dict.fromkeys(place.split(".")[0] for place in QUESTIONS):
        inside = [place for place in QUESTIONS if place.split(".")[0] == section]
        name = section.removesuffix("[]")
        rows = range(len(rows_of(answers, name))) if name != section else [None]
        found += [
            place if row is None else place.replace("[]", f"[{row}]", 1)
            for row in rows
            for place in inside
        ]
    return found


def _shown(answers: Answers, path: str) -> str:
    now = answer_words(path, value_at(answers, path)).replace("\n", " ")
    return f"{asked_words(path)}: {now[:60]}{'…' if len(now) > 60 else ''}"


def _field(mine: Kept, path: str) -> Any:
    """A field for the new answer. It begins empty: nothing is chosen for anybody."""
    question = QUESTIONS[place_of(path)]
    key = mine.key(f"answer {path}")
    before = mine.value(f"answer {path}")
    if question.choices:
        codes = list(question.choices)
        return st.radio(
            "It should say",
            codes,
            index=codes.index(before) if before in codes else None,
            format_func=question.choices.__getitem__,
            key=key,
        )
    if question.kind in {"day", "born"}:
        return st.date_input(
            "It should say",
            value=mine.day(f"answer {path}"),
            min_value=EARLIEST,
            max_value="today",
            format="DD/MM/YYYY",
            key=key,
        )
    if question.kind == "long":
        return st.text_area("It should say", value=before or "", key=key, max_chars=20_000)
    return st.text_input("It should say", value=before or "", key=key, max_chars=300)


def _as_answer(path: str, typed: Any) -> Any:
    """What was typed, as the form stores it."""
    question: Question = QUESTIONS[place_of(path)]
    if question.kind == "born" and isinstance(typed, date):
        return {"kind": "born", "date_of_birth": typed.isoformat()}
    return typed.isoformat() if isinstance(typed, date) else typed
