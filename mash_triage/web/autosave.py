"""A long answer that is saved while it is typed: at most ten seconds of words are ever lost.

The field sends its text after a pause, at the latest four seconds after the first unsent key, and
when it is left. Each sending runs the page, which stores the draft. It is not a fragment: a button
pressed while a fragment's field is sending would be forgotten by the browser's side of Streamlit.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from mash_triage.clocks.working_days import LONDON
from mash_triage.web.page import Undone, Visit

OnSave = Callable[[Visit, str], None]
"""What stores the text: `with visit.work() as session: save_draft(session, ..., by=visit.by,
at=visit.at)`. It draws nothing."""

STYLE = Path(__file__).parent / "assets" / "long_answer" / "long_answer.css"
FIELD = """
<div class="answer">
  <label data-part="label" for="text"></label>
  <p data-part="hint" id="hint" hidden></p>
  <p data-part="error" id="error" hidden></p>
  <textarea data-part="text" id="text" spellcheck="true"></textarea>
  <div class="below"><span data-part="count" id="count"></span><span data-part="saved"></span></div>
</div>
"""


def long_answer(
    visit: Visit,
    key: str,
    label: str,
    value: str,
    *,
    on_save: OnSave,
    help: str = "",
    error: str = "",
    rows: int = 8,
    max_chars: int | None = None,
) -> str:
    """The field, and the text in it. `value` is what the draft holds now; `error` is shown at the
    field and linked to it. If the draft cannot be stored, that is said above the field, the text
    stays in it, and the page goes on.
    """
    arrived, memory = typed(key), st.session_state.get(f"_stored {key}", {})
    stored: str = value if arrived is None else memory.get("text", value)
    at: datetime | None = None if arrived is None else memory.get("at")
    notice = st.container()  # always there, so that the field below never changes its place
    if arrived is not None and arrived != stored:
        with notice, suppress(Undone):
            on_save(visit.going_on(), arrived)
            stored, at = arrived, visit.at
    st.session_state[f"_stored {key}"] = {"text": stored, "at": at}
    _field()(
        key=key,
        data={
            "label": label,
            "hint": help,
            "error": error,
            "rows": rows,
            "max": max_chars,
            "value": stored,
            "saved_at": at.astimezone(LONDON).strftime("%H:%M:%S") if at else "",
        },
        on_value_change=_nothing,
        on_base_change=_nothing,
    )
    return value if arrived is None else arrived


def typed(key: str) -> str | None:
    """What has arrived from the field `key`, for a page that must keep it before it can draw."""
    state = st.session_state.get(key)
    value = state.get("value") if state is not None and hasattr(state, "get") else None
    return value if isinstance(value, str) else None


def based_on(key: str) -> str | None:
    """The text that the field `key` had been given when the line was cut; None if it never was."""
    state = st.session_state.get(key)
    base = state.get("base") if state is not None and hasattr(state, "get") else None
    return base if isinstance(base, str) else None


def joined(base: str | None, typed: str, stored: str) -> str:
    """One text of what was typed in a window that was cut off and what was stored meanwhile from
    another. Nothing of either is left out.
    """
    if typed == base or stored.startswith(typed):
        return stored
    if stored == base or typed.startswith(stored):
        return typed
    if base and typed.startswith(base) and stored.startswith(base):
        return f"{stored}\n\n{typed.removeprefix(base).strip()}"
    return f"{stored}\n\n{typed}".strip()


def _nothing() -> None:
    """Streamlit keeps a value only if somebody listens; the field itself looks at it."""


@lru_cache(maxsize=1)
def _field() -> Callable[..., Any]:
    """The component. Its script is a file, since inline scripts are forbidden here. Its style goes
    with the page: a style that could not be fetched on a bad line would leave no field at all.
    """
    component: Callable[..., Any] = st.components.v2.component(
        "mash-triage.long_answer", html=FIELD, css=STYLE.read_text("utf-8"), js="long_answer.js"
    )
    return component
