"""The manager's form: level, route, outcome, reasons, directions. Everything starts empty, or with
what she herself had typed before; never with the suggestion.

The form is drawn first and the deed is done below it, so that a refusal leaves every word where
it was typed.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import Any, Literal, TypeVar

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import WAITING_FOR_MANAGER
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.rules import (
    NEEDS_CONTINGENCY,
    DecisionFacts,
    DirectionFacts,
    departs_from,
)
from mash_triage.errors import NotReady
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import REFERRAL_OUTCOMES, Outcome, Route
from mash_triage.web import components, pressed, wording
from mash_triage.web.child import before
from mash_triage.web.child.level import departure, level_words
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.outcome import choosing
from mash_triage.web.page import Visit

T = TypeVar("T")

SEEN = "_seen"
NO_ROUTE = "none"
STILL_OPEN: dict[Literal["no", "yes"], str] = {
    "yes": "Yes: no second referral is made",
    "no": "No: this is a new referral",
}
NO_ROUTE_WORDS = "No route: another ending"


def words_of(whole: WholeChild) -> Kept:
    """What she has written on the form and not recorded; shared by decision and return."""
    return Kept("decision", whole.id)


def version_seen(whole: WholeChild) -> int:
    """The version of the child that was on her screen when she touched it: that of the run before.

    What is drawn now is a fresh picture, and the next touch is measured by it.
    """
    seen: dict[str, int] = st.session_state.setdefault(SEEN, {})
    before = seen.get(str(whole.id), whole.child.version)
    st.session_state[SEEN] = {str(whole.id): whole.child.version}
    return before


def jump() -> None:
    """On a narrow screen the form stands below all there is to read: a link to it."""
    st.html('<a class="mash-jump" href="#decide" target="_self">Go to the decision form</a>')


def not_waiting() -> None:
    """In place of the form for a child who does not wait for a manager."""
    st.html("<p>This child is not waiting for a manager.</p>")


def to_the_record(_visit: Visit, whole: WholeChild) -> None:
    """The way to the whole record."""
    st.html(components.child_link_html("child", whole.id, "Open the whole record"))


def show(visit: Visit, whole: WholeChild, *, seen: int) -> None:
    """The form, and Record decision. `seen` is the version of the child that she had before her."""
    kept = words_of(whole)
    st.header("Record your decision", anchor="decide")
    if whole.child.status not in WAITING_FOR_MANAGER:
        st.html("<p>This child no longer waits for a manager. Your text is here to copy.</p>")
        if st.button("Clear my text", key="clear_decision"):
            with visit.work() as session:
                kept.drop(session, by=visit.by)
            kept.forget()
            st.rerun()
    level, route, outcome = _choices(whole.edition, kept)
    rationale = kept.long_answer(
        visit,
        "rationale",
        "Reasons for your decision",
        hint="What you considered, and why this is proportionate.",
        rows=6,
    )
    draft = None
    if level is not None and outcome is not None:
        draft = DecisionFacts(outcome, route, level, rationale)
    facts = _with_more(whole, kept, draft) if draft else None
    directions = _directions(kept)
    look: dict[str, Any] = {"type": "primary", "width": "stretch"}
    if pressed.button("Record decision", key="record_decision", about=whole.id, **look):
        _record(visit, whole, facts, directions, seen)


def _choices(edition: Edition, kept: Kept) -> tuple[int | None, Route | None, Outcome | None]:
    """Level, then the routes it allows, then the outcomes of that route."""
    level = _choice(
        kept,
        "level",
        "Level of need",
        [each.number for each in edition.level],
        lambda number: level_words(edition, number),
    )
    if level is None:
        return None, None, None
    route = _choice(
        kept,
        "route",
        "Route",
        [*edition.routes_for(level), NO_ROUTE],
        lambda each: NO_ROUTE_WORDS if each == NO_ROUTE else edition.route_of(Route(each)).words,
    )
    if route is None:
        return level, None, None
    chosen = None if route == NO_ROUTE else Route(route)
    outcome = _choice(
        kept,
        "outcome",
        "Outcome",
        edition.outcomes_for(chosen),
        lambda each: edition.outcome_of(each).words,
    )
    return level, chosen, outcome


def _choice(
    kept: Kept, name: str, label: str, options: Collection[T], words: Callable[[T], str]
) -> T | None:
    return st.radio(
        label,
        list(options),
        index=kept.index(name, list(options)),
        format_func=words,
        key=kept.key(name),
        persist_state="session",
    )


def _with_more(whole: WholeChild, kept: Kept, draft: DecisionFacts) -> DecisionFacts:
    """What only some decisions need: why it differs, the pattern, who offers early help."""
    suggestion = whole.screening.suggestion
    reason, words, comment, owner, due, still_open = None, "", "", "", None, None
    if departs_from(suggestion, draft):
        reason, words = departure(whole.edition, kept)
    if suggestion.ask_manager_to_comment:
        comment = st.text_area(
            "This is a repeat contact. What does the pattern mean for your decision?",
            value=kept.text("repeat"),
            key=kept.key("repeat"),
            height=100,
            persist_state="session",
        )
    if draft.outcome is Outcome.EARLY_HELP:
        owner = _line(kept, "owner", "Who asks the family for their agreement?")
        due = _day(kept, "agreement_due", "By when?")
    contingency = _contingency(kept, needed=draft.outcome in NEEDS_CONTINGENCY)
    if whole.recent_referral and draft.outcome in REFERRAL_OUTCOMES:
        accepted_on = wording.date_words(whole.recent_referral)
        label = f"Accepted as a referral on {accepted_on}. Is that work still open?"
        still_open = _choice(kept, "already_open", label, STILL_OPEN, STILL_OPEN.__getitem__)
    told = choosing.choose(whole.edition, whole.telling, draft.level, kept)
    return replace(
        draft,
        told=told,
        departure=reason,
        departure_words=words,
        repeat_comment=comment,
        contingency=contingency,
        owner=owner,
        agreement_due_on=due,
        already_open=still_open,
    )


def _contingency(kept: Kept, *, needed: bool) -> str:
    return st.text_area(
        "What happens if it does not work?"
        if needed
        else "What happens if it does not work? (optional)",
        value=kept.text("contingency"),
        key=kept.key("contingency"),
        height=100,
        help="Who notices that nothing changes, by when, and what is done then.",
        persist_state="session",
    )


def _line(kept: Kept, name: str, label: str) -> str:
    return st.text_input(label, value=kept.text(name), key=kept.key(name), persist_state="session")


def _day(kept: Kept, name: str, label: str) -> date | None:
    return st.date_input(
        label,
        value=kept.day(name),
        format="DD/MM/YYYY",
        key=kept.key(name),
        persist_state="session",
    )


# ---------------------------------------------------------------- directions


def _directions(kept: Kept) -> list[tuple[str, str, date | None]]:
    """Who does what by when; another row for each touch of the button."""
    rows_key = kept.key("rows")
    rows: int = st.session_state.setdefault(rows_key, kept.value("rows") or 0)
    typed = []
    for row in range(rows):
        with st.container(border=True, key=f"direction_{row}"):
            what = _line(kept, f"what_{row}", f"Direction {row + 1}: what is done")
            who = _line(kept, f"who_{row}", "Who does it")
            typed.append((what, who, _day(kept, f"by_{row}", "By when")))
    if st.button("Add a direction", key="add_direction"):
        st.session_state[rows_key] = rows + 1
        st.rerun()
    return typed


def _complete(typed: list[tuple[str, str, date | None]]) -> tuple[DirectionFacts, ...]:
    directions = []
    for what, who, due_on in typed:
        if not (what.strip() or who.strip() or due_on):
            continue
        if due_on is None:
            raise NotReady("Say by when each direction is done.")
        directions.append(DirectionFacts(what, who, due_on))
    return tuple(directions)


# ---------------------------------------------------------------- the deed


def _record(
    visit: Visit,
    whole: WholeChild,
    facts: DecisionFacts | None,
    typed: list[tuple[str, str, date | None]],
    seen: int,
) -> None:
    kept = words_of(whole)
    pressed.taken()
    if facts is None:
        visit.refuse(NotReady("Choose the level, the route and the outcome."))
    strategy = before.strategy_of(visit, whole)
    with visit.work() as session:
        complete = replace(facts, directions=_complete(typed))
        record_decision(
            session,
            whole.id,
            complete,
            seen=seen,
            strategy=strategy,
            by=visit.by,
            at=visit.at,
        )
        kept.drop(session, by=visit.by)
    kept.forget()
    to = "decisions" if visit.by.can(Permission.SEE_DECISION_QUEUE) else "board"
    visit.leave(f"Decision recorded for {whole.child.name}.", to=to)
