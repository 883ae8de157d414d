"""Passwords: argon2 hashes, at least twelve characters, and none that is easy to guess."""

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from mash_triage.errors import NotReady

SHORTEST = 12  # characters; OWASP ASVS 5.0, 6.2.1
LONGEST = 200  # characters; keeps the work of one guess small
HARD_TO_GUESS = 3  # zxcvbn's scale of 0 to 4; 3 is "safely unguessable" against a slow hash
_ZXCVBN_READS = 72  # characters; the estimate refuses longer ones

TOO_SHORT = "Use at least 12 characters. Three or four words that do not belong together do well."
TOO_LONG = "Use at most 200 characters."
TOO_EASY = (
    "That password would be easy to guess. Try three or four words that do not belong together, "
    "and leave out your name and the name of your agency."
)

_hasher = PasswordHasher()


def check_password(password: str, *, about: tuple[str, ...] = ()) -> None:
    """Refuse a short or easily guessed password. `about`: her own name and address."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise NotReady(TOO_SHORT)
    if len(plain) > LONGEST:
        raise NotReady(TOO_LONG)
    words = [word for text in about for word in (text, *text.replace("@", " ").split())]
    if zxcvbn(plain[:_ZXCVBN_READS], user_inputs=words)["score"] < HARD_TO_GUESS:
        raise NotReady(TOO_EASY)


def hashed(password: str) -> str:
    """The argon2 hash to keep."""
    return _hasher.hash(_plain(password))


def matches(password: str, password_hash: str | None) -> bool:
    """Is this the password? Without a hash the same work is done and the answer is no."""
    try:
        right = _hasher.verify(password_hash or _nobody(), _plain(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to compare with when there is no such account."""
    return _hasher.hash("nobody has this password")


def _plain(password: str) -> str:
    """The same password however the keyboard composed its accents."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
