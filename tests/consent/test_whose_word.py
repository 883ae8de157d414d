"""Whose word an answer is: nobody but whoever refused takes a refusal back."""

import pytest

from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.errors import NotReady
from mash_triage.sharing.grounds import Ground, Said, ground
from mash_triage.sharing.queries import standing_of_child
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

TEN = MONDAY_NINE + HOUR
FIFTEEN = {"age": {"kind": "born", "date_of_birth": "2010-12-01"}}
MIA = {"subject": "Mia Thornbury"}


@pytest.fixture
def child(session, amara, beth):
    return stories.a_child_taken_up(session, FIFTEEN, sent_by=amara, screened_by=beth)


def said(session, child, status, *, by, subject="Rosa Thornbury", covers="sharing", **more):
    facts = ConsentFacts(subject, covers, status, words="In her words.", **more)
    made = record_consent(session, child.id, facts, by=by, at=TEN)
    session.flush()
    return made


def stands(session, child):
    return standing_of_child(session, child, on=TEN.date()).said


def test_a_mothers_yes_for_a_competent_fifteen_year_old_leaves_her_objection_standing(
    session, beth, child
):
    said(session, child, "refused", given_by="Mia Thornbury", capacity="gillick", by=beth, **MIA)
    yes = said(session, child, "given", given_by="Rosa Thornbury", by=beth, **MIA)
    assert yes.replaces_id is None
    assert stands(session, child) is Said.NO
    standing = standing_of_child(session, child, on=TEN.date())
    assert ground([standing], "undue_delay", protects=False) is Ground.MANAGER
    said(session, child, "given", given_by="mia thornbury", capacity="gillick", by=beth, **MIA)
    assert stands(session, child) is Said.YES


def test_nobody_else_takes_a_refusal_back_though_the_worker_names_it(session, beth, child):
    no = said(session, child, "refused", subject="Tom Thornbury", by=beth)
    for other in ({"subject": "Gran", "capacity": "none"}, {"subject": "Rosa Thornbury"}):
        with pytest.raises(NotReady, match="Tom Thornbury refused, and nobody else"):
            said(session, child, "given", replaces_id=no.id, by=beth, **other)
    standing = standing_of_child(session, child, on=TEN.date())
    assert ground([standing], "undue_delay", protects=False) is Ground.MANAGER
    said(session, child, "given", subject="tom thornbury", replaces_id=no.id, by=beth)
    assert stands(session, child) is Said.YES


def test_whoever_refused_with_a_say_takes_it_back_with_a_say(session, beth, child):
    said(session, child, "withdrawn", by=beth)
    with pytest.raises(NotReady, match="in what capacity"):
        said(session, child, "given", capacity="none", by=beth)
    assert stands(session, child) is Said.NO


def test_a_refusal_by_somebody_without_a_say_is_replaced_by_anybody(session, beth, child):
    no = said(session, child, "refused", subject="Gran", capacity="none", by=beth)
    yes = said(session, child, "given", replaces_id=no.id, by=beth)
    assert yes.replaces_id == no.id


def test_an_answer_without_a_capacity_is_asked_for_one(session, beth, child):
    with pytest.raises(NotReady, match="in what capacity"):
        said(session, child, "refused", capacity="", by=beth)
