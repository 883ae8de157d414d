"""Step: who makes contact. For a call or letter also how, and when it reached us."""

from functools import partial

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.asked import may_stay_nameless
from mash_triage.web.form.dates import day, moment
from mash_triage.web.form.fields import choice, line, pick
from mash_triage.web.form.openings import opening
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import CHANNEL, KIND, YES_NO
from mash_triage.web.wording import SOURCE_WORDS, london


def is_for_others(form: Form) -> bool:
    """Does this person enter what somebody else said or wrote?"""
    return not form.visit.by.can(Permission.SUBMIT_CONTACT)


def draw(form: Form) -> None:
    """One's own particulars, filled in from the account, or those of whoever called or wrote."""
    if is_for_others(form):
        _reached_us(form)
        kind = choice(form, "referrer.kind", "Who made contact?", KIND)
        if kind == "anonymous":
            st.html("<p>No name is asked. Nobody is told who it was.</p>")
        else:
            _person(form, "Their name", professional=kind == "professional")
        if may_stay_nameless(form.answers):
            _nameless(form, "Do they wish that the family is not told who it was?")
        pick(form, "referrer.source_code", "Where the contact came from", SOURCE_WORDS)
    else:
        _person(form, "Your name", professional=True)
    line(
        form,
        "referrer.relationship_to_child",
        "How do you know the children? (optional)"
        if not is_for_others(form)
        else "How do they know the children? (optional)",
        hint="For example: class teacher since September",
        gap="not_asked",
    )
    day(form, "referrer.last_seen", "When were the children last seen? (optional)", gap="not_asked")
    if not is_for_others(form):
        _more(form)


def _more(form: Form) -> None:
    names = ("team", "known_for", "address", "wishes_anonymity", "why_anonymous")
    paths = tuple(f"referrer.{name}" for name in names)
    with opening(form, "referrer", "More about you", *paths):
        line(form, paths[0], "Team (optional)", gap="not_asked")
        line(form, paths[1], "How long have you known the children? (optional)", gap="not_asked")
        line(form, paths[2], "Work address (optional)", gap="not_asked")
        st.html(
            '<p class="mash-note">The family is told, as a rule, which agency made contact. If '
            "that would put somebody at risk, say so here.</p>"
        )
        _nameless(form, "Must the family not learn that it was you? (optional)")


def _nameless(form: Form, label: str) -> None:
    wishes = choice(form, "referrer.wishes_anonymity", label, YES_NO, across=True)
    with st.container(key="because_nameless"):
        if wishes == "yes":
            why = "referrer.why_anonymous"
            line(form, why, "Why? (optional)", gap="not_asked", most=2000)


def _person(form: Form, label: str, *, professional: bool) -> None:
    line(form, "referrer.name", label)
    if professional and is_for_others(form):
        line(form, "referrer.organisation", "Organisation (optional)", gap="not_asked")
    if professional:
        line(form, "referrer.job_title", "Job title (optional)", gap="not_asked")
    line(
        form,
        "referrer.telephone",
        "Telephone (optional)",
        hint="Where we can ask a question today",
        gap="not_asked",
        width=320,
    )
    if professional:
        line(form, "referrer.email", "E-mail (optional)", gap="not_asked")


def _reached_us(form: Form) -> None:
    choice(form, "channel", "How did it reach us?", CHANNEL, across=True)
    moment(
        form,
        "received_at",
        "When did it reach us?",
        hint="The true time, not the time of typing: both clocks start from it.",
    )
    if st.button("It reached us just now", key="just_now"):
        form.deed = partial(_just_now, form)


def _just_now(form: Form) -> None:
    reached = london(form.visit.at).replace(second=0, microsecond=0)
    form.put("received_at", reached.isoformat())
    form.save()
    st.rerun()
