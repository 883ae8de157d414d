"""A manager calls back the link of a decided child, seeing first what rests on it."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.matching import actions
from mash_triage.matching.link_reviews import ReviewPicture, link_reviews_of, rests_on_link_of
from mash_triage.web import components, wording
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit


def reviews_of(visit: Visit, whole: WholeChild) -> list[ReviewPicture]:
    """Undone links, of this child or that touch this child."""
    with visit.look() as session:
        return link_reviews_of(session, whole.id, by=visit.by)


def is_called_back(whole: WholeChild, reviews: list[ReviewPicture]) -> bool:
    """Was this child's own link undone, and is that still under review?"""
    return any(each.contact_child_id == whole.id and each.closed_at is None for each in reviews)


def show_reviews(visit: Visit, whole: WholeChild, reviews: list[ReviewPicture]) -> None:
    """Which link was undone, by whom and why, and what waits for a manager or was said since."""
    for review in reviews:
        whose = "This child's link" if review.contact_child_id == whole.id else "A link to this one"
        left = len(review.still_open)
        waits = (
            f"{wording.count_words(left, 'thing waits', 'things wait')} for a manager's review."
            if left
            else "All that rested on it was reviewed."
        )
        st.html(
            f'<div class="mash-banner"><p><strong>{whose} was undone.</strong> '
            f"{escape(review.by_name)}, {wording.near_words(review.at, at=visit.at)}: "
            f"{escape(review.because)}</p><p>{waits}</p></div>"
        )
        settled = len(review.rested) - left
        if settled:
            with st.expander(f"Reviewed ({settled})"):
                components.history(
                    [
                        components.HistoryLine(
                            each.words,
                            each.settled_by_name or "",
                            each.settled_at,
                            each.settled_because or "",
                        )
                        for each in review.rested
                        if each.settled_at is not None
                    ]
                )


def show(visit: Visit, whole: WholeChild) -> None:
    """For those who decide: the reason, and what will have to be reviewed."""
    if not visit.by.can(Permission.DECIDE_CONTACT):
        return
    kept = Kept("recall link", whole.id)
    with st.expander("Wrong child? Call this link back", key="recall"):
        with visit.look() as session:
            rests = rests_on_link_of(session, whole.id, by=visit.by, at=visit.at)
        st.html(
            "<p>Nothing is removed. A manager reviews each of these, and who the child is can be "
            "said again:</p>" + "".join(_part(heading, words) for heading, words in rests.items())
        )
        with st.form("recall_link", border=False, enter_to_submit=False):
            because = st.text_input(
                "Why is it the wrong child?", value=kept.text("because"), key=kept.key("because")
            )
            asked = st.form_submit_button("Call the link back")
    if asked:
        with visit.work() as session:
            actions.recall_match(session, whole.id, because=because, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("match", "The link is undone. Say who this child is; the review is on Decisions.")


def _part(heading: str, words: list[str]) -> str:
    lines = "".join(f"<li>{escape(each)}</li>" for each in words)
    return f"<h3>{escape(heading)}</h3><ul>{lines}</ul>"
