"""Above the manager's form: what is missing, each with the way to where it is mended."""

from html import escape

import streamlit as st

from mash_triage.contacts.codes import VoiceGap
from mash_triage.contacts.status import UNDECIDED
from mash_triage.decisions.before import (
    BeforeFacts,
    Gap,
    StrategyFacts,
    missing_before_deciding,
    was_heard,
)
from mash_triage.strategy.lists import how_discussed, not_needed_for
from mash_triage.strategy.needed import hold_by
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.form.words import NO_VOICE
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """The list, what stops a decision first; nothing where nothing is missing."""
    gaps = missing_before_deciding(facts_of(whole, strategy_of(visit, whole)))
    if not gaps:
        return
    stops = "".join(_line(whole, gap) for gap in gaps if gap.stops)
    warns = "".join(_line(whole, gap) for gap in gaps if not gap.stops)
    parts = [
        f'<p><strong>{title}</strong></p><ul class="mash-links">{lines}</ul>'
        for title, lines in (("Needed to decide", stops), ("Look at this first", warns))
        if lines
    ]
    st.html(f'<div class="mash-before">{"".join(parts)}</div>')


def strategy_of(visit: Visit, whole: WholeChild) -> StrategyFacts:
    """What is known of strategy discussions about this child; a manager's recorded reason for which
    none is needed stands for one.
    """
    with visit.look() as session:
        discussed = how_discussed(session, whole.id, by=visit.by)
        not_needed = not_needed_for(session, whole.id, by=visit.by)
        due_at = hold_by(session, whole.id, by=visit.by)
    heard = discussed.held or (not_needed is not None and due_at is None)
    return StrategyFacts(begun=discussed.begun, held=heard, is_open=discussed.is_open)


def facts_of(whole: WholeChild, strategy: StrategyFacts | None) -> BeforeFacts:
    """What the rule asks, from what the page has read already."""
    said = whole.child.submission
    voice = said.get("concern", {}).get("child_voice")
    suggestion = whole.screening.suggestion
    waiting = [each.name for each in whole.child.siblings if each.status in UNDECIDED]
    return BeforeFacts(
        agreement_recorded=bool(whole.consents or said.get("told_and_agreed")),
        child_was_heard=bool(whole.child.withheld) or was_heard(voice, tuple(VoiceGap)),
        why_not_heard=NO_VOICE.get(str(voice), ""),
        earlier_contacts=whole.earlier_in_all,
        comment_needed=suggestion.ask_manager_to_comment,
        waiting=tuple(waiting),
        triggered=suggestion.triggered,
        help_before_known=whole.screening.facts.help_before is not None,
        strategy=strategy,
    )


def _line(whole: WholeChild, gap: Gap) -> str:
    return f'<li><a href="{_address(whole, gap)}" target="_self">{escape(gap.words)}</a></li>'


def _address(whole: WholeChild, gap: Gap) -> str:
    if gap.part in ("together", "strategy"):
        return f"/{gap.part}?child={whole.id}"
    if gap.part == "decide":
        return "#decide"
    return f"/child?child={whole.id}#{gap.part}"
