"""Step: what keeps the child safe and well, what was tried, and what the referrer thinks."""

from html import escape

import streamlit as st

from mash_triage.web.form.fields import choice, long, pick, unknown
from mash_triage.web.form.openings import opening
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import SAFE

WORKING = "concern.working_well"
HELP_SO_FAR, NEEDS = "concern.help_so_far", "concern.needs_to_happen"
SCALE, LEVEL = "concern.scale", "concern.level_thought"
PATHS = (WORKING, HELP_SO_FAR, NEEDS, SCALE, LEVEL)


def draw(form: Form) -> None:
    """What works is asked of everybody; the rest may be left."""
    works = long(
        form,
        WORKING,
        "What works well?",
        hint="Who and what keeps the child safe and well.",
        rows=4,
    )
    unknown(form, WORKING, "I do not know of anything", text=works)
    _level(form)
    with opening(form, "tried", "More: help so far, and what you hope for", *PATHS[1:4]):
        long(
            form,
            HELP_SO_FAR,
            "What help has there been, and did it help? (optional)",
            hint="From whom, since when. Early help plans too.",
            gap="not_asked",
            rows=3,
        )
        long(form, NEEDS, "What needs to happen? (optional)", gap="not_asked", rows=3)
        pick(form, SCALE, "How safe are the children today, from 0 to 10? (optional)", SAFE)


def _level(form: Form) -> None:
    """The level that the referrer thinks it is, by the published words. Nothing is suggested."""
    levels: dict[int | str, str] = {
        each.number: f"Level {each.number}, {each.name}" for each in form.edition.level
    }
    choice(
        form,
        LEVEL,
        "Which level of need do you think this is? (optional)",
        levels | {"not_sure": "I am not sure"},
        hint="Your own view. It helps us to talk with you, and binds nobody.",
    )
    told = "".join(
        f"<dt>{escape(levels[each.number])}</dt><dd>{escape(each.meaning)}</dd>"
        for each in form.edition.level
    )
    with st.expander("What each level means", key="levels_told"):
        st.html(
            f'<dl class="mash-levels-told">{told}</dl><p><a href="/levels-of-need" '
            'target="_blank" rel="noopener">All of the levels of need</a> (opens in a new tab)</p>'
        )
