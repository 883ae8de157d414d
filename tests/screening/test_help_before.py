"""Help before: the sender may name it, the worker finds it out, the edition's rules count it."""

import pytest
from sqlalchemy import select

from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.decisions.queries import who_screened
from mash_triage.errors import Changed
from mash_triage.screening.actions import record_help_before, record_indicators
from mash_triage.screening.models import FactsFrozen
from mash_triage.screening.queries import picture_of_screening
from mash_triage.thresholds.facts import HelpBefore
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 2 * HOUR
PLAN = HelpBefore.CHILD_PROTECTION


@pytest.fixture
def taken_up(session, amara, beth):
    """A child with one need of level 3, about whom the sender said this of help before."""

    def made(**said):
        child = stories.a_child_taken_up(session, said, sent_by=amara, screened_by=beth)
        record_indicators(session, child.id, ["self_harm"], by=beth, at=AT)
        return child

    return made


def fired(session, child, by):
    seen = picture_of_screening(session, child.id, by=by)
    return seen.facts.help_before, "protected_before" in {r.rule for r in seen.suggestion.rules}


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({}, None),
        ({"had_help": "not_known"}, None),
        ({"had_help": "no"}, None),
        ({"had_help": "yes"}, None),
        ({"had_help": "yes", "help_before": ["child_protection"]}, (PLAN,)),
    ],
)
def test_what_the_sender_named_counts_and_naming_nothing_is_not_having_looked(
    session, taken_up, beth, said, known
):
    assert fired(session, taken_up(**said), beth) == (known, known is not None)


def test_the_workers_answer_wins_until_it_is_taken_back(session, taken_up, beth, carol):
    child = taken_up(had_help="yes", help_before=["child_protection"])

    record_help_before(session, child.id, [], by=beth, at=AT)
    assert fired(session, child, beth) == ((), False), "she has looked, and there was none"
    record_help_before(session, child.id, {HelpBefore.LOOKED_AFTER, PLAN}, by=carol, at=AT + HOUR)
    assert fired(session, child, beth) == ((PLAN, HelpBefore.LOOKED_AFTER), True)
    found = picture_of_screening(session, child.id, by=beth).help_found
    assert (found.by_name, found.at) == (carol.name, AT + HOUR)
    assert carol.user_id in who_screened(session, child.id)

    record_help_before(session, child.id, None, by=beth, at=AT + HOUR)
    assert fired(session, child, beth) == ((PLAN,), True)
    assert picture_of_screening(session, child.id, by=beth).help_found is None
    assert carol.user_id in who_screened(session, child.id)
    told = select(AuditEvent.detail).where(AuditEvent.kind == AuditKind.HELP_BEFORE_RECORDED)
    assert [each["had"] for each in session.scalars(told.order_by(AuditEvent.seq))] == [
        [],
        ["child_protection", "looked_after"],
        None,
    ]


def test_it_is_frozen_with_the_child_and_stays_as_it_was(session, taken_up, amara, beth):
    child = taken_up()
    record_help_before(session, child.id, [HelpBefore.EARLY_HELP], by=beth, at=AT)
    stories.screen(session, child, by=beth, at=AT)
    stories.send(session, child, by=beth, at=AT)
    facts = session.scalars(select(FactsFrozen)).one().facts["facts"]
    assert facts["help_before"] == ["early_help"]
    with pytest.raises(Changed):
        record_help_before(session, child.id, [], by=beth, at=AT)
