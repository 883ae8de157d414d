"""When words can be sent, who speaks for which side, and how long a message may be."""

import unicodedata
from enum import StrEnum

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.errors import NotAllowed, NotReady
from mash_triage.text import storable

MOST_CHARACTERS = 20_000


class Side(StrEnum):
    """Who speaks."""

    REFERRER = "referrer"
    FRONT_DOOR = "front_door"


class Kind(StrEnum):
    """What a message is."""

    QUESTION = "question"
    ANSWER = "answer"
    ADVICE = "advice"
    MESSAGE = "message"


def side_of(by: Actor) -> Side:
    """The side this person speaks for: the front door, or those who send contacts."""
    return Side.FRONT_DOOR if by.can(Permission.SEE_FRONT_DOOR) else Side.REFERRER


def the_other(side: Side) -> Side:
    """Who listens."""
    return Side.REFERRER if side is Side.FRONT_DOOR else Side.FRONT_DOOR


def checked_words(words: str, empty: str) -> str:
    """The words as they are stored; refused with the sentence `empty` when there is nothing that
    can be seen in them, and when they are too long for one message.
    """
    if not any(map(_is_seen, words)):
        raise NotReady(empty)
    if len(words) > MOST_CHARACTERS:
        raise NotReady(
            f"That is longer than {MOST_CHARACTERS:,} characters. Send it in two messages."
        )
    return storable(words.strip())


def _is_seen(character: str) -> bool:
    """Is there anything to see: no blank, and no sign that only steers (zero width, direction)?"""
    return unicodedata.category(character)[0] not in "ZC"


def check_qualified(by: Actor) -> None:
    """Advice is given by social-work-qualified people only."""
    if not by.qualified and not by.may_everything:
        raise NotAllowed("Advice is given by a social-work-qualified colleague.")
