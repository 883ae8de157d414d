"""What an area sets for children who go missing: who interviews, and what an episode offers."""

import tomllib
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mash_triage.settings import settings

LookedAfter = Literal["yes", "no", "not_known"]


class Sign(StrEnum):
    """What is so of an episode, as far as it is recorded."""

    MISSING_NOW = "missing_now"
    RETURNED = "returned"
    OVERNIGHT = "overnight"
    REPEATED = "repeated"
    SINGLE = "single"
    HIGH_RISK = "high_risk"
    EXPLOITATION = "exploitation"


class Shape(BaseModel):
    """What the parts of the file share: they never change and hold no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provider(Shape):
    """Who holds return home interviews, and for which children by rule."""

    code: Annotated[str, Field(pattern="^[a-z0-9_]{1,30}$")]
    words: Annotated[str, Field(min_length=1, max_length=200)]
    looked_after: tuple[LookedAfter, ...] = ()


class Offer(Shape):
    """An indicator that is offered where all signs of one line of `any` are there."""

    indicator: str
    any: Annotated[tuple[tuple[Sign, ...], ...], Field(min_length=1)]


class MissingRules(Shape):
    """The whole file."""

    repeated_from: Annotated[int, Field(ge=2, le=20)]
    within_days: Annotated[int, Field(ge=1, le=366)]
    provider: Annotated[tuple[Provider, ...], Field(min_length=1)]
    offer: tuple[Offer, ...]


def missing_rules() -> MissingRules:
    """The rules of this area, read once."""
    return _read(settings().missing_rules_file)


@lru_cache(maxsize=8)
def _read(path: Path) -> MissingRules:
    return MissingRules.model_validate(tomllib.loads(path.read_text("utf-8")))
