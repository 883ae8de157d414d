"""Is somebody in danger in the next hours and not yet safe? Asked of every turn.

Three hear it: the board's own reading; wordings of people who type as it happens; and weights
learned from some thousand messages, because danger is said in more ways than anybody can list. What
only the weights hear, and not loudly, or only the board's reading, which was made for written
contacts, is a doubt: the numbers are shown and the person is asked.
What is calm in so many words ("nobody in danger now") counts against a reading and a doubt, never
against the wordings of harm that is going on.
"""

import re
import tomllib
from functools import cache
from typing import Any, Literal

from mash_triage.chat.hearing.learned import weights_of
from mash_triage.chat.hearing.phrases import plain_words
from mash_triage.chat.words.vocabulary import DATA
from mash_triage.reading.about import About
from mash_triage.reading.read import read_text
from mash_triage.reading.worries import worries_in
from mash_triage.settings import settings

Heard = Literal["danger", "doubt", "nothing"]

MOST_READ = 1_500
"""Characters of the last turns that are read for danger: a turn is answered at once."""

WINDOW = 40
"""Words that the weights hear at a time, so that a long message does not bury what matters."""

SURE, DOUBT = 0.75, 0.5
"""Chances from which the weights alone say danger, and from which they ask."""


@cache
def _table() -> dict[str, tuple[re.Pattern[str], ...]]:
    table: dict[str, Any] = tomllib.loads((DATA / "danger.toml").read_text("utf-8"))
    return {name: tuple(re.compile(one) for one in wordings) for name, wordings in table.items()}


def _there(name: str, text: str) -> bool:
    return any(one.search(text) for one in _table()[name])


def heard_in(turns: tuple[str, ...]) -> Heard:
    """What the last turn, with the one before it, says of danger now."""
    now = turns[-1].lower()[-MOST_READ * 4 :]
    earlier = turns[-2].lower() if len(turns) > 1 else ""
    if _there("over", now):
        return "nothing"
    if _there("now", now) or (_there("now", f"{earlier}\n{now}") and not _there("over", earlier)):
        return "danger"
    calm, chance = _there("calm", now), chance_of_danger(turns[-1])
    if calm:
        return "doubt" if chance >= SURE else "nothing"
    if chance >= SURE:
        return "danger"
    if _read_as_danger(turns, earlier):
        return "danger" if chance >= DOUBT else "doubt"
    return "doubt" if chance >= DOUBT else "nothing"


def chance_of_danger(turn: str) -> float:
    """How likely a message speaks of danger now, 0 to 1, by the learned weights alone."""
    words = plain_words(turn[-MOST_READ * 4 :])
    starts = range(0, max(len(words) - WINDOW // 2, 1), WINDOW // 2)
    parts = [words[n : n + WINDOW] for n in starts] if len(words) > WINDOW else [words]
    model = weights_of("danger")
    return max((float(model.chances(part)[0]) for part in parts if part), default=0.0)


def _read_as_danger(turns: tuple[str, ...], earlier: str) -> bool:
    """The board's reading, heard only for what it says of the present."""
    worries = worries_in(settings().levels_of_need / "worries")
    reading = read_text(turns[-1][-MOST_READ:], About(), worries)
    if not reading.immediate_danger and len(turns) > 1 and not _there("calm", earlier):
        reading = read_text("\n".join(turns[-2:])[-MOST_READ:], About(), worries)
    if not reading.immediate_danger:
        return False
    sentence = reading.danger[0].sentence.lower()
    past = _there("past", sentence) and not _there("live", sentence)
    return not past and not _there("weak", sentence)
