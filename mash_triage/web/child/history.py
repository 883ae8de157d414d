"""The child's way so far: stages, ratings, answers, reviews, decision; who and when."""

import streamlit as st

from mash_triage.contacts.actions import PROTECTIVE_KINDS
from mash_triage.web import components, wording
from mash_triage.web.child.match import ANSWER_WORDS
from mash_triage.web.child.parts import heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.components import HistoryLine
from mash_triage.web.form.additions import what_it_says
from mash_triage.web.page import Visit

SHOWN_FIRST = 3


def show(_visit: Visit, whole: WholeChild) -> None:
    """Everything that happened, newest first; the older lines folded."""
    heading("history")
    link = components.child_link_html("chronology", whole.id, "Chronology of child and household")
    st.html(f"<p>{link}</p>")
    components.history(lines_of(whole), first=SHOWN_FIRST)


def lines_of(whole: WholeChild) -> list[HistoryLine]:
    """The lines of the history, in no order."""
    lines = components.moves_as_history(whole.child.moves)
    lines += [
        HistoryLine(f"Rated {wording.rating_words(each.new)}", each.by_name, each.at, each.reason)
        for each in whole.screening.ratings
    ]
    lines += [
        HistoryLine(
            f"{ANSWER_WORDS[each.answer]}: {each.person_name}", each.by_name, each.at, each.reason
        )
        for each in whole.answers
    ]
    lines += [
        HistoryLine(
            "Link undone", each.undone_by_name or "", each.undone_at, each.undone_because or ""
        )
        for each in whole.answers
        if each.undone_at is not None
    ]
    lines += [
        HistoryLine("Daily review", each.by_name, each.at, each.words) for each in whole.reviews
    ]
    lines += [
        HistoryLine(PROTECTIVE_KINDS.get(each.kind, each.kind), each.by_name, each.at, each.words)
        for each in whole.child.protective_actions
    ]
    lines += [
        HistoryLine(f"File added: {file.name}", file.added_by, file.added_at)
        for file in whole.files.files
        if file.added_at > whole.files.sent_at
    ]
    lines += [
        HistoryLine(what_it_says(each)[0], each.by_name, each.at, what_it_says(each)[1])
        for each in whole.later.additions
    ]
    return lines
