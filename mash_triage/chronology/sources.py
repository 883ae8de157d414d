"""Where the lines of a chronology come from: one list, to which a new source is added.

A source is a function of a session and a scope that gives lines. It is asked only for children on
contacts that the person who asks may see.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.models import UserAccount
from mash_triage.after_sending.models import ContactAddition
from mash_triage.chronology.protecting import (
    agencies_answered,
    discussions,
    missing_episodes,
    visits,
)
from mash_triage.chronology.rules import Line, Weight
from mash_triage.chronology.scope import FRONT_DOOR, Scope, Source
from mash_triage.contacts.actions import PROTECTIVE_KINDS
from mash_triage.contacts.models import Contact, ContactChild, ProtectiveAction
from mash_triage.contacts.seen import contact_seen
from mash_triage.decisions.models import Decision, HelpOffer
from mash_triage.hand_on.kinds import ENDINGS, PASSINGS, Answer, Ending, Passing
from mash_triage.hand_on.models import PassedOn, SpecialEnding, StepUp
from mash_triage.talk.models import ReferrerWait
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Outcome, Route


def contacts(session: Session, scope: Scope) -> Iterable[Line]:
    """Each contact: from whom, and about which worry."""
    for each in scope.contacts:
        edition = edition_of(session, each.edition_id)
        worry = next((c.words for c in edition.concern if c.code == each.main_concern), "")
        danger = each.in_danger_now == "yes"
        words = f"Contact: {worry or each.main_concern}"
        yield scope.line(
            each.contact_child_id,
            f"contact:{each.contact_child_id}",
            each.received_at,
            f"{words}. Somebody was in danger" if danger else words,
            each.agency_name,
            Weight.SERIOUS if danger else Weight.CONCERN,
        )


def told_events(session: Session, scope: Scope) -> Iterable[Line]:
    """Events and police notices that a referrer told of, as far as this person may read them."""
    rows = session.scalars(
        select(Contact)
        .join(ContactChild, ContactChild.contact_id == Contact.id)
        .where(ContactChild.id.in_(scope.ids))
    ).unique()
    first = {each.contact_id: each for each in reversed(scope.contacts)}
    for contact in rows:
        if not (contact.submission.get("notice") or contact.submission.get("chronology")):
            continue
        said = contact_seen(session, contact, by=scope.by).submission
        of = first[contact.id].contact_child_id
        if notice := said.get("notice"):
            words = f"Police notice: {notice['incident']}"
            key = f"notice:{contact.id}"
            yield scope.line(of, key, contact.received_at, words, "Police", Weight.CONCERN)
        for number, event in enumerate(said.get("chronology") or ()):
            said_by = event.get("source")
            named = said_by if isinstance(said_by, str) and said_by else contact.agency.name
            key = f"told:{contact.id}:{number}"
            line = scope.line(
                of, key, contact.received_at, str(event["what"]), named, Weight.CONCERN
            )
            yield Line(**{**vars(line), "told_when": str(event["when"])})


def decisions(session: Session, scope: Scope) -> Iterable[Line]:
    """What a manager decided."""
    rows = session.execute(
        select(Decision, UserAccount.name)
        .join(UserAccount, UserAccount.id == Decision.decided_by)
        .where(Decision.contact_child_id.in_(scope.ids))
    )
    for row, name in rows:
        about = scope.by_id[row.contact_child_id]
        outcome = edition_of(session, about.edition_id).outcome_of(Outcome(row.outcome))
        serious = row.route == Route.S47
        yield scope.line(
            row.contact_child_id,
            f"decision:{row.id}",
            row.decided_at,
            f"Decided: {outcome.words}, level {row.level}",
            name,
            Weight.SERIOUS if serious else Weight.STEP,
        )


def protective_actions(session: Session, scope: Scope) -> Iterable[Line]:
    """What was done at once for a child's safety."""
    rows = session.scalars(
        select(ProtectiveAction).where(ProtectiveAction.contact_child_id.in_(scope.ids))
    )
    for row in rows:
        said = PROTECTIVE_KINDS.get(row.kind, row.kind)
        words = f"{said}: {row.words}" if row.words else said
        key = f"protected:{row.id}"
        yield scope.line(
            row.contact_child_id, key, row.recorded_at, words, FRONT_DOOR, Weight.SERIOUS
        )


