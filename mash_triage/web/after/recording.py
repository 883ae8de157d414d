"""One child after the decision: visits, who has the work, later dates, and the forms for each."""

from contextlib import suppress
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.after_decision.actions import (
    record_allocation,
    record_later_date,
    record_visit,
)
from mash_triage.after_decision.queries import AfterPicture, VisitPicture, after_decision_of
from mash_triage.after_decision.rules import STEP_WORDS, Allocated, Visited
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.pictures import ChildPicture, picture_of_child
from mash_triage.errors import NotFound
from mash_triage.strategy.codes import YES_NO_WORDS, YesNo
from mash_triage.web import components, kept, pressed, wording
from mash_triage.web.after.page import due_html
from mash_triage.web.kept import Kept
from mash_triage.web.page import Undone, Visit
from mash_triage.web.plain import Html
from mash_triage.web.strategy import fields

DUE_WORDS: dict[Moment, str] = {
    Moment.SEEN: "Seen",
    Moment.ALLOCATED: "Allocated",
    Moment.STRATEGY_HELD: "Strategy discussion",
    Moment.CONFERENCE_HELD: "Child protection conference",
    Moment.ASSESSMENT_AUTHORISED: "Assessment",
    Moment.REFERRER_TOLD: "Referrer told",
}


def show(visit: Visit, wanted: str) -> None:
    """The child that the address names."""
    child_id = _id_of(visit, wanted)
    with visit.look() as session:
        child = picture_of_child(session, child_id, by=visit.by)
        after = after_decision_of(session, child_id, by=visit.by)
    visit.note_viewed(child.id)
    kept.begin(visit, child.id)
    st.html('<p><a href="/after_decision" target="_self">All children after the decision</a></p>')
    st.html(
        f'<h2 class="mash-child">{components.child_link_html("child", child.id, child.name)}</h2>'
    )
    _due(visit, after)
    _recorded(visit, after)
    if not visit.by.can(Permission.RECORD_AFTER_DECISION):
        return
    with suppress(Undone):
        _visit(visit.going_on(), child, is_waited_for=waits_to_be_seen(after))
    for form in (_allocation, _later):
        with suppress(Undone):
            form(visit.going_on(), child)


def waits_to_be_seen(after: AfterPicture) -> bool:
    """Does the decision ask that the child is seen, and is no visit recorded yet?"""
    asked = any(each.keeps is Moment.SEEN and each.kept_at is None for each in after.promises)
    return asked and not after.visits


def _id_of(visit: Visit, wanted: str) -> UUID:
    try:
        return UUID(wanted)
    except ValueError:
        visit.refuse(NotFound())


# ---------------------------------------------------------------- what there is


def _due(visit: Visit, after: AfterPicture) -> None:
    if after.promises:
        pairs = [(DUE_WORDS[each.keeps], due_html(visit, each)) for each in after.promises]
        components.summary(pairs)
    else:
        st.html("<p>Nothing is due for this child after a decision.</p>")


def _recorded(visit: Visit, after: AfterPicture) -> None:
    st.header("Visits", anchor=False)
    for each in after.visits:
        components.summary(_visit_pairs(visit, each))
    if not after.visits:
        st.html('<p class="mash-empty">No visit is recorded: the child counts as not seen.</p>')
    st.header("Who has the work", anchor=False)
    for allocation in after.allocations:
        since = wording.near_words(allocation.began_at, at=visit.at)
        st.text(f"{allocation.worker}, {allocation.team}, since {since}")
    if not after.allocations:
        st.html('<p class="mash-empty">Nobody yet.</p>')
    if after.dates:
        st.header("Later dates", anchor=False)
        components.summary((STEP_WORDS[step], wording.date_words(day)) for step, day in after.dates)


def _visit_pairs(visit: Visit, each: VisitPicture) -> list[tuple[str, str | Html]]:
    when = wording.near_words(each.visited_at, at=visit.at)
    head: list[tuple[str, str | Html]] = [
        ("Visit", f"{when}, {each.worker}, {each.place}"),
    ]
    if not each.was_seen:
        words = f"<strong>Visited, not seen.</strong> {escape(each.why_not_seen)}"
        return [*head, ("Seen", Html(words))]
    alone = "Seen alone" if each.was_alone else f"Seen, not alone: {each.why_not_alone}"
    return [
        *head,
        ("Seen", alone),
        ("Spoken to", each.spoken_to),
        ("The child's voice", components.words_html(each.voice)),
    ]


# ---------------------------------------------------------------- the forms


def _visit(visit: Visit, child: ChildPicture, *, is_waited_for: bool) -> None:
    """Open from the first while the child waits to be seen; else folded."""
    with st.expander("Record a visit", expanded=is_waited_for, key="after_visit"):
        form = Kept("after_visit", child.id)
        told = fields.moment(form, "visited", "Visit")
        worker = fields.line(form, "worker", "Social worker who visited")
        place = fields.line(form, "place", "Where")
        seen = fields.choice(form, "seen", "Was the child seen?", YES_NO_WORDS)
        why_not = why_not_alone = spoken_to = voice = ""
        alone = None
        if seen is YesNo.NO:
            why_not = fields.words(form, "why_not", "Why not, and when is it tried again?")
        if seen is YesNo.YES:
            alone = fields.choice(form, "alone", "Seen alone?", YES_NO_WORDS)
            if alone is YesNo.NO:
                why_not_alone = fields.line(form, "why_not_alone", "Why not alone?")
            spoken_to = fields.line(form, "spoken_to", "Who was spoken to?")
            voice = fields.words(form, "voice", "How was the child's voice heard?")
        if pressed.button("Record the visit", key="record_visit", about=child.id, type="primary"):
            pressed.taken()
            with visit.work() as session:
                facts = Visited(
                    fields.moment_of(told, "Say on which day and at what time the visit was."),
                    worker,
                    place,
                    None if seen is None else seen is YesNo.YES,
                    why_not,
                    None if alone is None else alone is YesNo.YES,
                    why_not_alone,
                    spoken_to,
                    voice,
                )
                record_visit(session, child.id, facts, by=visit.by, at=visit.at)
                form.drop(session, by=visit.by)
            _again(visit, form, child, "The visit is recorded.")


def _allocation(visit: Visit, child: ChildPicture) -> None:
    with st.expander("Record who has the work", key="after_allocation"):
        form = Kept("after_allocation", child.id)
        worker = fields.line(form, "worker", "Worker")
        team = fields.line(form, "team", "Team")
        told = fields.moment(form, "began", "Since")
        if pressed.button("Record it", key="record_allocation", about=child.id, type="primary"):
            pressed.taken()
            with visit.work() as session:
                began = fields.moment_of(told, "Say on which day and at what time it began.")
                facts = Allocated(worker, team, began)
                record_allocation(session, child.id, facts, by=visit.by, at=visit.at)
                form.drop(session, by=visit.by)
            _again(visit, form, child, "The allocation is recorded.")


def _later(visit: Visit, child: ChildPicture) -> None:
    with st.expander("Record a later date", key="after_later"):
        form = Kept("after_later", child.id)
        step = fields.choice(form, "step", "What took place?", STEP_WORDS)
        day = fields.day(form, "day", "On which day?")
        if st.button("Record the date", key="record_later", type="primary"):
            with visit.work() as session:
                record_later_date(session, child.id, step, day, by=visit.by, at=visit.at)
                form.drop(session, by=visit.by)
            _again(visit, form, child, "The date is recorded.")


def _again(visit: Visit, form: Kept, child: ChildPicture, words: str) -> None:
    form.forget()
    visit.leave(words, to="after_decision", child=str(child.id))
