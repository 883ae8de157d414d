"""`mash-triage users`: the people who sign in, and their one-time links."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from mash_triage.access.roles import Role
from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from mash_triage.access.actor import Actor
    from mash_triage.access.models import Agency, UserAccount

mail_option = click.option("--mail", is_flag=True, help="Have the link mailed to the person.")


@click.group()
def users() -> None:
    """The people who sign in."""


@users.command(
    epilog="Example: mash-triage users add ada@rivermead.example --name 'Ada Brandt' "
    '--role administrator --agency "Rivermead Children\'s Services"'
)
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--agency", required=True, help="The agency's name; a new one is added.")
@click.option("--agency-kind", default="local_authority", show_default=True)
@click.option("--source-code", default="5B", show_default=True, help="Census source of contacts.")
@click.option("--qualified", is_flag=True, help="Holds the social-work qualification.")
@click.option("--job-title", default="")
@mail_option
@database_option
def add(
    email: str,
    name: str,
    role: str,
    agency: str,
    agency_kind: str,
    source_code: str,
    qualified: bool,
    job_title: str,
    mail: bool,
) -> None:
    """Add a person and print the one-time link with which she sets her own password, or have it
    mailed to her.
    """
    from mash_triage.access.actions import add_agency, add_user
    from mash_triage.access.actor import Actor

    by, at = Actor.job("users add"), now()
    with ready_database(at=at).work() as session:
        found = _agency(session, agency) or add_agency(
            session, agency, kind=agency_kind, source_code=source_code, by=by, at=at
        )
        user = add_user(
            session,
            email,
            name,
            role=Role(role),
            agency_id=found.id,
            qualified=qualified,
            job_title=job_title,
            by=by,
            at=at,
        )
        signs_in = user.role != Role.API_CLIENT
        token = _link(session, user.id, mail=mail, by=by, at=at) if signs_in else None
    click.echo(f"Added {email}.")
    if signs_in:
        _show_link(token)


@users.command("list", epilog="Example: mash-triage users list")
@database_option
def list_() -> None:
    """List everybody with an account: e-mail, role, agency, and whether it is open."""
    from mash_triage.access.actor import Actor
    from mash_triage.access.queries import people

    with ready_database(at=now()).look() as session:
        for person in people(session, by=Actor.job("users list")):
            state = "open" if person.active else "closed"
            qualified = "qualified" if person.qualified else "-"
            click.echo(
                "\t".join((person.email, person.name, person.role, qualified, person.agency, state))
            )


@users.command(epilog="Example: mash-triage users link ada@rivermead.example")
@click.argument("email")
@mail_option
@database_option
def link(email: str, mail: bool) -> None:
    """Print a new one-time link for a person, or have it mailed; the one before stops working."""
    from mash_triage.access.actor import Actor

    by, at = Actor.job("users link"), now()
    with ready_database(at=at).work() as session:
        token = _link(session, _user(session, email).id, mail=mail, by=by, at=at)
    _show_link(token)


def _link(
    session: "Session", user_id: "UUID", *, mail: bool, by: "Actor", at: datetime
) -> str | None:
    """The secret of a new link to show here; none when it is mailed."""
    from mash_triage.access.actions import issue_link
    from mash_triage.outbox.actions import mail_account_link

    if mail:
        mail_account_link(session, user_id, by=by, at=at)
        return None
    return issue_link(session, user_id, by=by, at=at)


def _show_link(token: str | None) -> None:
    if token is None:
        click.echo("A one-time link is mailed; it works once, for 48 hours from then.")
        return
    click.echo("One-time link, for 48 hours and one use; add it to the service's address:")
    click.echo(f"/set-password/{token}")


def _agency(session: "Session", name: str) -> "Agency | None":
    from sqlalchemy import select

    from mash_triage.access.models import Agency

    return session.scalar(select(Agency).where(Agency.name == name.strip()))


def _user(session: "Session", email: str) -> "UserAccount":
    from sqlalchemy import select

    from mash_triage.access.models import UserAccount
    from mash_triage.access.rules import plain_email
    from mash_triage.errors import NotFound

    user = session.scalar(select(UserAccount).where(UserAccount.email == plain_email(email)))
    if user is None:
        raise NotFound("There is no account with this e-mail address.")
    return user
