"""The ways around the page of the levels of need: what its address names, and going elsewhere."""

from pathlib import Path
from typing import NoReturn
from uuid import UUID

import streamlit as st

from mash_triage.errors import NotFound
from mash_triage.web.child import parts
from mash_triage.web.navigation import FOLDER
from mash_triage.web.page import FLASH, Visit

PAGE = "levels"
STYLES = Path(__file__).parents[1] / "assets" / "levels.css"

WORK = {
    "parts": "Edit",
    "text": "As text",
    "differences": "Differences",
    "contacts": "Worked contacts",
    "publish": "Check and publish",
    "edits": "Edits and undo",
}
"""What can be done with a draft, in the order in which it is usually done."""


def styles() -> None:
    """The look of this page's own parts."""
    parts.styles()
    st.html(STYLES)


def named(visit: Visit, what: str) -> UUID | None:
    """The draft or edition that the address names; refused when it names none that could be."""
    told = st.query_params.get(what)
    if not told:
        return None
    try:
        return UUID(told)
    except ValueError:
        visit.refuse(NotFound())


def go(words: str = "", **query: object) -> NoReturn:
    """Go elsewhere on this page, and say these words there."""
    if words:
        st.session_state[FLASH] = words
    st.switch_page(
        FOLDER / f"{PAGE}.py", query_params={name: str(told) for name, told in query.items()}
    )
