"""What a manager is shown to be missing before she decides: what stops a decision, what only warns.

Missing agreement stops nothing. A danger trigger is never talked down: off the way of section 47 a
child with one is decided only after a strategy discussion with police and health.
"""

from collections.abc import Collection
from dataclasses import dataclass

from mash_triage.errors import NotReady
from mash_triage.thresholds.routes import REFERRAL_OUTCOMES, Outcome, Route


@dataclass(frozen=True)
class StrategyFacts:
    """As much of a strategy discussion as a decision asks for; `held` means by all who must be
    there: the local authority, police and health; `is_open` that one is neither closed nor
    cancelled.
    """

    begun: bool
    held: bool
    is_open: bool = False


NOT_HELD = StrategyFacts(begun=False, held=False)
DISCUSSION_OPEN = (
    "a strategy discussion about this child is open: record its outcome, or cancel it with the "
    "reason"
)
STILL_OPEN = f"{DISCUSSION_OPEN[0].upper()}{DISCUSSION_OPEN[1:]}."
UNTIL_THEN = "Until then only section 47 or a section 17 assessment can be decided."


@dataclass(frozen=True)
class BeforeFacts:
    """What is known when a manager opens the form. `strategy` is None where nobody keeps strategy
    discussions here; `waiting` are other children on the contact who are not decided.
    """

    agreement_recorded: bool
    child_was_heard: bool
    why_not_heard: str = ""
    earlier_contacts: int = 0
    comment_needed: bool = False
    waiting: tuple[str, ...] = ()
    triggered: bool = False
    help_before_known: bool = True
    strategy: StrategyFacts | None = None


@dataclass(frozen=True)
class Gap:
    """Something missing, in words; `part` is where it is mended, `stops` says that without it no
    decision is taken.
    """

    words: str
    part: str
    stops: bool = False


def missing_before_deciding(facts: BeforeFacts) -> list[Gap]:
    """Everything missing, what stops first."""
    gaps = []
    if not facts.agreement_recorded:
        gaps.append(Gap("Nobody's agreement is recorded, nor why it was not asked for.", "consent"))
    if not facts.child_was_heard:
        why = f" The referrer says: {facts.why_not_heard}." if facts.why_not_heard else ""
        gaps.append(Gap(f"The child's own voice is missing.{why}", "reported"))
    if facts.comment_needed:
        gaps.append(
            Gap("A repeat contact: your comment on the pattern is asked for below.", "decide", True)
        )
    elif facts.earlier_contacts:
        count = (
            "1 earlier contact"
            if facts.earlier_contacts == 1
            else (f"{facts.earlier_contacts} earlier contacts")
        )
        gaps.append(Gap(f"{count} of child and household: read them first.", "history"))
    if not facts.help_before_known:
        gaps.append(Gap("Nobody has looked up help that there was before.", "indicators"))
    if facts.waiting:
        names = ", ".join(facts.waiting)
        gaps.append(Gap(f"Also on this contact and not decided: {names}.", "together"))
    gaps += _strategy(facts)
    return sorted(gaps, key=lambda gap: not gap.stops)


def _strategy(facts: BeforeFacts) -> list[Gap]:
    if facts.strategy is not None and facts.strategy.is_open:
        return [*_unheard(facts), Gap(f"{STILL_OPEN} {UNTIL_THEN}", "strategy", True)]
    return _unheard(facts)


def _unheard(facts: BeforeFacts) -> list[Gap]:
    if facts.strategy is None or facts.strategy.held:
        return []
    if facts.triggered:
        return [
            Gap(
                "A danger trigger stands, and no strategy discussion with police and health was "
                "held: until then only section 47 can be decided.",
                "strategy",
                True,
            )
        ]
    if facts.strategy.begun:
        return [Gap("A strategy discussion was begun and has no quorum yet.", "strategy")]
    return []


def check_not_talked_down(
    triggered: bool, route: Route | None, strategy: StrategyFacts | None
) -> None:
    """With a danger trigger, only section 47 is decided before police and health were heard."""
    if strategy is None or strategy.held or not triggered or route is Route.S47:
        return
    raise NotReady(
        "A danger trigger stands for this child. Decide on section 47, or hold the strategy "
        "discussion with police and health first."
    )


def check_discussion_over(outcome: Outcome, *, is_open: bool) -> None:
    """While a strategy discussion is open, only an assessment or section 47 is decided: the others
    would end what the discussion is still to find out.
    """
    if is_open and outcome not in REFERRAL_OUTCOMES:
        raise NotReady(f"{STILL_OPEN} {UNTIL_THEN}")


def was_heard(voice: object, gaps: Collection[str]) -> bool:
    """Is there what the child said or showed, and not the code of why it is not there?"""
    words = str(voice or "").strip()
    return bool(words) and words not in gaps
