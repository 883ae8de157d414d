"""Editing a draft part by part, each fault said at its field while it is typed."""

import tomllib
from html import escape
from typing import Any
from uuid import UUID

import streamlit as st
import tomlkit

from mash_triage.editions.actions import save_part
from mash_triage.editions.draft_text import (
    KEY,
    KINDS,
    Part,
    Tables,
    Values,
    code_of,
    entries,
    part_words,
    tables_in,
    values_of,
    with_values,
)
from mash_triage.editions.pictures import DraftPicture
from mash_triage.thresholds.toml_text import NotToml
from mash_triage.web.levels import unsaved
from mash_triage.web.levels.asking import Asked, answered, ask
from mash_triage.web.levels.field import Field
from mash_triage.web.levels.forms import fields_of
from mash_triage.web.levels.soundness import faults_at
from mash_triage.web.levels.ways import go
from mash_triage.web.page import Visit

FIRST = ("indicator", "rule", "", "level")
KINDS_TO_CHOOSE = (*FIRST, *(kind for kind in KINDS if kind not in FIRST))
NEW = "+new"  # no code is written so
OPENED = "_levels_opened"


def show(visit: Visit, draft: DraftPicture) -> None:
    """Which part, and its form."""
    try:
        tables = tables_in(draft.toml)
    except NotToml:
        st.html(
            "<p>This text cannot be read part by part. Mend it under <strong>As text</strong>, or "
            "undo the last edit under <strong>Edits and undo</strong>.</p>"
        )
        return
    unsaved.offer(visit, draft, unsaved.PART, _take_up)
    part = _chosen(tables)
    if part is not None:
        _form(visit, draft, tables, part)


def _chosen(tables: Tables) -> Part | None:
    kind = st.selectbox(
        "What do you want to change?",
        KINDS_TO_CHOOSE,
        format_func=part_words,
        key="levels_kind",
    )
    if kind not in KEY:
        return Part(kind)
    named = {code_of(kind, each): _label(kind, each) for each in entries(tables, kind)}
    code = st.selectbox(
        f"Which {part_words(kind).lower()}?",
        [*named, NEW],
        index=None,
        format_func=lambda each: named.get(each, f"A new {part_words(kind).lower()}"),
        key=f"levels_code {kind}",
        placeholder="Type a word",
    )
    return Part(kind, code) if code else None


def _label(kind: str, entry: Values) -> str:
    words = str(entry.get("words") or entry.get("name") or code_of(kind, entry))
    level = entry.get("level") if kind == "indicator" else entry.get("number")
    return f"{words} (level {level})" if level else words


# ---------------------------------------------------------------- the form of one part


def _form(visit: Visit, draft: DraftPicture, tables: Tables, part: Part) -> None:
    opened = _opened(draft, tables, part)
    values: Values = opened["values"]
    fields = tuple(
        each
        for each in fields_of(part.kind, values)
        if part.code == NEW or each.name != KEY.get(part.kind)
    )
    with st.container(key="levels_form"):
        asked = ask(fields, values, tables, opened["key"])
    told = _with_code(part, asked.values)
    may_save = _say_faults(part, told, fields, asked, tables)
    with st.container(horizontal=True):
        saved = st.button(
            "Save", type="primary", key=f"save {opened['key']}", disabled=not may_save
        )
        out = (
            part.is_entry
            and part.code != NEW
            and st.button(
                f"Take this {part_words(part.kind).lower()} out", key=f"out {opened['key']}"
            )
        )
        left = asked.values != values and st.button("Leave it as it was", key="levels_leave")
    if left:
        _forget()
        st.rerun()
    if saved or out:
        _save(visit, draft.id, told, None if out else asked.values, opened["seen"])


def _say_faults(
    part: Part, told: Part, fields: tuple[Field, ...], asked: Asked, tables: Tables
) -> bool:
    """At each field what is wrong with it, and what this edit would break elsewhere. A part with
    faults may be saved, and mended later; one without a name of its own may not.
    """
    if part.code == NEW and (not told.code or values_of(tables, told) is not None):
        taken = f"There is a {part_words(part.kind).lower()} with this {KEY[part.kind]} already."
        asked.say({KEY[part.kind]: [taken]} if told.code else {})
        return False
    now = with_values(tables, told, asked.values)
    at_fields, elsewhere = faults_at(told, fields, now, tables)
    asked.say(at_fields)
    if elsewhere:
        lines = "".join(f"<li>{escape(each)}</li>" for each in elsewhere)
        st.html(
            f'<div class="mash-caution"><p>This would leave elsewhere:</p>'
            f'<ul class="mash-list">{lines}</ul></div>'
        )
    return True


def _save(visit: Visit, draft_id: UUID, part: Part, values: Values | None, seen: int) -> None:
    with visit.work() as session:
        save_part(session, draft_id, part, values, seen=seen, by=visit.by, at=visit.at)
        unsaved.drop(session, draft_id, unsaved.PART, by=visit.by)
    _forget()
    kind = part_words(part.kind)
    done = f"{kind} saved." if values is not None else f"{kind} taken out. It can be undone."
    go(done, draft=draft_id, work="parts")


def _with_code(part: Part, values: Values) -> Part:
    return Part(part.kind, code_of(part.kind, values)) if part.code == NEW else part


def _take_up(draft: DraftPicture, kept: dict[str, Any]) -> None:
    """Open the form with what was typed before the sign-in ended."""
    st.session_state["levels_kind"] = kept["kind"]
    st.session_state[f"levels_code {kept['kind']}"] = kept["code"]
    _open(draft, Part(kept["kind"], kept["code"]), tomllib.loads(kept["toml"]), kept["seen"])


def keep_when_signed_out(visit: Visit) -> None:
    """What has just arrived though the sign-in is over goes into her own drafts."""
    opened: dict[str, Any] | None = st.session_state.get(OPENED)
    if opened is None:
        return
    draft_id, kind, code = opened["here"].split(" ", 2)
    fields = fields_of(kind, opened["values"])
    values = answered(fields, opened["values"], opened["key"])
    if values != opened["values"]:
        told = {"kind": kind, "code": code, "seen": opened["seen"], "toml": tomlkit.dumps(values)}
        unsaved.keep(visit, UUID(draft_id), unsaved.PART, told)


def _opened(draft: DraftPicture, tables: Tables, part: Part) -> dict[str, Any]:
    """What the form began with: kept until it is saved or left, whatever colleagues save."""
    here = f"{draft.id} {part.kind} {part.code}"
    opened: dict[str, Any] | None = st.session_state.get(OPENED)
    if opened is None or opened["here"] != here:
        opened = _open(draft, part, values_of(tables, part) or {}, draft.number)
    return opened


def _open(draft: DraftPicture, part: Part, values: Values, seen: int) -> dict[str, Any]:
    turn = st.session_state.get("_levels_turn", 0) + 1
    st.session_state["_levels_turn"] = turn
    opened = {
        "here": f"{draft.id} {part.kind} {part.code}",
        "key": f"levels {turn}",
        "seen": seen,
        "values": values,
    }
    st.session_state[OPENED] = opened
    return opened


def _forget() -> None:
    st.session_state.pop(OPENED, None)
