"""Who may read what of whom: every read, every role, and whose child it is, in one plain table.

The reads are found by reflection: a new one without a row here fails the test. What is expected
is written out by role and never asks the service's own table of permissions.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from sqlalchemy import select, true
from sqlalchemy.exc import IntegrityError

from mash_triage.access.actions import add_user
from mash_triage.access.actor import Actor
from mash_triage.access.queries import actor_for
from mash_triage.access.roles import Role
from mash_triage.attachments.models import Attachment
from mash_triage.clocks.actions import happened
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.rules import ClockKind
from mash_triage.contacts.drafts import start_draft
from mash_triage.decisions.models import Decision, Direction
from mash_triage.disagreements.models import Disagreement
from mash_triage.enquiries.models import InformationRequest
from mash_triage.errors import NotAllowed, NotFound
from mash_triage.hand_on.models import PassedOn, SpecialEnding
from mash_triage.matching.duplicates import Waiting
from mash_triage.matching.identity import identity
from mash_triage.matching.models import DuplicatePair
from mash_triage.missing.models import MissingAction, MissingEpisode
from mash_triage.people.actions import restrict_person
from mash_triage.promises.queries import Wanted
from mash_triage.screening.models import FactsFrozen
from mash_triage.strategy.actions import convene_discussion
from mash_triage.strategy.codes import Form
from mash_triage.strategy.models import StrategyChild
from mash_triage.strategy.rules import Convened
from mash_triage.talk.actions import open_consultation, send_message
from mash_triage.talk.models import Message
from mash_triage.worklists.in_hand import in_hand
from mash_triage.worklists.rows import any_of, times_in_force
from tests import cast, stories
from tests.cells import tried_on
from tests.stories import HOUR, MONDAY_NINE

ASKED = Path(__file__).parent / "data" / "queries_sample.csv"
LATER = MONDAY_NINE + timedelta(hours=30)
MUCH_LATER = MONDAY_NINE + timedelta(days=9)

# ---------------------------------------------------------------- the plain table

UNQUALIFIED_MANAGER = "manager without the qualification"
EVERYBODY = frozenset({*map(str, Role), UNQUALIFIED_MANAGER})
SENDING = frozenset({"referrer", "agency_lead", "partner_representative", "api_client"})
MANAGING = frozenset({"manager", UNQUALIFIED_MANAGER})
SCREENING = frozenset({"screening_worker", "social_worker", "out_of_hours"}) | MANAGING
FRONT_DOOR = SCREENING | {"early_help_coordinator"}
MEASURING = FRONT_DOOR | {"policy_lead", "analyst"}
DECIDING = frozenset({"manager"})
LEADING = frozenset({"agency_lead"})
CONSULTING = SENDING - {"api_client"}
LINKING = SCREENING - {"out_of_hours"}
ANSWERING = frozenset({"agency_lead", "partner_representative", "api_client"})
KEEPING_WEIGHTS = frozenset({"policy_lead"})
READING_EDITIONS = FRONT_DOOR | {"policy_lead"}
NOBODY = frozenset[str]()
KEEPING_ACCOUNTS = frozenset({"administrator"})

OWN, COLLEAGUES, OTHERS, RESTRICTED = "own", "colleague's", "another agency's", "restricted"
WHOSE = (OWN, COLLEAGUES, OTHERS, RESTRICTED)


def sees(role: str, whose: str) -> bool:
    """May this role see this child? The restricted one is open to Carol and Dan alone."""
    if role in FRONT_DOOR:
        return whose != RESTRICTED
    if role == "agency_lead":
        return whose in (OWN, COLLEAGUES)
    return role in SENDING and whose == OWN


@dataclass(frozen=True)
class Row:
    """One read: which roles may; whether it answers of one `child`, of a `draft`, gives a `list`
    of those it may show, or is the same for all (`one`); and how it is called.
    """

    may: frozenset[str]
    gives: str
    call: Callable[..., Any]


def of_child(may: frozenset[str] = FRONT_DOOR) -> Row:
    return Row(may, "child", lambda do, s, it, by: do(s, it.row.id, by=by))


def of_row(may: frozenset[str] = FRONT_DOOR) -> Row:
    return Row(may, "one", lambda do, s, it, by: do(s, it.row, by=by))


def of_person(may: frozenset[str] = FRONT_DOOR) -> Row:
    return Row(may, "child", lambda do, s, it, by: do(s, it.row.person_id, by=by))


def of_reference() -> Row:
    return Row(EVERYBODY, "child", lambda do, s, it, by: do(s, it.row.contact.reference, by=by))


def of_contact() -> Row:
    return Row(EVERYBODY, "child", lambda do, s, it, by: do(s, it.row.contact_id, by=by))


def of_named_child() -> Row:
    return Row(
        FRONT_DOOR,
        "child",
        lambda do, s, it, by: do(s, contact_child_id=it.row.id, by=by, at=LATER),
    )


def of_consultation() -> Row:
    return Row(EVERYBODY, "consultation", lambda do, s, it, by: do(s, it.consultation, by=by))


def a_message_on(session, it) -> Any:
    """What the child's referrer wrote."""
    return session.scalars(
        select(Message.id).where(Message.contact_id == it.row.contact_id)
    ).first()


def of_draft() -> Row:
    return Row(EVERYBODY, "draft", lambda do, s, it, by: do(s, it.draft, by=by))


