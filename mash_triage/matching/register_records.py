"""The records behind a register's rows: people, their households, names, addresses and mothers.

Rows come many at a time, and each kind of record is written by one statement for all of them.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from mash_triage.access.actor import Actor
from mash_triage.db.base import Base
from mash_triage.db.many import insert_many
from mash_triage.matching.normalise import fold
from mash_triage.people.identifiers import tidy_postcode
from mash_triage.people.models import Household, Person, PersonAddress, PersonAlias, Relationship
from mash_triage.people.register import RegisterRow, row_sha

Known = Mapping[str, tuple[int, str | None]]
"""Number and fingerprint by register id."""


def known_of(session: Session, rows: Sequence[RegisterRow]) -> Known:
    """Which of these rows have a record, with its number and the fingerprint it was made from."""
    found = session.execute(
        select(Person.register_id, Person.id, Person.row_sha).where(
            Person.register_id.in_([row.child_id for row in rows])
        )
    )
    return {str(register_id): (person_id, sha) for register_id, person_id, sha in found}


def write_records(
    session: Session,
    fresh: Sequence[RegisterRow],
    changed: Sequence[RegisterRow],
    known: Known,
    *,
    by: Actor,
    at: datetime,
) -> dict[str, int]:
    """Make and change the records of these rows; the number of each by its register id."""
    rows = [*fresh, *changed]
    homes = _households(session, rows)
    told = {"origin": "register", "added_by": by.name, "added_at": at}
    told |= {"restricted": False, "version": 1}
    _insert(
        session,
        Person,
        [
            {"ref": uuid4(), "register_id": row.child_id, "kind": "child"}
            | told
            | _columns(row, homes)
            for row in fresh
        ],
    )
    ids = _numbers(session, Person.register_id, Person.id, [row.child_id for row in fresh])
    ids |= _update_people(session, changed, homes, known)
    _write_names_and_addresses(session, rows, ids)
    _write_mothers(session, rows, ids, homes, told)
    return ids


def _insert(session: Session, model: type[Base], rows: list[dict[str, object]]) -> None:
    if rows:
        table, values = cast(Table, model.__table__), [tuple(row.values()) for row in rows]
        insert_many(session, table, list(rows[0]), values)


def _numbers(
    session: Session,
    name: InstrumentedAttribute[Any],
    number: InstrumentedAttribute[int],
    wanted: Collection[str],
) -> dict[str, int]:
    """The numbers of rows by their names."""
    return dict(session.execute(select(name, number).where(name.in_(list(wanted)))).all())


# ---------------------------------------------------------------- households


@lru_cache(maxsize=1 << 14)
def address_key(address_line: str, postcode: str) -> str | None:
    """One key for one address however it is written; none when there is too little to tell."""
    line, code = fold(address_line).strip(), tidy_postcode(postcode)
    if not line:
        return None
    return hashlib.sha256(f"{line}|{code or ''}".encode()).hexdigest()


def _home_key(row: RegisterRow) -> str | None:
    return address_key(row.address_line, row.postcode)


def _households(session: Session, rows: Sequence[RegisterRow]) -> dict[str, int]:
    wanted = {key: row for row in rows if (key := _home_key(row)) is not None}
    found = _numbers(session, Household.address_key, Household.id, wanted)
    missing = [key for key in wanted if key not in found]
    _insert(
        session,
        Household,
        [
            {
                "address_key": key,
                "address_line": wanted[key].address_line,
                "postcode": tidy_postcode(wanted[key].postcode),
            }
            for key in missing
        ],
    )
    return found | _numbers(session, Household.address_key, Household.id, missing)


# ---------------------------------------------------------------- people


def _columns(row: RegisterRow, homes: Mapping[str, int]) -> dict[str, object]:
    return {
        "given_names": row.given_names or None,
        "family_name": row.family_name or None,
        "dob": row.dob,
        "dob_quality": row.dob_quality,
        "expected_date": row.expected_date,
        "sex": row.sex,
        "nhs_number": row.nhs_number or None,
        "upn": row.upn or None,
        "household_id": homes.get(_home_key(row) or ""),
        "row_sha": row_sha(row),
    }


def _update_people(
    session: Session, rows: Sequence[RegisterRow], homes: Mapping[str, int], known: Known
) -> dict[str, int]:
    ids = {row.child_id: known[row.child_id][0] for row in rows}
    for row in rows:
        session.execute(
            update(Person)
            .where(Person.id == ids[row.child_id])
            .values(version=Person.version + 1, **_columns(row, homes))
        )
    if ids:
        for table in (PersonAlias, PersonAddress, Relationship):
            session.execute(delete(table).where(table.person_id.in_(ids.values())))
    return ids


def _write_names_and_addresses(
    session: Session, rows: Sequence[RegisterRow], ids: Mapping[str, int]
) -> None:
    _insert(
        session,
        PersonAlias,
        [
            {"person_id": ids[row.child_id], "given_names": given, "family_name": family}
            for row in rows
            for given, family in row.aliases
        ],
    )
    _insert(
        session,
        PersonAddress,
        [
            {
                "person_id": ids[row.child_id],
                "address_line": line,
                "postcode": tidy_postcode(postcode) or postcode or None,
                "is_current": is_current,
            }
            for row in rows
            for line, postcode, is_current in _addresses(row)
        ],
    )


def _addresses(row: RegisterRow) -> list[tuple[str, str, bool]]:
    now = [(row.address_line, row.postcode, True)] if row.address_line or row.postcode else []
    return now + [(line, postcode, False) for line, postcode in row.previous_addresses]


# ---------------------------------------------------------------- mothers


def _mother_key(row: RegisterRow) -> str:
    """One mother for all her children at one address, and known again in the next import."""
    plain = f"{fold(row.mother_name)}|{row.mother_dob}|{_home_key(row) or row.child_id}"
    return f"mother-{hashlib.sha256(plain.encode()).hexdigest()[:24]}"


def _write_mothers(
    session: Session,
    rows: Sequence[RegisterRow],
    ids: Mapping[str, int],
    homes: Mapping[str, int],
    told: Mapping[str, object],
) -> None:
    of_child = {row.child_id: (_mother_key(row), row) for row in rows if row.mother_name}
    mothers = dict(of_child.values())
    found = _numbers(session, Person.register_id, Person.id, mothers)
    missing = [key for key in mothers if key not in found]
    _insert(session, Person, [_mother(key, mothers[key], homes) | {**told} for key in missing])
    found |= _numbers(session, Person.register_id, Person.id, missing)
    _insert(
        session,
        Relationship,
        [
            {"person_id": ids[child_id], "other_id": found[key], "kind": "mother"}
            for child_id, (key, _) in of_child.items()
        ],
    )


def _mother(key: str, row: RegisterRow, homes: Mapping[str, int]) -> dict[str, object]:
    given, _, family = row.mother_name.rpartition(" ")
    return {
        "ref": uuid4(),
        "kind": "adult",
        "register_id": key,
        "given_names": given or family,
        "family_name": family if given else None,
        "dob": row.mother_dob,
        "dob_quality": "exact" if row.mother_dob else "unknown",
        "sex": "F",
        "household_id": homes.get(_home_key(row) or ""),
    }
