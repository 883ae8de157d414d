"""The queue of whoever co-ordinates what is done about domestic abuse, as drawn."""

import streamlit as st

from mash_triage.contacts.reference import show_reference
from mash_triage.web import components, wording
from mash_triage.web.child.tables import table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.worklists.domestic_abuse import AbuseRow, domestic_abuse_queue

MOST_SHOWN = 200


def show(visit: Visit) -> None:
    """Who is in the queue, why, with whom, and how it stands before the MARAC."""
    with visit.look() as session:
        queue = domestic_abuse_queue(session, by=visit.by, at=visit.at)
    st.header(f"Domestic abuse: {len(queue)}", anchor=False)
    if not queue:
        st.html(
            '<p class="mash-empty">No child is here. One comes when domestic abuse is a worry of '
            "its contact, is accepted in screening, or when a case before the MARAC is open.</p>"
        )
        return
    st.html(
        table(
            "Undecided children, and those with an open case before the MARAC; the urgent first",
            ("Child", "Why", "Stage and worker", "MARAC"),
            ((_child(each), _why(each), _stage(each), _marac(visit, each))
             for each in queue[:MOST_SHOWN]),
        )
    )  # fmt: skip


def _child(each: AbuseRow) -> Html:
    link = components.child_link_html("child", each.row.id, each.row.name)
    return Html(
        f"{components.rating_html(each.row.rag)} {link}<br>"
        f'<span class="mash-note">{show_reference(each.row.reference)}</span>'
    )


def _why(each: AbuseRow) -> str:
    said = []
    if each.is_named:
        said.append("Main worry" if each.is_main else "Named beside another worry")
    return "; ".join([*said, *each.indicators]) or "Case before the MARAC"


def _stage(each: AbuseRow) -> str:
    return f"{wording.stage_words(each.row.status)}, {each.row.worker or 'nobody yet'}"


def _marac(visit: Visit, each: AbuseRow) -> Html:
    if not each.has_marac:
        return components.child_link_html("handed_on", each.row.id, "None open")
    due = each.marac_due_at
    words = f"Open, due {wording.near_words(due, at=visit.at)}" if due else "Open, no day set"
    return components.child_link_html("handed_on", each.row.id, words)
