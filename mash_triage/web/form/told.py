"""Step: who was told, who agreed to what, or why nobody was asked. It never stops anybody."""

from functools import partial

import streamlit as st

from mash_triage.web.form import rows
from mash_triage.web.form.fields import choice, line, long, pick, several
from mash_triage.web.form.state import Form, new_generation
from mash_triage.web.form.words import AGREED_TO, AGREEMENT, HOW_TOLD, WHY_NOT, YES_NO

SECTION = "told_and_agreed"


def draw(form: Form) -> None:
    """One row a person: parents, carers, and a child old enough to decide."""
    st.html(
        "<p>You can send without anybody's agreement. Do not ask or tell if that would put a "
        "child or anybody else at risk.</p>"
    )
    rows.undo_button(form, SECTION, "The person was removed.")
    _adults_button(form)
    for n in range(len(form.rows(SECTION))):
        _person(form, n)
    rows.add_button(form, SECTION, "Add another person")


def _person(form: Form, n: int) -> None:
    at = f"{SECTION}[{n}]"
    with st.container(key=f"person-{n}"):
        with st.container(horizontal=True, key=f"person-head-{n}", vertical_alignment="center"):
            st.html(f"<h3>Person {n + 1}</h3>")
            if len(form.rows(SECTION)) > 1:
                rows.remove_button(form, SECTION, n, f"Remove person {n + 1}")
        line(form, f"{at}.person", "Who?", hint="Name, or mother, father, the child")
        choice(form, f"{at}.told", "Do they know about this contact?", YES_NO, across=True)
        agreement = choice(form, f"{at}.agreement", "Did they agree?", AGREEMENT)
        with st.container(key=f"because_agreement_{n}"):
            if agreement == "given":
                several(form, f"{at}.agreed_to", "To what?", AGREED_TO)
                choice(form, f"{at}.how", "How? (optional)", HOW_TOLD, across=True)
            elif agreement:
                pick(form, f"{at}.why_not", "Why not? (optional)", WHY_NOT)
                line(form, f"{at}.why_not_words", "Say more (optional)", gap="not_asked", most=2000)
                choice(
                    form,
                    f"{at}.safe_to_tell_later",
                    "Is it safe to tell them later? (optional)",
                    YES_NO,
                    across=True,
                )
        long(
            form,
            f"{at}.in_their_words",
            "What did they say about the worry, and about this contact? (optional)",
            gap="not_asked",
            rows=2,
        )


def _adults_button(form: Form) -> None:
    there = {rows.name_in(row) for row in form.rows(SECTION)}
    named = [rows.name_in(row) for row in form.rows("household")]
    new = [name for name in named if name and name not in there]
    if new and st.button("Use the adults you have named", key="use_adults"):
        form.deed = partial(_use, form, new)


def _use(form: Form, names: list[str]) -> None:
    rows.drop_blank(form, SECTION)
    people = form.get(SECTION) or []
    form.put(SECTION, [*people, *({"person": name} for name in names)])
    form.save()
    new_generation()
    st.rerun()
