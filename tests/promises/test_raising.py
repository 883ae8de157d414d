"""The job that warns and says what is past: each point once, whoever runs it and whatever dies."""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select, text

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.after_decision.queries import followed_up
from mash_triage.audit import trail
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.actions import happened
from mash_triage.clocks.models import Clock, PointRaised, PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import ClockKind
from mash_triage.clocks.working_days import BankHolidays
from mash_triage.contacts.actions import record_protective_action
from mash_triage.contacts.queries import fetch_child
from mash_triage.db.engine import open_database
from mash_triage.decisions.actions import record_decision
from mash_triage.errors import NotAllowed
from mash_triage.outbox.kinds import Kind
from mash_triage.outbox.models import OutboxMessage
from mash_triage.promises.actions import anything_to_raise, raise_due, recount
from mash_triage.promises.queries import (
    Wanted,
    promises_of_child,
    running_promises,
)
from mash_triage.thresholds.promises import Holder
from mash_triage.thresholds.routes import DepartureReason, Outcome, Route
from mash_triage.worklists.board import board
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DAN, MONDAY_NINE
from tests.stories import HOUR, a_child

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ROUNDS = 100 if os.environ.get("MASH_SOAK") else 2
LONGEST_RAISING = 0.3  # seconds after its start in which a replica is killed
JOB = Actor.job("the tests")


def needs_discussion(session, *, at=MONDAY_NINE, **more):
    """A child of whom a strategy discussion is needed within 24 hours; warned at 50 and 80."""
    child = a_child(session, sent_by=AMARA, at=at, **more)
    happened(session, child.id, Moment.STRATEGY_NEEDED, took_place_at=at, by=JOB, at=at)
    return child


def without_clocks(session):
    """Only promises are looked at: the decision's own clocks are stopped."""
    session.flush()
    for clock in session.scalars(select(Clock)):
        clock.stopped_at, clock.next_point_at = MONDAY_NINE, None
    session.flush()


def points(session, row):
    rows = select(PointRaised.point).where(PointRaised.of_id == row.id)
    return list(session.scalars(rows.order_by(PointRaised.point)))


def mails(session):
    rows = select(OutboxMessage).where(OutboxMessage.kind.like("promise%"))
    return sorted((m.kind, m.to_user) for m in session.scalars(rows))


def discussion(session, child):
    return session.scalars(
        select(PromiseRecord).where(
            PromiseRecord.contact_child_id == child.id,
            PromiseRecord.code == "strategy_discussion",
        )
    ).one()


MANAGERS = sorted([CAROL.user_id, DAN.user_id])


def test_each_point_is_raised_when_it_comes_and_once(session, messages_out):
    row = discussion(session, needs_discussion(session))
    without_clocks(session)
    for hours, expected in ((11, []), (12, [50]), (15, [50]), (20, [50, 80]), (25, [50, 80, 100])):
        for _again in range(2):
            raise_due(session, at=MONDAY_NINE + hours * HOUR + MINUTE)
            assert points(session, row) == expected
    session.flush()
    assert mails(session) == sorted(
        [(kind, user) for kind in (Kind.PROMISE_NEARLY_DUE,) * 2 + (Kind.PROMISE_PAST,)
         for user in MANAGERS]
    )  # fmt: skip
    session.refresh(row)
    assert row.next_point_at is None
    assert not anything_to_raise(session, at=MONDAY_NINE + 400 * DAY)


def test_exactly_at_the_due_time_nothing_is_past(session):
    row = discussion(session, needs_discussion(session))
    raise_due(session, at=MONDAY_NINE + 24 * HOUR)
    assert points(session, row) == [50, 80]
    raise_due(session, at=MONDAY_NINE + 24 * HOUR + timedelta(microseconds=1))
    assert points(session, row) == [50, 80, 100]


def test_what_is_kept_is_never_raised(session, messages_out):
    child = needs_discussion(session)
    without_clocks(session)
    held = MONDAY_NINE + HOUR
    happened(session, child.id, Moment.STRATEGY_HELD, took_place_at=held, by=BETH, at=held)
    raise_due(session, at=MONDAY_NINE + 30 * DAY)
    assert points(session, discussion(session, child)) == []
    assert mails(session) == []


