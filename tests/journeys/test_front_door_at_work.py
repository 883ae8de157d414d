"""The whole front door at work, in any order: agencies asked, danger discussed, work given on,
decisions handed on, children missing and back.

Beside `test_life_of_a_contact`, whose model foretells each refusal, this one lets a deed be done or
refused in words, and asks after each what must hold whatever was done. At the end of a walk a
diligent manager brings every child to an end: where none can be, there was no way out.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from mash_triage.access.actor import Actor
from mash_triage.after_decision.actions import record_allocation, record_later_date, record_visit
from mash_triage.after_decision.rules import Allocated, Step, Visited
from mash_triage.allocation.actions import allocate, record_conflict
from mash_triage.allocation.rules import Block
from mash_triage.audit.trail import verify
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.models import ContactChild
from mash_triage.contacts.status import ENDED, OVER, WITH_WORKER, Status
from mash_triage.decisions.actions import (
    close_child,
    end_direction,
    record_decision,
    return_to_worker,
    take_direction,
)
from mash_triage.decisions.models import Decision, Direction
from mash_triage.enquiries.actions import (
    ask_agency,
    authorise_request,
    chase,
    close_request,
    decline_request,
    reply,
)
from mash_triage.enquiries.models import InformationRequest
from mash_triage.errors import Refused
from mash_triage.hand_on.actions import (
    StepUpFacts,
    end_special,
    extend_special,
    name_owner,
    open_special,
    pass_on,
    record_accepted,
    record_returned,
    record_told,
    send_on,
    settle_return,
    step_up,
)
from mash_triage.hand_on.actions.endings import EndingFacts
from mash_triage.hand_on.kinds import Ending, Passing
from mash_triage.hand_on.models import PassedOn, SpecialEnding
from mash_triage.hand_on.rules import AnswerFacts
from mash_triage.handover.actions import hand_over_to_day, mark_handover_read
from mash_triage.handover.models import Handover
from mash_triage.matching.actions import record_new_person
from mash_triage.missing import actions as missing
from mash_triage.missing.models import MissingEpisode, ReturnInterview
from mash_triage.missing.rules import HeldFacts, NoticeFacts, ReturnFacts, RiskFacts
from mash_triage.promises.actions import anything_to_raise, raise_due
from mash_triage.screening.actions import (
    hand_over,
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.sharing.actions import record_disclosure, record_not_shared
from mash_triage.sharing.models import SharingRecord
from mash_triage.strategy.actions import (
    cancel_discussion,
    close_discussion,
    convene_discussion,
    record_held,
    record_not_needed,
)
from mash_triage.strategy.actions.holding import children_of
from mash_triage.strategy.codes import Form, Sector
from mash_triage.strategy.models import StrategyDiscussion
from mash_triage.talk.actions import ask_and_wait, send_message, stop_waiting
from mash_triage.talk.models import ReferrerWait
from mash_triage.thresholds.routes import Outcome, Rag, Route
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DAN, MONDAY_NINE
from tests.journeys import front_door_people as people
from tests.journeys.what_holds import WhatHolds

SOAK = bool(os.environ.get("MASH_SOAK"))
EXAMPLES, STEPS = (150, 60) if SOAK else (4, 60)

TRIGGER, HUNGER = "non_fatal_strangulation", "persistent_hunger"
JO = AnswerFacts("Jo Hart", "Hub lead", "By telephone")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVERY_BLOCK = tuple(Block)
UNREACHABLE = {Status.DRAFT}
"""A draft has no child on a contact yet."""

some = st.integers(0, 7)
because = st.sampled_from(["As seen.", " "])
yes_or_no = st.booleans()


class FrontDoorAtWork(RuleBasedStateMachine, WhatHolds):
    """Everybody at work; a minute passes with each deed."""

    reached: Counter[Status]

    def __init__(self, session: Any, reached: Counter[Status]) -> None:
        super().__init__()
        self.session, self.reached = session, reached
        self.transaction = session.begin_nested()
        self.now = MONDAY_NINE
        self.who = people.settle(session)
        self.children: list[UUID] = []
        self.worries: dict[UUID, dict[str, Any]] = {}
        self.replied: dict[UUID, str] = {}
        self.decided: dict[UUID, tuple[UUID, str]] = {}
        self.kept: dict[Any, set[UUID]] = {}
        self.known_to_dan: dict[UUID, datetime] = {}
        self.there: Counter[Any] = Counter()
        self.stands: dict[UUID, Status] = {}
        self.changed = True

    def teardown(self) -> None:
        """Everybody left over is brought to an end; then all of it is undone."""
        try:
            for child_id in self.children:
                self.bring_to_an_end(child_id)
            self.everything_holds()
            self.nobody_decided_whom_she_screened()
            self.who_waits_is_on_the_board()
            assert verify(self.session).first_bad is None
            self.reached.update(Status(each) for each in self.statuses_reached())
        finally:
            self.transaction.rollback()
            self.session.expunge_all()

    # ------------------------------------------------------------ how a deed is done

    def does(self, deed: Callable[..., Any], *words: Any, **told: Any) -> tuple[bool, Any]:
        """Do it, or be refused in words that somebody can act on; then nothing is changed."""
        self.now += MINUTE
        try:
            with self.session.begin_nested():
                came_of_it = deed(self.session, *words, **told, at=self.now)
                self.session.flush()
        except Refused as refused:
            assert refused.words.strip()  # noqa: PT017
            return False, None
        self.changed = True
        return True, came_of_it

    def keeps(self, model: Any, came: tuple[bool, Any]) -> None:
        """What was acknowledged is there from now on."""
        if came[0]:
            self.kept.setdefault(model, set()).add(came[1].id)

    def must(self, deed: Callable[..., Any], *words: Any, **told: Any) -> Any:
        """A deed that nothing stands against."""
        self.now += MINUTE
        return deed(self.session, *words, **told, at=self.now)

    def child(self, number: int, *usual: Status) -> UUID:
        """One of the children; three times in four one at a stage at which this is done."""
        fit = (
            [each for each in self.children if self.stands[each] in usual]
            if number % 4 != 3
            else []
        )
        return (fit or self.children)[number % len(fit or self.children)]

    def row(self, child_id: UUID) -> ContactChild:
        self.session.flush()
        return self.session.get_one(ContactChild, child_id, populate_existing=True)

    def worker(self, number: int) -> Actor:
        return self.who.front_door[number % len(self.who.front_door)]

    def manager(self, number: int) -> Actor:
        return self.who.managers[number % len(self.who.managers)]

    def one(self, model: Any, number: int, *, order: str) -> Any:
        """One of the rows of a table, the first first; none where there is none."""
        rows = self.session.scalars(select(model).order_by(getattr(model, order))).all()
        return rows[number % len(rows)] if rows else None

    # ------------------------------------------------------------ time, and what it brings

    @rule(hours=st.sampled_from([0.5, 3, 7, 24, 70]))
    def time_goes_on(self, hours):
        self.now += timedelta(hours=hours)
        self.who_waits_is_on_the_board()
        raise_due(self.session, at=self.now)
        assert not anything_to_raise(self.session, at=self.now)

    # ------------------------------------------------------------ sent, taken up, given on

    @initialize(
        asked=yes_or_no, stages=st.lists(st.integers(0, 3), min_size=2, max_size=2),
        choice=st.sampled_from(people.CHOICES), codes=st.sets(st.just(TRIGGER)),
    )  # fmt: skip
    def the_day_begins(self, asked, stages, choice, codes):
        """Two children, each as far as the night brought them: new, screened, sent or decided."""
        self.send("Mia", "Zoë")
        for number, stage in enumerate(stages):
            if stage > 0:
                self.screened_in_one_sitting(number, 0, codes, sends=False)
            if stage > 0 and asked:
                self.an_agency_is_asked(number, 0, number, "undue_delay")
            if stage > 1:
                self.sent_to_a_manager(number, 0)
        if 3 in stages:
            self.the_queue_is_worked_on(choice, directed=asked)

    @precondition(lambda self: len(self.children) < 4)
    @rule(names=st.lists(st.sampled_from(["Mia", "Zoë"]), min_size=1, max_size=2))
    def a_contact_is_sent(self, names):
        self.send(*names)

    def send(self, *names: str) -> None:
        named = [{"given_names": name} for name in names]
        told = {"sent_by": AMARA, "at": self.now, "token": uuid4()}
        self.comes(stories.a_receipt(self.session, *named, **told).contact_id)
        self.changed = True

    def comes(self, contact_id: UUID) -> None:
        of_it = select(ContactChild).where(ContactChild.contact_id == contact_id)
        rows = self.session.scalars(of_it.order_by(ContactChild.position)).all()
        self.worries[contact_id] = dict(rows[0].contact.submission)
        self.children += [row.id for row in rows]
        self.stands |= {row.id: Status(row.status) for row in rows}

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, over=yes_or_no, why=because)
    def taken_up_or_over(self, number, by, over, why):
        deed = hand_over if over else take_up
        self.does(deed, self.child(number), why, by=self.worker(by))

    @precondition(lambda self: self.children)
    @rule(number=some, to=some, by=some, why=because)
    def allocated(self, number, to, by, why):
        told = {"worker_id": self.worker(to).user_id, "reason": why, "despite": EVERY_BLOCK}
        self.does(allocate, self.child(number), **told, by=self.manager(by))

    @precondition(lambda self: self.children and not self.known_to_dan)
    @rule(number=some)
    def a_manager_knows_the_family(self, number):
        child_id = self.child(number)
        if self.does(record_conflict, child_id, DAN.user_id, by=DAN)[0]:
            self.known_to_dan[child_id] = self.now

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, read_by=some)
    def the_night_hands_over(self, number, by, read_by):
        words = {"done": "Rang the police.", "outstanding": "Ring again.", "who_knows": "Police"}
        self.does(hand_over_to_day, self.child(number), **words, by=self.worker(by))
        if read_by % 2 and (handover := self.one(Handover, read_by, order="given_at")):
            self.does(mark_handover_read, handover.id, by=self.worker(read_by))

    # ------------------------------------------------------------ the worker's part

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, codes=st.sets(st.sampled_from([TRIGGER, HUNGER])), why=because)
    def ticked(self, number, by, codes, why):
        told = {"because": why, "by": self.worker(by)}
        self.does(record_indicators, self.child(number, *WITH_WORKER), codes, **told)

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, rag=st.sampled_from(Rag), why=because)
    def rated(self, number, by, rag, why):
        self.does(set_rag, self.child(number, *WITH_WORKER), rag, why, by=self.worker(by))

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, codes=st.sets(st.just(TRIGGER)), sends=yes_or_no)
    def screened_in_one_sitting(self, number, by, codes, sends):
        child_id, by = self.child(number, Status.ACKNOWLEDGED), self.worker(by)
        self.does(take_up, child_id, by=by)
        self.does(record_indicators, child_id, {HUNGER, *codes}, by=by)
        self.screen(child_id, Rag.RED, by)
        if sends:
            self.does(send_for_decision, child_id, by=by)

    def screen(self, child_id: UUID, rag: Rag, by: Actor) -> None:
        """What a manager asks for, as far as it is not there."""
        self.does(record_new_person, child_id, by=by)
        self.does(set_rag, child_id, rag, "As seen.", by=by)
        words = {"so_what": "Meals and help with money."}
        self.does(record_analysis, child_id, words, hidden_harms="asked_none", by=by)
        self.does(set_level, child_id, 3, Route.EARLY_HELP, **people.BECAUSE, by=by)

    @precondition(lambda self: self.children)
    @rule(number=some, by=some)
    def sent_to_a_manager(self, number, by):
        self.does(send_for_decision, self.child(number, *WITH_WORKER), by=self.worker(by))

    # ------------------------------------------------------------ the referrer, and agencies

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, answered=yes_or_no)
    def the_referrer_is_asked(self, number, by, answered):
        told = {"token": uuid4(), "by": self.worker(by)}
        self.does(
            ask_and_wait,
            self.child(number, Status.SCREENING, Status.RETURNED_TO_WORKER),
            "Where is she now?",
            **told,
        )

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, answered=yes_or_no)
    def nobody_waits_for_the_referrer_any_more(self, number, by, answered):
        wait = self.one(ReferrerWait, number, order="asked_at")
        if wait is None or not answered:
            self.does(stop_waiting, self.child(number), "She rang.", by=self.worker(by))
            return
        contact_id = self.row(wait.contact_child_id).contact_id
        told = {"token": uuid4(), "answers": wait.question_id, "by": AMARA}
        self.does(send_message, contact_id, "At her aunt's.", **told)

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, agency=some, why_not=st.sampled_from(["undue_delay", None]))
    def an_agency_is_asked(self, number, by, agency, why_not):
        facts = people.a_request(self.agency(agency), why_not=why_not)
        self.keeps(
            InformationRequest,
            self.does(ask_agency, self.child(number, *WITH_WORKER), facts, by=self.worker(by)),
        )

    def agency(self, number: int) -> Actor:
        return self.who.agencies[number % len(self.who.agencies)]

    @precondition(lambda self: self.there[InformationRequest])
    @rule(number=some, by=some, yes=yes_or_no, why=because)
    def a_manager_gives_her_word_or_not(self, number, by, yes, why):
        if row := self.one(InformationRequest, number, order="asked_at"):
            deed = authorise_request if yes else decline_request
            self.does(deed, row.id, why, by=self.manager(by))

    @precondition(lambda self: self.there[InformationRequest])
    @rule(number=some, own=yes_or_no, words=st.sampled_from(["Known since May.", "New.", ""]))
    def an_agency_replies(self, number, own, words):
        """Perhaps late, after closing, once more, in other words, or for another agency."""
        row = self.one(InformationRequest, number, order="asked_at")
        if row is None:
            return
        [asked] = [each for each in self.who.agencies if each.agency_id == row.agency_id]
        by = asked if own else next(each for each in self.who.agencies if each is not asked)
        was = (row.state, self.replied.get(row.id))
        ok, received = self.does(reply, row.id, people.answers_to(self.session, row, words), by=by)
        assert not ok or own
        if ok:
            assert received.before == (was[1] is not None)
            assert received.after_closing == (was[0] == "closed" and was[1] is None)
            assert self.replied.setdefault(row.id, words) == words

    @precondition(lambda self: self.there[InformationRequest])
    @rule(number=some, by=some, why=because, reminded=yes_or_no)
    def a_request_is_closed_or_reminded_of(self, number, by, why, reminded):
        if row := self.one(InformationRequest, number, order="asked_at"):
            words, deed = ((), chase) if reminded else ((why,), close_request)
            self.does(deed, row.id, *words, by=self.worker(by))

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, why_not=st.sampled_from(["undue_delay", None]), shared=yes_or_no)
    def shared_or_not(self, number, by, why_not, shared):
        facts = people.a_disclosure(why_not=why_not, at=self.now)
        words = (facts,) if shared else ("Riverside Homes", "The address.", "He would find her.")
        deed = record_disclosure if shared else record_not_shared
        self.keeps(SharingRecord, self.does(deed, self.child(number), *words, by=self.worker(by)))

    # ------------------------------------------------------------ strategy discussions

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, form=st.sampled_from(Form), both=yes_or_no)
    def a_discussion_is_called(self, number, by, form, both):
        child_id = self.child(number)
        contact_id = self.row(child_id).contact_id
        on_it = [each for each in self.children if self.row(each).contact_id == contact_id]
        facts = people.a_call_for(form, self.now)
        about = on_it if both else [child_id]
        self.keeps(
            StrategyDiscussion, self.does(convene_discussion, about, facts, by=self.worker(by))
        )

    @precondition(lambda self: self.there[StrategyDiscussion])
    @rule(number=some, by=some, absent=st.sets(st.sampled_from([Sector.POLICE, Sector.HEALTH])))
    def a_discussion_is_held(self, number, by, absent):
        if row := self.one(StrategyDiscussion, number, order="convened_at"):
            self.hold(row, frozenset(absent), self.worker(by))

    def hold(self, row: StrategyDiscussion, absent: frozenset[Sector], by: Actor) -> None:
        facts = people.how_held(self.session, row, absent, self.now + MINUTE)
        self.does(record_held, row.id, facts, by=by)

    @precondition(lambda self: self.there[StrategyDiscussion])
    @rule(number=some, by=some, s47=yes_or_no)
    def a_discussion_is_closed(self, number, by, s47):
        if row := self.one(StrategyDiscussion, number, order="convened_at"):
            self.agree(row, s47=s47, by=self.worker(by))

    @precondition(lambda self: self.there[StrategyDiscussion])
    @rule(number=some, by=some, why=because)
    def a_discussion_is_cancelled(self, number, by, why):
        if row := self.one(StrategyDiscussion, number, order="convened_at"):
            self.does(cancel_discussion, row.id, why, by=self.worker(by))

    def agree(self, row: StrategyDiscussion, *, s47: bool, by: Actor) -> None:
        about = children_of(self.session, row.id)
        facts = people.what_is_agreed(self.row(about[0]), about, s47=s47, at=self.now)
        self.does(close_discussion, row.id, facts, by=by)

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, why=because)
    def none_is_needed(self, number, by, why):
        self.does(record_not_needed, self.child(number), why, by=self.manager(by))

    # ------------------------------------------------------------ the decision

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, why=because)
    def given_back(self, number, by, why):
        self.does(
            return_to_worker, self.child(number, Status.MANAGER_REVIEW), why, by=self.manager(by)
        )

    @precondition(lambda self: self.children)
    @rule(number=some, choice=st.sampled_from(people.CHOICES), said=because, directed=yes_or_no)
    def decided_by_somebody(self, number, choice, said, directed):
        by = (*self.who.front_door, self.who.fresh)[number % 5]
        self.decide(
            self.child(number, Status.MANAGER_REVIEW), choice, by, said=said, directed=directed
        )

    @precondition(lambda self: self.children)
    @rule(choice=st.sampled_from(people.CHOICES), directed=yes_or_no)
    def the_queue_is_worked_on(self, choice, directed):
        for child_id in self.children:
            if self.row(child_id).status == Status.MANAGER_REVIEW:
                self.decide(child_id, choice, self.who.fresh, directed=directed)

    def decide(self, child_id: UUID, choice: Any, by: Actor, *, said: str = people.REASONS,
               directed: bool = False) -> None:  # fmt: skip
        facts = people.a_decision(choice, said=said, directed=directed, at=self.now)
        known = people.strategy_of(self.session, child_id, by)
        if self.does(record_decision, child_id, facts, strategy=known, by=by)[0]:
            assert said.strip()
            assert by in (*self.who.managers, self.who.fresh)
            self.decided[child_id] = (by.user_id, said)

    # ------------------------------------------------------------ handed on

    @precondition(lambda self: self.there[PassedOn])
    @rule(
        number=some, by=some, deed=st.sampled_from(["send", "send", "accept", "return", "settle"])
    )
    def something_is_handed_on(self, number, by, deed):
        row = self.one(PassedOn, number, order="begun_at")
        if row is None:
            return
        if deed == "send":
            self.does(send_on, row.id, "Family hub North", "Breakfast", by=self.worker(by))
        elif deed == "accept":
            self.does(record_accepted, row.id, JO, by=self.worker(by))
        elif deed == "return":
            self.does(record_returned, row.id, "Jo Hart", "No places.", by=self.worker(by))
        else:
            told = {"again": bool(by % 2), "by": self.manager(by)}
            self.does(settle_return, row.id, "Elsewhere.", **told)

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, kind=st.sampled_from(Passing))
    def passed_on_by_hand(self, number, by, kind):
        self.does(pass_on, self.child(number, Status.DECIDED), kind, by=self.manager(by))

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, kind=st.sampled_from(Ending))
    def a_special_ending_is_opened(self, number, by, kind):
        told = {"due_on": london_day(self.now) + DAY, "until": self.now + 2 * DAY}
        facts = EndingFacts("The officer", self.now, **told)
        self.does(open_special, self.child(number, Status.DECIDED), kind, facts, by=self.worker(by))

    @precondition(lambda self: self.there[SpecialEnding])
    @rule(number=some, by=some, ends=yes_or_no)
    def a_special_ending_is_owned_or_ended(self, number, by, ends):
        if row := self.one(SpecialEnding, number, order="opened_at"):
            self.own_or_end(row, self.worker(by), ends=ends)

    @precondition(lambda self: self.there[SpecialEnding])
    @rule(number=some, by=some, days=st.integers(1, 9))
    def an_order_is_extended(self, number, by, days):
        if row := self.one(SpecialEnding, number, order="opened_at"):
            until = (row.due_at or self.now) + days * DAY
            told = {"granted_at": self.now, "by": self.worker(by)}
            self.does(extend_special, row.id, until, **told)

    def own_or_end(self, row: SpecialEnding, by: Actor, *, ends: bool) -> None:
        told = {"due_on": london_day(self.now) + DAY, "until": row.due_at}
        facts = EndingFacts("The officer", row.known_at, **told)
        words, deed = (("They took it on.",), end_special) if ends else ((facts,), name_owner)
        self.does(deed, row.id, *words, by=by)

    @precondition(lambda self: self.there[Direction])
    @rule(number=some, by=some, done=yes_or_no, why=because)
    def a_direction_is_taken_or_ended(self, number, by, done, why):
        if row := self.one(Direction, number, order="id"):
            self.does(take_direction, row.id, by=self.worker(by))
            self.does(end_direction, row.id, why, was_done=done, by=self.worker(by))

    @precondition(lambda self: 0 < len(self.children) < 6)
    @rule(number=some, by=some)
    def a_child_comes_back_from_early_help(self, number, by):
        facts = StepUpFacts("Not enough.", "He is back.", "no", "", "I am afraid.")
        ok, receipt = self.does(
            step_up, self.child(number, Status.DECIDED), facts, by=self.worker(by)
        )
        if ok:
            self.comes(receipt.contact_id)

    @precondition(lambda self: self.children)
    @rule(number=some, by=some)
    def closed(self, number, by):
        self.does(close_child, self.child(number, *ENDED), by=self.manager(by))

    # ------------------------------------------------------------ after the decision

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, seen=yes_or_no)
    def visited(self, number, by, seen):
        facts = Visited(self.now, "Beth", "At home", seen, "Nobody in", True, "", "Mia", "In play")
        self.does(record_visit, self.child(number, *ENDED), facts, by=self.worker(by))

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, step=st.sampled_from([None, *Step]), before=st.integers(0, 2))
    def a_later_step_is_recorded(self, number, by, step, before):
        told = {"by": self.worker(by)}
        if step is None:
            facts = Allocated("Beth", "North", self.now)
            self.does(record_allocation, self.child(number, *ENDED), facts, **told)
            return
        day = london_day(self.now) - before * DAY
        self.does(record_later_date, self.child(number), step, day, **told)

    # ------------------------------------------------------------ missing

    @precondition(lambda self: self.children)
    @rule(number=some, by=some, back=yes_or_no)
    def missing(self, number, by, back):
        since = self.now - 2 * HOUR
        returned = ReturnFacts(self.now - HOUR, "by_police") if back else None
        facts = NoticeFacts(since, "Bus stop", "Rosa", looked_after="no", returned=returned)
        self.keeps(
            MissingEpisode,
            self.does(missing.record_missing, self.child(number), facts, by=self.worker(by)),
        )

    @precondition(lambda self: self.there[MissingEpisode])
    @rule(
        number=some,
        by=some,
        deed=st.sampled_from(["back", "review", "offer", "assess", "in error"]),
    )
    def an_episode_goes_on(self, number, by, deed):
        row = self.one(MissingEpisode, number, order="recorded_at")
        if row is None:
            return
        if deed == "back":
            facts = ReturnFacts(self.now, "by_police")
            self.does(missing.record_return, row.id, facts, by=self.worker(by))
        elif deed == "review":
            self.does(missing.review_missing, row.id, "Read.", by=self.manager(by))
        elif deed == "in error":
            self.does(missing.take_back_missing, row.id, "The wrong child.", by=self.manager(by))
        elif deed == "assess":
            facts = RiskFacts("low", "no", "no", "no", "At a friend's.")
            self.does(missing.assess_risk, row.id, facts, by=self.worker(by))
        else:
            told = {"to_child": True, "by": self.worker(by)}
            self.does(missing.offer_return_interview, row.id, self.now, "Youth service", **told)

    @precondition(lambda self: self.there[ReturnInterview])
    @rule(number=some, by=some, answer=st.sampled_from(["accepted", "declined", "not_able", None]))
    def an_interview_is_answered_or_held(self, number, by, answer):
        row = self.one(ReturnInterview, number, order="recorded_at")
        if row is None:
            return
        if answer:
            words = (row.id, answer, "Not today.")
            self.does(missing.answer_return_interview, *words, by=self.worker(by))
            return
        facts = HeldFacts(self.now, "Robin", "youth_service", factor_words="Bullied.")
        self.does(missing.record_return_interview, row.id, facts, by=self.worker(by))

    # ------------------------------------------------------------ a way out for everybody

    def bring_to_an_end(self, child_id: UUID) -> None:
        """Every child can be screened, decided and closed from wherever the walk left them."""
        if self.row(child_id).status == Status.ACKNOWLEDGED:
            self.must(take_up, child_id, "She is away.", by=BETH)
        if self.row(child_id).status == Status.AWAITING_REFERRER:
            self.must(stop_waiting, child_id, "She rang.", by=BETH)
        if self.row(child_id).status in WITH_WORKER:
            self.screen(child_id, Rag.RED, BETH)
            self.must(send_for_decision, child_id, by=BETH)
        if self.row(child_id).status == Status.MANAGER_REVIEW:
            self.finish_discussions(child_id)
            discussed = people.strategy_of(self.session, child_id, self.who.fresh).held
            choice = people.CHOICES[0 if discussed else 3]
            self.decide(child_id, choice, self.who.fresh)
        self.finish_what_was_handed_on(child_id)
        self.find_and_see(child_id)
        if self.row(child_id).status not in OVER:
            self.must(close_child, child_id, by=CAROL)
        assert self.row(child_id).status in OVER

    def finish_what_was_handed_on(self, child_id: UUID) -> None:
        def mine(model: Any) -> list[Any]:
            return list(self.session.scalars(
                select(model).where(model.contact_child_id == child_id)
            ))  # fmt: skip

        for row in [each for each in mine(SpecialEnding) if each.ended_at is None]:
            self.own_or_end(row, CAROL, ends=False)
            self.own_or_end(row, CAROL, ends=True)
        for row in [each for each in mine(PassedOn) if each.is_open]:
            self.does(record_told, row.id, "Her mother", "Beth, by telephone", by=CAROL)
            self.does(send_on, row.id, "Hub North", "", by=CAROL)
            self.does(record_accepted, row.id, JO, by=CAROL)
            self.does(settle_return, row.id, "Help at school.", again=False, by=CAROL)
        for decision in mine(Decision):
            of_it = select(Direction).where(Direction.decision_id == decision.id)
            for row in self.session.scalars(of_it):
                self.does(end_direction, row.id, "Done.", was_done=True, by=CAROL)
        self.finish_discussions(child_id)
        if people.hold_by(self.session, child_id, by=CAROL):
            facts = people.a_call_for(Form.MEETING, self.now)
            self.hold(
                self.must(convene_discussion, [child_id], facts, by=CAROL), frozenset(), CAROL
            )
            for row in self.discussions_of(child_id):
                self.agree(row, s47=False, by=CAROL)

    def finish_discussions(self, child_id: UUID) -> None:
        for row in self.discussions_of(child_id):
            self.hold(row, frozenset(), CAROL)
            self.agree(row, s47=False, by=CAROL)

    def find_and_see(self, child_id: UUID) -> None:
        """Whoever is missing is found and offered the interview; who was at risk is seen."""
        of_child = select(MissingEpisode).where(MissingEpisode.contact_child_id == child_id)
        for row in self.session.scalars(of_child):
            self.does(missing.record_return, row.id, ReturnFacts(self.now, "by_police"), by=CAROL)
            self.does(missing.review_missing, row.id, "Read.", by=CAROL)
            told = {"to_child": True, "by": CAROL}
            self.does(missing.offer_return_interview, row.id, self.now, "Youth service", **told)
            offers = select(ReturnInterview.id).where(ReturnInterview.episode_id == row.id)
            for offer in self.session.scalars(offers):
                self.does(missing.answer_return_interview, offer, "declined", "No.", by=CAROL)
        seen = Visited(self.now, "Beth", "At home", True, "", True, "", "Mia", "In play")
        self.does(record_visit, child_id, seen, by=BETH)

    # ------------------------------------------------------------ after every deed

    @invariant()
    def it_holds(self):
        """A deed that was refused changed nothing, so nothing is asked again."""
        if self.changed:
            self.everything_holds()
        self.changed = False


def test_the_front_door_works_in_every_order_and_every_child_has_a_way_out(session):
    run_state_machine_as_test(
        lambda: FrontDoorAtWork(session, Counter()),
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None),
    )


def test_each_status_there_is_a_way_to_is_reached_by_deeds(session):
    """The same deeds, in an order that passes through all of them."""
    reached: Counter[Status] = Counter()
    walk = FrontDoorAtWork(session, reached)
    walk.send("Mia", "Zoë")
    walk.screened_in_one_sitting(0, 0, set(), sends=False)
    walk.the_referrer_is_asked(0, 0, answered=True)
    walk.nobody_waits_for_the_referrer_any_more(0, 0, answered=True)
    walk.an_agency_is_asked(0, 0, 0, "undue_delay")
    walk.it_holds()
    walk.an_agency_replies(0, own=True, words="Known since May.")
    walk.sent_to_a_manager(0, 0)
    walk.given_back(0, 0, "Ask the school.")
    walk.it_holds()
    walk.sent_to_a_manager(0, 0)
    walk.the_queue_is_worked_on((Outcome.OTHER_AUTHORITY, None, 3), directed=False)
    walk.it_holds()
    for deed in ("send", "accept"):
        walk.something_is_handed_on(0, 0, deed)
    walk.it_holds()
    walk.screened_in_one_sitting(0, 0, set(), sends=True)
    walk.the_queue_is_worked_on((Outcome.DUPLICATE_OR_ERROR, None, 1), directed=False)
    walk.closed(1, 0)
    walk.it_holds()
    walk.teardown()
    assert set(reached) == set(Status) - UNREACHABLE


def test_the_rarer_ways_hold_as_well(session):
    """What an order of deeds found by chance seldom comes to, step by step."""
    walk = FrontDoorAtWork(session, Counter())
    walk.send("Mia")
    [mia] = walk.children

    def step(deed, *words, **told):
        deed(*words, **told)
        walk.it_holds()

    step(walk.screened_in_one_sitting, 0, 0, {TRIGGER}, sends=False)
    step(walk.an_agency_is_asked, 0, 0, 0, "undue_delay")
    step(walk.a_request_is_closed_or_reminded_of, 0, 0, "Rang them.", reminded=False)
    for words in ("Known since May.", "Known since May.", "New."):
        step(walk.an_agency_replies, 0, own=True, words=words)
    [request] = session.scalars(select(InformationRequest))
    assert (request.state, walk.replied) == ("closed", {request.id: "Known since May."})

    step(walk.a_discussion_is_called, 0, 0, Form.SEVERAL_CALLS, both=False)
    for absent in ({Sector.HEALTH}, set(), {Sector.POLICE}):
        step(walk.a_discussion_is_held, 0, 0, absent)
    step(walk.a_discussion_is_closed, 0, 0, s47=True)
    assert people.hold_by(session, mia, by=CAROL), "police did not attend, so it is still needed"
    step(walk.none_is_needed, 0, 0, "Seen by the paediatrician.")
    step(walk.sent_to_a_manager, 0, 0)
    step(walk.the_queue_is_worked_on, (Outcome.EARLY_HELP, Route.EARLY_HELP, 3), directed=True)
    assert walk.stands[mia] is Status.DECIDED

    for deed in ("send", "return"):
        step(walk.something_is_handed_on, 0, 0, deed)
    step(walk.something_is_handed_on, 0, 1, "settle")  # and once more, elsewhere
    for deed in ("send", "accept"):
        step(walk.something_is_handed_on, 1, 0, deed)
    assert session.scalars(select(PassedOn.is_open)).all() == [False, False]
    step(walk.a_child_comes_back_from_early_help, 3, 0)
    assert len(walk.children) == 2

    step(walk.missing, 0, 0, back=False)
    for deed in ("review", "back", "assess", "offer"):
        step(walk.an_episode_goes_on, 0, 0, deed)
    step(walk.an_interview_is_answered_or_held, 0, 0, "declined")
    step(walk.an_episode_goes_on, 0, 0, "offer")
    for answer in ("accepted", None):
        step(walk.an_interview_is_answered_or_held, 1, 0, answer)
    [episode] = session.scalars(select(MissingEpisode))
    assert episode.settled_at is not None
    step(walk.a_direction_is_taken_or_ended, 0, 0, done=True, why="Done.")
    step(walk.closed, 0, 0)
    assert walk.stands[mia] is Status.CLOSED
    for again in ("visited", "missing", "a_discussion_is_called"):
        told = {
            "visited": (True,),
            "missing": (False,),
            "a_discussion_is_called": (Form.CALL, False),
        }
        step(getattr(walk, again), 3, 0, *told[again])
    walk.teardown()
