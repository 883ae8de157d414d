"""The levels of need for everybody: `/levels-of-need` and the PDF to print, without signing in.

No script, no cookie, and nothing personal. Only editions that are or were in force are shown. What
was drawn is kept in memory; a browser that asks again is told whether its copy is still the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mash_triage.clocks.now import now
from mash_triage.clocks.working_days import london_day
from mash_triage.db.faults import plain_fault
from mash_triage.errors import NotFound, NotReady
from mash_triage.settings import settings
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.queries import edition_of, edition_to_read, editions_before
from mash_triage.web.levels_html import levels_html
from mash_triage.web.place import database
from mash_triage.web.plain import Html, plain_page, problem, unavailable_page

KEPT = "public, max-age=300"  # seconds; a new edition is seen soon after it comes into force
NOT_HERE = "The levels of need cannot be shown at the moment."


@dataclass(frozen=True)
class Reading:
    """Which edition somebody reads, was it asked for by name, and which others there are."""

    edition_id: UUID
    is_asked_for: bool
    others: tuple[tuple[UUID, date], ...]


async def show_levels(request: Request) -> Response:
    """The edition in force today, or the one that `?edition=` asks for, as one plain page."""
    return await _answer(request, _page)


async def show_pdf(request: Request) -> Response:
    """The same as a PDF to print."""
    return await _answer(request, _pdf)


async def _answer(request: Request, draw: Callable[[Reading], Response]) -> Response:
    wanted = request.query_params.get("edition")
    try:
        reading = await to_thread.run_sync(_read, wanted)
        answer = await to_thread.run_sync(draw, reading)
    except (NotFound, NotReady) as refusal:
        title = "Not found"
        return plain_page(title, Html(f"<h1>{title}</h1>{problem(refusal.words)}"), status=404)
    except Exception as fault:
        if plain_fault(fault) is None:
            raise
        return unavailable_page(NOT_HERE)
    mark = f'"{sha256(bytes(answer.body)).hexdigest()[:32]}"'
    told = {"ETag": mark, "Cache-Control": KEPT}
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    answer.headers.update(told)
    return answer


def _read(wanted: str | None) -> Reading:
    """Which edition it is; asked of the database each time, since one comes into force by a day."""
    today = london_day(now())
    with database().look() as session:
        record = edition_to_read(session, settings().edition, today, wanted)
        _editions.setdefault(record.id, edition_of(session, record.id))
        others = editions_before(session, record, today)
        return Reading(record.id, wanted is not None, tuple(others.items()))


def _page(reading: Reading) -> Response:
    return plain_page(_editions[reading.edition_id].title, _drawn(reading))


def _pdf(reading: Reading) -> Response:
    edition = _editions[reading.edition_id]
    name = f"levels-of-need-{edition.id}-{edition.effective_from}.pdf"
    with _one_at_a_time:
        pdf = _printed(reading.edition_id)
    shown = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=shown)


_editions: dict[UUID, Edition] = {}  # an edition never changes once it is stored
_one_at_a_time = Lock()  # printing takes most of a second; who comes meanwhile finds it printed


@lru_cache(maxsize=16)
def _drawn(reading: Reading) -> Html:
    asked = f"?edition={reading.edition_id}" if reading.is_asked_for else ""
    return levels_html(_editions[reading.edition_id], asked, reading.others)


@lru_cache(maxsize=16)
def _printed(edition_id: UUID) -> bytes:
    from mash_triage.thresholds.pdf import printed  # takes a third of a second to load

    return printed(_editions[edition_id]).pdf


ROUTES: list[BaseRoute] = [
    Route("/levels-of-need", show_levels),
    Route("/levels-of-need.pdf", show_pdf),
]
