"""Whatever happens in whatever order: nothing is lost, and nothing ends without a person's reasons.

A machine plays the cast's deeds in every order that it can think of, beside a model in plain
Python that knows only what was promised. After each deed the two are compared.
"""

import os
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent
from mash_triage.audit.trail import verify
from mash_triage.contacts.actions import record_protective_action
from mash_triage.contacts.models import Contact, ContactChild, ProtectiveAction, StatusMove
from mash_triage.contacts.pictures import clocks_of
from mash_triage.contacts.status import (
    MOVES,
    WAITING_FOR_MANAGER,
    WAITING_FOR_SCREENING,
    WITH_WORKER,
    Status,
)
from mash_triage.decisions.actions import record_daily_review, record_decision, return_to_worker
from mash_triage.decisions.models import DailyReview, Decision, Referral
from mash_triage.errors import Changed, NotAllowed, NotFound, NotReady, Refused
from mash_triage.matching.actions import (
    confirm_match,
    recall_match,
    record_new_person,
    reject_match,
    settle_rested,
    undo_match,
)
from mash_triage.matching.link_reviews import open_link_reviews
from mash_triage.matching.models import LINKING, LinkReview, MatchDecision, RestedOnLink
from mash_triage.people.actions import lift_restriction, restrict_person
from mash_triage.screening.actions import (
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.screening.models import FactsFrozen
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route
from mash_triage.worklists.board import board
from tests import stories
from tests.cast import AMARA, BETH, CAROL, DAN, MONDAY_NINE

SOAK = bool(os.environ.get("MASH_SOAK"))
EXAMPLES, STEPS = (200, 40) if SOAK else (12, 30)

EVERYTHING = Actor.job("the tests")
FRONT_DOOR = (BETH, CAROL, DAN)
MANAGERS = (CAROL, DAN)
NAMES = ["Mia", "Zoë", "Ó'Néill", "محمد"]
TRIGGER, HUNGER = "non_fatal_strangulation", "persistent_hunger"
LEVELS = [(1, Route.UNIVERSAL), (3, Route.EARLY_HELP), (4, Route.S17), (4, Route.S47)]
DECISIONS = [
    {"outcome": Outcome.ADVICE, "route": Route.UNIVERSAL, "level": 1},
    {"outcome": Outcome.EARLY_HELP, "route": Route.EARLY_HELP, "level": 3},
    {"outcome": Outcome.S17_ASSESSMENT, "route": Route.S17, "level": 4},
    {"outcome": Outcome.STRATEGY_DISCUSSION, "route": Route.S47, "level": 4},
    {"outcome": Outcome.OPEN_CASE, "route": None, "level": 4},
]
BECAUSE = {"departure": DepartureReason.PROFESSIONAL_JUDGEMENT, "departure_words": "As seen."}


@dataclass
class Child:
    """What was promised about one child, in plain Python."""

    id: UUID
    name: str
    received_at: datetime
    clocks: list[tuple[str, datetime, datetime]]
    contact: int
    status: Status = Status.ACKNOWLEDGED
    person: int | None = None
    called_back: bool = False
    rag: Rag | None = None
    accepted: set[str] = field(default_factory=set)
    level: tuple[int, Route] | None = None
    level_explained: bool = False
    analysed: bool = False
    screened_by: set[UUID] = field(default_factory=set)
    first_red: datetime | None = None
    red_due: datetime | None = None
    decided_at: datetime | None = None
    outcome: Outcome | None = None
    reviews: set[date] = field(default_factory=set)
    protected: int = 0
    moves: int = 1

    @property
    def suggested(self) -> tuple[int, Route]:
        """What the levels of need say of these two indicators."""
        if TRIGGER in self.accepted:
            return 4, Route.S47
        return (3, Route.EARLY_HELP) if HUNGER in self.accepted else (1, Route.UNIVERSAL)

    @property
    def is_with_worker(self) -> bool:
        return self.status in (Status.SCREENING, Status.RETURNED_TO_WORKER)

    @property
    def is_ready(self) -> bool:
        """Does nothing stand between this child and a manager?"""
        explained = self.level_explained or self.level == self.suggested
        return bool(self.person and self.rag and self.analysed and self.level) and explained

    def move(self, to: Status) -> None:
        assert to in MOVES[self.status]
        self.status, self.moves = to, self.moves + 1


children = st.integers(0, 5)
workers = st.sampled_from(FRONT_DOOR)
managers = st.sampled_from(MANAGERS)
levels = st.sampled_from(LEVELS)


class LifeOfAContact(RuleBasedStateMachine):
    """The cast at work; `self.now` only ever goes on."""

    def __init__(self, session):
        super().__init__()
        self.session = session
        self.transaction = session.begin_nested()
        self.now = MONDAY_NINE
        self.children: list[Child] = []
        self.sent: list[tuple[UUID, dict, object]] = []
        self.eve = stories.a_manager(session, "Eve Marlow")
        self.readers: dict[int, set[UUID]] = {}
        self.kinds: dict[str, int] = {}

    def teardown(self):
        """The trail tells of every deed once and is whole; then all of it is undone."""
        try:
            told = self.session.execute(
                select(AuditEvent.kind, func.count()).group_by(AuditEvent.kind)
            )
            counted = {kind: number for kind, number in told if kind in self.kinds}
            assert counted == {kind: n for kind, n in self.kinds.items() if n}
            recalls = select(func.count()).where(AuditEvent.kind == "match:recalled")
            assert self.session.scalar(recalls) == self.count(LinkReview)
            assert verify(self.session).first_bad is None
        finally:
            self.transaction.rollback()
            self.session.expunge_all()

    # ------------------------------------------------------------ how a deed is done

    def pick(self, number: int) -> Child:
        return self.children[number % len(self.children)]

    def at_stage(self, stage: Status) -> list[int]:
        return [n for n, child in enumerate(self.children) if child.status is stage]

    def sees(self, by: Actor, person: int | None) -> bool:
        return person not in self.readers or by.user_id in self.readers[person]

    def does(self, refusal: type[Refused] | None, deed, *words, kind: str, **more) -> bool:
        """Do it and see that it is refused, or not, as promised."""
        self.kinds.setdefault(kind, 0)
        said = None
        try:
            with self.session.begin_nested():
                deed(self.session, *words, **more, at=self.now)
        except Refused as refused:
            said = refused
        assert type(said) is (refusal or type(None)), (
            f"{deed.__name__} by {more['by'].name}: {said}"
        )
        self.kinds[kind] += said is None
        return said is None

    def on_child(self, child: Child, by: Actor, *checks: tuple[bool, type[Refused]]):
        """The first refusal that is due: not theirs to see, then what is not as it must be."""
        if not self.sees(by, child.person):
            return NotFound
        return next((refusal for holds, refusal in checks if not holds), None)

    def in_screening(self, child: Child, by: Actor, *checks: tuple[bool, type[Refused]]):
        waits = child.status is Status.ACKNOWLEDGED
        return self.on_child(
            child, by, (not waits, NotReady), (child.is_with_worker, Changed), *checks
        )

    # ------------------------------------------------------------ time

    @rule(hours=st.sampled_from([0.25, 1, 3, 7, 24, 70]))
    def time_goes_on(self, hours):
        self.now += timedelta(hours=hours)

    # ------------------------------------------------------------ the referrer

    @precondition(lambda self: len(self.children) < 6)
    @rule(
        names=st.lists(st.sampled_from(["Mia", "Zoë", "Ó'Néill", "محمد"]), min_size=1, max_size=2)
    )
    def a_contact_is_sent(self, names):
        told = stories.answers(*({"given_names": name} for name in names))
        token = uuid4()
        receipt = stories.a_receipt(
            self.session,
            *({"given_names": name} for name in names),
            sent_by=AMARA,
            at=self.now,
            token=token,
        )
        self.kinds["contact:submitted"] = self.kinds.get("contact:submitted", 0) + 1
        self.sent.append((token, told, receipt))
        for row, name in zip(stories.children_of(self.session, receipt), names, strict=True):
            clocks = [(c.kind, c.started_at, c.due_at) for c in clocks_of(self.session, row.id)]
            assert {kind for kind, _, _ in clocks} == {"within_24_hours", "one_working_day"}
            assert ("within_24_hours", self.now, self.now + timedelta(hours=24)) in clocks
            self.children.append(Child(row.id, name, self.now, clocks, len(self.sent)))

    @precondition(lambda self: self.sent)
    @rule(number=children, changed=st.booleans())
    def the_same_form_is_sent_again(self, number, changed):
        token, told, receipt = self.sent[number % len(self.sent)]
        names = [child["given_names"] for child in told["children"]]
        again = [{"given_names": name, "sex": "M" if changed else "F"} for name in names]
        try:
            same = stories.a_receipt(self.session, *again, sent_by=AMARA, at=self.now, token=token)
        except Changed:
            assert changed
        else:
            assert (changed, same) == (False, receipt)

    @precondition(lambda self: self.children)
    @rule(number=children, by=st.sampled_from([AMARA, *FRONT_DOOR]))
    def a_child_is_protected_at_once(self, number, by):
        child = self.pick(number)
        refusal = None if by is AMARA else self.on_child(child, by)
        child.protected += self.does(
            refusal,
            record_protective_action,
            child.id,
            "called_999",
            "now",
            by=by,
            kind="protective_action:recorded",
        )

    # ------------------------------------------------------------ the worker

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers)
    def a_child_is_taken_up(self, number, by):
        child = self.pick(number)
        refusal = self.on_child(child, by, (child.status is Status.ACKNOWLEDGED, Changed))
        if self.does(refusal, take_up, child.id, by=by, kind="screening:taken_up"):
            child.move(Status.SCREENING)
            child.screened_by.add(by.user_id)

    def is_on_contact(self, contact: int, person: int) -> bool:
        return any(each.contact == contact and each.person == person for each in self.children)

    def linkable(self, child: Child, by: Actor):
        return self.on_child(
            child,
            by,
            (child.person is None, Changed),
            (child.decided_at is None or child.called_back, NotReady),
        )

    def worked_on(self, child: Child, by: Actor) -> None:
        """Whoever works on a child before the decision does not take it."""
        if child.decided_at is None:
            child.screened_by.add(by.user_id)

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers)
    def a_new_child_is_recorded(self, number, by):
        child = self.pick(number)
        refusal = self.linkable(child, by)
        if self.does(refusal, record_new_person, child.id, by=by, kind="match:new_person"):
            child.person = self.row(child).person_id
            self.worked_on(child, by)

    @precondition(lambda self: any(child.person for child in self.children))
    @rule(number=children, other=children, by=workers, same=st.booleans())
    def somebody_says_who_it_is(self, number, other, by, same):
        child = self.pick(number)
        person = next(c.person for c in [*self.children[other:], *self.children] if c.person)
        deed, kind = (
            (confirm_match, "match:confirmed") if same else (reject_match, "match:rejected")
        )
        refusal = self.linkable(child, by) if same else self.on_child(child, by)
        if refusal is None and not self.sees(by, person):
            refusal = NotFound
        stands_against = (
            self.is_on_contact(child.contact, person) if same else child.person == person
        )
        if refusal is None and stands_against:
            refusal = NotReady
        if self.does(refusal, deed, child.id, person, by=by, kind=kind):
            child.person = person if same else child.person
            self.worked_on(child, by)

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers, because=st.sampled_from(["Wrong child", " "]))
    def a_link_is_undone(self, number, by, because):
        child = self.pick(number)
        refusal = self.on_child(
            child,
            by,
            (child.decided_at is None, NotReady),
            (bool(because.strip()), NotReady),
            (child.person is not None, NotFound),
        )
        told = {"because": because, "by": by, "kind": "match:undone"}
        if self.does(refusal, undo_match, child.id, **told):
            child.person = None
            child.screened_by.add(by.user_id)

    @precondition(lambda self: any(child.decided_at for child in self.children))
    @rule(number=children, by=workers, because=st.sampled_from(["Wrong child", " "]))
    def a_link_is_called_back(self, number, by, because):
        child = self.pick(number)
        refusal = self.on_child(
            child,
            by,
            (child.decided_at is not None, NotReady),
            (bool(because.strip()), NotReady),
            (child.person is not None, NotFound),
        )
        if by not in MANAGERS:
            refusal = NotAllowed
        if self.does(refusal, recall_match, child.id, because=because, by=by, kind="recall:deed"):
            child.person, child.called_back = None, True
        self.kinds.pop("recall:deed")  # an undone link may open a review as well

    @precondition(lambda self: any(child.called_back for child in self.children))
    @rule(by=managers)
    def a_review_is_worked_off(self, by):
        for review in open_link_reviews(self.session, by=by):
            child = next(c for c in self.children if c.id == review.contact_child_id)
            left = self.unsettled(review.id)
            for each in review.still_open:
                refusal = NotReady if left == 1 and child.person is None else None
                told = {"by": by, "kind": "link:reviewed"}
                left -= self.does(refusal, settle_rested, each.id, "Stands.", **told)
            child.called_back = child.called_back and left > 0

    def unsettled(self, review_id: UUID) -> int:
        return self.session.scalar(
            select(func.count()).where(
                RestedOnLink.review_id == review_id, RestedOnLink.settled_at.is_(None)
            )
        )

    @precondition(lambda self: self.children)
    @rule(
        number=children,
        by=workers,
        codes=st.sets(st.sampled_from([TRIGGER, HUNGER])),
        because=st.sampled_from(["Another child", " "]),
    )
    def indicators_are_ticked(self, number, by, codes, because="Seen"):
        child = self.pick(number)
        silent = TRIGGER in child.accepted - codes and not because.strip()
        refusal = self.in_screening(child, by, (not silent, NotReady))
        told = {"because": because, "by": by, "kind": "indicators:recorded"}
        if self.does(refusal, record_indicators, child.id, codes, **told):
            child.accepted = set(codes)
            child.screened_by.add(by.user_id)
            if TRIGGER in codes:
                self.rated(child, Rag.RED)

    def rated(self, child: Child, rag: Rag) -> None:
        if child.rag is not rag:
            self.kinds["rag:set"] = self.kinds.get("rag:set", 0) + 1
            if rag is Rag.RED:
                child.first_red = child.first_red or self.now
            child.red_due = child.first_red + timedelta(hours=4) if rag is Rag.RED else None
        child.rag = rag

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers, rag=st.sampled_from(Rag), reason=st.sampled_from(["", "x"]))
    def a_child_is_rated(self, number, by, rag, reason):
        child = self.pick(number)
        refusal = self.in_screening(
            child,
            by,
            (rag is Rag.RED or TRIGGER not in child.accepted, NotReady),
            (bool(reason) or child.rag in (None, rag), NotReady),
        )
        if self.does(refusal, set_rag, child.id, rag, reason, by=by, kind="rag:deed"):
            changed = child.rag is not rag
            self.rated(child, rag)
            child.screened_by |= {by.user_id} if changed else set()
        self.kinds.pop("rag:deed")  # rating the same again leaves no line

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers)
    def a_child_is_analysed(self, number, by):
        child = self.pick(number)
        if self.does(
            self.in_screening(child, by),
            record_analysis,
            child.id,
            {"so_what": "Meals and help with money."},
            hidden_harms="asked_none",
            by=by,
            kind="analysis:recorded",
        ):
            child.analysed = True
            child.screened_by.add(by.user_id)

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers, choice=levels, explained=st.booleans())
    def a_level_is_set(self, number, by, choice, explained):
        child = self.pick(number)
        departs = choice != child.suggested
        refusal = self.in_screening(child, by, (explained or not departs, NotReady))
        told = {**(BECAUSE if explained else {}), "by": by, "kind": "level:set"}
        if self.does(refusal, set_level, child.id, *choice, **told):
            child.level, child.level_explained = choice, explained and departs
            child.screened_by.add(by.user_id)

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers)
    def a_child_is_sent_to_a_manager(self, number, by):
        child = self.pick(number)
        refusal = self.in_screening(child, by, (child.is_ready, NotReady))
        if self.does(refusal, send_for_decision, child.id, by=by, kind="decision:asked_for"):
            child.move(Status.MANAGER_REVIEW)
            child.screened_by.add(by.user_id)

    @precondition(lambda self: self.at_stage(Status.ACKNOWLEDGED))
    @rule(by=workers, codes=st.sets(st.sampled_from([TRIGGER, HUNGER])), choice=levels)
    def a_whole_screening_in_one_sitting(self, by, codes, choice):
        """So that many children reach a manager; each deed is checked as by itself."""
        number = self.at_stage(Status.ACKNOWLEDGED)[0]
        self.a_child_is_taken_up(number, by)
        self.a_new_child_is_recorded(number, by)
        self.indicators_are_ticked(number, by, codes)
        self.a_child_is_rated(number, by, Rag.RED, "as seen")
        self.a_child_is_analysed(number, by)
        self.a_level_is_set(number, by, choice, explained=True)
        self.a_child_is_sent_to_a_manager(number, by)

    # ------------------------------------------------------------ the manager

    def decidable(self, child: Child, by: Actor, *checks: tuple[bool, type[Refused]]):
        if by not in MANAGERS:
            return NotAllowed
        waits = child.status is Status.MANAGER_REVIEW
        return self.on_child(child, by, (waits, Changed), *checks)

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers, choice=st.sampled_from(DECISIONS), said=st.booleans())
    def a_child_is_decided(self, number, by, choice, said):
        child = self.pick(number)
        refusal = self.decidable(
            child,
            by,
            (child.person is not None, NotReady),
            (by.user_id not in child.screened_by, NotAllowed),
            (said, NotReady),
        )
        facts = stories.a_decision(
            **choice,
            **BECAUSE,
            already_open="no",
            rationale="Reasons." if said else " ",
            repeat_comment="Known.",
        )
        if self.does(refusal, record_decision, child.id, facts, by=by, kind="decision:recorded"):
            child.move(Status.DECIDED)
            child.decided_at, child.outcome = self.now, choice["outcome"]

    @precondition(lambda self: self.at_stage(Status.MANAGER_REVIEW))
    @rule(by=managers, choice=st.sampled_from(DECISIONS))
    def the_queue_is_worked_on(self, by, choice):
        """So that many children are decided."""
        for number in self.at_stage(Status.MANAGER_REVIEW):
            self.a_child_is_decided(number, by, choice, said=True)

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers, reason=st.sampled_from(["Ask the school", " "]))
    def a_child_is_returned(self, number, by, reason):
        child = self.pick(number)
        refusal = self.decidable(child, by, (bool(reason.strip()), NotReady))
        told = {"by": by, "kind": "decision:returned"}
        if self.does(refusal, return_to_worker, child.id, reason, **told):
            child.move(Status.RETURNED_TO_WORKER)

    @precondition(lambda self: self.children)
    @rule(number=children, by=workers)
    def a_late_child_is_reviewed(self, number, by):
        child = self.pick(number)
        today = self.now.date()  # in winter London keeps UTC
        refusal = self.on_child(
            child,
            by,
            (child.decided_at is None, NotReady),
            (self.now > child.received_at + timedelta(hours=24), NotReady),
            (today not in child.reviews, Changed),
        )
        if by not in MANAGERS:
            refusal = NotAllowed
        told = {"by": by, "kind": "daily_review:recorded"}
        if self.does(refusal, record_daily_review, child.id, "Waiting for police", **told):
            child.reviews.add(today)

    @precondition(lambda self: any(child.person for child in self.children))
    @rule(number=children, by=managers, with_dan=st.booleans())
    def a_record_is_restricted_or_opened_again(self, number, by, with_dan):
        person = next(c.person for c in [*self.children[number:], *self.children] if c.person)
        refusal = None if self.sees(by, person) else NotFound
        if person in self.readers:
            told = {"because": "x", "by": by, "kind": "person:released"}
            if self.does(refusal, lift_restriction, person, **told):
                del self.readers[person]
            return
        readers = {CAROL.user_id, self.eve.user_id, *([DAN.user_id] if with_dan else [])}
        if self.does(
            refusal,
            restrict_person,
            person,
            reason="A colleague's family",
            review_on=self.now.date() + timedelta(days=90),
            readers=readers,
            by=by,
            kind="person:restricted",
        ):
            self.readers[person] = readers

    # ------------------------------------------------------------ what holds after every deed

    def row(self, child: Child) -> ContactChild:
        self.session.flush()
        return self.session.get_one(ContactChild, child.id, populate_existing=True)

    def count(self, table) -> int:
        return self.session.scalar(select(func.count()).select_from(table))

    @invariant()
    def nothing_is_lost(self):
        assert self.count(Contact) == len(self.sent)
        assert self.count(ContactChild) == len(self.children)
        assert self.count(StatusMove) == sum(child.moves for child in self.children)
        assert self.count(ProtectiveAction) == sum(child.protected for child in self.children)
        assert self.count(DailyReview) == sum(len(child.reviews) for child in self.children)
        for child in self.children:
            row = self.row(child)
            assert row.reported_given_names == child.name
            told = row.contact.submission
            assert told["children"][row.position]["given_names"] == child.name
            assert told["concern"]["worry"] == stories.ANSWERS["concern"]["worry"]
            assert (Status(row.status), row.person_id, row.rag) == (
                child.status,
                child.person,
                child.rag,
            )

    @invariant()
    def nobody_is_linked_but_by_the_one_answer_that_stands(self):
        answers = self.session.execute(
            select(MatchDecision.contact_child_id, MatchDecision.person_id).where(
                MatchDecision.answer.in_(LINKING), MatchDecision.undone_at.is_(None)
            )
        ).all()
        assert sorted(answers) == sorted((c.id, c.person) for c in self.children if c.person)

    @invariant()
    def none_is_ended_without_reasons_by_a_second_qualified_person(self):
        ended = {child.id: child for child in self.children if child.decided_at}
        decisions = self.session.scalars(select(Decision)).all()
        assert {each.contact_child_id for each in decisions} == set(ended)
        for each in decisions:
            child = ended[each.contact_child_id]
            assert each.rationale == "Reasons."
            assert (each.outcome, each.decided_at) == (child.outcome, child.decided_at)
            assert each.decided_by in {manager.user_id for manager in MANAGERS}
            assert each.decided_by not in child.screened_by
            assert self.session.get_one(FactsFrozen, each.facts_id).moment == "decided"
        accepted = (Outcome.S17_ASSESSMENT, Outcome.STRATEGY_DISCUSSION)
        referrals = set(self.session.scalars(select(Referral.contact_child_id)))
        assert referrals == {id_ for id_, child in ended.items() if child.outcome in accepted}

    @invariant()
    def each_undecided_child_waits_in_one_queue_with_a_due_time(self):
        self.session.flush()
        shown = board(self.session, by=EVERYTHING, at=self.now)
        waiting = {child.id: child for child in self.children if not child.decided_at}
        assert sorted(row.id for row in shown.open) == sorted(waiting)
        assert [row.next_due_at for row in shown.open] == sorted(
            row.next_due_at for row in shown.open
        )
        for row in shown.open:
            queues = (WAITING_FOR_SCREENING, WITH_WORKER, WAITING_FOR_MANAGER)
            assert sum(row.status in queue for queue in queues) == 1
            child = waiting[row.id]
            running = [due for _, _, due in child.clocks] + [child.red_due or datetime.max]
            assert row.next_due_at == min(each.replace(tzinfo=None) for each in running).replace(
                tzinfo=MONDAY_NINE.tzinfo
            )

    @invariant()
    def no_clock_moves_and_all_stop_with_the_decision(self):
        self.session.flush()
        for child in self.children:
            now = clocks_of(self.session, child.id)
            base = [each for each in now if each.kind != "red_4_hours"]
            assert [(each.kind, each.started_at, each.due_at) for each in base] == child.clocks
            assert {each.stopped_at for each in base} == {child.decided_at}
            red = [each for each in now if each.kind == "red_4_hours" and not each.stopped_at]
            runs = [] if child.decided_at or not child.red_due else [child.red_due]
            assert [each.due_at for each in red] == runs


def test_a_contact_lives_through_every_order_of_deeds(session):
    run_state_machine_as_test(
        lambda: LifeOfAContact(session),
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS),
    )
