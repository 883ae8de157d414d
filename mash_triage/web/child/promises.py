"""What is promised for this child: what must follow, by when, and what was kept or broken."""

from datetime import date, datetime
from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.status import OVER
from mash_triage.decisions.actions import record_referrer_told
from mash_triage.errors import NotReady
from mash_triage.promises.queries import PromisePicture
from mash_triage.web import components, notices, wording
from mash_triage.web.child.parts import to_read
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.promises_view import who_words
from mash_triage.web.strategy import fields

SAID = "_said_referrer_told"
ORDERS = {
    "police_protection": (
        Moment.POLICE_PROTECTION_TAKEN,
        "that the child is under police protection",
    ),
    "emergency_protection_order": (
        Moment.EMERGENCY_ORDER_MADE,
        "that there is an emergency protection order",
    ),
}
"""What a contact may say of an order, by the code of its answer, and what enters it."""
TOLD, NOBODY = "told", "nobody"
ANSWERS = {TOLD: "I have told the referrer", NOBODY: "There is nobody who can be told"}


def promised(visit: Visit, whole: WholeChild) -> None:
    """The promises that run, with the time that is left."""
    if still := _running(whole):
        lines = "".join(_running_line(each, visit) for each in still)
        st.html(f'<h3>Promised</h3><ul class="mash-links">{lines}</ul>')


def _running(whole: WholeChild) -> list[PromisePicture]:
    return [each for each in whole.promises if each.ended is None]


def show(visit: Visit, whole: WholeChild) -> None:
    """What is entered about promises, and those that ended."""
    if st.session_state.pop(SAID, False):
        notices.done("Recorded.")
    if visit.by.can(Permission.HAND_ON) and whole.child.status not in OVER:
        _orders(whole)
    ended = [each for each in whole.promises if each.ended is not None]
    if ended:
        with to_read(f"Promises ended: {len(ended)}", "promises"):
            lines = "".join(_ended_line(each, visit) for each in ended)
            st.html(f'<ul class="mash-links">{lines}</ul>')
    if _is_to_be_told(whole, _running(whole)) and visit.by.can(Permission.WRITE_TO_REFERRER):
        with st.expander("Say that the referrer was told", key="referrer_told"):
            _told_form(visit, whole)


def _orders(whole: WholeChild) -> None:
    """The way to what has a time of its own beside the decision; what was reported stands out."""
    link = components.child_link_html("handed_on", whole.id, "Enter an order or a report")
    answer = whole.child.submission["danger"].get("legal_protection", "")
    entered, words = ORDERS.get(answer, (None, ""))
    began = (whole.edition.promise_of(each.code).starts for each in whole.promises)
    if entered is not None and not any(entered in each for each in began):
        st.html(
            f"<p><strong>The contact says {words}.</strong> {link}, to keep its end in view.</p>"
        )
    else:
        words = "police protection, a court&#39;s order, NRM, Operation Encompass, FGM"
        st.html(f'<p class="mash-note">{link}: {words}.</p>')


def _running_line(each: PromisePicture, visit: Visit) -> str:
    left = wording.time_left_words(each.due_at, at=visit.at)
    left = f"<strong>{left}</strong>" if each.is_past or each.is_warned else left
    due = wording.near_words(each.due_at, at=visit.at)
    return (
        f'<li title="{escape(each.source)}">{escape(each.words)}: {left}<br>'
        f'<span class="mash-note">due {due} · {escape(who_words(each))}</span></li>'
    )


def _ended_line(each: PromisePicture, visit: Visit) -> str:
    assert each.ended_at is not None
    when = wording.near_words(each.ended_at, at=visit.at)
    if each.ended == "lapsed":
        how = f"no longer needed, {when}"
    else:
        how = f"{'late' if each.is_past else 'in time'}, {when}"
    return f'<li>{escape(each.words)}<br><span class="mash-note">{how}</span></li>'


def _is_to_be_told(whole: WholeChild, running: list[PromisePicture]) -> bool:
    """Does the promise to tell the referrer run, after a decision?"""
    kept_by = (whole.edition.promise_of(each.code).stops for each in running)
    return whole.decision is not None and any(Moment.REFERRER_TOLD in each for each in kept_by)


def _told_at(answer: str | None, told: tuple[date | None, str], now: datetime) -> datetime | None:
    """When the referrer was told: just now, where nothing else is said."""
    if answer is None:
        raise NotReady("Say whether the referrer was told, or that nobody can be told.")
    if answer != TOLD:
        return None
    asked = "Say on which day and at what time the referrer was told."
    return fields.moment_of(told, asked) if any(told) else now


def _told_form(visit: Visit, whole: WholeChild) -> None:
    kept, ways = Kept("referrer_told", whole.id), list(ANSWERS)
    with st.form("referrer_told_form", border=False):
        answer = st.radio(
            "The referrer called or wrote, and is told by a person",
            ways,
            index=kept.index("answer", ways),
            format_func=ANSWERS.__getitem__,
            key=kept.key("answer"),
        )
        told = fields.moment(kept, "told", "Told, if it was not just now")
        pressed = st.form_submit_button("Record it")
    if not pressed:
        return
    with visit.work() as session:
        record_referrer_told(
            session,
            whole.id,
            _told_at(answer, told, visit.at),
            nobody_to_tell=answer == NOBODY,
            by=visit.by,
            at=visit.at,
        )
        kept.drop(session, by=visit.by)
    kept.forget()
    st.session_state[SAID] = True
    st.rerun()
