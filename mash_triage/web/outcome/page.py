"""The disagreements as drawn: the list, and one of them with its log and the next step."""

from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.reference import show_reference
from mash_triage.disagreements.queries import (
    MOST_SHOWN,
    DisagreementPicture,
    disagreement,
    disagreements,
    later_decisions,
    steps_of,
)
from mash_triage.disagreements.stages import (
    LAST,
    SAFETY_GOES_ON,
    SUBJECT_WORDS,
    Resolution,
    stage_of,
)
from mash_triage.errors import NotFound
from mash_triage.web import components, kept, wording
from mash_triage.web.child.tables import say_where_it_stops, table
from mash_triage.web.outcome import stepping
from mash_triage.web.outcome.standing import flags_html, log, turn_words
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html

HEADS = ("Child", "Agency", "Stage", "Now", "Raised")


def show(visit: Visit) -> None:
    """One disagreement where the address names it, else the list."""
    wanted = st.query_params.get("open", "")
    if wanted:
        _one(visit, _id_of(visit, wanted))
    else:
        _list(visit)


def _id_of(visit: Visit, wanted: str) -> UUID:
    try:
        return UUID(wanted)
    except ValueError:
        visit.refuse(NotFound())


def _list(visit: Visit) -> None:
    with visit.look() as session:
        rows = disagreements(session, only_open=False, by=visit.by, at=visit.at)
    still = [each for each in rows if each.is_open]
    late = sum(each.is_overdue for each in still)
    st.header(f"Open: {len(still)}", anchor=False)
    say_where_it_stops(len(rows), MOST_SHOWN)
    if late:
        count = wording.count_words(late, "is", "are")
        st.html(f"<p><strong>{count} past the time.</strong> None lapses by itself.</p>")
    if still:
        st.html(_table(visit, "Open disagreements, the one due first on top", still))
    else:
        st.html('<p class="mash-empty">No disagreement is open.</p>')
    ended = [each for each in rows if not each.is_open]
    if ended:
        changed = sum(each.resolution is Resolution.CHANGED for each in ended)
        with st.expander(f"Resolved: {len(ended)}, decided afresh: {changed}"):
            st.html(_table(visit, "Resolved disagreements", ended))


def _table(visit: Visit, caption: str, rows: list[DisagreementPicture]) -> Html:
    return table(caption, HEADS, (row(visit, each) for each in rows))


def row(visit: Visit, each: DisagreementPicture) -> tuple[str | Html, ...]:
    """One disagreement in a table: whose decision, from whom, at which stage, and who is next."""
    return (
        Html(
            f'<a class="mash-open" target="_self" href="/disagreements?open={each.id}">'
            f"{escape(each.child_name)}</a><br>"
            f'<span class="mash-note">{show_reference(each.reference)}</span>'
        ),
        each.agency,
        f"{each.stage}: {stage_of(each.stage).words}",
        Html(f"{escape(turn_words(each, at=visit.at))}{flags_html(each)}"),
        f"{each.raised_by}, {wording.near_words(each.raised_at, at=visit.at)}",
    )


def _one(visit: Visit, disagreement_id: UUID) -> None:
    inside = visit.by.can(Permission.SEE_FRONT_DOOR)
    with visit.look() as session:
        seen = disagreement(session, disagreement_id, by=visit.by, at=visit.at)
        steps = steps_of(session, disagreement_id, by=visit.by)
        later = later_decisions(session, disagreement_id, by=visit.by) if inside else []
    visit.note_viewed(seen.id)
    kept.begin(visit, seen.id)
    st.html('<p><a href="/disagreements" target="_self">All disagreements</a></p>')
    st.header(f"Stage {seen.stage} of {LAST}: {stage_of(seen.stage).words}", anchor=False)
    st.html(f"<p><strong>{escape(turn_words(seen, at=visit.at))}</strong>{flags_html(seen)}</p>")
    if seen.is_open:
        st.html(f'<p class="mash-note">{SAFETY_GOES_ON}</p>')
    raised = wording.near_words(seen.raised_at, at=visit.at)
    components.summary(
        [
            ("Child", _child(seen, inside=inside)),
            ("Disagrees with", SUBJECT_WORDS[seen.subject]),
            ("Raised by", f"{seen.raised_by}, {seen.agency}, {raised}"),
            ("Wanted", components.words_html(seen.wanted)),
        ]
    )
    st.header("What happened", anchor=False)
    log(steps)
    if seen.resolution is not None:
        _ended(seen)
    elif inside:
        stepping.front_door(visit, seen, later)
    else:
        stepping.agency(visit, seen)


def _child(seen: DisagreementPicture, *, inside: bool) -> Html:
    if inside:
        link = components.child_link_html("child", seen.contact_child_id, seen.child_name)
    else:
        link = Html(
            f'<a href="/receipt?contact={seen.reference}" target="_self">'
            f"{escape(seen.child_name)}</a>"
        )
    return Html(f"{link}, contact {show_reference(seen.reference)}")


def _ended(seen: DisagreementPicture) -> None:
    changed = seen.resolution is Resolution.CHANGED
    pairs: list[tuple[str, str | Html]] = [
        ("Resolved by", seen.resolved_for),
        ("Did the decision change?", "Yes, a manager decided afresh" if changed else "No"),
    ]
    if seen.learning:
        pairs.append(("Learned", components.words_html(seen.learning)))
    components.summary(pairs)
