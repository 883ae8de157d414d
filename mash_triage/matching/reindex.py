"""Filing the register anew: when a new version of the normaliser reads names otherwise, or when
the secret key of the index was changed.

The first goes on beside the service: few children in each transaction, so that nobody waits, and
wherever it stops it goes on from there. Until it is done a search asks for the keys of both
versions. The second is one transaction: all are found by the old keys until all are by the new.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from time import sleep

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.db.engine import Database
from mash_triage.db.many import much_room
from mash_triage.errors import NotReady
from mash_triage.matching.filing import NewChildren
from mash_triage.matching.index import identities, index_children
from mash_triage.matching.models import MatchFeature, MatchKey, MatchTerm
from mash_triage.matching.normalise import NORMALISER_VERSION
from mash_triage.matching.register_facts import CHANGES, hold_counts

CHILDREN_AT_ONCE = 250  # a fifth of a second, in which no other writer gets in
READ_AT_ONCE = 5_000
PAUSE = 0.1  # seconds between two transactions, when it runs beside the service

Progress = Callable[[int, int], None]


def still_to_file(session: Session) -> int:
    """How many children are filed by another version of the normaliser."""
    other = MatchFeature.version != NORMALISER_VERSION
    return session.scalar(select(func.count()).select_from(MatchFeature).where(other)) or 0


def reindex(
    database: Database, *, progress: Progress = lambda _done, _of: None, pause: float = 0.0
) -> int:
    """File anew all who are filed by another version; how many it were. Stopped, it goes on."""
    with database.look() as session:
        left = still_to_file(session)
    done, last = 0, -1
    while done < left:
        with database.work() as session:
            filed = _next(session, last)
        if not filed:
            break
        done, last = done + len(filed), filed[-1]
        progress(done, max(left, done))
        sleep(pause)
    return done


def _next(session: Session, after: int) -> list[int]:
    """File the next few anew; their numbers."""
    hold_counts(session, changed=0)
    ids = session.scalars(
        select(MatchFeature.child_id)
        .where(MatchFeature.child_id > after, MatchFeature.version != NORMALISER_VERSION)
        .order_by(MatchFeature.child_id)
        .limit(CHILDREN_AT_ONCE)
    ).all()
    index_children(session, identities(session, ids))
    return list(ids)


def reindex_beside(
    database: Callable[[], Database], on_fault: Callable[[Exception], object]
) -> threading.Thread:
    """Do it in a thread of its own, gently; a fault of the database is told, and ends it."""

    def run() -> None:
        try:
            reindex(database(), pause=PAUSE)
        except SQLAlchemyError as fault:
            on_fault(fault)

    thread = threading.Thread(target=run, name="reindex", daemon=True)
    thread.start()
    return thread


def refile(
    session: Session,
    *,
    progress: Progress = lambda _done, _of: None,
    by: Actor,
    at: datetime,
) -> int:
    """File every child anew under the key now in the configuration; how many. In one transaction,
    which `by` must be allowed to load the register for.
    """
    by.require(Permission.IMPORT_REGISTER)
    if still_to_file(session):
        raise NotReady("The register is being filed anew. Try again in a few minutes.")
    of = session.scalar(select(func.count()).select_from(MatchFeature)) or 0
    hold_counts(session, changed=of)
    session.execute(delete(MatchKey))
    session.execute(delete(MatchTerm).where(~_is_changes()))
    new, done = NewChildren(session), 0
    with much_room(session):
        for ids in _in_pages(session):
            new.add_keys(identities(session, ids))
            done += len(ids)
            progress(done, of)
        new.finish()
    trail.record(session, AuditKind.REGISTER_REFILED, about=None, by=by, at=at, children=done)
    return done


def _is_changes() -> ColumnElement[bool]:
    return and_(MatchTerm.kind == CHANGES[0], MatchTerm.token == CHANGES[1])


def _in_pages(session: Session) -> Iterator[list[int]]:
    last = -1
    while True:
        ids = session.scalars(
            select(MatchFeature.child_id)
            .where(MatchFeature.child_id > last)
            .order_by(MatchFeature.child_id)
            .limit(READ_AT_ONCE)
        ).all()
        if not ids:
            return
        yield list(ids)
        last = ids[-1]
