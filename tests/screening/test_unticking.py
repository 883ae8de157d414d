"""A trigger that was ticked is never taken back in silence: who, when and why stay to be read."""

import pytest
from sqlalchemy import select

from mash_triage.errors import NotReady
from mash_triage.screening.actions import (
    copy_indicators_to_siblings,
    record_indicators,
    send_for_decision,
    take_up,
)
from mash_triage.screening.models import FactsFrozen, IndicatorSeen
from mash_triage.screening.queries import picture_of_screening
from mash_triage.thresholds.routes import Rag
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 2 * HOUR
TRIGGER = "non_fatal_strangulation"
WHY = "The school confirmed it was another child."


@pytest.fixture
def child(session, amara, beth):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    record_indicators(session, child.id, ["persistent_hunger", TRIGGER], by=beth, at=AT)
    return child


def untick(session, child, *, by, because="", **told):
    record_indicators(
        session, child.id, [], answered=[TRIGGER], because=because, by=by, at=AT + HOUR, **told
    )


@pytest.mark.parametrize("because", ["", "  "])
def test_a_trigger_is_not_taken_back_without_a_reason(session, beth, child, because):
    with pytest.raises(NotReady, match="Say why this no longer counts"):
        untick(session, child, by=beth, because=because)
    with pytest.raises(NotReady):
        record_indicators(session, child.id, ["persistent_hunger"], by=beth, at=AT + HOUR)
    assert picture_of_screening(session, child.id, by=beth).suggestion.triggered


def test_who_when_and_why_are_kept_and_shown(session, beth, carol, child):
    untick(session, child, by=carol, because=f" {WHY}\x00")
    (rejected,) = picture_of_screening(session, child.id, by=beth).rejected_triggers
    assert (rejected.code, rejected.settled_by_name, rejected.settled_at) == (
        TRIGGER,
        carol.name,
        AT + HOUR,
    )
    assert rejected.settled_because.startswith(WHY)


def test_ticked_again_it_is_no_longer_among_the_rejected(session, beth, child):
    untick(session, child, by=beth, because=WHY)
    record_indicators(session, child.id, [TRIGGER], answered=[TRIGGER], by=beth, at=AT + HOUR)
    assert picture_of_screening(session, child.id, by=beth).rejected_triggers == ()
    row = session.scalars(select(IndicatorSeen).where(IndicatorSeen.code == TRIGGER)).one()
    assert row.settled_because == ""


def test_the_facts_as_sent_name_the_rejected_with_their_reasons(session, beth, child):
    untick(session, child, by=beth, because=WHY)
    stories.screen(session, child, by=beth, at=AT + HOUR, rag=Rag.RED)
    send_for_decision(session, child.id, by=beth, at=AT + HOUR)
    facts = session.scalars(select(FactsFrozen)).one().facts
    assert facts["rejected"] == [{"code": TRIGGER, "because": WHY}]


def test_what_is_no_trigger_is_unticked_as_before(session, beth, child):
    record_indicators(session, child.id, [TRIGGER], by=beth, at=AT)
    picture = picture_of_screening(session, child.id, by=beth)
    assert (picture.accepted, picture.rejected_triggers) == ((TRIGGER,), ())


def test_a_proposal_is_rejected_without_a_reason_and_still_shown(session, amara, beth):
    receipt = stories.a_receipt(session, {}, {"given_names": "Noah"}, sent_by=amara)
    mia, noah = stories.children_of(session, receipt)
    for each in (mia, noah):
        take_up(session, each.id, by=beth, at=AT)
    record_indicators(session, mia.id, [TRIGGER], by=beth, at=AT)
    copy_indicators_to_siblings(session, mia.id, by=beth, at=AT)
    untick(session, noah, by=beth)
    (rejected,) = picture_of_screening(session, noah.id, by=beth).rejected_triggers
    assert (rejected.code, rejected.settled_because) == (TRIGGER, "")


def test_every_trigger_rule_has_its_indicators_among_the_triggers(session, beth, child):
    edition = picture_of_screening(session, child.id, by=beth).edition
    assert {TRIGGER, "minor_accidental_injury"} <= edition.trigger_codes
    assert "persistent_hunger" not in edition.trigger_codes
