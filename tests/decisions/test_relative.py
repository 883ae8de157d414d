"""A manager who is related to a family, or knows it, has no part as one in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mash_triage.allocation.actions import record_conflict
from mash_triage.decisions.actions import (
    close_child,
    record_daily_review,
    return_to_worker,
)
from mash_triage.errors import NotAllowed
from mash_triage.hand_on.actions import pass_on, record_returned, send_on, settle_return
from mash_triage.hand_on.kinds import Passing
from mash_triage.missing.actions import (
    record_missing,
    review_missing,
    settle_report,
    take_back_missing,
)
from mash_triage.missing.rules import NoticeFacts
from tests import stories
from tests.cast import AMARA, BETH, CAROL
from tests.stories import HOUR, MONDAY_NINE

LATER = MONDAY_NINE + timedelta(hours=30)
PEOPLE = {"sent_by": AMARA, "screened_by": BETH}


def waiting(session):
    return stories.a_child_awaiting_decision(session, **PEOPLE)


def decided(session):
    manager = stories.a_manager(session, "Grace Idowu")
    return stories.a_decided_child(session, **PEOPLE, decided_by=manager)


def reported(session):
    told = {"sent_by": AMARA, "concern": {"main": "missing"}}
    return stories.a_child(session, **told)


def came_back(session, child):
    row = pass_on(session, child.id, Passing.TRANSFER, by=BETH_AS_MANAGER, at=LATER)
    send_on(session, row.id, "Northmoor", "", by=BETH, at=LATER)
    record_returned(session, row.id, "Jo Hart", "Not ours.", by=BETH, at=LATER)
    return row.id


BETH_AS_MANAGER = replace(BETH, role=CAROL.role)


def an_episode(session, child):
    facts = NoticeFacts(MONDAY_NINE - HOUR, "Bus stop", "Her mother", looked_after="no")
    return record_missing(session, child.id, facts, by=BETH, at=LATER).id


DEEDS = {
    "close": (decided, lambda s, c, to: close_child(s, c.id, **to)),
    "give back": (waiting, lambda s, c, to: return_to_worker(s, c.id, "Ask the school.", **to)),
    "review the day": (waiting, lambda s, c, to: record_daily_review(s, c.id, "Safe.", **to)),
    "pass on": (decided, lambda s, c, to: pass_on(s, c.id, Passing.TRANSFER, **to)),
    "settle what came back": (
        decided,
        lambda s, c, to: settle_return(s, came_back(s, c), "Elsewhere.", again=False, **to),
    ),
    "read a missing notice": (
        reported,
        lambda s, c, to: review_missing(s, an_episode(s, c), "Police told.", **to),
    ),
    "take back an episode": (
        reported,
        lambda s, c, to: take_back_missing(s, an_episode(s, c), "The wrong child.", **to),
    ),
    "settle a report": (reported, lambda s, c, to: settle_report(s, c.id, "A slip.", **to)),
}


@pytest.mark.parametrize("name", DEEDS)
def test_whoever_knows_the_family_leaves_it_to_another_manager(session, name):
    begun, does = DEEDS[name]
    child = begun(session)
    record_conflict(session, child.id, CAROL.user_id, by=CAROL, at=LATER)
    with pytest.raises(NotAllowed, match="related to this family"):
        does(session, child, {"by": CAROL, "at": LATER + HOUR})


@pytest.mark.parametrize("name", sorted(DEEDS.keys() - {"close"}))
def test_another_manager_may(session, name):
    begun, does = DEEDS[name]
    child = begun(session)
    does(session, child, {"by": CAROL, "at": LATER + HOUR})
