"""What is known of one child when the rules are asked: plain values, none of them a name."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from mash_triage.thresholds.routes import Answer


class HelpBefore(StrEnum):
    """Help or protection that the child has, or had before this contact."""

    EARLY_HELP = "early_help"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION = "child_protection"
    LOOKED_AFTER = "looked_after"


class Consent(StrEnum):
    """Where the family's agreement to help stands. It never changes a level or a route."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_KNOWN = "not_known"


class FactsForSuggestion(BaseModel):
    """What is known of one child when a suggestion is worked out. It is frozen with a decision.

    `age_days` is None when not known, and for an unborn child. `repeat_3_months` and
    `repeat_12_months` count earlier contacts of the child or the household. `cannot_tell`: the
    child has no way of saying what happens to them. `help_before` is None when nobody has looked;
    nothing in it means that there was none. Facts frozen before a field came load without it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    age_days: int | None = Field(default=None, ge=0)
    unborn: bool = False
    non_mobile: Answer = Answer.NOT_KNOWN
    police_protection: bool = False
    in_danger_now: Answer = Answer.NOT_KNOWN
    safe_adult_named: Answer = Answer.NOT_KNOWN
    indicators: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    repeat_3_months: int = Field(default=0, ge=0)
    repeat_12_months: int = Field(default=0, ge=0)
    disabled: Answer = Answer.NOT_KNOWN
    cannot_tell: Answer = Answer.NOT_KNOWN
    help_before: tuple[HelpBefore, ...] | None = None
    consent: Consent = Consent.NOT_KNOWN


def days_at_age(years: int) -> int:
    """The most days a child can have lived by this birthday.

    Also the age in days to give for a child known only to be so many years old. On the birthday
    itself, in some years, a child is still taken for a day as younger: the cautious side.
    """
    return 365 * years + -(-years // 4)
