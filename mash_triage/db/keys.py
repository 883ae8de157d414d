"""Keys at rest: a key file beside the database, made on first use, readable by its owner only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32


def key_file_for(path: Path) -> Path:
    """Where the key of this database file lies when no key is given in the environment."""
    return path.with_name(f"{path.name}.key")


def key_for(path: Path) -> str:
    """The key (64 hexadecimal digits) of this database file; made when there is none yet."""
    return read_or_make(key_file_for(path))


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
