"""A worker who has left, or knows the family: somebody else takes the child, and it is seen."""

import pytest
from sqlalchemy import select

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
from mash_triage.allocation.queries import offer_for, workers_of_child
from mash_triage.allocation.rules import Block
from mash_triage.chronology.actions import LineFacts, add_line, hide_line
from mash_triage.chronology.rules import Weight
from mash_triage.consent.actions import ConsentFacts, record_consent, record_lawful_basis
from mash_triage.contacts.models import WorkerConflict
from mash_triage.contacts.status import Status
from mash_triage.enquiries.actions import (
    ask_agency,
    authorise_request,
    close_request,
    decline_request,
)
from mash_triage.errors import Changed, NotAllowed, NotReady
from mash_triage.matching.actions import confirm_match
from mash_triage.people.models import Household, Restriction
from mash_triage.screening.actions import take_up
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


def test_whoever_knows_a_household_knows_each_child_of_it_on_another_contact_too(
    session, amara, beth, carol
):
    mia = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    leo = stories.a_child_taken_up(session, {"given_names": "Leo"}, sent_by=amara, screened_by=beth)
    home = Household(address_line="12 Mill Lane", address_key="12 mill lane")
    session.add(home)
    session.flush()
    mia.household_id = leo.household_id = home.id
    record_conflict(session, mia.id, beth.user_id, by=beth, at=TEN)
    assert set(unallocated(session, carol)) == {mia.id, leo.id}
    told = {"worker_id": beth.user_id, "despite": list(Block), "reason": "x"}
    assert allocate(session, leo.id, worker_id=carol.user_id, by=carol, at=TEN) == ()
    assert allocate(session, leo.id, by=carol, at=TEN, **told) == (Block.KNOWS_FAMILY,)


def test_whoever_knows_a_child_knows_it_when_it_comes_again_from_nowhere_known(
    session, amara, beth, carol
):
    homeless = {"home": {}}
    first = stories.a_child_taken_up(session, homeless, sent_by=amara, screened_by=beth)
    again = stories.a_child(session, homeless, sent_by=amara, at=TEN)
    take_up(session, again.id, by=carol, at=TEN)
    confirm_match(session, again.id, first.person_id, by=carol, at=TEN)
    record_conflict(session, first.id, beth.user_id, by=beth, at=TEN)
    assert again.household_id is None
    with pytest.raises(NotAllowed, match="related to this family"):
        stories.screen(session, again, by=beth, at=TEN)


def test_nobody_takes_back_what_was_said_of_herself(session, amara, beth, carol, dan):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
    record_conflict(session, child.id, carol.user_id, by=carol, at=TEN)
    said = workers_of_child(session, child.id, by=carol).conflicts[0]
    with pytest.raises(NotAllowed, match="another manager"):
        lift_conflict(session, said.id, "I no longer see them", by=carol, at=TEN)
    assert workers_of_child(session, child.id, by=carol).conflicts
    lift_conflict(session, said.id, "She no longer sees them", by=dan, at=TEN)
    assert not workers_of_child(session, child.id, by=carol).conflicts


def test_a_conflict_is_taken_back_once_with_words_and_a_closed_child_is_given_to_nobody(
    session, amara, beth, carol, dan
):
    child = stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)
    record_conflict(session, child.id, beth.user_id, by=beth, at=TEN)
    said = workers_of_child(session, child.id, by=carol).conflicts[0]
    with pytest.raises(NotReady, match="why it no longer holds"):
        lift_conflict(session, said.id, "  ", by=carol, at=TEN)
    assert workers_of_child(session, child.id, by=carol).conflicts
    lift_conflict(session, said.id, "Another family of that name", by=carol, at=TEN)
    with pytest.raises(Changed, match="taken back already"):
        lift_conflict(session, said.id, "I say so too", by=dan, at=TEN + HOUR)
    row = session.scalars(select(WorkerConflict).where(WorkerConflict.id == said.id)).one()
    assert (row.lifted_by, row.lifted_because) == (carol.user_id, "Another family of that name")
    known = workers_of_child(session, child.id, by=beth)
    assert not known.conflicts
    told = known.taken_back[0]
    assert (told.worker, told.lifted_by, told.lifted_because) == (
        beth.name,
        carol.name,
        "Another family of that name",
    )
    child.status = Status.CLOSED
    with pytest.raises(Changed, match="closed"):
        allocate(session, child.id, worker_id=carol.user_id, reason="x", by=carol, at=TEN)


def test_where_a_child_lives_that_is_to_stay_unknown_names_no_team(session, amara, carol):
    add_team(session, "North", ["ZA1"], by=carol, at=TEN)
    session.flush()
    for confidential in (False, True):
        home = {"address_line": "12 Mill Lane", "postcode": "ZA1 4QT", "confidential": confidential}
        child = stories.a_child(session, {"home": home}, sent_by=amara)
        suggested = offer_for(session, [child.id], by=carol, at=TEN).suggested(child.id)
        assert (suggested.team_id is None) == confidential


def test_of_two_closed_records_behind_a_child_both_must_be_open_to_a_worker(
    session, amara, beth, carol, dan
):
    child = stories.a_child_taken_up(session, sent_by=amara, screened_by=carol)
    stories.restrict(session, child, readers=[beth, carol, dan], by=dan, at=TEN)
    other = stories.a_child_taken_up(
        session, {"given_names": "Ada", "family_name": "Quill"}, sent_by=amara, screened_by=beth
    )
    stories.restrict(session, other, readers=[carol, dan], by=dan, at=TEN)
    session.flush()
    name = session.scalars(
        select(Restriction).where(Restriction.person_id == other.person_id)
    ).one()
    name.of_name, child.restricted_name_id = True, name.id
    session.flush()
    against = allocate(session, child.id, worker_id=beth.user_id, reason="x", by=carol, at=TEN)
    assert Block.CLOSED_RECORD in against
