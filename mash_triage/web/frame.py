"""What is drawn around every page: the name, who is signed in, the watch, and the foot."""

from html import escape
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from mash_triage.access.queries import SignIn
from mash_triage.access.roles import ROLE_WORDS, Role
from mash_triage.access.sessions import ABSOLUTE, WARN_BEFORE
from mash_triage.settings import settings
from mash_triage.web import arrival, last_words
from mash_triage.web.gate import form_token

ASSETS = Path(__file__).parent / "assets"
STYLES = ASSETS / "mash.css"
WATCH_EVERY = 20  # seconds; each open page asks the database once in this time


def logo() -> None:
    """The service's name in the header."""
    drawing = (ASSETS / "logo.svg").read_text("utf-8")
    st.logo(drawing.replace("SERVICE NAME", escape(settings().service_name)), size="large")


def who_is_here(sign_in: SignIn) -> None:
    """The person's name, role and agency, and the way out."""
    role = ROLE_WORDS[Role(sign_in.by.role or Role.REFERRER)].split(":")[0]
    token = form_token(arrival.cookie_token() or "")
    with st.container(key="who_is_here"):
        st.html(
            f"<p><strong>{escape(sign_in.by.name)}</strong> · {escape(role)}, "
            f"{escape(sign_in.agency)}</p>"
            '<form method="post" action="/signout">'
            f'<input type="hidden" name="form_token" value="{escape(token)}">'
            '<button type="submit">Sign out</button></form>'
        )


def watch() -> None:
    """Watch over the sign-in for as long as this page is open."""
    st.fragment(run_every=WATCH_EVERY)(look_after)()


def look_after() -> None:
    """Look at the sign-in every so often: warn two minutes before its end, and clear the page when
    it is over. Looking is not a deed and does not keep anybody signed in.
    """
    try:
        here = arrival.look_up()
    except SQLAlchemyError:
        return  # the page itself says so at the next touch
    sign_in = here.sign_in
    if sign_in is None or sign_in.over:
        last_words.let_come(sign_in)
        st.rerun()
    left = sign_in.ends_at - here.at
    if left > WARN_BEFORE:
        return
    with st.container(key="watch"):
        if sign_in.ends_at == sign_in.started_at + ABSOLUTE:
            st.html(
                '<p role="alert">You have been signed in for nearly 8 hours and will be signed out '
                "within two minutes. What is in your draft is kept.</p>"
            )
        else:
            st.html('<p role="alert">You will be signed out in two minutes.</p>')
            if st.button("Stay signed in", type="primary", key="_stay"):
                arrival.count_as_deed(sign_in, at=here.at)
                st.rerun(scope="fragment")


def when_cut() -> None:
    """What is said for as long as the line is cut; the look shows it only then."""
    with st.container(key="when_cut"):
        st.html(
            '<p role="alert"><strong>There is no connection just now.</strong> It is tried again '
            "by itself, and what was saved is safe. You can go on in the large fields: what you "
            "write there is saved when the connection is back. If it is urgent, call "
            f"<strong>{escape(settings().duty_number)}</strong>; in danger, <strong>999</strong>."
            "</p>"
        )


def foot() -> None:
    """Always within reach: 999 and the duty number."""
    chosen = settings()
    with st.container(key="foot"):
        st.html(
            "<p>If a child is in danger now, call <strong>999</strong>. Duty number "
            f"<strong>{escape(chosen.duty_number)}</strong>, out of hours "
            f"<strong>{escape(chosen.out_of_hours_number)}</strong>. "
            f"{escape(chosen.service_name)}, {escape(chosen.authority_name)}.</p>"
        )
