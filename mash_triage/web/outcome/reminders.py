"""Disagreements where the front door works: the late ones on the board, all for managers."""

import streamlit as st

from mash_triage.disagreements.queries import DisagreementPicture, disagreements
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.navigation import FOLDER
from mash_triage.web.outcome.page import HEADS, row
from mash_triage.web.outcome.standing import OVERDUE
from mash_triage.web.page import Visit


def past_their_time(visit: Visit) -> None:
    """On the board: how many disagreements are past their time, with a link to them."""
    with visit.look() as session:
        late = [
            each for each in disagreements(session, by=visit.by, at=visit.at) if each.is_overdue
        ]
    if late:
        count = wording.count_words(len(late), "disagreement is", "disagreements are")
        st.html(
            f'<p class="mash-review">{OVERDUE} {count} past the time: '
            '<a href="/disagreements" target="_self">open them</a>. None lapses by itself.</p>'
        )


def open_ones(visit: Visit) -> None:
    """For managers: every open disagreement, the one due first on top."""
    with visit.look() as session:
        rows = disagreements(session, by=visit.by, at=visit.at)
    if rows:
        _open_ones(visit, rows)
    st.page_link(FOLDER / "disagreements.py", label="Disagreements with agencies, also resolved")


def _open_ones(visit: Visit, rows: list[DisagreementPicture]) -> None:
    count = wording.count_words(len(rows), "disagreement", "disagreements")
    st.header(f"Open with agencies: {count}", anchor=False)
    st.html(
        table("Open disagreements, the one due first on top", HEADS, (row(visit, e) for e in rows))
    )
