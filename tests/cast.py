"""The standing cast, and the Monday morning on which most stories begin.

Amara, teacher at Hill School, sends. Beth, social worker, screens. Carol and Dan, managers, decide.
Dev, nurse elsewhere, must see nothing of Amara's. Ada keeps the accounts. They are already in the
database of every test.
"""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Role
from mash_triage.settings import settings
from mash_triage.thresholds.actions import load_editions

MONDAY_NINE = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
"""A Monday in winter, when London keeps UTC; no bank holiday is near."""


def id_of(name: str) -> UUID:
    """The id of an agency or of somebody of the cast."""
    return uuid5(NAMESPACE_URL, f"cast:{name}")


AGENCIES = {
    "Hill School": ("school", "2A"),
    "Elmbank Health Centre": ("health", "3B"),
    "Rivermead Children's Services": ("local_authority", "5B"),
}
_SCHOOL, _HEALTH, _AUTHORITY = AGENCIES


def _actor(name: str, role: Role, agency: str, *, qualified: bool = False) -> Actor:
    return Actor(
        name=name, user_id=id_of(name), role=role, agency_id=id_of(agency), qualified=qualified
    )


AMARA = _actor("Amara Osei", Role.REFERRER, _SCHOOL)
BETH = _actor("Beth Lindqvist", Role.SOCIAL_WORKER, _AUTHORITY, qualified=True)
CAROL = _actor("Carol Adeyemi", Role.MANAGER, _AUTHORITY, qualified=True)
DAN = _actor("Dan Whitlock", Role.MANAGER, _AUTHORITY, qualified=True)
DEV = _actor("Dev Raman", Role.REFERRER, _HEALTH)
ADA = _actor("Ada Brandt", Role.ADMINISTRATOR, _AUTHORITY)
CAST = (AMARA, BETH, CAROL, DAN, DEV, ADA)


def email_of(actor: Actor) -> str:
    """The address with which one of the cast signs in."""
    return f"{actor.name.split()[0].lower()}@rivermead.example"


def settle_in(session: Session) -> None:
    """Put the shipped levels of need and the cast's agencies and accounts into a new database."""
    load_editions(session, settings().levels_of_need, by=Actor.job("the tests"), at=MONDAY_NINE)
    told = {"added_by": "the tests", "added_at": MONDAY_NINE}
    for name, (kind, source_code) in AGENCIES.items():
        session.add(Agency(id=id_of(name), name=name, kind=kind, source_code=source_code, **told))
    session.flush()  # accounts refer to their agency
    for actor in CAST:
        session.add(
            UserAccount(
                id=actor.user_id,
                email=email_of(actor),
                name=actor.name,
                role=actor.role,
                qualified=actor.qualified,
                agency_id=actor.agency_id,
                **told,
            )
        )
