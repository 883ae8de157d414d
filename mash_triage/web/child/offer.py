"""Who the child may be: at most five records, or none of these; and the search by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from mash_triage.contacts.queries import fetch_child
from mash_triage.matching import actions
from mash_triage.matching.pins import Pin, pins_of
from mash_triage.matching.queries import (
    ASK_THE_DUTY_MANAGER,
    PersonPicture,
    Search,
    identity_of_child,
    pictures_of_people,
    search,
)
from mash_triage.matching.rules import NEW_ALL_THE_SAME
from mash_triage.matching.score import Band
from mash_triage.web.child import by_hand, candidate
from mash_triage.web.child.evidence import Candidate, side_by_side_html
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

SEARCHED = "_searched"
REPORTED, TYPED = "Reported", "Typed by hand"


@dataclass(frozen=True)
class Found:
    """What a search gave, with the records it names and what was said of them before."""

    search: Search
    people: dict[int, PersonPicture]
    pins: dict[int, Pin]

    @property
    def left(self) -> list[Candidate]:
        """The candidates of whom nobody said "not this child"."""
        return [
            each
            for each in self.search.candidates
            if (pin := self.pins.get(each.id)) is None or pin.answer != "different"
        ]


def show(visit: Visit, whole: WholeChild) -> None:
    """What the register offers for what was reported, the answers, and the search by hand."""
    found = _found(visit, whole)
    _list(visit, whole, found, place="offered", sought=REPORTED)
    _ruled_out(visit, whole, found)
    _none_of_these(visit, whole, found)
    _by_hand(visit, whole)


def _found(visit: Visit, whole: WholeChild) -> Found:
    """Search and keep what was offered, once a sitting; afterwards only draw it again."""
    by, searched = visit.by, _searched()
    if str(whole.id) in searched:
        with visit.look() as session:
            reported = identity_of_child(session, fetch_child(session, whole.id, by=by), by=by)
            answer = search(session, reported, by=by)
    else:
        with visit.work() as session:
            answer = actions.suggest_matches(session, whole.id, by=by, at=visit.at)
        st.session_state[SEARCHED] = sorted({*searched, str(whole.id)})
    return _with_people(visit, whole, answer)


def _with_people(visit: Visit, whole: WholeChild, answer: Search) -> Found:
    with visit.look() as session:
        pins = {pin.person_id: pin for pin in pins_of(session, whole.id, by=visit.by)}
        ids = sorted({*pins, *(each.id for each in answer.candidates)})
        people = pictures_of_people(session, ids, by=visit.by) if ids else {}
    return Found(answer, people, pins)


def _searched() -> list[str]:
    """The children for whom the register was searched in this sitting."""
    found: list[str] = st.session_state.get(SEARCHED, [])
    return found


def _list(visit: Visit, whole: WholeChild, found: Found, *, place: str, sought: str) -> None:
    if found.search.ask_duty_manager:
        st.html(f'<div class="mash-banner"><p><strong>{ASK_THE_DUTY_MANAGER}</strong></p></div>')
    if found.search.too_thin:
        st.html(f"<p><strong>{escape(found.search.too_thin)}</strong></p>")
        return
    offered = [each for each in found.left if each.band is not Band.UNLIKELY]
    if not offered:
        st.html("<p>No record on the register is a possible match.</p>")
    if len(offered) > 1:
        st.html(side_by_side_html(offered, found.people, sought=sought))
    _cards(visit, whole, found, offered, 1, place, sought)
    unlikely = [each for each in found.left if each.band is Band.UNLIKELY]
    if unlikely:
        with st.expander(f"Unlikely ({len(unlikely)})", key=f"unlikely_{place}"):
            _cards(visit, whole, found, unlikely, len(offered) + 1, place, sought)


def _cards(
    visit: Visit,
    whole: WholeChild,
    found: Found,
    candidates: Sequence[Candidate],
    first: int,
    place: str,
    sought: str,
) -> None:
    for number, each in enumerate(candidates, first):
        person, pin = found.people[each.id], found.pins.get(each.id)
        shown = candidate.Shown(each, person, number, place, sought, pin)
        candidate.show(visit, whole, shown)


def _ruled_out(visit: Visit, whole: WholeChild, found: Found) -> None:
    """Records of which somebody said "not this child", each with the way to take that back."""
    out = [pin for pin in found.pins.values() if pin.answer == "different"]
    for pin in out:
        if pin.person_id not in found.people:
            continue
        with st.container(key=f"ruled_out_{pin.person_id}"):
            st.html(
                f"<p><strong>{escape(found.people[pin.person_id].name)}</strong>: "
                f"{escape(candidate.pin_words(visit, pin))}</p>"
            )
            if pin.through is None:
                _take_back(visit, whole, pin)


def _take_back(visit: Visit, whole: WholeChild, pin: Pin) -> None:
    kept = Kept(f"unpin {pin.person_id}", whole.id)
    with (
        st.expander("Take this answer back"),
        st.form(f"unpin {pin.person_id}", border=False, enter_to_submit=False),
    ):
        because = st.text_input(
            "Why is it taken back?", value=kept.text("because"), key=kept.key("because")
        )
        asked = st.form_submit_button("Take it back", key=f"take_back {pin.person_id}")
    if asked:
        with visit.work() as session:
            actions.take_back_answer(
                session, whole.id, pin.person_id, because=because, by=visit.by, at=visit.at
            )
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("match", "The answer is taken back.")


def _none_of_these(visit: Visit, whole: WholeChild, found: Found) -> None:
    likely = any(each.band == "likely" for each in found.left)
    kept = Kept("new child", whole.id)
    with (
        st.container(key="none_of_these", border=True),
        st.form("new_child_form", border=False, enter_to_submit=False),
    ):
        st.html("<h3>None of these</h3>")
        reason = st.text_input("Reason", value=kept.text("why"), key=kept.key("why"))
        with st.container(horizontal=True):
            new = st.form_submit_button("New child: none of these", key="new_child")
            again = st.form_submit_button("Search again", key="search_again")
    if new and likely and not reason.strip():
        st.html(f'<p role="alert"><strong>{escape(NEW_ALL_THE_SAME)}</strong></p>')
    elif new:
        with visit.work() as session:
            actions.record_new_person(session, whole.id, reason=reason, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("match", "Recorded as a new child.")
    if again:
        st.session_state[SEARCHED] = [each for each in _searched() if each != str(whole.id)]
        done_in("match", "The register was searched again.")


def _by_hand(visit: Visit, whole: WholeChild) -> None:
    with st.expander("Search by hand", key="by_hand"):
        answer = by_hand.fields(visit, whole)
        if answer is not None:
            found = _with_people(visit, whole, answer)
            _list(visit, whole, found, place="by_hand", sought=TYPED)
