"""Loading the authority's register: one transaction, one line on the trail, the index with it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.clocks.working_days import london_day
from mash_triage.matching.identity import identity_of_row
from mash_triage.matching.index import index_children
from mash_triage.matching.normalise import fold
from mash_triage.people.identifiers import tidy_postcode
from mash_triage.people.models import Household, Person, PersonAddress, PersonAlias, Relationship
from mash_triage.people.register import RegisterRow, read_register, row_sha
from mash_triage.people.register_file import RefusedRow, examine, write_rejected

BATCH = 500


@dataclass(frozen=True)
class ImportResult:
    """How many rows were new, changed, the same as before, and refused (and where those are)."""

    added: int
    changed: int
    same: int
    refused: int
    rejected_file: Path | None


def import_register(
    session: Session,
    path: Path,
    *,
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> ImportResult:
    """Load or refresh the register from a file; the same file twice changes nothing.

    Good rows are kept; refused ones go to `X.rejected.csv` beside the file with line and reason.
    """
    by.require(Permission.IMPORT_REGISTER)
    file = examine(path)
    refused: list[RefusedRow] = []
    counts = {"added": 0, "changed": 0, "same": 0}
    done = 0
    for batch in _batches(_taken(read_register(path, today=london_day(at)), refused)):
        _import_batch(session, batch, counts, by=by, at=at)
        done += len(batch)
        progress(done, file.lines)
    trail.record(
        session,
        AuditKind.REGISTER_IMPORTED,
        about=None,
        by=by,
        at=at,
        sha256=file.sha256,
        refused=len(refused),
        **counts,
    )
    return ImportResult(**counts, refused=len(refused), rejected_file=write_rejected(path, refused))


def _taken(
    rows: Iterable[RegisterRow | RefusedRow], refused: list[RefusedRow]
) -> Iterator[RegisterRow]:
    for row in rows:
        if isinstance(row, RefusedRow):
            refused.append(row)
        else:
            yield row


def _batches(rows: Iterator[RegisterRow]) -> Iterator[list[RegisterRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _import_batch(
    session: Session, batch: list[RegisterRow], counts: dict[str, int], *, by: Actor, at: datetime
) -> None:
    known = {
        register_id: (person_id, sha)
        for register_id, person_id, sha in session.execute(
            select(Person.register_id, Person.id, Person.row_sha).where(
                Person.register_id.in_([row.child_id for row in batch])
            )
        )
    }
    fresh = [row for row in batch if row.child_id not in known]
    changed = [
        row for row in batch if row.child_id in known and known[row.child_id][1] != row_sha(row)
    ]
    counts["added"] += len(fresh)
    counts["changed"] += len(changed)
    counts["same"] += len(batch) - len(fresh) - len(changed)
    if not fresh and not changed:
        return

    homes = _households(session, fresh + changed)
    ids = _insert_people(session, fresh, homes, by=by, at=at)
    ids |= _update_people(session, changed, homes, known)
    _write_names_and_addresses(session, fresh + changed, ids)
    _write_mothers(session, fresh + changed, ids, homes, by=by, at=at)
    index_children(session, [(ids[row.child_id], identity_of_row(row)) for row in fresh + changed])


def address_key(address_line: str, postcode: str) -> str | None:
    """One key for one address however it is written; none when there is too little to tell."""
    line, code = fold(address_line).strip(), tidy_postcode(postcode)
    if not line:
        return None
    return hashlib.sha256(f"{line}|{code or ''}".encode()).hexdigest()


def _households(session: Session, rows: list[RegisterRow]) -> dict[str, int]:
    wanted = {
        key: row for row in rows if (key := address_key(row.address_line, row.postcode)) is not None
    }
    found = _household_ids(session, wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        session.execute(
            insert(Household),
            [
                {
                    "address_key": key,
                    "address_line": wanted[key].address_line,
                    "postcode": tidy_postcode(wanted[key].postcode),
                }
                for key in missing
            ],
        )
        found = _household_ids(session, wanted)
    return found


def _household_ids(session: Session, keys: Iterable[str]) -> dict[str, int]:
    rows = session.execute(
        select(Household.address_key, Household.id).where(Household.address_key.in_(list(keys)))
    )
    return {row.address_key: row.id for row in rows}


def _columns(row: RegisterRow, homes: dict[str, int]) -> dict[str, object]:
    key = address_key(row.address_line, row.postcode)
    return {
        "given_names": row.given_names or None,
        "family_name": row.family_name or None,
        "dob": row.dob,
        "dob_quality": row.dob_quality,
        "expected_date": row.expected_date,
        "sex": row.sex,
        "nhs_number": row.nhs_number or None,
        "upn": row.upn or None,
        "household_id": homes.get(key) if key else None,
        "row_sha": row_sha(row),
    }


def _insert_people(
    session: Session, rows: list[RegisterRow], homes: dict[str, int], *, by: Actor, at: datetime
) -> dict[str, int]:
    if not rows:
        return {}
    told = {"kind": "child", "origin": "register", "added_by": by.name, "added_at": at}
    ids = session.scalars(
        insert(Person).returning(Person.id, sort_by_parameter_order=True),
        [{"register_id": row.child_id, **told, **_columns(row, homes)} for row in rows],
    )
    return {row.child_id: person_id for row, person_id in zip(rows, ids, strict=True)}


def _update_people(
    session: Session,
    rows: list[RegisterRow],
    homes: dict[str, int],
    known: dict[str | None, tuple[int, str | None]],
) -> dict[str, int]:
    ids = {row.child_id: known[row.child_id][0] for row in rows}
    for row in rows:
        session.execute(
            update(Person)
            .where(Person.id == ids[row.child_id])
            .values(version=Person.version + 1, **_columns(row, homes))
        )
    for table in (PersonAlias, PersonAddress, Relationship):
        session.execute(delete(table).where(table.person_id.in_(ids.values())))
    return ids


def _write_names_and_addresses(
    session: Session, rows: list[RegisterRow], ids: dict[str, int]
) -> None:
    aliases = [
        {"person_id": ids[row.child_id], "given_names": given, "family_name": family}
        for row in rows
        for given, family in row.aliases
    ]
    addresses = [
        {
            "person_id": ids[row.child_id],
            "address_line": line,
            "postcode": tidy_postcode(postcode) or postcode or None,
            "is_current": is_current,
        }
        for row in rows
        for line, postcode, is_current in (
            *([(row.address_line, row.postcode, True)] if row.address_line or row.postcode else []),
            *((line, postcode, False) for line, postcode in row.previous_addresses),
        )
    ]
    if aliases:
        session.execute(insert(PersonAlias), aliases)
    if addresses:
        session.execute(insert(PersonAddress), addresses)


def _mother_key(row: RegisterRow) -> str:
    """One mother for all her children at one address, and known again in the next import."""
    home = address_key(row.address_line, row.postcode) or row.child_id
    plain = f"{fold(row.mother_name)}|{row.mother_dob}|{home}"
    return f"mother-{hashlib.sha256(plain.encode()).hexdigest()[:24]}"


def _write_mothers(
    session: Session,
    rows: list[RegisterRow],
    ids: dict[str, int],
    homes: dict[str, int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    mothers = {_mother_key(row): row for row in rows if row.mother_name}
    if not mothers:
        return
    found = _people_ids(session, mothers)
    missing = [key for key in mothers if key not in found]
    if missing:
        session.execute(
            insert(Person), [_mother(key, mothers[key], homes, by=by, at=at) for key in missing]
        )
        found = _people_ids(session, mothers)
    session.execute(
        insert(Relationship),
        [
            {
                "person_id": ids[row.child_id],
                "other_id": found[_mother_key(row)],
                "kind": "mother",
            }
            for row in rows
            if row.mother_name
        ],
    )


def _people_ids(session: Session, register_ids: Iterable[str]) -> dict[str | None, int]:
    rows = session.execute(
        select(Person.register_id, Person.id).where(Person.register_id.in_(list(register_ids)))
    )
    return {row.register_id: row.id for row in rows}


def _mother(
    key: str, row: RegisterRow, homes: dict[str, int], *, by: Actor, at: datetime
) -> dict[str, object]:
    given, _, family = row.mother_name.rpartition(" ")
    home = address_key(row.address_line, row.postcode)
    return {
        "kind": "adult",
        "origin": "register",
        "register_id": key,
        "given_names": given or family,
        "family_name": family if given else None,
        "dob": row.mother_dob,
        "dob_quality": "exact" if row.mother_dob else "unknown",
        "sex": "F",
        "household_id": homes.get(home) if home else None,
        "added_by": by.name,
        "added_at": at,
    }
