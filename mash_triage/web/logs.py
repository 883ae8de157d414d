"""Logs that hold ids and kinds only: a field that is not on the list is left out."""

import logging
import secrets
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from mash_triage.settings import ROOT

OURS = (f"{ROOT}/mash_triage/", f"{ROOT}/pages/")
ALLOWED = frozenset(
    {"event", "level", "timestamp", "reference", "kind", "where", "seconds", "status", "count"}
)


def only_allowed(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Leave out every field that is not on the list, whoever put it there."""
    return {name: value for name, value in line.items() if name in ALLOWED}


def set_up() -> None:
    """One JSON line an event; libraries may warn, but not repeat what an error said."""
    logging.getLogger().setLevel(logging.WARNING)
    logging.setLogRecordFactory(careful_record)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )


def careful_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A library's log line without the words of an error, which can hold what somebody typed.

    Its kind and place are left. Lines without an error are kept whole only from the web server.
    """
    record = logging.LogRecord(*args, **kwargs)
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None or not record.name.startswith("uvicorn"):
        kind = f"{type(fault).__name__} at {where(fault)}" if fault else record.levelname.lower()
        record.msg, record.args = f"{record.name}:{record.lineno} {kind}", ()
        record.exc_info = record.exc_text = record.stack_info = None
    return record


def log_fault(fault: BaseException) -> str:
    """Log what kind of fault it was and where, never what it said; the reference to show people."""
    reference = secrets.token_hex(3)
    structlog.get_logger().error(
        "fault", reference=reference, kind=type(fault).__name__, where=where(fault)
    )
    return reference


def log_call(kind: str, status: int, seconds: float) -> None:
    """Log one call of an agency's system: its route, its status, how long it took."""
    structlog.get_logger().info("api", kind=kind, status=status, seconds=round(seconds, 4))


def where(fault: BaseException) -> str:
    """The last line of our own code that the fault passed through: `folder/file.py:line`."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [each for each in frames if each.filename.startswith(OURS)]
    last = ours[-1] if ours else (frames[-1] if frames else None)
    if last is None:
        return "unknown"
    return f"{last.filename.removeprefix(str(ROOT)).lstrip('/')}:{last.lineno}"
