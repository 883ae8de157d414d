"""What can be wrong with a database, each said in one plain sentence.

The sentences serve the page and the command line alike. They never repeat what the driver said,
because a driver's words can hold what somebody typed about a family.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import exc as sqlalchemy_errors

from mash_triage.errors import NotAvailable

NOT_MIGRATED = (
    "The database is not up to date with this version of the service. "
    "An operator must run: mash-triage db upgrade."
)
FOREIGN = "This database was not made by this service, or by a later version of it."
WOULD_LOSE_ROWS = "Bringing the database up to date would lose what rows point to; it is unchanged."
READ_ONLY = "The database can only be read at the moment, so nothing was stored."
FULL = "There is no space left where the database is kept, so nothing was stored."
LOCKED = "The database is busy and did not answer in time, so nothing was stored. Try again."
WRONG_KEY = (
    "The database file cannot be opened: the key is not the one it was made with, "
    "or it is not a database."
)
DAMAGED = "The database file is damaged. An operator must restore the last backup."
NOT_REACHABLE = "The database cannot be reached at the moment, so nothing was stored."
NETWORK_FILE_SYSTEM = (
    "The database file is on a network file system, where it can be damaged. "
    "Move it to a disk of this machine, or use PostgreSQL."
)

_SQLITE_WORDS = {
    "readonly database": READ_ONLY,
    "disk is full": FULL,
    "is locked": LOCKED,
    "file is not a database": WRONG_KEY,
    "unable to open": NOT_REACHABLE,
    "disk i/o error": NOT_REACHABLE,
    "malformed": DAMAGED,
    "no such table": NOT_MIGRATED,
    "no such column": NOT_MIGRATED,
    "has no column": NOT_MIGRATED,
}
"""Parts of SQLite's own messages, in lower case."""

_POSTGRES_STATES = {
    "25006": READ_ONLY,
    "53100": FULL,
    "55P03": LOCKED,
    "57014": LOCKED,
    "40P01": LOCKED,
    "40001": LOCKED,
    "42P01": NOT_MIGRATED,
    "42703": NOT_MIGRATED,
    "58030": NOT_REACHABLE,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""SQLSTATE codes (PostgreSQL manual, appendix A): read-only transaction, disk full, lock not
available, statement cancelled, deadlock, serialisation, undefined table and column, input/output
error, corrupted data and index."""

_UNREACHABLE_CLASSES = ("08", "28", "3D", "53", "57")
"""SQLSTATE classes: connection, authorisation, no such database, too few resources, shut down."""

NETWORK_KINDS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "ceph"})


def plain_fault(exc: BaseException) -> str | None:
    """The sentence for an error of either database, or None when it is some other error.

    A full SQLite undoes the whole transaction by itself, so that going back to a savepoint fails
    too; then the error before that one says why.
    """
    if isinstance(exc, NotAvailable):
        return exc.words
    if isinstance(exc, sqlalchemy_errors.TimeoutError):
        return LOCKED
    words = _driver_fault(exc)
    if words is None and exc.__context__ and isinstance(exc, sqlalchemy_errors.OperationalError):
        return plain_fault(exc.__context__)
    return words


def _driver_fault(exc: BaseException) -> str | None:
    cause = getattr(exc, "orig", None) or exc
    driver = type(cause).__module__.partition(".")[0]
    if driver == "sqlcipher3":
        return _sqlite_fault(str(cause).lower())
    if driver == "psycopg":
        return _postgres_fault(cause)
    return None


def _sqlite_fault(message: str) -> str | None:
    return next((words for part, words in _SQLITE_WORDS.items() if part in message), None)


def _postgres_fault(cause: BaseException) -> str | None:
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return NOT_REACHABLE if type(cause).__name__ == "OperationalError" else None
    if state in _POSTGRES_STATES:
        return _POSTGRES_STATES[state]
    return NOT_REACHABLE if state.startswith(_UNREACHABLE_CLASSES) else None


def is_on_network(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Is this file on a network file system? No, where the system keeps no list of mounts."""
    if not mounts.exists():
        return False
    inside = [
        (len(point), kind)
        for point, kind in _mounts(mounts.read_text("utf-8", "surrogateescape"))
        if path == Path(point) or Path(point) in path.parents
    ]
    return max(inside, default=(0, ""))[1] in NETWORK_KINDS


def _mounts(listed: str) -> Iterator[tuple[str, str]]:
    for line in listed.splitlines():
        _device, point, kind, *_rest = line.split(" ")
        yield re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), point), kind
