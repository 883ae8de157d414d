"""What was shared outside a request is recorded in any case; without agreement a manager looks."""

from dataclasses import replace

import pytest

from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.errors import Changed, NotReady
from mash_triage.sharing.actions import (
    DisclosureFacts,
    authorise_disclosure,
    record_disclosure,
    record_not_shared,
)
from mash_triage.sharing.grounds import Ground
from mash_triage.sharing.queries import sharing_of
from mash_triage.sharing.rules import Basis, Kind
from tests.stories import HOUR, MONDAY_NINE, a_child

BASIS = Basis("legal_obligation", "none", "ca1989_s47", "required_by_law", "The officer needs it.")
TOLD = DisclosureFacts("Riverside Homes", "That Mia lives there", "A safe home", BASIS, MONDAY_NINE)


def test_without_agreement_it_lacks_a_managers_word_until_she_gives_it(session, amara, beth, carol):
    child = a_child(session, sent_by=amara)
    row = record_disclosure(session, child.id, TOLD, by=beth, at=MONDAY_NINE + HOUR)
    assert sharing_of(session, child.id, by=beth)[0].lacks_word
    authorise_disclosure(session, row.id, by=carol, at=MONDAY_NINE + 2 * HOUR)
    entry = sharing_of(session, child.id, by=beth)[0]
    assert (entry.lacks_word, entry.authorised_by) == (False, carol.name)
    assert (entry.shared_at, entry.at) == (MONDAY_NINE, MONDAY_NINE + HOUR)
    with pytest.raises(Changed):
        authorise_disclosure(session, row.id, by=carol, at=MONDAY_NINE + 2 * HOUR)


def test_with_agreement_a_reason_or_a_manager_no_word_is_missing(session, amara, beth, carol):
    child = a_child(session, sent_by=amara)
    at = MONDAY_NINE + HOUR
    reason = replace(TOLD, why_not_asked="risk_to_child")
    assert record_disclosure(session, child.id, reason, by=beth, at=at).agreement == Ground.REASON
    own = record_disclosure(session, child.id, TOLD, by=carol, at=at)
    assert (own.agreement, own.authorised_by) == (Ground.MANAGER, carol.user_id)
    agreed = ConsentFacts("Rosa Thornbury", "sharing", "given")
    record_consent(session, child.id, agreed, by=beth, at=at)
    session.flush()
    assert record_disclosure(session, child.id, TOLD, by=beth, at=at).agreement == Ground.AGREEMENT
    assert not any(each.lacks_word for each in sharing_of(session, child.id, by=beth))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"with_whom": " "}, "Name the body"),
        ({"with_whom": "x" * 301}, "Shorten"),
        ({"what": ""}, "Say what was shared"),
        ({"purpose": ""}, "what it was shared for"),
        ({"basis": replace(BASIS, gateway="x")}, "statutory gateway"),
        ({"basis": replace(BASIS, necessity=" ")}, "why sharing is necessary"),
        ({"why_not_asked": "because"}, "one of the reasons"),
        ({"shared_at": MONDAY_NINE + 2 * HOUR}, "still to come"),
    ],
)
def test_an_entry_that_leaves_something_open_is_refused(session, amara, beth, change, words):
    child = a_child(session, sent_by=amara)
    with pytest.raises(NotReady, match=words):
        record_disclosure(session, child.id, replace(TOLD, **change), by=beth, at=MONDAY_NINE)


def test_what_was_kept_back_has_its_reason(session, amara, beth):
    child = a_child(session, sent_by=amara)
    told = {"by": beth, "at": MONDAY_NINE}
    for whom, what, because, words in (
        (" ", "Where she lives", "It would harm her more.", "Name the body"),
        ("Riverside Homes", " ", "It would harm her more.", "what was not shared"),
        ("Riverside Homes", "Where she lives", " ", "why it was not shared"),
    ):
        with pytest.raises(NotReady, match=words):
            record_not_shared(session, child.id, whom, what, because, **told)
    record_not_shared(
        session, child.id, "Riverside Homes", "Where she lives", "Her father works there.", **told
    )
    [entry] = sharing_of(session, child.id, by=beth)
    assert entry.kind == Kind.NOT_SHARED