def replies(session: Session, scope: Scope) -> Iterable[Line]:
    """That a referrer was asked and answered, or said more; the words stay where they are."""
    waits = session.scalars(
        select(ReferrerWait).where(ReferrerWait.contact_child_id.in_(scope.ids))
    )
    for row in waits:
        source = scope.by_id[row.contact_child_id].agency_name
        asked = ("asked", row.asked_at, "The referrer was asked a question")
        answered = ("answered", row.ended_at, "The referrer answered")
        for kind, at, words in (asked, answered):
            if at is not None and (kind == "asked" or row.answer_id is not None):
                key = f"{kind}:{row.id}"
                yield scope.line(row.contact_child_id, key, at, words, source, Weight.STEP)
    first = {each.contact_id: each for each in reversed(scope.contacts)}
    additions = session.scalars(
        select(ContactAddition).where(ContactAddition.contact_id.in_(list(first)))
    )
    for addition in additions:
        of = first[addition.contact_id]
        words = "The referrer said more, and that somebody is in danger"
        if not addition.danger_now:
            words = "The referrer said more"
        weight = Weight.SERIOUS if addition.danger_now else Weight.STEP
        key = f"added:{addition.id}"
        yield scope.line(of.contact_child_id, key, addition.added_at, words, of.agency_name, weight)


def help_given(session: Session, scope: Scope) -> Iterable[Line]:
    """Early help that started, and what was sent to somebody who accepted or returned it."""
    offers = session.scalars(
        select(HelpOffer).where(
            HelpOffer.contact_child_id.in_(scope.ids), HelpOffer.started_at.is_not(None)
        )
    )
    for offer in offers:
        assert offer.started_at is not None  # as was asked
        key = f"help:{offer.id}"
        yield scope.line(
            offer.contact_child_id,
            key,
            offer.started_at,
            "Early help started",
            offer.owner,
            Weight.STRENGTH,
        )
    passed = session.scalars(
        select(PassedOn).where(
            PassedOn.contact_child_id.in_(scope.ids), PassedOn.took_place_at.is_not(None)
        )
    )
    for row in passed:
        assert row.took_place_at is not None  # as was asked
        kind = PASSINGS[Passing(row.kind)]
        said = "told of" if kind.is_told else "accepted by"
        said = said if row.answer == Answer.ACCEPTED else "returned by"
        words = f"{kind.words}: {said} {row.to_whom}"
        key = f"passed:{row.id}"
        yield scope.line(
            row.contact_child_id, key, row.took_place_at, words, row.answer_name, Weight.STEP
        )


def special_endings(session: Session, scope: Scope) -> Iterable[Line]:
    """That a special ending, an order or a report was opened, and that an order was extended; of an
    allegation no more than that there is one.
    """
    rows = session.scalars(
        select(SpecialEnding).where(SpecialEnding.contact_child_id.in_(scope.ids))
    )
    for row in rows:
        kind = ENDINGS[Ending(row.kind)]
        words = kind.words if kind.is_event else f"Referral: {kind.words}"
        when, key = row.known_at if kind.is_event else row.opened_at, f"ending:{row.id}"
        yield scope.line(row.contact_child_id, key, when, words, FRONT_DOOR, Weight.STEP)
        if row.extended_at is not None:
            words, key = f"Extended: {kind.words}", f"ending_extended:{row.id}"
            when = row.extended_at
            yield scope.line(row.contact_child_id, key, when, words, FRONT_DOOR, Weight.STEP)


def step_ups(session: Session, scope: Scope) -> Iterable[Line]:
    """That a child came back from early help, and why."""
    rows = session.scalars(select(StepUp).where(StepUp.contact_child_id.in_(scope.ids)))
    for row in rows:
        words = f"Came back from early help: {row.reason}"
        key = f"step_up:{row.id}"
        yield scope.line(
            row.contact_child_id, key, row.stepped_at, words, FRONT_DOOR, Weight.CONCERN
        )


SOURCES: tuple[Source, ...] = (
    contacts,
    told_events,
    decisions,
    protective_actions,
    replies,
    help_given,
    special_endings,
    step_ups,
    agencies_answered,
    discussions,
    missing_episodes,
    visits,
)
"""Every source. A folder that keeps something new adds its own here, and nowhere else."""
