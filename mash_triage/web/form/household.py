"""Step: the adults around the children, who lives there, and who has parental responsibility."""

import streamlit as st

from mash_triage.web.form import rows
from mash_triage.web.form.dates import day
from mash_triage.web.form.fields import choice, line
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import YES_NO


def draw(form: Form) -> None:
    """One row an adult; what is not known is left open."""
    rows.undo_button(form, "household", "The person was removed.")
    for n in range(len(form.rows("household"))):
        _adult(form, n)
    rows.add_button(form, "household", "Add another person")


def _adult(form: Form, n: int) -> None:
    at = f"household[{n}]"
    with st.container(key=f"person-{n}"):
        with st.container(horizontal=True, key=f"person-head-{n}", vertical_alignment="center"):
            st.html(f"<h3>Person {n + 1}</h3>")
            if len(form.rows("household")) > 1:
                rows.remove_button(form, "household", n, f"Remove person {n + 1}")
        line(form, f"{at}.name", "Name")
        line(form, f"{at}.relationship", "Relationship to the children", hint="For example: mother")
        choice(form, f"{at}.lives_with_child", "Lives with the children?", YES_NO, across=True)
        choice(
            form,
            f"{at}.parental_responsibility",
            "Has parental responsibility?",
            YES_NO,
            across=True,
        )
        choice(
            form,
            f"{at}.worry_about_them",
            "Are you worried about what this person does?",
            YES_NO,
            across=True,
        )
        day(form, f"{at}.date_of_birth", "Date of birth (optional)", gap="not_asked")
