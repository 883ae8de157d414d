"""`/copy.pdf?contact=...`: the printable copy of a contact; `/family.pdf?child=...`: the words for
a family; `/chronology.pdf?child=...`; `/sharing.pdf?child=...`, what was shared about a child: for
those who may see them.

The gate lets in only who is signed in; whose contact it is, is asked here, with one answer for none
and for somebody else's. Nothing is kept by browsers, and each copy leaves its line on the trail.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mash_triage.access.roles import Permission
from mash_triage.after_sending.queries import additions_of
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.chronology.queries import chronology_of
from mash_triage.clocks.now import now
from mash_triage.contacts.pictures import picture_of_child
from mash_triage.contacts.queries import fetch_child
from mash_triage.contacts.sent import picture_of_sent
from mash_triage.enquiries.queries import requests_about
from mash_triage.errors import NotFound
from mash_triage.hand_on.for_family import check_may_be_told
from mash_triage.hand_on.queries import family_summaries
from mash_triage.screening.facts import suggestion_for
from mash_triage.sharing.queries import sharing_of
from mash_triage.thresholds.queries import edition_of
from mash_triage.web.as_pdf import id_of, one_at_a_time, shown, signed_in
from mash_triage.web.place import database


async def show_copy(request: Request) -> Response:
    """The copy of a contact as a PDF, or one plain sentence."""
    return await shown(request, _printed, "contact")


async def show_family(request: Request) -> Response:
    """The words for a family as a PDF, or one plain sentence."""
    return await shown(request, printed_family, "child")


async def show_chronology(request: Request) -> Response:
    """A child's chronology as a PDF, or one plain sentence."""
    return await shown(request, printed_chronology, "child")


async def show_sharing(request: Request) -> Response:
    """The sharing ledger of a child as a PDF, or one plain sentence."""
    return await shown(request, printed_sharing, "child")


def _printed(token: str, reference: str) -> tuple[bytes, str]:
    from mash_triage.web.form.copy_on_paper import CopyFacts, printed_copy  # takes a while to load

    at = now()
    by = signed_in(token, at)
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
    with one_at_a_time:
        return printed_copy(facts), f"contact-{sent.reference}"


def printed_family(token: str, child: str) -> tuple[bytes, str]:
    """The newest words for a family; nothing where a rule says not to contact it."""
    from mash_triage.web.hand_on.on_paper import family_on_paper  # takes a while to load

    at = now()
    by = signed_in(token, at)
    with database().work() as session:
        row = fetch_child(session, id_of(child), by=by)
        written = family_summaries(session, row.id, by=by)
        _facts, suggestion = suggestion_for(session, row, by=by)
        check_may_be_told(suggestion.do_not_contact_family)
        if not written:
            raise NotFound("No words for the family are written yet.")
        trail.record(session, AuditKind.FAMILY_SUMMARY_PRINTED, about=row.id, by=by, at=at)
    with one_at_a_time:
        return family_on_paper(written[0], printed_at=at), "for-the-family"


def printed_chronology(token: str, child: str) -> tuple[bytes, str]:
    """A child's chronology without the lines that are left out of print."""
    from mash_triage.web.chronology.on_paper import chronology_on_paper  # takes a while to load

    at = now()
    by = signed_in(token, at)
    with database().work() as session:
        found = chronology_of(session, id_of(child), by=by)
        about = found.contact_child_id
        trail.record(session, AuditKind.CHRONOLOGY_PRINTED, about=about, by=by, at=at)
    with one_at_a_time:
        return chronology_on_paper(found, printed_by=by.name, printed_at=at), "chronology"


def printed_sharing(token: str, child: str) -> tuple[bytes, str]:
    """What was shared about a child, with whom and why, and the answers that were released."""
    from mash_triage.web.enquiries.on_paper import LedgerFacts, printed_ledger  # takes a while

    at = now()
    by = signed_in(token, at)
    by.require(Permission.SEE_FRONT_DOOR)
    with database().work() as session:
        picture = picture_of_child(session, id_of(child), by=by)
        facts = LedgerFacts(
            child=picture,
            entries=tuple(sharing_of(session, picture.id, by=by)),
            requests=tuple(requests_about(session, picture.id, by=by, at=at)),
            printed_at=at,
            printed_by=by.name,
        )
        trail.record(session, AuditKind.SHARING_PRINTED, about=picture.id, by=by, at=at)
    with one_at_a_time:
        return printed_ledger(facts), f"sharing-{picture.reference}"


ROUTES: list[BaseRoute] = [
    Route("/copy.pdf", show_copy),
    Route("/family.pdf", show_family),
    Route("/chronology.pdf", show_chronology),
    Route("/sharing.pdf", show_sharing),
]
