"""Disagreements where the front door works: the late ones on the board, all for managers."""

from datetime import datetime, timedelta

import streamlit as st

from mash_triage.disagreements.queries import DisagreementPicture, disagreements
from mash_triage.disagreements.stages import Turn
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.navigation import FOLDER
from mash_triage.web.outcome.page import HEADS, row
from mash_triage.web.outcome.standing import AT_RISK, OVERDUE
from mash_triage.web.page import Visit

SEEN, ASK_EVERY = "_disagreements_seen", timedelta(minutes=5)


def not_to_overlook(visit: Visit) -> None:
    """On top of the board: how many disagreements are past their time, and of how many a child is
    at immediate risk; asked every five minutes, for the board is drawn again at every touch.
    """
    asked_at, late, at_risk = st.session_state.get(SEEN, (None, 0, 0))
    if asked_at is None or visit.at - datetime.fromisoformat(asked_at) >= ASK_EVERY:
        late, at_risk = _counts(visit)
        st.session_state[SEEN] = (visit.at.isoformat(), late, at_risk)
    if late or at_risk:
        flags = f"{OVERDUE} {late} " * bool(late) + f"{AT_RISK} {at_risk} " * bool(at_risk)
        st.html(
            f'<p class="mash-review">Disagreements with agencies: {flags}'
            '<a href="/disagreements" target="_self">open them</a></p>'
        )


def _counts(visit: Visit) -> tuple[int, int]:
    """Those past their time, and those at immediate risk that wait for the front door."""
    with visit.look() as session:
        rows = disagreements(session, by=visit.by, at=visit.at)
    ours = [each for each in rows if each.turn is Turn.FRONT_DOOR or each.is_accepted]
    return sum(each.is_overdue for each in rows), sum(each.at_risk for each in ours)


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
