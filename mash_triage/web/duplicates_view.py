"""Pairs of records that may be of one child, side by side, with the three answers."""

from html import escape

import streamlit as st

from mash_triage.matching.actions.duplicates import answer_duplicate, undo_duplicate_answer
from mash_triage.matching.compare import FieldLevel
from mash_triage.matching.duplicates import (
    AT_A_TIME,
    DuplicateView,
    UndoneAnswer,
    Waiting,
    duplicates_to_answer,
    how_many_duplicates,
    undone_answers_of,
)
from mash_triage.matching.levels import FIELD_NAMES, Field, Level, Verdict
from mash_triage.web import components, wording
from mash_triage.web.child.tables import table
from mash_triage.web.page import FLASH, Visit
from mash_triage.web.plain import Html

PART_WORDS = {
    Waiting.OPEN: "To look at",
    Waiting.UNSURE: "Not sure",
    Waiting.SAME: "Linked",
    Waiting.DIFFERENT: "Different children",
}
ANSWERS = {
    "same": ("Same child: link", "The two records are linked. Both are kept as they are."),
    "different": ("Different children", "Recorded: different children."),
    "unsure": ("Not sure", "Recorded: not sure."),
}
VERDICT_WORDS = {
    Verdict.FOR: "For",
    Verdict.AGAINST: "Against",
    Verdict.NOT_KNOWN: "Says little",
}
_START = "duplicates_start"


def show(visit: Visit) -> None:
    """How many there are of each, and one part of them, the most probable first."""
    with visit.look() as session:
        counts = how_many_duplicates(session, by=visit.by)
    st.html(
        "<p>Two records of the register may be of one child. Look at each pair and say what you "
        "know. Linked records both stay as they are, and each shows the contacts of the other. "
        "A link can be taken back.</p>"
    )
    part: Waiting = (
        st.radio(
            "Show",
            list(Waiting),
            format_func=lambda each: f"{PART_WORDS[each]} ({counts[each]})",
            horizontal=True,
            key="duplicates_part",
            on_change=_from_the_start,
        )
        or Waiting.OPEN
    )
    start = min(st.session_state.get(_START, 0), max(counts[part] - 1, 0))
    start -= start % AT_A_TIME
    with visit.look() as session:
        pairs = duplicates_to_answer(session, part, start=start, by=visit.by)
        undone = {each.id: undone_answers_of(session, each.id, by=visit.by) for each in pairs}
    if not pairs:
        st.html(f"<p><strong>{_nothing(part)}</strong></p>")
    for number, pair in enumerate(pairs, start + 1):
        visit.note_viewed(pair.id)
        _pair(visit, number, pair, undone[pair.id])
    _turn(start, counts[part])


def _nothing(part: Waiting) -> str:
    if part is Waiting.OPEN:
        return "No pair waits to be looked at."
    return f"No pair here: {PART_WORDS[part].lower()}."


def _from_the_start() -> None:
    st.session_state[_START] = 0


def _turn(start: int, count: int) -> None:
    """Pairs before these and after these."""
    with st.container(horizontal=True):
        for words, to in (("Earlier pairs", start - AT_A_TIME), ("More pairs", start + AT_A_TIME)):
            if 0 <= to < count:
                st.button(words, on_click=_go, args=(to,))


def _go(start: int) -> None:
    st.session_state[_START] = start


# ---------------------------------------------------------------- one pair


def _pair(visit: Visit, number: int, pair: DuplicateView, undone: list[UndoneAnswer]) -> None:
    with st.container(key=f"pair_{pair.id}", border=True):
        st.html(_reasons(number, pair))
        if pair.answer is not None and pair.at is not None:
            said, when = ANSWERS[pair.answer][0], wording.near_words(pair.at, at=visit.at)
            st.html(f"<p><strong>{escape(pair.by_name)} said {when}: {said}.</strong></p>")
            components.words(pair.reason)
            _undo(visit, pair)
        if pair.answer in (None, "unsure"):
            _answer(visit, pair)
        if undone:
            with st.expander(f"Answers taken back ({len(undone)})"):
                components.history([_line(each) for each in undone])


def _line(each: UndoneAnswer) -> components.HistoryLine:
    words = f"Taken back: {ANSWERS[each.answer][0]}, said by {each.by_name}"
    return components.HistoryLine(words, each.undone_by_name, each.undone_at, each.undone_because)


def _reasons(number: int, pair: DuplicateView) -> Html:
    by_field = {line.field: line for line in pair.lines}
    names = [
        " ".join(filter(None, (getattr(by_field[each], side) for each in _NAME)))
        for side in ("reported", "known")
    ]
    told = sorted(
        (line for line in pair.lines if line.level is not Level.UNKNOWN),
        key=lambda line: _ORDER[line.verdict],
    )
    untold = [FIELD_NAMES[line.field] for line in pair.lines if line.level is Level.UNKNOWN]
    lacking = f"<p>Not known on one side or both: {', '.join(untold)}.</p>" if untold else ""
    chance = f"{min(max(round(100 * pair.probability), 1), 99)} in 100"
    return Html(
        f"<h2>{number}. {escape(names[0] or 'No name')} and {escape(names[1] or 'no name')}</h2>"
        f"<p>By what the records say, {chance} that this is one child.</p>"
        + table(
            "Field by field",
            ("Field", "One record", "The other", "Speaks"),
            ((FIELD_NAMES[line.field], *_both(line), _speaks(line)) for line in told),
        )
        + lacking
    )


_NAME = (Field.GIVEN, Field.FAMILY)
_ORDER = {Verdict.AGAINST: 0, Verdict.FOR: 1, Verdict.NOT_KNOWN: 2}


def _both(line: FieldLevel) -> tuple[str, str]:
    return line.reported or "Not known", line.known or "Not known"


def _speaks(line: FieldLevel) -> str:
    return f"{VERDICT_WORDS[line.verdict]}: {line.words}"


# ---------------------------------------------------------------- the answers


def _answer(visit: Visit, pair: DuplicateView) -> None:
    with st.form(f"answer {pair.id}", border=False, enter_to_submit=False):
        reason = st.text_input(
            "How do you know, or what would settle it?", key=f"why {pair.id}", autocomplete="off"
        )
        with st.container(horizontal=True):
            pressed = {
                answer: st.form_submit_button(words, key=f"{answer} {pair.id}")
                for answer, (words, _said) in ANSWERS.items()
            }
    answer = next((each for each, was in pressed.items() if was), None)
    if answer is None:
        return
    with visit.work() as session:
        answer_duplicate(session, pair.id, answer, reason=reason, by=visit.by, at=visit.at)
    _again(ANSWERS[answer][1])


def _undo(visit: Visit, pair: DuplicateView) -> None:
    with (
        st.expander("Take this answer back"),
        st.form(f"undo {pair.id}", border=False, enter_to_submit=False),
    ):
        because = st.text_input(
            "Why is it taken back?", key=f"because {pair.id}", autocomplete="off"
        )
        undone = st.form_submit_button("Take it back")
    if undone:
        with visit.work() as session:
            undo_duplicate_answer(session, pair.id, because=because, by=visit.by, at=visit.at)
        _again("The answer is taken back. The pair waits to be looked at again.")


def _again(words: str) -> None:
    st.session_state[FLASH] = words
    st.rerun()
