"""Beside the answers, before they are sent: what would help most. It is only ever advice."""

from html import escape

import streamlit as st

from mash_triage.contacts.coach import Kind, Remark, remarks_on
from mash_triage.screening.words import draft_speaks_of_danger
from mash_triage.settings import settings
from mash_triage.web.form import aids
from mash_triage.web.form.state import Form
from mash_triage.web.form.steps import child_in, step_for

TITLES: dict[Kind, str] = {
    "judge": "How much help is needed is hard to judge without",
    "call_back": "We would most often call you back for",
    "know": "Good to know",
}
MOST = 4  # of a kind at a time: a long list helps nobody


def draw(form: Form) -> None:
    """What the words call for at once, and then what could be added."""
    _danger(form)
    remarks = remarks_on(form.answers, form.edition, on=form.today)
    if not remarks:
        st.html('<div class="mash-coach"><h3>Thank you. This is all that we would ask.</h3></div>')
        return
    parts = "".join(_part(form, kind, remarks) for kind in TITLES)
    st.html(
        '<div class="mash-coach"><h3>Before you send</h3><p>You can send this as it is. If you '
        f"know any of this, it saves time for the child.</p>{parts}</div>"
    )


def _part(form: Form, kind: Kind, remarks: tuple[Remark, ...]) -> str:
    own = [each for each in remarks if each.kind == kind][:MOST]
    lines = "".join(f"<li>{_link(form, each)}</li>" for each in own)
    return f"<h4>{TITLES[kind]}</h4><ul>{lines}</ul>" if own else ""


def _link(form: Form, remark: Remark) -> str:
    step = step_for(remark.path).code
    child = child_in(remark.path)
    return aids.step_link(form.draft.id, step, remark.words, child=child, path=remark.path)


def _danger(form: Form) -> None:
    """Words that speak of danger in the next hours, where the answer was not yes."""
    if form.get("danger.in_danger_now") == "yes":
        return
    if not draft_speaks_of_danger(form.answers, form.edition, on=form.today):
        return
    chosen = settings()
    st.html(
        '<div class="mash-banner" role="alert"><p><strong>Some of your words sound as if somebody '
        "may be in danger soon.</strong> If so, call <strong>999</strong> now. If you are not "
        f"sure, call the duty number <strong>{escape(chosen.duty_number)}</strong> (out of hours "
        f"{escape(chosen.out_of_hours_number)}) as well as sending this.</p>"
        f"<p>{_change(form)}</p></div>"
    )


def _change(form: Form) -> str:
    return aids.step_link(
        form.draft.id,
        "danger",
        "Change your answer about danger now",
        path="danger.in_danger_now",
    )
