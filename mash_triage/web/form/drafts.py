"""The beginning of a contact, and the drafts that lie there."""

from functools import partial
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.answers import rows_of
from mash_triage.contacts.drafts import (
    DRAFTS_KEPT,
    DraftPicture,
    answers_known_of,
    discard_draft,
    drafts_of,
    restore_draft,
    save_draft,
    start_draft,
)
from mash_triage.settings import settings
from mash_triage.web.form.rows import NEW_CHILD, name_in
from mash_triage.web.form.state import turn
from mash_triage.web.navigation import FOLDER
from mash_triage.web.page import Visit
from mash_triage.web.wording import near_words, short_date

DISCARDED = "_discarded_draft"
CHAT = "chat"


def start(visit: Visit) -> None:
    """What to do first, a new contact, and the drafts that were left."""
    chosen = settings()
    st.html(
        '<div class="mash-start"><p><strong>If a child is in danger now, call 999.</strong> '
        f"Duty number {escape(chosen.duty_number)}, out of hours "
        f"{escape(chosen.out_of_hours_number)}.</p>"
        "<p>Say what you know; what you do not know may stay open. Your answers are saved as you "
        "type, and nothing is sent until you press Send.</p></div>"
    )
    start_button(visit)
    own_drafts(visit)


def start_button(visit: Visit) -> None:
    """A new contact, with what is known of whoever makes it already filled in."""
    if not st.button("Start a new contact", type="primary", key="start"):
        return
    with visit.work() as session:
        draft = start_draft(session, by=visit.by, at=visit.at)
        session.flush()  # the answers are laid over the stored row
        known = {**answers_known_of(session, by=visit.by), "children": [NEW_CHILD]}
        save_draft(session, draft.id, known, by=visit.by, at=visit.at)
        draft_id = draft.id
    open_draft(draft_id, "danger")


def own_drafts(visit: Visit) -> None:
    """Her drafts, each to go on with or to discard; discarding can be undone."""
    with visit.look() as session:
        drafts = drafts_of(session, by=visit.by)
    deed = _undo_discard(visit)
    if drafts:
        st.header("Your drafts", anchor=False)
        days = DRAFTS_KEPT.days
        st.html(f'<p class="mash-note">Not sent. Kept for {days} days after the last word.</p>')
    for n, draft in enumerate(drafts, 1):
        with st.container(horizontal=True, vertical_alignment="center", key=f"draft-{n}"):
            saved = near_words(draft.saved_at, at=visit.at)
            until = short_date(london_day(draft.kept_until))
            st.html(
                f"<p><strong>{escape(about(draft))}</strong><br>"
                f'<span class="mash-note">Saved {saved}, kept until {until}</span></p>'
            )
            if st.button(f"Go on with draft {n}", key=f"open-{draft.id}"):
                deed = partial(open_draft, draft.id, draft.step)
            if st.button(f"Discard draft {n}", key=f"discard-{draft.id}", type="tertiary"):
                deed = partial(_discard, visit, draft.id)
    if deed:
        deed()


def about(draft: DraftPicture) -> str:
    """Whom a draft is about, as far as it says."""
    names = [name for child in rows_of(draft.answers, "children") if (name := name_in(child))]
    return ", ".join(names) or "No child named yet"


def open_draft(draft_id: UUID, step: str) -> None:
    """Go on with a draft where it was left: in the chat, or at a step of the form."""
    turn()
    if step == CHAT and not settings().guided_chat:
        step = "danger"
    if step == CHAT:
        st.switch_page(FOLDER / "chat.py", query_params={"draft": str(draft_id)})
    where = {"draft": str(draft_id), "step": step}
    st.switch_page(FOLDER / "submit_contact.py", query_params=where)


def _discard(visit: Visit, draft_id: UUID) -> None:
    with visit.work() as session:
        discard_draft(session, draft_id, by=visit.by, at=visit.at)
    st.session_state[DISCARDED] = str(draft_id)
    st.rerun()


def _undo_discard(visit: Visit) -> partial[None] | None:
    discarded = st.session_state.get(DISCARDED)
    if not discarded:
        return None
    with st.container(key="removed", horizontal=True, vertical_alignment="center"):
        st.html('<p role="status">The draft was discarded.</p>', width="content")
        undo = st.button("Undo", key="undo-discard")
    return partial(_restore, visit, UUID(discarded)) if undo else None


def _restore(visit: Visit, draft_id: UUID) -> None:
    with visit.work() as session:
        restore_draft(session, draft_id, by=visit.by)
    st.session_state.pop(DISCARDED, None)
    st.rerun()
