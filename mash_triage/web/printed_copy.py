"""`/copy.pdf?contact=...`, the printable copy of a contact, and `/sharing.pdf?child=...`, what was
shared about a child, each for those who may see it.

The gate lets in only who is signed in; whose contact it is, is asked here, with one answer for none
and for somebody else's. Nothing is kept by browsers, and each copy leaves its line on the trail.
"""

from collections.abc import Callable
from threading import Lock
from uuid import UUID

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_sending.queries import additions_of
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.now import now
from mash_triage.contacts.pictures import picture_of_child
from mash_triage.contacts.sent import picture_of_sent
from mash_triage.db.faults import plain_fault
from mash_triage.enquiries.queries import requests_about
from mash_triage.errors import NotFound, Refused
from mash_triage.sharing.queries import sharing_of
from mash_triage.thresholds.queries import edition_of
from mash_triage.web.gate import find_sign_in, token_in
from mash_triage.web.place import database
from mash_triage.web.plain import Html, plain_page, problem, unavailable_page

Printed = Callable[[str, str], tuple[bytes, str]]
"""From the cookie's token and what is asked for: the PDF and its name."""

_one_at_a_time = Lock()  # setting type is all work; people at the pages come first


async def show_copy(request: Request) -> Response:
    """The copy of a contact as a PDF, or one plain sentence."""
    return await _shown(request, request.query_params.get("contact", ""), _printed)


async def show_sharing(request: Request) -> Response:
    """The sharing ledger of a child as a PDF, or one plain sentence."""
    return await _shown(request, request.query_params.get("child", ""), _printed_sharing)


async def _shown(request: Request, of: str, printed: Printed) -> Response:
    token = token_in(request.headers) or ""
    try:
        pdf, name = await to_thread.run_sync(printed, token, of)
    except Refused as refusal:
        title = "Not found" if isinstance(refusal, NotFound) else "Not allowed"
        status = 404 if isinstance(refusal, NotFound) else 403
        body = Html(f"<h1>{title}</h1>{problem(refusal.words)}")
        return plain_page(title, body, status=status)
    except Exception as fault:
        if plain_fault(fault) is None:
            raise
        return unavailable_page()
    shown = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=shown)


def _printed(token: str, reference: str) -> tuple[bytes, str]:
    from mash_triage.web.form.copy_on_paper import CopyFacts, printed_copy  # takes a while to load

    by, at = _who(token), now()
    by.require(Permission.SUBMIT_CONTACT, Permission.ENTER_FOR_OTHERS)
    with database().work() as session:
        sent = picture_of_sent(session, reference, by=by)
        edition = edition_of(session, sent.edition_id)
        facts = CopyFacts(
            sent=sent,
            concerns={one.code: one.words for one in edition.concern},
            additions=additions_of(session, sent.reference, by=by),
            printed_at=at,
            printed_by=by.name,
        )
        trail.record(session, AuditKind.COPY_PRINTED, about=sent.id, by=by, at=at)
    with _one_at_a_time:
        return printed_copy(facts), f"contact-{sent.reference}"


def _printed_sharing(token: str, child: str) -> tuple[bytes, str]:
    from mash_triage.web.enquiries.on_paper import LedgerFacts, printed_ledger

    by, at = _who(token), now()
    by.require(Permission.SEE_FRONT_DOOR)
    try:
        child_id = UUID(child)
    except ValueError:
        raise NotFound() from None
    with database().work() as session:
        picture = picture_of_child(session, child_id, by=by)
        facts = LedgerFacts(
            child=picture,
            entries=tuple(sharing_of(session, child_id, by=by)),
            requests=tuple(requests_about(session, child_id, by=by, at=at)),
            printed_at=at,
            printed_by=by.name,
        )
        trail.record(session, AuditKind.SHARING_PRINTED, about=child_id, by=by, at=at)
    with _one_at_a_time:
        return printed_ledger(facts), f"sharing-{picture.reference}"


def _who(token: str) -> Actor:
    """Whose sign-in this is; one that is over is none."""
    sign_in = find_sign_in(token, now())
    if sign_in is None or sign_in.over is not None:
        raise NotFound()
    return sign_in.by


ROUTES: list[BaseRoute] = [Route("/copy.pdf", show_copy), Route("/sharing.pdf", show_sharing)]
