"""The authority's register: loaded whole, refreshed, bad rows refused, and nothing twice."""

import csv
import hashlib
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mash_triage.access.actor import Actor
from mash_triage.all_models import METADATA
from mash_triage.audit.events import AuditEvent
from mash_triage.errors import NotAllowed
from mash_triage.matching.actions import import_register
from mash_triage.matching.models import MatchFeature, MatchKey
from mash_triage.matching.stored import from_text
from mash_triage.people.models import Person, PersonAddress, PersonAlias, Relationship
from mash_triage.people.register_file import COLUMNS, RegisterFault
from tests.stories import HOUR, MONDAY_NINE

SAMPLE = Path(__file__).parents[1] / "data" / "register_sample.csv"
"""A hundred children, two of them born after the Monday of these stories."""
OPERATOR = Actor.job("people import")

ROW = {
    "child_id": "C1",
    "given_names": "Mia Jane",
    "family_name": "O'Thornbury",
    "dob": "2017-03-09",
    "dob_quality": "exact",
    "sex": "F",
    "address_line": "12 Mill Lane",
    "postcode": "za1 4qt",
    "previous_addresses": "1 Old Road|ZA2 2AA",
    "aliases": "Mimi|Thornbury;Mia|Stone",
    "mother_name": "Rosa Thornbury",
    "mother_dob": "1990-01-02",
}