def alone(may: frozenset[str]) -> Row:
    return Row(may, "one", lambda do, s, it, by: do(s, by=by))


def now(may: frozenset[str], gives: str = "one") -> Row:
    return Row(may, gives, lambda do, s, it, by: do(s, by=by, at=LATER))


def disagreed(session, it) -> Any:
    """A disagreement about this child, of a decision that stands for it."""
    found = session.scalars(
        select(Disagreement.id).where(Disagreement.contact_child_id == it.row.id)
    ).first()
    return found or a_disagreement(session, it.row).id


def to_be_done(session, it) -> MissingAction:
    """Something that is not done yet after a missing episode of this child."""
    of_it = {"episode_id": episode(session, it.row).id, "due_on": date(2026, 3, 3)}
    told = {"added_by": cast.CAROL.user_id, "added_at": LATER}
    row = MissingAction(id=uuid4(), what="x", owner="x", **of_it, **told)
    session.add(row)
    session.flush()
    return row


def a_disagreement(session, child) -> Disagreement:
    """A disagreement with a decision about the child, both put there for it."""
    carol, at = cast.CAROL.user_id, MONDAY_NINE
    of_child = {"contact_child_id": child.id}
    facts = FactsFrozen(
        id=uuid4(),
        **of_child,
        moment="decided",
        facts={},
        sha256="x",
        frozen_by=carol,
        frozen_at=at,
    )
    session.add(facts)
    session.flush()
    decision = Decision(
        id=uuid4(), **of_child, outcome="early_help", route="early_help", level=3, rationale="x",
        facts_id=facts.id, decided_by=carol, decided_at=at,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    contact = child.contact
    row = Disagreement(
        id=uuid4(), **of_child, decision_id=decision.id, agency_id=contact.agency_id, why="x",
        wanted="x", stage=1, turn="front_door", turn_since=at, due_at=LATER,
        raised_by=contact.submitted_by, raised_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def put(session, row) -> Any:
    session.add(row)
    session.flush()
    return row.id


def handed_on(session, it) -> Any:
    """A step-down of the child."""
    told = {"begun_by": cast.CAROL.user_id, "begun_at": LATER}
    return put(session, PassedOn(contact_child_id=it.row.id, kind="step_down", **told))


def special(session, it) -> Any:
    """A special ending of the child."""
    told = {"opened_by": cast.CAROL.user_id, "opened_at": LATER, "known_at": LATER}
    return put(session, SpecialEnding(contact_child_id=it.row.id, kind="marac", **told))


def directed(session, it) -> Any:
    """What a manager directed for the child."""
    disagreed(session, it)
    decision = session.scalars(
        select(Decision.id).where(Decision.contact_child_id == it.row.id)
    ).one()
    return put(session, Direction(decision_id=decision, what="x", who="x", due_on=LATER.date()))


def talked_of(session, it) -> Any:
    """A strategy discussion about this child, which Carol called."""
    found = session.scalars(
        select(StrategyChild.discussion_id).where(StrategyChild.contact_child_id == it.row.id)
    ).first()
    if found is not None:
        return found
    facts = Convened("Carol", LATER, Form.MEETING)
    told = {"by": cast.CAROL, "at": LATER}
    happened(session, it.row.id, Moment.STRATEGY_NEEDED, took_place_at=LATER, **told)
    return convene_discussion(session, [it.row.id], facts, **told).id


def of_talk(gives: str, *, at: datetime | None = None) -> Row:
    """A list in which the child of a discussion stands."""
    told = {"at": at} if at else {}

    def call(do, s, it, by):
        talked_of(s, it)
        return do(s, by=by, **told)

    return Row(FRONT_DOOR, gives, call)


def requested(session, it, agency_id: Any = cast.DEV.agency_id) -> Any:
    """A request about this child, sent to an agency."""
    row = InformationRequest(
        id=uuid4(), contact_child_id=it.row.id, agency_id=agency_id, state="open", rag="green",
        purpose="x", basis="public_task", special_category="none", gateway="ca2004_s16la",
        confidentiality="consent", necessity="x", rests_on="reason", consent_ids=[],
        asked_by=cast.BETH.user_id, asked_at=MONDAY_NINE, sent_at=MONDAY_NINE, due_at=LATER,
    )  # fmt: skip
    savepoint = session.begin_nested()
    session.add(row)
    try:
        session.flush()
    except IntegrityError:  # asked already for another reader
        savepoint.rollback()
        of_both = {"contact_child_id": it.row.id, "agency_id": agency_id}
        return session.scalars(select(InformationRequest.id).filter_by(**of_both)).one()
    return row.id


SOMEBODY = identity(given_names="Mia", family_name="Quill", dob=date(2017, 3, 9))


def attached(session, row) -> Any:
    """A file on the child's contact."""
    file = Attachment(
        contact_id=row.contact_id, name="x.txt", kind="txt", size=1, sha256="0" * 64,
        state="not_scanned", added_by=cast.AMARA.user_id, added_at=LATER,
    )  # fmt: skip
    session.add(file)
    session.flush()
    return file.id


def episode(session, child) -> MissingEpisode:
    """A missing episode of this child."""
    carol, at = cast.CAROL.user_id, MONDAY_NINE
    row = MissingEpisode(
        id=uuid4(), contact_child_id=child.id, missing_since=at, returned_at=at + HOUR,
        returned_how="by_police", return_recorded_by=carol, return_recorded_at=LATER,
        last_seen="x", reporter="x", looked_after="no", noticed_at=at, recorded_by=carol,
        recorded_at=at, provider="youth_service",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


TABLE: dict[str, Row] = {
    "access.agencies": alone(KEEPING_ACCOUNTS),
    "access.people": alone(KEEPING_ACCOUNTS),
    "outbox.outbox": now(KEEPING_ACCOUNTS),
    "outbox.stuck_ids": alone(KEEPING_ACCOUNTS),
    "outbox.endpoints_of": Row(
        KEEPING_ACCOUNTS, "one", lambda do, s, it, by: do(s, cast.AMARA.agency_id, by=by)
    ),
    # A person's own words, found by her id; nobody can name another's.
    "access.drop_draft": Row(EVERYBODY, "one", lambda do, s, it, by: do(s, "form", "x", by=by)),
    "agency_systems.api_keys": alone(KEEPING_ACCOUNTS),
    "editions.editions": Row(
        READING_EDITIONS,
        "one",
        lambda do, s, it, by: do(s, "default", on=LATER.date(), by=by),
    ),
    "editions.fetch_edition": Row(
        READING_EDITIONS, "one", lambda do, s, it, by: do(s, it.edition, by=by)
    ),
    "editions.fetch_draft": Row(
        KEEPING_WEIGHTS, "one", lambda do, s, it, by: do(s, it.edition_draft, by=by)
    ),
    "editions.picture_of_draft": Row(
        KEEPING_WEIGHTS, "one", lambda do, s, it, by: do(s, it.edition_draft, by=by)
    ),
    "editions.drafts": alone(KEEPING_WEIGHTS),
    "people.fetch_person": of_person(),
    "people.record_of_person": of_person(),
    "people.restriction_of": of_person(),
    "people.lifted_restrictions": of_person(MANAGING),
    "people.may_be_readers": alone(FRONT_DOOR),
    "people.deciders": alone(FRONT_DOOR),
    "people.closed_to_all_deciders": alone(DECIDING),
    # The two that every other read of a child or a contact goes through ask whose it is.
    "contacts.fetch_child": of_child(EVERYBODY),
    "contacts.fetch_contact": of_reference(),
    "contacts.contact_seen": Row(
        EVERYBODY, "list", lambda do, s, it, by: do(s, it.row.contact, by=by).submission
    ),
    "contacts.picture_of_sent": of_reference(),
    "contacts.picture_of_child": of_child(),
    "contacts.earlier_contacts": of_row(),
    "contacts.contacts_about": Row(
        FRONT_DOOR, "list", lambda do, s, it, by: do(s, it.row.person_id, by=by)
    ),
    "contacts.how_many_earlier": of_row(),
    "contacts.repeat_counts": of_row(),
    "chat.talk_of": of_draft(),
    "chat.context_of": alone(EVERYBODY),
    "contacts.drafts_of": alone(EVERYBODY),
    "contacts.answers_known_of": alone(EVERYBODY),
    "contacts.fetch_draft": of_draft(),
    "contacts.picture_of_draft": of_draft(),
    "contacts.restore_draft": of_draft(),
    "attachments.files_of_draft": of_draft(),
    "attachments.files_of_contact": of_reference(),
    "attachments.fetch_attachment": Row(
        EVERYBODY, "child", lambda do, s, it, by: do(s, attached(s, it.row), by=by)
    ),
    "after_sending.additions_of": of_reference(),
    "after_sending.after_sending": of_child(),
    "after_sending.confirmed_calls": alone(SENDING),
    "after_sending.news_of_children": alone(FRONT_DOOR),
    "consent.consent_of": of_child(),
    "consent.lawful_bases_of": of_child(),
    "matching.answers_of": of_child(),
    "matching.duplicates_to_answer": Row(
        LINKING, "list", lambda do, s, it, by: do(s, Waiting.OPEN, limit=50, by=by)
    ),
    "matching.how_many_duplicates": alone(LINKING),
    "matching.undone_answers_of": Row(LINKING, "one", lambda do, s, it, by: do(s, uuid4(), by=by)),
    "matching.proposed_models": alone(KEEPING_WEIGHTS),
    "matching.activations": alone(KEEPING_WEIGHTS),
    # Only for commands that read the whole register.
    "matching.decided": alone(NOBODY),
    "matching.suspicions": Row(
        NOBODY, "one", lambda do, s, it, by: do(s, tell=lambda *_: None, by=by)
    ),
    "matching.measured_weights": Row(
        NOBODY, "one", lambda do, s, it, by: do(s, tell=lambda *_: None, by=by, at=LATER)
    ),
    "matching.export_features": Row(
        NOBODY, "one", lambda do, s, it, by: do(s, Path("x.csv"), by=by, at=LATER)
    ),
    "matching.refile": Row(NOBODY, "one", lambda do, s, it, by: do(s, by=by, at=LATER)),
    "people.links_among": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, [it.row.person_id], by=by)
    ),
    "matching.adults_on_contact": of_child(),
    "matching.found_through_household": of_child(),
    "matching.homes_at": Row(EVERYBODY, "one", lambda do, s, it, by: do(s, [], by=by)),
    "matching.family_homes": Row(EVERYBODY, "one", lambda do, s, it, by: do(s, [], by=by)),
    "matching.former_names_of": of_person(),
    "matching.restricted_for": Row(EVERYBODY, "one", lambda do, s, it, by: do(s, by=by)),
    "matching.pins_of": of_child(),
    "matching.pinned_answers": of_child(),
    # Of a contact that was fetched: it leaves out what this person may not read of it.
    "matching.identity_of_child": of_row(EVERYBODY),
    "matching.rests_on_link_of": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, it.row.id, by=by, at=LATER)
    ),
    "matching.link_reviews_of": of_child(),
    "matching.open_link_reviews": alone(MANAGING),
    "matching.seen_through_undone_links": now(FRONT_DOOR),
    "matching.told_apart": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, [it.row.person_id], by=by)
    ),
    "matching.pictures_of_people": Row(
        FRONT_DOOR, "list", lambda do, s, it, by: do(s, [it.row.person_id], by=by)
    ),
    "matching.search_for_child": of_child(SCREENING),
    "matching.offered_for": of_child(SCREENING),
    "matching.stamp_of": Row(FRONT_DOOR, "one", lambda do, s, it, by: do(s, it.row.id, by=by)),
    "matching.search_together": Row(
        SCREENING, "one", lambda do, s, it, by: do(s, [SOMEBODY], by=by)
    ),
    "matching.answer_file": Row(
        SCREENING,
        "one",
        lambda do, s, it, by: do(s, ASKED, StringIO(), today=date(2026, 11, 21), by=by),
    ),
    "matching.search": Row(SCREENING, "one", lambda do, s, it, by: do(s, SOMEBODY, by=by)),
    "screening.facts_of": of_row(),
    "screening.suggestion_for": of_row(),
    # Of a child that was fetched: it reads no words that this person may not.
    "screening.reading_of": of_row(EVERYBODY),
    "screening.reading_of_additions": of_row(EVERYBODY),
    "screening.picture_of_screening": of_child(),
    "screening.words_read": of_child(),
    "decisions.decision_of": of_child(),
    "decisions.whom_to_tell": of_child(),
    "decisions.told_of": of_child(),
    "decisions.outcomes_told": Row(
        SENDING, "child", lambda do, s, it, by: do(s, it.row.contact.reference, by=by)
    ),
    "worklists.drafts_lying": alone(LEADING),
    "worklists.people_of_agency": alone(LEADING),
    "worklists.quality_of_agency": now(LEADING),
    "decisions.decided_alone": alone(MANAGING),
    "decisions.reviews_of": of_child(),
    "decisions.open_discussion": of_child(),
    "decisions.why_open": of_child(),
    "decisions.tasks": of_named_child(),
    "hand_on.passed_on": of_named_child(),
    "hand_on.special_endings": of_named_child(),
    "hand_on.family_summaries": of_child(),
    "hand_on.step_ups_of": of_child(),
    "hand_on.fetch_passed": Row(
        EVERYBODY, "child", lambda do, s, it, by: do(s, handed_on(s, it), by=by)
    ),
    "hand_on.fetch_ending": Row(
        EVERYBODY, "child", lambda do, s, it, by: do(s, special(s, it), by=by)
    ),
    "chronology.chronology_of": of_child(),
    "chronology.lens_of": of_child(),
    "contacts.contacts_of_family": Row(
        FRONT_DOOR, "list", lambda do, s, it, by: do(s, it.row, by=by)
    ),
    "decisions.outcomes_of": Row(FRONT_DOOR, "one", lambda do, s, it, by: do(s, [], by=by)),
    # The thread of a contact follows it; the notes are the front door's alone.
    "talk.contact_talked_of": of_contact(),
    "talk.thread_of_contact": of_contact(),
    "talk.consultation_behind": of_contact(),
    "talk.notes_on": of_child(),
    "talk.fetch_message": Row(
        EVERYBODY, "child", lambda do, s, it, by: do(s, a_message_on(s, it), by=by)
    ),
    "talk.fetch_consultation": of_consultation(),
    "talk.picture_of_consultation": of_consultation(),
    "talk.thread_of_consultation": of_consultation(),
    "talk.my_consultations": Row(CONSULTING, "one", lambda do, s, it, by: do(s, by=by)),
    "talk.consultations_waiting": Row(FRONT_DOOR, "one", lambda do, s, it, by: do(s, by=by)),
    "talk.mine_on_contacts": alone(SENDING),
    "talk.news_from_referrers": Row(FRONT_DOOR, "list", lambda do, s, it, by: do(s, by=by)),
    "talk.how_much_waits": alone(FRONT_DOOR),
    # Counts of what was set instead; the words that people wrote are of children.
    "missing.fetch_episode": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, episode(s, it.row).id, by=by)
    ),
    "missing.picture_of_episode": Row(
        FRONT_DOOR,
        "child",
        lambda do, s, it, by: do(s, episode(s, it.row).id, by=by, at=LATER),
    ),
    "missing.episodes_of_child": Row(EVERYBODY, "one", lambda do, s, it, by: do(s, it.row, by=by)),
    "missing.episodes_on": Row(FRONT_DOOR, "one", lambda do, s, it, by: do(s, it.row.id, by=by)),
    "missing.open_episodes": alone(FRONT_DOOR),
    "missing.reported_missing": alone(FRONT_DOOR),
    "missing.settled_report": of_child(),
    "missing.episodes_elsewhere": of_child(),
    "missing.open_actions": Row(
        FRONT_DOOR, "list", lambda do, s, it, by: to_be_done(s, it) and do(s, by=by, at=LATER)
    ),
    # Of an episode that was fetched.
    "missing.signs": Row(
        EVERYBODY, "one", lambda do, s, it, by: do(s, episode(s, it.row), by=by, at=LATER)
    ),
    "missing.offered_for": Row(
        EVERYBODY, "one", lambda do, s, it, by: do(s, episode(s, it.row), by=by, at=LATER)
    ),
    "missing.months_of_interviews": now(MEASURING),
    "departures.uses_of_editions": alone(MEASURING),
    "departures.uses_of_rules": Row(
        MEASURING,
        "one",
        lambda do, s, it, by: do(s, it.row.contact.edition_id, by=by, at=LATER),
    ),
    "departures.departures_from": Row(
        FRONT_DOOR,
        "one",
        lambda do, s, it, by: do(s, it.row.contact.edition_id, "usual_level_3", by=by),
    ),
    # Names and references for managers, no more than facts for policy leads: tests/backtest.
    "backtest.rows_behind": Row(
        MANAGING | KEEPING_WEIGHTS, "one", lambda do, s, it, by: do(s, [it.row.id], by=by)
    ),
    "allocation.teams": alone(FRONT_DOOR | {"administrator"}),
    "allocation.workers": now(FRONT_DOOR | {"administrator"}),
    "allocation.absences": now(FRONT_DOOR | {"administrator"}),
    "allocation.workers_of_child": of_child(),
    "allocation.offer_for": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, [it.row.id], by=by, at=LATER)
    ),
    "allocation.prompts_about": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, [it.row.id], by=by)
    ),
    "handover.unread_handovers": alone(FRONT_DOOR),
    "handover.handovers_of": of_child(),
    "worklists.choices_of_board": alone(FRONT_DOOR),
    "worklists.in_hand": now(FRONT_DOOR, "list"),
    "worklists.covered_children": now(FRONT_DOOR),
    "worklists.through_the_night": now(FRONT_DOOR),
    "worklists.domestic_abuse_queue": Row(
        FRONT_DOOR, "list", lambda do, s, it, by: special(s, it) and do(s, by=by, at=LATER)
    ),
    "worklists.months_of_worry": now(MEASURING),
    "worklists.shift_forecast": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, in_hand(s, by=by, at=LATER), by=by)
    ),
    "worklists.quiet_children": Row(
        FRONT_DOOR, "list", lambda do, s, it, by: do(s, in_hand(s, by=by, at=MUCH_LATER), by=by)
    ),
    "promises.running_promises": Row(
        FRONT_DOOR, "list", lambda do, s, it, by: do(s, Wanted(), by=by, at=LATER)
    ),
    "promises.promises_of_child": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, it.row.id, by=by, at=LATER)
    ),
    "worklists.board": now(FRONT_DOOR, "list"),
    "worklists.added_words_of_danger": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, {it.row.id: 1}, by=by)
    ),
    "worklists.words_of_danger": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, [it.row.id], by=by)
    ),
    "worklists.decision_queue": now(MANAGING),
    "worklists.undecided": Row(
        FRONT_DOOR,
        "list",
        lambda do, s, it, by: do(s, times_in_force(s, at=LATER), by=by, at=LATER),
    ),
    "worklists.help_not_started": alone(FRONT_DOOR),
    "worklists.decided_in_time": now(MEASURING),
    "worklists.weeks_in_time": now(MEASURING),
    "worklists.decided_late": Row(
        FRONT_DOOR,
        "list",
        lambda do, s, it, by: do(s, ClockKind.WITHIN_24_HOURS, by=by, at=LATER),
    ),
    "hours.waits_of_child": of_child(),
    "hours.hours_in_sum": Row(
        MEASURING, "one", lambda do, s, it, by: do(s, MONDAY_NINE, LATER, by=by)
    ),
    "sharing.sharing_of": of_child(),
    "enquiries.agencies_to_ask": alone(SCREENING),
    "enquiries.requests_about": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, it.row.id, by=by, at=LATER)
    ),
    "enquiries.requests_under_way": now(SCREENING),
    "enquiries.request_inside": Row(
        SCREENING, "child", lambda do, s, it, by: do(s, requested(s, it), by=by, at=LATER)
    ),
    "enquiries.requests_to_my_agency": now(ANSWERING),
    "enquiries.waiting_for_my_agency": Row(
        ANSWERING, "one", lambda do, s, it, by: do(s, limit=5, by=by, at=LATER)
    ),
    "enquiries.request_to_my_agency": Row(
        ANSWERING,
        "one",
        lambda do, s, it, by: do(s, requested(s, it, by.agency_id), by=by, at=LATER),
    ),
    "enquiries.gauges": now(SCREENING),
    "worklists.my_contacts": Row(SENDING, "list", lambda do, s, it, by: do(s, by=by)),
    "worklists.how_many_contacts": alone(SENDING),
    "worklists.contacts_since": Row(
        SENDING, "list", lambda do, s, it, by: do(s, MONDAY_NINE, limit=100, by=by)
    ),
    "worklists.my_contact": Row(
        SENDING, "child", lambda do, s, it, by: do(s, it.row.contact.reference, by=by)
    ),
    "worklists.read_rows": Row(
        EVERYBODY,
        "list",
        lambda do, s, it, by: do(s, any_of(true()), times_in_force(s, at=LATER), by=by, at=LATER),
    ),
    # Last: they put decisions there, whose facts nothing else may read.
    "decisions.fetch_direction": Row(
        EVERYBODY, "child", lambda do, s, it, by: do(s, directed(s, it), by=by)
    ),
    "disagreements.disagreements": now(FRONT_DOOR | SENDING),
    "disagreements.disagreements_on": Row(
        FRONT_DOOR | SENDING, "child", lambda do, s, it, by: do(s, it.row.id, by=by, at=LATER)
    ),
    "disagreements.disagreement": Row(
        FRONT_DOOR | SENDING,
        "child",
        lambda do, s, it, by: do(s, disagreed(s, it), by=by, at=LATER),
    ),
    "disagreements.steps_of": Row(
        FRONT_DOOR | SENDING, "child", lambda do, s, it, by: do(s, disagreed(s, it), by=by)
    ),
    "disagreements.fetch_disagreement": Row(
        FRONT_DOOR | SENDING, "child", lambda do, s, it, by: do(s, disagreed(s, it), by=by)
    ),
    "disagreements.later_decisions": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, disagreed(s, it), by=by)
    ),
    "strategy.fetch_discussion": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, talked_of(s, it), by=by)
    ),
    "strategy.discussion": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, talked_of(s, it), by=by)
    ),
    "strategy.agencies_to_invite": alone(SCREENING),
    "strategy.likely_to_come": Row(
        SCREENING, "child", lambda do, s, it, by: do(s, it.row.id, by=by, at=LATER)
    ),
    "strategy.discussions_on": Row(
        FRONT_DOOR, "child", lambda do, s, it, by: do(s, it.row.id, by=by, at=LATER)
    ),
    "strategy.not_needed_for": of_child(),
    "strategy.attendance": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, days=90, by=by, at=LATER)
    ),
    "strategy.attendance_by_month": now(FRONT_DOOR, "one"),
    "strategy.hold_by": of_child(),
    "strategy.how_discussed": of_child(),
    "strategy.open_discussions": of_talk("list", at=LATER),
    "strategy.strategy_needed": of_talk("list"),
    "after_decision.after_decision_of": of_child(),
    "after_decision.followed_up": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, days=30, by=by, at=LATER)
    ),
    "after_decision.assessment_spread": Row(
        FRONT_DOOR, "one", lambda do, s, it, by: do(s, days=30, by=by, at=LATER)
    ),
    "after_decision.measures_after_decision": Row(
        MEASURING, "one", lambda do, s, it, by: do(s, days=30, by=by, at=LATER)
    ),
    "disagreements.experience_of": Row(
        SENDING, "child", lambda do, s, it, by: do(s, it.row.contact.reference, by=by)
    ),
    "disagreements.experience_counts": now(MEASURING),
    "disagreements.experience_words": now(MANAGING),
}

