"""What other deeds share stands in the ledger by itself: with whom, on what, and on whose word."""

import pytest

from mash_triage.consent.actions import ConsentFacts, record_consent, record_lawful_basis
from mash_triage.hand_on.actions import end_special, open_special, pass_on, send_on
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending, Passing
from mash_triage.hand_on.queries import passed_on
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.queries import sharing_of
from mash_triage.sharing.rules import Kind
from mash_triage.web.enquiries.ledger import lawful_words
from tests import stories
from tests.enquiries.conftest import BASIS, a_request_about_both
from tests.stories import HOUR, MONDAY_NINE

NOON = MONDAY_NINE + 3 * HOUR
LATER = NOON + HOUR


@pytest.fixture
def child(session, amara, beth, carol):
    return stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)


def ledger(session, child, by):
    session.flush()
    return sharing_of(session, child.id, by=by)


def send_step_down(session, child, by, *, kind=Passing.STEP_DOWN, to="Hub North"):
    session.flush()
    open_rows = [each for each in passed_on(session, by=by, at=NOON) if each.kind is kind]
    row = open_rows[0].id if open_rows else pass_on(session, child.id, kind, by=by, at=NOON).id
    session.flush()
    return send_on(session, row, to, "", by=by, at=LATER)


def test_a_step_down_without_agreement_rests_on_the_word_of_whoever_decided(session, child, carol):
    send_step_down(session, child, carol)
    (entry,) = ledger(session, child, carol)
    assert (entry.kind, entry.with_whom, entry.shared_at) == (Kind.DISCLOSURE, "Hub North", LATER)
    assert (entry.ground, entry.authorised_by, entry.authorised_at) == (
        Ground.MANAGER,
        carol.name,
        NOON,
    )
    assert not entry.lacks_word
    assert "No lawful basis was on record" in lawful_words(entry)


def test_agreement_to_early_help_covers_the_service_that_gives_it_and_no_other(
    session, child, beth, carol
):
    agreed = ConsentFacts("Rosa Thornbury", "early_help", "given")
    record_consent(session, child.id, agreed, by=beth, at=NOON)
    told = {
        "article_6": BASIS.article_6,
        "article_9": BASIS.article_9,
        "gateway": BASIS.gateway,
        "confidentiality": BASIS.confidentiality,
        "necessity": BASIS.necessity,
    }
    record_lawful_basis(session, child.id, **told, by=beth, at=NOON)
    send_step_down(session, child, carol)
    send_step_down(session, child, carol, kind=Passing.TRANSFER, to="Otherborough")
    grounds = {each.with_whom: each for each in ledger(session, child, carol)}
    assert grounds["Hub North"].ground is Ground.AGREEMENT
    assert grounds["Hub North"].authorised_at is None
    assert grounds["Otherborough"].ground is Ground.MANAGER
    assert {each.basis for each in grounds.values()} == {BASIS}


def test_a_referral_outside_is_in_it_once_made_and_of_an_allegation_only_that_there_is_one(
    session, child, carol
):
    owners = {
        Ending.LADO: "Sam Ode",
        Ending.PREVENT: "Pat Hale",
        Ending.MISSING_EDUCATION: "Kit Rowe",
    }
    for kind, owner in owners.items():
        facts = EndingFacts(owner, NOON, NOON.date().replace(day=20), detail="About a coach")
        row = open_special(session, child.id, kind, facts, by=carol, at=NOON)
        before = len(ledger(session, child, carol))
        end_special(session, row.id, "Told by telephone", took_place_at=LATER, by=carol, at=LATER)
        told = len(ledger(session, child, carol)) - before
        assert told == (kind is not Ending.MISSING_EDUCATION), "inside the authority nobody is told"
    entries = ledger(session, child, carol)
    assert {each.with_whom for each in entries} == {
        "Designated officer (LADO)",
        "Prevent: Pat Hale",
    }
    assert {each.shared_at for each in entries} == {LATER}
    assert "coach" not in repr(entries)
    assert "Sam" not in repr(entries)


def test_before_a_decision_a_referral_outside_lacks_a_managers_word_unless_she_makes_it(
    session, amara, beth, carol
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    for kind, by in ((Ending.PREVENT, beth), (Ending.MARAC, carol)):
        facts = EndingFacts("Pat Hale", MONDAY_NINE, NOON.date().replace(day=20))
        row = open_special(session, child.id, kind, facts, by=by, at=NOON)
        session.flush()
        end_special(session, row.id, "Told", took_place_at=NOON, by=by, at=LATER)
    lacking = {each.with_whom: each.lacks_word for each in ledger(session, child, beth)}
    assert lacking == {"Prevent: Pat Hale": True, "MARAC: Pat Hale": False}


def test_words_of_a_request_that_covers_a_closed_brother_are_cut_for_who_may_not_read_of_him(
    session, amara, beth, carol, dan
):
    mia, leo = a_request_about_both(
        session, sent_by=amara, asked_by=beth, purpose="What happened to Leo."
    )
    assert "Leo" in repr(ledger(session, mia, beth))
    stories.restrict(session, leo, readers=[carol, dan], by=dan, at=NOON)
    assert "Leo" not in repr(ledger(session, mia, beth))
    assert "Leo" in repr(ledger(session, mia, carol))
