"""Each fault, brought about for real, is one plain sentence and holds nothing that was typed."""

from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from mash_triage.access.models import Agency
from mash_triage.db import faults
from mash_triage.db.engine import Database, open_database
from mash_triage.db.faults import is_on_network, plain_fault
from mash_triage.db.schema import upgrade
from tests.servers import BLANK

TYPED = "Marigold Fenwick told us"


def fault_of(deed):
    """The sentence for what this deed raised."""
    with pytest.raises(DBAPIError) as raised:
        deed()
    words = plain_fault(raised.value)
    assert TYPED not in str(words)
    return words


def test_a_database_without_its_tables(new_database):
    database = new_database(BLANK)

    def deed():
        with database.work() as session:
            session.scalars(select(Agency)).all()

    assert fault_of(deed) == faults.NOT_MIGRATED


def test_a_database_with_an_older_table(database):
    with database.work() as session:
        session.execute(text("ALTER TABLE agency DROP COLUMN telephone"))

    def deed():
        with database.work() as session:
            session.execute(update(Agency).values(telephone=TYPED))

    assert fault_of(deed) == faults.NOT_MIGRATED


def test_a_database_that_can_only_be_read(database):
    def deed():
        with database.look() as session:
            session.execute(update(Agency).values(telephone=TYPED))

    assert fault_of(deed) == faults.READ_ONLY


def test_a_full_disk(database):
    def deed():
        with database.work() as session:
            if database.is_sqlite:
                session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
                session.execute(text("CREATE TABLE big (words TEXT)"))
                session.execute(text("INSERT INTO big VALUES (:w)"), {"w": TYPED * 90_000})
            else:
                raised = f"DO $$ BEGIN RAISE EXCEPTION '{TYPED}' USING ERRCODE = '53100'; END $$"
                session.execute(text(raised))

    assert fault_of(deed) == faults.FULL


def test_a_full_disk_in_the_middle_of_a_savepoint(database):
    def deed():
        with database.work() as session:
            if database.is_sqlite:
                session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
            with session.begin_nested():
                if not database.is_sqlite:
                    raised = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$"
                    session.execute(text(raised))
                session.execute(update(Agency).values(telephone=TYPED * 90_000))

    assert fault_of(deed) == faults.FULL


def test_a_database_that_somebody_else_holds(database):
    impatient = Database(database.url, database.key, busy_milliseconds=30)

    def deed():
        with impatient.work() as session:
            if not database.is_sqlite:
                session.execute(text("SET LOCAL lock_timeout = '30ms'"))
            session.execute(update(Agency).values(telephone=TYPED))

    with database.work() as session:
        session.execute(update(Agency).values(telephone="01632 960 111"))
        assert fault_of(deed) == faults.LOCKED
    impatient.close()


def test_a_rule_of_a_table_is_no_fault_of_the_database(database):
    def deed():
        with database.work() as session:
            session.execute(update(Agency).values(name="The same for all"))

    assert fault_of(deed) is None


def test_the_wrong_key(tmp_path):
    made = open_database(f"sqlite:///{tmp_path}/a.sqlite", "a" * 64)
    upgrade(made)
    made.close()
    other = open_database(f"sqlite:///{tmp_path}/a.sqlite", "b" * 64)

    def deed():
        with other.look() as session:
            session.scalars(select(Agency)).all()

    assert fault_of(deed) == faults.WRONG_KEY


def test_a_damaged_file(tmp_path):
    made = open_database(f"sqlite:///{tmp_path}/a.sqlite", "a" * 64)
    upgrade(made)
    made.close()
    damaged = bytearray(made.path.read_bytes())
    damaged[8192 : len(damaged) // 2] = bytes(len(damaged) // 2 - 8192)
    made.path.write_bytes(damaged)

    def deed():
        with made.look() as session:
            for table in ("agency", "person", "contact", "audit_event"):
                session.execute(text(f"SELECT * FROM {table}")).all()

    assert fault_of(deed) in (faults.DAMAGED, faults.WRONG_KEY, faults.NOT_REACHABLE)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://nobody@127.0.0.1:1/mash", id="no server"),
        pytest.param("sqlite:////proc/mash.sqlite", id="no place for a file"),
    ],
)
def test_a_database_that_is_not_there(url):
    database = open_database(url, "0" * 64)

    def deed():
        with database.look() as session:
            session.scalars(select(Agency)).all()

    assert fault_of(deed) == faults.NOT_REACHABLE


def test_other_errors_are_passed_on():
    assert plain_fault(ValueError(TYPED)) is None


@pytest.mark.parametrize(
    ("file", "is_far"),
    [
        pytest.param("/srv/data/mash.sqlite", True, id="on the share"),
        pytest.param("/srv/data/fast disk/mash.sqlite", False, id="on a disk within the share"),
        pytest.param("/srv/database/mash.sqlite", False, id="beside the share"),
        pytest.param("/var/lib/mash.sqlite", False, id="elsewhere"),
    ],
)
def test_a_network_file_system_is_known_by_the_mount_it_is_on(tmp_path, file, is_far):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\n"
        "files:/data /srv/data nfs4 rw 0 0\n"
        "/dev/sdb /srv/data/fast\\040disk ext4 rw 0 0\n"
    )
    assert is_on_network(Path(file), mounts) is is_far


def test_where_no_mounts_are_listed_nothing_is_refused(tmp_path):
    assert not is_on_network(Path("/srv/mash.sqlite"), tmp_path / "none")
