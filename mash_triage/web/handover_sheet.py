"""`/handover.pdf`: the sheet for a change of shift, every open child as it stands at this moment.

The gate lets in only who is signed in; who may see the front door is asked here. Nothing is kept by
browsers, and each sheet leaves its line on the trail with how many children are on it.
"""

from threading import Lock

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.now import now
from mash_triage.db.faults import plain_fault
from mash_triage.errors import NotFound, Refused
from mash_triage.handover.queries import unread_handovers
from mash_triage.web.gate import find_sign_in, token_in
from mash_triage.web.place import database
from mash_triage.web.plain import Html, plain_page, problem, unavailable_page
from mash_triage.worklists.in_hand import in_hand
from mash_triage.worklists.through_the_night import through_the_night

_one_at_a_time = Lock()  # setting type is all work; people at the pages come first


async def show_sheet(request: Request) -> Response:
    """The sheet as a PDF, or one plain sentence."""
    try:
        pdf = await to_thread.run_sync(_printed, token_in(request.headers) or "")
    except Refused as refusal:
        title = "Not found" if isinstance(refusal, NotFound) else "Not allowed"
        status = 404 if isinstance(refusal, NotFound) else 403
        body = Html(f"<h1>{title}</h1>{problem(refusal.words)}")
        return plain_page(title, body, status=status)
    except Exception as fault:
        if plain_fault(fault) is None:
            raise
        return unavailable_page()
    shown = {"Content-Disposition": 'inline; filename="handover.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=shown)


def _printed(token: str) -> bytes:
    from mash_triage.web.in_hand.on_paper import SheetFacts, sheet  # takes a while to load

    at = now()
    sign_in = find_sign_in(token, at)
    if sign_in is None or sign_in.over is not None:
        raise NotFound()
    by = sign_in.by
    by.require(Permission.SEE_FRONT_DOOR)
    with database().work() as session:
        work = in_hand(session, by=by, at=at)
        unread = tuple(unread_handovers(session, by=by))
        night = through_the_night(session, by=by, at=at)
        facts = SheetFacts(work, unread, night, by.name, at)
        kind = AuditKind.HANDOVER_PRINTED
        trail.record(session, kind, about=by.user_id, by=by, at=at, children=len(work.rows))
    with _one_at_a_time:
        return sheet(facts)


ROUTES: list[BaseRoute] = [Route("/handover.pdf", show_sheet)]
