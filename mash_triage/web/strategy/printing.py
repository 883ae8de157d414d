"""`/minutes.pdf?discussion=...`: the printed minutes, for those at the front door who may see them.

As with every copy nothing is kept by browsers, and each leaves its line on the trail.
"""

from threading import Lock
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mash_triage.clocks.now import now
from mash_triage.db.faults import plain_fault
from mash_triage.errors import NotFound, Refused
from mash_triage.strategy.actions import note_minutes_printed
from mash_triage.strategy.queries import discussion
from mash_triage.web.gate import find_sign_in, token_in
from mash_triage.web.place import database
from mash_triage.web.plain import Html, plain_page, problem, unavailable_page

_one_at_a_time = Lock()  # setting type is all work; people at the pages come first


async def show_minutes(request: Request) -> Response:
    """The minutes as a PDF, or one plain sentence."""
    token, wanted = token_in(request.headers) or "", request.query_params.get("discussion", "")
    try:
        pdf, name = await to_thread.run_sync(_printed, token, wanted)
    except Refused as refusal:
        title = "Not found" if isinstance(refusal, NotFound) else "Not allowed"
        status = 404 if isinstance(refusal, NotFound) else 403
        body = Html(f"<h1>{title}</h1>{problem(refusal.words)}")
        return plain_page(title, body, status=status)
    except Exception as fault:
        if plain_fault(fault) is None:
            raise
        return unavailable_page()
    shown = {"Content-Disposition": f'inline; filename="minutes-{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=shown)


def _printed(token: str, wanted: str) -> tuple[bytes, str]:
    from mash_triage.web.strategy.on_paper import printed_minutes  # takes a while to load

    at = now()
    sign_in = find_sign_in(token, at)
    if sign_in is None or sign_in.over is not None:
        raise NotFound()
    by = sign_in.by
    with database().work() as session:
        seen = discussion(session, _id_of(wanted), by=by)
        note_minutes_printed(session, seen.id, by=by, at=at)
    with _one_at_a_time:
        return printed_minutes(seen, printed_at=at, printed_by=by.name), seen.reference


def _id_of(wanted: str) -> UUID:
    try:
        return UUID(wanted)
    except ValueError:
        raise NotFound() from None


ROUTES: list[BaseRoute] = [Route("/minutes.pdf", show_minutes)]
"""The printed minutes of a strategy discussion."""
