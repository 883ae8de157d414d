"""Links that were undone: what a manager reviews, and what whoever saw a record is told."""

from datetime import timedelta
from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.reference import show_reference
from mash_triage.matching.actions import settle_rested
from mash_triage.matching.link_reviews import (
    RestedPicture,
    ReviewPicture,
    SeenThroughLink,
    open_link_reviews,
    seen_through_undone_links,
)
from mash_triage.web import components, wording
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.web.wording import count_words

FORMS_AT_ONCE = 8
TOLD, ASK_EVERY = "_told_of_undone_links", timedelta(minutes=15)


def show(visit: Visit) -> None:
    """What rested on undone links, each with a line to say what was found; only while there is
    any.
    """
    with visit.look() as session:
        reviews = open_link_reviews(session, by=visit.by)
    left = sum(len(review.still_open) for review in reviews)
    if not left:
        return
    st.header(f"Rested on a wrong link: {count_words(left, 'thing', 'things')} to review")
    st.write("Say of each what you found, and what follows from it. Nothing was removed.")
    forms = FORMS_AT_ONCE if visit.by.can(Permission.DECIDE_CONTACT) else 0
    for review in reviews:
        _head(visit, review)
        for each in review.still_open:
            _rested(visit, each)
            if forms:
                _form(visit, each)
                forms -= 1


def _head(visit: Visit, review: ReviewPicture) -> None:
    link = components.child_link_html("child", review.contact_child_id, "The child")
    st.html(
        f"<p>{link} was linked to another child's record. Undone by {escape(review.by_name)}, "
        f"{wording.near_words(review.at, at=visit.at)}: {escape(review.because)}</p>"
    )


def _rested(visit: Visit, each: RestedPicture) -> None:
    link = components.child_link_html("child", each.contact_child_id, each.child_name)
    st.html(
        f'<p class="mash-review"><strong>{escape(each.heading)}</strong> {link}, '
        f"{show_reference(each.reference)}: {escape(each.words)} "
        f'<span class="mash-note">{wording.near_words(each.at, at=visit.at)}</span></p>'
    )


def _form(visit: Visit, each: RestedPicture) -> None:
    with (
        st.form(f"rested {each.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        words = st.text_input(
            f"{each.heading}, {each.reference}: what you found",
            key=f"rested_words {each.id}",
            label_visibility="collapsed",
        )
        reviewed = st.form_submit_button("Reviewed")
    if reviewed:
        with visit.work() as session:
            settle_rested(session, each.id, words, by=visit.by, at=visit.at)
        visit.leave("The review is recorded.", to="decisions")


def told_to(visit: Visit) -> None:
    """To whoever opened a contact through a link that was undone since: it was another child."""
    if told := _told(visit):
        st.header("You saw another child's record", anchor=False)
        st.html(told)


def _told(visit: Visit) -> str:
    """The words, asked of the database every quarter of an hour: the board is drawn very often."""
    asked_at, words = st.session_state.get(TOLD, (None, ""))
    if asked_at is None or visit.at - asked_at >= ASK_EVERY:
        with visit.look() as session:
            words = _in_words(visit, seen_through_undone_links(session, by=visit.by, at=visit.at))
        st.session_state[TOLD] = (visit.at, words)
    return str(words)


def _link(each: SeenThroughLink) -> Html:
    words = show_reference(each.reference)
    return components.child_link_html("child", each.contact_child_id, words)


def _in_words(visit: Visit, seen: list[SeenThroughLink]) -> str:
    if not seen:
        return ""
    lines = "".join(
        f"<li>{_link(each)}, opened {wording.near_words(each.seen_at, at=visit.at)}, "
        f"undone {wording.near_words(each.undone_at, at=visit.at)}</li>"
        for each in seen
    )
    return (
        "<p>These contacts were shown to you with what is on record of another child. That link "
        f"was undone: do not rely on what you read there.</p><ul>{lines}</ul>"
    )
