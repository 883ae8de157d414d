"""A whole number in a short field; what is no number is kept as typed, and asked for again."""

import streamlit as st

from mash_triage.web.form.fields import box, exchange, label_of, text_of
from mash_triage.web.form.state import Form


def number(form: Form, path: str, label: str, *, hint: str = "", most: int = 3) -> int | None:
    """A number that may be left out, such as an attendance of 92."""
    key = form.key(path)
    with box(form, path):
        (typed,), is_new = exchange(
            form,
            path,
            [key],
            (text_of(form.get(path)),),
            lambda raws: (
                st.text_input(
                    label_of(label, hint),
                    value=raws[0] or "",
                    key=key,
                    max_chars=most,
                    width=160,
                    autocomplete="off",
                )
                or "",
            ),
        )
    plain = str(typed).strip().removesuffix("%").strip()
    if is_new:
        form.put(path, int(plain) if plain.isdecimal() else plain or None)
    return int(plain) if plain.isdecimal() else None
