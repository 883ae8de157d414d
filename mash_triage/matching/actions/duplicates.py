"""Working through pairs of records that may be of one child: a named person answers, and may undo.

Nothing is linked but by the answer of a person, and no record is ever changed or removed by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, tuple_
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.contacts.families import check_knows_no_record
from mash_triage.errors import Changed, NotFound, NotReady
from mash_triage.matching.actions.answer import mark_undone
from mash_triage.matching.actions.links import link_records, unlink_records
from mash_triage.matching.models import DuplicateAnswer, DuplicatePair
from mash_triage.people.queries import fetch_person
from mash_triage.text import storable

AT_A_TIME = 500  # pairs looked up or written in one statement


@dataclass(frozen=True)
class Suspicion:
    """Two records that may be of one child; the smaller number first."""

    person_id: int
    other_id: int
    probability: float
    levels: list[Any]


def list_duplicates(
    session: Session, found: Iterable[Suspicion], model: str, *, by: Actor, at: datetime
) -> int:
    """Keep what a batch search found; how many pairs are new. What was answered stays answered.

    A pair found again has its probability renewed; one not found any more stays for whoever was
    looking at it. `model` names what the pairs were reckoned with.
    """
    by.require(Permission.IMPORT_REGISTER)
    pairs = list(found)
    new = sum(
        _keep(session, pairs[start : start + AT_A_TIME], model, at)
        for start in range(0, len(pairs), AT_A_TIME)
    )
    trail.record(
        session, AuditKind.DUPLICATES_LISTED, about=None, by=by, at=at, found=len(pairs), new=new
    )
    return new


def _keep(session: Session, pairs: list[Suspicion], model: str, at: datetime) -> int:
    both = tuple_(DuplicatePair.person_id, DuplicatePair.other_id)
    rows = session.scalars(
        select(DuplicatePair).where(both.in_([(each.person_id, each.other_id) for each in pairs]))
    )
    known = {(row.person_id, row.other_id): row for row in rows}
    new = []
    for each in pairs:
        row = known.get((each.person_id, each.other_id))
        facts = {"probability": each.probability, "levels": each.levels, "model": model}
        if row is None:
            ids = {"id": uuid4(), "person_id": each.person_id, "other_id": each.other_id}
            new.append(ids | facts | {"found_at": at})
        else:
            row.probability, row.levels, row.model = each.probability, each.levels, model
    if new:
        session.execute(insert(DuplicatePair), new)
    return len(new)


ANSWERS = ("same", "different", "unsure")


def answer_duplicate(
    session: Session, pair_id: UUID, answer: str, *, reason: str, by: Actor, at: datetime
) -> None:
    """ "Same child: link", "different children" or "not sure", with the reason.

    `same` links the two records. An answer that stands must be undone before another is given,
    except "not sure", which any answer follows.
    """
    by.require(Permission.LINK_RECORDS)
    pair = _fetch_pair(session, pair_id, by=by)
    if answer not in ANSWERS:
        raise NotReady("Say whether these are the same child, different children, or not sure.")
    if not reason.strip():
        raise NotReady("Say how you know, or what you would need to know.")
    standing = _standing(session, pair)
    if standing is not None and standing.answer != "unsure":
        raise Changed("Somebody has answered this already. Undo that answer first, with a reason.")
    link = None
    if answer == "same":
        link = link_records(session, pair.person_id, pair.other_id, reason=reason, by=by, at=at)
    if standing is not None:
        mark_undone(standing, "answered anew", by=by, at=at)
    session.add(
        DuplicateAnswer(
            pair_id=pair.id,
            answer=answer,
            reason=storable(reason.strip()),
            link_id=link.id if link else None,
            answered_by=by.user_id,
            answered_at=at,
        )
    )
    trail.record(session, AuditKind.DUPLICATE_ANSWERED, about=pair.id, by=by, at=at, answer=answer)


def undo_duplicate_answer(
    session: Session, pair_id: UUID, *, because: str, by: Actor, at: datetime
) -> None:
    """Take an answer back, with a reason, and the link that it made; both stay on record."""
    by.require(Permission.LINK_RECORDS)
    pair = _fetch_pair(session, pair_id, by=by)
    if not because.strip():
        raise NotReady("Say why the answer is undone.")
    standing = _standing(session, pair)
    if standing is None:
        raise NotFound("There is no answer to undo.")
    if standing.link_id is not None:
        unlink_records(session, pair.person_id, pair.other_id, because=because, by=by, at=at)
    mark_undone(standing, because, by=by, at=at)
    trail.record(
        session,
        AuditKind.DUPLICATE_ANSWER_UNDONE,
        about=pair.id,
        by=by,
        at=at,
        answer=standing.answer,
    )


def _fetch_pair(session: Session, pair_id: UUID, *, by: Actor) -> DuplicatePair:
    """The pair, held for this deed, if this person may open both records."""
    pair = session.get(DuplicatePair, pair_id, with_for_update=True)
    if pair is None:
        raise NotFound()
    for each in (pair.person_id, pair.other_id):
        fetch_person(session, each, by=by)
    check_knows_no_record(session, (pair.person_id, pair.other_id), by=by)
    return pair


def _standing(session: Session, pair: DuplicatePair) -> DuplicateAnswer | None:
    return session.scalars(
        select(DuplicateAnswer).where(
            DuplicateAnswer.pair_id == pair.id, DuplicateAnswer.undone_at.is_(None)
        )
    ).first()
