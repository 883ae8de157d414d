"""Where a child lives; and, for an address of another authority, whom else to tell."""

import streamlit as st

from mash_triage.contacts.elsewhere import is_elsewhere, where_to_tell
from mash_triage.people.identifiers import tidy_postcode
from mash_triage.settings import settings
from mash_triage.web.form import rows
from mash_triage.web.form.doubts import CHECK, doubt
from mash_triage.web.form.fields import choice, line, tick
from mash_triage.web.form.openings import opening
from mash_triage.web.form.state import Form
from mash_triage.web.form.words import NOT_ASKED_TOO

HANDED = "handed_over"


def draw(form: Form, at: str) -> None:
    """The address, whether it is secret, and what came before it."""
    line(form, f"{at}.home.address_line", "Home address", gap="not_known")
    postcode = line(form, f"{at}.home.postcode", "Postcode", gap="not_known", most=12, width=160)
    if postcode.strip() and not tidy_postcode(postcode):
        doubt(f"This does not look like a postcode. {CHECK}")
    elif is_elsewhere(postcode):
        _elsewhere(form, postcode)
    tick(form, f"{at}.home.confidential", "This address must be kept from somebody")
    since, before = f"{at}.home.since", f"{at}.home.previous"
    with opening(form, f"home {at}", "More: moved in the last 12 months?", since, before):
        line(form, since, "Here since when? (optional)", gap="not_asked")
        for n in range(len(form.rows(before))):
            _before(form, f"{before}[{n}]", n)
        rows.add_button(form, before, "Add where the child lived before", quiet=True)


def _before(form: Form, at: str, n: int) -> None:
    with st.container(key=f"before-{n}", horizontal=True, vertical_alignment="bottom"):
        line(form, f"{at}.address_line", f"Address before ({n + 1})")
        line(form, f"{at}.postcode", "Its postcode", gap="not_known", most=12, width=130)
        line(form, f"{at}.until", "Until when (optional)", gap="not_known", width=170)


def _elsewhere(form: Form, postcode: str) -> None:
    """The right place to send it, and the proof that it was handed over. Nobody is kept waiting."""
    doubt(
        f"This postcode is outside {settings().authority_name}. {where_to_tell(postcode)} "
        "Tell them too, and send this here all the same: we make sure that it arrives."
    )
    parts = ("to", "person", "when", "accepted")
    paths = tuple(f"{HANDED}.{part}" for part in parts)
    with opening(form, "handed", "You have told them already? Say whom", *paths):
        line(form, paths[0], "Which authority?")
        line(form, paths[1], "Who took it?", gap="not_known")
        line(form, paths[2], "When?", hint="For example: today 14:20", gap="not_known", width=320)
        choice(form, paths[3], "Did they say that they take it on?", NOT_ASKED_TOO, across=True)
