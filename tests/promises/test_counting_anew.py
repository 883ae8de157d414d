"""A bank holiday that was proclaimed late moves every time that counts working days."""

from datetime import date, timedelta
from threading import Thread
from uuid import uuid4

from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.clocks.actions import happened
from mash_triage.clocks.models import Clock, PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import ClockKind
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.hand_on.actions import open_special, pass_on, send_on
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending, Passing
from mash_triage.hand_on.models import PassedOn
from mash_triage.handover.actions import hand_over_to_day
from mash_triage.handover.models import Handover
from mash_triage.promises.actions import recount
from mash_triage.screening.actions import set_rag
from mash_triage.thresholds.routes import Rag
from tests.cast import AMARA, BETH, CAROL, MONDAY_NINE
from tests.stories import HOUR, a_child, a_child_taken_up, a_decided_child

DAY = timedelta(days=1)
JOB = Actor.job("the tests")
LATE = BankHolidays(added={date(2026, 1, 13): "A day of mourning"})


def test_a_ratings_own_time_moves_with_a_bank_holiday_proclaimed_late(session):
    child = a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
    at = MONDAY_NINE + 2 * HOUR
    set_rag(session, child.id, Rag.AMBER, "As seen.", by=BETH, at=at)
    session.flush()
    row = session.scalars(select(PromiseRecord).where(PromiseRecord.code == "amber_decided")).one()
    assert row.due_at == at + DAY
    recount(session, LATE, by=JOB, at=at)
    assert row.due_at == at + 2 * DAY


def test_what_is_handed_on_shows_the_time_to_which_its_promise_has_moved(session):
    people = {"sent_by": AMARA, "screened_by": BETH, "decided_by": CAROL}
    child = a_decided_child(session, **people)
    at = MONDAY_NINE + 4 * HOUR
    row = pass_on(session, child.id, Passing.TRANSFER, by=CAROL, at=at)
    send_on(session, row.id, "Northmoor", "", by=BETH, at=at)
    ending = open_special(
        session, child.id, Ending.PRIVATE_FOSTERING, EndingFacts("The officer", at), by=BETH, at=at
    )
    named = open_special(
        session, child.id, Ending.MARAC, EndingFacts("Her", at, date(2026, 1, 20)), by=BETH, at=at
    )
    words = {"done": "Rang the police.", "outstanding": "Ring again.", "who_knows": "Police"}
    handed = hand_over_to_day(session, child.id, **words, by=BETH, at=at)
    session.flush()
    night = session.get_one(Handover, handed)
    was = (row.due_at, ending.due_at, named.due_at, night.due_at)
    recount(session, LATE, by=JOB, at=at)
    assert (row.due_at, ending.due_at) == (was[0] + DAY, was[1] + DAY)
    assert (named.due_at, night.due_at) == (was[2], was[3] + DAY)
    promised = session.scalars(
        select(PromiseRecord.due_at).where(PromiseRecord.about.in_([row.id, ending.id, night.id]))
    )
    assert set(promised) == {row.due_at, ending.due_at, night.due_at}


def test_a_time_that_somebody_named_stays(session):
    child = a_child_taken_up(session, sent_by=AMARA, screened_by=BETH)
    at, named = MONDAY_NINE + 2 * HOUR, MONDAY_NINE + 30 * HOUR
    told = {"took_place_at": at, "about": uuid4(), "due_at": named, "by": BETH, "at": at}
    happened(session, child.id, Moment.INFORMATION_ASKED, **told)
    recount(session, LATE, by=JOB, at=at)
    asked = PromiseRecord.code == "information_reply"
    assert session.scalars(select(PromiseRecord.due_at).where(asked)).one() == named


def test_the_working_day_clock_of_a_night_begins_on_the_next_day_that_is_one(session):
    evening = MONDAY_NINE + 11 * HOUR
    child = a_child(session, sent_by=AMARA, at=evening)
    recount(session, LATE, by=JOB, at=evening)
    of_day = (Clock.contact_child_id == child.id, Clock.kind == ClockKind.ONE_WORKING_DAY)
    clock = session.scalars(select(Clock).where(*of_day)).one()
    assert clock.started_at == MONDAY_NINE + 2 * DAY  # Wednesday, for Tuesday is none
    assert clock.due_at == MONDAY_NINE + 3 * DAY


def test_what_a_deed_holds_is_counted_another_time_and_nobody_waits(database):
    at = MONDAY_NINE + 4 * HOUR
    with database.work() as session:
        people = {"sent_by": AMARA, "screened_by": BETH, "decided_by": CAROL}
        child = a_decided_child(session, **people)
        passed = pass_on(session, child.id, Passing.TRANSFER, by=CAROL, at=at).id
        send_on(session, passed, "Northmoor", "", by=BETH, at=at)
    done = []

    def count_anew():
        with database.work() as session:
            done.append(recount(session, LATE, by=JOB, at=at))

    job = Thread(target=count_anew)
    with database.work() as deed:
        deed.get_one(PassedOn, passed, with_for_update=True)
        job.start()
        job.join(3 if deed.get_bind().dialect.name == "postgresql" else 0.1)
    job.join()
    with database.work() as session:
        recount(session, LATE, by=JOB, at=at)
    with database.look() as session:
        of_it = select(PromiseRecord.due_at).where(PromiseRecord.about == passed)
        assert session.get_one(PassedOn, passed).due_at == session.scalars(of_it).one()
        assert session.scalars(of_it).one() == at + 2 * DAY
    held = 1 if database.engine.dialect.name == "postgresql" else 0
    assert [each.held for each in done] == [held]
