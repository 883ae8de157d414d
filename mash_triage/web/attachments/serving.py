"""`/attachments/{id}`: the one way by which an attached file leaves the service.

Asked each time: who is it, may she see the contact, is the file clean. It comes as a file to be
saved, never as a page: its type is ours, guessing is forbidden, and no browser keeps it.
"""

from itertools import chain
from urllib.parse import quote
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from mash_triage.access.actor import Actor
from mash_triage.attachments.actions import open_attachment, record_scan
from mash_triage.attachments.kinds import MEDIA_TYPES, Kind
from mash_triage.attachments.models import Attachment, ScanState
from mash_triage.attachments.queries import fetch_attachment
from mash_triage.attachments.receiving import scanned
from mash_triage.attachments.scanner import scanner_at
from mash_triage.attachments.vault import Unreadable, vault
from mash_triage.clocks.now import now
from mash_triage.db.faults import plain_fault
from mash_triage.errors import NotFound, Refused
from mash_triage.settings import settings
from mash_triage.web import health, logs
from mash_triage.web.gate import find_sign_in, token_in
from mash_triage.web.place import database
from mash_triage.web.plain import Html, plain_page, problem, unavailable_page

LOST = (
    "This file cannot be opened: what is stored of it is missing or damaged. It is our fault, not "
    "yours. Tell us the reference {} and ask whoever sent it for another copy."
)


async def give(request: Request) -> Response:
    """The file, or a page that says why not; one answer for none and not hers."""
    try:
        return await to_thread.run_sync(_give, request)
    except Refused as refusal:
        return _sentence(refusal.words, 404 if isinstance(refusal, NotFound) else 403)
    except Unreadable as fault:
        health.FAULTS.inc()
        return _sentence(LOST.format(logs.log_fault(fault)), 500)
    except Exception as fault:
        if plain_fault(fault) is None:
            raise
        return unavailable_page()


def _give(request: Request) -> Response:
    by, file_id = _who(request), _id(request.path_params["id"])
    _scan_if_it_was_not(file_id, by)
    with database().work() as session:
        must_be_clean = bool(settings().clamav)
        row = open_attachment(session, file_id, must_be_clean=must_be_clean, by=by, at=now())
    parts = vault().read(row.id)
    first = next(parts)  # a missing or foreign file is found before anything is promised
    return StreamingResponse(chain([first], parts), headers=_headers(row))


def _who(request: Request) -> Actor:
    sign_in = find_sign_in(token_in(request.headers) or "", now())
    if sign_in is None or sign_in.over is not None:
        raise NotFound()
    return sign_in.by


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None


def _scan_if_it_was_not(file_id: UUID, by: Actor) -> None:
    """A file that came while the scanner did not answer is scanned before it is first opened."""
    scanner = scanner_at(settings().clamav)
    with database().look() as session:
        state = fetch_attachment(session, file_id, by=by).state
    if scanner is None or state != ScanState.NOT_SCANNED:
        return
    said = scanned(scanner, b"".join(vault().read(file_id)))
    with database().work() as session:
        record_scan(session, file_id, said, by=Actor.job("scan on opening"), at=now())


def _headers(row: Attachment) -> dict[str, str]:
    name = quote(row.name, safe="")
    return {
        "Content-Type": MEDIA_TYPES[Kind(row.kind)],
        "Content-Length": str(row.size),
        "Content-Disposition": f"attachment; filename=\"file.{row.kind}\"; filename*=UTF-8''{name}",
        "X-Robots-Tag": "noindex",
    }


def _sentence(words: str, status: int) -> Response:
    title = "Not possible" if status != 404 else "Not found"
    return plain_page(title, Html(f"<h1>{title}</h1>{problem(words)}"), status=status)


ROUTES: list[BaseRoute] = [Route("/attachments/{id}", give, methods=["GET"])]
