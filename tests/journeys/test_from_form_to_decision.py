"""One contact's whole way, without a browser: sent, screened, decided, and told."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent
from mash_triage.audit.trail import verify
from mash_triage.contacts.status import Status
from mash_triage.worklists.board import Figure, board
from mash_triage.worklists.my_contacts import my_contacts
from tests import stories
from tests.stories import HOUR, MONDAY_NINE


def test_a_contact_is_sent_screened_and_decided_the_same_morning(
    session: Session, amara: Actor, beth: Actor, carol: Actor
) -> None:
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)

    assert child.status == Status.DECIDED
    mine = my_contacts(session, by=amara)
    assert [each.outcome for each in mine[0].children] == ["Early help"]
    today = board(session, by=carol, at=MONDAY_NINE + 4 * HOUR)
    assert today.figures[Figure.DECIDED] == 1
    assert today.open == ()
    kinds = session.scalars(
        select(AuditEvent.kind).where(AuditEvent.about == str(child.id)).order_by(AuditEvent.seq)
    ).all()
    assert kinds == [
        "screening:taken_up",
        "match:new_person",
        "indicators:recorded",
        "rag:set",
        "analysis:recorded",
        "level:set",
        "decision:asked_for",
        "decision:recorded",
    ]
    assert verify(session).first_bad is None
