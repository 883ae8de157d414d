"""The page of strategy discussions: those needed and open, one of them, or a new one."""

from contextlib import suppress
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.contacts.pictures import picture_of_child
from mash_triage.contacts.reference import show_reference
from mash_triage.contacts.status import OVER
from mash_triage.errors import NotFound
from mash_triage.strategy.codes import SECTOR_WORDS, Sector
from mash_triage.strategy.lists import (
    MOST_SHOWN,
    attendance,
    attendance_by_month,
    discussions_on,
    open_discussions,
)
from mash_triage.strategy.needed import Needed, hold_by, strategy_needed
from mash_triage.strategy.pictures import (
    Attendance,
    DiscussionLine,
    DiscussionPicture,
    MonthOfDiscussions,
)
from mash_triage.strategy.queries import discussion
from mash_triage.strategy.quorum import quorum_words
from mash_triage.web import components, kept, wording
from mash_triage.web.child.tables import say_where_it_stops, table
from mash_triage.web.page import Undone, Visit
from mash_triage.web.plain import Html
from mash_triage.web.strategy import closing, convening, following, holding
from mash_triage.web.strategy.minutes import minutes_of

ATTENDANCE_DAYS = 90
SAID_ABOVE = ("About", "Quorum")  # of the minutes, what the page's own head says
ALL = '<p><a href="/strategy" target="_self">All strategy discussions</a></p>'


def show(visit: Visit) -> None:
    """What the address names: one discussion, one child, or neither."""
    if wanted := st.query_params.get("open", ""):
        _one(visit, _id_of(visit, wanted))
    elif wanted := st.query_params.get("child", ""):
        _of_child(visit, _id_of(visit, wanted))
    else:
        _list(visit)


def _id_of(visit: Visit, wanted: str) -> UUID:
    try:
        return UUID(wanted)
    except ValueError:
        visit.refuse(NotFound())


# ---------------------------------------------------------------- the list


def _list(visit: Visit) -> None:
    with visit.look() as session:
        needed = strategy_needed(session, by=visit.by)
        rows = open_discussions(session, by=visit.by, at=visit.at)
        came = attendance(session, days=ATTENDANCE_DAYS, by=visit.by, at=visit.at)
        months = attendance_by_month(session, by=visit.by, at=visit.at)
    st.header(f"Needed: {len(needed)}", anchor=False)
    say_where_it_stops(max(len(needed), len(rows)), MOST_SHOWN)
    if needed:
        st.html(_needed_table(visit, needed))
    else:
        st.html(
            '<p class="mash-empty">No strategy discussion is waited for. One appears here when a '
            "danger is ticked in screening, or when it is decided.</p>"
        )
    st.header(f"Open, or with tasks to do: {len(rows)}", anchor=False)
    if rows:
        st.html(lines_table(visit, "Strategy discussions, the newest first", rows))
    else:
        st.html('<p class="mash-empty">Every discussion is closed, and every task done.</p>')
    _attendance(came)
    _by_month(months)


def _attendance(rows: list[Attendance]) -> None:
    """Who comes, service by service."""
    if not rows:
        return
    st.header(f"Who came in the last {ATTENDANCE_DAYS} days", anchor=False)
    st.html(
        table(
            "Everybody who was asked to a discussion that was held",
            ("Service", "Attended", "Sent information instead"),
            (
                (
                    SECTOR_WORDS[each.sector],
                    wording.percent_words(each.attended, each.asked),
                    str(each.sent_information),
                )
                for each in rows
            ),
        )
    )


def _by_month(months: list[MonthOfDiscussions]) -> None:
    """How many were quorate, and to how many each service came, the newest month first."""
    held = [each for each in months if each.held]
    if not held:
        return
    asked = [each for each in Sector if any(month.of(each).asked for month in held)]
    st.header("Month by month", anchor=False)
    st.html(
        table(
            "Discussions held, those quorate, and to how many of those wanted each service came",
            ("Month", "Held", "Quorate", *(SECTOR_WORDS[each] for each in asked)),
            (
                (
                    f"{month.month:%B %Y}",
                    str(month.held),
                    wording.percent_words(month.quorate, month.held),
                    *(_came(month.of(each)) for each in asked),
                )
                for month in reversed(held)
            ),
        )
    )


def _came(each: Attendance) -> str:
    return wording.percent_words(each.attended, each.asked) if each.asked else "Not asked"


