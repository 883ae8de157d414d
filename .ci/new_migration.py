"""Write the next migration from the difference between the tables in code and the migrations.

    python .ci/new_migration.py "what it is for"     the next one, 0003 and so on
    python .ci/new_migration.py --first              the first one anew, from the tables alone
    python .ci/new_migration.py --check              fails if there is a difference

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
from alembic.operations.ops import MigrationScript

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


def difference(*, first: bool) -> MigrationScript:
    """What the migrations so far (none of them, for the first) leave to be done."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/new.sqlite")
        if not first:
            upgrade(database)
        with database.engine.connect() as connection:
            options = {"render_item": frozen, "render_as_batch": not first}
            context = MigrationContext.configure(connection, opts=options)
            made = produce_migrations(context, METADATA)
        database.close()
    return made


def write(why: str, *, first: bool) -> Path:
    """Write the migration and return its file."""
    made = difference(first=first)
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
    for tidy in (["format", "-q"], ["check", "--fix", "-q"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, str(file)], check=True)  # noqa: S603
    return file


def main(wish: str) -> str:
    """Do what was asked; gives what to say."""
    if wish == "--check":
        left = difference(first=False).upgrade_ops.as_diffs()
        if left:
            sys.exit(f"The migrations do not make the tables in code: {left}")
        return "The migrations make the tables in code."
    if wish == "--first":
        return f"{write('All tables, as the service began.', first=True)}"
    if not wish or wish.startswith("-"):
        sys.exit('Say what the migration is for: make migration WHY="what it is for"')
    return f"{write(wish, first=False)}"


if __name__ == "__main__":
    sys.stdout.write(main(" ".join(sys.argv[1:])) + "\n")
