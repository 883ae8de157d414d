"""A worker who has left, or knows the family: somebody else takes the child, and it is seen."""

import pytest

from mash_triage.access.actions import change_user
from mash_triage.access.models import UserAccount
from mash_triage.access.roles import Role
from mash_triage.allocation.actions import (
    add_second,
    add_team,
    allocate,
    change_team,
    lift_conflict,
    record_conflict,
    set_worker_profile,
)
from mash_triage.allocation.queries import workers_of_child
from mash_triage.chronology.actions import LineFacts, add_line, hide_line
from mash_triage.chronology.rules import Weight
from mash_triage.consent.actions import ConsentFacts, record_consent, record_lawful_basis
from mash_triage.enquiries.actions import (
    ask_agency,
    authorise_request,
    close_request,
    decline_request,
)
from mash_triage.errors import NotAllowed, NotReady
from mash_triage.sharing.actions import DisclosureFacts, authorise_disclosure, record_disclosure
from mash_triage.strategy.actions import close_discussion, record_held, record_not_needed
from mash_triage.worklists.in_hand import in_hand
from tests import stories
from tests.enquiries.conftest import BASIS, an_agency, request_facts
from tests.stories import HOUR, MONDAY_NINE
from tests.strategy import talks

TEN = MONDAY_NINE + HOUR
FELL = LineFacts(MONDAY_NINE.date(), "She fell", "Her aunt", Weight.CONCERN)


def leaves(session, who, by, *, role=Role.SOCIAL_WORKER, active=False):
    user = session.get_one(UserAccount, who.user_id)
    told = {"role": role, "qualified": user.qualified, "agency_id": user.agency_id}
    change_user(session, user.id, seen=user.version, active=active, by=by, at=TEN, **told)
    session.flush()


def unallocated(session, by):
    session.flush()
    return [row.id for row in in_hand(session, by=by, at=TEN).unallocated]


@pytest.mark.parametrize(
    "change", [{"active": False}, {"role": Role.REFERRER, "active": True}], ids=["left", "changed"]
)
def test_the_children_of_a_worker_who_left_are_unallocated_and_given_on_without_a_reason(
    session, amara, beth, carol, ada, change
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    assert unallocated(session, carol) == []
    leaves(session, beth, ada, **change)
    assert unallocated(session, carol) == [child.id]
    assert allocate(session, child.id, worker_id=carol.user_id, by=carol, at=TEN) == ()
    assert unallocated(session, carol) == []
    assert child.taken_up_by == carol.user_id


def test_a_child_whose_worker_knows_the_family_is_unallocated_and_so_is_its_brother(
    session, amara, beth, carol
):
    mia, leo = stories.children_of(
        session, stories.a_receipt(session, {}, {"given_names": "Leo"}, sent_by=amara)
    )
    for each in (mia, leo):
        stories.take_up_and_know(session, each, by=beth, at=TEN)
    record_conflict(session, mia.id, beth.user_id, by=beth, at=TEN)
    assert set(unallocated(session, carol)) == {mia.id, leo.id}
    assert allocate(session, mia.id, worker_id=carol.user_id, by=carol, at=TEN) == ()
    said = workers_of_child(session, mia.id, by=carol).conflicts[0]
    lift_conflict(session, said.id, "Another family", by=carol, at=TEN)
    assert unallocated(session, carol) == []
    with pytest.raises(NotReady, match="why this child changes worker"):
        allocate(session, leo.id, worker_id=carol.user_id, by=carol, at=TEN)


def test_whoever_knows_the_family_neither_shares_nor_asks_nor_holds_a_discussion(
    session, amara, beth, carol
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    stories.screen(session, child, by=beth, at=TEN, rag="amber")
    police = an_agency(session, "Police district", "police")
    request = ask_agency(session, child.id, request_facts(police), by=beth, at=TEN)
    told = DisclosureFacts("Riverside Homes", "That Mia is known", "To house them", BASIS, TEN)
    shared = record_disclosure(session, child.id, told, by=beth, at=TEN)
    talk = talks.convened(session, child, at=TEN)
    session.flush()
    for one in (beth, carol):
        record_conflict(session, child.id, one.user_id, by=one, at=TEN)
    consent = ConsentFacts("Rosa Thornbury", "sharing", "given")
    basis = {
        "article_6": BASIS.article_6,
        "article_9": BASIS.article_9,
        "gateway": BASIS.gateway,
        "confidentiality": BASIS.confidentiality,
        "necessity": BASIS.necessity,
    }
    held = talks.attended(session, talk)
    deeds = (
        (record_consent, beth, child.id, consent),
        (ask_agency, beth, child.id, request_facts(police)),
        (close_request, beth, request.id, "By telephone."),
        (authorise_request, carol, request.id, "Right to ask."),
        (decline_request, carol, request.id, "Not needed."),
        (authorise_disclosure, carol, shared.id),
        (record_held, beth, talk.id, held),
        (close_discussion, beth, talk.id, talks.outcome(child)),
        (record_not_needed, carol, child.id, "None."),
        (add_line, beth, child.id, FELL),
        (hide_line, beth, child.id, f"contact:{child.id}", "Private"),
    )
    for deed, who, *told in deeds:
        with pytest.raises(NotAllowed, match="related to this family"):
            deed(session, *told, by=who, at=TEN + 2 * HOUR)
    with pytest.raises(NotAllowed, match="related to this family"):
        record_lawful_basis(session, child.id, **basis, by=beth, at=TEN)
    with pytest.raises(NotAllowed, match="related to this family"):
        talks.convened(session, child, at=TEN)


def test_nothing_goes_to_a_team_that_is_closed(session, amara, beth, carol):
    north = add_team(session, "North", ["ZA1"], by=carol, at=TEN)
    session.flush()
    told = {"name": "North", "areas": [], "is_open": False}
    change_team(session, north, seen=1, by=carol, at=TEN, **told)
    child = stories.a_child(session, sent_by=amara)
    for give in (
        lambda: allocate(session, child.id, worker_id=None, team_id=north, by=carol, at=TEN),
        lambda: allocate(
            session, child.id, worker_id=beth.user_id, team_id=north, by=carol, at=TEN
        ),
        lambda: add_second(
            session, child.id, worker_id=None, team_id=north, what_for="Signs", by=carol, at=TEN
        ),
        lambda: set_worker_profile(
            session, beth.user_id, team_id=north, newly_qualified=False, by=carol, at=TEN
        ),
    ):
        with pytest.raises(NotReady, match="North is closed"):
            give()
