"""What the register answered, kept for the sitting while everything that it rests on is the same.

Asking takes dozens of statements, and every touch of the page would ask again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.matching.for_child import stamp_of
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit

KEPT = "_looked_up"
HOLDS = timedelta(minutes=5)  # other contacts come in meanwhile, which no stamp knows

T = TypeVar("T")


@dataclass(frozen=True)
class _Kept:
    of: object
    at: datetime
    answer: Any


def looked_up(
    visit: Visit, whole: WholeChild, name: str, read: Callable[[Session], T], *, of: object = None
) -> T:
    """This answer about the child, read anew when what it rests on has changed. `of` is what was
    asked for. Nothing of another child is kept.
    """
    child, kept = st.session_state.get(KEPT, (None, {}))
    if child != whole.id:
        kept = {}
    with visit.look() as session:
        resting_on = (of, stamp_of(session, whole.id, by=visit.by))
        found = kept.get(name)
        if found is None or found.of != resting_on or visit.at - found.at > HOLDS:
            found = _Kept(resting_on, visit.at, read(session))
    st.session_state[KEPT] = (whole.id, {**kept, name: found})
    answer: T = found.answer
    return answer


def forget() -> None:
    """Ask afresh at the next turn."""
    st.session_state.pop(KEPT, None)
