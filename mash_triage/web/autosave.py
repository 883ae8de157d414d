"""A long answer that is saved while it is typed: at most ten seconds of words are ever lost.

The field sends its text after a pause, at the latest four seconds after the first unsent key, and
when it is left. Each sending runs only this field's fragment, which stores the draft.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from mash_triage.web.page import Visit

OnSave = Callable[[Visit, str], None]
"""What stores the text: `with visit.work() as session: save_draft(session, ..., by=visit.by,
at=visit.at)`. It draws nothing."""

LONDON = ZoneInfo("Europe/London")
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
    field and linked to it. If the draft cannot be stored, that is said above the field, and the
    text stays in it.
    """
    shape = {"label": label, "hint": help, "error": error, "rows": rows, "max": max_chars}
    first = [visit]  # this run's visit; a later run of the fragment asks for a fresh one
    return _answer(first, visit, key, value, shape, on_save)


def typed(key: str) -> str | None:
    """What has arrived from the field `key`, for a page that must keep it before it can draw."""
    state = st.session_state.get(key)
    value = state.get("value") if state is not None and hasattr(state, "get") else None
    return value if isinstance(value, str) else None


@st.fragment
def _answer(
    first: list[Visit],
    visit: Visit,
    key: str,
    value: str,
    shape: dict[str, Any],
    on_save: OnSave,
) -> str:
    now = first.pop() if first else visit.again(deed=True)
    arrived = typed(key)
    memory: dict[str, Any] = st.session_state.get(f"_stored {key}", {})
    stored = memory.get("text", value) if arrived is not None else value
    at: datetime | None = memory.get("at") if arrived is not None else None

    ended: BaseException | None = None
    if arrived is not None and arrived != stored:
        try:
            on_save(now, arrived)
            stored, at = arrived, now.at
        except BaseException as stop:  # the end of the run, which waits until the field is drawn
            ended = stop
    st.session_state[f"_stored {key}"] = {"text": stored, "at": at}

    saved_at = at.astimezone(LONDON).strftime("%H:%M:%S") if at else ""
    _field()(
        key=key,
        data={**shape, "value": stored, "saved_at": saved_at},
        on_value_change=_nothing,
    )
    if ended is not None:
        raise ended
    return arrived if arrived is not None else value


def _nothing() -> None:
    """Streamlit keeps a value only if somebody listens; the fragment itself looks at it."""


@lru_cache(maxsize=1)
def _field() -> Callable[..., Any]:
    """The component; its script and style are files, since inline scripts are forbidden here."""
    component: Callable[..., Any] = st.components.v2.component(
        "mash-triage.long_answer", html=FIELD, css="long_answer.css", js="long_answer.js"
    )
    return component
