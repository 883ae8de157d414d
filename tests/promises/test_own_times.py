"""A bank holiday that was proclaimed late moves what stands on a record of its own as well."""

from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import delete, select

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.models import WrittenConfirmation
from mash_triage.decisions.actions import record_decision, review_night_decision
from mash_triage.decisions.models import NightDecision
from mash_triage.disagreements.actions import (
    accept_answer,
    answer_disagreement,
    raise_disagreement,
    resolve_disagreement,
)
from mash_triage.disagreements.rules import ResolutionFacts
from mash_triage.disagreements.stages import Resolution
from mash_triage.enquiries.actions import ask_agency, close_request
from mash_triage.enquiries.models import InformationRequest
from mash_triage.handover.actions import hand_over_to_day, mark_handover_read
from mash_triage.handover.models import Handover
from mash_triage.promises.actions import recount
from mash_triage.settings import settings
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DAN, MONDAY_NINE, email_of
from tests.enquiries.conftest import an_agency, request_facts
from tests.stories import HOUR

DAY = timedelta(days=1)
JOB = Actor.job("the tests")
TUESDAY = date(2026, 1, 13)
LATE = BankHolidays(added={TUESDAY: "A day of mourning"})
NIGHT = MONDAY_NINE + 10 * HOUR


def count(session, holidays, at=NIGHT):
    session.flush()
    return recount(session, holidays, by=JOB, at=at).moved


def moves(session):
    """What the trail says of times that moved: what, from when, to when."""
    rows = session.scalars(select(AuditEvent).where(AuditEvent.kind == "promise:moved"))
    return {row.detail["code"]: (row.detail["was"], row.detail["now"]) for row in rows}


def said(was, now):
    return str(was), str(now)


def promised(session, about):
    of_it = select(PromiseRecord.due_at).where(PromiseRecord.about == about)
    return session.scalars(of_it).one()


def a_call(session):
    """What Amara is asked to write after a call that Beth took."""
    call = {"channel": "telephone", "received_at": MONDAY_NINE}
    stories.a_receipt(session, sent_by=BETH, **call, referrer={"email": email_of(AMARA)})
    return session.scalars(select(WrittenConfirmation)).one()


def a_disagreement(session):
    child = stories.a_decided_child(session, sent_by=AMARA, screened_by=BETH, decided_by=CAROL)
    told = {"by": AMARA, "at": MONDAY_NINE + 4 * HOUR}
    return raise_disagreement(session, child.id, "Worse off.", "An assessment", **told)


def a_request(session):
    """The police are asked an hour before closing, and have half of the time left to the decision,
    which is due on Tuesday at four.
    """
    at = MONDAY_NINE + 7 * HOUR
    child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH, at=at)
    stories.screen(session, child, by=BETH, at=at, rag="green")
    facts = request_facts(
        an_agency(session, "Police district", "police"),
        why_not_asked="undue_delay",
        why_not_words="Nobody answers the telephone.",
    )
    row = ask_agency(session, child.id, facts, by=BETH, at=at)
    return session.get_one(InformationRequest, getattr(row, "id", row))


@pytest.fixture
def night_alone(monkeypatch):
    """One qualified person may decide alone at night."""
    monkeypatch.setenv("MASH_NIGHT_SINGLE_DECIDER", "true")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def a_night_decision(session):
    child = stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=CAROL, at=NIGHT)
    record_decision(session, child.id, stories.a_decision(), by=CAROL, at=NIGHT + HOUR)
    return session.scalars(select(NightDecision)).one()


@pytest.mark.usefixtures("night_alone")
def test_nothing_moves_while_the_days_are_what_they_were(session):
    made = [each(session) for each in (a_night_decision, a_disagreement, a_call)]
    was = [each.due_at for each in made]
    assert count(session, BankHolidays()) == 0
    assert [each.due_at for each in made] == was
    assert moves(session) == {}


@pytest.mark.usefixtures("night_alone")
def test_the_review_of_a_nights_decision_waits_for_the_next_day_that_opens(session):
    marked = a_night_decision(session)
    was = marked.due_at
    assert was == MONDAY_NINE + 25 * HOUR
    count(session, LATE)
    assert marked.due_at == was + DAY
    assert moves(session)["night_review"] == said(was, was + DAY)


@pytest.mark.usefixtures("night_alone")
def test_what_was_reviewed_stays(session):
    marked = a_night_decision(session)
    was = marked.due_at
    review_night_decision(session, marked.id, "I agree", by=DAN, at=NIGHT + 2 * HOUR)
    count(session, LATE)
    assert marked.due_at == was
    assert "night_review" not in moves(session)


def test_a_stage_of_a_disagreement_moves_with_the_days_and_back_while_the_front_door_has_it(
    session, monkeypatch
):
    monkeypatch.setenv("MASH_ESCALATION_WORKING_DAYS", "[1,1,2,5,10]")
    settings.cache_clear()
    row = a_disagreement(session)
    was = row.due_at
    count(session, LATE)
    assert row.due_at == was + DAY
    assert moves(session)["disagreement"] == said(was, was + DAY)
    count(session, BankHolidays())
    assert row.due_at == was, "nobody outside loses time by it"
    settings.cache_clear()


