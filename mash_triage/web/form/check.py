"""The last step: read it all once more, change what is wrong, and send."""

from functools import partial
from html import escape

import streamlit as st

from mash_triage.contacts.actions import send_draft
from mash_triage.contacts.answers import as_sent
from mash_triage.web import components
from mash_triage.web.attachments import on_draft
from mash_triage.web.form import coach, declare
from mash_triage.web.form.sent_already import RECEIVED
from mash_triage.web.form.state import Form
from mash_triage.web.form.steps import CHECK
from mash_triage.web.form.summary import Section, sections


def draw(form: Form) -> None:
    """A list of answers for each section, with the way to change it."""
    if not form.silent:
        coach.draw(form)
        _answers(form)
    declare.draw(form)


def _answers(form: Form) -> None:
    for n, section in enumerate(sections(as_sent(form.answers), form.concerns, own=True)):
        with st.container(key=f"section-{n}", gap="small"):
            with st.container(
                horizontal=True,
                horizontal_alignment="distribute",
                vertical_alignment="center",
                key=f"section-head-{n}",
            ):
                about = f": {escape(section.about)}" if section.about else ""
                st.html(f"<h3>{section.title}{about}</h3>", width="content")
                if section.step != CHECK:
                    _change_button(form, section, n)
            components.summary(section.pairs)
    with st.container(key="section-files-0", gap="small"):
        st.html("<h3>Files</h3>")
        on_draft.summary(form.visit, form.draft.id)


def _change_button(form: Form, section: Section, n: int) -> None:
    key = f"change-{n}"
    if st.button(f"Change {_lower(section.title)}", key=key, type="tertiary"):
        form.deed = partial(form.go, section.step, child=section.child)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def send(form: Form) -> None:
    """Send it; "received" is said on the next page, which is opened only after the commit."""
    visit = form.visit
    with visit.work() as session:
        receipt = send_draft(session, form.draft.id, by=visit.by, at=visit.at)
    visit.leave(RECEIVED, to="receipt", contact=receipt.reference)
