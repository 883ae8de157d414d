"""Step: the worry, what works well, and the child's own voice."""

import streamlit as st

from mash_triage.web.attachments import on_draft
from mash_triage.web.form.fields import (
    anchor,
    choice,
    error_line,
    label_of,
    long,
    several,
    unknown,
)
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import FIRST_HAND, NO_VOICE

VOICE = "concern.child_voice"
HEARD = {"heard": "Yes", "not_heard": "No"}
QUESTION = "Can you say it in the child's own words, or what the child shows?"
LEVELS = (
    '<p class="mash-note"><a href="/levels-of-need" target="_blank" rel="noopener">What the levels '
    "of need say</a> (opens in a new tab). You need not know the level to tell us.</p>"
)
HINT = "A baby, or a child who does not speak, shows it: looks, plays, sleeps, reacts"


def draw(form: Form) -> None:
    """Main worry, others, the facts, what works, and what the child says or shows."""
    st.html(LEVELS)
    main = choice(form, "concern.main", "What worries you most?", form.concerns)
    others = {code: words for code, words in form.concerns.items() if code != main}
    several(form, "concern.others", "What else worries you? (optional)", others)
    long(
        form,
        "concern.worry",
        "What has happened, and what worries you?",
        hint="When, what was seen or said, and how it affects the child.",
        rows=8,
    )
    choice(form, "concern.first_hand", "How do you know? (optional)", FIRST_HAND)
    works = long(
        form,
        "concern.working_well",
        "What works well?",
        hint="Who and what keeps the child safe and well.",
        rows=4,
    )
    unknown(form, "concern.working_well", "I do not know of anything", text=works)
    _voice(form)
    if not form.silent:
        form.deed = on_draft.field(form.visit, form.draft.id) or form.deed


def _voice(form: Form) -> None:
    heard = _is_heard(form)
    with st.container(key="because_voice"):
        if heard == "heard":
            long(form, VOICE, "The child's own words, or what the child shows", rows=4)
        elif heard == "not_heard":
            choice(form, VOICE, "Why not?", NO_VOICE)


def _is_heard(form: Form) -> str | None:
    """Whether there is a voice to write down. Words are set aside, not lost, when the answer is
    changed to no and back.
    """
    stored, key, codes = form.get(VOICE), form.key(VOICE) + "-heard", list(HEARD)
    heard = None if stored is None else "not_heard" if stored in NO_VOICE else "heard"
    known = form.known.get(key, (heard,))[0] if key in st.session_state else heard
    with st.container(key=anchor(f"{VOICE}-heard"), gap=None):
        error = "" if heard or known else form.problems.get(VOICE, "")
        error_line(VOICE, error)
        chosen = st.radio(
            label_of(QUESTION, HINT),
            codes,
            index=codes.index(heard) if heard and not form.silent else None,
            format_func=HEARD.__getitem__,
            key=key,
            horizontal=True,
        )
    if chosen and chosen != known:
        aside = f"_aside {key}"
        if chosen == "not_heard":
            st.session_state[aside] = stored
        form.put(VOICE, None if chosen == "not_heard" else st.session_state.get(aside) or "")
    form.settled[key] = (chosen,)
    return chosen or heard
