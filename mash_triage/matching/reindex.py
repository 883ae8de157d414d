"""Filing the register anew when a new version of the normaliser reads names otherwise.

It goes on beside the service: few children in each transaction, so that nobody waits, and wherever
it stops it goes on from there. Until it is done a search asks for the keys of both versions.
"""

import threading
from collections.abc import Callable
from time import sleep

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mash_triage.db.engine import Database
from mash_triage.matching.index import identities, index_children
from mash_triage.matching.models import MatchFeature
from mash_triage.matching.normalise import NORMALISER_VERSION
from mash_triage.matching.register_facts import hold_counts

CHILDREN_AT_ONCE = 250  # a fifth of a second, in which no other writer gets in
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


def reindex_beside(database: Database, on_fault: Callable[[Exception], None]) -> threading.Thread:
    """Do it in a thread of its own, gently; a fault of the database is told, and ends it."""

    def run() -> None:
        try:
            reindex(database, pause=PAUSE)
        except SQLAlchemyError as fault:
            on_fault(fault)

    thread = threading.Thread(target=run, name="reindex", daemon=True)
    thread.start()
    return thread