def write(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def load(session, path, *, by=OPERATOR, at=MONDAY_NINE, **more):
    return import_register(session, path, by=by, at=at, **more)


def counts(session):
    """How many rows each table has, the trail aside."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in METADATA.sorted_tables
        if table.name != "audit_event"
    }


@pytest.fixture
def sample(tmp_path):
    return Path(shutil.copy(SAMPLE, tmp_path / "register.csv"))


def test_the_sample_is_loaded_whole_and_a_second_time_changes_nothing(session, sample):
    first = load(session, sample)
    once = counts(session)
    second = load(session, sample, at=MONDAY_NINE + HOUR)

    assert (first.added, first.changed, first.same, first.refused) == (98, 0, 0, 2)
    assert (second.added, second.changed, second.same, second.refused) == (0, 0, 98, 2)
    assert counts(session) == once
    assert once["match_feature"] == 98


def test_each_import_has_one_line_on_the_trail_with_its_hash_and_counts(session, sample):
    load(session, sample)
    line = session.scalars(select(AuditEvent).where(AuditEvent.kind == "register:imported")).one()
    assert line.by_name == "people import"
    digest = hashlib.sha256(sample.read_bytes()).hexdigest()
    expected = {"sha256": digest, "added": 98, "changed": 0, "same": 0, "refused": 2}
    assert line.detail == expected


def test_progress_is_told_to_the_end(session, sample):
    told = []
    load(session, sample, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (98, 101)


def person(session):
    return session.scalars(select(Person).where(Person.register_id == "C1")).one()


def parts(session, table):
    return session.scalars(select(table).where(table.person_id == person(session).id)).all()


def test_a_row_becomes_a_record_with_its_names_homes_and_mother(session, tmp_path):
    load(session, write(tmp_path / "r.csv", ROW))
    mia = person(session)
    assert (mia.given_names, mia.family_name, mia.sex) == ("Mia Jane", "O'Thornbury", "F")
    assert {(each.given_names, each.family_name) for each in parts(session, PersonAlias)} == {
        ("Mimi", "Thornbury"),
        ("Mia", "Stone"),
    }
    homes = {(each.address_line, each.is_current) for each in parts(session, PersonAddress)}
    assert homes == {("12 Mill Lane", True), ("1 Old Road", False)}
    (mother,) = parts(session, Relationship)
    rosa = session.get_one(Person, mother.other_id)
    assert (rosa.kind, rosa.given_names, rosa.family_name) == ("adult", "Rosa", "Thornbury")
    assert rosa.household_id == mia.household_id is not None


def test_brothers_and_sisters_share_one_mother_and_one_household(session, tmp_path):
    load(session, write(tmp_path / "r.csv", ROW, {**ROW, "child_id": "C2", "given_names": "Jo"}))
    found = counts(session)
    assert (found["person"], found["household"], found["relationship"]) == (3, 1, 2)


def test_a_changed_row_changes_the_record_and_its_index_and_no_other(session, tmp_path):
    other = {**ROW, "child_id": "C2", "given_names": "Jo", "dob": "2019-01-01"}
    load(session, write(tmp_path / "r.csv", ROW, other))
    mia, before = person(session), counts(session)
    keys = set(session.scalars(select(MatchKey.k).where(MatchKey.child_id == mia.id)))

    moved = {**ROW, "family_name": "Quartermaine", "aliases": "", "dob": "2017-03-10"}
    result = load(session, write(tmp_path / "r.csv", moved, other), at=MONDAY_NINE + HOUR)
    session.expire_all()

    assert (result.added, result.changed, result.same) == (0, 1, 1)
    assert person(session).family_name == "Quartermaine"
    assert person(session).id == mia.id
    filed = from_text(session.get_one(MatchFeature, mia.id).line)
    assert (filed.name.shown_family, filed.dob) == ("Quartermaine", date(2017, 3, 10))
    assert keys != set(session.scalars(select(MatchKey.k).where(MatchKey.child_id == mia.id)))
    after = counts(session)
    assert after["person_alias"] == before["person_alias"] - 2
    changed = {"person_alias", "match_key", "match_term"}
    assert {name for name in after if after[name] != before[name]} <= changed


BAD = {
    "no such day": {"dob": "2023-02-29"},
    "a formula": {"child_id": "=1+1", "dob": "yesterday"},
    "another formula": {"child_id": "C9", "given_names": "@SUM(A1)", "sex": "X"},
}


def test_bad_rows_are_refused_beside_the_file_and_good_ones_kept(session, tmp_path):
    rows = [{**ROW, "child_id": f"B{n}", **change} for n, change in enumerate(BAD.values())]
    path = write(tmp_path / "register.csv", ROW, *rows, {**ROW, "child_id": "C2"})
    result = load(session, path)

    assert (result.added, result.refused) == (2, 3)
    assert result.rejected_file == tmp_path / "register.rejected.csv"
    assert result.rejected_file.stat().st_mode & 0o777 == 0o600
    with result.rejected_file.open(encoding="utf-8-sig", newline="") as file:
        refused = list(csv.DictReader(file))
    assert [row["line"] for row in refused] == ["3", "4", "5"]
    assert all(row["reason"] for row in refused)
    cells = [cell for row in refused for cell in row.values()]
    assert not any(cell.startswith(("=", "@", "+")) for cell in cells)
    line = session.scalars(select(AuditEvent).where(AuditEvent.kind == "register:imported")).one()
    assert (line.detail["added"], line.detail["refused"]) == (2, 3)


def test_a_mended_file_takes_the_list_of_refused_rows_away(session, tmp_path):
    path = write(tmp_path / "register.csv", {**ROW, "sex": "X"})
    assert load(session, path).rejected_file.exists()
    assert load(session, write(path, ROW)).rejected_file is None
    assert not (tmp_path / "register.rejected.csv").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("".join(f"C{n},Zoë\n" for n in range(9)).encode("latin-1"), "UTF-8"),
        (b"child_id,given_names\nC1,Mia\n", "lacks these columns: family_name"),
        (b"", "no header"),
    ],
    ids=["another encoding", "missing columns", "empty"],
)
def test_a_file_that_is_no_register_is_refused_in_words_and_loads_nothing(
    session, tmp_path, content, words
):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    before = counts(session)
    with pytest.raises(RegisterFault, match=words):
        load(session, path)
    assert counts(session) == before


def test_huge_cells_and_nul_bytes_cost_only_their_rows(session, tmp_path):
    path = write(
        tmp_path / "register.csv",
        {**ROW, "child_id": "B1", "given_names": "M" * 10_000_000},
        {**ROW, "child_id": "B2", "given_names": "M\x00ia"},
        ROW,
    )
    result = load(session, path)
    assert (result.added, result.refused) == (1, 2)


def test_a_social_worker_loads_no_register(session, beth, tmp_path):
    with pytest.raises(NotAllowed):
        load(session, write(tmp_path / "r.csv", ROW), by=beth)
