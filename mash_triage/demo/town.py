"""Rivermead moves in: its agencies, its people, and its register of 10,000 children."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actions import add_agency, add_user
from mash_triage.access.actor import Actor
from mash_triage.access.models import Installation, UserAccount
from mash_triage.access.roles import Role
from mash_triage.demo.families import DemoFamily
from mash_triage.demo.names import agencies, people
from mash_triage.demo.register_file import register_csv
from mash_triage.demo.teams import form_teams
from mash_triage.matching.actions import import_register

FOUNDER = Actor.job("demo")


def settle(session: Session, *, at: datetime) -> None:
    """The agencies and everybody's account, in a database marked as a demonstration."""
    session.add(Installation(name="environment", value="demo"))
    ids = {
        agency.name: add_agency(
            session,
            agency.name,
            kind=agency.kind,
            source_code=agency.source_code,
            telephone=agency.telephone,
            presence=agency.presence,
            by=FOUNDER,
            at=at,
        ).id
        for agency in agencies()
    }
    for person in people():
        add_user(
            session,
            person.email,
            person.name,
            role=Role(person.role),
            agency_id=ids[person.agency],
            qualified=person.qualified,
            job_title=person.job_title,
            telephone=person.telephone,
            by=FOUNDER,
            at=at,
        )
    form_teams(session, by=FOUNDER, at=at)


def load_register(
    session: Session,
    families: tuple[DemoFamily, ...],
    *,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> int:
    """The children of these families, through the same import as an authority's own register."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        file.write_text(register_csv(families), encoding="utf-8")
        return import_register(session, file, by=FOUNDER, at=at, progress=progress).added


def cast(session: Session) -> dict[str, Actor]:
    """Everybody in Rivermead by e-mail address, as the actors of their own deeds."""
    rows = session.scalars(select(UserAccount))
    return {
        row.email: Actor(
            name=row.name,
            user_id=row.id,
            role=Role(row.role),
            agency_id=row.agency_id,
            qualified=row.qualified,
        )
        for row in rows
    }
