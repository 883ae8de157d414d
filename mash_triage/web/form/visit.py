"""Step: what somebody who visits must know, and what must not reach somebody."""

import streamlit as st

from mash_triage.web.form import rows
from mash_triage.web.form.fields import line, long, several
from mash_triage.web.form.openings import opening
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import STAFF_RISK

KEPT = "kept_from"


def draw(form: Form) -> None:
    """Both may be left empty."""
    st.html("<p>Leave this empty if there is nothing that you know of.</p>")
    kinds = several(
        form,
        "risk_to_staff.kinds",
        "Could a visit be dangerous for us? (optional)",
        STAFF_RISK,
        hint="Whoever plans a visit sees it first.",
    )
    with st.container(key="because_risk"):
        if kinds:
            long(form, "risk_to_staff.words", "Say more (optional)", gap="not_asked", rows=2)
    with opening(form, "kept", "Something you tell us that must not reach somebody", KEPT):
        st.html(
            '<p class="mash-note">Only the front door reads what stands here. It is on no copy or '
            "printed page.</p>"
        )
        rows.undo_button(form, KEPT, "It was removed.")
        for n in range(len(form.rows(KEPT))):
            _kept(form, n)
        rows.add_button(form, KEPT, "Add something else")


def _kept(form: Form, n: int) -> None:
    at = f"{KEPT}[{n}]"
    with st.container(key=f"person-kept-{n}"):
        long(form, f"{at}.words", "What must be kept apart?", rows=2)
        line(form, f"{at}.keep_from", "From whom?", hint="For example: the father, the school")
        line(form, f"{at}.why", "Why? (optional)", gap="not_asked")
        if len(form.rows(KEPT)) > 1:
            rows.remove_button(form, KEPT, n, f"Remove part {n + 1}")
