"""Requests as listed: to an agency its own, the only one that waits opened straight away; to the
front door what waits, and gauges.
"""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.reference import show_reference
from mash_triage.enquiries.gauges import LAST_DAYS, Gauge, gauges
from mash_triage.enquiries.pictures import RequestPicture
from mash_triage.enquiries.queries import (
    MOST_SHOWN,
    request_inside,
    requests_to_my_agency,
    requests_under_way,
)
from mash_triage.enquiries.stages import State
from mash_triage.errors import NotFound
from mash_triage.web import wording
from mash_triage.web.child.tables import say_where_it_stops, table
from mash_triage.web.components import child_link_html, rating_html
from mash_triage.web.enquiries import answering
from mash_triage.web.enquiries.shown import agency_words, flags_html, head_html, standing_words
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

OPEN = "open"
ALL = answering.ALL


def show(visit: Visit) -> None:
    """One request where the address names it, else the list."""
    wanted = st.query_params.get(OPEN, "")
    mine = visit.by.can(Permission.ANSWER_REQUESTS)
    if wanted:
        request_id = _id_of(visit, wanted)
        answering.show(visit, request_id) if mine else _inside(visit, request_id)
    elif mine:
        _to_my_agency(visit)
    else:
        _under_way(visit)


def _id_of(visit: Visit, wanted: str) -> UUID:
    try:
        return UUID(wanted)
    except ValueError:
        visit.refuse(NotFound())


# ---------------------------------------------------------------- the agency


def _to_my_agency(visit: Visit) -> None:
    with visit.look() as session:
        rows = requests_to_my_agency(session, by=visit.by, at=visit.at)
    waiting = [each for each in rows if each.state is State.OPEN]
    if len(waiting) == 1 and ALL not in st.query_params:
        # the address names it from now on: another that comes takes nobody's answer away
        st.query_params[OPEN] = str(waiting[0].id)
        st.html("<p>This is the only request that waits for your agency.</p>")
        answering.show(visit, waiting[0].id)
        return
    say_where_it_stops(len(rows), MOST_SHOWN)
    st.header(f"Waiting for your agency: {len(waiting)}", anchor=False)
    if waiting:
        st.html(_own_table(visit, "The one due first on top", waiting))
    else:
        st.html('<p class="mash-empty">The front door waits for nothing from your agency.</p>')
    over = [each for each in rows if each.state is not State.OPEN]
    if over:
        with st.expander(f"Answered or closed: {len(over)}"):
            st.html(_own_table(visit, "Answered or closed", over))


def _own_table(visit: Visit, caption: str, rows: list[RequestPicture]) -> Html:
    return table(
        caption,
        ("Request", "How soon", "Now"),
        (
            (
                Html(
                    f'<a class="mash-open" target="_self" href="/requests?open={each.id}">'
                    f"{show_reference(each.reference)}</a>"
                ),
                rating_html(each.rag),
                Html(f"{escape(standing_words(each, at=visit.at))}{flags_html(each)}"),
            )
            for each in rows
        ),
    )


# ---------------------------------------------------------------- the front door


def _inside(visit: Visit, request_id: UUID) -> None:
    with visit.look() as session:
        each = request_inside(session, request_id, by=visit.by, at=visit.at)
    st.html('<p><a href="/requests" target="_self">All requests</a></p>')
    st.header(f"Request {show_reference(each.reference)}", anchor=False)
    st.html(head_html(each, at=visit.at))
    link = child_link_html("child", each.contact_child_id, each.child_name)
    st.html(f"<p>The request and its answer are on the page of {link}.</p>")


def _under_way(visit: Visit) -> None:
    with visit.look() as session:
        rows = requests_under_way(session, by=visit.by, at=visit.at)
        found = gauges(session, by=visit.by, at=visit.at)
    needs = [each for each in rows if each.state is State.NEEDS_WORD]
    waiting = [each for each in rows if each.state is State.OPEN]
    say_where_it_stops(len(rows), MOST_SHOWN)
    if needs:
        st.header(f"Waiting for a manager's word: {len(needs)}", anchor=False)
        st.html(_table(visit, "Not sent before a manager gives her word", needs))
    late = sum(each.is_late for each in waiting)
    st.header(f"Waiting for an agency: {len(waiting)}", anchor=False)
    if late:
        st.html(f"<p><strong>{wording.count_words(late, 'is', 'are')} past the time.</strong></p>")
    if waiting:
        st.html(_table(visit, "The one due first on top", waiting))
    else:
        st.html(
            '<p class="mash-empty">No agency is waited for. Agencies are asked on a child\'s '
            "page.</p>"
        )
    st.header(f"How agencies answer, last {LAST_DAYS.days} days", anchor=False)
    if found:
        st.html(_gauges_html(found))
    else:
        st.html('<p class="mash-empty">No agency was asked in these days.</p>')


def _table(visit: Visit, caption: str, rows: list[RequestPicture]) -> Html:
    return table(
        caption,
        ("Child", "Agency", "Rating", "Now", "Asked by"),
        (
            (
                Html(
                    f"{child_link_html('child', each.contact_child_id, each.child_name)}<br>"
                    f'<span class="mash-note">{show_reference(each.reference)}</span>'
                ),
                agency_words(each.agency, each.presence),
                rating_html(each.rag),
                Html(f"{escape(standing_words(each, at=visit.at))}{flags_html(each)}"),
                each.asked_by,
            )
            for each in rows
        ),
    )


def _gauges_html(found: list[Gauge]) -> Html:
    return table(
        "Answered by the time asked for, of those that were due",
        ("Agency", "In time", "Late", "No answer, past its time", "Still in its time"),
        (
            (each.agency, _bar(each), str(each.late), str(each.overdue), str(each.waiting))
            for each in found
        ),
    )


def _bar(each: Gauge) -> Html:
    """The share in words, with a bar that says the same."""
    if not each.due:
        return Html("None due yet")
    percent = round(100 * each.in_time / each.due)
    return Html(
        f"{wording.percent_words(each.in_time, each.due)}"
        f'<span class="mash-gauge" aria-hidden="true"><span style="width:{percent}%"></span></span>'
    )
