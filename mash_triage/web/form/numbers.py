"""A whole number in a short field; what is no number is kept as typed, and asked for again."""

from mash_triage.web.form.fields import short_text
from mash_triage.web.form.state import Form


def number(form: Form, path: str, label: str, *, hint: str = "", most: int = 3) -> int | None:
    """A number that may be left out, such as an attendance of 92."""
    typed, is_new = short_text(form, path, label, hint=hint, most=most, width=160)
    plain = typed.strip().removesuffix("%").strip()
    if is_new:
        form.put(path, int(plain) if plain.isdecimal() else plain or None)
    return int(plain) if plain.isdecimal() else None
