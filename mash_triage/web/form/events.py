"""What happened when: a line an event, as in a chronology, in the referrer's order."""

import streamlit as st

from mash_triage.web.form import rows
from mash_triage.web.form.fields import line
from mash_triage.web.form.state import Form

SECTION = "chronology"


def draw(form: Form) -> None:
    """A row with when, what and from whom; added, removed, brought back."""
    rows.undo_button(form, SECTION, "The line was removed.")
    for n in range(len(form.rows(SECTION))):
        at = f"{SECTION}[{n}]"
        with st.container(key=f"event-{n}", horizontal=True, vertical_alignment="bottom"):
            line(form, f"{at}.when", f"When ({n + 1})", gap=None, width=150)
            line(form, f"{at}.what", "What happened", most=2000)
            line(form, f"{at}.source", "Who says so (optional)", gap="not_asked", width=180)
            rows.remove_button(form, SECTION, n, f"Remove line {n + 1}")
    rows.add_button(form, SECTION, "Add a line", {})
