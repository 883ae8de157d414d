"""Where the files lie: one folder outside the database, each file enciphered under a random name.

A file is written once and never changed: first whole and on the disk under another name, then
moved to its own. So what has its name is complete, whatever happens to the power.

Each file has a key of its own, drawn by HKDF from the vault's key, the file's salt and its id, so
that a file put in the place of another does not open. Its chunks are sealed with AES-256-GCM under
their number and whether they are the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway
and Vizár, 2015): none can be changed, moved, or cut off unseen.
"""

import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.engine import make_url

from mash_triage.db.keys import read_or_make
from mash_triage.errors import NotAvailable
from mash_triage.settings import ROOT, settings

CHUNK = 1024 * 1024  # bytes
SALT, SEAL = 16, 16  # bytes
MARK = b"mash-attachment-1\n"
NO_KEY = (
    "The key of the attached files is not here: set MASH_ATTACHMENTS_KEY, or put its key file back "
    "beside their folder."
)
WRONG_KEY = "The key of the attached files must be 64 hexadecimal digits."
NO_ROOM = "The file could not be stored at the moment, so it was not attached. Try again."


class Unreadable(Exception):
    """A file that a row speaks of is missing, damaged, or of another key: a fault, never a no."""


@dataclass(frozen=True)
class Vault:
    """The folder and its key."""

    folder: Path
    key: bytes

    def keep(self, file_id: UUID, content: bytes) -> None:
        """Store a file; when this returns it is on the disk. Raises NotAvailable if it cannot."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.folder / f"{file_id.hex}.{secrets.token_hex(4)}.part"
            try:
                with os.fdopen(
                    os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
                ) as f:
                    self._seal(file_id, content, f)
                    f.flush()
                    os.fsync(f.fileno())
                draft.rename(self._path(file_id))
                _to_disk(self.folder)
            finally:
                draft.unlink(missing_ok=True)
        except OSError:
            raise NotAvailable(NO_ROOM) from None

    def read(self, file_id: UUID) -> Iterator[bytes]:
        """The file in parts, each proved before it is given out. Raises Unreadable."""
        try:
            with self._path(file_id).open("rb") as file:
                yield from self._unseal(file_id, file)
        except OSError as fault:
            raise Unreadable("The file is not there.") from fault
        except InvalidTag as fault:
            raise Unreadable("The file is damaged, or another's.") from fault

    def has(self, file_id: UUID) -> bool:
        """Is there a file of this name?"""
        return self._path(file_id).is_file()

    def remove(self, file_id: UUID) -> None:
        """Destroy a file, if it is there."""
        self._path(file_id).unlink(missing_ok=True)

    def files(self) -> Iterator[os.DirEntry[str]]:
        """Everything in the folder: files, and what an interrupted writing left."""
        if self.folder.is_dir():
            with os.scandir(self.folder) as entries:
                yield from entries

    # ------------------------------------------------------------ sealing

    def _path(self, file_id: UUID) -> Path:
        return self.folder / file_id.hex

    def _cipher(self, file_id: UUID, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, salt, MARK + file_id.bytes).derive(self.key))

    def _seal(self, file_id: UUID, content: bytes, file: BinaryIO) -> None:
        salt = secrets.token_bytes(SALT)
        cipher, whole = self._cipher(file_id, salt), memoryview(content)
        file.write(MARK + salt)
        starts = range(0, max(len(content), 1), CHUNK)
        for number, start in enumerate(starts):
            last = number == len(starts) - 1
            file.write(cipher.encrypt(_nonce(number, last), whole[start : start + CHUNK], None))

    def _unseal(self, file_id: UUID, file: BinaryIO) -> Iterator[bytes]:
        if file.read(len(MARK)) != MARK:
            raise Unreadable("The file is not one of ours.")
        cipher = self._cipher(file_id, file.read(SALT))
        sealed, number = file.read(CHUNK + SEAL), 0
        while True:
            following = file.read(CHUNK + SEAL)
            yield cipher.decrypt(_nonce(number, not following), sealed, None)
            if not following:
                return
            sealed, number = following, number + 1


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---------------------------------------------------------------- this process's own


def vault() -> Vault:
    """The vault of this process, by its settings: beside a SQLite file if nothing else is said."""
    chosen = settings()
    key = chosen.attachments_key.get_secret_value() if chosen.attachments_key else None
    return _opened(chosen.attachments or _beside(chosen.database_url), key)


def _beside(database_url: str) -> Path:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).resolve().with_suffix(".attachments")
    return ROOT / "var" / "attachments"


@cache
def _opened(folder: Path, key: str | None) -> Vault:
    key = key or _key_beside(folder)
    if not re.fullmatch("[0-9a-fA-F]{64}", key):
        raise NotAvailable(WRONG_KEY)
    return Vault(folder, bytes.fromhex(key))


def _key_beside(folder: Path) -> str:
    file = folder.with_name(f"{folder.name}.key")
    if not file.exists() and folder.is_dir() and any(folder.iterdir()):
        raise NotAvailable(NO_KEY)
    return read_or_make(file)
