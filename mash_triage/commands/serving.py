"""`mash-triage demo` and `mash-triage serve`: the whole service, in one process."""

import os
import sys
from contextlib import suppress
from datetime import datetime

import click

from mash_triage.clocks.now import now
from mash_triage.commands.place import database_option, open_database
from mash_triage.commands.progress import counting_steps
from mash_triage.errors import NotReady

PORT = 8501

HOW_TO_SIGN_IN = """
MASH triage, a demonstration with invented people: http://localhost:{port}
Sign in with a button: Amara Osei sends, Beth Hollis screens, Carol Nkemelu decides.
Ctrl+C ends it; what was done is kept.
"""

KEY_TOO_NEAR = (
    "The key lies in the database's own folder, so whoever copies one has both. Move it away and "
    "give it as MASH_DATABASE_KEY."
)

FILES_KEY_TOO_NEAR = (
    "The key of the attached files would lie beside them, so whoever copies one has both. Keep it "
    "elsewhere and give it as MASH_ATTACHMENTS_KEY."
)


@click.command(epilog="Example: mash-triage demo")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--anew", is_flag=True, help="Take the demonstration away and make a new one.")
@database_option
def demo(port: int, anew: bool) -> None:
    """Make or keep the demo authority, and serve the whole service on this machine."""
    from mash_triage.db.schema import State, state_of
    from mash_triage.demo.run import StartAnew, remove
    from mash_triage.settings import settings
    from mash_triage.web.server import serve as serve_on

    os.environ.setdefault("MASH_GUIDED_CHAT", "true")
    settings.cache_clear()
    if anew and state_of(open_database()) is not State.EMPTY:
        remove(open_database())
    try:
        _prepare()
    except StartAnew as stale:
        if not _wants_anew(stale.words):
            raise
        remove(open_database())
        _prepare()
    remove_what_is_old(at=now())
    click.echo(HOW_TO_SIGN_IN.format(port=port))
    serve_on(port=port)


def _prepare() -> None:
    from mash_triage.attachments.vault import vault
    from mash_triage.demo.run import prepare

    with counting_steps() as progress:
        prepare(open_database(), files=vault(), progress=progress)


def _wants_anew(why: str) -> bool:
    """Ask, where somebody is there to answer; else say how it is asked for."""
    if sys.stdin.isatty():
        return click.confirm(f"{why} Start anew?", default=True)
    click.echo("Start anew with: mash-triage demo --anew", err=True)
    return False


@click.command(epilog="Example: MASH_DATABASE_KEY=... mash-triage serve --port 8501")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535))
@database_option
def serve(port: int) -> None:
    """Serve with production settings, on this machine's own address; a TLS proxy goes in front."""
    from mash_triage.attachments.scanner import scanner_at
    from mash_triage.db.schema import make_ready
    from mash_triage.outbox.carriers import check_settings
    from mash_triage.settings import settings
    from mash_triage.web.server import serve as serve_on

    check_key_is_elsewhere()
    check_key_of_files_is_elsewhere()
    check_settings(settings())
    scanner_at(settings().clamav)  # refuses an address that is none
    make_ready(open_database())
    remove_what_is_old(at=now())
    serve_on(port=port)


def remove_what_is_old(*, at: datetime) -> None:
    """Remove, as the service starts, the drafts that are kept no longer, and their files."""
    from mash_triage.access.actor import Actor
    from mash_triage.attachments.actions import sweep_files
    from mash_triage.attachments.vault import vault
    from mash_triage.contacts.drafts import remove_old_drafts

    with open_database().work() as session:
        remove_old_drafts(session, at=at)
    with suppress(NotReady), open_database().work() as session:
        sweep_files(session, vault(), by=Actor.job("remove what is old"), at=at)


def check_key_is_elsewhere() -> None:
    """Refuse a SQLite database whose key is a file in its own folder."""
    from pathlib import Path

    from sqlalchemy.engine import make_url

    from mash_triage.db.keys import key_file_for
    from mash_triage.settings import settings

    url = make_url(settings().database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    if settings().database_key is None or key_file_for(Path(url.database)).exists():
        raise NotReady(KEY_TOO_NEAR)


def check_key_of_files_is_elsewhere() -> None:
    """Refuse to keep the key of the attached files beside their folder."""
    from mash_triage.settings import settings

    if settings().attachments_key is None:
        raise NotReady(FILES_KEY_TOO_NEAR)
