"""The fixed codes of routes, outcomes, ratings and departures.

The codes are the same everywhere, so that records and returns can be compared. The names people
read, and which outcomes each route allows, belong to the edition of the levels of need in force.
"""

from enum import StrEnum


class Route(StrEnum):
    """Which way a child goes next, from the least to the most protection."""

    UNIVERSAL = "universal"
    EARLY_HELP = "early_help"
    S17 = "s17"
    S47 = "s47"

    @property
    def weight(self) -> int:
        """Place in the order of protection: universal 0, section 47 enquiries 3."""
        return _WEIGHTS[self]


_WEIGHTS = {route: weight for weight, route in enumerate(Route)}


class Outcome(StrEnum):
    """What a contact came to for one child: told to the referrer and counted."""

    ADVICE = "advice"
    UNIVERSAL_SIGNPOST = "universal_signpost"
    EARLY_HELP = "early_help"
    S17_ASSESSMENT = "s17_assessment"
    STRATEGY_DISCUSSION = "strategy_discussion"
    OPEN_CASE = "open_case"
    OTHER_AUTHORITY = "other_authority"
    LADO = "lado"
    PRIVATE_FOSTERING = "private_fostering"
    UNACCOMPANIED_CHILD = "unaccompanied_child"
    PREVENT = "prevent"
    MARAC = "marac"
    EXPLOITATION_PANEL = "exploitation_panel"
    CHILD_DEATH = "child_death"
    OTHER_SPECIALIST = "other_specialist"
    DUPLICATE_OR_ERROR = "duplicate_or_error"


REFERRAL_OUTCOMES = frozenset({Outcome.S17_ASSESSMENT, Outcome.STRATEGY_DISCUSSION})
"""Only these make a referral, and only for a child who is not already open."""


class DepartureReason(StrEnum):
    """Why a person set another level or route than the one suggested. Capacity is no reason."""

    FACT_MISSING = "fact_missing"
    FACT_DISPUTED = "fact_disputed"
    RULE_UNCLEAR = "rule_unclear"
    PROFESSIONAL_JUDGEMENT = "professional_judgement"
    OTHER = "other"


class Rag(StrEnum):
    """How soon a child's contact must be dealt with, most urgent first. Not a level of need."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Answer(StrEnum):
    """An answer to a question of safety. Not knowing is kept apart from no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
