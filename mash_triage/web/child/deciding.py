"""The manager's form: level, route, outcome, reasons, directions. Everything starts empty.

The form is drawn first and the deed is done below it, so that a refusal leaves every word where
it was typed.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from mash_triage.contacts.status import WAITING_FOR_MANAGER
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.rules import DecisionFacts, DirectionFacts, departs_from
from mash_triage.errors import NotReady
from mash_triage.thresholds.routes import Outcome, Route
from mash_triage.web import components
from mash_triage.web.child.level import departure, level_words
from mash_triage.web.child.parts import forget
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit

SEEN = "_seen"
NO_ROUTE = "none"
NO_ROUTE_WORDS = "No route: another ending"


@dataclass(frozen=True)
class Fields:
    """The names of this child's fields, the same in every run and kept while she looks around."""

    whole: WholeChild

    def key(self, name: str) -> str:
        """The name under which one field's value is kept."""
        return f"decision {name} {self.whole.id}"

    def all(self) -> list[str]:
        """Every field that holds something now."""
        return [
            str(key)
            for key in st.session_state
            if str(key).startswith("decision ") and str(key).endswith(f" {self.whole.id}")
        ]

    def has_words(self) -> bool:
        """Is there anything typed or chosen for this child?"""
        return any(st.session_state.get(key) for key in self.all())


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
    fields = Fields(whole)
    st.header("Record your decision", anchor="decide")
    if whole.child.status not in WAITING_FOR_MANAGER:
        st.html("<p>This child no longer waits for a manager. Your text is here to copy.</p>")
        if st.button("Clear my text", key="clear_decision"):
            forget(*fields.all())
            st.rerun()
    level, route, outcome = _choices(fields)
    rationale = st.text_area(
        "Reasons for your decision",
        key=fields.key("rationale"),
        height=160,
        placeholder="What you considered, and why this is proportionate",
        persist_state="session",
    )
    draft = None
    if level is not None and outcome is not None:
        draft = DecisionFacts(outcome, route, level, rationale or "")
    facts = _with_more(fields, draft) if draft else None
    directions = _directions(fields)
    if st.button("Record decision", type="primary", key="record_decision", width="stretch"):
        _record(visit, whole, facts, directions, seen)


def _choices(fields: Fields) -> tuple[int | None, Route | None, Outcome | None]:
    """Level, then the routes it allows, then the outcomes of that route."""
    edition = fields.whole.edition
    level = st.radio(
        "Level of need",
        [each.number for each in edition.level],
        index=None,
        format_func=lambda number: level_words(edition, number),
        key=fields.key("level"),
        persist_state="session",
    )
    if level is None:
        return None, None, None
    route = st.radio(
        "Route",
        [*edition.routes_for(level), NO_ROUTE],
        index=None,
        format_func=lambda each: (
            NO_ROUTE_WORDS if each == NO_ROUTE else edition.route_of(Route(each)).words
        ),
        key=fields.key("route"),
        persist_state="session",
    )
    if route is None:
        return level, None, None
    chosen = None if route == NO_ROUTE else Route(route)
    outcome = st.radio(
        "Outcome",
        edition.outcomes_for(chosen),
        index=None,
        format_func=lambda each: edition.outcome_of(each).words,
        key=fields.key("outcome"),
        persist_state="session",
    )
    return level, chosen, outcome


def _with_more(fields: Fields, draft: DecisionFacts) -> DecisionFacts:
    """What only some decisions need: why it differs, the pattern, who offers early help."""
    edition, suggestion = fields.whole.edition, fields.whole.screening.suggestion
    reason, words, comment, owner, due = None, "", "", "", None
    if departs_from(suggestion, draft):
        reason, words = departure(edition, fields.key("departure"), fields.key("departure_words"))
    if suggestion.ask_manager_to_comment:
        comment = st.text_area(
            "This is a repeat contact. What does the pattern mean for your decision?",
            key=fields.key("repeat"),
            height=100,
            persist_state="session",
        )
    if draft.outcome is Outcome.EARLY_HELP:
        owner = st.text_input(
            "Who asks the family for their agreement?",
            key=fields.key("owner"),
            persist_state="session",
        )
        due = _day(fields, "By when?", "agreement_due")
    return DecisionFacts(
        outcome=draft.outcome,
        route=draft.route,
        level=draft.level,
        rationale=draft.rationale,
        departure=reason,
        departure_words=words,
        repeat_comment=comment or "",
        owner=owner or "",
        agreement_due_on=due,
    )


def _day(fields: Fields, label: str, name: str) -> date | None:
    return st.date_input(
        label,
        value=None,
        format="DD/MM/YYYY",
        key=fields.key(name),
        persist_state="session",
    )


# ---------------------------------------------------------------- directions


def _directions(fields: Fields) -> list[tuple[str, str, date | None]]:
    """Who does what by when; another row for each touch of the button."""
    rows_key = fields.key("rows")
    rows: int = st.session_state.get(rows_key, 0)
    typed = []
    for row in range(rows):
        with st.container(border=True, key=f"direction_{row}"):
            what = st.text_input(
                f"Direction {row + 1}: what is done",
                key=fields.key(f"what_{row}"),
                persist_state="session",
            )
            who = st.text_input(
                "Who does it", key=fields.key(f"who_{row}"), persist_state="session"
            )
            typed.append((what or "", who or "", _day(fields, "By when", f"by_{row}")))
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
    if facts is None:
        visit.refuse(NotReady("Choose the level, the route and the outcome."))
    with visit.work() as session:
        complete = DecisionFacts(**{**vars(facts), "directions": _complete(typed)})
        record_decision(session, whole.id, complete, seen=seen, by=visit.by, at=visit.at)
    forget(*Fields(whole).all())
    visit.leave(f"Decision recorded for {whole.child.name}.", to="decisions")
