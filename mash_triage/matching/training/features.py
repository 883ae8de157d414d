"""The register as a table of plain columns, as Splink's DuckDB and Spark backends read it.

One row a child, all of it text but the number; what is not known is null. The values are the
normalised ones that the service itself compares, never the words as they were written.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv, parquet
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.errors import NotReady
from mash_triage.matching.identity import Identity
from mash_triage.matching.models import MatchFeature
from mash_triage.matching.normalise import DobQuality, skeleton
from mash_triage.matching.reindex import still_to_file
from mash_triage.matching.stored import from_text

TEXTS = (
    "given", "given_first", "given_rest", "given_sound",
    "family", "family_sound",
    "dob", "dob_year", "dob_month", "dob_day", "sex", "nhs_number", "upn",
    "postcode", "house", "street", "area", "mother_first", "mother_last", "mother_dob",
)  # fmt: skip
SCHEMA = pa.schema([("unique_id", pa.int64()), *((name, pa.string()) for name in TEXTS)])
AT_A_TIME = 20_000  # children in memory at once

Progress = Callable[[int, int], None]
Child = tuple[int, Identity]


def row_of(number: int, child: Identity) -> dict[str, Any]:
    """One child as a row; an estimated birth date is left out, for its day and month mean nothing.

    `given_sound` and the other sounds are consonant skeletons, which spellings of a name share.
    """
    given, family, mother = child.name.given, child.name.family, child.mother
    dob = None if child.dob_quality is DobQuality.ESTIMATED else child.dob
    home = next((place for place in child.places if place.current), None)
    said = {
        "given": " ".join(given),
        "given_first": given[0] if given else "",
        "given_rest": " ".join(given[1:]),
        "given_sound": skeleton(given[0]) if given else "",
        "family": " ".join(family),
        "family_sound": " ".join(skeleton(word) for word in family),
        "dob": dob.isoformat() if dob else "",
        "dob_year": f"{dob:%Y}" if dob else "",
        "dob_month": f"{dob:%m}" if dob else "",
        "dob_day": f"{dob:%d}" if dob else "",
        "sex": child.sex,
        "nhs_number": child.nhs_number,
        "upn": child.upn,
        "postcode": home.postcode if home else "",
        "house": f"{home.flat} {home.house}".strip() if home else "",
        "street": home.street if home else "",
        "area": home.area if home else "",
        "mother_first": skeleton(mother[0]) if mother else "",
        "mother_last": skeleton(mother[-1]) if mother else "",
        "mother_dob": child.mother_dob.isoformat() if child.mother_dob else "",
    }
    return {"unique_id": number} | {name: said[name] or None for name in TEXTS}


def batches(children: Iterable[Child]) -> Iterator[pa.RecordBatch]:
    """The children as Arrow batches, so that a register of millions never stands in memory."""
    rows: list[dict[str, Any]] = []
    for number, child in children:
        rows.append(row_of(number, child))
        if len(rows) == AT_A_TIME:
            yield pa.RecordBatch.from_pylist(rows, SCHEMA)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, SCHEMA)


def table_of(children: Iterable[Child]) -> pa.Table:
    """The children as one Arrow table."""
    return pa.Table.from_batches(batches(children), SCHEMA)


def register_children(
    session: Session, progress: Progress = lambda _done, _of: None
) -> Iterator[Child]:
    """Every filed child, by number; `progress` is told how many of how many."""
    if still_to_file(session):
        raise NotReady("The register is being filed anew. Try again in a few minutes.")
    of = session.scalar(select(func.count()).select_from(MatchFeature)) or 0
    rows = session.execute(
        select(MatchFeature.child_id, MatchFeature.line)
        .order_by(MatchFeature.child_id)
        .execution_options(yield_per=5_000)
    )
    for done, (number, stored) in enumerate(rows, 1):
        if done % 1_000 == 0 or done == of:
            progress(done, of)
        yield number, from_text(stored)


def export_features(
    session: Session,
    file: Path,
    *,
    progress: Progress = lambda _done, _of: None,
    by: Actor,
    at: datetime,
) -> int:
    """Write the whole register to a .parquet or .csv file that only its owner reads; how many.

    The file holds personal data of every child; that it was made stands on the trail.
    """
    by.require(Permission.IMPORT_REGISTER)
    if file.suffix not in (".parquet", ".csv"):
        raise NotReady("Name a file that ends in .parquet or .csv.")
    count = 0
    with (
        os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
        (parquet.ParquetWriter if file.suffix == ".parquet" else csv.CSVWriter)(
            out, SCHEMA
        ) as writer,
    ):
        for batch in batches(register_children(session, progress)):
            writer.write_batch(batch)
            count += batch.num_rows
    trail.record(session, AuditKind.FEATURES_EXPORTED, about=None, by=by, at=at, children=count)
    return count