ASK_NOBODY = {
    "access.demo_people": "in a demonstration database anybody may become anybody",
    "access.fetch_agency": "for actions",
    "access.fetch_user": "for actions, and a name beside a deed",
    "access.installed": "says nothing of people",
    "access.is_demo": "says nothing of people",
    "access.link_to_use": "asks for the secret of the link",
    "agency_systems.caller_with": "asks for the secret of the key",
    "access.session_for": "asks for the secret of the cookie",
    "after_decision.is_followed_up": "a condition, for a list that asks whose children they are",
    "allocation.away_on": "for actions, and lists that ask whose children they are",
    "allocation.hers_and_covered": "for a list that asks whose children they are",
    "allocation.told_of": "for actions that tell of a child that was fetched",
    "allocation.who_know": "for actions that tell of a child that was fetched",
    "missing.interview_rows": "for actions, of an episode that was fetched",
    "promises.colleagues": "for the job that tells them, of a promise that it names",
    "outbox.longest_unsent": "says nothing of people",
    "outbox.open_endpoints": "for an action, of an agency that it names",
    "outbox.letter_for": "inside a delivery",
    "outbox.notice_for": "inside a delivery",
    "contacts.remind_of_drafts": "a job of the service, which reads no words",
    "thresholds.edition_for_receipt": "the levels of need are public",
    "thresholds.edition_in_force": "the levels of need are public",
    "thresholds.edition_of": "the levels of need are public",
    "thresholds.edition_stamp": "the levels of need are public",
    "editions.agreements": "of a draft that was fetched",
    "editions.version_of": "of a draft that was fetched",
    "thresholds.edition_to_read": "the levels of need are public",
    "thresholds.editions_before": "the levels of need are public",
    "contacts.clocks_of": "a part of a picture that asked",
    "attachments.how_many_files": "for actions, of a draft or contact that was fetched",
    "attachments.examine_files": "for a command that reads every file and tells counts and ids",
    "attachments.files_to_scan": "ids of files, for the job that scans them",
    "attachments.known_files": "ids of every file, for sweeping",
    "attachments.of_nothing": "names of files of which no row speaks, for sweeping",
    "contacts.name_of": "a colleague's name beside a deed",
    "after_sending.additions_to": "for facts and rules, of a contact that was fetched",
    "after_sending.facts_said": "for rules, of a contact that was fetched",
    "after_sending.withdrawals_of": "a part of a picture that asked",
    "consent.consent_rows": "for rules, of a child that was fetched",
    "matching.candidates_for": "inside a search, which asks",
    "matching.former_name_on": "for an action, of a child that was fetched",
    "matching.restricted_names": "for an import",
    "matching.take_out_names": "writes for an import",
    "matching.with_former_names": "inside a search, which asks",
    "matching.rests_on": "for an action, of a link that was fetched",
    "matching.identities": "inside a search, which asks",
    "matching.index_children": "writes for an import",
    "matching.hold_counts": "writes for the index",
    "matching.keep_counts": "writes for the index",
    "matching.lines_of": "inside a search, which asks",
    "matching.still_to_file": "a number of the whole register",
    "matching.register_facts": "counts of the whole register, without the restricted records",
    "matching.widen": "inside a search, which asks",
    "screening.counted_through": "for an action, of a link that was fetched",
    "matching.register_children": "for a command that reads the whole register, which asks",
    "matching.households_of": "for a command that reads the whole register, which asks",
    "matching.points_of": "for a command that reads the whole register, which asks",
    "matching.weights_in_force": "says nothing of people",
    "enquiries.with_parts": "a part of a picture that asked",
    "sharing.standing_of_child": "for rules, of a child that was fetched",
    "screening.recorded_of": "for rules, of a child that was fetched",
    "screening.frozen": "for a decision, of a child that was fetched",
    "screening.indicator_rows": "for rules, of a child that was fetched",
    "decisions.outcome_told": "a part of a picture that asked",
    "decisions.unnamed_on_contact": "for rules, of a child that was fetched",
    "decisions.open_directions": "for rules, of a child that was fetched",
    "allocation.standing_second": "for actions, of a child that was fetched",
    "allocation.seconds_of": "a part of a picture that asked",
    "hand_on.open_rows": "for rules, of a child that was fetched",
    **{
        f"chronology.{name}": "inside a chronology, which asks"
        for name in (
            "contacts",
            "told_events",
            "decisions",
            "protective_actions",
            "replies",
            "help_given",
            "special_endings",
            "step_ups",
            "agencies_answered",
            "discussions",
            "missing_episodes",
            "visits",
        )
    },
    "decisions.recent_referral": "for a decision, of a child that was fetched",
    "decisions.who_screened": "for rules, of a child that was fetched",
    "strategy.people_of": "for actions and pictures, of a discussion that was fetched",
    "strategy.attending_of": "for rules, of a discussion that was fetched",
    "strategy.agency_named": "for an action, of an agency that it names",
    "talk.contact_made_of": "of a consultation that was fetched",
    "talk.open_waits": "for an action, of a question on a contact that was fetched",
    "talk.open_wait_of": "for an action, of a child that was fetched",
    "talk.speaks_of_danger": "reads the words it is given",
    "worklists.times_in_force": "opening hours are public",
}
"""Reads that are not told who asks, and why they need not be."""

