"""A draft of the next levels of need, which waits for a second policy lead to publish it."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.models import UserAccount
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.clocks.working_days import london_day
from mash_triage.editions.actions import ask_for_publishing, save_part, start_draft
from mash_triage.editions.draft_text import Part, tables_in, values_of
from mash_triage.editions.queries import version_of
from mash_triage.settings import settings
from mash_triage.thresholds.queries import edition_in_force

PURPOSE = "Early signs of exploitation, raised after the partners' review"
SIGNS = Part("indicator", "exploitation_vulnerability")
RAISED_TO = 4
BEGUN, ASKED = timedelta(days=4), timedelta(days=1)  # before now


def draft_next_edition(session: Session, *, at: datetime) -> None:
    """The first policy lead drafts, changes one indicator, and asks for publishing."""
    code, today = settings().edition, london_day(at)
    record = edition_in_force(session, code, today)
    signs = values_of(tables_in(record.toml), SIGNS)
    leads = select(UserAccount).where(UserAccount.role == Role.POLICY_LEAD)
    lead = session.scalars(leads.order_by(UserAccount.name)).first()
    if lead is None or signs is None:
        return  # another edition, with indicators of its own
    by, begun, asked = actor_for(lead), at - BEGUN, at - ASKED

    spring = date(today.year + 1, 4, 1)
    draft = start_draft(session, record.id, PURPOSE, spring, code=code, by=by, at=begun)
    raised = {**signs, "level": RAISED_TO}
    save_part(session, draft.id, SIGNS, raised, seen=draft.number, by=by, at=begun)
    sha256 = version_of(session, draft, draft.number).sha256
    ask_for_publishing(session, draft.id, sha256, on=london_day(asked), by=by, at=asked)
