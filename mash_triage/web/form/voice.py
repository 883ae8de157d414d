"""Step: the child's own voice; of babies and children who do not speak, what they show."""

import streamlit as st

from mash_triage.contacts.asked import is_observed
from mash_triage.web.form.fields import anchor, choice, error_line, label_of, line, long
from mash_triage.web.form.openings import opening
from mash_triage.web.form.rows import who_is_who
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import NO_VOICE, NOT_ASKED_TOO

VOICE = "concern.child_voice"
PATHS = (VOICE,)
HEARD = {"heard": "Yes", "not_heard": "No"}
QUESTION = "Can you say it in the child's own words, or what the child shows?"
HINT = "A baby, or a child who does not speak, shows it: looks, plays, sleeps, reacts"
SHOWS = (
    "How the child looks, feeds, sleeps, plays and moves; to whom the child turns for comfort; how "
    "the child is with each adult, and whether that has changed."
)
PARTS = ("said", "observed", "to_whom", "when", "seen_alone")


def draw(form: Form) -> None:
    """Once for all of the children, and then for each of them."""
    heard = _is_heard(form)
    with st.container(key="because_voice"):
        if heard == "heard":
            long(form, VOICE, "The child's own words, or what the child shows", rows=4)
        elif heard == "not_heard":
            choice(form, VOICE, "Why not?", NO_VOICE)
    children = form.rows("children")
    who_is_who(form)
    for n, child in enumerate(children):
        at = f"children[{n}].voice"
        if child.get("age", {}).get("kind") == "unborn":
            continue
        alone = len(children) == 1
        whose = "" if alone else f": child {n + 1}"
        paths = tuple(f"{at}.{part}" for part in PARTS)
        with opening(form, f"voice-{n}", f"More about how you heard it{whose}", *paths):
            _child(form, at, observed=is_observed(child, on=form.today), alone=alone)


def _child(form: Form, at: str, *, observed: bool, alone: bool) -> None:
    if not alone:
        long(form, f"{at}.said", "This child's own words (optional)", gap="not_asked", rows=3)
    if observed or not alone:
        long(
            form,
            f"{at}.observed",
            "What does this child show? (optional)",
            hint=SHOWS,
            gap="not_asked",
            rows=3,
        )
    line(form, f"{at}.to_whom", "Who heard or saw it? (optional)", gap="not_asked")
    line(form, f"{at}.when", "When? (optional)", gap="not_asked")
    choice(form, f"{at}.seen_alone", "Was the child alone with them?", NOT_ASKED_TOO, across=True)


def _is_heard(form: Form) -> str | None:
    """Whether there is a voice to write down. Words are set aside, not lost, when the answer is
    changed to no and back.
    """
    stored, key, codes = form.get(VOICE), form.key(VOICE) + "-heard", list(HEARD)
    here = form.stale or key in st.session_state
    heard = None if stored is None else "not_heard" if stored in NO_VOICE else "heard"
    known = form.known.get(key, (heard,))[0] if here else heard
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
    if form.stale and (chosen == known or known != heard):
        return heard
    if chosen and chosen != known:
        aside = f"_aside {key}"
        if chosen == "not_heard":
            st.session_state[aside] = stored
        form.put(VOICE, None if chosen == "not_heard" else st.session_state.get(aside) or "")
    form.settled[key] = (chosen,)
    return chosen or heard
