"""Work in hand, one part at a time, so that no look reads more than it shows."""

from enum import StrEnum
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.allocation.actions import answer_prompt, ask_why_quiet
from mash_triage.contacts.reference import show_reference
from mash_triage.settings import settings
from mash_triage.web import components, wording
from mash_triage.web.bands import bands_html
from mash_triage.web.in_hand import caseloads, domestic_abuse, handed_over, unallocated
from mash_triage.web.labels import as_typed
from mash_triage.web.navigation import FOLDER
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.worklists.board import is_urgent
from mash_triage.worklists.in_hand import (
    AGE_BANDS,
    InHand,
    Quiet,
    age_band,
    in_hand,
    quiet_children,
    shift_forecast,
)
from mash_triage.worklists.rows import BoardRow

MOST_SHOWN = 50
SHOWN_FIRST = 10
FOLLOW_UP = {
    "promises": "Promises",
    "after_decision": "After the decision",
    "handed_on": "Handed on",
    "missing": "Missing children",
}
"""The pages of what was promised and what follows, by their addresses."""


class Part(StrEnum):
    """The parts of the page; the value is the words shown."""

    TIME = "Time and age"
    UNALLOCATED = "Unallocated"
    QUIET = "No activity"
    CASELOADS = "Caseloads"
    DOMESTIC_ABUSE = "Domestic abuse"
    NIGHT = "Handover"


def show(visit: Visit) -> None:
    """What follows a decision has pages of its own; then the part that is chosen."""
    with st.container(horizontal=True, key="follow_up"):
        for path, words in FOLLOW_UP.items():
            st.page_link(FOLDER / f"{path}.py", label=words)
    work = _read(visit)
    _answered(work)
    part = st.segmented_control(
        "Show", list(Part), default=Part.TIME, required=True, key="in_hand_part"
    )
    match Part(part or Part.TIME):
        case Part.TIME:
            _time(visit, work)
        case Part.UNALLOCATED:
            unallocated.show(visit, work)
        case Part.QUIET:
            _quiet(visit, work)
        case Part.CASELOADS:
            caseloads.show(visit)
        case Part.DOMESTIC_ABUSE:
            domestic_abuse.show(visit)
        case Part.NIGHT:
            handed_over.show(visit)


def _answered(work: InHand) -> None:
    """Children of whom an agency has answered and nobody has read it."""
    new = [row for row in work.rows if row.new_replies]
    if new:
        links = ", ".join(f"<bdi>{_link(row)}</bdi>" for row in new)
        st.html(f"<p><strong>New answers of agencies, not read yet:</strong> {links}</p>")


def _read(visit: Visit) -> InHand:
    with visit.look() as session:
        return in_hand(session, by=visit.by, at=visit.at)


# ---------------------------------------------------------------- time and age


def _time(visit: Visit, work: InHand) -> None:
    with visit.look() as session:
        ahead = shift_forecast(session, work, by=visit.by)
    rows = {row.id: row for row in work.rows}
    closes = wording.near_words(ahead.closes_at, at=visit.at)
    st.header(f"Will run out of time: {len(ahead.will_breach)}", anchor=False)
    st.html(
        f"<p>Children who will be past their time before the shift ends, {closes}, or in the night "
        f"after it, at the present pace. {escape(ahead.assumption)}</p>"
    )
    if ahead.past:
        late = wording.count_words(len(ahead.past), "child is", "children are")
        past = sorted((rows[child] for child in ahead.past), key=lambda row: not is_urgent(row))
        who = ", ".join(f"<bdi>{_link(row)}</bdi>" for row in past[:MOST_SHOWN])
        st.html(f'<p class="mash-late"><strong>{late} past time already:</strong> {who}</p>')
    if ahead.will_breach:
        lines = [
            f"<li>{_link(rows[child])}, {_left(rows[child], visit)}; "
            f"{'turn at about ' + wording.near_words(turn, at=visit.at) if turn else 'no turn'}"
            f"; {escape(rows[child].worker or 'nobody has this child')}</li>"
            for child, turn in ahead.will_breach[:MOST_SHOWN]
        ]
        st.html(f'<ol class="mash-list">{"".join(lines[:SHOWN_FIRST])}</ol>')
        if later := lines[SHOWN_FIRST:]:
            st.html(
                f"<details><summary>{len(later)} more</summary>"
                f'<ol class="mash-list" start="{SHOWN_FIRST + 1}">{"".join(later)}</ol></details>'
            )
        _left_out(len(ahead.will_breach))
    else:
        st.html('<p class="mash-empty">Nobody, if all goes on as it does now.</p>')
    st.html(ages_html(work))
    if work.too_old:
        _too_old(work)


