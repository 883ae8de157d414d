"""The outcome on the referrer's receipt: what was decided, why, and by which published words."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from uuid import UUID

import streamlit as st
from sqlalchemy.orm import Session

from mash_triage.access.roles import Permission
from mash_triage.contacts.status import UNDECIDED
from mash_triage.decisions.telling import OutcomeTold, outcomes_told
from mash_triage.disagreements.experience import ExperiencePicture, experience_of
from mash_triage.disagreements.queries import DisagreementPicture, disagreements_on
from mash_triage.settings import settings
from mash_triage.web.components import words_html
from mash_triage.web.form.status import status_words
from mash_triage.web.outcome import raising, rating
from mash_triage.web.outcome.levels import levels_html
from mash_triage.web.page import Visit
from mash_triage.web.plain import Html
from mash_triage.web.wording import near_words
from mash_triage.worklists.my_contacts import MyChild, MyContact, my_contact

WITHHELD = (
    "A manager has decided. We cannot tell you more about this child. That says nothing about "
    "your contact: it was right to tell us."
)
FOR_THE_PUBLIC = "A manager has decided. What happens next stays between us and the family."


@dataclass(frozen=True)
class Answered:
    """A contact with what its referrer may read of it, and what she has said to it."""

    contact: MyContact
    told: Mapping[UUID, OutcomeTold]
    disagreements: Mapping[UUID, list[DisagreementPicture]]
    experience: ExperiencePicture | None


def show(visit: Visit, reference: str) -> bool:
    """For whoever sent the contact, from the first decision on; is every child decided? Before that
    a professional may disagree with a delay or a discussion.

    The front door reads a decision on the child's own page, with its reasons.
    """
    if not visit.by.can(Permission.SEE_OWN_CONTACTS):
        return False
    with visit.look() as session:
        answered = _read(session, reference, visit)
    contact, told = answered.contact, answered.told
    if not told:
        for child in contact.children:
            _before_decision(visit, answered, child)
        return False
    st.html('<h2 id="outcome">What was decided</h2>')
    for child in contact.children:
        outcome = told.get(child.id)
        st.html(_child_html(visit, child, outcome, several=len(contact.children) > 1))
        if outcome is not None:
            raising.show(visit, contact, child, answered.disagreements[child.id])
        else:
            _before_decision(visit, answered, child)
    if visit.by.can(Permission.GIVE_FEEDBACK) and contact.sent_by_id == visit.by.user_id:
        rating.show(visit, contact, answered.experience)
    return len(told) == len(contact.children)


def _before_decision(visit: Visit, answered: Answered, child: MyChild) -> None:
    if child.status in UNDECIDED:
        raising.show(visit, answered.contact, child, answered.disagreements[child.id])


def _read(session: Session, reference: str, visit: Visit) -> Answered:
    contact = my_contact(session, reference, by=visit.by)
    told = outcomes_told(session, contact.reference, by=visit.by)
    return Answered(
        contact=contact,
        told=told,
        disagreements={
            child: disagreements_on(session, child, by=visit.by, at=visit.at)
            for child in {*told, *(each.id for each in contact.children)}
        },
        experience=experience_of(session, contact.reference, by=visit.by),
    )


def _child_html(
    visit: Visit, child: MyChild, outcome: OutcomeTold | None, *, several: bool
) -> Html:
    name = f"<h3>{escape(child.name)}</h3>" if several else ""
    if outcome is None:
        return Html(f'<div class="mash-outcome">{name}<p>{status_words(child.status)}</p></div>')
    when = near_words(outcome.decided_at, at=visit.at)
    return Html(
        f'<div class="mash-outcome mash-decided">{name}{_told_html(outcome)}'
        f'<p class="mash-note">Decided {when}. {_questions()}</p></div>'
    )


def _questions() -> str:
    return f"Questions: duty number {escape(settings().duty_number)}, with your reference."


def _told_html(outcome: OutcomeTold) -> str:
    if outcome.withheld:
        return f"<p>{WITHHELD}</p>"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in outcome.reasons)
    because = f"<p>Because:</p><ul>{reasons}</ul>" if reasons else ""
    if outcome.outcome is None:
        return f"<p>{FOR_THE_PUBLIC}</p>{because}"
    own = f"<p>The manager writes:</p>{words_html(outcome.words)}" if outcome.words else ""
    levels = levels_html(outcome.levels) if outcome.levels else ""
    return (
        f"<p><strong>{escape(outcome.outcome)}.</strong> {escape(outcome.outcome_told or '')}</p>"
        f"{because}{own}{levels}"
    )
