"""A backup counts when it was verified, and is restored only into an empty database."""

import os
import threading

import pytest
from sqlalchemy import func, select, text, update

from mash_triage.access.models import Agency
from mash_triage.audit import trail
from mash_triage.audit.events import AuditEvent, AuditKind
from mash_triage.commands.database import check_trail
from mash_triage.db.backup import backup, restore
from mash_triage.db.engine import Database
from mash_triage.db.schema import State, is_current, state_of, step_back_to
from mash_triage.errors import NotReady
from tests.cast import BETH, MONDAY_NINE
from tests.servers import BLANK, client_programs


@pytest.fixture(autouse=True)
def programs(monkeypatch):
    """pg_dump and pg_restore of the version of the test server."""
    monkeypatch.setenv("PATH", f"{client_programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def kept(database, tmp_path):
    """A backup of a database in which something has happened."""
    for number in range(5):
        note(database, number)
    file = tmp_path / "monday.backup"
    backup(database, file, check_trail)
    return file


def note(database, number):
    with database.work() as session:
        at = MONDAY_NINE
        trail.record(session, AuditKind.RAG_SET, about=f"child-{number}", by=BETH, at=at)


def lines(database):
    with database.look() as session:
        return session.scalar(select(func.count(AuditEvent.seq)))


def test_what_was_backed_up_comes_back(database, new_database, kept):
    empty = new_database(BLANK)
    restore(empty, kept, check_trail)

    assert is_current(empty)
    assert lines(empty) == lines(database)
    with empty.look() as session:
        assert session.scalar(select(func.count(Agency.id))) == 3
        assert trail.verify(session).first_bad is None


def test_a_restored_database_still_guards_its_trail(new_database, kept):
    empty = new_database(BLANK)
    restore(empty, kept, check_trail)
    with pytest.raises(Exception, match="append-only"), empty.work() as session:
        session.execute(update(AuditEvent).values(about="nobody"))


def test_only_its_owner_can_read_a_backup(kept):
    assert kept.stat().st_mode & 0o077 == 0
    assert [path.name for path in kept.parent.iterdir() if "part" in path.name] == []


def test_a_backup_never_replaces_a_file(database, kept):
    before = kept.read_bytes()
    with pytest.raises(NotReady, match="already a file"):
        backup(database, kept, check_trail)
    assert kept.read_bytes() == before


def test_a_database_with_a_broken_trail_is_not_backed_up(database, tmp_path):
    note(database, 1)
    with database.work() as session:
        unguard = (
            "DROP TRIGGER audit_event_no_update"
            if database.is_sqlite
            else "ALTER TABLE audit_event DISABLE TRIGGER ALL"
        )
        session.execute(text(unguard))
        session.execute(update(AuditEvent).values(about="nobody"))

    with pytest.raises(NotReady, match="was changed after it was written"):
        backup(database, tmp_path / "b.backup", check_trail)
    assert not (tmp_path / "b.backup").exists()


def test_a_database_with_records_is_not_overwritten(database, kept):
    note(database, 6)
    before = lines(database)
    with pytest.raises(NotReady, match="only into an empty one"):
        restore(database, kept, check_trail)
    assert lines(database) == before


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda whole: whole[: len(whole) // 2], id="cut in half"),
        pytest.param(lambda whole: b"", id="empty"),
        pytest.param(lambda whole: b"not a backup at all" * 400, id="something else"),
        pytest.param(
            lambda whole: whole[:9000] + bytes(len(whole) // 2) + whole[9000 + len(whole) // 2 :],
            id="zeros in it",
        ),
    ],
)
def test_a_damaged_or_foreign_file_is_refused(new_database, kept, spoil):
    spoiled = kept.with_name("spoiled.backup")
    spoiled.write_bytes(spoil(kept.read_bytes()))
    empty = new_database(BLANK)

    with pytest.raises(NotReady, match="not a backup of this service"):
        restore(empty, spoiled, check_trail)
    assert state_of(empty) is State.EMPTY


def test_another_services_database_is_refused(new_database, tmp_path):
    other = new_database(BLANK)
    with other.work() as session:
        session.execute(text("CREATE TABLE cats (name TEXT)"))
    file = tmp_path / "cats.backup"
    backup_anyway(other, file)

    with pytest.raises(NotReady, match="not a backup of this service"):
        restore(new_database(BLANK), file, check_trail)


def backup_anyway(database, file):
    """What somebody else's program would have written."""
    if database.is_sqlite:
        database.close()
        file.write_bytes(database.path.read_bytes())
    else:
        from mash_triage.db.backup import _dump_postgres

        _dump_postgres(database, file, lambda _database: None)


def test_an_older_backup_is_brought_up_to_date(database, new_database, tmp_path):
    step_back_to(database, "0001")
    backup(database, tmp_path / "old.backup", check_trail)
    empty = new_database(BLANK)
    restore(empty, tmp_path / "old.backup", check_trail)
    assert is_current(empty)


def test_another_key_does_not_open_a_backup(tmp_path, test_run):
    database = test_run.new("sqlite", tmp_path)
    backup(database, tmp_path / "a.backup", check_trail)
    other = Database(database.url.set(database=str(tmp_path / "other.sqlite")), "b" * 64)

    with pytest.raises(NotReady, match="made with this key"):
        restore(other, tmp_path / "a.backup", check_trail)
    database.close()
    other.close()


def test_a_backup_is_whole_while_others_write(database, new_database, tmp_path):
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            note(database, number := number + 1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(database, tmp_path / f"{number}.backup", check_trail)
    finally:
        stop.set()
        writer.join()

    empty = new_database(BLANK)
    restore(empty, tmp_path / "2.backup", check_trail)
    assert 0 < lines(empty) <= lines(database)


def test_without_its_program_postgresql_says_what_is_missing(tmp_path, test_run, monkeypatch):
    database = test_run.new("postgresql", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotReady, match="pg_dump is needed and not installed"):
        backup(database, tmp_path / "b.backup", check_trail)
    test_run.remove(database)