# ---------------------------------------------------------------- the reads, by reflection

FOLDERS = ("access", "outbox", "thresholds", "editions", "agency_systems", "people", "contacts",
           "attachments", "after_sending", "consent", "matching", "chat", "allocation", "screening",
           "sharing", "enquiries", "hand_on", "decisions", "talk", "handover", "missing",
           "disagreements", "strategy", "after_decision", "backtest", "departures", "promises",
           "worklists", "chronology", "hours")  # fmt: skip
DEEDS = {"models", "rules", "actions", "sign_in", "register_import", "register_records", "sending",
         "work", "agencies", "by_deeds", "families"}  # fmt: skip


def reads() -> dict[str, Callable[..., Any]]:
    """Every public function of a session outside actions; the deeds of drafts, which are told when
    as well, are in the table of actions.
    """
    found = {}
    for folder in FOLDERS:
        package = importlib.import_module(f"mash_triage.{folder}")
        for module_info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if DEEDS & set(module_info.name.split(".")):
                continue
            module = importlib.import_module(module_info.name)
            for name, function in inspect.getmembers(module, inspect.isfunction):
                told = inspect.signature(function).parameters
                own = function.__module__ == module.__name__ and not name.startswith("_")
                deed = module_info.name.endswith((".drafts", ".kept")) and "at" in told
                if own and "session" in told and not deed:
                    found[f"{folder}.{name}"] = function
    return found


