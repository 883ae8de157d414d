"""The start of every page, and the one way from a page to the database.

`open_page` finds the signed-in person, freezes the moment, and refuses those who may not be here
before anything else is read. The `Visit` it gives is told to actions as `by=visit.by, at=visit.at`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn
from uuid import UUID

import streamlit as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from mash_triage.access import actions
from mash_triage.access.actor import Actor
from mash_triage.access.queries import SignIn
from mash_triage.access.roles import Permission
from mash_triage.access.sessions import KEEPS_WORDS
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.db.faults import plain_fault
from mash_triage.errors import Changed, NotAllowed, NotAvailable, NotReady, NotStored, Refused
from mash_triage.web import arrival, last_words, navigation, notices
from mash_triage.web.place import database

FLASH = "_flash"
REFUSED = "_refused"
REFUSED_BEFORE = "_refused_before"
VIEWED = "_viewed"

OnEnded = Callable[["Visit"], None]
"""What a form page does with answers that arrive when the sign-in is over: it puts them into that
person's own draft, `with visit.work() as session: save_draft(session, ..., by=visit.by,
at=visit.at)`. It reads them from `st.session_state` and draws nothing."""


class Undone(Exception):
    """A deed was undone and the person was told; raised only by a visit that is `going_on`."""


@dataclass(frozen=True)
class Visit:
    """One run of one page by one signed-in person, at one moment."""

    by: Actor
    at: datetime
    session_id: UUID
    on_ended: OnEnded | None = None
    goes_on: bool = False

    def going_on(self) -> "Visit":
        """The same visit for a deed whose refusal must not end the run, such as an autosave."""
        return replace(self, goes_on=True)

    @contextmanager
    def work(self) -> Iterator[Session]:
        """One transaction that may write. There is no `st.` inside it.

        A refusal undoes it whole. When something is not ready, the page is drawn anew with all that
        was typed, and it is said on top. Any other refusal, or a database that cannot store, is
        said where the page stands and ends the run; so draw the form first and do the deed below
        it, and what was typed stays on the screen.
        """
        try:
            with database().work() as session:
                yield session
        except StaleDataError:
            self.refuse(Changed("Somebody else has just changed this. Open it again."))
        except Refused as refusal:
            self._refuse_deed(refusal)
        except Exception as fault:
            self._not_stored(fault)

    @contextmanager
    def look(self) -> Iterator[Session]:
        """One transaction that only reads; a refusal is shown in words and ends the run."""
        try:
            with database().look() as session:
                yield session
        except Refused as refusal:
            self.refuse(refusal)
        except Exception as fault:
            _say_not_stored(fault)
            notices.what_was_typed()  # the form that held it may not be drawn below
            self._end()

    def again(self, *, deed: bool = False) -> "Visit":
        """The same visit a moment later: the first line of every fragment.

        Once the sign-in is over the whole page runs again, which keeps what was typed and draws
        nothing else. A fragment that refreshes by itself is no deed, and lets words that are on
        their way come first; one that answers a person's touch is a deed (`deed=True`), and keeps
        the sign-in alive.
        """
        here = _look_up()
        if here.sign_in is None or here.sign_in.over:
            if not deed:
                last_words.let_come(here.sign_in)
            st.rerun()
        if deed:
            arrival.count_as_deed(here.sign_in, at=here.at)
        return _visit(here.sign_in, here.at, self.on_ended)

    def leave(self, words: str, *, to: str, **query: str) -> NoReturn:
        """Go to another page, `board` or `child` with `child=...`, and say these words there."""
        st.session_state[FLASH] = words
        st.switch_page(navigation.FOLDER / f"{to}.py", query_params=query)

    def note_viewed(self, subject: UUID | str) -> None:
        """Put on the trail, once for person, record and sitting, that the record was opened."""
        seen: list[str] = st.session_state.get(VIEWED, [])
        mark = f"{self.session_id} {subject}"
        if mark in seen:
            return
        try:
            with database().work() as session:
                actions.note_viewed(session, self.session_id, subject, by=self.by, at=self.at)
        except IntegrityError:
            pass  # another tab of hers noted it in the same moment
        except Exception as fault:
            self._not_stored(fault)
        st.session_state[VIEWED] = [*seen, mark]

    def refuse(self, refusal: Refused) -> NoReturn:
        """Show the refusal's words and end the run; that somebody may not goes on the trail."""
        if isinstance(refusal, NotAllowed):
            self._note_not_allowed()
        if isinstance(refusal, NotStored | NotAvailable):
            notices.not_stored(refusal.words)
        else:
            notices.refused(refusal.words)
        self._end()

    def _refuse_deed(self, refusal: Refused) -> NoReturn:
        """What she can put right is said on top of the page drawn anew, once for a touch."""
        is_anew = isinstance(refusal, NotReady) and not self.goes_on
        if not is_anew or st.session_state.get(REFUSED_BEFORE):
            self.refuse(refusal)
        st.session_state[REFUSED] = refusal.words
        st.rerun()

    def _end(self) -> NoReturn:
        if self.goes_on:
            raise Undone
        st.stop()

    def _not_stored(self, fault: Exception) -> NoReturn:
        _say_not_stored(fault)
        self._end()

    def _note_not_allowed(self) -> None:
        try:
            with database().work() as session:
                about = self.session_id
                trail.record(session, AuditKind.NOT_ALLOWED, about=about, by=self.by, at=self.at)
        except Exception as fault:
            if plain_fault(fault) is None:
                raise


def open_page(
    title: str,
    *,
    needs: Permission | tuple[Permission, ...] = (),
    on_ended: OnEnded | None = None,
) -> Visit:
    """Every page's first line: who, when, may they; then the title and what was done just before.

    `needs` is one permission, or several of which one is enough. `on_ended` is for pages with a
    form; see OnEnded.
    """
    here = _take()
    last_words.expect(on_ended is not None)
    if here.sign_in is None or here.sign_in.over:
        _ended(here, on_ended)
    visit = _visit(here.sign_in, here.at, on_ended)
    wanted = (needs,) if isinstance(needs, Permission) else needs
    if wanted and not any(visit.by.can(permission) for permission in wanted):
        st.title(title, anchor=False)
        try:
            visit.by.require(*wanted)
        except NotAllowed as refusal:
            visit.refuse(refusal)
    arrival.count_as_deed(here.sign_in, at=here.at)
    st.title(title, anchor=False)
    with st.empty():  # always there, so that no field changes its place
        _say_what_was_done()
    return visit


def _say_what_was_done() -> None:
    """What the touch just before did, or why it was refused."""
    done, refused = st.session_state.pop(FLASH, None), st.session_state.pop(REFUSED, None)
    st.session_state[REFUSED_BEFORE] = refused is not None
    if refused is not None:
        notices.refused_above(refused)
    elif done:
        notices.done(done)


def _visit(sign_in: SignIn, at: datetime, on_ended: OnEnded | None) -> Visit:
    return Visit(sign_in.by, at, sign_in.session_id, on_ended)


def _take() -> arrival.Arrival:
    try:
        return arrival.take()
    except Exception as fault:
        _say_not_stored(fault)
        st.stop()


def _look_up() -> arrival.Arrival:
    try:
        return arrival.look_up()
    except Exception as fault:
        _say_not_stored(fault)
        st.stop()


def _ended(here: arrival.Arrival, on_ended: OnEnded | None) -> NoReturn:
    """Keep what has just arrived in her own draft, ask her to sign in, and draw nothing else."""
    sign_in, kept = here.sign_in, False
    if sign_in and sign_in.over in KEEPS_WORDS and on_ended:
        with suppress(Undone):
            on_ended(_visit(sign_in, here.at, None).going_on())
            kept = True
    notices.signed_out(sign_in.over if sign_in else None, kept=kept)
    st.stop()


def _say_not_stored(fault: Exception) -> None:
    """Say plainly what a database could not do; any other fault is passed on."""
    words = plain_fault(fault)
    if words is None:
        raise fault
    notices.not_stored(words)
