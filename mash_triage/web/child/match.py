"""Who is this child? The answer and its undoing, or the records it may be; all answers before."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import UNDECIDED
from mash_triage.matching import actions
from mash_triage.matching.answers import AnswerPicture
from mash_triage.matching.link_reviews import ReviewPicture
from mash_triage.web import components, wording
from mash_triage.web.child import later, offer, recalling
from mash_triage.web.child.parts import beside, done_in, heading, to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

ANSWER_WORDS = {
    "same": "This child",
    "different": "Not this child",
    "unsure": "Not sure",
    "new": "New child",
}


def show(visit: Visit, whole: WholeChild) -> None:
    """The answer so far, or what the register offers."""
    heading("match")
    later.changed_after_match(whole)
    reviews = recalling.reviews_of(visit, whole)
    recalling.show_reviews(visit, whole, reviews)
    if whole.link:
        _linked(visit, whole, whole.link)
    elif not _can_be_said(whole, reviews) or not visit.by.can(Permission.SCREEN_CONTACT):
        st.html("<p>Nobody has said who this child is.</p>")
    else:
        offer.show(visit, whole)
    _answers_before(whole)


def _can_be_said(whole: WholeChild, reviews: list[ReviewPicture]) -> bool:
    """Before the decision; and after it, while a link that was called back is reviewed."""
    return whole.child.status in UNDECIDED or recalling.is_called_back(whole, reviews)


# ---------------------------------------------------------------- linked


def _linked(visit: Visit, whole: WholeChild, link: AnswerPicture) -> None:
    said = "is a new child on the register" if link.answer == "new" else "is this child"
    with beside("link"):
        st.html(
            f"<p><strong>{escape(whole.child.name)} {said}: {escape(link.person_name)}.</strong>"
            f'<br><span class="mash-note">Said by {escape(link.by_name)}, '
            f"{wording.near_words(link.at, at=visit.at)}</span></p>"
        )
        _undo(visit, whole)


def _undo(visit: Visit, whole: WholeChild) -> None:
    """Before the decision by whoever screens; after it the link is called back."""
    if whole.child.status not in UNDECIDED:
        recalling.show(visit, whole)
        return
    if not visit.by.can(Permission.SCREEN_CONTACT):
        return
    kept = Kept("undo link", whole.id)
    with (
        st.expander("Undo this link", key="undo"),
        st.form("undo_link", border=False, enter_to_submit=False),
    ):
        because = st.text_input(
            "Why is it undone?", value=kept.text("because"), key=kept.key("because")
        )
        undone = st.form_submit_button("Undo the link")
    if undone:
        with visit.work() as session:
            actions.undo_match(session, whole.id, because=because, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("match", "The link is undone. Say again who this child is.")


def _answers_before(whole: WholeChild) -> None:
    """Every answer given, with who and when, also those that were undone."""
    lines = [
        components.HistoryLine(
            f"{ANSWER_WORDS[each.answer]}: {each.person_name}", each.by_name, each.at, each.reason
        )
        for each in whole.answers
        if each is not whole.link
    ]
    lines += [
        components.HistoryLine(
            f"Undone: {ANSWER_WORDS[each.answer]}, {each.person_name}",
            each.undone_by_name or "",
            each.undone_at,
            each.undone_because or "",
        )
        for each in whole.answers
        if each.undone_at is not None
    ]
    if lines:
        with to_read(f"Answers given before ({len(lines)})", "answers"):
            components.history(lines)
