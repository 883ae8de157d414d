"""Very many decided contacts, made from those of the demonstration year, stored quickly.

Every copy keeps the whole size of what it was made from (what was sent, the frozen facts with
their suggestion) and the spread of ages, sources and returns. The age differs by some days from
copy to copy, and one copy in four has an indicator more, so that no two copies are alike for long.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from benchmarks.ground import Ground, say
from mash_triage.contacts.models import Contact, ContactChild
from mash_triage.db.base import Base
from mash_triage.db.engine import Database, open_database
from mash_triage.db.many import insert_many, look_over, much_room
from mash_triage.decisions.models import Decision
from mash_triage.people.models import Household, Person
from mash_triage.screening.models import FactsFrozen
from mash_triage.thresholds.models import EditionRecord
from mash_triage.thresholds.queries import edition_of

CHUNK = 5_000  # children stored at once
TABLES = (Contact, ContactChild, FactsFrozen, Decision)
PEOPLE = ("rag_by", "taken_up_by", "decided_by")
LEFT_EMPTY = {"register_id", "nhs_number", "upn", "row_sha", "restricted_name_id"}

Template = tuple[Any, ...]
Row = dict[str, Any]


def templates_of(demo: Database) -> tuple[list[Template], list[Row]]:
    """The decided children of the demonstration year, and the homes they live in."""
    with demo.look() as session:
        rows = session.execute(
            select(Person, Contact, ContactChild, FactsFrozen, Decision)
            .join(Contact, Contact.id == ContactChild.contact_id)
            .join(Person, Person.id == ContactChild.person_id)
            .join(Decision, Decision.contact_child_id == ContactChild.id)
            .join(FactsFrozen, FactsFrozen.id == Decision.facts_id)
        ).all()
        homes = [_plain(each) for each in session.scalars(select(Household))]
        in_order = sorted(rows, key=lambda row: row[2].decided_at)  # as contacts arrive
        return [tuple(_plain(each) for each in row) for row in in_order], homes


def _plain(row: Base) -> Row:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


def demonstration() -> Database | None:
    """The demo database of `make demo`, if there is one."""
    from mash_triage.settings import DEFAULT_DATABASE

    file = Path(DEFAULT_DATABASE)
    return open_database(f"sqlite:///{file}") if file.exists() else None


def store(here: Ground, demo: Database, count: int) -> None:
    """Store so many decided children in the database of a measurement."""
    templates, homes = templates_of(demo)
    with here.database.work() as session:
        edition = session.scalars(
            select(EditionRecord).where(EditionRecord.code == "default")
        ).one()
        codes = tuple(edition_of(session, edition.id).indicators_by_code)
        _insert(session, Household, homes)
    made = _made(templates, codes, _Owner(here, edition.id), count)
    known: set[int] = set()
    for start in range(0, count, CHUNK):
        chunk = list(islice(made, CHUNK))
        people, *others = zip(*chunk, strict=True)
        new = {person["id"]: person for person in people if person["id"] not in known}
        known.update(new)
        with here.database.work() as session, much_room(session):
            _insert(session, Person, list(new.values()))
            for table, rows in zip(TABLES, others, strict=True):
                _insert(session, table, rows)
        if start % 100_000 == 0:
            say(f"stored {start + len(chunk):,} of {count:,}")
    look_over(here.database, *(str(table.__tablename__) for table in (Person, *TABLES)))


def _insert(session: Any, model: type[Base], rows: Sequence[Row]) -> None:
    table = model.__table__
    assert isinstance(table, Table)
    names = tuple(rows[0])
    insert_many(session, table, names, [tuple(row[name] for name in names) for row in rows])


class _Owner:
    """What every copy has instead of the people of the demonstration."""

    def __init__(self, here: Ground, edition_id: UUID) -> None:
        self.user, self.agency, self.edition = (
            here.worker.user_id,
            here.sender.agency_id,
            edition_id,
        )


def _made(
    templates: list[Template], codes: Sequence[str], own: _Owner, count: int
) -> Iterator[tuple[Row, ...]]:
    random = Random(20261121)
    most = 1 + max(person["id"] for person, *_ in templates)
    for number in sorted(range(count), key=lambda each: each % len(templates)):
        copy, at = divmod(number, len(templates))
        person, contact, child, facts, decision = map(dict, templates[at])
        ids = [_new(random) for _ in range(6)]
        person.update(id=person["id"] + copy * most, ref=ids[4])
        contact.update(id=ids[0], reference=f"{number:010x}", token=ids[5], submitted_by=own.user)
        contact.update(agency_id=own.agency, edition_id=own.edition)
        child.update(id=ids[1], contact_id=ids[0], person_id=person["id"])
        child.update((name, own.user) for name in PEOPLE if child[name])
        facts.update(id=ids[2], contact_child_id=ids[1], frozen_by=own.user)
        facts["facts"] = _another(facts["facts"], codes, random if copy else None)
        decision.update(id=ids[3], contact_child_id=ids[1], facts_id=ids[2], decided_by=own.user)
        for row in (person, child):
            row.update((name, None) for name in LEFT_EMPTY & row.keys())
        yield person, contact, child, facts, decision


def _new(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _another(frozen: Row, codes: Sequence[str], random: Random | None) -> Row:
    """Frozen facts like these, a little different; the first copy is as it was."""
    if random is None:
        return frozen
    facts = dict(frozen["facts"])
    if facts["age_days"] is not None:
        facts["age_days"] += random.randrange(60)
    if random.random() < 0.25:
        facts["indicators"] = sorted({*facts["indicators"], random.choice(codes)})
    return {**frozen, "facts": facts}
