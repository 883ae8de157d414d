"""Every edit of a draft, and going back to how it was after one of them."""

from html import escape

import streamlit as st

from mash_triage.editions.actions import return_to_version
from mash_triage.editions.models import DraftState
from mash_triage.editions.pictures import DraftPicture, VersionPicture
from mash_triage.web import components, wording
from mash_triage.web.levels.ways import go
from mash_triage.web.page import Visit

AT_ONCE = 100  # edits shown


def show(visit: Visit, draft: DraftPicture) -> None:
    """Undo, and the list of edits, newest first."""
    earlier = draft.versions[1:]
    if earlier and draft.state == DraftState.OPEN:
        _undo(visit, draft, earlier)
    components.history(
        [
            components.HistoryLine(each.what, each.by_name, each.at)
            for each in draft.versions[:AT_ONCE]
        ]
    )
    if len(draft.versions) > AT_ONCE:
        st.html(f"<p>{len(draft.versions) - AT_ONCE} earlier edits are kept too.</p>")


def _undo(visit: Visit, draft: DraftPicture, earlier: tuple[VersionPicture, ...]) -> None:
    last = draft.versions[0]
    st.html(
        f"<p>The last edit: <strong>{escape(last.what)}</strong>, by {escape(last.by_name)}, "
        f"{wording.near_words(last.at, at=visit.at)}.</p>"
    )
    named = {each.number: each for each in earlier}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        undone = st.button("Undo the last edit")
    with st.expander("Go back further"):
        number = st.selectbox(
            "To how it was after this edit",
            list(named),
            format_func=lambda n: f"{named[n].what}, {named[n].by_name}" if n in named else "",
            key="levels_back_to",
        )
        back = st.button("Go back to this")
    if undone or back:
        to = earlier[0].number if undone else number
        with visit.work() as session:
            return_to_version(session, draft.id, to, seen=draft.number, by=visit.by, at=visit.at)
        go("Done. What was undone is kept among the edits.", draft=draft.id, work="edits")
