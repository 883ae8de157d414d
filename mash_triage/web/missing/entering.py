"""A missing episode is recorded for a child on a contact, with the notice before one's eyes."""

from html import escape
from typing import Any
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.pictures import ChildPicture, picture_of_child
from mash_triage.contacts.reference import show_reference
from mash_triage.errors import NotFound, NotReady
from mash_triage.missing.actions import record_missing, settle_report
from mash_triage.missing.codes import ANSWERS, RETURNED_HOW
from mash_triage.missing.queries import EpisodeRow, episodes_elsewhere, episodes_on
from mash_triage.missing.reported import CONCERN, SettledReport, settled_report
from mash_triage.missing.rules import NoticeFacts, ReturnFacts
from mash_triage.web import components, kept, wording
from mash_triage.web.child.reported import notice_html
from mash_triage.web.kept import Kept
from mash_triage.web.missing import when
from mash_triage.web.missing.listing import episodes_table, missing_words
from mash_triage.web.page import Visit

NOT_A_NOTICE = "not_a_notice"


def show(visit: Visit, wanted: str) -> None:
    """The child's episodes so far, and the form for one more."""
    try:
        child_id = UUID(wanted)
    except ValueError:
        visit.refuse(NotFound())
    with visit.look() as session:
        child = picture_of_child(session, child_id, by=visit.by)
        episodes = episodes_on(session, child_id, by=visit.by)
        settled = settled_report(session, child_id, by=visit.by)
        elsewhere = episodes_elsewhere(session, child_id, by=visit.by)
    visit.note_viewed(child.id)
    kept.begin(visit, child.id)
    st.html('<p><a href="/missing" target="_self">All missing children</a></p>')
    link = components.child_link_html("child", child.id, "The contact about this child")
    st.html(f'<h2 class="mash-child">{escape(child.name)}</h2><p>{link}</p>')
    _episodes(visit, episodes)
    if settled is not None:
        _settled(visit, settled)
    if visit.by.can(Permission.RECORD_MISSING):
        _notice(child)
        _form(visit, child)
    counting = any(each.taken_back_at is None for each in episodes)
    open_report = child.main_concern == CONCERN and not counting and settled is None
    if open_report and visit.by.can(Permission.DECIDE_CONTACT):
        with st.expander("No episode is to be recorded of this contact", key="settle"):
            _settle(visit, child, elsewhere)


def _episodes(visit: Visit, episodes: list[EpisodeRow]) -> None:
    if episodes:
        st.html(episodes_table("Episodes of this contact, the newest first", episodes, at=visit.at))
    else:
        st.html("<p>No missing episode is recorded on this contact.</p>")


def _notice(child: ChildPicture) -> None:
    """The police notice of the contact, as it came, beside the form."""
    said = child.submission.get("notice")
    if said and not child.withheld:
        with st.expander("The police notice", expanded=True, key="notice"):
            st.html(notice_html(said))


def _reference(child: ChildPicture) -> str:
    """The incident of the police notice, which the episode is of."""
    said: dict[str, Any] = child.submission.get("notice") or {}
    return "" if child.withheld else str(said.get("incident") or "")


def choice(mine: Kept, name: str, label: str, codes: dict[str, str], **more: Any) -> str:
    """One coded answer; empty when nothing was chosen."""
    chosen = st.radio(
        label,
        list(codes),
        index=mine.index(name, list(codes)),
        format_func=codes.__getitem__,
        key=mine.key(name),
        **more,
    )
    return chosen or ""


def returned(mine: Kept) -> tuple[when.Typed, str, str]:
    """The three questions about a return."""
    back = when.ask(mine, "returned", "Found or back")
    how = choice(mine, "how", "How", RETURNED_HOW)
    words = st.text_area(
        "In words (optional)", value=mine.text("back words"), key=mine.key("back words"), height=80
    )
    return back, how, words


def _settled(visit: Visit, settled: SettledReport) -> None:
    """A manager's word, above a form that is still there."""
    st.html(
        f"<strong>{escape(settled.by_name)}</strong>, "
        f"{wording.near_words(settled.at, at=visit.at)}{components.words_html(settled.words)}"
    )


def _settle(visit: Visit, child: ChildPicture, elsewhere: list[EpisodeRow]) -> None:
    """A manager takes a report off the list: why, and perhaps of which episode it tells."""
    mine = Kept("missing report", child.id)
    choices = {NOT_A_NOTICE: "It is not a missing notice"} | {
        str(each.id): "It tells of the same episode as contact "
        f"{show_reference(each.reference)}: {missing_words(each, at=visit.at)}"
        for each in elsewhere
    }
    chosen = choice(mine, "which", "Why", choices)
    words = st.text_area(
        "Your reason", value=mine.text("reason"), key=mine.key("reason"), height=80
    )
    if not st.button("Take it off the list", key="settle_report"):
        return
    if not chosen:
        visit.refuse(NotReady("Say why no episode is to be recorded."))
    same_as = None if chosen == NOT_A_NOTICE else UUID(chosen)
    with visit.work() as session:
        settle_report(session, child.id, words, same_as=same_as, by=visit.by, at=visit.at)
        mine.drop(session, by=visit.by)
    mine.forget()
    visit.leave("Off the list of those reported missing. Your reason is kept.", to="missing")


def _form(visit: Visit, child: ChildPicture) -> None:
    st.header("Record a missing episode", anchor=False)
    mine = Kept("missing", child.id)
    since = when.ask(mine, "since", "Missing since")
    last_seen = st.text_area(
        "Last seen: where, by whom, in what state",
        value=mine.text("last seen"),
        key=mine.key("last seen"),
        height=90,
    )
    reporter = st.text_input(
        "Reported missing by", value=mine.text("reporter"), key=mine.key("reporter")
    )
    reference = st.text_input(
        "Police reference (optional)",
        value=mine.text("reference") or _reference(child),
        key=mine.key("reference"),
    )
    looked_after = choice(
        mine, "looked after", "Looked after by a council?", ANSWERS, horizontal=True
    )
    noticed = when.ask(
        mine,
        "noticed",
        "When we were told, if not with the contact",
        help="A manager reads it within one working day of this.",
    )
    back = choice(
        mine, "is back", "Is the child back?", {"no": "No, missing now", "yes": "Yes"},
        horizontal=True,
    )  # fmt: skip
    told = returned(mine) if back == "yes" else None
    if not st.button("Record the episode", type="primary", key="record_missing"):
        return
    if not back:
        visit.refuse(NotReady("Say whether the child is back."))
    facts = NoticeFacts(
        missing_since=when.read(visit, since),
        last_seen=last_seen,
        reporter=reporter,
        noticed_at=when.read(visit, noticed),
        reference=reference,
        looked_after=looked_after,
        returned=ReturnFacts(when.read(visit, told[0]), told[1], told[2]) if told else None,
    )
    with visit.work() as session:
        row = record_missing(session, child.id, facts, by=visit.by, at=visit.at)
        mine.drop(session, by=visit.by)
        episode_id = row.id
    mine.forget()
    visit.leave(
        "Recorded. A manager is to read it, and the risk is to be assessed.",
        to="missing",
        episode=str(episode_id),
    )
