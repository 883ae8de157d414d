"""How many interviews were offered, accepted, held, in 72 hours and by somebody independent; and
how many notices a manager had read in time (K33, K34).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select, true
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.models import PromiseRecord
from mash_triage.clocks.working_days import last_months, london_day
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.contacts.queries import is_visible_to
from mash_triage.missing.models import MissingEpisode, ReturnInterview
from mash_triage.missing.rules import is_in_time
from mash_triage.missing.taken_back import counts
from mash_triage.small_counts import is_small

MONTHS = 12
REVIEW = "missing_review"  # the promise of that name in every edition


@dataclass(frozen=True)
class Rates:
    """Of the episodes that ended: how many interviews were offered, accepted, held and so on; of
    the notices whose time has run out or that were read, how many were read in time.
    """

    ended: int = 0
    offered: int = 0
    accepted: int = 0
    held: int = 0
    in_72_hours: int = 0
    independent: int = 0
    notices: int = 0
    read_in_time: int = 0

    def __add__(self, other: "Rates") -> "Rates":
        """Two groups together."""
        return Rates(*(mine + theirs for mine, theirs in zip(self.all(), other.all(), strict=True)))

    def all(self) -> tuple[int, ...]:
        """Every count, in the order of the fields."""
        return tuple(vars(self).values())


WITHIN = (
    ("ended", ""),
    ("offered", "ended"),
    ("accepted", "ended"),
    ("held", "ended"),
    ("in_72_hours", "ended"),
    ("independent", "held"),
    ("notices", ""),
    ("read_in_time", "notices"),
)
"""Each count with the one of which it is a share."""
_CHAINS = (("ended", "offered", "accepted", "held", "in_72_hours", "independent"),
           ("notices", "read_in_time"))  # fmt: skip


def may_show(rates: Rates) -> frozenset[str]:
    """The counts of one group that can be shown together: none of them, and no difference of two,
    tells of one to five.
    """
    shown: list[str] = []
    for chain in _CHAINS:
        known: list[int] = []
        for name in chain:
            count, whole = getattr(rates, name), dict(WITHIN)[name]
            apart = (count, *(abs(count - other) for other in known))
            if (not whole or whole in shown) and not any(map(is_small, apart)):
                shown.append(name)
                known.append(count)
    return frozenset(shown)


def may_show_all(
    months: Sequence[Rates], groups: Sequence[Rates]
) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """What can be shown of each month, and of each group over all months. The two add up to the
    same, so a count is shown of groups only where it is shown of every month and every group: else
    what is hidden of the one could be worked out from the other.
    """
    by_month, by_group = [may_show(each) for each in months], [may_show(each) for each in groups]
    everywhere = frozenset.intersection(*by_month, *by_group)
    return by_month, [everywhere for _each in by_group]


@dataclass(frozen=True)
class MonthRates:
    """One month, for children looked after, for those who are not, and for those not known."""

    month: date
    by_care: dict[str, Rates]

    @property
    def whole(self) -> Rates:
        """All of them together."""
        return sum(self.by_care.values(), Rates())


def months_of_interviews(session: Session, *, by: Actor, at: datetime) -> list[MonthRates]:
    """The last twelve months and the one now running, oldest first: by the month in which children
    came back, and notices by the month in which they reached us. None is left out.
    """
    by.require(Permission.SEE_MEASURES)
    months = last_months(london_day(at), MONTHS)
    since = at - timedelta(days=31 * (MONTHS + 1))
    visible = is_visible_to(by) if by.can(Permission.SEE_FRONT_DOOR) else true()
    found: dict[tuple[date, str], Rates] = {}
    for moment, care, rates in (
        *_interviews(session, since, visible),
        *_notices(session, since, visible, at=at),
    ):
        key = (london_day(moment).replace(day=1), care)
        found[key] = found.get(key, Rates()) + rates
    return [
        MonthRates(
            month,
            {care: found.get((month, care), Rates()) for care in ("yes", "no", "not_known")},
        )
        for month in months
    ]


def _interviews(
    session: Session, since: datetime, visible: Any
) -> Iterable[tuple[datetime, str, Rates]]:
    interview = ReturnInterview
    rows = session.execute(
        select(
            MissingEpisode.returned_at,
            MissingEpisode.looked_after,
            func.count(interview.id).label("offers"),
            func.max(_one_if(interview.answer == "accepted")).label("accepted"),
            func.min(interview.held_at).label("held_at"),
            func.max(_one_if(interview.is_independent.is_(True))).label("independent"),
        )
        .join(ContactChild, ContactChild.id == MissingEpisode.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .outerjoin(interview, interview.episode_id == MissingEpisode.id)
        .where(visible, counts(), MissingEpisode.returned_at >= since)
        .group_by(MissingEpisode.id, MissingEpisode.returned_at, MissingEpisode.looked_after)
    )
    for row in rows:
        held = row.held_at is not None
        yield (
            row.returned_at,
            row.looked_after,
            Rates(
                ended=1,
                offered=int(row.offers > 0),
                accepted=row.accepted,
                held=int(held),
                in_72_hours=int(held and is_in_time(row.returned_at, row.held_at)),
                independent=row.independent,
            ),
        )


def _notices(
    session: Session, since: datetime, visible: Any, *, at: datetime
) -> Iterable[tuple[datetime, str, Rates]]:
    rows = session.execute(
        select(
            MissingEpisode.noticed_at,
            MissingEpisode.looked_after,
            MissingEpisode.reviewed_at,
            PromiseRecord.due_at,
        )
        .join(ContactChild, ContactChild.id == MissingEpisode.contact_child_id)
        .join(Contact, Contact.id == ContactChild.contact_id)
        .join(
            PromiseRecord,
            (PromiseRecord.contact_child_id == ContactChild.id)
            & (PromiseRecord.about == MissingEpisode.id)
            & (PromiseRecord.code == REVIEW),
        )
        .where(visible, counts(), MissingEpisode.noticed_at >= since)
    )
    for row in rows:
        if row.reviewed_at is None and row.due_at >= at:
            continue
        in_time = row.reviewed_at is not None and row.reviewed_at <= row.due_at
        yield row.noticed_at, row.looked_after, Rates(notices=1, read_in_time=int(in_time))


def _one_if(condition: Any) -> Any:
    return case((condition, 1), else_=0)
