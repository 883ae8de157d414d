"""Rating several children of one contact at once: each a choice and a deed of its own."""

from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import WITH_WORKER
from mash_triage.screening.actions import set_rag
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import Rag
from mash_triage.web import kept, wording
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Undone, Visit
from mash_triage.web.plain import Html
from mash_triage.web.together_view import Together
from mash_triage.worklists.rows import BoardRow

FORM = "ratings"
Choices = list[tuple[BoardRow, Rag]]


def rate(visit: Visit, family: Together) -> None:
    """A choice for each child of this worker, none made beforehand, and one button for them all."""
    mine = [row for row in family.at(WITH_WORKER) if row.worker_id == visit.by.user_id]
    may = visit.by.can(Permission.SCREEN_CONTACT) and visit.by.qualified
    if not mine or not may or family.edition is None:
        return
    kept.begin(visit, family.child.contact_id)
    form = Kept(FORM, family.child.contact_id)
    st.header("Rate how soon", anchor=False)
    chosen = [(row, rag) for row in mine if (rag := _choice(form, row, family.edition))]
    reason = st.text_input(
        "Why? Needed where a rating changes",
        value=form.text("reason"),
        key=form.key("reason"),
    )
    if not st.button("Set the chosen ratings", key="rate_chosen"):
        return
    if not chosen:
        st.html('<p role="alert"><strong>Choose red, amber or green for a child.</strong></p>')
        return
    _set(visit, family, form, chosen, reason)


def _choice(form: Kept, row: BoardRow, edition: Edition) -> Rag | None:
    now = f", now {wording.rating_words(row.rag)}" if row.rag else ""
    return st.radio(
        f"{as_typed(row.name)}{now}",
        list(Rag),
        index=form.index(str(row.id), list(Rag)),
        format_func=lambda each: edition.rating_of(each).words,
        horizontal=True,
        key=form.key(str(row.id)),
    )


def _set(visit: Visit, family: Together, form: Kept, chosen: Choices, reason: str) -> None:
    """Those that are refused say why, and stay as they were; the others are rated."""
    refused = [row for row, rag in chosen if not _set_one(visit.going_on(), row, rag, reason)]
    if refused:
        st.html(_not_rated_html(refused, len(chosen)))
        return
    with visit.work() as session:
        form.drop(session, by=visit.by)
    form.forget()
    done = wording.count_words(len(chosen), "child is", "children are")
    words = f"{done} rated, each with a line of its own."
    visit.leave(words, to="together", child=str(family.child.id))


def _set_one(visit: Visit, row: BoardRow, rag: Rag, reason: str) -> bool:
    try:
        with visit.work() as session:
            set_rag(session, row.id, rag, reason, by=visit.by, at=visit.at)
    except Undone:
        return False
    return True


def _not_rated_html(refused: list[BoardRow], of: int) -> Html:
    names = ", ".join(row.name for row in refused)
    others = " The others are rated." if len(refused) < of else ""
    return Html(f'<p role="alert"><strong>Not rated: {escape(names)}.</strong>{others}</p>')
