"""What must hold at the front door after any deed, asked of the database in plain Python."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.allocation.models import Allocation
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.clocks.models import MomentRecord, PromiseRecord
from mash_triage.contacts.models import Contact, ContactChild, StatusMove
from mash_triage.contacts.status import (
    ENDED,
    MOVES,
    OVER,
    WAITING_FOR_MANAGER,
    WAITING_FOR_SCREENING,
    WITH_WORKER,
    Status,
)
from mash_triage.decisions.models import Decision, Direction
from mash_triage.decisions.queries import who_screened
from mash_triage.enquiries.models import InformationRequest, PartAnswer, RequestPart, RequestReply
from mash_triage.enquiries.stages import UNDER_WAY
from mash_triage.hand_on.models import PassedOn, SpecialEnding
from mash_triage.handover.models import Handover
from mash_triage.missing.models import MissingEpisode, ReturnInterview
from mash_triage.screening.models import IndicatorSeen
from mash_triage.strategy.models import StrategyChild, StrategyDiscussion, StrategyNotNeeded
from mash_triage.talk.models import ReferrerWait
from mash_triage.thresholds.routes import Outcome
from mash_triage.worklists.board import board
from tests.cast import DAN
from tests.journeys.front_door_people import People

EVERYTHING = Actor.job("the tests")
TRIGGER = "non_fatal_strangulation"
HELD = ("strategy_held", "strategy_by_phone")
FOR_THE_REFERRER = "referrer_told"


class WhatHolds:
    """Questions to the database, beside what a walk knows that was done."""

    session: Session
    now: datetime
    who: People
    children: list[UUID]
    worries: dict[UUID, dict[str, Any]]
    replied: dict[UUID, str]
    decided: dict[UUID, tuple[UUID, str]]
    kept: dict[Any, set[UUID]]
    there: Counter[Any]
    stands: dict[UUID, Status]
    known_to_dan: dict[UUID, datetime]

    def everything_holds(self) -> None:
        """Ask all of it."""
        self.session.flush()
        rows = {row.id: row for row in self.session.scalars(select(ContactChild))}
        self.stands = {each: Status(row.status) for each, row in rows.items()}
        for model in (StrategyDiscussion, Direction, ReturnInterview):
            self._by_id(model)
        self._nothing_is_lost(rows)
        self._each_move_is_one_that_there_is(rows)
        self._each_open_child_has_one_queue_and_an_owner(rows)
        self._none_ended_without_a_named_person(rows)
        self._danger_is_never_lowered(rows)
        self._each_promise_is_of_something_that_runs(rows)

    def statuses_reached(self) -> Iterable[str]:
        """Where children stood in this walk."""
        moves = select(StatusMove.moved_from, StatusMove.moved_to)
        return {each for move in self.session.execute(moves) for each in move}

    def nobody_decided_whom_she_screened(self) -> None:
        """Of every decision, at the end of a walk."""
        for each in self.session.scalars(select(Decision)):
            assert each.decided_by not in who_screened(self.session, each.contact_child_id)

    def discussions_of(self, child_id: UUID) -> list[StrategyDiscussion]:
        """Those about a child that are not closed."""
        return list(
            self.session.scalars(
                select(StrategyDiscussion)
                .join(StrategyChild, StrategyChild.discussion_id == StrategyDiscussion.id)
                .where(
                    StrategyChild.contact_child_id == child_id,
                    StrategyDiscussion.closed_at.is_(None),
                )
            )
        )

    def who_waits_is_on_the_board(self) -> None:
        """Everybody undecided, each once, least time left first."""
        self.session.flush()
        shown = board(self.session, by=EVERYTHING, at=self.now).open
        undecided = select(ContactChild.id).where(ContactChild.decided_at.is_(None))
        assert sorted(row.id for row in shown) == sorted(self.session.scalars(undecided))
        due = [row.next_due_at for row in shown]
        assert due == sorted(due)

    # ------------------------------------------------------------ one by one

    def _nothing_is_lost(self, rows: dict[UUID, ContactChild]) -> None:
        assert set(rows) == set(self.children)
        for contact_id, words in self.worries.items():
            assert self.session.get_one(Contact, contact_id).submission == words
        for model, ids in self.kept.items():
            assert ids <= set(self.session.scalars(select(model.id)))
        told = self.session.execute(
            select(RequestReply.request_id, PartAnswer.words)
            .join(RequestPart, RequestPart.request_id == RequestReply.request_id)
            .join(PartAnswer, PartAnswer.part_id == RequestPart.id)
        ).all()
        assert dict(tuple(each) for each in told) == self.replied

    def _each_move_is_one_that_there_is(self, rows: dict[UUID, ContactChild]) -> None:
        moves = self.session.execute(
            select(StatusMove.contact_child_id, StatusMove.moved_from, StatusMove.moved_to)
        ).all()
        of_child: dict[UUID, Counter[str]] = {each: Counter() for each in rows}
        for child_id, was, now in moves:
            assert Status(now) in MOVES[Status(was)]
            of_child[child_id].update({now: 1})
            of_child[child_id].subtract({was: 1})
        for child_id, row in rows.items():
            stands = Counter({Status.RECEIVED.value: 1}) + Counter()
            stands.update(of_child[child_id])
            assert {each for each, number in stands.items() if number} == {str(row.status)}
            assert row.status in OVER or MOVES[Status(row.status)]

    def _each_open_child_has_one_queue_and_an_owner(self, rows: dict[UUID, ContactChild]) -> None:
        waiting = {each: row for each, row in rows.items() if row.decided_at is None}
        assert all(row.next_due_at is not None for row in waiting.values())
        queues = (WAITING_FOR_SCREENING, WITH_WORKER, WAITING_FOR_MANAGER)
        assert all(sum(row.status in each for each in queues) == 1 for row in waiting.values())
        standing = dict(
            self.session.execute(
                select(Allocation.contact_child_id, Allocation.worker_id).where(
                    Allocation.ended_at.is_(None)
                )
            ).all()
        )
        asked = select(InformationRequest.contact_child_id).where(
            InformationRequest.state.in_(UNDER_WAY)
        )
        waits = select(ReferrerWait.contact_child_id).where(ReferrerWait.ended_at.is_(None))
        for_whom = {
            Status.MASH_ENQUIRY: set(self.session.scalars(asked)),
            Status.AWAITING_REFERRER: set(self.session.scalars(waits)),
        }
        for child_id, row in waiting.items():
            assert child_id in for_whom.get(Status(row.status), {child_id}), "waits for nobody"
            if row.status not in WAITING_FOR_SCREENING:
                assert row.taken_up_by is not None
                assert standing[child_id] == row.taken_up_by

    def _none_ended_without_a_named_person(self, rows: dict[UUID, ContactChild]) -> None:
        ended = {each: row for each, row in rows.items() if Status(row.status) in ENDED}
        decisions = self.session.scalars(select(Decision)).all()
        assert len(decisions) == len(ended) == len(self.decided)
        for each in decisions:
            row = ended[each.contact_child_id]
            assert (each.decided_by, each.rationale) == self.decided[row.id]
            assert (row.decided_by, row.decided_at) == (each.decided_by, each.decided_at)
        for child_id, since in self.known_to_dan.items():
            of_it = [each for each in decisions if each.contact_child_id == child_id]
            assert not [e for e in of_it if e.decided_by == DAN.user_id and e.decided_at > since]
        closed = {str(each) for each, row in ended.items() if row.status in OVER}
        lines = select(AuditEvent.about, AuditEvent.by_user).where(
            AuditEvent.kind == AuditKind.CHILD_CLOSED
        )
        by_whom = dict(self.session.execute(lines).all())
        managers = {each.user_id for each in (*self.who.managers, self.who.fresh)}
        assert set(by_whom) == closed
        assert set(by_whom.values()) <= managers
        for child_id in ended:
            if ended[child_id].status in OVER:
                assert self.discussions_of(child_id) == [], "closed while it was discussed"
        void = {each for each, row in ended.items() if row.status == Status.VOID}
        sent_twice = {
            each.contact_child_id
            for each in decisions
            if each.outcome == Outcome.DUPLICATE_OR_ERROR
        }
        assert void <= sent_twice
        for row in ended.values():
            if row.status == Status.TRANSFERRED:
                proof = [
                    p for p in self._of(PassedOn, row.id) if p.kind == "transfer" and p.answer_how
                ]
                assert any(each.answer == "accepted" and each.answer_name for each in proof)

    def _danger_is_never_lowered(self, rows: dict[UUID, ContactChild]) -> None:
        ticked = self.session.scalars(select(IndicatorSeen).where(IndicatorSeen.code == TRIGGER))
        moments = self.session.execute(
            select(MomentRecord.contact_child_id, MomentRecord.moment)
        ).all()
        settled = set(self.session.scalars(select(StrategyNotNeeded.contact_child_id)))
        for each in ticked:
            row = rows[each.contact_child_id]
            if each.state != "accepted":
                assert each.settled_because.strip() or self._never_counted(each)
                continue
            assert row.rag == "red"
            heard = any((row.id, moment) in moments for moment in HELD) or row.id in settled
            if row.decided_at is None:
                assert heard or "strategy_discussion" in self._running_of(row.id)
            else:
                [decision] = self._of(Decision, row.id)
                assert heard or decision.route == "s47"

    def _never_counted(self, each: IndicatorSeen) -> bool:
        return each.proposed_at == each.settled_at

    def _each_promise_is_of_something_that_runs(self, rows: dict[UUID, ContactChild]) -> None:
        requests = self._by_id(InformationRequest)
        passed, endings = self._by_id(PassedOn), self._by_id(SpecialEnding)
        episodes, handovers = self._by_id(MissingEpisode), self._by_id(Handover)
        running = self.session.scalars(
            select(PromiseRecord).where(PromiseRecord.ended.is_(None))
        ).all()
        for promise in running:
            row, about = rows[promise.contact_child_id], promise.about
            if about == row.id:
                ended = row.status in OVER and promise.code != FOR_THE_REFERRER
                runs = not ended or self._was_reported_after_closing(promise)
            elif about in requests:
                runs = requests[about].state == "open" and row.decided_at is None
            elif about in passed:
                runs = passed[about].is_open and passed[about].sent_at is not None
            elif about in endings:
                runs = endings[about].ended_at is None
            elif about in episodes:
                runs = episodes[about].settled_at is None and not episodes[about].taken_back_at
            else:
                runs = handovers[about].read_at is None
            assert runs, f"{promise.code} runs for a child who is {row.status}"
        of_what = {(each.code, each.about) for each in running}
        for each in requests.values():
            if each.state == "open" and rows[each.contact_child_id].decided_at is None:
                assert ("information_reply", each.id) in of_what
        codes = {"step_down": "step_down_answer", "transfer": "transfer_receipt"}
        for each in passed.values():
            if each.is_open and each.sent_at and each.kind in codes:  # no clock for the others
                assert (codes[each.kind], each.id) in of_what
        for each in episodes.values():
            waits = each.reviewed_at is None and each.taken_back_at is None
            assert (("missing_review", each.id) in of_what) == waits
        in_error = {each.id for each in episodes.values() if each.taken_back_at}
        self._nobody_was_closed_missing_or_unseen(in_error)
        for each in handovers.values():
            if rows[each.contact_child_id].status not in OVER:
                assert (("handover_read", each.id) in of_what) == (each.read_at is None)

    def _nobody_was_closed_missing_or_unseen(self, in_error: set[UUID]) -> None:
        """Closing ends no promise about a missing child, nor to see one who is at risk. What was
        promised of an episode that was recorded in error lapsed with it.
        """
        first: dict[tuple[UUID, str], datetime] = {}
        for row in self.session.scalars(select(MomentRecord).order_by(MomentRecord.reported_at)):
            first.setdefault((row.contact_child_id, row.moment), row.reported_at)
        moved = select(StatusMove.contact_child_id).where(StatusMove.moved_to == Status.TRANSFERRED)
        theirs = set(self.session.scalars(moved))
        ours = {
            child_id
            for (child_id, moment), began in first.items()
            if moment == "s47_started"
            and child_id not in theirs
            and began < first.get((child_id, "child_closed"), began)
        }
        lapsed = self.session.scalars(
            select(PromiseRecord).where(PromiseRecord.ended == "lapsed")
        ).all()
        declined = set(self._declined())
        for each in lapsed:
            if each.about in in_error:
                continue
            assert each.code not in ("missing_review", "return_interview_offered")
            assert each.code != "return_interview" or each.about in declined
            assert each.code != "seen_at_risk" or each.contact_child_id not in ours

    def _declined(self) -> Iterable[UUID]:
        answers = select(ReturnInterview.episode_id).where(
            ReturnInterview.answer.in_(["declined", "not_able"])
        )
        return self.session.scalars(answers)

    def _was_reported_after_closing(self, promise: PromiseRecord) -> bool:
        """What is recorded of a child later than that runs; closing ends what ran before it."""
        records = self._of(MomentRecord, promise.contact_child_id)
        [closed] = [each.reported_at for each in records if each.moment == "child_closed"]
        later = [each for each in records if each.reported_at > closed]
        return any(each.moment == promise.started_with for each in later)

    # ------------------------------------------------------------ how it is asked

    def _by_id(self, model: Any) -> dict[UUID, Any]:
        rows = {row.id: row for row in self.session.scalars(select(model))}
        self.there[model] = len(rows)
        return rows

    def _of(self, model: Any, child_id: UUID) -> list[Any]:
        return list(self.session.scalars(select(model).where(model.contact_child_id == child_id)))

    def _running_of(self, child_id: UUID) -> set[str]:
        return {
            each.code for each in self._of(PromiseRecord, child_id) if each.ended is None
        }  # fmt: skip
