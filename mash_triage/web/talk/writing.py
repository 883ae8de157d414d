"""Writing a message: kept while it is typed, sent once, and 999 first when words call for it."""

from collections.abc import Collection, Sequence
from typing import NoReturn
from uuid import UUID, uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mash_triage.talk.actions import mark_read, write_in_consultation
from mash_triage.talk.danger import speaks_of_danger
from mash_triage.talk.notes import NotePicture
from mash_triage.talk.threads import MessagePicture
from mash_triage.web import notices
from mash_triage.web.form import danger
from mash_triage.web.kept import Kept
from mash_triage.web.page import Visit
from mash_triage.web.talk.shown import beginning
from mash_triage.web.wording import near_words

SAID = "_talk_said"


def token_of(kept: Kept) -> UUID:
    """What is sent with the words: one for each message, however often the button is pressed."""
    token: UUID = st.session_state.setdefault(
        f"_token {kept.form} {kept.child_id} {kept.memory['turn']}", uuid4()
    )
    return token


def danger_first(visit: Visit, place: DeltaGenerator, words: str) -> None:
    """The 999 card above the field as soon as the words in it speak of danger; they can be sent all
    the same.
    """
    with visit.look() as session:
        speaks = bool(words.strip()) and speaks_of_danger(session, words, at=visit.at)
    if speaks:
        with place:
            danger.call_now("Do not wait for an answer here: nobody may read it in time.")


def place_for_danger() -> DeltaGenerator:
    """Where the 999 card will stand: always there, so that the field below keeps its place."""
    return st.container(key="danger_advice")


def corrects(kept: Kept, own: Sequence[MessagePicture | NotePicture], visit: Visit) -> UUID | None:
    """Which earlier one of her own this corrects; none is the rule."""
    if not own:
        return None
    words = {
        str(each.id): f"{near_words(each.at, at=visit.at)}: {beginning(each.words)}"
        for each in reversed(own)
    }
    chosen = st.selectbox(
        "Does it correct an earlier one of yours? (optional)",
        list(words),
        index=kept.index("corrects", list(words)),
        format_func=words.__getitem__,
        key=kept.key("corrects"),
        placeholder="No",
    )
    return UUID(chosen) if chosen else None


def send_in_consultation(
    visit: Visit,
    consultation_id: UUID,
    kept: Kept,
    words: str,
    *,
    corrects: UUID | None,
    read: Collection[UUID] = (),
) -> NoReturn:
    """Send what is kept, once, with the mark that what stood above it is read."""
    with visit.work() as session:
        mark_read(session, read, by=visit.by, at=visit.at)
        write_in_consultation(
            session,
            consultation_id,
            words,
            token=token_of(kept),
            corrects=corrects,
            by=visit.by,
            at=visit.at,
        )
        kept.drop(session, by=visit.by)
    kept.forget()
    done("consultation", "Your message is sent.")


def say(where: str) -> None:
    """What was done here just before."""
    said: dict[str, str] = st.session_state.get(SAID, {})
    if where in said:
        del st.session_state[SAID]
        notices.done(said[where])


def done(where: str, words: str) -> NoReturn:
    """Draw the page anew and say this there."""
    st.session_state[SAID] = {where: words}
    st.rerun()
