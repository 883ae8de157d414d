"""What there is to see about accounts: whose sign-in this is, and an administrator's lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import (
    Agency,
    Installation,
    OneTimeLink,
    SignInSession,
    UserAccount,
)
from mash_triage.access.roles import Permission, Presence, Role
from mash_triage.access.sessions import Over, ends_at, fingerprint, why_over
from mash_triage.errors import NotFound


@dataclass(frozen=True)
class SignIn:
    """One sign-in as it stands at one moment: whose it is, and why it is over, if it is."""

    session_id: UUID
    by: Actor
    agency: str
    started_at: datetime
    last_deed_at: datetime
    over: Over | None

    @property
    def ends_at(self) -> datetime:
        """When it will be over if nothing more is done."""
        return ends_at(self.started_at, self.last_deed_at)


def session_for(session: Session, token: str, *, at: datetime) -> SignIn | None:
    """The sign-in that belongs to this cookie, or None if there never was one.

    One statement. Role, qualification and account are read afresh each time, so that a change of
    role or a closed account counts from the next touch.
    """
    found = session.execute(
        select(SignInSession, UserAccount, Agency)
        .join(UserAccount, UserAccount.id == SignInSession.user_id)
        .join(Agency, Agency.id == UserAccount.agency_id)
        .where(SignInSession.token_sha256 == fingerprint(token))
    ).one_or_none()
    return _sign_in(found, at) if found else None


def _sign_in(found: Row[SignInSession, UserAccount, Agency], at: datetime) -> SignIn:
    row, user, agency = found
    closed = user.deactivated_at is not None or agency.closed_at is not None
    over = why_over(row.started_at, row.last_deed_at, row.ended_because, at=at)
    return SignIn(
        session_id=row.id,
        by=actor_for(user),
        agency=agency.name,
        started_at=row.started_at,
        last_deed_at=row.last_deed_at,
        over=Over.ACCOUNT_CLOSED if closed else over,
    )


def actor_for(user: UserAccount) -> Actor:
    """This account as the person behind a deed."""
    return Actor(
        name=user.name,
        user_id=user.id,
        role=Role(user.role),
        agency_id=user.agency_id,
        qualified=user.qualified,
    )


def open_account(email: str) -> Select[UserAccount]:
    """The account with this address that may sign in: itself and its agency not closed."""
    return (
        select(UserAccount)
        .join(Agency)
        .where(
            UserAccount.email == email,
            UserAccount.deactivated_at.is_(None),
            Agency.closed_at.is_(None),
            UserAccount.role != Role.API_CLIENT,
        )
    )


def fetch_user(session: Session, user_id: UUID) -> UserAccount:
    """The live account row; refused when there is none."""
    user = session.get(UserAccount, user_id)
    if user is None:
        raise NotFound
    return user


def fetch_agency(session: Session, agency_id: UUID) -> Agency:
    """The live agency row; refused when there is none."""
    agency = session.get(Agency, agency_id)
    if agency is None:
        raise NotFound
    return agency


def link_to_use(
    session: Session, token: str, *, at: datetime, to_change: bool = False
) -> OneTimeLink:
    """The one-time link of this token, if it can still be used; otherwise refused in words.

    `to_change` holds it: whoever comes second waits, and then reads that it has been used.
    """
    query = select(OneTimeLink).where(OneTimeLink.token_sha256 == fingerprint(token))
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    link = session.scalar(query)
    if link is None or link.used_at or link.withdrawn_at or at >= link.expires_at:
        raise NotFound(
            "This link has been used, was replaced by a newer one, or is older than 48 hours. "
            "Ask your administrator for a new one."
        )
    return link


@dataclass(frozen=True)
class AgencyPicture:
    """An agency as the administrator sees it."""

    id: UUID
    name: str
    kind: str
    source_code: str
    telephone: str
    presence: Presence
    closed: bool
    people: int


def agencies(session: Session, *, by: Actor) -> list[AgencyPicture]:
    """All agencies by name, with how many people with an open account each has."""
    by.require(Permission.MANAGE_ACCOUNTS)
    counted = (
        select(UserAccount.agency_id, func.count().label("people"))
        .where(UserAccount.deactivated_at.is_(None), UserAccount.role != Role.API_CLIENT)
        .group_by(UserAccount.agency_id)
        .subquery()
    )
    rows = session.execute(
        select(Agency, func.coalesce(counted.c.people, 0))
        .outerjoin(counted, counted.c.agency_id == Agency.id)
        .order_by(Agency.name)
    )
    return [
        AgencyPicture(
            id=agency.id,
            name=agency.name,
            kind=agency.kind,
            source_code=agency.source_code,
            telephone=agency.telephone or "",
            presence=Presence(agency.presence),
            closed=agency.closed_at is not None,
            people=people,
        )
        for agency, people in rows
    ]


@dataclass(frozen=True)
class PersonPicture:
    """A person's account as the administrator sees it. There is no password in it to see."""

    id: UUID
    name: str
    email: str
    job_title: str
    telephone: str
    role: Role
    qualified: bool
    agency_id: UUID
    agency: str
    active: bool
    has_password: bool
    version: int


