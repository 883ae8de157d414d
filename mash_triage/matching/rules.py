"""When an answer to "is it them?" needs a reason in words."""

from collections.abc import Iterable

from mash_triage.matching.score import Band, ScoredCandidate

SURE_ALL_THE_SAME = "Say why this is the child although something speaks against it."
NOT_AFTER_ALL = "Say why this is not the child although nearly everything fits."
WHY_NOT_SURE = "Say what is not sure, so that whoever comes next can ask for it."
NEW_ALL_THE_SAME = "Say why none of these is the child although one is likely."
NEW_UNSOUGHT = "Say why a new record is made although too little is known to search."


def reason_to_ask_for(answer: str, candidate: ScoredCandidate[int]) -> str | None:
    """The sentence that asks for a reason, or None when the answer goes with what is shown.

    `answer` is `same`, `different` or `unsure`.
    """
    if answer == "unsure":
        return WHY_NOT_SURE
    doubtful = candidate.cautions or candidate.could_be_sibling or candidate.band is Band.UNLIKELY
    if answer == "same" and doubtful:
        return SURE_ALL_THE_SAME
    if answer == "different" and candidate.band is Band.LIKELY:
        return NOT_AFTER_ALL
    return None


def reason_for_a_new_record(
    offered: Iterable[ScoredCandidate[int]], *, too_thin: bool
) -> str | None:
    """The same for "new child: none of these"."""
    if any(each.band is Band.LIKELY for each in offered):
        return NEW_ALL_THE_SAME
    return NEW_UNSOUGHT if too_thin else None
