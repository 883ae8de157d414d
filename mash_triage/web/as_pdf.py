"""What is printed for who is signed in: a PDF, or one plain sentence."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from mash_triage.access.actor import Actor
from mash_triage.db.faults import plain_fault
from mash_triage.errors import NotFound, Refused
from mash_triage.web.gate import find_sign_in, token_in
from mash_triage.web.plain import Html, plain_page, problem, unavailable_page

one_at_a_time = Lock()  # setting type is all work; people at the pages come first


Printer = Callable[[str, str], tuple[bytes, str]]
"""What makes the PDF for a sign-in's token and what the address names, with the file's name."""


async def shown(request: Request, printer: Printer, names: str) -> Response:
    """The PDF of what the address names (`names` says by which word; empty where by none), beside
    the other work of the server.
    """
    token, wanted = token_in(request.headers) or "", request.query_params.get(names, "")
    try:
        pdf, name = await to_thread.run_sync(printer, token, wanted)
    except Refused as refusal:
        title = "Not found" if isinstance(refusal, NotFound) else "Not allowed"
        status = 404 if isinstance(refusal, NotFound) else 403
        body = Html(f"<h1>{title}</h1>{problem(refusal.words)}")
        return plain_page(title, body, status=status)
    except Exception as fault:
        if plain_fault(fault) is None:
            raise
        return unavailable_page()
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def signed_in(token: str, at: datetime) -> Actor:
    """Who is signed in with this token; nothing is found for anybody else."""
    sign_in = find_sign_in(token, at)
    if sign_in is None or sign_in.over is not None:
        raise NotFound()
    return sign_in.by


def id_of(wanted: str) -> UUID:
    """What the address names; nothing is found by what is no id."""
    try:
        return UUID(wanted)
    except ValueError:
        raise NotFound() from None
