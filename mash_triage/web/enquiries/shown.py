"""A request as drawn: how it stands, whom it is about, its questions and answers, its log."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

import streamlit as st

from mash_triage.access.roles import PRESENCE_WORDS, Presence
from mash_triage.consent.rules import ARTICLE_6, ARTICLE_9, CONFIDENTIALITY, GATEWAY
from mash_triage.enquiries.pictures import PartPicture, PersonPicture, RequestPicture, StepPicture
from mash_triage.enquiries.stages import (
    FINDING_WORDS,
    RELEVANCE,
    STATE_WORDS,
    STEP_WORDS,
    WITHHELD,
    State,
)
from mash_triage.sharing.rules import Basis
from mash_triage.web import wording
from mash_triage.web.components import flag_html, rating_html, words_html
from mash_triage.web.plain import Html

LATE = flag_html("Past its time")
CAME_LATE = flag_html("Came late")
RED_SINCE = flag_html("Red since it was asked")
SOONER = " Its time is that of the rating before: telephone, or close this and ask again."
AFTER_CLOSING = flag_html("Came after closing")
NEEDS_WORD = flag_html("Waiting for a manager's word")


def flags_html(each: RequestPicture) -> Html:
    """What must not be overlooked: a word that is missing, a time that has run out."""
    shown = (
        (NEEDS_WORD, each.state is State.NEEDS_WORD),
        (LATE, each.is_late and each.answered_at is None),
        (RED_SINCE, each.red_since),
        (AFTER_CLOSING, each.after_closing),
        (CAME_LATE, each.is_late and each.answered_at is not None and not each.after_closing),
    )
    return Html("".join(f" {flag}" for flag, is_so in shown if is_so))


def standing_words(each: RequestPicture, *, at: datetime) -> str:
    """Where it stands, and by when it is due or since when it has its answer."""
    if each.answered_at is not None:
        return f"Answered {wording.near_words(each.answered_at, at=at)} by {each.answered_by}"
    if each.state is State.OPEN and each.due_at is not None:
        due = wording.near_words(each.due_at, at=at)
        return f"Answer due {due}, {wording.time_left_words(each.due_at, at=at)}"
    ended = f" {wording.near_words(each.ended_at, at=at)}" if each.ended_at else ""
    return f"{STATE_WORDS[each.state]}{ended}"


def agency_words(name: str, presence: Presence) -> str:
    """An agency, and how it works with the hub where that is not from elsewhere."""
    where = "" if presence is Presence.ELSEWHERE else f" ({PRESENCE_WORDS[presence].lower()})"
    return f"{name}{where}"


def head_html(each: RequestPicture, *, at: datetime) -> Html:
    """The agency, how the request stands, and its rating."""
    left = " It has left and cannot answer." if each.agency_has_left else ""
    sooner = SOONER if each.red_since else ""
    return Html(
        f"<h3>{escape(agency_words(each.agency, each.presence))} {rating_html(each.rag)}"
        f"{flags_html(each)}</h3>"
        f"<p><strong>{escape(standing_words(each, at=at))}.</strong>{left}{sooner} "
        f'<span class="mash-note">Asked by {escape(each.asked_by)}, '
        f"{wording.near_words(each.asked_at, at=at)}</span></p>"
    )


def people_words(people: Iterable[PersonPicture]) -> str:
    """Whom it is about: `Mia Thornbury (child), born 9 March 2017; ...`."""
    return "; ".join(
        f"{each.name} ({each.relationship})"
        + (f", born {wording.date_words(each.born)}" if each.born else "")
        for each in people
    )


def basis_words(basis: Basis) -> str:
    """Lawful basis, condition, gateway and confidentiality in one line."""
    return "; ".join(
        (
            ARTICLE_6[basis.article_6],
            ARTICLE_9[basis.article_9],
            GATEWAY[basis.gateway],
            f"confidentiality: {CONFIDENTIALITY[basis.confidentiality].lower()}",
        )
    )


def answer_html(part: PartPicture) -> Html:
    """The answer to one question, in the agency's words."""
    if part.finding is None:
        return Html("")
    words = words_html(part.words) if part.words else ""
    kept_back = ""
    if part.withheld is not None:
        more = f": {part.withheld_words}" if part.withheld_words else ""
        kept_back = f"<p>Withheld: {escape(WITHHELD[part.withheld] + more)}</p>"
    mark = f" {flag_html(RELEVANCE[part.relevance])}" if part.relevance == "relevant" else ""
    return Html(f"<p><strong>{FINDING_WORDS[part.finding]}</strong>{mark}</p>{words}{kept_back}")


def questions_html(parts: Iterable[PartPicture]) -> Html:
    """Every question with its answer, if there is one to read."""
    items = "".join(f"<li><p>{escape(each.question)}</p>{answer_html(each)}</li>" for each in parts)
    return Html(f'<ol class="mash-questions">{items}</ol>')


def log(steps: Iterable[StepPicture]) -> None:
    """Every step, first to last: what, who, when, in whose words."""
    items = "".join(
        f"<li><strong>{STEP_WORDS[each.kind]}</strong><br>"
        f'<span class="mash-note">{escape(each.by_name)}, '
        f"{wording.moment_words(each.at)}</span>"
        f"{words_html(each.words) if each.words else ''}</li>"
        for each in steps
    )
    st.html(f'<ol class="mash-history">{items}</ol>')
