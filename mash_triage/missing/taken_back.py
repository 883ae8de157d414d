"""An episode that was recorded in error: what may be taken back, and that it counts nowhere."""

from sqlalchemy import ColumnElement

from mash_triage.errors import Changed, NotReady
from mash_triage.missing.models import MissingEpisode
from mash_triage.missing.rules import check_line

LONGEST_REASON = 2_000
ACTION_FELL_AWAY = "The episode was recorded in error."


def counts() -> ColumnElement[bool]:
    """The condition that nobody has taken an episode back. It stays on the child's own list."""
    return MissingEpisode.taken_back_at.is_(None)


def check_not_taken_back(row: MissingEpisode) -> None:
    """Nothing more is recorded of an episode that was an error."""
    if row.taken_back_at is not None:
        raise Changed(
            "A manager has said that this episode was recorded in error. "
            "Open the page again; nothing was changed."
        )


def check_may_take_back(because: str, *, interview_held: bool) -> None:
    """It needs a reason; and where the child was heard after it, it was no error."""
    if interview_held:
        raise NotReady(
            "A return home interview was held after this episode, so it is not taken back. "
            "If something in it is wrong, say so in a review."
        )
    check_line(because, "Say why this was recorded in error.", most=LONGEST_REASON)
