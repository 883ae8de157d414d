"""The trail: it only grows, and whatever was done to it shows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from mash_triage.audit import trail
from mash_triage.audit.events import AuditEvent, AuditKind
from tests.cast import AMARA, BETH, MONDAY_NINE
from tests.servers import BARE

LINES = 12


@pytest.fixture
def database(new_database):
    """A database in which nothing has been done yet, not even the cast's arrival."""
    return new_database(BARE)


def write_lines(database, lines=LINES):
    """Some lines, half in one transaction and half in their own."""
    with database.work() as session:
        for number in range(lines // 2):
            write(session, number)
    for number in range(lines // 2, lines):
        with database.work() as session:
            write(session, number)


def write(session, number):
    at = MONDAY_NINE + timedelta(minutes=number, microseconds=number)
    about = f"child-{number}"
    trail.record(session, AuditKind.RAG_SET, about=about, by=BETH, at=at, rag="RED", n=number)


def without_its_guard(database, statement):
    """Do what only somebody who owns the database could do."""
    undo = {
        "sqlite": ["DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete"],
        "postgresql": ["ALTER TABLE audit_event DISABLE TRIGGER ALL"],
    }
    with database.work() as session:
        for line in undo["sqlite" if database.is_sqlite else "postgresql"]:
            session.execute(text(line))
        session.execute(statement)


def verdict(database, sealed=None):
    with database.look() as session:
        return trail.verify(session, sealed=sealed)


def test_a_whole_trail_verifies(database):
    write_lines(database)
    found = verdict(database)
    assert (found.lines, found.first_bad) == (LINES, None)


def test_an_empty_trail_is_whole(database):
    assert verdict(database).first_bad is None


def test_a_line_keeps_what_it_was_told(database):
    write_lines(database, 2)
    with database.look() as session:
        line = session.get_one(AuditEvent, 2)
        assert (line.kind, line.about, line.by_name) == ("rag:set", "child-1", BETH.name)
        assert line.at == MONDAY_NINE + timedelta(minutes=1, microseconds=1)
        assert line.detail == {"rag": "RED", "n": 1}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"about": "child-99"}, id="another child"),
        pytest.param({"by_name": AMARA.name}, id="another person"),
        pytest.param({"at": MONDAY_NINE}, id="another time"),
        pytest.param({"detail": {"rag": "GREEN", "n": 6}}, id="another detail"),
        pytest.param({"hash": "f" * 64}, id="another hash"),
    ],
)
def test_an_edited_line_is_named(database, change):
    write_lines(database)
    without_its_guard(database, update(AuditEvent).where(AuditEvent.seq == 7).values(change))
    assert verdict(database).first_bad == 7


def test_a_removed_line_is_named(database):
    write_lines(database)
    without_its_guard(database, delete(AuditEvent).where(AuditEvent.seq == 5))
    found = verdict(database)
    assert found.first_bad == 6
    assert "Line 5 is missing" in found.words


def test_a_tail_that_was_cut_off_shows_against_a_head_sealed_before(database):
    write_lines(database)
    whole = verdict(database)
    sealed = (whole.lines, whole.head)
    assert verdict(database, sealed).first_bad is None

    without_its_guard(database, delete(AuditEvent).where(AuditEvent.seq > LINES - 3))

    assert verdict(database).first_bad is None  # the chain alone cannot tell
    assert "before the sealed head" in verdict(database, sealed).words


def test_a_trail_written_anew_shows_against_a_head_sealed_before(database):
    write_lines(database)
    assert verdict(database, (LINES, "0" * 64)).first_bad == LINES


def test_a_sealed_head_is_read_from_the_last_line_of_its_file(tmp_path):
    file = tmp_path / "heads.txt"
    file.write_text(f"3 {'a' * 64}\n9 {'b' * 64}\n")
    assert trail.read_sealed_head(file) == (9, "b" * 64)


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(update(AuditEvent).values(about="nobody"), id="update"),
        pytest.param(delete(AuditEvent), id="delete"),
        pytest.param(
            text("INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 1"), id="again"
        ),
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(database, statement):
    write_lines(database)
    with pytest.raises(DBAPIError), database.work() as session:
        session.execute(statement)
    assert verdict(database).lines == LINES


def test_a_line_cannot_be_replaced_under_its_number(database):
    write_lines(database, 2)
    replace = (
        "INSERT OR REPLACE INTO audit_event SELECT seq, at, kind, 'nobody', by_user, by_name, "
        "detail, previous_hash, hash FROM audit_event WHERE seq = 1"
        if database.is_sqlite
        else "INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 1 "
        "ON CONFLICT (seq) DO UPDATE SET about = 'nobody'"
    )
    with pytest.raises(DBAPIError), database.work() as session:
        session.execute(text(replace))
    assert verdict(database).first_bad is None


def test_a_deed_that_is_undone_leaves_no_line(database):
    write_lines(database, 2)

    def a_deed_that_fails():
        with database.work() as session:
            write(session, 2)
            raise RuntimeError("the deed fails")

    with pytest.raises(RuntimeError):
        a_deed_that_fails()
    write_lines(database, 2)
    assert verdict(database).lines == 4


def test_many_writers_keep_one_chain(database):
    def one_writer(number):
        for turn in range(5):
            with database.work() as session:
                write(session, number * 10 + turn)

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(one_writer, range(8)))

    found = verdict(database)
    assert (found.lines, found.first_bad) == (40, None)
    with database.look() as session:
        assert session.scalar(select(func.count(AuditEvent.about.distinct()))) == 40
