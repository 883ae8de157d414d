"""Step: is anybody in danger now, and who keeps the child safe?"""

from html import escape

import streamlit as st

from mash_triage.settings import settings
from mash_triage.web.form.fields import choice, line, long
from mash_triage.web.form.openings import opening
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import PROTECTION, YES_NO


def draw(form: Form) -> None:
    """999 and the duty number at once when the answer is yes; it never keeps anybody waiting."""
    danger = choice(
        form,
        "danger.in_danger_now",
        "Is a child, or anybody else, in danger now?",
        YES_NO,
        across=True,
    )
    with st.container(key="danger_advice"):
        if danger == "yes":
            call_now()
    if danger in {"yes", "not_known"}:
        with st.container(key="because_danger"):
            long(
                form,
                "danger.what_is_happening",
                "What is happening? (optional)",
                hint="Where, and who is there.",
                gap="not_asked",
                rows=3,
            )
            long(
                form,
                "danger.steps_taken",
                "What has been done so far? (optional)",
                hint="For example: 999 called at 14:10, the child is with the head teacher.",
                gap="not_asked",
                rows=3,
            )
            _more(form)
    safe = choice(
        form,
        "danger.safe_adult_named",
        "Is there an adult who will keep the child safe today and tonight?",
        YES_NO,
        across=True,
    )
    if safe == "yes":
        with st.container(key="because_safe"):
            line(form, "danger.safe_adult", "Who?", hint="Name and relationship", gap="not_asked")
    choice(
        form,
        "danger.legal_protection",
        "Is the child under police protection or an emergency order?",
        PROTECTION,
    )


def _more(form: Form) -> None:
    """Injuries, a doctor, and the number under which the police or ambulance know of it."""
    parts = ("injuries", "medical_help", "reference")
    paths = tuple(f"danger.{part}" for part in parts)
    with opening(form, "danger", "More: injuries, and police or ambulance", *paths):
        for path, label in zip(
            paths,
            (
                "Is anybody hurt, and how? (optional)",
                "Has a doctor seen it, or must one? (optional)",
            ),
            strict=False,
        ):
            line(form, path, label, gap="not_asked", most=2000)
        line(form, paths[2], "Police or ambulance reference (optional)", gap="not_asked", width=320)


def call_now(
    then: str = "Do not wait for this form: it is saved, and you can go on later.",
) -> None:
    """The advice, in black: before anything else is written."""
    chosen = settings()
    st.html(
        '<div class="mash-banner" role="alert"><p><strong>Call 999 now.</strong> Then call the '
        f"duty number: <strong>{escape(chosen.duty_number)}</strong> (out of hours "
        f"{escape(chosen.out_of_hours_number)}).</p>"
        f"<p>{escape(then)}</p></div>"
    )
