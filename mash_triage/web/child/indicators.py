"""Indicators of the edition, ticked one by one for one child, and strengths."""

from collections.abc import Iterable
from contextlib import nullcontext, suppress
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.screening.actions import copy_indicators_to_siblings, record_indicators
from mash_triage.thresholds.levels import Edition, Indicator
from mash_triage.web import components, wording
from mash_triage.web.child import help_before, proposed, unticking
from mash_triage.web.child.parts import beside, done_in, heading, to_read, was_finished
from mash_triage.web.child.proposed import answer
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Undone, Visit

TICKED = "_ticked"
STRENGTH_TICKED = "_strength_ticked"


def show(visit: Visit, whole: WholeChild) -> None:
    """Those seen, those proposed, the list to tick, strengths, help before, copy to siblings."""
    heading("indicators")
    _seen(whole)
    if not whole.may_write:
        help_before.stands(visit, whole)
    unticking.rejected(visit, whole)
    proposed.show(visit, whole)
    if not whole.may_write:
        return
    strengths = wording.count_words(len(whole.screening.strengths), "strength", "strengths")
    title = f"Tick more or fewer; {strengths}, help before"
    with to_read(title, "indicators") if was_finished(whole, "indicators") else nullcontext():
        _pick([visit], visit, whole)
        with beside("strengths"):
            _strengths([visit], visit, whole)
            help_before.show(visit, whole)
        _copy(visit, whole)


def seen_html(edition: Edition, codes: Iterable[str]) -> str:
    """Accepted indicators with their definitions and where each usually sits."""
    known = edition.indicators_by_code
    lines = (
        f"<li><strong>{escape(known[code].words)}</strong> "
        f'<span class="mash-note">{_usually(known[code])}</span><br>'
        f"{escape(known[code].definition)}</li>"
        if code in known
        else f"<li><strong>{escape(code)}</strong>, which this edition does not have</li>"
        for code in codes
    )
    return f'<ul class="mash-indicators">{"".join(lines)}</ul>'


def _usually(indicator: Indicator) -> str:
    """Where an indicator sits alone; a flag of the edition sits nowhere by itself."""
    return "sets no level alone" if indicator.level is None else f"usually level {indicator.level}"


def _seen(whole: WholeChild) -> None:
    """Those ticked, triggers first; what each means is folded."""
    edition, accepted = whole.edition, whole.screening.accepted
    if not accepted:
        st.html("<p>No indicator has been ticked yet.</p>")
        return
    triggers = edition.trigger_codes
    lines = "".join(
        _line(whole, code) for code in sorted(accepted, key=lambda code: code not in triggers)
    )
    st.html(
        f"<h3>Ticked for this child ({len(accepted)})</h3>"
        f'<ul class="mash-indicators mash-ticked">{lines}</ul>'
        f"<details><summary>What each means</summary>{seen_html(edition, accepted)}</details>"
    )


def _line(whole: WholeChild, code: str) -> str:
    known = whole.edition.indicators_by_code
    if code not in known:
        return f"<li><strong>{escape(code)}</strong>, which this edition does not have</li>"
    return (
        f"<li><strong>{escape(known[code].words)}</strong> "
        f'<span class="mash-note">{_usually(known[code])}</span> {_trigger_flag(whole, code)}</li>'
    )


def _trigger_flag(whole: WholeChild, code: str) -> str:
    """Whether a trigger rests on it for this child, or would for some children."""
    edition = whole.edition
    if code not in edition.trigger_codes:
        return ""
    fired = (
        each.indicators
        for each in whole.screening.suggestion.rules
        if edition.rule_of(each.rule).trigger
    )
    is_so = any(code in indicators for indicators in fired)
    return components.flag_html("Danger trigger" if is_so else "Trigger for some children")


# ---------------------------------------------------------------- the list


