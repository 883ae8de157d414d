"""Alembic's doorway: it is handed an open transaction and tells each step by name."""

from typing import Any

from alembic import context

connection = context.config.attributes["connection"]
progress = context.config.attributes["progress"]


def tell(*_context: Any, step: Any = None, **_rest: Any) -> None:
    """Say which migration has just been made."""
    progress(step.up_revision.doc if step.is_upgrade else f"undone: {step.up_revision.doc}")


context.configure(
    connection=connection,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
    on_version_apply=tell,
)
with context.begin_transaction():
    context.run_migrations()
