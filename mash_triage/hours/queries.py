"""Where the time of many children went: those decided in a period, added up."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.models import Agency
from mash_triage.access.roles import Permission
from mash_triage.contacts.actions import bank_holidays
from mash_triage.contacts.models import Contact, ContactChild, StatusMove
from mash_triage.contacts.queries import fetch_child, is_visible_to
from mash_triage.contacts.status import Status
from mash_triage.enquiries.models import InformationRequest, RequestReply
from mash_triage.hours.rules import (
    AgencyWait,
    Known,
    Moved,
    Stage,
    Way,
    in_sum,
    minutes_of,
    parts_of,
)
from mash_triage.matching.models import MatchDecision
from mash_triage.small_counts import is_small
from mash_triage.thresholds.queries import edition_of
from mash_triage.thresholds.routes import Rag

PERIODS = (7, 30, 90)  # days; each holds the one before, so one can be subtracted from another
MOST_COUNTED = 2_000  # the last decided; three months of a large front door
SAYS_WHO = ("same", "new")


@dataclass(frozen=True)
class HoursInSum:
    """The minutes of the children decided in a period, by stage and agency.

    `more` says that only the last so many were counted; `too_few` that somebody without access to
    records is shown nothing, because it would tell of one to five children, by itself or subtracted
    from what else is shown.
    """

    children: int
    minutes: Counter[tuple[Stage, str]]
    more: bool = False
    too_few: bool = False


def hours_in_sum(
    session: Session,
    since: datetime,
    until: datetime,
    *,
    rag: Rag | None = None,
    sources: Collection[str] = (),
    by: Actor,
) -> HoursInSum:
    """Where the time went for the children decided from one moment up to another, perhaps only
    those of one rating or from some sources.
    """
    by.require(Permission.SEE_MEASURES)
    wanted = _decided(since, until, rag, sources, by)
    rows = session.execute(wanted.limit(MOST_COUNTED + 1)).all()
    counted, more = rows[:MOST_COUNTED], len(rows) > MOST_COUNTED
    sees_records = by.can(Permission.SEE_FRONT_DOOR)
    if not sees_records and _tells_of_few(session, since, until, rag, sources, by):
        return HoursInSum(0, Counter(), too_few=True)
    ids = wanted.with_only_columns(ContactChild.id).limit(MOST_COUNTED)
    moves, known, asked = _moves(session, ids), _known(session, ids), _asked(session, ids)
    ways = (
        (
            row.edition_id,
            Way(
                row.received_at,
                row.decided_at,
                tuple(moves[row.id]),
                tuple(known[row.id]),
                tuple(asked[row.id]),
            ),
        )
        for row in counted
    )
    each = [
        minutes_of(parts_of(way, edition_of(session, edition).clocks, bank_holidays()))
        for edition, way in ways
    ]
    return HoursInSum(len(counted), in_sum(each if sees_records else map(_unnamed, each)), more)


def _tells_of_few(
    session: Session,
    since: datetime,
    until: datetime,
    rag: Rag | None,
    sources: Collection[str],
    by: Actor,
) -> bool:
    """Could somebody learn from this, and from the other periods, ratings and sources, of one to
    five children? Not where every part into which these cut the children is empty or large enough:
    whatever is added or subtracted then is, too.
    """
    starts = sorted({since, *(until - timedelta(days=days) for days in PERIODS)})
    counted = _decided(starts[0], until, None, (), by).add_columns(
        ContactChild.rag, Contact.source_code
    )
    rows = session.execute(counted).all()
    if rag is None and not sources and since == starts[0]:
        return is_small(len(rows))
    parts = Counter(
        (
            sum(start <= row.decided_at for start in starts),
            row.rag if rag is not None else "",
            kind_of_source(row.source_code) if sources else "",
        )
        for row in rows
    )
    return any(map(is_small, parts.values()))


def kind_of_source(code: str) -> str:
    """The kind of agency in a census code: its first digit; `10` is one by itself."""
    return code if code == "10" else code[:1]


def _unnamed(minutes: Counter[tuple[Stage, str]]) -> Counter[tuple[Stage, str]]:
    """Without which agency it was: that could be of one child."""
    plain: Counter[tuple[Stage, str]] = Counter()
    for (stage, _agency), number in minutes.items():
        plain[stage, ""] += number
    return plain


def _decided(
    since: datetime, until: datetime, rag: Rag | None, sources: Collection[str], by: Actor
) -> Select[UUID, datetime, datetime | None, UUID]:
    """The children decided in this time, the last one first."""
    visible = is_visible_to(by) if by.can(Permission.SEE_FRONT_DOOR) else true()
    conditions: list[ColumnElement[bool]] = [
        visible,
        ContactChild.decided_at >= since,
        ContactChild.decided_at < until,
    ]
    if rag is not None:
        conditions.append(ContactChild.rag == rag)
    if sources:
        conditions.append(Contact.source_code.in_(sources))
    return (
        select(
            ContactChild.id, ContactChild.received_at, ContactChild.decided_at, Contact.edition_id
        )
        .join(Contact, Contact.id == ContactChild.contact_id)
        .where(*conditions)
        .order_by(ContactChild.decided_at.desc(), ContactChild.id)
    )


def _moves(session: Session, ids: Select[UUID]) -> dict[UUID, list[Moved]]:
    found: dict[UUID, list[Moved]] = defaultdict(list)
    counted = ids.subquery()
    rows = session.execute(
        select(
            StatusMove.contact_child_id,
            StatusMove.moved_from,
            StatusMove.moved_to,
            StatusMove.moved_at,
        ).join(counted, counted.c.id == StatusMove.contact_child_id)
    )
    for child, moved_from, moved_to, at in rows:
        found[child].append(Moved(Status(moved_from), Status(moved_to), at))
    return found


def _known(session: Session, ids: Select[UUID]) -> dict[UUID, list[Known]]:
    found: dict[UUID, list[Known]] = defaultdict(list)
    counted = ids.subquery()
    rows = session.execute(
        select(MatchDecision.contact_child_id, MatchDecision.decided_at, MatchDecision.undone_at)
        .join(counted, counted.c.id == MatchDecision.contact_child_id)
        .where(MatchDecision.answer.in_(SAYS_WHO))
    )
    for child, decided_at, undone_at in rows:
        found[child].append(Known(decided_at, undone_at))
    return found


def _asked(session: Session, ids: Select[UUID]) -> dict[UUID, list[AgencyWait]]:
    found: dict[UUID, list[AgencyWait]] = defaultdict(list)
    counted = ids.subquery()
    request, reply = InformationRequest, RequestReply
    rows = session.execute(
        select(
            request.contact_child_id,
            Agency.name,
            request.sent_at,
            func.coalesce(reply.replied_at, request.ended_at),
        )
        .join(counted, counted.c.id == request.contact_child_id)
        .join(Agency, Agency.id == request.agency_id)
        .outerjoin(reply, reply.request_id == request.id)
    )
    for child, agency, sent_at, until in rows:
        if sent_at is not None:
            found[child].append(AgencyWait(agency, sent_at, until))
    return found


def waits_of_child(
    session: Session, contact_child_id: UUID, *, by: Actor
) -> tuple[AgencyWait, ...]:
    """When agencies were asked about a child, and when they answered or were no longer awaited."""
    by.require(Permission.SEE_FRONT_DOOR)
    child = fetch_child(session, contact_child_id, by=by)
    only = select(ContactChild.id).where(ContactChild.id == child.id)
    return tuple(_asked(session, only)[child.id])