def people(session: Session, *, by: Actor) -> list[PersonPicture]:
    """All people with an account, by name."""
    by.require(Permission.MANAGE_ACCOUNTS)
    rows = session.execute(
        select(UserAccount, Agency.name).join(Agency).order_by(UserAccount.name, UserAccount.email)
    )
    return [_person(user, agency) for user, agency in rows]


def _person(user: UserAccount, agency: str) -> PersonPicture:
    return PersonPicture(
        id=user.id,
        name=user.name,
        email=user.email,
        job_title=user.job_title,
        telephone=user.telephone,
        role=Role(user.role),
        qualified=user.qualified,
        agency_id=user.agency_id,
        agency=agency,
        active=user.deactivated_at is None,
        has_password=user.password_hash is not None,
        version=user.version,
    )


def is_demo(session: Session) -> bool:
    """Is this a demonstration database, with invented people only?"""
    return installed(session, "environment") == "demo"


def installed(session: Session, name: str) -> str | None:
    """What was written about this installation when its database was made."""
    return session.scalar(select(Installation.value).where(Installation.name == name))


DEMO_ORDER = (
    Role.REFERRER,
    Role.AGENCY_LEAD,
    Role.SOCIAL_WORKER,
    Role.SCREENING_WORKER,
    Role.MANAGER,
    Role.EARLY_HELP_COORDINATOR,
    Role.OUT_OF_HOURS,
    Role.PARTNER_REPRESENTATIVE,
    Role.POLICY_LEAD,
    Role.ANALYST,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True)
class DemoPerson:
    """An invented person whom anybody may become, in a demonstration database only."""

    id: UUID
    name: str
    job_title: str
    role: Role
    agency: str


def demo_people(session: Session) -> Sequence[DemoPerson]:
    """The people of the demonstration, in the order of a contact's journey; none elsewhere. Of the
    agencies' leads the one comes first who sees what the first referrer sends.
    """
    if not is_demo(session):
        return []
    rows = session.execute(
        select(UserAccount, Agency.name)
        .join(Agency)
        .where(UserAccount.deactivated_at.is_(None), UserAccount.role != Role.API_CLIENT)
        .order_by(UserAccount.name)
    )
    found = [
        DemoPerson(user.id, user.name, user.job_title, Role(user.role), agency)
        for user, agency in rows
    ]
    sender = next((person.agency for person in found if person.role is Role.REFERRER), "")

    def place(person: DemoPerson) -> tuple[int, bool]:
        leads_another = person.role is Role.AGENCY_LEAD and person.agency != sender
        return DEMO_ORDER.index(person.role), leads_another

    return sorted(found, key=place)
