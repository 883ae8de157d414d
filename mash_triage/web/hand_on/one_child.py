"""What was handed on for one child, and the forms for what comes next."""

from dataclasses import dataclass
from html import escape
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.contacts.pictures import ChildPicture, picture_of_child
from mash_triage.contacts.status import OVER, UNDECIDED
from mash_triage.decisions.actions import close_child
from mash_triage.decisions.tasks import TaskPicture, open_discussion, tasks, why_open
from mash_triage.hand_on.kinds import ENDINGS, PASSINGS, Answer, Ending
from mash_triage.hand_on.queries import (
    EndingPicture,
    PassedPicture,
    StepUpPicture,
    passed_on,
    special_endings,
    step_ups_of,
)
from mash_triage.web import components, wording
from mash_triage.web.child.parts import say
from mash_triage.web.hand_on import directions, ending_forms, passing_forms, stepping_up
from mash_triage.web.hand_on.lists import due_cell
from mash_triage.web.page import Visit

NOT_CLOSED = "Not closed: "


@dataclass(frozen=True)
class HandedOn:
    """One child with everything that was handed on for it."""

    child: ChildPicture
    passings: tuple[PassedPicture, ...]
    endings: tuple[EndingPicture, ...]
    tasks: tuple[TaskPicture, ...]
    step_ups: tuple[StepUpPicture, ...]
    keeps_open: tuple[str, ...]
    discussion: UUID | None


def read(visit: Visit, contact_child_id: UUID) -> HandedOn:
    """Read in one transaction, and note that the record was opened."""
    by, at, of = visit.by, visit.at, contact_child_id
    with visit.look() as session:
        child = picture_of_child(session, contact_child_id, by=by)
        found = HandedOn(
            child=child,
            passings=tuple(passed_on(session, contact_child_id=of, by=by, at=at)),
            endings=tuple(special_endings(session, contact_child_id=of, by=by, at=at)),
            tasks=tuple(tasks(session, contact_child_id=of, by=by, at=at)),
            step_ups=tuple(step_ups_of(session, of, by=by)),
            keeps_open=tuple(why_open(session, of, by=by)),
            discussion=open_discussion(session, of, by=by),
        )
    visit.note_viewed(contact_child_id)
    return found


def show(visit: Visit, found: HandedOn) -> None:
    """Where it stands, then each part with its next step."""
    child = found.child
    links = components.child_link_html("child", child.id, "The whole record")
    st.html(
        f"<h2>{escape(child.name)}</h2><p>{links}, "
        '<a href="/handed_on" target="_self">everything handed on</a></p>'
    )
    say("handed on")
    _stands(visit, found)
    for each in found.step_ups:
        stepping_up.came_html(visit, child.id, each)
    for passing in found.passings:
        if passing.standing.is_open:
            _passing(visit, child, passing)
    for ending in found.endings:
        if ending.is_open:
            _ending(visit, child, ending)
    if found.tasks:
        st.header("Directions", anchor=False)
        directions.show(visit, child.id, found.tasks)
    _over(visit, found)
    _more(visit, found)


def _over(visit: Visit, found: HandedOn) -> None:
    """What was accepted, told, settled or ended, below what still waits."""
    passings = [each for each in found.passings if not each.standing.is_open]
    endings = [each for each in found.endings if not each.is_open]
    if not (passings or endings):
        return
    with st.expander(f"Over: {len(passings) + len(endings)}", key="handed_on_over"):
        for passing in passings:
            _passing(visit, found.child, passing)
        for ending in endings:
            _ending(visit, found.child, ending)


