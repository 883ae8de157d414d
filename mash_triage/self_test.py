"""The self-test of a whole database: settings and schema, tables, the trail, attached files."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import true
from sqlalchemy.orm import Session

from mash_triage.all_models import METADATA
from mash_triage.attachments.queries import how_many_files
from mash_triage.attachments.soundness import examine_files
from mash_triage.attachments.vault import vault
from mash_triage.audit import trail
from mash_triage.db import schema
from mash_triage.db.engine import Database
from mash_triage.db.schema import Finding, State


def check(database: Database) -> list[Finding]:
    """Every finding, good or not, each in one plain sentence."""
    findings = schema.check(database)
    if schema.state_of(database) is State.CURRENT:
        with database.look() as session:
            findings += [_tables(session), _trail(session), _files(session)]
    return findings


def _tables(session: Session) -> Finding:
    context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
    different = len(compare_metadata(context, METADATA))
    if different:
        return Finding(False, f"The tables differ from the service's own in {different} places.")
    return Finding(True, "The tables are the service's own.")


def _trail(session: Session) -> Finding:
    verdict = trail.verify(session)
    return Finding(verdict.first_bad is None, f"{verdict.words} ({verdict.lines} lines)")


def _files(session: Session) -> Finding:
    """That each is there; `mash-triage attachments check` deciphers them all."""
    if not how_many_files(session, true()):
        return Finding(True, "No files are attached.")
    found = examine_files(session, vault(), whole=False)
    return Finding(found.good, found.words)
