"""The worked contacts on a draft, beside what managers accept and what is suggested now."""

from html import escape

import streamlit as st

from mash_triage.editions.in_words import name_in
from mash_triage.editions.worked_contacts import Tried, tried_on, worked_contacts
from mash_triage.reading.worked_contacts import WorkedContact
from mash_triage.settings import settings
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.suggest import Suggestion
from mash_triage.web.child.tables import table
from mash_triage.web.levels.compared import cannot_be_read, edition_in
from mash_triage.web.plain import Html
from mash_triage.web.wording import count_words

HEADS = ("Contact", "Managers accept", "In force", "Draft")


def show(present: Edition, toml: str) -> None:
    """All worked contacts, those that the draft moves on top."""
    edition = edition_in(toml)
    if edition is None:
        cannot_be_read("tried")
        return
    tried = tried_on(worked_contacts(settings().levels_of_need), present, edition)
    moved = [each for each in tried if each.moves]
    st.html(
        f"<p>{escape(edition.notice)}</p>"
        f"<p>{len(tried)} invented contacts with the indicators that managers accepted. "
        f"<strong>{_moved(len(moved))}</strong> On the draft "
        f"{sum(each.is_accepted for each in tried)} of {len(tried)} reach a route that managers "
        f"accept; in force now, {sum(each.was_accepted for each in tried)} do.</p>"
    )
    if moved:
        st.html(_table("Those that the draft moves", moved, present, edition))
    kept = [each for each in tried if not each.moves]
    if kept:
        with st.expander(f"Those that stay where they are ({len(kept)})", expanded=not moved):
            st.html(_table("Those that stay", kept, present, edition))


def _moved(count: int) -> str:
    if not count:
        return "The draft moves none of them."
    return f"The draft moves {count_words(count, 'contact', 'contacts')}."


def _table(caption: str, tried: list[Tried], present: Edition, draft: Edition) -> Html:
    rows = [
        (
            _about(each, present, draft),
            " or ".join(name_in(draft, "route", route) for route in each.worked.accepted),
            _where(each.present, present),
            Html(escape(_where(each.draft, draft)) + _doubt(each)),
        )
        for each in tried
    ]
    return table(caption, HEADS, rows)


def _about(each: Tried, present: Edition, draft: Edition) -> Html:
    """Who the child is, the indicators, and the whole contact to unfold."""
    contact = each.worked.contact
    names = [
        name_in(draft if code in draft.indicators_by_code else present, "indicator", code)
        for code in each.worked.facts.indicators
    ]
    told = f"{_child(contact)}: {'; '.join(names) or 'no indicator'}"
    return Html(
        f'<strong>{escape(contact.id)}</strong> <span class="mash-plain">{escape(told)}</span>'
        f'<details class="mash-plain"><summary>What the agency wrote</summary>'
        f"{escape(contact.narrative)}</details>"
    )


def _child(contact: WorkedContact) -> str:
    child, earlier = contact.child, contact.prior_contacts_12m
    if child.unborn:
        age = "Unborn"
    elif child.age_months is not None:
        age = count_words(child.age_months, "month", "months")
    elif child.age_years is not None:
        age = count_words(child.age_years, "year", "years")
    else:
        age = "Age not known"
    still = ", cannot move independently" if child.non_mobile is True else ""
    before = f", {count_words(earlier, 'earlier contact', 'earlier contacts')}" if earlier else ""
    return f"{age}{still}{before}"


def _where(suggestion: Suggestion, edition: Edition) -> str:
    red = ", red" if suggestion.rag_floor == "red" else ""
    return f"Level {suggestion.level}, {name_in(edition, 'route', suggestion.route)}{red}"


def _doubt(each: Tried) -> str:
    told = "" if each.is_accepted else "<br><strong>Not among those that managers accept</strong>"
    if each.not_known:
        lacking = f"The draft lacks {len(each.not_known)} of its indicators"
        told += f'<br><span class="mash-note">{lacking}</span>'
    return told
