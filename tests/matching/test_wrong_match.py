"""A wrong match is called back: what rested on it is listed, reviewed by a manager, never lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.access.actions import note_viewed
from mash_triage.access.models import SignInSession
from mash_triage.access.sessions import fingerprint
from mash_triage.audit.events import AuditEvent
from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.decisions.actions import record_decision
from mash_triage.decisions.models import Decision, Referral
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady
from mash_triage.matching.actions import (
    confirm_match,
    recall_match,
    record_new_person,
    settle_rested,
    undo_match,
)
from mash_triage.matching.link_reviews import (
    link_reviews_of,
    open_link_reviews,
    rests_on_link_of,
    seen_through_undone_links,
)
from mash_triage.people.actions import restrict_person
from mash_triage.screening.actions import send_for_decision, take_up
from mash_triage.screening.models import FactsFrozen
from mash_triage.thresholds.routes import Outcome, Route
from tests import cast, stories
from tests.stories import HOUR, MONDAY_NINE

DAY = timedelta(days=1)
AT = MONDAY_NINE + 5 * DAY
ELSEWHERE = {"home": {"address_line": "80 Quarry Road", "postcode": "ZA9 1AB"}}
S17 = {"outcome": Outcome.S17_ASSESSMENT, "route": Route.S17, "level": 4}
BECAUSE = {"departure": "professional_judgement", "departure_words": "As seen."}


def decided(session, child, *, at, **changes):
    """Screened by Beth, decided by Carol, as a section 17 assessment."""
    stories.screen(session, child, by=cast.BETH, at=at)
    send_for_decision(session, child.id, by=cast.BETH, at=at)
    facts = stories.a_decision(**S17, **BECAUSE, repeat_comment="Known.", **changes)
    record_decision(session, child.id, facts, by=cast.CAROL, at=at)


@pytest.fixture
def wrong(session, amara, beth):
    """A namesake of another address, linked by mistake to the record of the first Mia, and
    decided; then the real Mia comes again and is decided as well.
    """
    first = stories.a_child(session, sent_by=amara, at=MONDAY_NINE)
    mia = record_new_person(session, first.id, by=beth, at=MONDAY_NINE).id
    namesake = stories.a_child(session, ELSEWHERE, sent_by=amara, at=MONDAY_NINE + DAY)
    take_up(session, namesake.id, by=beth, at=MONDAY_NINE + DAY)
    confirm_match(session, namesake.id, mia, by=beth, at=MONDAY_NINE + DAY)
    decided(session, namesake, at=MONDAY_NINE + DAY)
    again = stories.a_child(session, sent_by=amara, at=MONDAY_NINE + 2 * DAY)
    take_up(session, again.id, by=beth, at=MONDAY_NINE + 2 * DAY)
    confirm_match(session, again.id, mia, by=beth, at=MONDAY_NINE + 2 * DAY)
    decided(session, again, at=MONDAY_NINE + 3 * DAY, already_open="no")
    session.flush()
    return namesake, again, mia


def looked_at(session, child, *, by, at):
    sign_in = SignInSession(
        user_id=by.user_id, token_sha256=fingerprint(str(at)), started_at=at, last_deed_at=at
    )
    session.add(sign_in)
    session.flush()
    note_viewed(session, sign_in.id, child.id, by=by, at=at)


def how_often(moment: str, times: int) -> str:
    return (
        f"When this child was {moment}, {times} earlier contacts in 3 months "
        f"and {times} in 12 months were counted."
    )


def test_everything_that_rested_on_it_is_listed_before_and_after(session, beth, dan, wrong):
    namesake, again, _ = wrong
    looked_at(session, namesake, by=beth, at=MONDAY_NINE + DAY)
    looked_at(session, again, by=dan, at=MONDAY_NINE + 2 * DAY)
    looked_at(session, namesake, by=dan, at=AT + DAY)  # after the link was undone
    facts = ConsentFacts("Rosa", "early_help", "given")
    record_consent(session, namesake.id, facts, by=beth, at=MONDAY_NINE + DAY)

    before = rests_on_link_of(session, namesake.id, by=dan, at=AT)
    recall_match(session, namesake.id, because="Another Mia", by=dan, at=AT)
    (review,) = open_link_reviews(session, by=dan)

    assert (review.because, review.by_name, review.at) == ("Another Mia", dan.name, AT)
    listed = sorted((each.heading, each.contact_child_id, each.words) for each in review.rested)
    agreed, decided_on, counted, seen = (
        "Agreement recorded meanwhile",
        "Decisions and referrals",
        "Repeat contacts counted",
        "Who saw what",
    )
    one, two = namesake.id, again.id
    assert listed == sorted([
        (agreed, one, "An answer about early help was recorded: given."),
        (decided_on, one, "The decision was taken for the record that was linked."),
        (decided_on, one, "The referral was counted for the record that was linked."),
        (decided_on, two, "The decision counted a contact that is about another child."),
        (decided_on, two, "The referral was counted as a re-referral."),
        (counted, one, how_often("sent to a manager", 1)),
        (counted, one, how_often("decided", 1)),
        (counted, two, how_often("sent to a manager", 2)),
        (counted, two, how_often("decided", 2)),
        (seen, one, f"{beth.name} opened this contact once, "
                    "with what is on record of the other child."),
        (seen, two, f"{dan.name} opened this contact once, with the wrongly linked one beside it."),
    ])  # fmt: skip
    assert sorted(words for found in before.values() for words in found) == sorted(
        words for _, _, words in listed
    )
    assert not any("Mia" in words or "Rosa" in words for _, _, words in listed)


def test_nothing_is_destroyed_and_who_saw_it_stands_on_the_trail(session, beth, dan, wrong):
    namesake, _, _ = wrong
    looked_at(session, namesake, by=beth, at=MONDAY_NINE + DAY)
    tables = (Decision, FactsFrozen, Referral)
    before = [len(session.scalars(select(table)).all()) for table in tables]
    recall_match(session, namesake.id, because="Another Mia", by=dan, at=AT)

    assert [len(session.scalars(select(table)).all()) for table in tables] == before
    assert (namesake.person_id, namesake.household_id) == (None, None)
    assert (str(namesake.status), namesake.decided_at) == ("decided", MONDAY_NINE + DAY)
    line = session.scalars(select(AuditEvent).where(AuditEvent.kind == "match:recalled")).one()
    assert (line.about, line.detail["seen_by"]) == (str(namesake.id), [str(beth.user_id)])
    (told,) = seen_through_undone_links(session, by=beth, at=AT)
    assert (told.contact_child_id, told.undone_at) == (namesake.id, AT)
    assert seen_through_undone_links(session, by=dan, at=AT) == []
    assert seen_through_undone_links(session, by=beth, at=AT + 29 * DAY) == []


def test_a_manager_looks_at_each_anew_with_words_and_the_last_one_closes_it(
    session, beth, carol, dan, wrong
):
    namesake, _, mia = wrong
    recall_match(session, namesake.id, because="Another Mia", by=dan, at=AT)
    (review,) = open_link_reviews(session, by=carol)
    *most, last = review.rested
    with pytest.raises(NotReady, match="what you found"):
        settle_rested(session, last.id, " ", by=carol, at=AT)
    for each in most:
        settle_rested(session, each.id, "Stands all the same.", by=carol, at=AT)
    with pytest.raises(Changed):
        settle_rested(session, most[0].id, "x", by=dan, at=AT)
    with pytest.raises(NotReady, match="who this child is"):
        settle_rested(session, last.id, "Stands.", by=carol, at=AT)

    own = record_new_person(session, namesake.id, by=beth, at=AT)
    settle_rested(session, last.id, "Stands.", by=carol, at=AT + HOUR)
    assert open_link_reviews(session, by=carol) == []
    (closed,) = link_reviews_of(session, namesake.id, by=beth)
    assert (closed.closed_at, closed.still_open) == (AT + HOUR, ())
    assert {each.settled_by_name for each in closed.rested} == {carol.name}
    with pytest.raises(Changed, match="linked already"):
        confirm_match(session, namesake.id, mia, by=beth, at=AT)
    referral = select(Referral.person_id).where(Referral.contact_child_id == namesake.id)
    assert session.scalar(referral) == own.id


def test_a_referral_is_nobodys_until_it_is_said_again_whose(session, dan, wrong):
    namesake, again, mia = wrong
    recall_match(session, namesake.id, because="Another Mia", by=dan, at=AT)
    rows = session.execute(select(Referral.contact_child_id, Referral.person_id))
    assert {row.contact_child_id: row.person_id for row in rows} == {
        namesake.id: None,
        again.id: mia,
    }


def test_only_a_manager_calls_back_with_a_reason_and_only_what_was_decided(
    session, amara, beth, carol, wrong
):
    namesake, _, _ = wrong
    with pytest.raises(NotAllowed):
        recall_match(session, namesake.id, because="x", by=beth, at=AT)
    with pytest.raises(NotReady, match="why"):
        recall_match(session, namesake.id, because=" ", by=carol, at=AT)
    fresh = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth, at=AT)
    with pytest.raises(NotReady, match="not decided yet"):
        recall_match(session, fresh.id, because="x", by=carol, at=AT)
    recall_match(session, namesake.id, because="x", by=carol, at=AT)
    with pytest.raises(NotFound, match="no link"):
        recall_match(session, namesake.id, because="x", by=carol, at=AT)


def test_a_link_undone_before_the_decision_is_reviewed_where_another_child_was_decided_on_it(
    session, amara, beth, dan
):
    first = stories.a_child(session, sent_by=amara, at=MONDAY_NINE)
    mia = record_new_person(session, first.id, by=beth, at=MONDAY_NINE).id
    namesake = stories.a_child(session, ELSEWHERE, sent_by=amara, at=MONDAY_NINE + DAY)
    confirm_match(session, namesake.id, mia, by=beth, at=MONDAY_NINE + DAY)
    undo_match(session, namesake.id, because="Slip", by=beth, at=MONDAY_NINE + DAY + HOUR)
    assert open_link_reviews(session, by=dan) == []

    confirm_match(session, namesake.id, mia, by=beth, at=MONDAY_NINE + 2 * DAY)
    again = stories.a_child(session, sent_by=amara, at=MONDAY_NINE + 2 * DAY)
    take_up(session, again.id, by=beth, at=MONDAY_NINE + 2 * DAY)
    confirm_match(session, again.id, mia, by=beth, at=MONDAY_NINE + 2 * DAY)
    decided(session, again, at=MONDAY_NINE + 3 * DAY)
    undo_match(session, namesake.id, because="Another Mia", by=beth, at=AT)
    (review,) = open_link_reviews(session, by=dan)
    assert {each.contact_child_id for each in review.rested} == {again.id}


def test_a_review_of_a_restricted_record_is_not_there_for_others(session, beth, carol, dan, wrong):
    namesake, _, mia = wrong
    eve = stories.a_manager(session, "Eve Marlow")
    recall_match(session, namesake.id, because="Another Mia", by=dan, at=AT)
    restrict_person(
        session, mia, reason="x", review_on=(AT + 90 * DAY).date(),
        readers=[carol.user_id, eve.user_id], by=carol, at=AT,
    )  # fmt: skip
    (review,) = open_link_reviews(session, by=carol)
    assert open_link_reviews(session, by=dan) == []
    assert link_reviews_of(session, namesake.id, by=dan) == []
    with pytest.raises(NotFound):
        settle_rested(session, review.rested[0].id, "x", by=dan, at=AT)
