"""What the service says about itself: done, refused, not stored, signed out."""

from html import escape
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from mash_triage.access.sessions import Over
from mash_triage.settings import settings


def done(words: str) -> None:
    """A deed is done; shown on the page that follows it."""
    with st.container(key="done"):
        st.html(f'<p role="status">{escape(words)}</p>')


def refused(words: str) -> None:
    """A no, in the words of the refusal."""
    st.html(f'<p class="mash-refused" role="alert">{escape(words)}</p>')


def refused_above(words: str) -> None:
    """The same on top of the page that is drawn anew; it stays in sight further down."""
    with st.container(key="refused"):
        refused(words)


def not_stored(words: str) -> None:
    """The database could not do it: never a false receipt, and another way to be heard at once.

    It may be said twice in one run: at a field that saves itself, and at the button.
    """
    number = escape(settings().duty_number)
    st.html(
        '<div class="mash-not-stored" role="alert"><h2>Not received</h2>'
        f"<p>{escape(words)}</p>"
        "<p>Nothing that you sent just now has reached us. What you typed is still on this "
        "page: copy or print it before you leave.</p>"
        "<p><strong>If a child is in danger now, call 999.</strong> "
        f"To tell us about a child without waiting, call the duty number, {number}.</p></div>"
    )


def what_was_typed() -> None:
    """The words that came with this touch, for a page that could not even be opened."""
    typed = [_words(value) for key, value in st.session_state.items() if _is_answer(key)]
    words = [text for text in typed if text.strip()]
    if words:
        st.header("What you had typed", anchor=False)
    for text in words:
        st.text(text)


def _is_answer(key: object) -> bool:
    return not str(key).startswith(("_", "$$"))


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    inner = value.get("value") if hasattr(value, "get") else None
    return inner if isinstance(inner, str) else ""


def signed_out(over: Over | None, *, kept: bool) -> None:
    """The sign-in is over: why, whether the words are safe, and the way back to this very page."""
    why = f"You were signed out {over.value}." if over else "Sign in to see this page."
    safe = " What you typed is kept in your draft." if kept else ""
    with st.container(key="signed_out"):
        st.html(
            f'<div role="alert"><h1>You are signed out</h1><p>{escape(why + safe)}</p>'
            f'<p><a class="mash-button" href="{escape(sign_in_address())}">Sign in</a></p></div>'
        )


def sign_in_address() -> str:
    """The sign-in page, which leads back to the page and step that is open now."""
    path = urlsplit(st.context.url or "/").path or "/"
    query = urlencode(st.query_params.to_dict())
    return f"/signin?next={quote(path + (f'?{query}' if query else ''), safe='')}"


def went_wrong(reference: str) -> None:
    """A fault of ours: a reference for whoever is asked about it, and nothing else."""
    with st.container(key="went_wrong"):
        st.html(
            f'<p role="alert">Something went wrong, reference {escape(reference)}. It is our '
            "fault, not yours. Try again; if it happens again, tell us the reference.</p>"
        )
