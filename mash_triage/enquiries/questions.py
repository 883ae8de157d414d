"""What each kind of agency is asked and by when it answers: the partnership's own, read from
`levels_of_need/enquiries/questions.toml`.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from mash_triage.settings import ROOT, settings
from mash_triage.thresholds.clock_times import Shape
from mash_triage.thresholds.routes import Rag

FILE = Path("enquiries") / "questions.toml"
OTHERS = "other"

Hours = Annotated[float, Field(gt=0, le=240)]


class ReplyWithin(Shape):
    """How soon a request of one rating is answered; of several times the earliest counts."""

    hours: Hours | None = None
    opening_hours: Hours | None = None
    half_way: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.hours is None and self.opening_hours is None and not self.half_way:
            raise ValueError("give hours, opening_hours or half_way")
        return self


class Group(Shape):
    """A group of agencies: which kinds are in it, and what they are asked, by code."""

    code: str
    words: str
    kinds: tuple[str, ...]
    questions: dict[str, str]


class Questions(Shape):
    """The whole file."""

    reply_within: dict[Rag, ReplyWithin]
    group: tuple[Group, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if set(self.reply_within) != set(Rag):
            raise ValueError("say for each rating how soon an answer is due")
        kinds = [kind for each in self.group for kind in each.kinds]
        if len(kinds) != len(set(kinds)):
            raise ValueError("a kind of agency stands in one group only")
        if OTHERS not in {each.code for each in self.group}:
            raise ValueError("say what other agencies are asked")
        return self

    def for_kind(self, kind: str) -> Group:
        """What an agency of this kind is asked."""
        found = next((each for each in self.group if kind in each.kinds), None)
        return found or next(each for each in self.group if each.code == OTHERS)


def questions() -> Questions:
    """The partnership's questions; those that are shipped where it keeps none of its own."""
    own = settings().levels_of_need / FILE
    return _read(own if own.exists() else ROOT / "levels_of_need" / FILE)


@lru_cache(maxsize=8)
def _read(path: Path) -> Questions:
    told = tomllib.loads(path.read_text("utf-8"))
    return Questions.model_validate(told, strict=False)
