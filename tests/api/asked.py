"""A request for information that waits for an agency."""

from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from mash_triage.access.models import Agency
from mash_triage.enquiries.actions import ask_agency
from mash_triage.enquiries.models import InformationRequest
from mash_triage.enquiries.rules import RequestFacts
from tests import stories
from tests.cast import BETH, DEV, MONDAY_NINE
from tests.enquiries.conftest import BASIS


def a_request_to(
    session: Session, agency_id: UUID, question: str = "What is known of the home?"
) -> InformationRequest:
    """Beth asks an agency about a child whom the clinic sent, rated red: nobody waits for her."""
    agency = session.get_one(Agency, agency_id)
    stories.an_agency_lead(session, f"lead{uuid4().hex[:6]} of it", agency=agency.name)
    child = stories.a_child_taken_up(session, sent_by=DEV, screened_by=BETH)
    stories.screen(session, child, by=BETH, at=MONDAY_NINE + stories.HOUR, rag="red")
    facts = RequestFacts(
        agency_id=agency_id,
        questions=(),
        own_question=question,
        purpose="To decide how to help.",
        basis=BASIS,
        why_not_asked="undue_delay",
    )
    return ask_agency(session, child.id, facts, by=BETH, at=MONDAY_NINE + stories.HOUR)