def test_an_agency_has_more_time_to_reply_to_an_answer_and_never_less(session):
    row = a_disagreement(session)
    answer_disagreement(session, row.id, "Considered.", by=BETH, at=MONDAY_NINE + 5 * HOUR)
    was = row.due_at
    assert was == MONDAY_NINE + 5 * HOUR + DAY
    count(session, LATE)
    assert row.due_at == was + DAY
    count(session, BankHolidays())
    assert row.due_at == was + DAY


def test_a_disagreement_that_ended_stays(session):
    row = a_disagreement(session)
    told = {"at": MONDAY_NINE + 6 * HOUR}
    answer_disagreement(session, row.id, "Considered.", by=BETH, **told)
    accept_answer(session, row.id, "", by=AMARA, **told)
    ended = ResolutionFacts(Resolution.AGREED, "Agreed.", "Beth Hollis", "Say it sooner.")
    resolve_disagreement(session, row.id, ended, by=DAN, **told)
    was = row.due_at
    count(session, LATE)
    assert row.due_at == was


def test_a_call_is_confirmed_a_day_later_and_its_promise_says_so_too(session):
    asked = a_call(session)
    was = asked.due_at
    assert promised(session, asked.contact_id) == was == MONDAY_NINE + DAY
    count(session, LATE)
    assert asked.due_at == promised(session, asked.contact_id) == was + DAY
    assert moves(session)["written_confirmation"] == said(was, was + DAY)
    count(session, BankHolidays())
    assert asked.due_at == promised(session, asked.contact_id) == was + DAY, "she was asked by then"


def test_an_agencys_time_hangs_on_the_working_day_clock_that_moves_first(session):
    row = a_request(session)
    was = row.due_at
    assert was == promised(session, row.id)
    count(session, LATE)
    assert row.due_at == promised(session, row.id) == was + DAY
    assert moves(session)["information_reply"] == said(was, was + DAY)
    count(session, BankHolidays())
    assert row.due_at == promised(session, row.id) == was + DAY, "no agency finds less time"


def test_nobody_waits_longer_for_a_request_that_was_closed(session):
    row = a_request(session)
    close_request(session, row.id, "Answered by telephone.", by=BETH, at=NIGHT)
    was = row.due_at
    count(session, LATE)
    assert row.due_at == was


def test_what_an_edition_promises_nothing_of_moves_all_the_same(session):
    """A request, a call and a handover have their time also where no promise stands beside it."""
    row, asked = a_request(session), a_call(session)
    words = {"done": "Rang.", "outstanding": "Ring again.", "who_knows": "Police"}
    handed = hand_over_to_day(session, row.contact_child_id, **words, by=BETH, at=NIGHT)
    session.flush()
    night = session.get_one(Handover, handed)
    about = PromiseRecord.about.in_([row.id, asked.contact_id, night.id])
    session.execute(delete(PromiseRecord).where(about))
    was = {"information_reply": row.due_at, "written_confirmation": asked.due_at,
           "handover_read": night.due_at}  # fmt: skip
    count(session, LATE)
    assert row.due_at == was["information_reply"] + DAY
    assert asked.due_at == was["written_confirmation"] + DAY
    assert night.due_at == was["handover_read"] + DAY
    told = moves(session)
    assert {code: told[code] for code in was} == {
        code: said(due, due + DAY) for code, due in was.items()
    }


def test_a_handover_that_was_read_stays(session):
    child = stories.a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
    words = {"done": "Rang.", "outstanding": "Ring again.", "who_knows": "Police"}
    handed = hand_over_to_day(session, child.id, **words, by=BETH, at=NIGHT)
    mark_handover_read(session, handed, by=DAN, at=NIGHT + HOUR)
    session.flush()
    was = session.get_one(Handover, handed).due_at
    count(session, LATE)
    assert session.get_one(Handover, handed).due_at == was


def test_what_a_deed_holds_is_moved_another_time_with_its_promise(database):
    with database.work() as session:
        request_id = a_request(session).id
        session.flush()
        was = promised(session, request_id)
    done = []

    def count_anew():
        with database.work() as session:
            done.append(recount(session, LATE, by=JOB, at=NIGHT))

    job = Thread(target=count_anew)
    with database.work() as deed:
        deed.get_one(InformationRequest, request_id, with_for_update=True)
        job.start()
        job.join(3 if deed.get_bind().dialect.name == "postgresql" else 0.1)
    job.join()
    if database.engine.dialect.name == "postgresql":
        assert [each.held for each in done] == [1]
    with database.work() as session:
        assert recount(session, LATE, by=JOB, at=NIGHT).held == 0
    with database.look() as session:
        assert session.get_one(InformationRequest, request_id).due_at == was + DAY
        assert promised(session, request_id) == was + DAY