def test_after_a_time_without_the_service_each_person_gets_one_mail(session, messages_out):
    children = [needs_discussion(session) for _n in range(5)]
    without_clocks(session)
    raised = raise_due(session, at=MONDAY_NINE + 9 * DAY)
    assert (raised.warnings, raised.breaches, raised.told) == (10, 5, 2)
    session.flush()
    assert mails(session) == [(Kind.PROMISES_DUE, user) for user in MANAGERS]
    assert all(points(session, discussion(session, each)) == [50, 80, 100] for each in children)


def test_a_mail_holds_a_reference_and_a_link_and_no_name(session, messages_out):
    child = needs_discussion(session)
    without_clocks(session)
    raise_due(session, at=MONDAY_NINE + 13 * HOUR)
    session.flush()
    for mail in session.scalars(select(OutboxMessage).where(OutboxMessage.kind.like("promise%"))):
        assert mail.link == f"/child?child={child.id}"
        assert mail.reference == child.contact.reference


def test_a_closed_record_is_written_of_to_its_readers_alone(session, messages_out):
    child = needs_discussion(session)
    without_clocks(session)
    stories.a_manager(session, "Eve Marlow")
    stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE)
    stories.restrict(session, child, readers=[CAROL, DAN], by=DAN, at=MONDAY_NINE)
    raise_due(session, at=MONDAY_NINE + 13 * HOUR)
    session.flush()
    assert {user for _kind, user in mails(session)} == {CAROL.user_id, DAN.user_id}


def test_the_decision_s_own_clocks_are_warned_of_and_raised_too(session, messages_out):
    child = a_child(session, sent_by=AMARA)
    stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE)
    raise_due(session, at=MONDAY_NINE + 20 * HOUR)
    session.flush()
    assert mails(session) == [(Kind.PROMISE_NEARLY_DUE, BETH.user_id)]
    raise_due(session, at=MONDAY_NINE + 25 * HOUR)
    session.flush()
    told = {user for kind, user in mails(session) if kind == Kind.PROMISE_PAST}
    assert told == {BETH.user_id, CAROL.user_id, DAN.user_id}
    kinds = select(Clock.kind, PointRaised.point).join(PointRaised, PointRaised.of_id == Clock.id)
    assert {tuple(row) for row in session.execute(kinds)} == {
        (kind, point)
        for kind in (ClockKind.WITHIN_24_HOURS, ClockKind.ONE_WORKING_DAY)
        for point in (80, 100)
    }


def test_without_mail_it_is_seen_all_the_same(session):
    child = needs_discussion(session)
    at = MONDAY_NINE + 25 * HOUR
    raise_due(session, at=at)
    session.flush()
    assert mails(session) == []
    (row,) = board(session, by=BETH, at=at).open
    assert (row.id, row.promise.words) == (child.id, "Strategy discussion held")
    assert row.promise.due_at == MONDAY_NINE + 24 * HOUR


def test_the_board_marks_a_promise_once_somebody_was_warned_of_it(session):
    needs_discussion(session)
    at = MONDAY_NINE + 13 * HOUR
    assert [row.promise for row in board(session, by=BETH, at=at).open] == [None]
    raise_due(session, at=at)
    assert all(row.promise for row in board(session, by=BETH, at=at).open)


# ---------------------------------------------------------------- what is seen


def test_the_list_has_least_time_left_first_and_can_be_narrowed(session):
    early = needs_discussion(session)
    late = needs_discussion(session, at=MONDAY_NINE + 3 * HOUR)
    at = MONDAY_NINE + 25 * HOUR

    def of(**wanted):
        found = running_promises(session, Wanted(**wanted), by=CAROL, at=at)
        return [(each.contact_child_id, each.code) for each in found.shown]

    assert [row[0] for row in of(owner=Holder.MANAGERS)] == [early.id, late.id]
    assert of(code="strategy_discussion", past=True) == [(early.id, "strategy_discussion")]
    assert (early.id, ClockKind.WITHIN_24_HOURS) in of(past=True)
    assert (late.id, ClockKind.WITHIN_24_HOURS) not in of(past=True)
    assert of(mine=True) == []


