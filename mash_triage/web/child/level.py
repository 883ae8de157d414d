"""Level of need and proposed route: the suggestion is read, the choice starts empty."""

from html import escape

import streamlit as st

from mash_triage.screening.actions import set_level
from mash_triage.screening.rules import departs
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import DepartureReason, Route
from mash_triage.web import components, wording
from mash_triage.web.child import suggestion
from mash_triage.web.child.parts import done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """What the rules suggest, what the worker set, and the choice."""
    heading("level")
    suggestion.box(whole)
    set_so_far(visit, whole)
    if whole.may_write:
        _choose(visit, whole)


def set_so_far(visit: Visit, whole: WholeChild) -> None:
    """The worker's level and route with who and when, and why they depart."""
    seen, edition = whole.screening, whole.edition
    if seen.level is None:
        st.html("<p>No level has been set yet.</p>")
        return
    at = wording.near_words(seen.level_at, at=visit.at) if seen.level_at else ""
    st.html(
        f"<p><strong>Set: {escape(level_words(edition, seen.level))}; "
        f"{escape(route_words(edition, seen.route))}</strong><br>"
        f'<span class="mash-note">by {escape(seen.level_by_name or "")}, {at}</span></p>'
    )
    if seen.departure:
        reason = edition.departure_words(DepartureReason(seen.departure))
        st.html(f"<p>It differs from the suggestion: {escape(reason)}.</p>")
        components.words(seen.departure_words)


def level_words(edition: Edition, number: int) -> str:
    """`Level 3, several needs`."""
    return f"Level {number}, {edition.level_of(number).name.lower()}"


def route_words(edition: Edition, route: str | None) -> str:
    """A route's name here, or that there is none."""
    return edition.route_of(Route(route)).words if route else "No route"


def _choose(visit: Visit, whole: WholeChild) -> None:
    edition, keys = whole.edition, _keys(whole)
    numbers = [each.number for each in edition.level]
    level = st.radio(
        "Level of need",
        numbers,
        index=None,
        format_func=lambda number: level_words(edition, number),
        captions=[each.meaning for each in edition.level],
        key=keys[0],
        persist_state="session",
    )
    if level is None:
        return
    route = st.radio(
        "Proposed route",
        edition.routes_for(level),
        index=None,
        format_func=lambda each: edition.route_of(each).words,
        key=keys[1],
        persist_state="session",
    )
    reason, words = None, ""
    if departs(whole.screening.suggestion, level, route):
        reason, words = departure(edition, keys[2], keys[3])
    if st.button("Set level and route", key="set_level"):
        if route is None:
            st.html('<p role="alert"><strong>Choose the route.</strong></p>')
            return
        with visit.work() as session:
            set_level(
                session,
                whole.id,
                level,
                route,
                departure=reason,
                departure_words=words,
                by=visit.by,
                at=visit.at,
            )
        done_in("level", "Level and route set.")


def departure(
    edition: Edition, reason_key: str, words_key: str
) -> tuple[DepartureReason | None, str]:
    """Asked only where the choice differs from the suggestion: a coded reason, and words."""
    reason = st.selectbox(
        "This differs from the suggestion. Why?",
        list(DepartureReason),
        index=None,
        format_func=edition.departure_words,
        placeholder="Choose the reason",
        key=reason_key,
        persist_state="session",
    )
    words = st.text_area("In your own words", key=words_key, persist_state="session", height=80)
    return reason, words or ""


def _keys(whole: WholeChild) -> tuple[str, str, str, str]:
    """The names of the fields: new, empty ones after each level that was set."""
    turn = f"{whole.id} {whole.screening.level_at}"
    return f"level {turn}", f"route {turn}", f"departure {turn}", f"departure_words {turn}"
