"""`people match`: a file of reported children in, candidates out, whatever state the file is in."""

import csv
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mash_triage.access.actor import Actor
from mash_triage.audit.events import AuditEvent
from mash_triage.matching.asked_file import COLUMNS
from mash_triage.matching.models import MatchDecision, MatchRun
from mash_triage.matching.register_import import import_register
from mash_triage.people.actions import restrict_person
from mash_triage.people.models import Person
from tests.cast import CAROL, DAN, MONDAY_NINE

PROGRAM = Path(sys.executable).with_name("mash-triage")
LATE_IN_2026 = datetime(2026, 11, 2, 9, tzinfo=UTC)  # everybody on the sample is born by then
SAMPLE = Path(__file__).parent.parent / "data" / "register_sample.csv"


@pytest.fixture
def register(database, tmp_path):
    """The sample register, loaded: its rows by child id."""
    file = tmp_path / "register.csv"
    file.write_bytes(SAMPLE.read_bytes())
    with database.work() as session:
        import_register(session, file, by=Actor.job("test"), at=LATE_IN_2026)
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return {row["child_id"]: row for row in csv.DictReader(file)}


@pytest.fixture
def match(database, tmp_path):
    """A function that looks for the rows it is given and returns the run and the answers."""

    def matching(*rows, raw=None, out=tmp_path / "answers.csv"):
        file = tmp_path / "queries.csv"
        if raw is None:
            with file.open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, COLUMNS)
                writer.writeheader()
                writer.writerows(rows)
        else:
            file.write_bytes(raw)
        address = database.url.set(drivername=database.url.get_backend_name())
        told = {k: v for k, v in os.environ.items() if not k.startswith("MASH_")}
        told["MASH_DATABASE_URL"] = address.render_as_string(hide_password=False)
        told["MASH_DATABASE_KEY"] = database.key or "0" * 64
        done = subprocess.run(
            [PROGRAM, "people", "match", file, "--out", out],
            capture_output=True,
            text=True,
            env=told,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done, answers(out) if done.returncode in (0, 3) else None

    return matching


def answers(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asked(query_id, known, /, **otherwise):
    """A reported child as the register knows her, with some of it otherwise."""
    row = {c: known[c] for c in COLUMNS if c in known}
    return row | {"query_id": query_id, "received_date": "2026-10-01"} | otherwise


def somebody(register):
    return next(row for row in register.values() if row["dob_quality"] == "exact")


def test_the_child_comes_first_and_the_last_line_tells_the_times(register, match):
    known = [row for row in register.values() if row["dob_quality"] == "exact"][:5]
    done, found = match(*(asked(f"Q{n}", row) for n, row in enumerate(known)))
    assert (done.returncode, done.stderr) == (0, "")
    first = {row["query_id"]: row for row in found if row["rank"] == "1"}
    assert [first[f"Q{n}"]["child_id"] for n in range(5)] == [row["child_id"] for row in known]
    assert all(0 <= float(row["probability"]) <= 1 for row in found)
    assert {row["band"] for row in found} <= {"likely", "possible", "unlikely"}
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.keys() == {"queries", "p50_ms", "p95_ms"}
    assert told["queries"] == 5
    assert told["p95_ms"] >= told["p50_ms"] > 0


def test_ranks_run_from_one_and_probabilities_fall(register, match):
    known = somebody(register)
    _, found = match(asked("Q", known, dob="", given_names="", nhs_number="", upn=""))
    assert [int(row["rank"]) for row in found] == list(range(1, len(found) + 1))
    assert len(found) <= 10


def test_too_little_to_search_by_gives_no_rows_and_is_no_failure(match):
    done, found = match({"query_id": "Q1", "given_names": "Sam"}, {"query_id": "Q2"})
    assert (done.returncode, found) == (0, [])
    assert json.loads(done.stdout.splitlines()[-1])["queries"] == 2


def test_nothing_is_stored_but_one_line_without_anybodys_particulars(register, database, match):
    known = somebody(register)
    with database.look() as session:
        before = session.scalar(select(func.count()).select_from(AuditEvent))
    match(asked("Q1", known), asked("Q2", known))
    with database.look() as session:
        lines = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
        assert len(lines) == before + 1
        assert lines[-1].by_name == "people match"
        assert lines[-1].detail["queries"] == 2
        assert known["family_name"] not in json.dumps(lines[-1].detail)
        for table in (MatchRun, MatchDecision):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_restricted_record_is_in_no_answer(register, database, match):
    known = somebody(register)
    with database.work() as session:
        person = session.scalars(
            select(Person).where(Person.register_id == known["child_id"])
        ).one()
        restrict_person(
            session, person.id, reason="A risk to her if found", review_on=date(2026, 12, 1),
            readers=[CAROL.user_id, DAN.user_id], by=CAROL, at=MONDAY_NINE,
        )  # fmt: skip
    done, found = match(asked("Q", known))
    assert done.returncode == 0
    assert known["child_id"] not in {row["child_id"] for row in found}
    assert "duty manager" not in done.stdout + done.stderr


def test_answers_and_refused_rows_are_for_their_owner_alone(register, match, tmp_path):
    done, _ = match(
        asked("Q1", somebody(register)), asked("Q2", somebody(register), dob="31/02/2015")
    )
    assert done.returncode == 3
    for name in ("answers.csv", "queries.rejected.csv"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


HOSTILE = {
    "dob is not a day": {"dob": "2015-02-31"},
    "dob in another form": {"dob": "03/04/2017"},
    "age in words": {"age_years": "nine"},
    "age below nought": {"age_years": "-3"},
    "age of digits from another script": {"age_years": "९"},
    "sex in words": {"sex": "girl"},
    "no query id": {"query_id": ""},
    "a bell in the name": {"given_names": "Mia\x07"},
    "a name that never ends": {"given_names": "a" * 9_000},
    "a cell larger than a cell may be": {"mother_name": "b" * 20_000},
}


def test_rows_that_cannot_be_read_are_named_by_line_and_the_others_go_on(register, match, tmp_path):
    known = somebody(register)
    wrong = [asked(f"W{n}", known, **fault) for n, fault in enumerate(HOSTILE.values())]
    done, found = match(*wrong, asked("right", known))
    assert done.returncode == 3
    assert {row["query_id"] for row in found} == {"right"}
    with (tmp_path / "queries.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        refused = list(csv.DictReader(file))
    assert [int(row["line"]) for row in refused] == list(range(2, 2 + len(HOSTILE)))
    assert all(row["reason"] for row in refused)
    assert known["family_name"] not in done.stderr + done.stdout


STRANGE = {
    "a formula": {"given_names": "=cmd|' /C calc'!A0"},
    "another statement for the database": {"family_name": "Robert'); DROP TABLE person;--"},
    "right to left": {"given_names": "\u202eMia\u202c", "family_name": "محمد"},
    "a percent sign and an underscore": {"given_names": "%", "family_name": "_"},
    "a date long ago": {"dob": "1900-01-01"},
    "a date to come": {"dob": "2199-12-31"},
    "letters as a number": {"nhs_number": "not known", "upn": "pending"},
    "a thousand words": {"address_line": "x " * 140},
}


def test_strange_words_are_only_words(register, match):
    known = somebody(register)
    done, _ = match(*(asked(said, known, **strange) for said, strange in STRANGE.items()))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout.splitlines()[-1])["queries"] == len(STRANGE)


def test_a_query_id_that_comes_twice_is_answered_once(register, match):
    known = somebody(register)
    done, found = match(asked("Q1", known), asked("Q1", known))
    assert done.returncode == 3
    assert [row["rank"] for row in found].count("1") == 1


FILES = {
    "no header": b"",
    "another file's header": b"name,born\nMia,2017\n",
    "a column twice": (",".join((*COLUMNS, "dob")) + "\n").encode(),
    "a column missing": ",".join(COLUMNS[:-1]).encode(),
    "not text": bytes(range(128, 256)) * 40,
}


@pytest.mark.parametrize("raw", [pytest.param(r, id=i) for i, r in FILES.items()])
def test_a_file_that_is_no_such_file_is_said_in_one_sentence(match, raw, tmp_path):
    done, _ = match(raw=raw)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "answers.csv").exists()
    assert [path.name for path in tmp_path.glob(".answers*")] == []


def test_an_empty_file_with_a_header_has_empty_answers(match):
    done, found = match()
    assert (done.returncode, found) == (0, [])
    assert json.loads(done.stdout.splitlines()[-1]) == {"queries": 0, "p50_ms": 0.0, "p95_ms": 0.0}


def test_the_answers_are_not_written_over_the_queries(match, tmp_path):
    done, _ = match({"query_id": "Q1"}, out=tmp_path / "queries.csv")
    assert done.returncode == 2
    assert "Q1" in (tmp_path / "queries.csv").read_text()


def test_a_folder_that_is_not_there_is_said_in_one_sentence(match, tmp_path):
    done, _ = match({"query_id": "Q1"}, out=tmp_path / "nowhere" / "answers.csv")
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
