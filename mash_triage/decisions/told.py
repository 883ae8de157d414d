"""What the referrer is told of a decision: reasons that the manager chooses, and when nothing is.

A professional is told at least one reason, or it is on record why nothing is told. A member of
the public is told no more than a few reasons that say nothing of the family. Nobody is told what
the levels of need suggested.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mash_triage.errors import NotReady
from mash_triage.thresholds.levels import Edition


class ToldReason(StrEnum):
    """Why it was decided so, in words that a referrer is told."""

    MEETS_LEVEL = "meets_level"
    RISK_OF_HARM = "risk_of_harm"
    HELP_BY_AGREEMENT = "help_by_agreement"
    ONE_SERVICE = "one_service"
    HELP_IN_PLACE = "help_in_place"
    MORE_IS_KNOWN = "more_is_known"
    TOO_LITTLE = "too_little"
    ELSEWHERE = "elsewhere"
    READ_AND_DECIDED = "read_and_decided"


class WithheldReason(StrEnum):
    """Why the referrer is told nothing; kept on record and never shown to her."""

    RISK_TO_CHILD = "risk_to_child"
    INQUIRY = "inquiry"
    PART_OF_THE_HARM = "part_of_the_harm"
    RESTRICTED = "restricted"
    NOT_REACHABLE = "not_reachable"
    OTHER = "other"


TOLD_WORDS: dict[ToldReason, str] = {
    ToldReason.MEETS_LEVEL: "What you told us, with what is known, meets this level of need.",
    ToldReason.RISK_OF_HARM: "A child may be at risk of significant harm, so we act without delay.",
    ToldReason.HELP_BY_AGREEMENT: "Help that the family agrees to fits what the child needs now.",
    ToldReason.ONE_SERVICE: "One service, often one the child knows already, can give the help.",
    ToldReason.HELP_IN_PLACE: "People already work with the family, and they have your contact.",
    ToldReason.MORE_IS_KNOWN: "Other information, which we cannot share, changed the picture.",
    ToldReason.TOO_LITTLE: "There was too little to go on. Tell us at once if you learn more.",
    ToldReason.ELSEWHERE: "Another service or authority is the right one, and we told them.",
    ToldReason.READ_AND_DECIDED: "A social worker read what you told us, and a manager decided.",
}

FOR_THE_PUBLIC = frozenset(
    {
        ToldReason.READ_AND_DECIDED,
        ToldReason.TOO_LITTLE,
        ToldReason.ELSEWHERE,
    }
)
"""Reasons that say nothing of the family: all that a member of the public is told."""

WITHHELD_WORDS: dict[WithheldReason, str] = {
    WithheldReason.RISK_TO_CHILD: "Telling could put a child or an adult at risk",
    WithheldReason.INQUIRY: "Telling could harm a police or other inquiry",
    WithheldReason.PART_OF_THE_HARM: "The referrer may have a part in the harm",
    WithheldReason.RESTRICTED: "The record is restricted",
    WithheldReason.NOT_REACHABLE: "The referrer is anonymous or cannot be reached",
    WithheldReason.OTHER: "Another reason, in your own words",
}


@dataclass(frozen=True)
class ToldFacts:
    """What a manager lets the referrer know. `words` are for the referrer, `withheld_words` are
    for the record alone; `explaining_rule` is the code of the published rule that explains why the
    decided level is not the one that the referrer had thought.
    """

    reasons: tuple[ToldReason, ...] = ()
    words: str = ""
    explaining_rule: str | None = None
    withheld: WithheldReason | None = None
    withheld_words: str = ""


@dataclass(frozen=True)
class Telling:
    """Whom a decision is told to: a professional or not, and the level she thought it was."""

    is_professional: bool
    level_thought: int | None


def level_thought_of(submission: Mapping[str, object]) -> int | None:
    """The level that the referrer thought it was; none where she was not sure or not asked."""
    concern = submission.get("concern")
    answer = concern.get("level_thought") if isinstance(concern, dict) else None
    text = str(answer)
    return int(text) if text in {"1", "2", "3", "4"} else None


def check_told(
    edition: Edition, level: int, told: ToldFacts, telling: Telling, unnamed: Collection[str]
) -> None:
    """Refuse a decision of which it is not settled what the referrer is told. `unnamed` are names
    of children of whom she is told nothing.
    """
    if told.withheld is not None:
        _check_withheld(told)
        return
    if not telling.is_professional:
        _check_for_the_public(told)
    elif not told.reasons:
        raise NotReady("Choose what the referrer is told, or record why nothing is told.")
    _check_explained(edition, level, told, telling)
    _check_names(told.words, unnamed)


def _check_withheld(told: ToldFacts) -> None:
    if told.reasons or told.words.strip() or told.explaining_rule:
        raise NotReady("Tell the referrer why, or record why nothing is told: not both.")
    if told.withheld is WithheldReason.OTHER and not told.withheld_words.strip():
        raise NotReady("Say in your own words why the referrer is told nothing.")


def _check_for_the_public(told: ToldFacts) -> None:
    if told.words.strip() or not FOR_THE_PUBLIC.issuperset(told.reasons):
        raise NotReady(
            "A member of the public is told nothing of the family: choose only from the reasons "
            "shown, and leave your own words out."
        )


def _check_explained(edition: Edition, level: int, told: ToldFacts, telling: Telling) -> None:
    codes = {rule.code for rule in edition.rule}
    if told.explaining_rule is not None and told.explaining_rule not in codes:
        raise NotReady("Choose a rule of the levels of need under which this contact came.")
    differs = is_other_level(telling.level_thought, level) and telling.is_professional
    if differs and told.explaining_rule is None:
        raise NotReady(
            f"The referrer thought level {telling.level_thought}. "
            "Choose the rule of the levels of need that explains the difference."
        )


def _check_names(words: str, unnamed: Collection[str]) -> None:
    for name in unnamed:
        if name and re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE):
            raise NotReady(
                "Your words to the referrer name a child of whom nothing is told. Take it out."
            )


def is_other_level(thought: int | None, decided: int) -> bool:
    """Did the referrer think of another level than was decided?"""
    return thought is not None and thought != decided
