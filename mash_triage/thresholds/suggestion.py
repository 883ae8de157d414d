"""The shape of a suggestion: what is proposed, why, how sure, and what came close.

All of it can be shown as it stands. A suggestion frozen before a field came loads without it.
"""

from pydantic import BaseModel, ConfigDict

from mash_triage.thresholds.routes import Rag, Route

CLEAR = "clear"
NOT_ENOUGH = "not enough known"


class FiredRule(BaseModel):
    """A rule that fired, in its own words, with the facts that fed it.

    `level` and `route` are what it gives here: one step lower than it says when strengths lowered
    it, and then `lowered_by` says why in the edition's words. `source` is the law it rests on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    words: str
    page: int | None
    indicators: tuple[str, ...]
    facts: tuple[str, ...]
    level: int | None
    route: Route | None
    source: str | None = None
    lowered_by: str | None = None
    strengths: tuple[str, ...] = ()


class OpenQuestion(BaseModel):
    """A rule that would fire if a fact that is not known were known to be so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    words: str
    not_known: tuple[str, ...]


class CameClose(BaseModel):
    """A rule that one thing more would have made fire, and that would give more than suggested.

    `missing` says what that is. `met` counts what is there already of what the rule asks;
    `on_the_line`: it counts, and is only one short.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    words: str
    page: int | None
    missing: str
    met: int
    on_the_line: bool
    indicators: tuple[str, ...]
    level: int
    route: Route


class Suggestion(BaseModel):
    """What the rules propose for one child. `rag_floor` is the rating it may not be below.

    `confidence` is in words: "clear", "not enough known", or between which two it lies. `consent`
    is what the family's agreement means for the route; it changes nothing here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    level: int
    route: Route
    rag_floor: Rag | None
    check_999: bool
    do_not_contact_family: bool
    ask_manager_to_comment: bool
    triggered: bool
    enough_known: bool
    rules: tuple[FiredRule, ...]
    open_questions: tuple[OpenQuestion, ...]
    not_in_edition: tuple[str, ...]
    confidence: str = CLEAR
    came_close: tuple[CameClose, ...] = ()
    consent: str | None = None
