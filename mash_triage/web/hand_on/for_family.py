"""Words for the family: a first text from the facts, made hers by a manager, kept and printed."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.pictures import ChildPicture
from mash_triage.contacts.status import OVER, UNDECIDED
from mash_triage.decisions.queries import decision_of
from mash_triage.hand_on.actions import write_family_summary
from mash_triage.hand_on.for_family import FamilyFacts, first_words, is_heading
from mash_triage.hand_on.queries import SummaryPicture, family_summaries
from mash_triage.screening.queries import picture_of_screening
from mash_triage.settings import settings
from mash_triage.thresholds.routes import Outcome, Route
from mash_triage.web import wording
from mash_triage.web.child.parts import done_in
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit

NO_ROUTE_WORDS = "We have passed this on to people who can help with it."
CHECK = (
    "Before it is sent: it never says who made contact, nor what is kept from somebody in the "
    "family."
)


@dataclass(frozen=True)
class ForFamily:
    """What the part shows: the words so far, a first text, and whether there may be any."""

    written: tuple[SummaryPicture, ...]
    first: str
    is_barred: bool
    if_not: str
    kept_from: tuple[str, ...]


def show(visit: Visit, child: ChildPicture) -> None:
    """The newest words, and for managers the field to write them."""
    if child.status in UNDECIDED:
        return
    found = _read(visit, child)
    if found is None or (child.status in OVER and not found.written):
        return
    st.header("Words for the family", anchor="family")
    if found.is_barred:
        st.html("<p><strong>Do not contact the family.</strong> A rule says so.</p>")
        return
    if found.written:
        _written(visit, child, found.written[0])
    else:
        st.html("<p>None are written yet.</p>")
    if visit.by.can(Permission.DECIDE_CONTACT) and child.status not in OVER:
        _write(visit, child, found)


def _read(visit: Visit, child: ChildPicture) -> ForFamily | None:
    with visit.look() as session:
        decision = decision_of(session, child.id, by=visit.by)
        if decision is None:
            return None
        screening = picture_of_screening(session, child.id, by=visit.by)
        written = tuple(family_summaries(session, child.id, by=visit.by))
    plain = screening.edition.route_of(Route(decision.route)).plain if decision.route else None
    facts = FamilyFacts(
        child=(child.given_names or "your child").strip(),
        decided_on=london_day(decision.at),
        route_words=plain.families if plain else NO_ROUTE_WORDS,
        asked_for_agreement=decision.outcome == Outcome.EARLY_HELP,
        telephone=settings().duty_number,
    )
    kept = child.submission.get("kept_from") or ()
    return ForFamily(
        written=written,
        first=first_words(facts),
        is_barred=screening.suggestion.do_not_contact_family,
        if_not=decision.contingency,
        kept_from=tuple(f"{each['words']} (from {each['keep_from']})" for each in kept),
    )


def _written(visit: Visit, child: ChildPicture, newest: SummaryPicture) -> None:
    st.html(f'<blockquote class="mash-words">{_with_headings(newest.words)}</blockquote>')
    when = wording.near_words(newest.at, at=visit.at)
    st.html(
        f'<p class="mash-note">Version {newest.number}, {when}</p>'
        f'<p><a href="/family.pdf?child={child.id}" target="_blank" rel="noopener">'
        "Print for the family (PDF)</a></p>"
    )


def _with_headings(words: str) -> str:
    """The words as they were written; what names a part is bold, as on paper."""
    lines = (
        f"<strong>{escape(line)}</strong>" if is_heading(line) else escape(line)
        for line in words.splitlines()
    )
    return "\n".join(lines)


def _write(visit: Visit, child: ChildPicture, found: ForFamily) -> None:
    with st.expander("Write or change the words for the family", key="family_words"):
        st.html(f'<p class="mash-note">{CHECK}</p>')
        for each in found.kept_from:
            st.text(f"Kept from somebody: {each}")
        if found.if_not:
            st.text(f"Say in plain words what happens if it does not work. Decided: {found.if_not}")
        kept = Kept("family words", child.id)
        begin = kept.text("words") or (found.written[0].words if found.written else found.first)
        words = st.text_area("Words for the family", value=begin, key=kept.key("words"), height=420)
        if st.button("Keep these words", type="primary", key="keep_family_words"):
            with visit.work() as session:
                write_family_summary(session, child.id, words, by=visit.by, at=visit.at)
                kept.drop(session, by=visit.by)
            kept.forget()
            done_in("handed on", "The words for the family are kept. Print them below.")
