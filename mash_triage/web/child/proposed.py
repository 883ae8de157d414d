"""What is proposed for one child by the referrer's words or a colleague: answered one by one, or
accepted together where each is so.
"""

from html import escape
from time import monotonic
from uuid import UUID

import streamlit as st

from mash_triage.screening.actions import accept_proposed, propose_from_words, record_indicators
from mash_triage.screening.queries import IndicatorPicture, WordsPicture
from mash_triage.thresholds.levels import Edition, Indicator
from mash_triage.web.child import suggestion
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit
from mash_triage.web.pressed import GOOD_FOR

ALL = "_accept_all"
ORIGINS = {
    "sibling": "copied from another child on this contact",
    "reading": "found in the referrer's words",
    "missing": "from the record of a missing episode",
    "person": "proposed by a colleague",
}
ASIDE = {
    "denied": "said not to be so",
    "past": "past and over",
    "somebody else": "about somebody else",
    "hypothetical": "only feared or supposed",
    "hearsay": "a rumour nobody stands for",
    "other sense": "a word in another sense",
    "sent without a worry": "sent for information, without a worry",
    "not borne out": "the rest of the contact does not bear it out",
}
"""Why words that were read do not count."""


def show(visit: Visit, whole: WholeChild) -> None:
    """Each proposal with its sentence and two buttons; what was read and set aside."""
    if whole.screening.proposed:
        st.html(_introduction(whole))
    for each in whole.screening.proposed:
        _ask(visit, whole, each)
    _accept_all(visit, whole)
    if whole.words is None or not whole.may_write:
        return
    if not any(each.origin == "reading" for each in whole.screening.indicators):
        _read(visit, whole)
    _set_aside(whole.edition, whole.words)


def answer(visit: Visit, child_id: UUID, code: str, *, accepted: bool) -> None:
    """Store a yes or a no to one indicator, and only that."""
    with visit.work() as session:
        record_indicators(
            session,
            child_id,
            [code] if accepted else [],
            answered=[code],
            by=visit.by,
            at=visit.at,
        )


def _introduction(whole: WholeChild) -> str:
    """How many wait for an answer, and where the child would stand if all were accepted."""
    number = len(whole.screening.proposed)
    where = suggestion.where(whole.edition, whole.screening.if_all_accepted)
    return (
        f"<h3>Proposed, not counted yet ({number})</h3>"
        f'<p class="mash-note">If all were accepted, the suggestion would be {where}. '
        f"{escape(whole.edition.notice)}</p>"
    )


def _ask(visit: Visit, whole: WholeChild, each: IndicatorPicture) -> None:
    indicator = whole.edition.indicators_by_code.get(each.code)
    yes = no = False
    with st.container(key=f"proposed_{each.code}", border=True):
        st.html(_proposal(each, indicator))
        if whole.may_write:
            with st.container(horizontal=True):
                yes = st.button("Accept for this child", key=f"accept {each.code}")
                no = st.button("Reject", key=f"reject {each.code}")
    if yes or no:
        answer(visit, whole.id, each.code, accepted=yes)
        done_in("indicators", "Accepted for this child." if yes else "Rejected.")


def _accept_all(visit: Visit, whole: WholeChild) -> None:
    """One press accepts all that stood above it when it was pressed, each by its name, or none."""
    codes = [each.code for each in whole.screening.proposed]
    if whole.may_write and len(codes) > 1:
        st.button(
            f"Accept these {len(codes)}",
            key="accept_all",
            help="Each that stands above with its sentence. Reject first what is not so.",
            on_click=_note,
            args=(whole.id, codes),
        )
    child_id, stood, when = st.session_state.pop(ALL, (None, [], 0.0))
    if child_id != whole.id or not whole.may_write or monotonic() - when > GOOD_FOR:
        return
    with visit.work() as session:
        accept_proposed(session, whole.id, stood, by=visit.by, at=visit.at)
    done_in("indicators", f"{len(stood)} accepted for this child.")


def _note(child_id: UUID, codes: list[str]) -> None:
    """What stood there is what she saw, whatever is proposed by the time it is accepted."""
    st.session_state[ALL] = child_id, codes, monotonic()


def _proposal(each: IndicatorPicture, indicator: Indicator | None) -> str:
    words = indicator.words if indicator else each.code
    definition = indicator.definition if indicator else ""
    sentence = f"<blockquote>{escape(each.sentence)}</blockquote>" if each.sentence else ""
    return (
        f"<p><strong>{escape(words)}</strong>, {ORIGINS[each.origin]}</p>{sentence}"
        f'<p class="mash-note">{escape(definition)}</p>'
    )


def _read(visit: Visit, whole: WholeChild) -> None:
    """Read the words of a contact that was taken up before they could be, or held nothing."""
    if not st.button("Look for indicators in the referrer's words", key="read_words"):
        return
    with visit.work() as session:
        found = propose_from_words(session, whole.id, by=visit.by, at=visit.at)
    done_in(
        "indicators",
        f"{found} proposed. Accept or reject each." if found else "Nothing more was found.",
    )


def _set_aside(edition: Edition, words: WordsPicture) -> None:
    known = edition.indicators_by_code
    lines = "".join(
        f"<li><q>{escape(each.sentence)}</q><br>"
        f'<span class="mash-note">{escape(known[each.code].words)}: {ASIDE[each.why]}</span></li>'
        for each in words.set_aside
        if each.code in known
    )
    if lines:
        with st.expander("Read and not proposed", key="set_aside"):
            st.html(f'<ul class="mash-indicators">{lines}</ul>')
