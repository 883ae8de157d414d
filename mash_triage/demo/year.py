"""Living a plan: everybody's deeds in the order of time, many to a transaction."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import count, islice

from sqlalchemy import select

from mash_triage.access.models import UserAccount
from mash_triage.db.engine import Database
from mash_triage.demo.deeds import Deed, Town, sending
from mash_triage.demo.life import deeds_of
from mash_triage.demo.planned import PlannedContact
from mash_triage.demo.town import cast
from mash_triage.people.models import Person

DEEDS_A_TRANSACTION = 400

Progress = Callable[[int, int], None]


def town_of(database: Database) -> Town:
    """Who is who, as the database has it now."""
    with database.look() as session:
        children = session.execute(
            select(
                Person.id,
                Person.register_id,
                Person.given_names,
                Person.family_name,
                Person.dob,
                Person.origin,
            ).where(Person.kind == "child")
        ).all()
        return Town(
            people=cast(session),
            by_register_id={row.register_id: row.id for row in children if row.register_id},
            recorded_before={
                (row.given_names, row.family_name, row.dob): row.id
                for row in children
                if row.origin == "contact"
            },
        )


def live(
    database: Database,
    contacts: Iterable[PlannedContact],
    *,
    since: datetime,
    until: datetime,
    progress: Progress = lambda _done, _of: None,
) -> list[PlannedContact]:
    """Live these contacts (the oldest first) after one moment and up to another.

    Gives back those whose story is not over by then. `progress` is told children done, of how many.
    """
    town = town_of(database)
    planned = [_Story(contact, town) for contact in contacts]
    total, done = sum(story.children for story in planned), 0
    for batch in _batches(_in_order(planned, since, until)):
        with database.work() as session:
            _everybody = session.scalars(select(UserAccount)).all()  # held: read once, not by deed
            for story, deed in batch:
                deed.do(session)
                done += story.children if deed is story.deeds[0] else 0
        progress(done, total)
    return [story.contact for story in planned if story.deeds[-1].at > until]


class _Story:
    """One contact with all its deeds."""

    def __init__(self, contact: PlannedContact, town: Town) -> None:
        self.contact = contact
        self.children = len(contact.children)
        self.deeds = [sending(contact, town), *deeds_of(contact, town)]


Step = tuple[_Story, Deed]


def _in_order(stories: Iterable[_Story], since: datetime, until: datetime) -> Iterator[Step]:
    """Every deed after one moment and up to another, in the order of time."""
    turn = count()
    deeds = (
        (deed.at, next(turn), story, deed)
        for story in stories
        for deed in story.deeds
        if since < deed.at <= until
    )
    for _at, _turn, story, deed in sorted(deeds, key=lambda each: each[:2]):
        yield story, deed


def _batches(steps: Iterator[Step]) -> Iterator[list[Step]]:
    while batch := list(islice(steps, DEEDS_A_TRANSACTION)):
        yield batch
