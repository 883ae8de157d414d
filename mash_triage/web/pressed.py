"""A press on a button that matters, kept until its deed begins.

Streamlit draws a page anew for each touch and leaves the drawing that is under way; a press that
came just before another field had said its last word was left with it, and nothing happened. What
is done on a click is run before anything can be left, so there the press is written down. It is
good for this button of this page for a short while, and for one deed.
"""

from time import monotonic
from typing import Any

import streamlit as st

PRESSED = "_pressed"
GOOD_FOR = 20  # seconds, once the drawing that it began was left

Presses = dict[str, float]


def button(label: str, *, key: str, about: object, **look: Any) -> bool:
    """A button, and whether it was pressed for this (`about`: the draft, the child). Whoever does
    the deed begins it with `taken`.
    """
    presses, name = _presses(), f"{key} {about}"
    is_pressed = st.button(label, key=key, on_click=_note, args=(presses, name), **look)
    noted = presses.get(name)
    return is_pressed or (noted is not None and monotonic() - noted < GOOD_FOR)


def taken() -> None:
    """The deed begins, or is refused: the press is used up."""
    _presses().clear()


def _presses() -> Presses:
    presses: Presses = st.session_state.setdefault(PRESSED, {})
    return presses


def _note(presses: Presses, name: str) -> None:
    presses.clear()
    presses[name] = monotonic()
