"""How a database stands, its self-test, and bringing it up to date from many sides at once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from mash_triage import self_test
from mash_triage.db import faults
from mash_triage.db.engine import Database, open_database
from mash_triage.db.schema import (
    State,
    check,
    is_current,
    make_ready,
    state_of,
    step_back_to,
    upgrade,
)
from mash_triage.errors import NotAvailable
from tests.servers import BARE, BLANK

NOT_SET_FOR_TESTS = "fsync is off, but must be on."


def wrong(findings):
    return [f.words for f in findings if not f.good and f.words != NOT_SET_FOR_TESTS]


def test_a_migrated_database_passes_its_self_test(database):
    assert wrong(self_test.check(database)) == []


def test_the_self_test_reads_settings_back_from_the_database(database):
    if database.is_sqlite:
        broken = Database(database.url, database.key, busy_milliseconds=7)
        with broken.work() as session:
            session.connection().exec_driver_sql("PRAGMA recursive_triggers = OFF")
        words = wrong(check(broken))
        broken.close()
        assert words == ["recursive_triggers is 0, but must be 1."]
    else:
        name = database.url.database
        with database.work() as session:
            session.execute(text(f'ALTER ROLE postgres IN DATABASE "{name}" SET lock_timeout = 9'))
        assert wrong(check(database)) == []  # ours is set at every connection, and wins


def test_the_self_test_names_a_table_that_is_not_the_services_own(database):
    with database.work() as session:
        session.execute(text("ALTER TABLE agency ADD COLUMN nickname TEXT"))
    assert wrong(self_test.check(database)) == [
        "The tables differ from the service's own in 1 places."
    ]


def test_an_older_database_is_refused_and_then_brought_up_to_date(new_database):
    database = new_database(BARE)
    step_back_to(database, "0001")

    assert state_of(database) is State.OLDER
    assert wrong(check(database)) == [faults.NOT_MIGRATED]
    with pytest.raises(NotAvailable, match="mash-triage db upgrade"):
        make_ready(database)

    upgrade(database)
    assert is_current(database)


def test_a_database_from_the_future_is_left_alone(database):
    with database.work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert state_of(database) is State.FOREIGN
    with pytest.raises(NotAvailable, match="later version"):
        upgrade(database)


def test_somebody_elses_database_is_left_alone(new_database):
    database = new_database(BLANK)
    with database.work() as session:
        session.execute(text("CREATE TABLE cats (name TEXT)"))

    with pytest.raises(NotAvailable, match="not made by this service"):
        make_ready(database)


def test_a_new_database_is_made_ready(new_database):
    database = new_database(BLANK)
    make_ready(database)
    make_ready(database)
    assert is_current(database)


def test_many_processes_may_start_on_a_new_database_at_once(new_database):
    database = new_database(BLANK)
    others = [Database(database.url, database.key) for _ in range(6)]
    with ThreadPoolExecutor(len(others)) as starting:
        list(starting.map(upgrade, others))
    for other in others:
        other.close()
    assert is_current(database)


def test_asking_how_a_missing_file_stands_does_not_make_it(tmp_path):
    database = open_database(f"sqlite:///{tmp_path}/none.sqlite", "0" * 64)
    assert state_of(database) is State.EMPTY
    assert not database.path.exists()


def test_a_file_that_is_not_enciphered_is_named(tmp_path):
    file = tmp_path / "plain.sqlite"
    with sqlite3.connect(file) as plain:
        plain.execute("CREATE TABLE agency (name TEXT)")
    plain.close()

    from mash_triage.db.schema import _enciphered

    finding = _enciphered(Database(open_database(f"sqlite:///{file}", "0" * 64).url, "0" * 64))
    assert not finding.good
    assert "not enciphered" in finding.words


def test_a_file_on_a_network_file_system_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(faults, "is_on_network", lambda _path: True)
    database = open_database(f"sqlite:///{tmp_path}/far.sqlite", "0" * 64)
    with pytest.raises(NotAvailable, match="network file system"):
        upgrade(database)
