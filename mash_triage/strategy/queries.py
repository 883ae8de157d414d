"""Strategy discussions as shown, to the front door and only where every child of it may be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency, UserAccount
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.moments import Moment
from mash_triage.clocks.working_days import london_day
from mash_triage.contacts.families import check_knows_not_family
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import children_visible_to, reported_name
from mash_triage.enquiries.queries import requests_about
from mash_triage.enquiries.stages import SEEN_BY_AGENCY
from mash_triage.errors import NotFound
from mash_triage.strategy.codes import (
    SECTOR_OF_KIND,
    Conduct,
    Form,
    Limb,
    Medical,
    Parents,
    Part,
    Sector,
    YesNo,
)
from mash_triage.strategy.models import (
    StrategyChild,
    StrategyDiscussion,
    StrategyPerson,
    StrategyTask,
)
from mash_triage.strategy.pictures import (
    Cancelled,
    DiscussionPicture,
    Outcome,
    PersonPicture,
    StrategyChildPicture,
    TaskPicture,
)
from mash_triage.strategy.quorum import missing_from
from mash_triage.thresholds.queries import edition_of


def is_open_to(by: Actor) -> ColumnElement[bool]:
    """The condition on `strategy_discussion` that this person may see every child of it."""
    about = aliased(StrategyChild)
    seen = (
        children_visible_to(by)
        .with_only_columns(ContactChild.id)
        .where(ContactChild.id == about.contact_child_id)
        .correlate(about)
        .exists()
    )
    closed = exists().where(about.discussion_id == StrategyDiscussion.id, not_(seen))
    return not_(closed)


def fetch_discussion(
    session: Session, discussion_id: UUID, *, by: Actor, to_change: bool = False
) -> StrategyDiscussion:
    """One discussion as a live row, or `NotFound`: one answer for none and not yours. Whoever knows
    the family of one of its children changes nothing.
    """
    by.require(Permission.SEE_FRONT_DOOR)
    query = select(StrategyDiscussion).where(StrategyDiscussion.id == discussion_id, is_open_to(by))
    if to_change:
        query = query.with_for_update(of=StrategyDiscussion).execution_options(
            populate_existing=True
        )
    found = session.scalars(query).first()
    if found is None:
        raise NotFound()
    if to_change:
        about = select(StrategyChild.contact_child_id).where(
            StrategyChild.discussion_id == found.id
        )
        for child_id in session.scalars(about).all():
            check_knows_not_family(session, child_id, by=by)
    return found


def people_of(session: Session, discussion_id: UUID) -> list[StrategyPerson]:
    """Everybody invited, service by service: first the three that must attend."""
    rows = session.scalars(
        select(StrategyPerson)
        .where(StrategyPerson.discussion_id == discussion_id)
        .order_by(StrategyPerson.invited_at, StrategyPerson.person)
    )
    services = list(Sector)
    return sorted(rows, key=lambda each: services.index(Sector(each.sector)))


def attending_of(session: Session, discussion_id: UUID) -> frozenset[Sector]:
    """For which services somebody attended."""
    return frozenset(
        Sector(each.sector)
        for each in people_of(session, discussion_id)
        if each.part == Part.ATTENDED
    )


def agency_named(session: Session, name: str) -> UUID | None:
    """The agency with this name that is on the list, if there is one."""
    is_named = func.lower(Agency.name) == name.strip().lower()
    return session.scalars(select(Agency.id).where(is_named, Agency.closed_at.is_(None))).first()


def agencies_to_invite(session: Session, *, by: Actor) -> list[str]:
    """The names of the agencies on the list, to choose from."""
    by.require(Permission.HOLD_STRATEGY)
    return list(
        session.scalars(select(Agency.name).where(Agency.closed_at.is_(None)).order_by(Agency.name))
    )


@dataclass(frozen=True)
class LikelyToCome:
    """Whom the form begins with: an agency for each service that must attend, where one is known;
    and the others that were asked about the child.
    """

    first: Mapping[Sector, str]
    others: tuple[str, ...]


def likely_to_come(
    session: Session, contact_child_id: UUID, *, by: Actor, at: datetime
) -> LikelyToCome:
    """The front door's own agency, and those that were asked for information about this child, the
    one asked first before the others of its service.
    """
    by.require(Permission.HOLD_STRATEGY)
    asked = [
        each
        for each in requests_about(session, contact_child_id, by=by, at=at)
        if each.state in SEEN_BY_AGENCY and not each.agency_has_left
    ]
    asked.sort(key=lambda each: (each.asked_at, each.agency))
    ids = {by.agency_id, *(each.agency_id for each in asked)}
    told = session.execute(select(Agency.id, Agency.name, Agency.kind).where(Agency.id.in_(ids)))
    known = {row.id: row for row in told}
    first = {Sector.LOCAL_AUTHORITY: known[by.agency_id].name} if by.agency_id in known else {}
    for each in asked:
        sector = SECTOR_OF_KIND.get(known[each.agency_id].kind)
        if sector is not None:
            first.setdefault(sector, each.agency)
    others = dict.fromkeys(each.agency for each in asked if each.agency not in first.values())
    return LikelyToCome(first, tuple(others))


# ---------------------------------------------------------------- one discussion


def discussion(session: Session, discussion_id: UUID, *, by: Actor) -> DiscussionPicture:
    """One discussion with everything that was recorded of it."""
    row = fetch_discussion(session, discussion_id, by=by)
    contact = session.get_one(Contact, row.contact_id)
    people = tuple(_person(each) for each in people_of(session, row.id))
    children = _children(session, row.id)
    s47 = [child.id for child in children if child.s47] if row.closed_at is not None else []
    return DiscussionPicture(
        id=row.id,
        reference=contact.reference,
        received_at=contact.received_at,
        form=Form(row.form),
        chair=row.chair,
        planned_for=row.planned_for,
        convened_by=_name(session, row.convened_by),
        convened_at=row.convened_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        children=children,
        people=people,
        tasks=_tasks(session, row.id),
        missing=missing_from({each.sector for each in people if each.part is Part.ATTENDED}),
        conference_due_on=_conference(session, row, s47) if s47 else None,
        outcome=_outcome(session, row),
        cancelled=_cancelled(session, row),
    )


def _conference(session: Session, row: StrategyDiscussion, children: Sequence[UUID]) -> date | None:
    """By which day the conference is promised to these children, as the edition counts it. Of a
    child's several promises it is the one that ran at this discussion.
    """
    assert row.started_at is not None  # only what was held is closed
    rows = session.scalars(
        select(PromiseRecord)
        .where(
            PromiseRecord.contact_child_id.in_(children),
            PromiseRecord.started_with == Moment.S47_STARTED,
            PromiseRecord.started_at <= row.started_at,
        )
        .order_by(PromiseRecord.started_at)
    )
    due = {
        each.contact_child_id: each.due_at
        for each in rows
        if Moment.CONFERENCE_HELD
        in edition_of(session, each.edition_id).promise_of(each.code).stops
    }
    return london_day(min(due.values())) if due else None


def _person(row: StrategyPerson) -> PersonPicture:
    return PersonPicture(
        id=row.id,
        sector=Sector(row.sector),
        agency=row.agency,
        person=row.person,
        role=row.role,
        part=Part(row.part),
        why_absent=row.why_absent,
        information=row.information,
        dissent=row.dissent,
        dissent_wanted=row.dissent_wanted,
        disagreement_id=row.disagreement_id,
    )


def _children(session: Session, discussion_id: UUID) -> tuple[StrategyChildPicture, ...]:
    rows = session.execute(
        select(StrategyChild, ContactChild)
        .join(ContactChild, ContactChild.id == StrategyChild.contact_child_id)
        .where(StrategyChild.discussion_id == discussion_id)
        .order_by(ContactChild.position)
    )
    return tuple(
        StrategyChildPicture(
            id=child.id,
            name=child_name(child),
            s47=row.s47,
            limb=Limb(row.limb) if row.limb else None,
            reason=row.reason,
            instead=row.instead,
        )
        for row, child in rows
    )


def child_name(child: ContactChild) -> str:
    """The reported name of a child of a discussion."""
    return reported_name(
        child.reported_given_names, child.reported_family_name, unborn=child.reported_unborn
    )


def _tasks(session: Session, discussion_id: UUID) -> tuple[TaskPicture, ...]:
    rows = session.scalars(
        select(StrategyTask)
        .where(StrategyTask.discussion_id == discussion_id)
        .order_by(StrategyTask.position)
    )
    return tuple(
        TaskPicture(each.id, each.what, each.who, each.due_on, each.done_at, each.done_words)
        for each in rows
    )


def _outcome(session: Session, row: StrategyDiscussion) -> Outcome | None:
    if row.closed_at is None or row.closed_by is None or row.parents is None:
        return None
    return Outcome(
        analysis=row.analysis,
        conduct=Conduct(row.conduct) if row.conduct else None,
        medical=Medical(row.medical) if row.medical else None,
        medical_why=row.medical_why,
        seeing_who=row.seeing_who,
        seeing_on=row.seeing_on,
        seeing_alone=YesNo(row.seeing_alone) if row.seeing_alone else None,
        seeing_how=row.seeing_how,
        parents=Parents(row.parents),
        parents_words=row.parents_words,
        other_children=row.other_children,
        without_quorum=row.without_quorum,
        next_on=row.next_on,
        is_quorate=bool(row.is_quorate),
        closed_by=_name(session, row.closed_by),
        closed_at=row.closed_at,
    )


def _cancelled(session: Session, row: StrategyDiscussion) -> Cancelled | None:
    if row.closed_at and row.closed_by and row.cancelled_because:
        return Cancelled(row.cancelled_because, _name(session, row.closed_by), row.closed_at)
    return None


def _name(session: Session, user_id: UUID) -> str:
    return session.scalars(select(UserAccount.name).where(UserAccount.id == user_id)).one()
