"""What the managers of the demonstration tell a referrer of a decision."""

from mash_triage.decisions.told import Telling, ToldFacts, ToldReason, is_other_level
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import Outcome

REASONS: dict[Outcome, tuple[ToldReason, ...]] = {
    Outcome.ADVICE: (ToldReason.ONE_SERVICE,),
    Outcome.UNIVERSAL_SIGNPOST: (ToldReason.ONE_SERVICE,),
    Outcome.EARLY_HELP: (ToldReason.HELP_BY_AGREEMENT,),
    Outcome.S17_ASSESSMENT: (ToldReason.MEETS_LEVEL,),
    Outcome.STRATEGY_DISCUSSION: (ToldReason.MEETS_LEVEL, ToldReason.RISK_OF_HARM),
    Outcome.OPEN_CASE: (ToldReason.HELP_IN_PLACE,),
}


def told_of(edition: Edition, telling: Telling, outcome: Outcome, level: int) -> ToldFacts:
    """A reason that fits the outcome; for a member of the public one that says nothing of it."""
    if not telling.is_professional:
        return ToldFacts((ToldReason.READ_AND_DECIDED,))
    reasons = REASONS.get(outcome, (ToldReason.ELSEWHERE,))
    if not is_other_level(telling.level_thought, level):
        return ToldFacts(reasons)
    leading = [rule.code for rule in edition.rule if rule.level in (level, telling.level_thought)]
    return ToldFacts(reasons, explaining_rule=(leading or [edition.rule[0].code])[0])
