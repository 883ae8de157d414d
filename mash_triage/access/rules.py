"""What an account must have: an e-mail address in one form, and names that are not empty."""

from mash_triage.errors import NotReady
from mash_triage.text import storable


def plain_email(email: str) -> str:
    """The one way in which an e-mail address is kept and compared."""
    return storable(email).strip().casefold()


def check_email(email: str) -> None:
    """Refuse what cannot be an e-mail address."""
    name, at_sign, host = email.partition("@")
    if not (name and at_sign and "." in host) or " " in email or len(email) > 254:
        raise NotReady("Enter an e-mail address, such as name@example.org.")


def filled(text: str, words: str) -> str:
    """The text without blanks around it; refused with these words when nothing is left."""
    plain = storable(text).strip()
    if not plain:
        raise NotReady(words)
    return plain