@st.fragment
def _pick(first: list[Visit], visit: Visit, whole: WholeChild) -> None:
    """Find and tick. Each tick is stored at once, and only it, whatever colleagues tick."""
    visit = first.pop() if first else visit.again(deed=True)
    touched: tuple[str, bool] | None = st.session_state.pop(TICKED, None)
    if touched and unticking.needs_reason(whole, touched[0], accepted=touched[1]):
        unticking.ask(whole, touched[0])
    elif touched:
        answer(visit, whole.id, touched[0], accepted=touched[1])
        st.rerun()
    unticking.show(visit, whole)
    wanted = st.text_input(
        "Find an indicator",
        key="find_indicator",
        placeholder="Type a word: hunger, knife, bruise. Each tick is stored at once.",
        live=True,
    )
    if wanted:
        found = _find(whole.edition, wanted)
        st.html(f'<p role="status">{len(found)} found</p>')
        for indicator in found:
            _tick(whole, indicator)
    else:
        with beside("themes"):
            _by_theme(whole)


def _find(edition: Edition, wanted: str) -> list[Indicator]:
    """Those in whose words, definition or theme every typed word appears."""
    words = wanted.lower().split()
    return [
        each
        for each in edition.indicator
        if all(word in _searched(edition, each) for word in words)
    ]


def _searched(edition: Edition, each: Indicator) -> str:
    return f"{each.words} {each.definition} {edition.words_of('theme', each.theme)}".lower()


def _by_theme(whole: WholeChild) -> None:
    edition, accepted = whole.edition, whole.screening.accepted
    for domain in edition.domain:
        inside = [each for each in edition.indicator if each.domain == domain.code]
        ticked = sum(each.code in accepted for each in inside)
        with st.expander(f"{domain.words}: {ticked} of {len(inside)} ticked", key=domain.code):
            for theme in edition.theme:
                chosen = [each for each in inside if each.theme == theme.code]
                if chosen:
                    st.html(f"<h3>{escape(theme.words)}</h3>")
                for each in chosen:
                    _tick(whole, each)


def _tick(whole: WholeChild, indicator: Indicator) -> None:
    key = f"tick {whole.id} {indicator.code}"
    st.session_state[key] = indicator.code in whole.screening.accepted
    st.checkbox(
        f"**{indicator.words}**  \n{indicator.definition}",
        key=key,
        on_change=_touched,
        args=(TICKED, key, indicator.code),
    )


def _touched(where: str, key: str, code: str) -> None:
    """Only remember what was touched; the fragment stores it once it knows who is there."""
    st.session_state[where] = (code, bool(st.session_state[key]))


# ---------------------------------------------------------------- strengths, siblings


@st.fragment
def _strengths(first: list[Visit], visit: Visit, whole: WholeChild) -> None:
    """What protects the child: each tick is stored at once, and only it."""
    visit = first.pop() if first else visit.again(deed=True)
    touched: tuple[str, bool] | None = st.session_state.pop(STRENGTH_TICKED, None)
    if touched:
        _answer_strength(visit, whole.id, *touched)
        st.rerun()
    edition, there = whole.edition, whole.screening.strengths
    with st.expander(f"Strengths: {len(there)} ticked", key="strengths"):
        for each in edition.strength:
            key = f"strength {whole.id} {each.code}"
            st.session_state[key] = each.code in there
            st.checkbox(
                f"**{each.words}**  \n{each.meaning or ''}",
                key=key,
                on_change=_touched,
                args=(STRENGTH_TICKED, key, each.code),
            )


def _answer_strength(visit: Visit, child_id: UUID, code: str, is_there: bool) -> None:
    with visit.work() as session:
        record_indicators(
            session,
            child_id,
            [],
            answered=[],
            strengths=[code] if is_there else [],
            strengths_answered=[code],
            by=visit.by,
            at=visit.at,
        )


def keep_when_signed_out(visit: Visit, child_id: UUID) -> None:
    """The tick that has just arrived from an open page whose sign-in is over."""
    if touched := st.session_state.pop(TICKED, None):
        with suppress(Undone):  # a trigger is not taken back without its reason
            answer(visit, child_id, touched[0], accepted=touched[1])
    if touched := st.session_state.pop(STRENGTH_TICKED, None):
        _answer_strength(visit, child_id, *touched)


def _copy(visit: Visit, whole: WholeChild) -> None:
    if not (whole.child.siblings and whole.screening.accepted):
        return
    if st.button("Same for the other children", key="copy_to_siblings"):
        with visit.work() as session:
            proposed = copy_indicators_to_siblings(session, whole.id, by=visit.by, at=visit.at)
        done_in(
            "indicators",
            f"{proposed} proposed for the other children. Each is accepted or rejected there.",
        )
