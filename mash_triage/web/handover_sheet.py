"""`/handover.pdf`: the sheet for a change of shift, every open child as it stands at this moment.

The gate lets in only who is signed in; who may see the front door is asked here. Nothing is kept by
browsers, and each sheet leaves its line on the trail with how many children are on it.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.now import now
from mash_triage.handover.queries import unread_handovers
from mash_triage.web.as_pdf import one_at_a_time, shown, signed_in
from mash_triage.web.place import database
from mash_triage.worklists.in_hand import in_hand
from mash_triage.worklists.through_the_night import through_the_night


async def show_sheet(request: Request) -> Response:
    """The sheet as a PDF, or one plain sentence."""
    return await shown(request, _printed, "")


def _printed(token: str, _wanted: str) -> tuple[bytes, str]:
    from mash_triage.web.in_hand.on_paper import SheetFacts, sheet  # takes a while to load

    at = now()
    by = signed_in(token, at)
    by.require(Permission.SEE_FRONT_DOOR)
    with database().work() as session:
        work = in_hand(session, by=by, at=at)
        unread = tuple(unread_handovers(session, by=by))
        night = through_the_night(session, by=by, at=at)
        facts = SheetFacts(work, unread, night, by.name, at)
        kind = AuditKind.HANDOVER_PRINTED
        trail.record(session, kind, about=by.user_id, by=by, at=at, children=len(work.rows))
    with one_at_a_time:
        return sheet(facts), "handover"


ROUTES: list[BaseRoute] = [Route("/handover.pdf", show_sheet)]
