"""What a policy lead had typed when her sign-in ended: kept for her alone, and offered again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.drafts import draft_of, drop_draft, keep_draft
from mash_triage.editions.pictures import DraftPicture
from mash_triage.web.page import Visit

PART, TEXT = "levels part", "levels text"
SEEN = "_levels_unsaved"

TakeUp = Callable[[DraftPicture, dict[str, Any]], None]


def keep(visit: Visit, draft_id: UUID, form: str, told: dict[str, Any]) -> None:
    """Keep what was typed in a form about a draft."""
    with visit.work() as session:
        keep_draft(session, form, str(draft_id), told, by=visit.by, at=visit.at)


def drop(session: Session, draft_id: UUID, form: str, *, by: Actor) -> None:
    """Drop it, in the transaction that stores the words."""
    drop_draft(session, form, str(draft_id), by=by)
    st.session_state.get(SEEN, {}).pop(f"{form} {draft_id}", None)


def offer(visit: Visit, draft: DraftPicture, form: str, take_up: TakeUp) -> None:
    """When something is kept: take it up again, or drop it. Looked up once a sitting."""
    known: dict[str, Any] = st.session_state.setdefault(SEEN, {})
    here = f"{form} {draft.id}"
    if here not in known:
        with visit.look() as session:
            known[here] = draft_of(session, form, str(draft.id), by=visit.by, at=visit.at)
    kept = known[here]
    if not kept:
        return
    with st.container(key="levels_unsaved", border=True):
        st.html("<p><strong>What you typed before you were signed out is kept.</strong></p>")
        with st.container(horizontal=True):
            st.button("Take it up again", on_click=_take_up, args=(take_up, draft, kept, here))
            dropped = st.button("Drop it")
    if dropped:
        with visit.work() as session:
            drop_draft(session, form, str(draft.id), by=visit.by)
        known[here] = {}
        st.rerun()


def _take_up(take_up: TakeUp, draft: DraftPicture, kept: dict[str, Any], here: str) -> None:
    st.session_state[SEEN][here] = {}
    take_up(draft, kept)
