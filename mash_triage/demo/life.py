"""A child's way through the front door of the demonstration, as planned, deed by deed.

Each deed looks first where the child stands now, so that whatever a visitor of the demonstration
did by hand is left as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Role
from mash_triage.clocks.rules import within_24_hours, working_days_past
from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.contacts.actions import (
    bank_holidays,
)
from mash_triage.contacts.codes import SENT_BY_THEMSELVES
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.status import UNDECIDED, Status
from mash_triage.decisions.actions import (
    record_daily_review,
    record_decision,
    record_referrer_told,
    return_to_worker,
)
from mash_triage.decisions.rules import DecisionFacts, DirectionFacts
from mash_triage.decisions.telling import whom_to_tell
from mash_triage.demo.deeds import Deed, Do, Town, token_of
from mash_triage.demo.handing_on import (
    CLOSED_AFTER,
    FOLLOWED,
    HANDED_ON_AFTER,
    IF_NOT,
    hand_on,
    no_longer_follow,
)
from mash_triage.demo.on_record import record_protected, record_told, start_agreed_help
from mash_triage.demo.outcome_told import told_of
from mash_triage.demo.planned import PlannedChild, PlannedContact, Stage
from mash_triage.demo.protecting import DISCUSSED_AFTER, discuss
from mash_triage.matching.actions import confirm_match, record_new_person
from mash_triage.screening.actions import (
    propose_from_words,
    record_analysis,
    record_indicators,
    send_for_decision,
    set_level,
    set_rag,
    take_up,
)
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import DepartureReason, Outcome, Rag, Route

TAKEN_UP, SCREENED, SENT, RETURNED, SENT_AGAIN = 0.2, 0.5, 0.65, 0.75, 0.9
"""At which share of the time until the decision each step is taken."""

AGREEMENT_WITHIN = timedelta(days=5)
HELP_STARTS_AFTER = timedelta(days=3)


def deeds_of(contact: PlannedContact, town: Town) -> list[Deed]:
    """What becomes of every child on a contact, in the order of time."""
    lives = (Life(contact, child, place, town) for place, child in enumerate(contact.children))
    return sorted((deed for life in lives for deed in life.deeds()), key=lambda each: each.at)


@dataclass
class Life:
    """One child's way through the front door, as planned."""

    contact: PlannedContact
    plan: PlannedChild
    place: int
    town: Town

    @property
    def worker(self) -> Actor:
        return self.town.people[self.contact.worker]

    @property
    def manager(self) -> Actor:
        return self.town.people[self.contact.manager]

    def moment(self, share: float) -> datetime:
        """The moment at this share of the way from receipt to decision."""
        return self.contact.received_at + self.plan.decided_after * share

    def deeds(self) -> Iterator[Deed]:
        """Every deed of this child's story."""
        yield Deed(self.moment(TAKEN_UP), self._take_up)
        yield Deed(self.moment(SCREENED), self._screen)
        yield Deed(self.moment(SENT), self._send)
        if self.plan.returned_once:
            yield Deed(self.moment(RETURNED), self._return)
            yield Deed(self.moment(SENT_AGAIN), self._send)
        yield from self._reviews()
        decided = self.moment(1.0)
        yield Deed(decided, self._decide)
        yield self._later(hand_on, HANDED_ON_AFTER)
        if self.plan.outcome == Outcome.EARLY_HELP and self.plan.consent.agreement != "refused":
            yield self._later(partial(start_agreed_help, plan=self.plan), HELP_STARTS_AFTER)
        if self.plan.outcome == Outcome.STRATEGY_DISCUSSION:
            yield self._later(discuss, DISCUSSED_AFTER)
        if self.plan.outcome in FOLLOWED:
            yield self._later(no_longer_follow, CLOSED_AFTER)

    def _later(self, do: Callable[..., None], after: timedelta) -> Deed:
        return Deed(self.moment(1.0) + after, partial(self._afterwards, do, after))

    def _reviews(self) -> Iterator[Deed]:
        """A manager's look at ten on each working day after the first 24 hours."""
        due = within_24_hours(self.contact.received_at)
        decided = self.moment(1.0)
        if decided <= due:
            return
        first, last = london_day(due), london_day(decided)
        for n in range((last - first).days + 1):
            at = datetime.combine(
                first + timedelta(days=n), datetime.min.time().replace(hour=10), LONDON
            ).astimezone(UTC)
            if due < at < decided:
                yield Deed(at, self._review_at(at))

    # ------------------------------------------------------------ the deeds

    def _child(self, session: Session) -> ContactChild:
        token = token_of(self.contact)
        if (token, self.place) not in self.town.children:
            sender = self.town.people[self.contact.sender]
            self.town.children[token, self.place] = session.scalars(
                select(ContactChild.id)
                .join(Contact)
                .where(
                    Contact.agency_id == sender.agency_id,
                    Contact.token == token,
                    ContactChild.position == self.place,
                )
            ).one()
        return session.get_one(ContactChild, self.town.children[token, self.place])

    def _take_up(self, session: Session) -> None:
        child, at = self._child(session), self.moment(TAKEN_UP)
        if child.status != Status.ACKNOWLEDGED:
            return
        take_up(session, child.id, by=self.worker, at=at)
        if self.plan.stage is Stage.SCREENING:  # for those behind us it would only take time
            propose_from_words(session, child.id, by=self.worker, at=at)
        if self.plan.protective_action:
            record_protected(session, child.id, self.plan, by=self.worker, at=at)

    def _screen(self, session: Session) -> None:
        child, at = self._child(session), self.moment(SCREENED)
        if child.status != Status.SCREENING or child.taken_up_by != self.worker.user_id:
            return
        self._match(session, child, at)
        record_told(session, child.id, self.plan, by=self.worker, at=at)
        record_indicators(
            session,
            child.id,
            self.plan.indicators,
            strengths=self.plan.strengths,
            by=self.worker,
            at=at,
        )
        if child.rag is None:
            set_rag(session, child.id, Rag(self.plan.rag), by=self._rater(), at=at)
        record_analysis(
            session,
            child.id,
            {
                "harm_so_far": self.plan.analysis.harm,
                "danger_ahead": self.plan.analysis.danger,
                "works_well": self.plan.analysis.works,
                "makes_harder": self.plan.analysis.harder,
                "so_what": self.plan.analysis.so_what,
            },
            hidden_harms="asked_none",
            by=self.worker,
            at=at,
        )
        self._level(session, child, at)

    def _rater(self) -> Actor:
        """Whoever is qualified to rate: the worker, else a colleague who will not decide."""
        if self.worker.qualified:
            return self.worker
        return next(
            each
            for each in self.town.people.values()
            if each.role is Role.SOCIAL_WORKER and each.qualified
        )

    def _match(self, session: Session, child: ContactChild, at: datetime) -> None:
        if child.person_id is not None:
            return
        person_id = self._known_person(child)
        if person_id is not None:
            confirm_match(session, child.id, person_id, by=self.worker, at=at)
        else:
            person = record_new_person(session, child.id, by=self.worker, at=at)
            self.town.by_key[self.plan.key] = person.id

    def _known_person(self, child: ContactChild) -> int | None:
        town, name = self.town, (child.reported_given_names, child.reported_family_name)
        if self.plan.child_id in town.by_register_id:
            return town.by_register_id[self.plan.child_id]
        before = town.recorded_before.get((*name, child.reported_dob)) if all(name) else None
        return town.by_key.get(self.plan.key, before)

    def _level(self, session: Session, child: ContactChild, at: datetime) -> None:
        reason, words = self._departure()
        set_level(
            session,
            child.id,
            self.plan.level,
            Route(self.plan.route) if self.plan.route else None,
            departure=reason,
            departure_words=words,
            by=self.worker,
            at=at,
        )

    def _departure(self) -> tuple[DepartureReason, str]:
        """The reason for a departure, kept only where there is one."""
        if self.plan.departure:
            return DepartureReason(self.plan.departure.reason), self.plan.departure.words
        return DepartureReason.PROFESSIONAL_JUDGEMENT, self.plan.rationale

    def _send(self, session: Session) -> None:
        child = self._child(session)
        share = SENT if child.status == Status.SCREENING else SENT_AGAIN
        if child.status in (Status.SCREENING, Status.RETURNED_TO_WORKER):
            send_for_decision(session, child.id, by=self.worker, at=self.moment(share))

    def _return(self, session: Session) -> None:
        child = self._child(session)
        if child.status == Status.MANAGER_REVIEW:
            return_to_worker(
                session,
                child.id,
                self.plan.returned_once,
                by=self.manager,
                at=self.moment(RETURNED),
            )

    def _review_at(self, at: datetime) -> Do:
        def review(session: Session) -> None:
            child = self._child(session)
            times = edition_of(session, child.contact.edition_id).clocks
            due = within_24_hours(child.received_at)
            days = working_days_past(due, at, times, bank_holidays())
            if child.status in UNDECIDED and london_day(at) in days:
                record_daily_review(
                    session, child.id, self.plan.analysis.works, by=self.manager, at=at
                )

        return review

    def _decide(self, session: Session) -> None:
        child, at = self._child(session), self.moment(1.0)
        if child.status != Status.MANAGER_REVIEW:
            return
        telling = whom_to_tell(session, child.id, by=self.manager)
        edition = edition_of(session, child.contact.edition_id)
        outcome = Outcome(self.plan.outcome)
        told = told_of(edition, telling, outcome, self.plan.level)
        facts = replace(self._decision(at), told=told, contingency=IF_NOT)
        record_decision(session, child.id, facts, strategy=None, by=self.manager, at=at)
        if child.contact.channel not in SENT_BY_THEMSELVES and not facts.told.withheld:
            record_referrer_told(session, child.id, at, by=self.manager, at=at)

    def _decision(self, at: datetime) -> DecisionFacts:
        today, (reason, words) = london_day(at), self._departure()
        return DecisionFacts(
            outcome=Outcome(self.plan.outcome),
            route=Route(self.plan.route) if self.plan.route else None,
            level=self.plan.level,
            rationale=self.plan.rationale,
            repeat_comment=self.plan.repeat_comment or self.plan.analysis.harder,
            directions=tuple(
                DirectionFacts(each.what, each.who, today + timedelta(days=each.within_days))
                for each in self.plan.directions
            ),
            owner="Early help co-ordinator",
            agreement_due_on=today + AGREEMENT_WITHIN,
            departure=reason,
            departure_words=words,
            already_open="no",
        )

    def _afterwards(self, do: Callable[..., None], after: timedelta, session: Session) -> None:
        """What its manager does so long after the decision, where it was decided."""
        child = self._child(session)
        if child.status == Status.DECIDED:
            do(session, child, by=self.manager, at=self.moment(1.0) + after)
