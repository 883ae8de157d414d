"""In the demonstration a child decided for section 47 is discussed with all three services, and the
newest is still to be seen.
"""

from datetime import timedelta

from mash_triage.after_decision.queries import followed_up
from mash_triage.demo.protecting import DISCUSSED_AFTER, discuss, follow_up
from mash_triage.strategy.lists import attendance, open_discussions
from mash_triage.strategy.needed import strategy_needed
from tests.after_decision.test_actions import DECIDED, decided
from tests.cast import CAROL


def test_it_is_discussed_once_and_seen_only_after_a_while(session):
    child = decided(session, "Quill")
    at = DECIDED + DISCUSSED_AFTER
    for _twice in range(2):
        discuss(session, child, by=CAROL, at=at)
    follow_up(session, at=at)
    assert strategy_needed(session, by=CAROL) == []
    assert open_discussions(session, by=CAROL, at=at) == []
    assert {each.attended for each in attendance(session, days=1, by=CAROL, at=at)} == {1}
    [awaited] = followed_up(session, days=30, by=CAROL, at=at).shown
    assert awaited.seen_at is None

    later = at + timedelta(days=20)
    follow_up(session, at=later)
    [line] = followed_up(session, days=30, by=CAROL, at=later).shown
    assert line.seen_at is not None
