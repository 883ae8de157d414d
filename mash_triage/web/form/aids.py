"""What needs a little script: going to the top of a new step, to a field with an error.

Links are real ones, so they lead somewhere without the script too.
"""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import streamlit as st

from mash_triage.web.form.fields import anchor
from mash_triage.web.form.state import FIELD, TURN, Form
from mash_triage.web.form.steps import CODES


def follow(form: Form) -> None:
    """Go to the step that a link of this page asks for; begin each step at its top; and hear what
    the browser was told before the line was cut.
    """
    with st.container(key="form_aids"):
        answer = _aids()(
            key="form-aids",
            data={"turn": st.session_state.get(TURN, 0), "field": st.session_state.get(FIELD, "")},
            on_asked_change=_nothing,
            on_cut_change=_nothing,
        )
    form.hear(answer.get("cut"))
    where = destination(answer.get("asked"))
    if where and where[0] == form.draft.id:
        step, child, field = where[1:]
        form.deed = lambda: form.go(step, child=child, field=field)


def told(form: Form) -> None:
    """What the script keeps for the time when the line is cut: what this page was told."""
    st.html(f'<span hidden class="mash-told" data-told="{escape(form.told_to_browser())}"></span>')


def step_link(draft: UUID, step: str, words: str, *, child: int = 0, path: str = "") -> str:
    """A link to a step of this draft, and to the field of this path there, as safe HTML."""
    row = f"&child={child + 1}" if child else ""
    row += f"&field={anchor(path)}" if path else ""
    return (
        f'<a class="mash-to-step" target="_self" '
        f'href="/submit_contact?draft={draft}&step={step}{row}">{escape(words)}</a>'
    )


def field_link(path: str, words: str) -> str:
    """A link to a field of this page, as safe HTML."""
    return f'<a class="mash-to-field" href="#{anchor(path)}">{escape(words)}</a>'


def destination(address: object) -> tuple[UUID, str, int, str] | None:
    """The draft, step, child and field that a link asks for; none for any other address."""
    if not isinstance(address, str):
        return None
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    step, child, field = asked.get("step", ""), asked.get("child", "1"), asked.get("field", "")
    try:
        draft = UUID(asked.get("draft", ""))
    except ValueError:
        return None
    if step not in CODES or not child.isdecimal():
        return None
    return (draft, step, int(child) - 1, field if field.startswith("at-") else "")


def _nothing() -> None:
    """Streamlit passes a click on only if somebody listens; the page itself looks at it."""


@lru_cache(maxsize=1)
def _aids() -> Callable[..., Any]:
    component: Callable[..., Any] = st.components.v2.component(
        "mash-triage.form_aids", js="form_aids.js"
    )
    return component
