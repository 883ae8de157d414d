"""What the referrer is told of a decision: reasons, her own level, or why nothing is told."""

import pytest
from sqlalchemy import select

from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import ToldToReferrer
from mash_triage.decisions.telling import outcomes_told, told_of
from mash_triage.decisions.told import ToldFacts, ToldReason, WithheldReason
from mash_triage.errors import NotReady
from mash_triage.worklists.my_contacts import my_contact
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

NOON = MONDAY_NINE + 3 * HOUR
RULE = "usual_level_3"
HELP = (ToldReason.HELP_BY_AGREEMENT,)
PUBLIC = {"referrer": {"kind": "neighbour"}}
THOUGHT = {"concern": {"level_thought": 4}}


@pytest.fixture
def waiting(session, amara, beth):
    """A child waiting for a decision, with these changes to what was sent."""

    def sent(**changes):
        child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, **changes)
        stories.screen(session, child, by=beth, at=MONDAY_NINE + HOUR)
        stories.send(session, child, by=beth, at=MONDAY_NINE + HOUR)
        return child

    return sent


def decide(session, child, told, by):
    facts = stories.a_decision(told=told)
    return record_decision(session, child.id, facts, by=by, at=NOON)


def read(session, child, by):
    return outcomes_told(session, child.contact.reference, by=by)[child.id]


def test_a_professional_reads_the_outcome_the_reasons_and_the_managers_words(
    session, waiting, amara, carol
):
    child = waiting()
    decide(session, child, ToldFacts(HELP, words="Thank you, Amara. <b>Ring</b> me."), carol)
    told = read(session, child, amara)
    assert (told.outcome, told.withheld) == ("Early help", False)
    assert told.reasons == ("Help that the family agrees to fits what the child needs now.",)
    assert told.words == "Thank you, Amara. <b>Ring</b> me."
    assert told.levels.thought is None


def test_her_own_level_stands_beside_the_decided_one_with_the_rule_that_explains(
    session, waiting, amara, carol
):
    child = waiting(**THOUGHT)
    with pytest.raises(NotReady, match="thought level 4"):
        decide(session, child, ToldFacts(HELP), carol)
    decide(session, child, ToldFacts(HELP, explaining_rule=RULE), carol)
    levels = read(session, child, amara).levels
    assert (levels.thought, levels.decided, levels.differs) == (4, 3, True)
    assert levels.rule
    assert levels.when.startswith("When ")
    assert "uggest" not in repr(levels)
    assert told_of(session, child.id, by=carol).levels == levels


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (ToldFacts(), "Choose what the referrer is told"),
        (ToldFacts(words="Only words"), "Choose what the referrer is told"),
        (ToldFacts(HELP, withheld=WithheldReason.INQUIRY), "not both"),
        (ToldFacts(withheld=WithheldReason.OTHER), "in your own words"),
        (ToldFacts(HELP, explaining_rule="no_such_rule"), "Choose a rule"),
    ],
)
def test_what_is_told_is_settled_before_a_decision_counts(session, waiting, carol, told, why):
    child = waiting()
    with pytest.raises(NotReady, match=why):
        decide(session, child, told, carol)


def test_where_nothing_is_told_the_referrer_reads_no_outcome_and_no_reason(
    session, waiting, amara, carol
):
    child = waiting(**THOUGHT)
    why = "The uncle is a colleague of hers."
    told = ToldFacts(withheld=WithheldReason.PART_OF_THE_HARM, withheld_words=why)
    decide(session, child, told, carol)
    seen = [read(session, child, amara), my_contact(session, child.contact.reference, by=amara)]
    for words in ("Early help", "uncle", "level"):
        assert words not in repr(seen).replace("levels=None", "")
    assert told_of(session, child.id, by=carol).withheld_words == why


def test_a_member_of_the_public_reads_nothing_of_the_family(session, waiting, amara, carol):
    child = waiting(**PUBLIC)
    for told in (ToldFacts(HELP), ToldFacts(words="Your neighbour gets help.")):
        with pytest.raises(NotReady, match="member of the public"):
            decide(session, child, told, carol)
    decide(session, child, ToldFacts((ToldReason.READ_AND_DECIDED,)), carol)
    told = read(session, child, amara)
    assert (told.outcome, told.levels, told.words) == (None, None, "")
    assert my_contact(session, child.contact.reference, by=amara).children[0].outcome is None


def test_of_a_restricted_sister_nothing_is_told_not_even_by_name(session, amara, beth, carol, dan):
    receipt = stories.a_receipt(
        session, {"given_names": "Mia"}, {"given_names": "Orla"}, sent_by=amara
    )
    mia, orla = stories.children_of(session, receipt)
    for child in (mia, orla):
        stories.take_up_and_know(session, child, by=beth, at=MONDAY_NINE)
        stories.screen(session, child, by=beth, at=MONDAY_NINE)
        stories.send(session, child, by=beth, at=MONDAY_NINE)
    decide(session, orla, ToldFacts(HELP), carol)
    stories.restrict(session, orla, readers=[carol, dan], by=carol, at=NOON)
    with pytest.raises(NotReady, match="name a child"):
        decide(session, mia, ToldFacts(HELP, words="As with ORLA, help is offered."), carol)
    decide(session, mia, ToldFacts(HELP, words="Help is offered."), carol)

    told = outcomes_told(session, receipt.reference, by=amara)
    assert told[mia.id].outcome == "Early help"
    assert told[orla.id].withheld
    assert told[orla.id].outcome is None
    mine = my_contact(session, receipt.reference, by=amara)
    assert [child.outcome for child in mine.children] == ["Early help", None]


def test_what_is_told_is_stored_with_the_decision(session, waiting, carol):
    decision = decide(session, waiting(), ToldFacts(HELP, words="\x00 a"), carol)
    row = session.scalars(select(ToldToReferrer)).one()
    assert (row.decision_id, row.reasons) == (decision.id, ["help_by_agreement"])
    assert (row.chosen_by, row.chosen_at) == (carol.user_id, NOON)
