"""The self-test of a whole database: its settings and schema, its tables, and the trail."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.orm import Session

from mash_triage.all_models import METADATA
from mash_triage.audit import trail
from mash_triage.db import schema
from mash_triage.db.engine import Database
from mash_triage.db.schema import Finding, State


def check(database: Database) -> list[Finding]:
    """Every finding, good or not, each in one plain sentence."""
    findings = schema.check(database)
    if schema.state_of(database) is State.CURRENT:
        with database.look() as session:
            findings += [_tables(session), _trail(session)]
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
