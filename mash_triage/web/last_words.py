"""Time for the last words: a page that keeps what is typed is cleared a little after its sign-in is
over, so that a field that was just typed in sends its words first.
"""

from time import sleep

import streamlit as st

from mash_triage.access.queries import SignIn
from mash_triage.access.sessions import KEEPS_WORDS

PATIENCE = 6  # seconds; a long answer sends its words at the latest four after the first of them
LOOKS = 24  # in that time, whether something has come
KEEPS = "_page_keeps_words"


def expect(whether: bool) -> None:
    """Does the page that is open keep what is typed there, though the sign-in is over?"""
    st.session_state[KEEPS] = whether


def let_come(sign_in: SignIn | None) -> None:
    """Wait, in a part of the page that refreshes by itself and has seen that the sign-in is over.

    Nothing is read or drawn meanwhile. Each look at the state lets a touch of the person through,
    which ends the waiting: the page itself then keeps what has come.
    """
    if sign_in is None or sign_in.over not in KEEPS_WORDS:
        return
    for _ in range(LOOKS):
        if not st.session_state.get(KEEPS):
            return
        sleep(PATIENCE / LOOKS)
