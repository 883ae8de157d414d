"""Step: the adults around the children, who lives there, and who has parental responsibility."""

import streamlit as st

from mash_triage.contacts.asked import people_of_worry, referrer_is_feared
from mash_triage.web.form import rows
from mash_triage.web.form.dates import day
from mash_triage.web.form.fields import choice, line
from mash_triage.web.form.numbers import number
from mash_triage.web.form.openings import opening
from mash_triage.web.form.relations import to_each_child
from mash_triage.web.form.rows import who_is_who
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import NOT_ASKED_TOO, YES_NO


def draw(form: Form) -> None:
    """One row an adult; what is not known is left open."""
    rows.undo_button(form, "household", "The person was removed.")
    for n in range(len(form.rows("household"))):
        _adult(form, n)
    _next_sight(form)
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
        worry = choice(
            form,
            f"{at}.worry_about_them",
            "Are you worried about what this person does?",
            YES_NO,
            across=True,
        )
        with st.container(key=f"because_worry_{n}"):
            if worry == "yes":
                line(
                    form,
                    f"{at}.access_to_children",
                    "How does this person come to the children, and to others? (optional)",
                    hint="Lives there, contact days, work with children",
                    gap="not_asked",
                )
        day(form, f"{at}.date_of_birth", "Date of birth (optional)", gap="not_asked")
        to_each_child(form, at)
        _more(form, at)


def _more(form: Form, at: str) -> None:
    """What else is known of this person; the address only where it is another."""
    names = ("age_years", "telephone", "work", "works_with_children", "language", "needs")
    paths = tuple(f"{at}.{name}" for name in (*names, "whereabouts", "home"))
    with opening(form, f"adult {at}", "More about this person", *paths):
        if not isinstance(form.get(f"{at}.date_of_birth"), str):
            number(form, paths[0], "About how old? (optional)")
        line(form, paths[1], "Telephone (optional)", gap="not_asked", width=320)
        line(form, paths[2], "Work (optional)", gap="not_asked")
        label = "Does the work bring them to children or adults at risk? (optional)"
        choice(form, paths[3], label, NOT_ASKED_TOO, across=True)
        line(form, paths[4], "Language, if not English (optional)", gap="not_asked")
        label = "Needs of their own: health, disability, care (optional)"
        line(form, paths[5], label, gap="not_asked", most=2000)
        if form.get(f"{at}.lives_with_child") != "yes":
            line(form, paths[6], "Where are they now? (optional)", gap="not_asked")
            line(form, f"{at}.home.address_line", "Their address (optional)", gap="not_known")
            postcode = f"{at}.home.postcode"
            line(form, postcode, "Their postcode (optional)", gap="not_known", most=12, width=160)


def _next_sight(form: Form) -> None:
    """When each child will next see whoever is feared; asked only where somebody is named."""
    if not any(people_of_worry(form.answers)):
        return
    if referrer_is_feared(form.answers):
        st.html(
            '<p class="mash-note">You have named yourself. It is right to tell us, and we take '
            "this as we take any other contact. You may also call the duty number.</p>"
        )
    with st.container(key="because_sight"):
        children = form.rows("children")
        who_is_who(form)
        for n in range(len(children)):
            whom = f"child {n + 1}" if len(children) > 1 else "the child"
            line(
                form,
                f"children[{n}].sees_source_next",
                f"When will {whom} next see this person? (optional)",
                gap="not_asked",
            )
