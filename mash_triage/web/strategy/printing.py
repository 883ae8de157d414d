"""`/minutes.pdf?discussion=...`: the printed minutes, for those at the front door who may see them.

As with every copy nothing is kept by browsers, and each leaves its line on the trail.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mash_triage.clocks.now import now
from mash_triage.strategy.actions import note_minutes_printed
from mash_triage.strategy.queries import discussion
from mash_triage.web.as_pdf import id_of, one_at_a_time, shown, signed_in
from mash_triage.web.place import database


async def show_minutes(request: Request) -> Response:
    """The minutes as a PDF, or one plain sentence."""
    return await shown(request, _printed, "discussion")


def _printed(token: str, wanted: str) -> tuple[bytes, str]:
    from mash_triage.web.strategy.on_paper import printed_minutes  # takes a while to load

    at = now()
    by = signed_in(token, at)
    with database().work() as session:
        seen = discussion(session, id_of(wanted), by=by)
        note_minutes_printed(session, seen.id, by=by, at=at)
    with one_at_a_time:
        return printed_minutes(seen, printed_at=at, printed_by=by.name), f"minutes-{seen.reference}"


ROUTES: list[BaseRoute] = [Route("/minutes.pdf", show_minutes)]
"""The printed minutes of a strategy discussion."""
