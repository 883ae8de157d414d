"""How soon: red, amber or green, set by a person, with the reason for a change."""

from html import escape

import streamlit as st

from mash_triage.screening.actions import set_rag
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import Rag
from mash_triage.web import components, wording
from mash_triage.web.child.parts import beside, change_folded, done_in, heading
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit


def show(visit: Visit, whole: WholeChild) -> None:
    """The rating now with who and when, and the form; nothing in it is chosen beforehand."""
    heading("rag")
    with beside("rating"):
        _now(visit, whole)
        if whole.may_write:
            _form(visit, whole)


def _now(visit: Visit, whole: WholeChild) -> None:
    ratings = whole.screening.ratings
    if ratings:
        now = ratings[0]
        st.html(
            f"<p>{components.rating_html(now.new)} "
            f'<span class="mash-note">set by {escape(now.by_name)}, '
            f"{wording.near_words(now.at, at=visit.at)}</span></p>"
        )
    else:
        st.html("<p>Not rated yet.</p>")


def _form(visit: Visit, whole: WholeChild) -> None:
    edition, is_change = whole.edition, bool(whole.screening.ratings)
    kept = Kept("rating", whole.id)
    with change_folded("Change the rating", "change_rating", kept, is_change=is_change):
        rag, reason, rated = _fields(edition, kept, is_change=is_change)
    if rated and rag is None:
        st.html('<p role="alert"><strong>Choose red, amber or green.</strong></p>')
    elif rated and rag is not None:
        with visit.work() as session:
            set_rag(session, whole.id, rag, reason, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("rag", f"Rating set: {edition.rating_of(rag).words}.")


def _fields(edition: Edition, kept: Kept, *, is_change: bool) -> tuple[Rag | None, str, bool]:
    with st.form("rating", border=False):
        rag = st.radio(
            "Change the rating to" if is_change else "How soon must this child be dealt with?",
            list(Rag),
            index=kept.index("rag", list(Rag)),
            format_func=lambda each: edition.rating_of(each).words,
            captions=[edition.rating_of(each).meaning for each in Rag],
            key=kept.key("rag"),
        )
        reason = st.text_input(
            "Why does it change?" if is_change else "Why (optional)",
            value=kept.text("reason"),
            key=kept.key("reason"),
        )
        rated = st.form_submit_button("Set rating")
    return rag, reason, rated
