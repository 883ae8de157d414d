"""Who is at the door: from the browser's cookie to the sign-in it belongs to, once for each run."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from mash_triage.access.actions import note_deed
from mash_triage.access.queries import SignIn, session_for
from mash_triage.access.sessions import NOTE_DEEDS_EVERY
from mash_triage.clocks.now import now
from mash_triage.web.place import database, session_cookie


@dataclass(frozen=True)
class Arrival:
    """One run of the service for one browser: the moment, and whose sign-in it is, if anybody's."""

    at: datetime
    sign_in: SignIn | None


_arrival: ContextVar[Arrival | None] = ContextVar("arrival", default=None)


def cookie_token() -> str | None:
    """The secret that the browser showed when this page was opened."""
    return st.context.cookies.get(session_cookie())


def arrive() -> Arrival:
    """Look up the sign-in, afresh, in one statement; the page that runs next takes it from here."""
    here = look_up()
    _arrival.set(here)
    return here


def take() -> Arrival:
    """What the frame found for this run; looked up now if the frame did not run before the page."""
    here = _arrival.get()
    _arrival.set(None)
    return here or look_up()


def look_up() -> Arrival:
    """The sign-in of this browser as it stands now."""
    at, token = now(), cookie_token()
    if not token:
        return Arrival(at, None)
    with database().look() as session:
        return Arrival(at, session_for(session, token, at=at))


def count_as_deed(sign_in: SignIn, *, at: datetime) -> None:
    """A person's touch keeps the sign-in alive. Written at most every twenty seconds; a database
    that cannot write now does not stop anybody from reading.
    """
    if at - sign_in.last_deed_at < NOTE_DEEDS_EVERY:
        return
    try:
        with database().work() as session:
            note_deed(session, sign_in.session_id, at=at)
    except SQLAlchemyError:
        return
