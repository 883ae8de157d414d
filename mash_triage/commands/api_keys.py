"""`mash-triage api-keys`: the keys with which agencies' systems send and read."""

from datetime import timedelta
from uuid import UUID

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, ready_database

SCOPES = ("send", "read", "answer")
UNLESS_SAID = ("send", "read")


@click.group("api-keys")
def api_keys() -> None:
    """The keys of agencies' systems."""


@api_keys.command(epilog="Example: mash-triage api-keys add 'Hill School' --system 'Records'")
@click.argument("agency")
@click.option("--system", required=True, help="What the agency's system is called.")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, default=UNLESS_SAID)
@click.option("--days", type=click.IntRange(1, 730), default=365, show_default=True)
@database_option
def add(agency: str, system: str, scopes: tuple[str, ...], days: int) -> None:
    """Add a key for a system of an agency and print its secret, once. Of one system two keys may
    live beside each other, so that it can be changed over without a break.
    """
    from sqlalchemy import select

    from mash_triage.access.actor import Actor
    from mash_triage.access.models import Agency
    from mash_triage.agency_systems.actions import add_api_key
    from mash_triage.errors import NotFound

    by, at = Actor.job("api-keys add"), now()
    with ready_database(at=at).work() as session:
        agency_id = session.scalar(select(Agency.id).where(Agency.name == agency.strip()))
        if agency_id is None:
            raise NotFound("There is no agency with this name.")
        lasts = timedelta(days=days)
        token = add_api_key(session, agency_id, system, scopes=scopes, lasts=lasts, by=by, at=at)
    click.echo(f"The key, for {days} days; it is not shown again:", err=True)
    click.echo(token)


@api_keys.command("list", epilog="Example: mash-triage api-keys list")
@database_option
def list_() -> None:
    """List all keys: id, agency, system, scopes, until when or since when not, when last used."""
    from mash_triage.access.actor import Actor
    from mash_triage.agency_systems.queries import api_keys as all_keys

    at = now()
    with ready_database(at=at).look() as session:
        known = all_keys(session, by=Actor.job("api-keys list"))
    for key in known:
        ended = key.revoked_at or key.expires_at
        state = "until" if key.is_live(at) else "revoked" if key.revoked_at else "expired"
        used = f"used {key.last_used_at:%Y-%m-%d}" if key.last_used_at else "never used"
        told = (str(key.id), key.agency, key.system, "+".join(key.scopes))
        click.echo("\t".join((*told, f"{state} {ended:%Y-%m-%d}", used)))


@api_keys.command(epilog="Example: mash-triage api-keys revoke 7d3f0a52-...")
@click.argument("key_id", type=click.UUID)
@database_option
def revoke(key_id: UUID) -> None:
    """End a key at once."""
    from mash_triage.access.actor import Actor
    from mash_triage.agency_systems.actions import revoke_api_key

    by, at = Actor.job("api-keys revoke"), now()
    with ready_database(at=at).work() as session:
        revoke_api_key(session, key_id, by=by, at=at)
    click.echo("Revoked.")
