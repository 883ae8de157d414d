"""A draft that is open at one of its steps: drawn, saved, and then what was pressed is done."""

from functools import partial
from typing import Any
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.answers import value_at
from mash_triage.contacts.drafts import DraftPicture, picture_of_draft, restore_draft
from mash_triage.errors import NotFound
from mash_triage.settings import settings
from mash_triage.thresholds.queries import edition_in_force, edition_of
from mash_triage.web import pressed
from mash_triage.web.form import aids, check, layout, rows, sent_already
from mash_triage.web.form.drafts import CHAT, open_draft
from mash_triage.web.form.state import PROBLEMS, Form, heard_out, turn
from mash_triage.web.form.steps import CHECK, CODES, after, problems_of_page, step_of
from mash_triage.web.navigation import present
from mash_triage.web.page import Visit

LISTS = {
    "household": ("household",),
    "told": ("told_and_agreed",),
    "concern": ("chronology",),
    "visit": ("kept_from",),
}
"""The rows of each step; those left blank go when the step is left."""


def draft_in_address(visit: Visit) -> DraftPicture | None:
    """The draft that the address names; none when it names none. Not hers is not found."""
    named = st.query_params.get("draft")
    if named is None:
        return None
    try:
        draft_id = UUID(named)
    except ValueError:
        visit.refuse(NotFound())
    with visit.look() as session:
        return picture_of_draft(session, draft_id, by=visit.by)


def open_form(visit: Visit, draft: DraftPicture, *, silent: bool = False) -> Form:
    """The form at the step that the address names, or where she left it."""
    asked = st.query_params.get("step", draft.step)
    step = asked if asked in CODES else CODES[0]
    with visit.look() as session:
        record = edition_in_force(session, settings().edition, london_day(visit.at))
        edition = edition_of(session, record.id)
    form = Form(visit, draft, step, 0, draft.answers, edition, silent=silent)
    row = st.query_params.get("child", "1")
    last = len(form.rows("children")) - 1
    form.child = min(int(row) - 1, last) if row.isdecimal() and row != "0" else 0
    shown = st.session_state.get(PROBLEMS, {})
    form.problems = dict(shown["problems"]) if shown.get("where") == form.where else {}
    return form


def show(visit: Visit, draft: DraftPicture) -> None:
    """The open step. Everything is drawn first and the deed comes last, so that what was typed
    stays on the screen if it cannot be done.
    """
    if draft.sent_as:
        sent_already.show(visit, draft, _came_too_late(visit, draft))
    if draft.discarded:
        _discarded(visit, draft)
        return
    form = open_form(visit, draft)
    aids.follow(form)
    if form.stale:
        _keep_what_came(form)
        heard_out()
        st.rerun()
    side, main = st.columns([1, 3], gap="large")
    with main, st.container(key="form"):
        _draw(form)
        form.save(step=form.step)
    with side, st.container(key="steps"):
        layout.progress(form, form.problems_now())
        aids.told(form)
    with main:
        if form.deed:
            form.deed()


def keep_when_signed_out(visit: Visit) -> None:
    """Put what has just arrived into her own draft."""
    draft = draft_in_address(visit)
    if draft is None or draft.sent_as:
        return
    form = open_form(visit, draft, silent=True)
    aids.follow(form)
    _keep_what_came(form)


def _keep_what_came(form: Form) -> None:
    _let_come(form)
    form.save()


def _let_come(form: Form) -> None:
    """The fields are made without their words, so that the browser's come in, and are taken away
    again.
    """
    place = st.empty()
    with place.container():
        step_of(form.step).draw(form) if form.step != CHECK else check.draw(form)
    form.deed = None
    place.empty()


def _came_too_late(visit: Visit, draft: DraftPicture) -> list[Any]:
    """What has just arrived from this window and is not in what another one has sent."""
    form = open_form(visit, draft, silent=True)
    aids.follow(form)
    _let_come(form)
    return [
        answer for path, answer in form.changes.items() if answer != value_at(draft.answers, path)
    ]


def _draw(form: Form) -> None:
    layout.back(form)
    if form.step == CHECK:
        problems = form.problems_now()
        layout.summary_of_problems(form, problems, to_steps=True)
        layout.heading(form)
        check.draw(form)
    else:
        layout.summary_of_problems(form, form.problems)
        layout.heading(form)
        step_of(form.step).draw(form)
    _buttons(form)


def _buttons(form: Form) -> None:
    with st.container(horizontal=True, key="form_buttons"):
        if form.step == CHECK:
            if pressed.button("Send", type="primary", key="send", about=form.draft.id):
                form.deed = partial(_send, form)
        elif st.button("Save and continue", type="primary", key="continue"):
            form.deed = partial(_continue, form)
        if st.button("Save and come back later", key="later"):
            form.deed = partial(_later, form)
        offered = settings().guided_chat and form.visit.by.can(Permission.SUBMIT_CONTACT)
        if offered and st.button("Go on in the chat", key="to-chat", type="tertiary"):
            form.deed = partial(open_draft, form.draft.id, CHAT)


def _continue(form: Form) -> None:
    """On to the next step, if nothing is missing in this one."""
    if form.step in LISTS:
        for section in LISTS[form.step]:
            rows.drop_blank(form, section)
        form.save()
    problems = problems_of_page(form, form.problems_now())
    form.remember_problems(problems)
    if problems:
        form.again()
    step, child = after(form)
    form.go(step, child=child)


def _send(form: Form) -> None:
    pressed.taken()
    if form.problems_now():
        form.again()
    check.send(form)


def _later(form: Form) -> None:
    to = "my_contacts" if "my_contacts" in _own_pages(form.visit) else "submit_contact"
    form.visit.leave("Your draft is saved. Nothing was sent.", to=to)


def _own_pages(visit: Visit) -> list[str]:
    return [entry.path for entry in present() if entry.is_for(visit.by)]


def _discarded(visit: Visit, draft: DraftPicture) -> None:
    st.html("<p>You discarded this draft.</p>")
    if st.button("Bring it back", key="restore"):
        with visit.work() as session:
            restore_draft(session, draft.id, by=visit.by)
        turn()
        st.rerun()
