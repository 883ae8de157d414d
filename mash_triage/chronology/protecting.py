"""Lines from what was asked, discussed and seen to protect a child, and of times it was missing."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.models import Agency
from mash_triage.after_decision.models import ChildVisit
from mash_triage.chronology.rules import Line, Weight
from mash_triage.chronology.scope import FRONT_DOOR, Scope
from mash_triage.enquiries.models import InformationRequest, RequestPerson, RequestReply
from mash_triage.enquiries.queries import readable_requests
from mash_triage.missing.codes import RETURNED_HOW
from mash_triage.missing.models import MissingEpisode
from mash_triage.missing.taken_back import counts
from mash_triage.strategy.models import StrategyChild, StrategyDiscussion
from mash_triage.strategy.queries import is_open_to


def agencies_answered(session: Session, scope: Scope) -> Iterable[Line]:
    """That an agency was asked and answered. What it said is read inside the enquiry, and a
    chronology is printed: its words do not stand here.
    """
    person = aliased(RequestPerson)  # not the one of which the condition asks for all
    rows = session.execute(
        select(person.contact_child_id, InformationRequest, Agency.name, RequestReply)
        .select_from(person)
        .join(InformationRequest, InformationRequest.id == person.request_id)
        .join(Agency, Agency.id == InformationRequest.agency_id)
        .outerjoin(RequestReply, RequestReply.request_id == InformationRequest.id)
        .where(
            person.contact_child_id.in_(scope.ids),
            InformationRequest.sent_at.is_not(None),
            InformationRequest.id.in_(readable_requests(scope.by)),
        )
    )
    for child_id, row, agency, reply in rows:
        assert row.sent_at is not None  # as was asked, and so below
        assert child_id is not None
        key = f"requested:{row.id.hex}:{child_id.hex}"
        words = "Asked for what it knows"
        yield scope.line(child_id, key, row.sent_at, words, agency, Weight.STEP)
        if reply is not None:
            key, at = f"replied:{row.id.hex}:{child_id.hex}", reply.replied_at
            yield scope.line(child_id, key, at, "Answered what it was asked", agency, Weight.STEP)


def discussions(session: Session, scope: Scope) -> Iterable[Line]:
    """Strategy discussions that were held, with what they came to for this child."""
    rows = session.execute(
        select(StrategyChild, StrategyDiscussion)
        .join(StrategyDiscussion, StrategyDiscussion.id == StrategyChild.discussion_id)
        .where(
            StrategyChild.contact_child_id.in_(scope.ids),
            StrategyDiscussion.started_at.is_not(None),
            is_open_to(scope.by),
        )
    )
    for child, row in rows:
        assert row.started_at is not None  # as was asked
        key = f"strategy:{row.id.hex}:{child.contact_child_id.hex}"
        words = f"Strategy discussion: {_came_to(child, row)}"
        yield scope.line(
            child.contact_child_id, key, row.started_at, words, row.chair, Weight.SERIOUS
        )


def _came_to(child: StrategyChild, row: StrategyDiscussion) -> str:
    if row.closed_at is None:
        return "the outcome is not recorded yet"
    outcome = "section 47 enquiries started" if child.s47 else f"no section 47; {child.instead}"
    return outcome if row.is_quorate else f"{outcome}. It was not quorate"


def missing_episodes(session: Session, scope: Scope) -> Iterable[Line]:
    """From when a child was missing, and how it came back; not what was recorded in error."""
    rows = session.scalars(
        select(MissingEpisode).where(MissingEpisode.contact_child_id.in_(scope.ids), counts())
    )
    for row in rows:
        told = (row.contact_child_id, f"missing:{row.id}", row.missing_since, "Missing")
        yield scope.line(*told, FRONT_DOOR, Weight.SERIOUS)
        if row.returned_at is not None and row.returned_how is not None:
            said = f"{RETURNED_HOW.get(row.returned_how, row.returned_how)}"
            back = (row.contact_child_id, f"returned:{row.id}", row.returned_at, said)
            yield scope.line(*back, FRONT_DOOR, Weight.STEP)


def visits(session: Session, scope: Scope) -> Iterable[Line]:
    """Visits after the decision: whether the child was seen, and alone. Where stays on the
    record: the place may be one that is to stay unknown, and a chronology is printed.
    """
    rows = session.scalars(select(ChildVisit).where(ChildVisit.contact_child_id.in_(scope.ids)))
    for row in rows:
        words = f"Visited and not seen: {row.why_not_seen}"
        if row.was_seen:
            words = f"Seen, {'alone' if row.was_alone else 'not alone'}"
        key = f"visit:{row.id}"
        at, weight = row.visited_at, Weight.STEP if row.was_seen else Weight.CONCERN
        yield scope.line(row.contact_child_id, key, at, words, row.worker, weight)
