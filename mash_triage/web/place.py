"""Where this process keeps its records, and the names of its cookies."""

from mash_triage.db.engine import Database, database_at
from mash_triage.settings import settings


def database() -> Database:
    """The database of this process."""
    chosen = settings()
    key = chosen.database_key.get_secret_value() if chosen.database_key else None
    return database_at(chosen.database_url, key)


def session_cookie() -> str:
    """The sign-in cookie. `__Host-` makes browsers insist on Secure and on this very host."""
    return _named("mash_session")


def form_cookie() -> str:
    """The cookie that the forms of people who are not signed in must repeat."""
    return _named("mash_form")


def _named(name: str) -> str:
    return f"__Host-{name}" if settings().secure_cookie else name
