"""The return home interview: who holds it, each offer with its answer, and what was said."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.errors import NotReady
from mash_triage.missing.actions import (
    answer_return_interview,
    choose_provider,
    offer_return_interview,
    record_return_interview,
)
from mash_triage.missing.codes import ANSWER, PULL, PUSH, RELATION, SAFE_AND_WELL
from mash_triage.missing.local import missing_rules
from mash_triage.missing.pictures import EpisodePicture, InterviewPicture
from mash_triage.missing.rules import HeldFacts
from mash_triage.web import components, wording
from mash_triage.web.kept import Kept
from mash_triage.web.missing import when
from mash_triage.web.missing.entering import choice
from mash_triage.web.missing.listing import provider_words
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

DANGER = "What the child said may speak of danger now: check 999"
YES_NO = {"yes": "Yes", "no": "No"}


def show(visit: Visit, seen: EpisodePicture) -> None:
    """Who holds it, what was done so far, and the next step."""
    st.header("Return home interview", anchor=False)
    because = f" Because: {seen.provider_because}" if seen.provider_because else ""
    st.html(
        f"<p>Held by: <strong>{escape(provider_words(seen.provider))}</strong>."
        f"{escape(because)}</p>"
        f'<p class="mash-note">Within 72 hours of the return. {SAFE_AND_WELL}</p>'
    )
    for number, each in enumerate(seen.interviews):
        _one(visit, each, again=number > 0)
    if seen.taken_back or not visit.by.can(Permission.RECORD_MISSING):
        return
    last = seen.interviews[-1] if seen.interviews else None
    if not any(each.held_at for each in seen.interviews):
        _next(visit, seen, last)
        with st.expander("Somebody else is to hold it", key="provider"):
            _provider(visit, seen)


def _next(visit: Visit, seen: EpisodePicture, last: InterviewPicture | None) -> None:
    if last is None or last.answer in {"declined", "not_able"}:
        words = "Offer it again" if last else "It was offered"
        with st.expander(words, expanded=last is None, key="offer"):
            _offer(visit, seen)
        return
    if last.answer == "accepted":
        _held(visit, seen, last)
    with st.expander(
        "It was declined after all, or could not be held" if last.answer else "The answer",
        expanded=not last.answer,
        key="answer",
    ):
        _answer(visit, seen, last)


def warn() -> None:
    """What the child said may not be read past: beside the words, and on top of the episode."""
    st.html(f'<div class="mash-banner"><p><strong>{DANGER}</strong></p></div>')


def _one(visit: Visit, each: InterviewPicture, *, again: bool) -> None:
    to = "to the child" if each.offered_to_child else "not to the child directly"
    pairs: list[tuple[str, str | Html]] = [
        (
            "Offered again" if again else "Offered",
            f"{wording.near_words(each.offered_at, at=visit.at)}, by {each.offered_for}, {to}",
        ),
        ("Answer", ANSWER[each.answer] if each.answer else "Not yet"),
    ]
    if each.answer_words:
        pairs.append(("Why", components.words_html(each.answer_words)))
    if each.held_at is not None:
        pairs += _what_it_brought(visit, each)
    components.summary(pairs)
    if each.sounds_of_danger:
        warn()


def _what_it_brought(visit: Visit, each: InterviewPicture) -> list[tuple[str, str | Html]]:
    assert each.held_at is not None
    in_time = "within 72 hours" if each.in_time else "later than 72 hours"
    independent = "independent" if each.is_independent else "not independent"
    pairs: list[tuple[str, str | Html]] = [
        ("Held", f"{wording.near_words(each.held_at, at=visit.at)}, {in_time}"),
        ("By", f"{each.interviewer}, {RELATION[each.relation or '']}: {independent}"),
        ("Went away from", "; ".join(PUSH.get(code, code) for code in each.push) or "Not known"),
        ("Was drawn to", "; ".join(PULL.get(code, code) for code in each.pull) or "Not known"),
    ]
    if each.factor_words:
        pairs.append(("In words", components.words_html(each.factor_words)))
    if each.disclosed:
        pairs.append(("What the child said", components.words_html(each.disclosed)))
    return pairs


# ---------------------------------------------------------------- the forms


def _again(visit: Visit, mine: Kept, words: str) -> None:
    mine.forget()
    visit.leave(words, to="missing", episode=str(mine.child_id))


def _provider(visit: Visit, seen: EpisodePicture) -> None:
    mine = Kept("missing provider", seen.id)
    codes = {each.code: each.words for each in missing_rules().provider}
    code = choice(mine, "code", "Who holds the interview?", codes)
    because = st.text_input("Why", value=mine.text("because"), key=mine.key("because"))
    if st.button("Record who holds it", key="choose_provider"):
        with visit.work() as session:
            choose_provider(session, seen.id, code, because, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        _again(visit, mine, "Recorded who holds the interview.")


def _offer(visit: Visit, seen: EpisodePicture) -> None:
    mine = Kept("return offer", seen.id)
    offered = when.ask(mine, "offered", "Offered")
    who = st.text_input("Offered by", value=mine.text("who"), key=mine.key("who"))
    child = choice(mine, "child", "Offered to the child directly?", YES_NO, horizontal=True)
    if st.button("Record the offer", type="primary", key="offer_interview"):
        if not child:
            visit.refuse(NotReady("Say whether it was offered to the child directly."))
        moment = when.read(visit, offered)
        with visit.work() as session:
            offer_return_interview(
                session, seen.id, moment, who, to_child=child == "yes", by=visit.by, at=visit.at
            )
            mine.drop(session, by=visit.by)
        _again(visit, mine, "The offer is recorded.")


def _answer(visit: Visit, seen: EpisodePicture, last: InterviewPicture) -> None:
    mine = Kept("return answer", seen.id)
    codes = {code: words for code, words in ANSWER.items() if code != last.answer}
    answer = choice(mine, "answer", "What was the answer?", codes)
    words = st.text_input("Why not", value=mine.text("words"), key=mine.key("words"))
    if st.button("Record the answer", key="answer_interview"):
        with visit.work() as session:
            answer_return_interview(session, last.id, answer, words, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        _again(visit, mine, "The answer is recorded.")


def _held(visit: Visit, seen: EpisodePicture, last: InterviewPicture) -> None:
    st.html("<h3>The interview was held</h3>")
    mine = Kept("return held", seen.id)
    held = when.ask(mine, "held", "Held")
    who = st.text_input("Held by", value=mine.text("who"), key=mine.key("who"))
    relation = choice(mine, "relation", "What is she or he to the child's case?", RELATION)
    push = _several(mine, "push", "What did the child go away from?", PUSH)
    pull = _several(mine, "pull", "What was the child drawn to?", PULL)
    words = st.text_area("In words", value=mine.text("factors"), key=mine.key("factors"), height=80)
    disclosed = st.text_area(
        "What the child said, in the child's words",
        value=mine.text("disclosed"),
        key=mine.key("disclosed"),
        height=110,
    )
    if st.button("Record the interview", type="primary", key="hold_interview"):
        facts = HeldFacts(
            held_at=when.read(visit, held),
            interviewer=who,
            relation=relation,
            push=push,
            pull=pull,
            factor_words=words,
            disclosed=disclosed,
        )
        with visit.work() as session:
            record_return_interview(session, last.id, facts, by=visit.by, at=visit.at)
            mine.drop(session, by=visit.by)
        _again(visit, mine, "The interview is recorded.")


def _several(mine: Kept, name: str, label: str, codes: dict[str, str]) -> tuple[str, ...]:
    chosen = st.multiselect(
        label,
        list(codes),
        default=[code for code in mine.value(name) or [] if code in codes],
        format_func=codes.__getitem__,
        placeholder="Choose all that apply",
        key=mine.key(name),
    )
    return tuple(chosen)
