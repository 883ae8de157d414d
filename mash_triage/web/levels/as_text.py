"""A draft as its TOML text, for the practised: faults by line, and the file to take away."""

from html import escape
from typing import Any
from uuid import UUID

import streamlit as st

from mash_triage.editions.actions import save_text
from mash_triage.editions.draft_text import Tables, tables_in
from mash_triage.editions.pictures import DraftPicture
from mash_triage.editions.rules import examined
from mash_triage.thresholds.examine import Examined
from mash_triage.thresholds.toml_text import LARGEST_FILE, NotToml
from mash_triage.web.levels import unsaved
from mash_triage.web.levels.soundness import faults_html
from mash_triage.web.levels.ways import go
from mash_triage.web.page import Visit

OPENED = "_levels_text"
HEIGHT = 560  # pixels
AROUND = 2  # lines shown before and after a fault


def show(visit: Visit, draft: DraftPicture) -> None:
    """The whole text to edit, what is wrong with it, and the export."""
    unsaved.offer(visit, draft, unsaved.TEXT, _take_up)
    opened = _opened(draft)
    st.html(
        "<p>The whole draft as it is exported. Comments after <code>#</code> are kept by the forms "
        "too. Press Ctrl and Enter, or leave the field, to check it; nothing is stored before "
        "you save.</p>"
    )
    typed = st.text_area(
        "Text of the draft",
        opened["toml"],
        key=opened["key"],
        height=HEIGHT,
        max_chars=LARGEST_FILE,
    )
    found = examined(typed)
    if found.faults:
        _faults(found, typed)
    else:
        st.html("<p><strong>No fault is found in this text.</strong></p>")
    with st.container(horizontal=True):
        saved = st.button("Save this text", type="primary", disabled=typed == draft.toml)
        left = typed != opened["toml"] and st.button("Leave it as it was")
        st.download_button(
            "Export as a file",
            draft.toml.encode(),
            file_name=f"{draft.code}-draft.toml",
            mime="application/toml",
            on_click="ignore",
        )
    if left:
        _forget()
        st.rerun()
    if saved:
        with visit.work() as session:
            save_text(session, draft.id, typed, seen=opened["seen"], by=visit.by, at=visit.at)
            unsaved.drop(session, draft.id, unsaved.TEXT, by=visit.by)
        _forget()
        go("The text is saved.", draft=draft.id, work="text")


def _faults(found: Examined, typed: str) -> None:
    count = len(found.faults)
    words = "One fault" if count == 1 else f"{count} faults"
    st.html(
        f'<div class="mash-caution"><p>{words}</p>{faults_html(found, tables_or_none(typed))}</div>'
        + "".join(_around(typed, each.line) for each in found.faults[:3] if each.line)
    )


def _around(typed: str, line: int) -> str:
    """The lines about a fault, numbered, so that it is found in the field above."""
    lines = typed.splitlines()
    first = max(line - AROUND, 1)
    shown = (
        f'<span class="{"mash-here" if number == line else ""}">{number:>5}  {escape(words)}</span>'
        for number, words in enumerate(lines[first - 1 : line + AROUND], first)
    )
    return f'<pre class="mash-lines">{"<br>".join(shown)}</pre>'


def tables_or_none(typed: str) -> Tables | None:
    """The tables of a text; None when it is not TOML."""
    try:
        return tables_in(typed)
    except NotToml:
        return None


def _opened(draft: DraftPicture) -> dict[str, Any]:
    """The text with which the field began, and its version: kept until it is saved or left."""
    opened: dict[str, Any] | None = st.session_state.get(OPENED)
    if opened is None or opened["draft"] != str(draft.id):
        opened = _open(draft, draft.toml, draft.number)
    return opened


def _open(draft: DraftPicture, toml: str, seen: int) -> dict[str, Any]:
    turn = st.session_state.get("_levels_turn", 0) + 1
    st.session_state["_levels_turn"] = turn
    key = f"levels_text {turn}"
    opened = {"draft": str(draft.id), "toml": toml, "seen": seen, "key": key}
    st.session_state[OPENED] = opened
    return opened


def _take_up(draft: DraftPicture, kept: dict[str, Any]) -> None:
    """Open the field with what was typed before the sign-in ended."""
    _open(draft, kept["toml"], kept["seen"])


def keep_when_signed_out(visit: Visit) -> None:
    """What has just arrived though the sign-in is over goes into her own drafts."""
    opened: dict[str, Any] | None = st.session_state.get(OPENED)
    typed = st.session_state.get(opened["key"]) if opened else None
    if opened and typed and typed != opened["toml"]:
        told = {"toml": typed, "seen": opened["seen"]}
        unsaved.keep(visit, UUID(opened["draft"]), unsaved.TEXT, told)


def _forget() -> None:
    st.session_state.pop(OPENED, None)
