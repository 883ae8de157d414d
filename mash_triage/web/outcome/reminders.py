"""Disagreements where the front door works: the late ones on the board, all for managers."""

import streamlit as st

from mash_triage.disagreements.queries import DisagreementPicture, disagreements
from mash_triage.disagreements.stages import Turn
from mash_triage.web import wording
from mash_triage.web.child.tables import table
from mash_triage.web.navigation import FOLDER
from mash_triage.web.outcome.page import HEADS, row
from mash_triage.web.outcome.standing import line_html
from mash_triage.web.page import Visit


def not_to_overlook(visit: Visit) -> None:
    """On top of the board: disagreements past their time, or with a child at immediate risk."""
    with visit.look() as session:
        rows = disagreements(session, by=visit.by, at=visit.at)
    for each in rows:
        waits = each.turn is Turn.FRONT_DOOR or each.is_accepted
        if each.is_overdue or (each.at_risk and waits):
            st.html(line_html(each, at=visit.at, name=True))


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
