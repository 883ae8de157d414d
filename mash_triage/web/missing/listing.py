"""The list: who was reported missing and is not recorded, and what is due of each episode."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.reference import show_reference
from mash_triage.missing.codes import RISK
from mash_triage.missing.follow_up import OpenAction, open_actions
from mash_triage.missing.local import missing_rules
from mash_triage.missing.queries import MOST_SHOWN, EpisodeRow, open_episodes
from mash_triage.missing.reported import NotRecorded, reported_missing
from mash_triage.web import components, wording
from mash_triage.web.child.tables import say_where_it_stops, table
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.worklists.ages import age_in_words

HEADS = ("Child", "Missing", "Read by a manager", "Risk", "Interview", "Time left")
RECORDED_IN_ERROR = "Recorded in error"


def show(visit: Visit) -> None:
    """First what nobody has recorded, then what is to be done, least time left first."""
    with visit.look() as session:
        reported = reported_missing(session, by=visit.by)
        rows = open_episodes(session, by=visit.by)
        actions = open_actions(session, by=visit.by, at=visit.at)
    if reported.shown:
        st.header(f"Reported missing, not recorded yet: {reported.total}", anchor=False)
        if reported.total > len(reported.shown):
            st.html(
                f"<p>The first {len(reported.shown)} of {reported.total} shown. Each that is "
                "recorded makes room for the next.</p>"
            )
        st.html(_reported(visit, reported.shown))
    st.header(f"To see to: {len(rows)}", anchor=False)
    say_where_it_stops(len(rows), MOST_SHOWN)
    if rows:
        st.html(episodes_table("Who is missing now, then least time left first", rows, at=visit.at))
    else:
        st.html(
            '<p class="mash-empty">Nothing is due. To record a missing child, open the child on '
            "the board and choose Missing episodes.</p>"
        )
    if actions:
        st.header(f"To be done after an episode: {len(actions)}", anchor=False)
        say_where_it_stops(len(actions), MOST_SHOWN)
        st.html(_actions(actions))


def _reported(visit: Visit, rows: Sequence[NotRecorded]) -> Html:
    may = visit.by.can(Permission.RECORD_MISSING)
    return table(
        "Contacts about a child who is or was missing: the undecided first, the longest waiting "
        "first",
        ("Child", "From", "Received", "Decided", "Record it"),
        (
            (
                child_html(each.child_name, each.reference),
                each.agency,
                wording.near_words(each.received_at, at=visit.at),
                wording.near_words(each.decided_at, at=visit.at) if each.decided_at else "Not yet",
                Html(
                    f'<a href="/missing?child={each.contact_child_id}" target="_self">'
                    f"Record the episode of {escape(each.child_name)}</a>"
                )
                if may
                else "",
            )
            for each in rows
        ),
    )


def _actions(rows: Sequence[OpenAction]) -> Html:
    return table(
        "Not done yet, the one due first on top",
        ("Child", "What", "Who", "By"),
        (
            (
                Html(
                    f'<a class="mash-open" target="_self" href="/missing?episode='
                    f'{each.episode_id}">{escape(each.child_name)}</a><br>'
                    f'<span class="mash-note">{show_reference(each.reference)}</span>'
                ),
                each.what,
                each.owner,
                Html(f"{wording.date_words(each.due_on)} {components.flag_html('Overdue')}")
                if each.is_overdue
                else wording.date_words(each.due_on),
            )
            for each in rows
        ),
    )


def episodes_table(caption: str, rows: list[EpisodeRow], *, at: datetime) -> Html:
    """Episodes, a row each, with what is done and what is due."""
    return table(caption, HEADS, (_row(each, at=at) for each in rows))


def _row(each: EpisodeRow, *, at: datetime) -> tuple[str | Html, ...]:
    age = wording.age_words(
        age_in_words(each.dob, each.age_years, unborn=False, on=each.noticed_at)
    )
    left = "Nothing due" if each.settled_at else "No time set"
    if each.next_due_at is not None:
        left = wording.time_left_words(each.next_due_at, at=at)
    if each.taken_back_at is not None:
        left = RECORDED_IN_ERROR
    yet = " yet" if each.taken_back_at is None else ""
    return (
        Html(
            f'<a class="mash-open" target="_self" href="/missing?episode={each.id}">'
            f"{escape(each.child_name)}</a>, {age}<br>"
            f'<span class="mash-note">{show_reference(each.reference)}</span>'
        ),
        _missing(each, at=at),
        wording.near_words(each.reviewed_at, at=at) if each.reviewed_at else f"Not{yet or ' read'}",
        RISK.get(each.risk or "", f"Not assessed{yet}"),
        _interview(each),
        Html(f"<strong>{escape(left)}</strong>"),
    )


def _missing(each: EpisodeRow, *, at: datetime) -> str | Html:
    if each.returned_at is not None or each.taken_back_at is not None:
        return missing_words(each, at=at)
    since = wording.near_words(each.missing_since, at=at)
    return Html(f"{components.flag_html('Missing now')} since {since}")


def missing_words(each: EpisodeRow, *, at: datetime) -> str:
    """Since when, and whether the child is back."""
    since = wording.near_words(each.missing_since, at=at)
    if each.taken_back_at is not None and each.returned_at is None:
        return f"As recorded: from {since}"
    if each.returned_at is None:
        return f"Missing now, since {since}"
    return f"From {since}, back {wording.near_words(each.returned_at, at=at)}"


def provider_words(code: str) -> str:
    """Who holds the interview; a code that the area no longer has is shown as it is."""
    return next((each.words for each in missing_rules().provider if each.code == code), code)


def _interview(each: EpisodeRow) -> str:
    who = provider_words(each.provider)
    return f"When back: {who}" if each.returned_at is None else who


def child_html(name: str, reference: str) -> Html:
    """A child's name and the contact's reference."""
    return Html(f"{escape(name)}<br><span class='mash-note'>{show_reference(reference)}</span>")