def _needed_table(visit: Visit, needed: list[Needed]) -> Html:
    return table(
        "Strategy discussions needed, the one due first on top",
        ("Child", "Hold by", "Next"),
        (
            (
                components.child_link_html("child", each.id, each.name),
                f"{wording.near_words(each.due_at, at=visit.at)}, "
                f"{wording.time_left_words(each.due_at, at=visit.at)}",
                _next(each),
            )
            for each in needed
        ),
    )


def _next(each: Needed) -> Html:
    if each.convened is not None:
        return Html(f'<a href="/strategy?open={each.convened}" target="_self">Go on with it</a>')
    return Html(f'<a href="/strategy?child={each.id}" target="_self">Convene it</a>')


def lines_table(visit: Visit, caption: str, rows: list[DiscussionLine]) -> Html:
    """Discussions as a table, each with a link that opens it."""
    return table(
        caption,
        ("About", "When", "Now", "Tasks"),
        (
            (
                Html(
                    f'<a class="mash-open" target="_self" href="/strategy?open={each.id}">'
                    f"{escape(each.names)}</a><br>"
                    f'<span class="mash-note">{show_reference(each.reference)}</span>'
                ),
                wording.near_words(each.started_at or each.planned_for, at=visit.at),
                _stands(each),
                _tasks_words(each),
            )
            for each in rows
        ),
    )


def _stands(each: DiscussionLine) -> str:
    if each.is_cancelled:
        return "Cancelled"
    if each.is_closed:
        return "Closed, quorate" if each.is_quorate else "Closed, not quorate"
    return "Held, outcome to record" if each.started_at else "Convened"


def _tasks_words(each: DiscussionLine) -> str:
    if not each.open_tasks:
        return "None open"
    late = f", {each.late_tasks} past the day" if each.late_tasks else ""
    return f"{each.open_tasks} open{late}"


# ---------------------------------------------------------------- of one child


def _of_child(visit: Visit, contact_child_id: UUID) -> None:
    with visit.look() as session:
        child = picture_of_child(session, contact_child_id, by=visit.by)
        rows = discussions_on(session, contact_child_id, by=visit.by, at=visit.at)
        due_at = hold_by(session, contact_child_id, by=visit.by)
    visit.note_viewed(child.id)
    kept.begin(visit, child.id)
    st.html(ALL)
    st.html(
        f'<h2 class="mash-child">{components.child_link_html("child", child.id, child.name)}</h2>'
    )
    if due_at is not None:
        st.html(f"<p><strong>{following.needed_words(visit, due_at)}</strong></p>")
    if rows:
        st.html(lines_table(visit, "Discussions about this child, the newest first", rows))
    if child.status in OVER:
        st.html("<p>This child is closed. A new worry comes as a new contact.</p>")
    elif all(each.is_closed for each in rows):
        convening.show(visit, child)
    if due_at is not None:
        following.not_needed(visit, child.id)


# ---------------------------------------------------------------- one discussion


def _one(visit: Visit, discussion_id: UUID) -> None:
    with visit.look() as session:
        seen = discussion(session, discussion_id, by=visit.by)
    visit.note_viewed(seen.id)
    kept.begin(visit, seen.id)
    st.html(ALL)
    _head(seen)
    for part in (holding.show, convening.invite, closing.show, closing.cancel, following.show):
        with suppress(Undone):  # a refusal ends only its own part, and nothing typed is lost
            part(visit.going_on(), seen)


def _head(seen: DiscussionPicture) -> None:
    names = ", ".join(
        components.child_link_html("child", child.id, child.name) for child in seen.children
    )
    st.html(
        f'<h2 class="mash-child">{names}</h2><p class="mash-about">Contact '
        f"{show_reference(seen.reference)}</p>"
    )
    if seen.cancelled is not None:
        near = wording.moment_words(seen.cancelled.at)
        st.html(
            f"<p><strong>Cancelled: {escape(seen.cancelled.because)}</strong><br>"
            f'<span class="mash-note">{escape(seen.cancelled.by_name)}, {near}</span></p>'
        )
    if seen.started_at is not None:
        mark = "" if not seen.missing else ' class="mash-caution"'
        st.html(f"<p{mark}><strong>{quorum_words(seen.missing)}</strong></p>")
    for part in minutes_of(seen):
        if part.title in ("Agreed tasks", "Dissent"):
            continue  # they stand below, with what can be done
        pairs = (pair for pair in part.pairs if pair[0] not in SAID_ABOVE)
        st.html(f"<h3>{escape(part.title)}</h3>{components.summary_html(pairs)}")
    if seen.outcome is not None:
        st.html(
            f'<p><a class="mash-button" target="_blank" href="/minutes.pdf?discussion={seen.id}">'
            "Minutes as a PDF</a></p>"
        )
