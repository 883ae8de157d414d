"""A conversation kept with its draft: each turn stored in one transaction with what it answered."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.chat.answers import answers_of, changes_between
from mash_triage.chat.beside_form import beside, taken_over
from mash_triage.chat.models import DraftTalk
from mash_triage.chat.proposed import LanguageModel
from mash_triage.chat.read import Context
from mash_triage.chat.state import Fact, Talk
from mash_triage.chat.talking import begin, gone_on_from_form, take_turn
from mash_triage.chat.tidy import plain
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.drafts import fetch_draft, save_answers
from mash_triage.errors import Changed

STEP = "chat"
"""The step under which a draft lies that was last worked on in the chat."""


@dataclass(frozen=True)
class KeptTalk:
    """A conversation and when it was last added to."""

    talk: Talk
    said_at: datetime | None


def talk_of(session: Session, draft_id: UUID, *, by: Actor) -> KeptTalk | None:
    """The conversation of a draft, only for its owner; None where none was begun. What was written
    in the form since then is part of it.
    """
    draft = fetch_draft(session, draft_id, by=by)
    kept = session.get(DraftTalk, draft_id)
    if kept is None:
        return None
    return KeptTalk(taken_over(Talk.from_json(kept.talk), draft.answers), kept.said_at)


def begin_talk(session: Session, draft_id: UUID, *, by: Actor, at: datetime) -> Talk:
    """Open the conversation of a draft with the first question; one that is there goes on."""
    draft = fetch_draft(session, draft_id, by=by, to_change=True)
    kept = talk_of(session, draft_id, by=by)
    if kept is not None:
        return kept.talk
    talk = taken_over(begin(context_of(session, by=by)), draft.answers)
    session.add(DraftTalk(draft_id=draft_id, talk=talk.as_json(), said_at=at))
    return talk


def come_back(session: Session, draft_id: UUID, *, by: Actor, at: datetime) -> Talk:
    """Go on after the form: a question that was answered there gives way to the next one."""
    before = begin_talk(session, draft_id, by=by, at=at)
    draft = fetch_draft(session, draft_id, by=by)
    talk = gone_on_from_form(before, london_day(at), context_of(session, by=by), draft.answers)
    kept = session.get_one(DraftTalk, draft_id)
    kept.talk = talk.as_json()
    save_answers(session, draft_id, {}, step=STEP, by=by, at=at)
    return talk


def say(
    session: Session,
    draft_id: UUID,
    words: str,
    *,
    turn: int,
    model: LanguageModel | None = None,
    by: Actor,
    at: datetime,
) -> Talk:
    """Read one turn, and write its words and what they answer to the draft together. `turn` is the
    number this turn should get: the same turn sent twice is kept once, and other words from another
    window are the next turn, so that none are lost. Like saving a draft it
    needs no permission beyond owning it.
    """
    before = begin_talk(session, draft_id, by=by, at=at)
    if before.turns[turn - 1 : turn] == (plain(words),):
        return before
    held = fetch_draft(session, draft_id, by=by).answers
    talk = take_turn(before, words, london_day(at), context_of(session, by=by), model, held)
    _keep(session, draft_id, before, talk, by=by, at=at)
    return talk


def change_fact(
    session: Session, draft_id: UUID, seen: Fact, value: Any, *, by: Actor, at: datetime
) -> Talk:
    """Put right what was understood; blank takes it back. The words it came from stay."""
    before = begin_talk(session, draft_id, by=by, at=at)
    facts: list[Fact] = list(before.facts)
    if seen not in facts:
        raise Changed("This conversation went on in another window. Load the page again.")
    place = facts.index(seen)
    if value in ("", None):
        facts.pop(place)
    else:
        facts[place] = replace(seen, value=value)
    talk = before.with_facts(tuple(facts))
    _keep(session, draft_id, before, talk, by=by, at=at)
    return talk


def context_of(session: Session, *, by: Actor) -> Context:
    """What the account says of whoever types."""
    user = session.get(UserAccount, by.user_id) if by.user_id else None
    agency = session.get(Agency, by.agency_id) if by.agency_id else None
    return Context(agency.kind if agency else "", (user.job_title or "") if user else "")


def _keep(
    session: Session, draft_id: UUID, before: Talk, talk: Talk, *, by: Actor, at: datetime
) -> None:
    mine = answers_of(before)
    held = fetch_draft(session, draft_id, by=by).answers
    changes = beside(changes_between(mine, answers_of(talk)), mine, held)
    save_answers(session, draft_id, changes, step=STEP, by=by, at=at)
    kept = session.get_one(DraftTalk, draft_id)
    kept.talk, kept.said_at = talk.as_json(), at
