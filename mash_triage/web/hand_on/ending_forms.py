"""Special endings, orders and reports: open one, name its owner, correct or extend it, say what
ended it.
"""

from datetime import date
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.errors import NotReady
from mash_triage.hand_on.actions import end_special, extend_special, name_owner, open_special
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import ENDINGS, Ending
from mash_triage.hand_on.queries import EndingPicture
from mash_triage.web.child.parts import done_in
from mash_triage.web.hand_on import when
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

Fields = tuple[str, when.Typed, date | None, when.Typed | None, str]


def next_step(visit: Visit, child_id: UUID, each: EndingPicture) -> None:
    """Name the owner where nobody is named, then say what ended it, or that it was extended, or
    correct what was entered.
    """
    if each.owner:
        _end(visit, child_id, each)
        if each.extended_at is None:
            if ENDINGS[each.kind].extends is not None:
                _extend(visit, child_id, each)
            if st.toggle("Correct what was entered", key=f"correct {each.id}"):
                _own(visit, child_id, each)
    else:
        _own(visit, child_id, each)


def open_one(visit: Visit, child_id: UUID, kinds: list[Ending]) -> None:
    """Begin one beside whatever else happens for the child."""
    offered = [each for each in kinds if _may(visit, each)]
    if not offered:
        return
    with st.expander("Open a special ending, an order or a report", key="open_special"):
        kept = Kept("open special", child_id)
        kind = st.selectbox(
            "Which",
            offered,
            index=kept.index("kind", offered),
            format_func=lambda each: ENDINGS[each].words,
            placeholder="Choose",
            key=kept.key("kind"),
        )
        if kind is None:
            return
        with st.form("open_special_form", border=False):
            fields = _fields(kept, kind)
            pressed = st.form_submit_button("Open", type="primary")
        if pressed:
            with visit.work() as session:
                facts = _facts(fields)
                open_special(session, child_id, kind, facts, by=visit.by, at=visit.at)
                kept.drop(session, by=visit.by)
            kept.forget()
            done_in("handed on", f"{ENDINGS[kind].words} is open.")


def _may(visit: Visit, kind: Ending) -> bool:
    restricted = ENDINGS[kind].is_restricted
    return visit.by.can(Permission.KEEP_ALLEGATIONS if restricted else Permission.HAND_ON)


def _own(visit: Visit, child_id: UUID, each: EndingPicture) -> None:
    kept = Kept(f"own {each.id.hex[:16]}", child_id)
    with st.form(f"own {each.id}", border=False):
        fields = _fields(kept, each.kind, each if each.owner else None)
        label = "Record as corrected" if each.owner else "Record owner"
        pressed = st.form_submit_button(label, type="primary")
    if pressed:
        with visit.work() as session:
            name_owner(session, each.id, _facts(fields), by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        st.session_state.pop(f"correct {each.id}", None)
        done_in("handed on", "It is corrected." if each.owner else "The owner is recorded.")


def _fields(kept: Kept, kind: Ending, now: EndingPicture | None = None) -> Fields:
    """Empty for a new one, and with what is on record for a correction."""
    told = ENDINGS[kind]
    known_at, due_at = (now.known_at, now.due_at) if now else (None, None)
    owner = st.text_input(
        "Who owns this",
        value=kept.text("owner") or (now.owner if now else ""),
        key=kept.key("owner"),
        help=told.usual_owner,
    )
    known = when.asked(kept, told.since, recorded=known_at)
    due, until = None, None
    if told.until:
        until = when.asked(kept, told.until, name="until", recorded=due_at)
    else:
        due = st.date_input(
            "By when, where no time is set for it",
            value=kept.day("due") or (london_day(due_at) if due_at else None),
            format="DD/MM/YYYY",
            key=kept.key("due"),
        )
    detail = st.text_area(
        "What it is about",
        value=kept.text("detail") or (now.detail if now else ""),
        key=kept.key("detail"),
        height=90,
    )
    return owner, known, due, until, detail


def _facts(fields: Fields) -> EndingFacts:
    owner, known, due, until, detail = fields
    known_at = when.moment_of(known)
    if known_at is None:
        raise NotReady("Say since when it is known: the day and the time.")
    ends_at = when.moment_of(until) if until else None
    return EndingFacts(owner, known_at, due, detail, ends_at)


def _end(visit: Visit, child_id: UUID, each: EndingPicture) -> None:
    kept = Kept(f"end {each.id.hex[:16]}", child_id)
    with st.form(f"end {each.id}", border=False):
        st.html(f"<p>Record it as ended once this is so: {ENDINGS[each.kind].done}.</p>")
        done = st.text_area(
            "What was done, and what came of it",
            value=kept.text("done"),
            key=kept.key("done"),
            height=90,
        )
        typed = when.asked(kept, "When (empty for now)")
        pressed = st.form_submit_button("Record as ended", type="primary")
    if pressed:
        with visit.work() as session:
            took = when.moment_of(typed)
            end_special(session, each.id, done, took_place_at=took, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("handed on", f"{ENDINGS[each.kind].words} has ended.")


def _extend(visit: Visit, child_id: UUID, each: EndingPicture) -> None:
    with st.expander("Record that it was extended", key="extend_special"):
        kept = Kept(f"extend {each.id.hex[:16]}", child_id)
        with st.form(f"extend {each.id}", border=False):
            granted = when.asked(kept, "When did the court extend it?")
            until = when.asked(kept, "Until when now?", name="until")
            pressed = st.form_submit_button("Record the extension", type="primary")
        if pressed:
            with visit.work() as session:
                granted_at, ends_at = when.moment_of(granted), when.moment_of(until)
                by, at = visit.by, visit.at
                extend_special(session, each.id, ends_at, granted_at=granted_at, by=by, at=at)
                kept.drop(session, by=visit.by)
            kept.forget()
            done_in("handed on", f"{ENDINGS[each.kind].words} is extended.")
