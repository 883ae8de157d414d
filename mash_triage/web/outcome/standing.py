"""How a disagreement stands, in words: its stage, whose turn it is, and its log."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

import streamlit as st

from mash_triage.disagreements.queries import DisagreementPicture, StepPicture
from mash_triage.disagreements.stages import (
    STEP_WORDS,
    SUBJECT_WORDS,
    Subject,
    Turn,
    resolution_words,
    stage_of,
    time_words,
)
from mash_triage.settings import settings
from mash_triage.web.components import flag_html, words_html
from mash_triage.web.plain import Html
from mash_triage.web.wording import moment_words, near_words, time_left_words

OVERDUE = flag_html("Past its time")
AT_RISK = flag_html("At immediate risk")


def flags_html(each: DisagreementPicture) -> Html:
    """What must not be overlooked of an open one: a child at immediate risk, a time run out."""
    shown = [flag for flag, is_so in _flags(each) if is_so and each.is_open]
    return Html("".join(f" {flag}" for flag in shown))


def _flags(each: DisagreementPicture) -> tuple[tuple[Html, bool], ...]:
    return (AT_RISK, each.at_risk), (OVERDUE, each.is_overdue)


def stage_words(number: int) -> str:
    """By when a stage is answered: `answered within 2 working days`."""
    days = settings().escalation_working_days[number - 1]
    return f"answered {'on' if days == 0 else 'within'} {time_words(days)}"


def turn_words(each: DisagreementPicture, *, at: datetime) -> str:
    """Whose answer is awaited and by when, or how it ended."""
    if each.resolution is not None:
        ended = near_words(each.resolved_at, at=at) if each.resolved_at else ""
        return f"Resolved {ended}: {resolution_words(each.subject)[each.resolution].lower()}"
    due = near_words(each.due_at, at=at)
    if not each.is_overdue:  # of one that is, the flag beside it says so
        due += f", {time_left_words(each.due_at, at=at)}"
    if each.turn is Turn.FRONT_DOOR:
        return f"The front door answers by {due}"
    if each.is_accepted:
        return "The answer is accepted; the front door closes it with what it learned"
    return f"Answered: the agency accepts it or takes it further by {due}"


def line_html(each: DisagreementPicture, *, at: datetime) -> Html:
    """One line with a link to the disagreement: stage, whose turn, and what not to overlook."""
    words = "Disagreement" if each.is_open else "Disagreement, resolved"
    if each.subject is not Subject.DECISION:
        words += f" before a decision ({SUBJECT_WORDS[each.subject].partition(':')[0].lower()})"
    return Html(
        f'<p class="mash-review"><a class="mash-open" target="_self" '
        f'href="/disagreements?open={each.id}">{words}: stage {each.stage}, '
        f"{escape(stage_of(each.stage).words.lower())}</a>{flags_html(each)}<br>"
        f'<span class="mash-note">{escape(turn_words(each, at=at))}</span></p>'
    )


def log(steps: Iterable[StepPicture]) -> None:
    """Every step, first to last: what, at which stage, who, when, in whose words."""
    st.html(f'<ol class="mash-history">{"".join(_step_html(step) for step in steps)}</ol>')


def _step_html(step: StepPicture) -> str:
    flags = "".join(
        str(flag_html(words))
        for words, is_so in (("At immediate risk", step.at_risk), ("Late", step.was_late))
        if is_so
    )
    named = f" for {escape(step.named)}" if step.named else ""
    return (
        f"<li><strong>Stage {step.stage}: {STEP_WORDS[step.kind]}</strong> {flags}<br>"
        f'<span class="mash-note">{escape(step.by_name)}{named}, {moment_words(step.at)}</span>'
        f"{words_html(step.words) if step.words else ''}</li>"
    )
