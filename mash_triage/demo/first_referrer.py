"""What the town's first referrer has sent lately, however small a year was lived: a contact in each
state, so that a newcomer who signs in as her finds no empty page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.demo.calendar import ONE_DAY, is_school_day
from mash_triage.demo.families import DemoFamily
from mash_triage.demo.moments import SOURCES, Source
from mash_triage.demo.names import DemoPerson, people
from mash_triage.demo.plan import Planner
from mash_triage.demo.planned import PlannedContact, Stage
from mash_triage.thresholds.levels import Edition

AFTER_SCHOOL = time(15, 40)
MOST_TRIES = 40  # families looked at for one contact: another child's school, another who signs


@dataclass(frozen=True)
class _Wanted:
    """A contact so long ago, with what becomes of it. `reached` is how much of the way to the
    decision lies behind it; one without it was decided long since.
    """

    ago: timedelta
    ending: str
    reached: float = 1.0
    stage: Stage | None = None


WANTED = (
    _Wanted(timedelta(days=20), "s17"),
    _Wanted(timedelta(days=12), "early_help"),
    _Wanted(timedelta(days=5), "universal"),
    _Wanted(timedelta(hours=9), "s17", 0.85, Stage.WAITING_FOR_MANAGER),
    _Wanted(timedelta(hours=7), "early_help", 0.35, Stage.SCREENING),
    _Wanted(timedelta(hours=5), "universal", 0.35, Stage.SCREENING),
    _Wanted(timedelta(minutes=70), "early_help", 0.1, Stage.WAITING_FOR_SCREENING),
)


def first_referrer() -> DemoPerson:
    """Whoever is offered first to a newcomer as somebody who sends contacts."""
    return next(each for each in people() if each.role == "referrer")


def sent_by_first_referrer(
    seed: int, at: datetime, families: Sequence[DemoFamily], *, edition: Edition
) -> Iterator[PlannedContact]:
    """Her contacts, the oldest first, about children of her school in these families."""
    who = first_referrer()
    of_school = [each for each in families if _goes_to(each, who.agency)]
    first_day = london_day(at) - timedelta(days=365)
    source = next(each for each in SOURCES if each.rhythm == "school")
    for number, wanted in enumerate(WANTED, start=1):
        planner = Planner(seed + number, first_day, at, of_school, (), edition)
        found = _planned(planner, source, wanted, number, who, at)
        if found is not None:
            of_school = [each for each in of_school if each.number != found.children[0].family]
            yield found


def _goes_to(family: DemoFamily, school: str) -> bool:
    return any(child.primary == school for child in family.children)


def _planned(
    planner: Planner, source: Source, wanted: _Wanted, number: int, who: DemoPerson, at: datetime
) -> PlannedContact | None:
    moment = _school_day(at - wanted.ago) if wanted.stage is None else at - wanted.ago
    for _ in range(MOST_TRIES):
        try:
            contact = planner.contact(moment, source, number, ending=wanted.ending)
        except LookupError:  # no family of the school is left
            return None
        if contact.sender == who.email:
            return contact if wanted.stage is None else _on_its_way(contact, wanted)
    return None


def _school_day(moment: datetime) -> datetime:
    day = london_day(moment)
    while not is_school_day(day):
        day -= ONE_DAY
    return datetime.combine(day, AFTER_SCHOOL, LONDON).astimezone(moment.tzinfo)


def _on_its_way(contact: PlannedContact, wanted: _Wanted) -> PlannedContact:
    """The same contact, so far on its way to a decision that lies ahead."""
    children = tuple(
        replace(
            child,
            stage=wanted.stage,
            returned_once="",
            decided_after=wanted.ago / wanted.reached,
        )
        for child in contact.children
    )
    return replace(contact, children=children)