def _stands(visit: Visit, found: HandedOn) -> None:
    if found.child.status in UNDECIDED:
        st.html(
            "<p>Not decided yet. What is handed on begins with the decision; an order, a report or "
            "another duty with its own time may begin before.</p>"
        )
        return
    if found.child.status in OVER:
        st.html(f"<p><strong>{wording.stage_words(found.child.status)}.</strong></p>")
        return
    if found.keeps_open:
        why = (each.removeprefix(NOT_CLOSED) for each in found.keeps_open)
        lines = "".join(f"<li>{escape(each[0].upper() + each[1:])}</li>" for each in why)
        st.html(f'<strong>Not closed, because:</strong><ul class="mash-list">{lines}</ul>')
        if found.discussion is not None:
            address = f"/strategy?open={found.discussion}"
            st.html(f'<p><a href="{address}" target="_self">The strategy discussion</a></p>')
    elif visit.by.can(Permission.DECIDE_CONTACT):
        st.html("<p>Nothing handed on is open.</p>")
        if st.button("Close", key="close_child", type="primary"):
            with visit.work() as session:
                close_child(session, found.child.id, by=visit.by, at=visit.at)
            visit.leave(f"{found.child.name} is closed.", to="handed_on")


def _passing(visit: Visit, child: ChildPicture, each: PassedPicture) -> None:
    st.header(PASSINGS[each.kind].words, anchor=False)
    is_told = PASSINGS[each.kind].is_told
    pairs = [("Stands", each.stands)]
    if each.sent_at and not is_told:
        sent = f"to {each.standing.to_whom}, {wording.near_words(each.sent_at, at=visit.at)}"
        pairs.append(("Sent", sent))
        if not each.standing.answer:
            pairs.append(("Due", due_cell(visit, each)))
    if each.words:
        pairs.append(("What was sent with it", components.words_html(each.words)))
    if each.standing.answer and each.took_place_at:
        who = ", ".join(part for part in (each.answer_name, each.answer_role) if part)
        when = wording.near_words(each.took_place_at, at=visit.at)
        pairs.append(("Told by" if is_told else "Answered", f"{who}, {when}"))
    if each.answer_how:
        pairs.append(("Confirmed", each.answer_how))
    if each.answer_words:
        pairs.append(("Why it came back", components.words_html(each.answer_words)))
    if each.settled_words:
        pairs.append(("What happens instead", components.words_html(each.settled_words)))
    components.summary(pairs)
    if each.standing.is_open:
        passing_forms.next_step(visit, child.id, each)


def _ending(visit: Visit, child: ChildPicture, each: EndingPicture) -> None:
    kind = ENDINGS[each.kind]
    st.header(kind.words, anchor=False)
    if each.is_withheld:
        stands = "A referral exists." if each.is_open else "A referral existed and has ended."
        st.html(f"<p>{stands} Its detail is restricted.</p>")
        return
    pairs = [
        ("Owner", each.owner or "Nobody yet"),
        ("Since" if kind.is_event else "Known", wording.moment_words(each.known_at)),
        ("Ends" if kind.until else "Due", due_cell(visit, each)),
    ]
    if each.extended_at and each.first_due_at:
        first = wording.moment_words(each.first_due_at)
        granted = wording.moment_words(each.extended_at)
        pairs.append(("Extended", f"{granted}; it would have ended {first}"))
    if each.detail:
        pairs.append(("About", components.words_html(each.detail)))
    if each.done and each.took_place_at:
        pairs.append(("Ended", wording.moment_words(each.took_place_at)))
        pairs.append(("What was done", components.words_html(each.done)))
    components.summary(pairs)
    st.html(f'<p class="mash-note">{escape(kind.source)}.</p>')
    if each.is_open and visit.by.can(Permission.HAND_ON):
        ending_forms.next_step(visit, child.id, each)


def _more(visit: Visit, found: HandedOn) -> None:
    child = found.child
    stepped_down = any(
        each.kind == "step_down" and each.sent_at and each.standing.answer is not Answer.RETURNED
        for each in found.passings
    )
    comes_back = stepped_down and visit.by.can(Permission.STEP_UP)
    is_closed = child.status in OVER
    if is_closed and not comes_back:
        return
    st.header("More", anchor=False)
    if not is_closed:
        open_kinds = {each.kind for each in found.endings if each.is_open}
        ending_forms.open_one(visit, child.id, [each for each in Ending if each not in open_kinds])
        if child.status not in UNDECIDED:
            open_passings = {each.kind for each in found.passings if each.standing.is_open}
            passing_forms.begin(visit, child.id, open_passings)
    if comes_back:
        stepping_up.form(visit, child.id)
