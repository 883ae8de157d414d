"""Write the next migration from the difference between the tables in code and the migrations.

    python .ci/new_migration.py "what it is for"     the next one, 0003 and so on
    python .ci/new_migration.py --first              the first one anew, from the tables alone

The result is read, tidied and given its sentence by a person before it is committed.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from mash_triage.all_models import METADATA
from mash_triage.db.base import UtcDateTime
from mash_triage.db.engine import open_database
from mash_triage.db.schema import MIGRATIONS, newest, upgrade

TEMPLATE = '''"""{why}"""

# ruff: noqa: E501  (written by a generator)

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "{number}"
down_revision = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    {up}


def downgrade() -> None:
    """Take the change back."""
    {down}
'''


def frozen(kind: str, thing: Any, _context: Any) -> str | bool:
    """Our own column type by the plain one it is stored as, so that a migration needs no model."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def write(why: str, *, first: bool) -> Path:
    """Write the migration and return its file."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/new.sqlite")
        if not first:
            upgrade(database)
        with database.engine.connect() as connection:
            options = {"render_item": frozen, "render_as_batch": not first}
            context = MigrationContext.configure(connection, opts=options)
            made = produce_migrations(context, METADATA)
        database.close()
    number = "0001" if first else f"{int(newest()) + 1:04d}"
    up, down = (
        render_python_code(ops, render_as_batch=not first, render_item=frozen)
        for ops in (made.upgrade_ops, made.downgrade_ops)
    )
    name = "first" if first else re.sub(r"\W+", "_", why.lower()).strip("_")
    file = MIGRATIONS / "versions" / f"{number}_{name}.py"
    before = None if first else f'"{newest()}"'
    text = TEMPLATE.format(why=why, number=number, before=before, up=up, down=down)
    file.write_text(re.sub(r" *# ### .*\n", "", text))
    return file


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('Say what the migration is for: make migration WHY="what it is for"')
    is_first = sys.argv[1] == "--first"
    made = write("All tables, as the service began." if is_first else sys.argv[1], first=is_first)
    for tidy in (["format", "-q"], ["check", "--fix", "-q"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, str(made)], check=True)  # noqa: S603
    sys.stdout.write(f"{made}\n")
