"""Doubts about an answer, said beside its field; they stop nobody."""

from html import escape

import streamlit as st

CHECK = "Check it if you can. You can go on as it is."


def doubt(words: str) -> None:
    """One doubt, in words."""
    st.html(f'<p class="mash-doubt" role="status">{escape(words)}</p>')
