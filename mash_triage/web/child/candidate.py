"""One record that may be the child: what speaks for and against, the record itself, the answers."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from mash_triage.matching import actions
from mash_triage.matching.pins import Pin
from mash_triage.matching.queries import PersonPicture
from mash_triage.matching.rules import reason_to_ask_for
from mash_triage.matching.score import COULD_BE_SIBLING, Band
from mash_triage.web import wording
from mash_triage.web.child import on_record
from mash_triage.web.child.evidence import Candidate, evidence_html, figures_html
from mash_triage.web.child.parts import done_in
from mash_triage.web.child.reading import WholeChild
from mash_triage.web.kept import Kept
from mash_triage.web.labels import as_typed
from mash_triage.web.page import Visit

BAND_WORDS = {
    Band.LIKELY: "Likely the same child",
    Band.POSSIBLE: "Possible",
    Band.UNLIKELY: "Unlikely",
}
PIN_WORDS = {
    "same": "this child",
    "different": "not this child",
    "unsure": "not sure",
    "new": "a new child",
}
ANSWERS: tuple[tuple[str, Callable[..., None], str], ...] = (
    ("same", actions.confirm_match, "Recorded: this child."),
    ("different", actions.reject_match, "Recorded: not this child."),
    ("unsure", actions.leave_match_open, "Recorded: not sure."),
)


@dataclass(frozen=True)
class Shown:
    """A candidate in its list, and what was said of it before.

    `people` and `numbers` are of all records on the list; `place` tells two lists on one page
    apart; `sought` names the side it is compared with.
    """

    candidate: Candidate
    people: dict[int, PersonPicture]
    numbers: dict[int, int]
    place: str
    sought: str
    pin: Pin | None
    weights_sha256: str
    is_folded: bool

    @property
    def person(self) -> PersonPicture:
        """The record itself."""
        return self.people[self.candidate.id]

    def named(self, person_id: int) -> str:
        """A record on the list by its number and name."""
        return f"{self.numbers[person_id]}. {self.people[person_id].name}"


def show(visit: Visit, whole: WholeChild, shown: Shown) -> None:
    """The card of one candidate. Nothing is chosen beforehand."""
    each, key = shown.candidate, f"{shown.place}_{shown.candidate.id}"
    evidence = evidence_html(each, sought=shown.sought)
    with st.container(key=f"candidate_{key}", border=True):
        st.html(_head(visit, shown) + ("" if shown.is_folded else evidence))
        if shown.is_folded:
            with st.expander("What speaks for and against", key=f"evidence_{key}"):
                st.html(evidence)
        with st.container(horizontal=True, gap="small"):
            opened = on_record.button(whole, each.id, place=shown.place)
            with st.popover("Figures", key=f"figures_{key}"):
                st.html(figures_html(each, weights_sha256=shown.weights_sha256))
        if opened:
            on_record.show(visit, whole, each.id)
        _answers(visit, whole, shown)


def _head(visit: Visit, shown: Shown) -> str:
    each, person = shown.candidate, shown.person
    said = f"<p>{escape(pin_words(visit, shown.pin))}</p>" if shown.pin else ""
    return (
        f"<h3>{shown.numbers[each.id]}. {BAND_WORDS[each.band]}: {escape(person.name)}"
        f'<span class="mash-note">{escape(where_from(person))}</span></h3>'
        f"{_cautions(each)}{said}{_apart(shown)}<p><strong>What would settle it:</strong> "
        f"{escape(each.what_would_settle_it)}</p>"
    )


def _cautions(each: Candidate) -> str:
    sibling = (f"This {COULD_BE_SIBLING}.",) if each.could_be_sibling else ()
    lines = "".join(f"<p>{escape(words)}</p>" for words in (*sibling, *each.cautions))
    return f'<div class="mash-caution">{lines}</div>' if lines else ""


def _apart(shown: Shown) -> str:
    """The one field that separates this record from the nearest other one; second records."""
    each = shown.candidate
    twice = [shown.named(other) for other in each.twice if other in shown.numbers]
    again = f"<p>Looks like a second record of {escape(', '.join(twice))}.</p>" if twice else ""
    if each.runner_up not in shown.numbers:
        return again
    return (
        f"{again}<p><strong>Not {escape(shown.named(each.runner_up))}?</strong> "
        f"{escape(each.separated_by.rstrip('.'))}.</p>"
    )


def where_from(person: PersonPicture) -> str:
    """Where the record comes from."""
    if person.register_id:
        return f", register {person.register_id}"
    return ", recorded from another contact" if person.origin == "contact" else ""


def pin_words(visit: Visit, pin: Pin) -> str:
    """Who answered what of this record before, and when."""
    where = ", on another contact" if pin.through is not None else ""
    why = f" {pin.reason}" if pin.reason else ""
    when = wording.near_words(pin.at, at=visit.at)
    return f"{pin.by_name} said {when}{where}: {PIN_WORDS[pin.answer]}.{why}"


def _answers(visit: Visit, whole: WholeChild, shown: Shown) -> None:
    each, kept = shown.candidate, Kept(f"match {shown.candidate.id}", whole.id)
    key, field = f"{shown.place} {each.id}", f"why {shown.place}"
    words = (f"This child: {as_typed(shown.person.name)}", "Not this child", "Not sure")
    with st.form(f"answer {key}", border=False, enter_to_submit=False):
        reason = st.text_input(
            "Reason", value=kept.text(field), key=kept.key(field), autocomplete="off"
        )
        with st.container(horizontal=True):
            pressed = [
                st.form_submit_button(label, key=f"{answer} {key}")
                for label, (answer, _deed, _said) in zip(words, ANSWERS, strict=True)
            ]
    if not any(pressed):
        return
    answer, deed, said = ANSWERS[pressed.index(True)]
    asked_for = reason_to_ask_for(answer, each)
    if asked_for and not reason.strip():
        st.html(f'<p role="alert"><strong>{escape(asked_for)}</strong></p>')
        return
    with visit.work() as session:
        deed(session, whole.id, each.id, reason=reason, by=visit.by, at=visit.at)
        kept.drop(session, by=visit.by)
    kept.forget()
    done_in("match", said)
