"""What changes accounts: agencies, people, their one-time links, and their sign-ins."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, OneTimeLink, SignInSession, Sitting, UserAccount
from mash_triage.access.passwords import check_password, hashed
from mash_triage.access.queries import actor_for, fetch_agency, fetch_user, link_to_use
from mash_triage.access.roles import Permission, Presence, Role
from mash_triage.access.rules import check_email, filled, plain_email
from mash_triage.access.sessions import Over, fingerprint, new_token
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.text import storable

LINK_LASTS = timedelta(hours=48)

OWN_ACCOUNT = "Ask another administrator to change your own account."
OF_A_SYSTEM = (
    "The account of an agency's system stays one, and no person's account becomes one. A system is "
    "let in by its keys: revoke those, or close the account."
)
CLOSED_ACCOUNT = "This account is closed. Open it again first."


def add_agency(
    session: Session,
    name: str,
    *,
    kind: str,
    source_code: str,
    telephone: str = "",
    presence: Presence = Presence.ELSEWHERE,
    by: Actor,
    at: datetime,
) -> Agency:
    """Add an organisation that sends contacts or works at the front door.

    `source_code` is the contact source of the children in need census, such as `2A` for schools.
    """
    by.require(Permission.MANAGE_ACCOUNTS)
    name = filled(name, "Enter the agency's name.")
    check_not_taken(session, select(Agency.id).where(Agency.name == name), "agency with this name")

    agency = Agency(
        name=name,
        kind=kind,
        source_code=source_code,
        telephone=storable(telephone).strip() or None,
        presence=presence,
        added_by=by.name,
        added_at=at,
    )
    session.add(agency)
    session.flush()  # the trail names the new agency by its id
    trail.record(session, AuditKind.AGENCY_ADDED, about=agency.id, by=by, at=at)
    return agency


def add_user(
    session: Session,
    email: str,
    name: str,
    *,
    role: Role,
    agency_id: UUID,
    qualified: bool = False,
    job_title: str = "",
    telephone: str = "",
    by: Actor,
    at: datetime,
) -> UserAccount:
    """Add a person. She cannot sign in until she has set a password through a one-time link."""
    by.require(Permission.MANAGE_ACCOUNTS)
    fetch_agency(session, agency_id)
    email = plain_email(email)
    name = filled(name, "Enter the person's name.")
    check_email(email)
    taken = select(UserAccount.id).where(UserAccount.email == email)
    check_not_taken(session, taken, "account with this e-mail address")

    user = UserAccount(
        email=email,
        name=name,
        job_title=storable(job_title).strip(),
        telephone=storable(telephone).strip(),
        role=role,
        qualified=qualified,
        agency_id=agency_id,
        added_by=by.name,
        added_at=at,
    )
    session.add(user)
    session.flush()  # the trail names the new account by its id
    trail.record(session, AuditKind.ACCOUNT_ADDED, about=user.id, by=by, at=at, role=role)
    return user


def change_user(
    session: Session,
    user_id: UUID,
    *,
    seen: int,
    role: Role,
    qualified: bool,
    agency_id: UUID,
    active: bool = True,
    by: Actor,
    at: datetime,
) -> UserAccount:
    """Change a person's role, qualification or agency, or close and reopen the account.

    `seen` is the version the administrator was looking at. Closing ends the person's sign-ins and
    withdraws an unused link. A new role counts from the person's next touch.
    """
    by.require(Permission.MANAGE_ACCOUNTS)
    user = fetch_user(session, user_id)
    fetch_agency(session, agency_id)
    if user.id == by.user_id:
        raise NotAllowed(OWN_ACCOUNT)
    if user.version != seen:
        raise Changed("Somebody else has just changed this account. Open it again.")
    if Role.API_CLIENT in (role, user.role) and (role, agency_id) != (user.role, user.agency_id):
        raise NotReady(OF_A_SYSTEM)

    user.role, user.qualified, user.agency_id = role, qualified, agency_id
    if not active and user.deactivated_at is None:
        user.deactivated_by, user.deactivated_at = by.name, at
        _withdraw_links(session, user.id, at=at)
        end_sessions_of(session, user.id, Over.ACCOUNT_CLOSED, by=by, at=at)
    if active:
        user.deactivated_by = user.deactivated_at = None
    trail.record(
        session,
        AuditKind.ACCOUNT_CHANGED,
        about=user.id,
        by=by,
        at=at,
        role=role,
        qualified=qualified,
        agency=agency_id,
        active=active,
    )
    return user


def issue_link(session: Session, user_id: UUID, *, by: Actor, at: datetime) -> str:
    """A secret for a link with which the person sets her own password: once, within 48 hours.

    Shown once; only its sha256 is kept. Links issued before are withdrawn.
    """
    by.require(Permission.MANAGE_ACCOUNTS)
    user = fetch_user(session, user_id)
    if user.deactivated_at is not None or user.role == Role.API_CLIENT:
        raise NotReady(CLOSED_ACCOUNT)

    token = new_token()
    _withdraw_links(session, user.id, at=at)
    session.add(
        OneTimeLink(
            user_id=user.id,
            token_sha256=fingerprint(token),
            issued_by=by.name,
            issued_at=at,
            expires_at=at + LINK_LASTS,
        )
    )
    trail.record(session, AuditKind.LINK_ISSUED, about=user.id, by=by, at=at)
    return token


def set_password_by_link(session: Session, token: str, password: str, *, at: datetime) -> Actor:
    """The person sets her own password. The link is used up and her other sign-ins end."""
    link = link_to_use(session, token, at=at, to_change=True)
    user = fetch_user(session, link.user_id)
    if user.deactivated_at is not None:
        raise NotReady(CLOSED_ACCOUNT)
    check_password(password, about=(user.name, user.email))
    by = actor_for(user)

    link.used_at = at
    user.password_hash, user.password_set_at = hashed(password), at
    end_sessions_of(session, user.id, Over.NEW_PASSWORD, by=by, at=at)
    trail.record(session, AuditKind.PASSWORD_SET, about=user.id, by=by, at=at)
    return by


def end_sessions_of(
    session: Session,
    user_id: UUID,
    because: Over = Over.ENDED_BY_ADMINISTRATOR,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """End all sign-ins of a person, her own or by an administrator; how many there were."""
    if by.user_id != user_id:
        by.require(Permission.MANAGE_ACCOUNTS)
    ended = session.scalars(
        update(SignInSession)
        .where(SignInSession.user_id == user_id, SignInSession.ended_at.is_(None))
        .values(ended_at=at, ended_because=because.name)
        .returning(SignInSession.id)
    ).all()
    trail.record(
        session,
        AuditKind.SESSIONS_ENDED,
        about=user_id,
        by=by,
        at=at,
        because=because.name,
        sessions=len(ended),
    )
    return len(ended)


def start_session(session: Session, user: UserAccount, *, at: datetime) -> str:
    """The person is in: a new secret for her cookie, never one that was there before."""
    token = new_token()
    row = SignInSession(
        user_id=user.id, token_sha256=fingerprint(token), started_at=at, last_deed_at=at
    )
    session.add(row)
    session.flush()  # the trail names the sign-in by its id
    trail.record(session, AuditKind.SIGNED_IN, about=row.id, by=actor_for(user), at=at)
    return token


def sign_out(session: Session, session_id: UUID, *, by: Actor, at: datetime) -> None:
    """The person leaves. Every tab and window of this sign-in is over."""
    left = session.scalars(
        update(SignInSession)
        .where(
            SignInSession.id == session_id,
            SignInSession.user_id == by.user_id,
            SignInSession.ended_at.is_(None),
        )
        .values(ended_at=at, ended_because=Over.SIGNED_OUT.name)
        .returning(SignInSession.id)
    ).all()
    if left:
        trail.record(session, AuditKind.SIGNED_OUT, about=session_id, by=by, at=at)


def note_deed(session: Session, session_id: UUID, *, at: datetime) -> None:
    """The person did something: the fifteen idle minutes begin again. Never moves backwards."""
    session.execute(
        update(SignInSession)
        .where(
            SignInSession.id == session_id,
            SignInSession.ended_at.is_(None),
            SignInSession.last_deed_at < at,
        )
        .values(last_deed_at=at)
    )


def note_viewed(
    session: Session, session_id: UUID, subject: UUID | str, *, by: Actor, at: datetime
) -> None:
    """The person opened a record: one line on the trail for each person, record and sitting."""
    seen = select(Sitting.id).where(
        Sitting.session_id == session_id, Sitting.subject == str(subject)
    )
    if session.scalar(seen) is not None:
        return
    session.execute(
        insert(Sitting).values(session_id=session_id, subject=str(subject), opened_at=at)
    )
    trail.record(session, AuditKind.RECORD_VIEWED, about=subject, by=by, at=at)


def check_not_taken(session: Session, taken: Select[UUID], what: str) -> None:
    """Refuse when this query finds somebody or something already there."""
    if session.scalar(taken) is not None:
        raise NotReady(f"There is already an {what}.")


def _withdraw_links(session: Session, user_id: UUID, *, at: datetime) -> None:
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.user_id == user_id,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
    )
