"""Early help starts when somebody who may agree has agreed, and no refusal still stands."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from mash_triage.consent.actions import ConsentFacts, record_consent
from mash_triage.decisions.actions import record_decision, record_help_agreed, start_help
from mash_triage.decisions.models import HelpOffer
from mash_triage.errors import Changed, NotReady
from tests import stories
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 3 * HOUR
RACES = 40 if os.environ.get("MASH_SOAK") else 5


@pytest.fixture
def offered(session, amara, beth, carol):
    return stories.a_decided_child(session, sent_by=amara, screened_by=beth, decided_by=carol)


def said(session, child, subject, status, *, by, covers="early_help", at=AT, **more):
    facts = ConsentFacts(subject, covers, status, words="As she said.", **more)
    return record_consent(session, child.id, facts, by=by, at=at)


def test_agreement_of_somebody_without_a_say_is_none(session, beth, carol, offered):
    said(session, offered, "A neighbour", "given", capacity="none", by=beth)
    for deed in (record_help_agreed, start_help):
        with pytest.raises(NotReady, match="agreement"):
            deed(session, offered.id, by=carol, at=AT)
    said(session, offered, "Rosa Thornbury", "given", by=beth)
    start_help(session, offered.id, by=carol, at=AT)


@pytest.mark.parametrize("status", ["refused", "withdrawn"])
def test_the_other_parents_refusal_is_settled_before_help_starts(
    session, beth, carol, offered, status
):
    said(session, offered, "Rosa Thornbury", "given", by=beth)
    said(session, offered, "Tom Thornbury", status, by=beth)
    record_help_agreed(session, offered.id, by=beth, at=AT)
    with pytest.raises(NotReady, match="refused early help: record what was agreed with them"):
        start_help(session, offered.id, by=carol, at=AT)
    said(session, offered, "Tom Thornbury", "given", by=beth, at=AT + HOUR)
    start_help(session, offered.id, by=carol, at=AT + HOUR)


@pytest.mark.parametrize("refusal", [{"capacity": "none"}, {"covers": "sharing"}])
def test_a_refusal_of_something_else_or_by_somebody_without_a_say_stops_nothing(
    session, beth, carol, offered, refusal
):
    said(session, offered, "Rosa Thornbury", "given", by=beth)
    said(session, offered, "Tom Thornbury", "refused", by=beth, **refusal)
    start_help(session, offered.id, by=carol, at=AT)


def test_a_standing_refusal_stops_no_decision(session, amara, beth, carol):
    child = stories.a_child_awaiting_decision(session, sent_by=amara, screened_by=beth)
    said(session, child, "Tom Thornbury", "refused", by=beth)
    record_decision(session, child.id, stories.a_decision(), by=carol, at=AT)


def test_of_a_withdrawal_and_a_start_at_the_same_moment_one_waits_for_the_other(
    database, amara, beth, carol
):
    """Whatever comes first, help is never started on an agreement that was gone by then."""
    for _ in range(RACES):
        with database.work() as session:
            child = stories.a_decided_child(
                session,
                sent_by=amara,
                screened_by=beth,
                decided_by=carol,
                repeat_comment="Known to us.",
            )
            said(session, child, "Rosa Thornbury", "given", by=beth)
        ready = Barrier(2, timeout=30)

        def withdraw(child=child, ready=ready):
            ready.wait()
            with database.work() as session:
                said(session, child, "Rosa Thornbury", "withdrawn", by=beth, at=AT + HOUR)
                offer = session.query(HelpOffer).where(HelpOffer.contact_child_id == child.id).one()
                return offer.started_at is not None

        def start(child=child, ready=ready):
            ready.wait()
            try:
                with database.work() as session:
                    start_help(session, child.id, by=carol, at=AT + timedelta(hours=1))
            except NotReady:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(withdraw)
            started = pool.submit(start).result()
            assert first.result() == started


def test_two_answers_of_one_person_at_once_never_replace_the_same_one(database, amara, beth):
    with database.work() as session:
        child = stories.a_child_taken_up(session, sent_by=amara, screened_by=beth)
        first = said(session, child, "Rosa Thornbury", "given", by=beth).id
    ready = Barrier(2, timeout=30)

    def change(status):
        ready.wait()
        try:
            with database.work() as session:
                said(session, child, "Rosa Thornbury", status, by=beth, replaces_id=first)
        except Changed:
            return "replaced already"
        return "recorded"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, ("refused", "withdrawn"))) == [
            "recorded",
            "replaced already",
        ]
