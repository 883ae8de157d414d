"""Level of need and proposed route: the suggestion is read, the choice starts empty."""

from html import escape

import streamlit as st

from mash_triage.screening.actions import set_level
from mash_triage.screening.rules import departs
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import DepartureReason, Route
from mash_triage.web import components, wording
from mash_triage.web.child import suggestion
from mash_triage.web.child.parts import beside, change_folded, done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """What the rules suggest, what the worker set, and the choice."""
    heading("level")
    suggestion.box(whole, brief=whole.screening.level is not None)
    with beside("level"):
        set_so_far(visit, whole)
        if whole.may_write:
            kept, is_change = Kept("level", whole.id), whole.screening.level is not None
            with change_folded("Change level and route", "change_level", kept, is_change=is_change):
                _choose(visit, whole, kept)


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


def _choose(visit: Visit, whole: WholeChild, kept: Kept) -> None:
    edition = whole.edition
    numbers = [each.number for each in edition.level]
    level = st.radio(
        "Level of need",
        numbers,
        index=kept.index("level", numbers),
        format_func=lambda number: level_words(edition, number),
        captions=[each.meaning for each in edition.level],
        key=kept.key("level"),
        persist_state="session",
    )
    if level is None:
        return
    routes = edition.routes_for(level)
    route = st.radio(
        "Proposed route",
        routes,
        index=kept.index("route", routes),
        format_func=lambda each: edition.route_of(each).words,
        key=kept.key("route"),
        persist_state="session",
    )
    reason, words = None, ""
    suggestion = whole.screening.suggestion
    if departs(suggestion, level, route or suggestion.route):
        reason, words = departure(edition, kept)
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
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("level", "Level and route set.")


def departure(edition: Edition, kept: Kept) -> tuple[DepartureReason | None, str]:
    """Asked only where the choice differs from the suggestion: a coded reason, and words."""
    reasons = list(DepartureReason)
    reason = st.selectbox(
        "This differs from the suggestion. Why?",
        reasons,
        index=kept.index("departure", reasons),
        format_func=edition.departure_words,
        placeholder="Choose the reason",
        key=kept.key("departure"),
        persist_state="session",
    )
    words = st.text_area(
        "In your own words",
        value=kept.text("departure_words"),
        key=kept.key("departure_words"),
        persist_state="session",
        height=80,
    )
    return reason, words
