"""References: ten random characters without look-alikes, the last one a check character."""

import secrets

from stdnum import luhn

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new_reference() -> str:
    """A fresh reference. It names a contact; who may open it is a matter of permission."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + luhn.calc_check_digit(body, alphabet=ALPHABET)


def tidy_reference(typed: str) -> str | None:
    """What was typed as a reference, without spaces and dashes; nothing if it cannot be one."""
    body = "".join(character for character in typed.upper() if character.isalnum())
    whole = len(body) == LENGTH and luhn.is_valid(body, alphabet=ALPHABET)
    return body if whole else None


def show_reference(reference: str) -> str:
    """A reference as it is read aloud: `K7PX 4MQR 2T`."""
    return f"{reference[:4]} {reference[4:8]} {reference[8:]}"
