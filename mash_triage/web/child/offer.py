"""Who the child may be: at most five records, or none of these; and the search by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.matching import actions
from mash_triage.matching.for_child import Offered, offered_for
from mash_triage.matching.identity import Identity
from mash_triage.matching.pins import Pin
from mash_triage.matching.queries import ASK_THE_DUTY_MANAGER
from mash_triage.matching.rules import reason_for_a_new_record
from mash_triage.matching.score import Band
from mash_triage.web import wording
from mash_triage.web.child import by_hand, candidate
from mash_triage.web.child.evidence import Candidate, chance_words, side_by_side_html
from mash_triage.web.child.looked_up import forget, looked_up
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

SEARCHED = "_searched"
MOST_SHOWN = 5
REPORTED, TYPED = "Reported", "Typed by hand"


def show(visit: Visit, whole: WholeChild) -> None:
    """What the register offers for what was reported, the answers, and the search by hand."""
    found = _found(visit, whole)
    _list(visit, whole, found, place="offered", sought=REPORTED)
    _ruled_out(visit, whole, found)
    _none_of_these(visit, whole, found)
    _by_hand(visit, whole)


def _found(visit: Visit, whole: WholeChild) -> Offered:
    """Search and keep what was offered, once a sitting; afterwards only draw it again."""
    searched = _searched()
    if str(whole.id) not in searched:
        with visit.work() as session:
            actions.suggest_matches(session, whole.id, by=visit.by, at=visit.at)
        st.session_state[SEARCHED] = sorted({*searched, str(whole.id)})
    return _offered(visit, whole, "offered", None)


def _offered(visit: Visit, whole: WholeChild, place: str, typed: Identity | None) -> Offered:
    def read(session: Session) -> Offered:
        return offered_for(session, whole.id, typed, by=visit.by)

    return looked_up(visit, whole, place, read, of=typed)


def _searched() -> list[str]:
    """The children for whom the register was searched in this sitting."""
    found: list[str] = st.session_state.get(SEARCHED, [])
    return found


def _list(visit: Visit, whole: WholeChild, found: Offered, *, place: str, sought: str) -> None:
    answer = found.search
    if answer.ask_duty_manager:
        st.html(f'<div class="mash-banner"><p><strong>{ASK_THE_DUTY_MANAGER}</strong></p></div>')
    for words in filter(None, (answer.too_thin, answer.capped)):
        st.html(f"<p><strong>{escape(words)}</strong></p>")
    if answer.too_thin:
        return
    left = _left(found)[:MOST_SHOWN]
    offered = [each for each in left if each.band is not Band.UNLIKELY]
    unlikely = [each for each in left if each.band is Band.UNLIKELY]
    st.html(f"<p>{_how_many(offered, several=answer.several_possible)}</p>")
    if len(offered) > 1:
        st.html(side_by_side_html(offered, found.people, sought=sought))
    cards = _Cards(visit, whole, found, left, place, sought)
    cards.draw(offered, folded=len(offered) > 1)
    if unlikely:
        with st.expander(f"Unlikely ({len(unlikely)})", key=f"unlikely_{place}"):
            cards.draw(unlikely, folded=True)


def _left(found: Offered) -> list[Candidate]:
    """The candidates of whom nobody said "not this child"."""
    said = {person_id for person_id, pin in found.pins.items() if pin.answer == "different"}
    return [each for each in found.search.candidates if each.id not in said]


def _how_many(offered: Sequence[Candidate], *, several: bool) -> str:
    if not offered:
        return "No record on the register is a possible match."
    if several:
        return "<strong>Several records are possible.</strong> Ask for what tells them apart."
    return f"{wording.count_words(len(offered), 'record', 'records')} to look at."


@dataclass(frozen=True)
class _Cards:
    """Draws candidates of one list."""

    visit: Visit
    whole: WholeChild
    found: Offered
    listed: Sequence[Candidate]
    place: str
    sought: str

    def draw(self, candidates: Sequence[Candidate], *, folded: bool) -> None:
        people = self.found.people
        numbers = {each.id: number for number, each in enumerate(self.listed, 1)}
        for each in candidates:
            shown = candidate.Shown(
                candidate=each,
                people=people,
                numbers=numbers,
                place=self.place,
                sought=self.sought,
                pin=self.found.pins.get(each.id),
                weights_sha256=self.found.search.weights_sha256,
                is_folded=folded,
            )
            candidate.show(self.visit, self.whole, shown)


def _ruled_out(visit: Visit, whole: WholeChild, found: Offered) -> None:
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


def _none_of_these(visit: Visit, whole: WholeChild, found: Offered) -> None:
    thin = found.search.too_thin is not None
    asked_for = reason_for_a_new_record(_left(found), too_thin=thin)
    kept = Kept("new child", whole.id)
    with (
        st.container(key="none_of_these", border=True),
        st.form("new_child_form", border=False, enter_to_submit=False),
    ):
        st.html(f"<h3>None of these: {chance_words(found.search.none_of_these)}</h3>")
        reason = st.text_input("Reason", value=kept.text("why"), key=kept.key("why"))
        with st.container(horizontal=True):
            new = st.form_submit_button("New child: none of these", key="new_child")
            again = st.form_submit_button("Search again", key="search_again")
    if new and asked_for and not reason.strip():
        st.html(f'<p role="alert"><strong>{escape(asked_for)}</strong></p>')
    elif new:
        with visit.work() as session:
            actions.record_new_person(session, whole.id, reason=reason, by=visit.by, at=visit.at)
            kept.drop(session, by=visit.by)
        kept.forget()
        done_in("match", "Recorded as a new child.")
    if again:
        forget()
        st.session_state[SEARCHED] = [each for each in _searched() if each != str(whole.id)]
        done_in("match", "The register was searched again.")


def _by_hand(visit: Visit, whole: WholeChild) -> None:
    with st.expander("Search by hand", key="by_hand"):
        typed = by_hand.fields(visit, whole)
        if typed is not None:
            found = _offered(visit, whole, "by_hand", typed)
            _list(visit, whole, found, place="by_hand", sought=TYPED)
