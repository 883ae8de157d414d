"""Keeping teams and their postcodes, what each worker can take on, and days away."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from mash_triage.access.actor import Actor
from mash_triage.access.queries import fetch_user
from mash_triage.access.roles import Permission
from mash_triage.access.rules import filled
from mash_triage.allocation.actions.allocate import check_team_is_there
from mash_triage.allocation.models import Absence, Team, TeamArea, WorkerProfile
from mash_triage.allocation.rules import check_most, tidy_prefix
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import Changed, NotFound, NotReady


def add_team(
    session: Session, name: str, areas: Iterable[str] = (), *, by: Actor, at: datetime
) -> UUID:
    """Add a team with the postcode areas, districts or sectors that it covers; gives its id."""
    by.require(Permission.KEEP_TEAMS)
    team = Team(
        name=_free_name(session, name), added_by=by.user_id, added_by_name=by.name, added_at=at
    )
    session.add(team)
    session.flush()  # its areas refer to it
    kept = _set_areas(session, team, areas)
    trail.record(session, AuditKind.TEAM_ADDED, about=team.id, by=by, at=at, areas=kept)
    return team.id


def change_team(
    session: Session,
    team_id: UUID,
    *,
    seen: int,
    name: str,
    areas: Iterable[str],
    is_open: bool = True,
    by: Actor,
    at: datetime,
) -> None:
    """Change a team's name or areas, or close it; allocations to it stand until they are changed.

    `seen` is the version that was on the screen.
    """
    by.require(Permission.KEEP_TEAMS)
    team = session.get(Team, team_id)
    if team is None:
        raise NotFound()
    if team.version != seen:
        raise Changed("Somebody else has just changed this team. Open it again.")
    if name.strip() != team.name:
        team.name = _free_name(session, name)
    if is_open:
        team.closed_by = team.closed_at = None
    elif team.closed_at is None:
        team.closed_by, team.closed_at = by.user_id, at
    flag_modified(team, "name")  # areas are rows of their own: the version moves with them
    kept = _set_areas(session, team, areas if is_open else ())
    trail.record(
        session, AuditKind.TEAM_CHANGED, about=team.id, by=by, at=at, areas=kept, is_open=is_open
    )


def _free_name(session: Session, name: str) -> str:
    plain = filled(name, "Enter the team's name.")[:100]
    if session.scalar(select(Team.id).where(Team.name == plain)) is not None:
        raise NotReady("There is already a team with this name.")
    return plain


def _set_areas(session: Session, team: Team, areas: Iterable[str]) -> list[str]:
    wanted = sorted({tidy_prefix(each) for each in areas if each.strip()})
    taken = session.execute(
        select(TeamArea.prefix, Team.name)
        .join(Team, Team.id == TeamArea.team_id)
        .where(TeamArea.prefix.in_(wanted), TeamArea.team_id != team.id)
    ).first()
    if taken:
        raise NotReady(f"{taken.prefix} belongs to {taken.name}. Take it out there first.")
    session.execute(delete(TeamArea).where(TeamArea.team_id == team.id))
    session.add_all(TeamArea(prefix=prefix, team_id=team.id) for prefix in wanted)
    session.flush()
    return wanted


def set_worker_profile(
    session: Session,
    user_id: UUID,
    *,
    team_id: UUID | None,
    newly_qualified: bool,
    most: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Say which team a worker is in, whether she is newly qualified, and a limit of her own."""
    by.require(Permission.KEEP_TEAMS)
    user = fetch_user(session, user_id)
    check_most(most)
    if newly_qualified and not user.qualified:
        raise NotReady("The account has no social-work qualification: an administrator sets that.")
    profile = session.get(WorkerProfile, user_id) or WorkerProfile(user_id=user_id)
    if team_id != profile.team_id:
        check_team_is_there(session, team_id)
    profile.team_id, profile.newly_qualified, profile.most = team_id, newly_qualified, most
    profile.changed_by, profile.changed_by_name, profile.changed_at = by.user_id, by.name, at
    session.add(profile)
    trail.record(
        session,
        AuditKind.WORKER_PROFILE_SET,
        about=user_id,
        by=by,
        at=at,
        team=team_id,
        newly_qualified=newly_qualified,
        most=most,
    )


def record_absence(
    session: Session,
    user_id: UUID,
    first_day: date,
    last_day: date,
    *,
    cover_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Say when a colleague is away and who covers. She is not offered for allocation meanwhile, and
    what waits for her is shown with her cover's name. Each says it of herself too.
    """
    by.require(Permission.SEE_FRONT_DOOR, Permission.KEEP_TEAMS)
    if user_id != by.user_id:
        by.require(Permission.KEEP_TEAMS)
    fetch_user(session, user_id)
    if last_day < first_day:
        raise NotReady("The last day lies before the first.")
    if cover_id == user_id:
        raise NotReady("Choose somebody else to cover.")
    if cover_id is not None:
        fetch_user(session, cover_id)
    absence = Absence(
        user_id=user_id,
        first_day=first_day,
        last_day=last_day,
        cover_id=cover_id,
        recorded_by=by.user_id,
        recorded_at=at,
    )
    session.add(absence)
    session.flush()  # the trail names it by its id
    trail.record(session, AuditKind.ABSENCE_RECORDED, about=absence.id, by=by, at=at, who=user_id)


def end_absence(session: Session, absence_id: UUID, *, by: Actor, at: datetime) -> None:
    """She is back, or was never away."""
    by.require(Permission.SEE_FRONT_DOOR, Permission.KEEP_TEAMS)
    absence = session.get(Absence, absence_id)
    if absence is None:
        raise NotFound()
    if absence.user_id != by.user_id:
        by.require(Permission.KEEP_TEAMS)
    if absence.ended_at is None:
        absence.ended_by, absence.ended_at = by.user_id, at
        trail.record(session, AuditKind.ABSENCE_ENDED, about=absence.id, by=by, at=at)
