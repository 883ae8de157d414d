"""The children decided for section 17 and 47: seen, allocated, what is due; and the measures."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.after_decision.actions import import_later_dates
from mash_triage.after_decision.counted import (
    AssessmentSpread,
    assessment_spread,
    measures_after_decision,
)
from mash_triage.after_decision.import_file import COLUMNS
from mash_triage.after_decision.measures import Measure
from mash_triage.after_decision.queries import (
    AT_ONCE,
    LONGEST_DAYS,
    Due,
    FollowedUp,
    FollowUp,
    followed_up,
)
from mash_triage.after_decision.rules import STEP_WORDS
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.reference import show_reference
from mash_triage.thresholds.routes import Outcome
from mash_triage.web import components, wording
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

PERIODS = {days: f"{days} days" for days in (14, 30, LONGEST_DAYS)}
DECIDED = {Outcome.S17_ASSESSMENT: "Section 17", Outcome.STRATEGY_DISCUSSION: "Section 47"}
FIRST = "after_first"
HEADS = (
    "Child", "Decided", "Seen", "Allocated", "Strategy discussion", "Conference", "Assessment",
    "Referrer",
)  # fmt: skip


def show(visit: Visit) -> None:
    """The list for the chosen days, the worst first, then the measures of the same days."""
    days = st.segmented_control(
        "Decided in the last",
        list(PERIODS),
        default=30,
        required=True,
        format_func=PERIODS.__getitem__,
        key="after_days",
        on_change=_from_the_first,
    )
    first: int = st.session_state.get(FIRST, 0)
    with visit.look() as session:
        rows = followed_up(session, days=days or 30, first=first, by=visit.by, at=visit.at)
        found = measures_after_decision(session, days=days or 30, by=visit.by, at=visit.at)
        taken = assessment_spread(session, days=days or 30, by=visit.by, at=visit.at)
    st.header(f"Children: {rows.total}, with something past its time: {rows.late}", anchor=False)
    if rows.total > AT_ONCE:
        _others(rows)
    if rows.shown:
        st.html(
            table(
                "Decided for section 17 or 47, what is longest past its time first",
                HEADS,
                (_row(visit, each) for each in rows.shown),
            )
        )
    else:
        st.html('<p class="mash-empty">No child was decided for section 17 or 47 in this time.</p>')
    _measures(found)
    _spread(taken)
    st.html(
        '<p><a href="/strategy" target="_self">Strategy discussions</a>, '
        '<a href="/promises" target="_self">what else is promised</a></p>'
    )
    if visit.by.can(Permission.RECORD_AFTER_DECISION):
        _import(visit)


def _from_the_first() -> None:
    st.session_state[FIRST] = 0


def _others(rows: FollowedUp) -> None:
    """Which of them are shown, and the way to the others."""
    last = rows.first + len(rows.shown)
    st.html(f"<p>{rows.first + 1} to {last} of {rows.total} shown.</p>")
    st.selectbox(
        "Show",
        range(0, rows.total, AT_ONCE),
        format_func=lambda begins: f"{begins + 1} to {min(begins + AT_ONCE, rows.total)}",
        key=FIRST,
    )


def _row(visit: Visit, each: FollowUp) -> tuple[str | Html, ...]:
    return (
        Html(
            f"{components.child_link_html('after_decision', each.id, each.name)}<br>"
            f'<span class="mash-note">{show_reference(each.reference)}</span>'
        ),
        f"{DECIDED.get(each.outcome, each.outcome)}, "
        f"{wording.near_words(each.decided_at, at=visit.at)}",
        _seen(visit, each),
        _allocated(visit, each),
        due_html(visit, each.due(Moment.STRATEGY_HELD)),
        due_html(visit, each.due(Moment.CONFERENCE_HELD)),
        due_html(visit, each.due(Moment.ASSESSMENT_AUTHORISED)),
        due_html(visit, each.due(Moment.REFERRER_TOLD)),
    )


def _seen(visit: Visit, each: FollowUp) -> Html:
    words = due_html(visit, each.due(Moment.SEEN))
    if each.seen_at is None and each.visits:
        return Html(f"{words}<br>visited {each.visits}, not seen")
    return words


def _allocated(visit: Visit, each: FollowUp) -> Html:
    due = each.due(Moment.ALLOCATED)
    who = escape(each.allocated_to or "")
    return Html("<br>".join(filter(None, (who, due_html(visit, due) if due or not who else ""))))


def due_html(visit: Visit, due: Due | None) -> Html:
    """When it was done, or by when it is to be; what is or was late stands out."""
    if due is None:
        return Html('<span class="mash-note mash-nothing">not asked for</span>')
    moment = due.kept_at or due.due_at
    near = wording.near_words(moment, at=visit.at)
    if due.kept_at is not None:
        return Html(f"{near}{', late' if due.is_late(at=visit.at) else ''}")
    left = wording.time_left_words(due.due_at, at=visit.at)
    words = f"by {near}, {left}"
    return Html(f"<strong>No: {words}</strong>" if due.is_late(at=visit.at) else words)


def _measures(found: tuple[Measure, ...]) -> None:
    st.header("Measures of the same days", anchor=False)
    st.html(
        table(
            "Done in time; what has not been recorded by its time counts as not done",
            ("Measure", "Met"),
            (
                (f"{each.words} ({each.code})", wording.percent_words(each.met, each.counted))
                for each in found
            ),
        )
    )


def _spread(found: AssessmentSpread) -> None:
    """Over how many working days the assessments authorised in these days were spread."""
    whole = sum(found.authorised.values())
    if not (whole or found.open_and_late):
        return
    bands = [(name, wording.percent_words(n, whole)) for name, n in found.authorised.items() if n]
    st.html(
        table(
            "Assessments authorised in these days, by working days since the referral (K23)",
            ("Working days", "Assessments"),
            [*bands, ("Open, past their time", str(found.open_and_late))],
        )
    )


def _import(visit: Visit) -> None:
    with st.expander("Load dates from a file", key="after_import"):
        steps = ", ".join(f"<code>{step}</code> ({words})" for step, words in STEP_WORDS.items())
        st.html(
            f"<p>A CSV file in UTF-8 whose first line is <code>{','.join(COLUMNS)}</code>: the "
            "contact's reference, which child on it (1 for the first), what took place, and its "
            f"day as 2026-01-31. What took place: {steps}. It is taken whole or not at all.</p>"
        )
        file = st.file_uploader("File", type="csv", key="after_file")
        if file is not None and st.button("Load it", key="load_dates"):
            with visit.work() as session:
                new = import_later_dates(session, file.getvalue(), by=visit.by, at=visit.at)
            count = wording.count_words(new, "date", "dates")
            visit.leave(f"Loaded: {count} new.", to="after_decision")
