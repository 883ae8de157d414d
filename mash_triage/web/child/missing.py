"""That the child is or was missing, and the way to the record of it."""

import streamlit as st

from mash_triage.web.child.reading import WholeChild
from mash_triage.web.page import Visit


def banner(whole: WholeChild) -> None:
    """Missing now: said before anything else."""
    for each in whole.missing:
        if each.returned_at is None and each.taken_back_at is None:
            link = f'<a href="/missing?episode={each.id}" target="_self">Open the episode</a>'
            st.html(f'<div class="mash-banner"><p><strong>Missing now.</strong> {link}</p></div>')


def show(_visit: Visit, whole: WholeChild) -> None:
    """How many episodes are recorded, and where one more is."""
    in_error = sum(each.taken_back_at is not None for each in whole.missing)
    number = len(whole.missing) - in_error
    parts = [f"{number} recorded"] if number else []
    parts += [f"{in_error} recorded in error"] if in_error else []
    recorded = f" ({', '.join(parts)})" if parts else ""
    st.html(
        f'<p><a href="/missing?child={whole.id}" target="_self">Missing episodes</a>{recorded}</p>'
    )
