"""Signing in with a password: guessing is slowed by account and by address.

Three short steps, so that the slow comparison of a password never holds the database: the knock is
counted first, then the password is compared, then the answer is kept. Counting first means that a
hundred guesses at once are counted a hundred times.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mash_triage.access.actions import start_session
from mash_triage.access.actor import Actor
from mash_triage.access.models import Installation, SignInThrottle
from mash_triage.access.passwords import matches
from mash_triage.access.queries import fetch_user, installed, is_demo, open_account
from mash_triage.access.rules import plain_email
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.db.engine import Database
from mash_triage.errors import NotAllowed

FREE_TRIES_OF_AN_ACCOUNT = 3
FREE_TRIES_FROM_AN_ADDRESS = 20  # a school's people share one address
LONGEST_WAIT = timedelta(minutes=5)  # longer, and a stranger could lock a manager out
FORGET_AFTER = timedelta(hours=24)

WRONG = (
    "That e-mail address and password do not belong together. "
    "Try again, or ask your administrator for a link to set a new password."
)


class TurnedAway(NotAllowed):
    """The sign-in was refused; the words are the same whether or not there is such an account."""


@dataclass(frozen=True)
class Knock:
    """One counted try, before the password was compared."""

    subjects: tuple[str, str]
    user_id: UUID | None
    password_hash: str | None
    wait: timedelta


def sign_in(database: Database, email: str, password: str, address: str, *, at: datetime) -> str:
    """The secret for the cookie of a new sign-in, or TurnedAway in words. Takes a tenth of a second
    of one processor for the password, so call it off the event loop.
    """
    with database.work() as session:
        knock = count_knock(session, email, address, at=at)
    if knock.wait > timedelta():
        raise TurnedAway(_wait_words(knock.wait))
    if not matches(password, knock.password_hash) or knock.user_id is None:
        with database.work() as session:
            note_refused(session, knock, at=at)
        raise TurnedAway(WRONG)
    with database.work() as session:
        return let_in(session, knock, at=at)


def sign_in_as_demo_person(session: Session, user_id: UUID, *, at: datetime) -> str:
    """Become one of the invented people; refused where the database is not a demonstration."""
    if not is_demo(session):
        raise NotAllowed
    return start_session(session, fetch_user(session, user_id), at=at)


def count_knock(session: Session, email: str, address: str, *, at: datetime) -> Knock:
    """Count one try for the account and for the address; or say how long to wait, uncounted."""
    email = plain_email(email)
    key = _throttle_key(session)
    account = _counter(session, f"account {email}", key, at)
    door = _counter(session, f"address {address}", key, at)
    user = session.scalar(open_account(email))
    wait = max(_left(account, at), _left(door, at))
    if wait == timedelta():
        _count(account, FREE_TRIES_OF_AN_ACCOUNT, at)
        _count(door, FREE_TRIES_FROM_AN_ADDRESS, at)
    return Knock(
        (account.subject_hash, door.subject_hash),
        user.id if user else None,
        user.password_hash if user else None,
        wait,
    )


def note_refused(session: Session, knock: Knock, *, at: datetime) -> None:
    """A wrong password goes on the trail; of an unknown address nothing is kept but the fact."""
    by = Actor.job("sign-in")
    trail.record(session, AuditKind.SIGN_IN_FAILED, about=knock.user_id, by=by, at=at)


def let_in(session: Session, knock: Knock, *, at: datetime) -> str:
    """The password was right: forget the tries of the account, take back the one of the address."""
    account, door = knock.subjects
    session.execute(delete(SignInThrottle).where(SignInThrottle.subject_hash == account))
    row = session.scalar(select(SignInThrottle).where(SignInThrottle.subject_hash == door))
    if row is not None:
        row.failures = max(row.failures - 1, 0)
        row.wait_until = None
    if knock.user_id is None:
        raise TurnedAway(WRONG)
    return start_session(session, fetch_user(session, knock.user_id), at=at)


def waiting_time(failures: int, free: int) -> timedelta:
    """How long after this many wrong tries: nothing at first, then 2, 4, 8 ... seconds."""
    if failures <= free:
        return timedelta()
    doubled = min(failures - free, 20)  # beyond this the longest wait is long reached
    return min(timedelta(seconds=2**doubled), LONGEST_WAIT)


def _count(row: SignInThrottle, free: int, at: datetime) -> None:
    row.failures += 1
    row.last_failed_at = at
    wait = waiting_time(row.failures, free)
    row.wait_until = at + wait if wait else None


def _left(row: SignInThrottle, at: datetime) -> timedelta:
    return max(row.wait_until - at, timedelta()) if row.wait_until else timedelta()


def _counter(session: Session, subject: str, key: bytes, at: datetime) -> SignInThrottle:
    """The locked row of this account or address, made if need be; old tries are forgotten."""
    subject_hash = hmac.new(key, subject.encode(), "sha256").hexdigest()
    fresh = {"id": uuid4(), "subject_hash": subject_hash, "failures": 0, "last_failed_at": at}
    _insert_if_new(session, SignInThrottle, fresh, "subject_hash")
    row = session.scalars(
        select(SignInThrottle).where(SignInThrottle.subject_hash == subject_hash).with_for_update()
    ).one()
    if at - row.last_failed_at > FORGET_AFTER:
        row.failures, row.wait_until = 0, None
    return row


def _throttle_key(session: Session) -> bytes:
    """This installation's own key, so that two databases keep the same address differently."""
    name = "throttle_key"
    if (key := installed(session, name)) is None:
        fresh = {"name": name, "value": secrets.token_hex(32)}
        _insert_if_new(session, Installation, fresh, "name")
        key = installed(session, name)
    return str(key).encode()


def _insert_if_new(
    session: Session, table: type, values: Mapping[str, object], unique: str
) -> None:
    makers: dict[str, Callable[..., postgresql.Insert | sqlite.Insert]] = {
        "postgresql": postgresql.insert,
        "sqlite": sqlite.insert,
    }
    insert = makers[session.get_bind().dialect.name]
    session.execute(insert(table).values(**values).on_conflict_do_nothing(index_elements=[unique]))


def _wait_words(wait: timedelta) -> str:
    seconds = max(int(wait.total_seconds()) + 1, 1)
    length = f"{seconds} seconds" if seconds < 120 else f"{seconds // 60 + 1} minutes"
    return f"There were several wrong tries. Wait {length}, then try again."
