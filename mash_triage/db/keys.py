"""Keys at rest: a key file beside the database, made on first use, readable by its owner only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from mash_triage.errors import NotAvailable

KEY_BYTES = 32
NO_KEY = (
    "The key of this database is not here: set MASH_DATABASE_KEY, or put its key file back beside "
    "the database."
)


def key_file_for(path: Path) -> Path:
    """Where the key of this database file lies when no key is given in the environment."""
    return path.with_name(f"{path.name}.key")


def key_for(path: Path) -> str:
    """The key (64 hexadecimal digits) of this database file; made when there is neither yet.

    Raises NotAvailable when the database is there but its key file is not: a new key would not
    open it.
    """
    file = key_file_for(path)
    if not file.exists() and path.exists() and path.stat().st_size:
        raise NotAvailable(NO_KEY)
    return read_or_make(file)


def read_or_make(file: Path) -> str:
    """The secret in this file; a new random one if the file is not there, whoever comes first."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(KEY_BYTES))
            new.flush()
            os.fsync(new.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text("ascii").strip()