def test_what_stands_on_the_list_after_the_decision_is_counted_and_not_repeated(session):
    child = stories.a_child_awaiting_decision(session, sent_by=AMARA, screened_by=BETH)
    at = MONDAY_NINE + 3 * HOUR
    facts = stories.a_decision(
        outcome=Outcome.S17_ASSESSMENT, route=Route.S17, level=4, owner="",
        agreement_due_on=None, departure=DepartureReason.PROFESSIONAL_JUDGEMENT,
        departure_words="x", repeat_comment="x",
    )  # fmt: skip
    record_decision(session, child.id, facts, by=CAROL, at=at)
    session.flush()
    (line,) = followed_up(session, days=30, by=CAROL, at=at).shown
    there = [each for each in line.promises if each.kept_at is None]
    found = running_promises(session, Wanted(), by=CAROL, at=at)
    assert found.shown == ()
    assert (found.followed, found.followed_late) == (len(there), 0)
    assert found.followed > 0
    long_after = at + 91 * DAY  # the list no longer goes back so far
    found = running_promises(session, Wanted(), by=CAROL, at=long_after)
    assert found.followed == 0
    assert len(found.shown) == len(there)


def test_a_promise_of_a_closed_record_is_seen_by_its_readers_alone(session):
    child = needs_discussion(session)
    stories.take_up_and_know(session, child, by=BETH, at=MONDAY_NINE)
    stories.restrict(session, child, readers=[CAROL, DAN], by=DAN, at=MONDAY_NINE)
    session.flush()
    at = MONDAY_NINE + HOUR
    seen = {by.name: running_promises(session, Wanted(), by=by, at=at).shown for by in (BETH, DAN)}
    assert seen[BETH.name] == ()
    assert seen[DAN.name]


def test_a_child_s_promises_say_what_was_kept_and_what_runs(session):
    child = needs_discussion(session)
    found = promises_of_child(session, child.id, by=BETH, at=MONDAY_NINE + HOUR)
    assert [(each.code, each.ended) for each in found] == [
        ("strategy_discussion", None),
        ("acknowledgement", "kept"),
    ]


# ---------------------------------------------------------------- counted anew


def test_a_bank_holiday_proclaimed_late_moves_what_is_open(session):
    child = a_child(session, sent_by=AMARA)
    at = MONDAY_NINE + HOUR
    happened(session, child.id, Moment.ALLEGATION_KNOWN, took_place_at=at, by=BETH, at=at)
    session.flush()
    late = BankHolidays(added={date(2026, 1, 13): "A day of mourning"})
    assert recount(session, late, by=JOB, at=at).moved == 2
    assert recount(session, late, by=JOB, at=at).moved == 0
    row = session.scalars(select(PromiseRecord).where(PromiseRecord.code == "lado_told")).one()
    assert row.due_at == at + 2 * DAY
    due = {c.kind: c.due_at for c in session.scalars(select(Clock))}
    assert due[ClockKind.ONE_WORKING_DAY] == MONDAY_NINE + 2 * DAY
    assert due[ClockKind.WITHIN_24_HOURS] == child.next_due_at == MONDAY_NINE + DAY
    lines = select(func.count()).where(AuditEvent.kind == AuditKind.PROMISE_MOVED)
    assert session.scalar(lines) == 2


def test_counting_anew_is_for_jobs(session):
    with pytest.raises(NotAllowed):
        recount(session, BankHolidays(), by=CAROL, at=MONDAY_NINE)
    assert not CAROL.can(Permission.COUNT_PROMISES_ANEW)


def test_what_a_deed_keeps_while_it_is_counted_anew_does_not_move(database):
    at = MONDAY_NINE + HOUR
    with database.work() as session:
        child = a_child(session, sent_by=AMARA).id
        happened(session, child, Moment.ALLEGATION_KNOWN, took_place_at=at, by=BETH, at=at)
        session.flush()
        due_at = told_lado(session, child).due_at
    late = BankHolidays(added={date(2026, 1, 13): "A day of mourning"})
    done = []

    def count_anew():
        with database.work() as session:
            done.append(recount(session, late, by=JOB, at=at))

    job = Thread(target=count_anew)
    with database.work() as deed:
        happened(deed, child, Moment.LADO_TOLD, took_place_at=at, by=BETH, at=at)
        deed.flush()
        trail.take_turn(deed)
        job.start()
        until_somebody_waits(deed, job)
    job.join()
    assert [(each.moved, each.held) for each in done] == [(1, 0)]  # the child's own clock
    with database.look() as session:
        row = told_lado(session, child)
        assert (row.ended, row.due_at, row.next_point_at) == ("kept", due_at, None)


def told_lado(session, child):
    return session.scalars(
        select(PromiseRecord).where(
            PromiseRecord.contact_child_id == child, PromiseRecord.code == "lado_told"
        )
    ).one()