def test_every_read_has_its_row_and_every_row_its_read():
    found = reads()
    told_who = {name for name, read in found.items() if "by" in inspect.signature(read).parameters}
    assert sorted(told_who) == sorted(TABLE)
    assert sorted(found.keys() - told_who) == sorted(ASK_NOBODY)


# ---------------------------------------------------------------- the world


def people_of_every_role(session) -> dict[str, Actor]:
    """One person of each role, all of Hill School, so that an agency never explains a yes."""
    made = {}
    for role in sorted(EVERYBODY):
        user = add_user(
            session,
            f"{role.replace(' ', '_')}@rivermead.example",
            role,
            role=Role.MANAGER if role == UNQUALIFIED_MANAGER else Role(role),
            agency_id=cast.AMARA.agency_id,
            qualified=role in {"social_worker", "manager"},
            by=Actor.job("the tests"),
            at=MONDAY_NINE,
        )
        made[role] = actor_for(user)
    return made


class World:
    """A known child of every relation, each with a family name of its own, and drafts."""

    def __init__(self, session) -> None:
        self.session, self.count, self.partner = session, 0, None
        self.people = people_of_every_role(session)
        self.partner = self._child(cast.DEV).person_id
        self.shared = {
            COLLEAGUES: self._child(cast.AMARA),
            OTHERS: self._child(cast.DEV),
            RESTRICTED: self._child(cast.DEV),
        }
        self.own = {
            role: self._child(replace(actor, role=Role.REFERRER))
            for role, actor in self.people.items()
            if role in SENDING | FRONT_DOOR
        }
        restrict_person(
            session,
            self.shared[RESTRICTED].person_id,
            reason="x",
            review_on=date(2026, 6, 1),
            readers=[cast.CAROL.user_id, cast.DAN.user_id],
            by=cast.CAROL,
            at=MONDAY_NINE + HOUR,
        )
        thea = stories.a_policy_lead(session, "Thea Marlowe")
        written = stories.an_edition_draft(session, by=thea)
        self.edition, self.edition_draft = written.based_on_id, written.id
        self.drafts = {role: self._draft(actor) for role, actor in self.people.items()}
        self.consultations = {
            role: self._consultation(actor) for role, actor in self.people.items()
        }
        session.flush()

    def _child(self, sender: Actor):
        self.count += 1
        told = {
            "family_name": f"Quill{self.count:02}Q",
            "home": {"address_line": f"{self.count} Long Row", "postcode": "ZA1 1AA"},
        }
        child = stories.a_child(self.session, told, sent_by=sender)
        stories.know(self.session, child, by=cast.CAROL, at=MONDAY_NINE + HOUR)
        told = {"token": uuid4(), "by": sender, "at": MONDAY_NINE + HOUR}
        send_message(self.session, child.contact_id, "She is worse.", **told)
        if self.partner:
            self._perhaps_the_same(child.person_id)
        return child

    def _perhaps_the_same(self, person_id: int) -> None:
        self.session.add(
            DuplicatePair(
                person_id=self.partner,
                other_id=person_id,
                probability=0.9,
                levels=[],
                model="x",
                found_at=MONDAY_NINE,
            )
        )

    def _draft(self, actor: Actor):
        draft = start_draft(self.session, by=replace(actor, role=Role.REFERRER), at=MONDAY_NINE)
        self.session.flush()
        return draft.id

    def _consultation(self, actor: Actor):
        referrer = replace(actor, role=Role.REFERRER)
        told = {"token": uuid4(), "by": referrer, "at": MONDAY_NINE}
        return open_consultation(self.session, "x", **told)

    def subject(self, role: str, whose: str) -> SimpleNamespace | None:
        """What is read: a child and a draft; nothing for a role that can have sent none."""
        row = self.shared.get(whose) or self.own.get(role)
        another = "agency_lead" if role != "agency_lead" else "referrer"
        draft = self.drafts[role if whose == OWN else another]
        others = {
            "edition": self.edition,
            "edition_draft": self.edition_draft,
            "consultation": self.consultations[role if whose == OWN else another],
        }
        return SimpleNamespace(row=row, draft=draft, **others) if row else None