def _left_out(count: int) -> None:
    """A list that stops says how many there are, and where they all stand."""
    if count > MOST_SHOWN:
        st.html(
            f"<p>The first {MOST_SHOWN} of {count} shown. "
            '<a href="/board" target="_self">All are on the board</a>.</p>'
        )


def _left(row: BoardRow, visit: Visit) -> str:
    return wording.time_left_words(row.next_due_at or visit.at, at=visit.at)


def _link(row: BoardRow) -> Html:
    rating = components.rating_html(row.rag) if is_urgent(row) else ""
    link = components.child_link_html("child", row.id, row.name)
    return Html(f'{rating} {link} <span class="mash-note">{show_reference(row.reference)}</span>')


def _too_old(work: InHand) -> None:
    oldest = work.too_old[0]
    limit = settings().oldest_undecided_hours
    age = wording.duration_words(work.at - oldest.received_at)
    count = wording.count_words(len(work.too_old), "child has", "children have")
    st.html(
        f'<p class="mash-late" role="alert"><strong>{count} been undecided for more than {limit} '
        f"hours.</strong> The oldest is {_link(oldest)}, for {age}.</p>"
    )


def ages_html(work: InHand) -> Html:
    """Undecided children by age and stage, as bars with their numbers in them."""
    return bands_html(
        "Undecided children by age",
        (name for name, _until in AGE_BANDS),
        ((age_band(row, work.at), row) for row in work.rows),
    )


# ---------------------------------------------------------------- no activity


def _quiet(visit: Visit, work: InHand) -> None:
    with visit.look() as session:
        quiet = quiet_children(session, work, by=visit.by)
    days = wording.count_words(settings().no_activity_days, "day", "days")
    st.header(f"Nothing recorded for {days}: {len(quiet)}", anchor=False)
    if not quiet:
        st.html('<p class="mash-empty">Something was recorded of every child since.</p>')
    for each in quiet[:MOST_SHOWN]:
        _one_quiet(visit, each)
    _left_out(len(quiet))


def _one_quiet(visit: Visit, each: Quiet) -> None:
    since = wording.near_words(each.since, at=visit.at)
    worker = escape(each.row.worker or "nobody yet")
    words = f"{_link(each.row)}, {worker}: nothing since {since}."
    asked = each.prompt
    if asked is not None and asked.reply is None:
        when = wording.near_words(asked.asked_at, at=visit.at)
        words += (
            f'<br><span class="mash-note">{escape(asked.asked_by_name)} asked why, {when}.</span>'
        )
        st.html(words)
        if visit.by.user_id == asked.worker_id or visit.by.can(Permission.ALLOCATE):
            _answer(visit, each, asked.id)
        return
    st.html(words)
    may = each.row.worker_id is not None and visit.by.can(Permission.ALLOCATE)
    if may and st.button(f"Ask {as_typed(each.row.worker or '')} why", key=f"ask {each.row.id}"):
        with visit.work() as session:
            ask_why_quiet(session, each.row.id, by=visit.by, at=visit.at)
        visit.leave("The worker is asked, and finds it here.", to="in_hand")


def _answer(visit: Visit, each: Quiet, prompt_id: UUID) -> None:
    words = st.text_input(
        f"What happens with {as_typed(each.row.name)}?", key=f"answer {prompt_id}"
    )
    if st.button("Record this", key=f"record {prompt_id}"):
        with visit.work() as session:
            answer_prompt(session, prompt_id, words, by=visit.by, at=visit.at)
        visit.leave("Recorded.", to="in_hand")
