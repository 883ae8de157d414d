"""Everything the two pages show of one child, read once in a run."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st

from mash_triage.access.roles import Permission
from mash_triage.after_sending.queries import AfterSending, after_sending
from mash_triage.allocation.queries import Workers, workers_of_child
from mash_triage.attachments.queries import FilesPicture, files_of_contact
from mash_triage.consent.queries import (
    ConsentPicture,
    LawfulBasisPicture,
    consent_of,
    lawful_bases_of,
)
from mash_triage.contacts.history import (
    MOST_SHOWN,
    EarlierContact,
    earlier_contacts,
    how_many_earlier,
)
from mash_triage.contacts.pictures import ChildPicture, picture_of_child
from mash_triage.contacts.status import WAITING_FOR_SCREENING, WITH_WORKER
from mash_triage.decisions.queries import (
    DecisionPicture,
    ReviewPicture,
    decision_of,
    outcomes_of,
    recent_referral,
    reviews_of,
    who_screened,
)
from mash_triage.decisions.tasks import why_open
from mash_triage.decisions.telling import ToldPicture, told_of, whom_to_tell
from mash_triage.decisions.told import Telling
from mash_triage.disagreements.queries import DisagreementPicture, disagreements_on
from mash_triage.enquiries.pictures import RequestPicture
from mash_triage.enquiries.queries import requests_about
from mash_triage.errors import NotFound
from mash_triage.hand_on.queries import StepUpPicture, step_ups_of
from mash_triage.handover.queries import HandoverPicture, handovers_of
from mash_triage.matching.answers import AnswerPicture
from mash_triage.matching.queries import answers_of
from mash_triage.missing.queries import EpisodeRow, episodes_on
from mash_triage.people.restricted import RestrictionPicture, restriction_of
from mash_triage.promises.queries import PromisePicture, promises_of_child
from mash_triage.screening.queries import (
    ScreeningPicture,
    WordsPicture,
    picture_of_screening,
    words_read,
)
from mash_triage.talk.consultations import consultation_behind
from mash_triage.talk.notes import NotePicture, notes_on
from mash_triage.talk.threads import ThreadPicture, thread_of_contact
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import Outcome
from mash_triage.web.page import Visit


@dataclass(frozen=True)
class WholeChild:
    """One child on a contact with all that was done about the child, as one person may see it."""

    child: ChildPicture
    screening: ScreeningPicture
    words: WordsPicture | None
    consents: tuple[ConsentPicture, ...]
    lawful_bases: tuple[LawfulBasisPicture, ...]
    answers: tuple[AnswerPicture, ...]
    files: FilesPicture
    earlier: tuple[EarlierContact, ...]
    earlier_in_all: int
    outcomes: dict[UUID, Outcome]
    decision: DecisionPicture | None
    telling: Telling
    told: ToldPicture | None
    disagreements: tuple[DisagreementPicture, ...]
    requests: tuple[RequestPicture, ...]
    reviews: tuple[ReviewPicture, ...]
    restriction: RestrictionPicture | None
    recent_referral: date | None
    screened_by: frozenset[UUID]
    later: AfterSending
    may_write: bool
    thread: ThreadPicture
    notes: tuple[NotePicture, ...]
    consultation: UUID | None
    missing: tuple[EpisodeRow, ...]
    keeps_open: tuple[str, ...]
    step_ups: tuple[StepUpPicture, ...]
    workers: Workers
    handovers: tuple[HandoverPicture, ...]
    promises: tuple[PromisePicture, ...]

    @property
    def id(self) -> UUID:
        """The child on this contact."""
        return self.child.id

    @property
    def edition(self) -> Edition:
        """The levels of need under which this contact came."""
        return self.screening.edition

    @property
    def link(self) -> AnswerPicture | None:
        """The answer that says who this child is, if it stands."""
        return next(
            (a for a in self.answers if a.answer in {"same", "new"} and a.undone_at is None), None
        )


def child_from_address(visit: Visit) -> UUID:
    """The child named in the page's address; a wrong one is refused like one not hers to see."""
    try:
        return UUID(st.query_params.get("child", ""))
    except ValueError:
        visit.refuse(NotFound())


def read_child(visit: Visit, contact_child_id: UUID) -> WholeChild:
    """Read the child afresh, and note once a sitting that the record was opened."""
    by = visit.by
    with visit.look() as session:
        child = picture_of_child(session, contact_child_id, by=by)
        earlier = earlier_contacts(session, child, by=by)
        whole = WholeChild(
            child=child,
            screening=picture_of_screening(session, child.id, by=by),
            words=words_read(session, child.id, by=by)
            if child.status in WAITING_FOR_SCREENING | WITH_WORKER
            else None,
            consents=tuple(consent_of(session, child.id, by=by)),
            lawful_bases=tuple(lawful_bases_of(session, child.id, by=by)),
            answers=tuple(answers_of(session, child.id, by=by)),
            files=files_of_contact(session, child.reference, by=by),
            earlier=tuple(earlier),
            earlier_in_all=how_many_earlier(session, child, by=by)
            if len(earlier) == MOST_SHOWN
            else len(earlier),
            outcomes=outcomes_of(session, [one.contact_child_id for one in earlier], by=by),
            decision=decision_of(session, child.id, by=by),
            telling=whom_to_tell(session, child.id, by=by),
            told=told_of(session, child.id, by=by),
            disagreements=tuple(disagreements_on(session, child.id, by=by, at=visit.at)),
            requests=tuple(requests_about(session, child.id, by=by, at=visit.at)),
            reviews=tuple(reviews_of(session, child.id, by=by)),
            restriction=restriction_of(session, child.person_id, by=by)
            if child.person_id is not None
            else None,
            recent_referral=recent_referral(session, child.person_id, at=visit.at),
            screened_by=frozenset(who_screened(session, child.id)),
            later=after_sending(session, child.id, by=by),
            may_write=child.status in WITH_WORKER
            and by.can(Permission.SCREEN_CONTACT)
            and child.taken_up_by == by.user_id,
            thread=thread_of_contact(session, child.contact_id, by=by),
            notes=tuple(notes_on(session, child.id, by=by)),
            consultation=consultation_behind(session, child.contact_id, by=by),
            missing=tuple(episodes_on(session, child.id, by=by)),
            keeps_open=tuple(why_open(session, child.id, by=by)) if child.decided_at else (),
            step_ups=tuple(step_ups_of(session, child.id, by=by)),
            workers=workers_of_child(session, child.id, by=by),
            handovers=tuple(handovers_of(session, child.id, by=by)),
            promises=tuple(promises_of_child(session, child.id, by=by, at=visit.at)),
        )
    visit.note_viewed(contact_child_id)
    return whole
