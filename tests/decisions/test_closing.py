"""A child is closed only when nobody waits to be found, heard or seen."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mash_triage.after_decision.actions import record_visit
from mash_triage.after_decision.counted import measures_after_decision
from mash_triage.after_decision.rules import Visited
from mash_triage.clocks.actions import happened
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.contacts.history import earlier_contacts, repeat_counts
from mash_triage.contacts.models import StatusMove
from mash_triage.contacts.status import ForSender, Status, for_sender
from mash_triage.decisions.actions import close_child
from mash_triage.decisions.rules import closes_as
from mash_triage.decisions.tasks import why_open
from mash_triage.errors import NotReady
from mash_triage.hand_on.actions import pass_on, record_accepted, send_on
from mash_triage.hand_on.kinds import Passing
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.missing import actions as missing
from mash_triage.missing.rules import NoticeFacts, ReturnFacts
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from tests import stories
from tests.cast import AMARA, BETH, CAROL
from tests.stories import HOUR, MONDAY_NINE

AT = MONDAY_NINE + 4 * HOUR
WHY = {"departure": DepartureReason.PROFESSIONAL_JUDGEMENT, "departure_words": "x"}
SEEN = Visited(AT, "Beth", "At home", True, "", True, "", "Mia", "In play")


def decided(session, **decision):
    """Decided by Carol, so that nothing is handed on but what a test says."""
    told = {"outcome": Outcome.S17_ASSESSMENT, "route": Route.S17, "level": 4, **WHY, **decision}
    return stories.a_decided_child(
        session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL, **told
    )


@pytest.fixture
def mia(session):
    return decided(session)


def decided_for_s47(session):
    return decided(session, outcome=Outcome.STRATEGY_DISCUSSION, route=Route.S47)


def discussed(session, child, *, s47):
    """As a discussion that was held and closed reports it."""
    for moment in (Moment.STRATEGY_HELD, *((Moment.S47_STARTED,) if s47 else ())):
        happened(session, child.id, moment, took_place_at=AT, by=CAROL, at=AT)


def refused(session, child, words, at=AT + 9 * HOUR):
    assert any(words in each for each in why_open(session, child.id, by=CAROL))
    with pytest.raises(NotReady, match=words):
        close_child(session, child.id, by=CAROL, at=at)
    assert child.status == Status.DECIDED


def test_a_child_who_is_missing_is_not_closed_before_the_interview_is_over(session, mia):
    facts = NoticeFacts(AT - HOUR, "Bus stop", "Her mother", looked_after="no")
    row = missing.record_missing(session, mia.id, facts, by=BETH, at=AT)
    refused(session, mia, "no manager has read the missing notice")
    missing.review_missing(session, row.id, "Police told.", by=CAROL, at=AT)
    refused(session, mia, "the child is missing")
    back = ReturnFacts(AT + HOUR, "by_police")
    missing.record_return(session, row.id, back, by=BETH, at=AT + HOUR)
    refused(session, mia, "the return home interview is not over")
    told = {"by": BETH, "at": AT + 2 * HOUR}
    offer = missing.offer_return_interview(
        session, row.id, AT + 2 * HOUR, "Youth service", to_child=True, **told
    )
    missing.answer_return_interview(session, offer.id, "declined", "Nothing to say.", **told)
    close_child(session, mia.id, by=CAROL, at=AT + 3 * HOUR)
    assert mia.status == Status.CLOSED


def test_a_child_at_risk_is_not_closed_before_somebody_has_seen_it(session):
    mia = decided_for_s47(session)
    discussed(session, mia, s47=True)
    refused(session, mia, "was not seen since section 47 was decided")
    missed = Visited(AT - HOUR, "Beth", "At home", False, "Nobody in; again at six.")
    record_visit(session, mia.id, missed, by=BETH, at=AT)
    refused(session, mia, "was not seen since section 47 was decided")
    record_visit(session, mia.id, SEEN, by=BETH, at=AT + timedelta(minutes=1))
    close_child(session, mia.id, by=CAROL, at=AT + HOUR)
    assert mia.status == Status.CLOSED


def test_after_a_discussion_without_section_47_nobody_need_have_seen_the_child(session):
    mia = decided_for_s47(session)
    discussed(session, mia, s47=False)
    close_child(session, mia.id, by=CAROL, at=AT)
    assert mia.status == Status.CLOSED


def test_a_child_whom_another_authority_has_is_seen_by_them(session):
    mia = decided_for_s47(session)
    discussed(session, mia, s47=True)
    row = pass_on(session, mia.id, Passing.TRANSFER, by=CAROL, at=AT)
    send_on(session, row.id, "Northmoor", "", by=CAROL, at=AT)
    jo = AnswerFacts("Jo Hart", "Duty manager", "By telephone")
    record_accepted(session, row.id, jo, by=CAROL, at=AT)
    close_child(session, mia.id, by=CAROL, at=AT)
    assert mia.status == Status.CLOSED


def test_a_child_to_be_assessed_who_was_closed_unseen_counts_as_not_seen(session, mia):
    close_child(session, mia.id, by=CAROL, at=AT)
    weeks_on = AT + timedelta(days=14)
    told = {"days": 30, "by": BETH, "at": weeks_on}
    found = {each.code: each for each in measures_after_decision(session, **told)}
    assert (found["K25"].met, found["K25"].counted) == (0, 1)


def test_what_was_late_when_the_child_was_closed_stays_counted(session, mia):
    closed_at = AT + timedelta(days=5)  # nobody was named to work with her within a day
    close_child(session, mia.id, by=CAROL, at=closed_at)
    told = {"days": 30, "by": BETH, "at": closed_at + HOUR}
    found = {each.code: each for each in measures_after_decision(session, **told)}
    assert (found["K26"].met, found["K26"].counted) == (0, 1)


def test_nobody_is_closed_undecided_or_a_second_time(session, mia):
    waiting = stories.a_child_awaiting_decision(
        session, {"given_names": "Kit"}, sent_by=AMARA, screened_by=BETH
    )
    with pytest.raises(NotReady, match="not decided yet"):
        close_child(session, waiting.id, by=CAROL, at=AT)
    close_child(session, mia.id, by=CAROL, at=AT)
    with pytest.raises(NotReady, match="This child is closed"):
        close_child(session, mia.id, by=CAROL, at=AT + HOUR)


def test_what_was_promised_of_a_closed_child_runs_no_longer(session, mia):
    close_child(session, mia.id, by=CAROL, at=AT)
    session.flush()
    of_mia = PromiseRecord.contact_child_id == mia.id
    ended = {row.code: row.ended for row in session.scalars(select(PromiseRecord).where(of_mia))}
    assert (ended["allocated"], ended["assessment"]) == ("lapsed", "lapsed")


def test_what_a_manager_decided_as_sent_twice_is_void_once_she_closes_it(session):
    mia = decided(session, **stories.SENT_TWICE)
    assert for_sender(Status(mia.status)) is ForSender.DECIDED
    close_child(session, mia.id, by=CAROL, at=AT)
    session.flush()
    assert (mia.status, for_sender(mia.status)) == (Status.VOID, ForSender.VOID)
    move = session.scalars(select(StatusMove).where(StatusMove.moved_to == Status.VOID)).one()
    assert (move.contact_child_id, move.moved_by) == (mia.id, CAROL.user_id)
    runs = select(PromiseRecord.code).where(
        PromiseRecord.contact_child_id == mia.id, PromiseRecord.ended.is_(None)
    )
    assert session.scalars(runs).all() == []
    assert why_open(session, mia.id, by=CAROL) == []
    for deed in (
        lambda: close_child(session, mia.id, by=CAROL, at=AT + HOUR),
        lambda: pass_on(session, mia.id, Passing.TRANSFER, by=CAROL, at=AT + HOUR),
    ):
        with pytest.raises(NotReady, match="A new worry comes as a new contact"):
            deed()
    assert mia.status == Status.VOID


def test_a_child_whom_another_authority_took_is_closed_whatever_was_decided():
    assert closes_as(Status.DECIDED, Outcome.DUPLICATE_OR_ERROR) is Status.VOID
    assert closes_as(Status.TRANSFERRED, Outcome.DUPLICATE_OR_ERROR) is Status.CLOSED
    assert closes_as(Status.DECIDED, Outcome.ADVICE) is Status.CLOSED


def test_what_was_sent_twice_stays_in_the_history_and_is_no_repeat(session):
    mia = decided(session, **stories.SENT_TWICE)
    again = stories.a_child_taken_up(
        session, sent_by=AMARA, screened_by=BETH, at=MONDAY_NINE + 30 * HOUR
    )
    assert repeat_counts(session, again, by=BETH) == (1, 1)
    close_child(session, mia.id, by=CAROL, at=AT)
    session.flush()
    assert repeat_counts(session, again, by=BETH) == (0, 0)
    [earlier] = earlier_contacts(session, again, by=BETH)
    assert (earlier.contact_child_id, earlier.status) == (mia.id, Status.VOID)
