"""The look of the form, the receipt and My contacts."""

from pathlib import Path

import streamlit as st

_STYLES = Path(__file__).parents[1] / "assets" / "form.css"


def styles() -> None:
    """These pages' own styles."""
    st.html(_STYLES)