def until_somebody_waits(deed, job):
    """A server says who waits for whom; of a file a job waits from its first statement on."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    for _turn in range(100):
        if deed.get_bind().dialect.name == "postgresql" and deed.scalar(waiting):
            return
        job.join(0.05)
        if deed.get_bind().dialect.name == "sqlite":
            return


# ---------------------------------------------------------------- beside deeds, and killed


def beside_a_deed(database, child_id, job, at):
    """What a job brings while a deed holds the child, and then goes on to its end."""

    def the_job():
        with database.work() as session:
            return job(session, at=at)

    with ThreadPoolExecutor(1) as threads:
        with database.work() as session:
            fetch_child(session, child_id, by=BETH, to_change=True)
            running = threads.submit(the_job)
            time.sleep(0.3)
            record_protective_action(session, child_id, "called_999", "now", by=BETH, at=at)
        return running.result()


def test_counting_anew_and_a_deed_that_holds_a_child_never_wait_for_each_other(database):
    at = MONDAY_NINE + HOUR
    late = BankHolidays(added={date(2026, 1, 13): "A day of mourning"})
    with database.work() as session:
        child_id = a_child(session, sent_by=AMARA).id
        happened(session, child_id, Moment.ALLEGATION_KNOWN, took_place_at=at, by=BETH, at=at)

    def count(session, *, at):
        return recount(session, late, by=JOB, at=at)

    counted = beside_a_deed(database, child_id, count, at)
    assert counted.moved + counted.held == 2
    with database.work() as session:
        assert count(session, at=at).moved == counted.held


def test_a_deed_that_holds_a_child_and_the_job_never_wait_for_each_other(database):
    """The point that comes is not the last but one, so its promise has a further one."""
    at = MONDAY_NINE + 13 * HOUR
    with database.work() as session:
        child_id = needs_discussion(session).id
    beside_a_deed(database, child_id, raise_due, at)
    with database.look() as session:
        raised = session.execute(select(PointRaised.point)).scalars().all()
        assert raised == [50]


def a_replica(url: str, key: str | None, at) -> int:
    """Another process that raises what is due, as the server beside the pages does."""
    if (child := os.fork()) > 0:
        return child
    try:
        own = open_database(url, key)
        for _turn in range(3):
            with own.work() as session:
                raise_due(session, at=at)
    finally:
        os._exit(0)


def test_two_replicas_raise_each_point_once_though_they_are_killed(database, messages_out):
    """Each round has points of its own to raise; kills strike before that is done, or after."""
    url, key = database.url.render_as_string(hide_password=False), database.key
    database.close()
    dice = random.Random(4)
    children = struck = 0
    for each in range(ROUNDS):
        at = MONDAY_NINE + 13 * HOUR + each * 5 * HOUR
        with database.work() as session:
            children += len([needs_discussion(session, at=at - 13 * HOUR) for _n in range(8)])
        database.close()  # no connection goes into a fork
        replicas = [a_replica(url, key, at) for _n in range(2)]
        time.sleep(dice.random() * LONGEST_RAISING)
        os.kill(replicas[0], signal.SIGKILL)
        time.sleep(dice.random() * LONGEST_RAISING / 2)
        if dice.random() < 0.8:
            os.kill(replicas[1], signal.SIGKILL)
        for replica in replicas:
            os.waitpid(replica, 0)
        with database.work() as session:
            struck += anything_to_raise(session, at=at)
            raise_due(session, at=at)
    with database.work() as session:
        raise_due(session, at=MONDAY_NINE + timedelta(days=60))
        lines = session.scalars(
            select(AuditEvent).where(AuditEvent.kind == AuditKind.PROMISES_RAISED)
        ).all()
        said = [line.detail for line in lines]
        raised = session.scalar(select(func.count()).select_from(PointRaised))
        posted = select(func.count()).where(OutboxMessage.kind.like("promise%"))
        assert sum(each["warnings"] + each["breaches"] for each in said) == raised
        assert raised == children * (3 + 2 * 2)  # a discussion, and both decision clocks
        assert session.scalar(posted) == sum(each["told"] for each in said)
        left = session.scalars(
            select(PromiseRecord).where(PromiseRecord.next_point_at.is_not(None))
        )
        assert not list(left)
    if ROUNDS > 10:
        assert 0 < struck < ROUNDS, "the kills struck always before or always after the work"
