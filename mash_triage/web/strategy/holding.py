"""Who was there: when it began and ended, and the part of everybody who was asked."""

from datetime import date
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.strategy.actions import record_held
from mash_triage.strategy.codes import PART_WORDS, SECTOR_WORDS, Part
from mash_triage.strategy.pictures import DiscussionPicture, PersonPicture
from mash_triage.strategy.rules import Held, Took
from mash_triage.web import pressed, wording
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit
from mash_triage.web.strategy import fields

PARTS = {part: words for part, words in PART_WORDS.items() if part is not Part.INVITED}


def show(visit: Visit, seen: DiscussionPicture) -> None:
    """The form, until the discussion is closed; folded once it was recorded."""
    if seen.is_over or not visit.by.can(Permission.HOLD_STRATEGY):
        return
    title = "Record who was there" if seen.started_at is None else "Change who was there"
    with st.expander(title, expanded=seen.started_at is None, key="strategy_held"):
        if seen.people:
            _form(visit, seen)
        else:
            st.html("<p>Nobody is invited yet. Ask somebody first.</p>")


def _form(visit: Visit, seen: DiscussionPicture) -> None:
    kept = Kept("strategy_held", seen.id)
    if seen.started_at is not None:
        st.html('<p class="mash-note">What you leave empty stays as it is on record.</p>')
    began = fields.moment(kept, "began", "Began")
    ended = fields.moment(kept, "ended", "Ended")
    _all_attended(kept, seen)
    parts = {each.id: _part(kept, each) for each in seen.people}
    if pressed.button("Record who was there", key="record_held", about=seen.id, type="primary"):
        pressed.taken()
        with visit.work() as session:
            facts = _facts(seen, began, ended, parts)
            record_held(session, seen.id, facts, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        visit.leave("Recorded who was there.", to="strategy", open=str(seen.id))


def _all_attended(kept: Kept, seen: DiscussionPicture) -> None:
    """One press says of all who have no part yet that they attended; each can still be changed, and
    nothing is recorded by it.
    """
    keys = {kept.key(_field(each)): each for each in seen.people}
    open_ones = [
        key
        for key, each in keys.items()
        if each.part is Part.INVITED and st.session_state.get(key, kept.value(_field(each))) is None
    ]
    if len(open_ones) > 1:
        everybody = len(open_ones) == len(keys)
        st.button(
            "All attended" if everybody else f"The other {len(open_ones)} attended",
            key="all_attended",
            help="Change whoever did not. Nothing is recorded before you press Record.",
            on_click=_fill,
            args=(open_ones,),
        )


def _fill(keys: list[str]) -> None:
    for key in keys:
        st.session_state[key] = Part.ATTENDED


def _field(person: PersonPicture) -> str:
    return f"part_{person.id}"


def _facts(
    seen: DiscussionPicture,
    began: tuple[date | None, str],
    ended: tuple[date | None, str],
    parts: dict[UUID, Took],
) -> Held:
    """What was typed; the times on record where only a part is changed."""
    untouched = not any((*began, *ended))
    if untouched and seen.started_at is not None and seen.ended_at is not None:
        return Held(seen.started_at, seen.ended_at, parts)
    return Held(
        fields.moment_of(began, "Say on which day and at what time it began."),
        fields.moment_of((ended[0] or began[0], ended[1]), "Say at what time it ended."),
        parts,
    )


def _part(kept: Kept, person: PersonPicture) -> Took:
    name = str(person.id)
    recorded = person.part is not Part.INVITED
    with st.container(border=True, key=f"part_{name}"):
        st.markdown(f"**{SECTOR_WORDS[person.sector]}**")
        st.text(person.who)
        part = fields.choice(kept, _field(person), f"Part of {as_typed(person.person)}", PARTS)
        why = information = ""
        if part is Part.ABSENT:
            why = fields.line(kept, f"why_{name}", f"Why was {as_typed(person.person)} absent?")
        if part in (Part.ATTENDED, Part.SENT_INFORMATION):
            information = fields.words(
                kept, f"info_{name}", f"What {as_typed(person.agency)} shared"
            )
        if recorded and part is None:
            st.html(f'<p class="mash-note">On record: {PART_WORDS[person.part].lower()}</p>')
    if recorded and part is None:
        return Took(person.part, person.why_absent, person.information)
    return Took(part, why, information)


def held_words(seen: DiscussionPicture) -> str:
    """When it was held, or when it is to be."""
    if seen.started_at is None or seen.ended_at is None:
        return f"Planned for {wording.moment_words(seen.planned_for)}"
    until = wording.time_words(seen.ended_at)
    return f"{wording.moment_words(seen.started_at)} to {until}"
