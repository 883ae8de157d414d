"""Around every step: Back, the summary of problems, the heading, the buttons, and the progress."""

from html import escape

import streamlit as st

from mash_triage.web.form import aids
from mash_triage.web.form.state import Form
from mash_triage.web.form.steps import (
    CODES,
    STEPS,
    before,
    child_in,
    is_done,
    step_for,
    title_of,
)
from mash_triage.web.form.words import problem_words
from mash_triage.web.wording import time_words


def back(form: Form) -> None:
    """The way back, which also saves."""
    where = before(form)
    if where and st.button("Back", key="back", type="tertiary"):
        form.deed = lambda: form.go(where[0], child=where[1])


def heading(form: Form) -> None:
    """The step's title, and how far it is."""
    number = CODES.index(form.step) + 1
    st.html(
        f'<h2 class="mash-step">{escape(title_of(form, form.step))}</h2>'
        f'<p class="mash-note">Step {number} of {len(CODES)}</p>'
    )


def summary_of_problems(form: Form, problems: dict[str, str], *, to_steps: bool = False) -> None:
    """What has to be mended, each with a link to its field, or to its step."""
    if not problems:
        return
    lines = "".join(f"<li>{_link(form, path, problems[path], to_steps)}</li>" for path in problems)
    with st.container(key="errors"):
        st.html(f'<div role="alert"><h2>There is a problem</h2><ul>{lines}</ul></div>')


def _link(form: Form, path: str, problem: str, to_steps: bool) -> str:
    words = problem_words(path, problem)
    if not to_steps:
        return aids.field_link(path, words)
    step, child = step_for(path), child_in(path)
    several = len(form.rows("children")) > 1
    whose = f"Child {child + 1}: " if step.code == "children" and several else ""
    return aids.step_link(form.draft.id, step.code, f"{whose}{words}", child=child, path=path)


def progress(form: Form, problems: dict[str, str]) -> None:
    """All steps, which are done, and where she is; and that the draft is kept."""
    done = {step.code for step in STEPS if is_done(form, step, problems)}
    items = "".join(_progress_line(form, n, code, code in done) for n, code in enumerate(CODES, 1))
    saved = time_words(form.saved_at or form.draft.saved_at, seconds=True)
    st.html(
        f'<nav class="mash-steps" aria-label="Steps of this contact"><ol>{items}</ol></nav>'
        f'<p class="mash-note mash-saved">Draft saved {saved}. '
        "Nothing is sent until you press Send.</p>"
    )


def _progress_line(form: Form, number: int, code: str, done: bool) -> str:
    here = code == form.step
    kind = "here" if here else "done" if done else "open"
    mark = '<span class="mash-tick" title="Answered">✓</span>' if done else ""
    words = f"{number}. {title_of(form, code)}"
    inner = (
        f'<span aria-current="step">{escape(words)}</span>'
        if here
        else aids.step_link(form.draft.id, code, words)
    )
    return f'<li class="mash-step-{kind}">{inner}{mark}</li>'
