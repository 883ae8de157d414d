"""Before sending: that the safeguarding lead knows, and that it is true as far as known."""

import streamlit as st

from mash_triage.web.form.fields import choice, line, tick
from mash_triage.web.form.referrer import is_for_others
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import YES_NO


def draw(form: Form) -> None:
    """Nobody is kept from sending by it; whoever enters for others declares nothing."""
    if is_for_others(form):
        return
    with st.container(key="declaration"):
        label = "Does the safeguarding lead of your agency know? (optional)"
        knows = choice(form, "declaration.lead_informed", label, YES_NO, across=True)
        if knows == "yes":
            when = "declaration.lead_informed_when"
            line(form, when, "Since when? (optional)", gap="not_asked", width=320)
        tick(form, "declaration.true_as_far_as_known", "What I say is true as far as I know")