# ---------------------------------------------------------------- every cell


def expected(row: Row, role: str, whose: str) -> str:
    """What the table says: `NotAllowed`, `NotFound`, `given`, `shown`, or `not shown`."""
    if role not in row.may:
        return "NotAllowed"
    if row.gives == "list":
        return "shown" if sees(role, whose) else "not shown"
    if row.gives == "child" and not sees(role, whose):
        return "NotFound"
    if row.gives == "consultation":
        hers = role in CONSULTING and whose == OWN
        return "given" if hers or role in FRONT_DOOR else "NotFound"
    if row.gives == "draft" and whose != OWN:
        return "NotFound"
    return "given"


def outcome(session, row: Row, do: Callable[..., Any], it: SimpleNamespace, by: Actor) -> str:
    """What the read said, and whether the child's family name is in it."""
    try:
        answer = row.call(do, session, it, by)
    except (NotAllowed, NotFound) as refusal:
        return type(refusal).__name__
    if row.gives != "list":
        return "given"
    return "shown" if it.row.reported_family_name in repr(answer) else "not shown"


def test_every_read_by_every_role_of_whosever_child(session, database_kind):
    world, found = World(session), reads()
    cells = (
        (name, row, role, whose)
        for name, row in TABLE.items()
        for role in world.people
        for whose in WHOSE
    )
    wrong = []
    for name, row, role, whose in tried_on(database_kind, cells):
        it = world.subject(role, whose)
        if it is None:
            continue
        was, wanted = (
            outcome(session, row, found[name], it, world.people[role]),
            expected(row, role, whose),
        )
        if was != wanted:
            wrong.append(f"{name} by {role} of {whose}: {was}, not {wanted}")
    assert wrong == []


def test_every_answer_of_the_table_is_expected_somewhere():
    said = {
        expected(row, role, whose)
        for row in TABLE.values()
        for role in EVERYBODY
        for whose in WHOSE
    }
    assert said == {"NotAllowed", "NotFound", "given", "shown", "not shown"}
