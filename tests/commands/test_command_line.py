"""The command line as operators and scripts meet it: exit codes, one sentence, no traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from mash_triage.audit import trail
from mash_triage.audit.events import AuditKind
from mash_triage.cli import cli, in_words
from mash_triage.db.schema import is_current, step_back_to
from tests.cast import BETH, CAROL, MONDAY_NINE, email_of
from tests.servers import BARE

PROGRAM = Path(sys.executable).with_name("mash-triage")
SAMPLE = Path(__file__).parent.parent / "data" / "register_sample.csv"


@pytest.fixture
def run(tmp_path):
    """A function that runs one command; without a database named, it has one of its own."""

    def running(*arguments, on=None, **environment):
        told = {k: v for k, v in os.environ.items() if not k.startswith("MASH_")}
        told["MASH_DATABASE_URL"] = f"sqlite:///{tmp_path}/own/mash.sqlite"
        if on is not None:
            told["MASH_DATABASE_URL"] = address(on)
            told["MASH_DATABASE_KEY"] = on.key or "0" * 64
        return subprocess.run(
            [PROGRAM, *map(str, arguments)],
            capture_output=True,
            text=True,
            env=told | environment,
            check=False,
        )

    return running


def address(database):
    return database.url.set(drivername=database.url.get_backend_name()).render_as_string(
        hide_password=False
    )


def one_sentence(done, code):
    """The command failed with this code and said why, once."""
    assert done.returncode == code, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def every_command(group=cli, path=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, (*path, name))
        else:
            yield pytest.param((*path, name), command, id=" ".join((*path, name)))


# ---------------------------------------------------------------- every command


@pytest.mark.parametrize(("path", "command"), list(every_command()))
def test_every_commands_help_has_an_example(path, command):
    assert f"mash-triage {' '.join(path)}" in command.epilog
    assert command.help


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["clock", "due"], id="something missing"),
        pytest.param(["clock", "due", "--received", "yesterday"], id="not a time"),
        pytest.param(["clock", "due", "--received", "2026-03-27T16:30"], id="no zone"),
        pytest.param(
            ["clock", "due", "--received", "2026-03-27T16:30Z", "--edition", "none"],
            id="no such edition",
        ),
        pytest.param(["no-such-command"], id="no such command"),
        pytest.param(["people", "import", "no-such-file.csv"], id="no such file"),
        pytest.param(["--database-url", "mysql://x/y", "db", "check"], id="not a database of ours"),
        pytest.param(["serve", "--port", "99999"], id="not a port"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(run, arguments):
    one_sentence(run(*arguments), 2)


def test_a_key_that_is_not_one_is_wrong_use(run):
    done = run("db", "check", MASH_DATABASE_KEY="secret")
    assert "64 hexadecimal digits" in one_sentence(done, 2)
    assert "secret" not in done.stderr


def test_a_fault_of_the_service_is_one_sentence_that_repeats_nothing():
    words = in_words(RuntimeError("Marigold Fenwick told us"))
    assert "Marigold" not in words
    assert "RuntimeError" in words


# ---------------------------------------------------------------- clock


@pytest.mark.parametrize(
    ("received", "within_24_hours", "one_working_day"),
    [
        pytest.param(
            "2026-03-27T16:30Z", "2026-03-28T16:30:00Z", "2026-03-30T15:30:00Z", id="Friday"
        ),
        pytest.param(
            "2026-03-28T11:00+00:00", "2026-03-29T11:00:00Z", "2026-03-31T08:00:00Z", id="Saturday"
        ),
        pytest.param(
            "2026-07-07T12:00+01:00", "2026-07-08T11:00:00Z", "2026-07-08T11:00:00Z", id="summer"
        ),
    ],
)
def test_due_times_are_json_and_need_no_database(
    run, tmp_path, received, within_24_hours, one_working_day
):
    done = run("clock", "due", "--received", received)
    assert json.loads(done.stdout) == {
        "within_24_hours": within_24_hours,
        "one_working_day": one_working_day,
    }
    assert not (tmp_path / "own").exists()


# ---------------------------------------------------------------- databases


def test_a_new_database_is_brought_up_to_date_by_the_first_command(run, tmp_path):
    assert run("users", "list").returncode == 0
    assert run("db", "check").returncode == 0
    key = tmp_path / "own" / "mash.sqlite.key"
    assert key.stat().st_mode & 0o077 == 0


def test_an_older_database_is_not_touched(run, new_database):
    database = new_database(BARE)
    step_back_to(database, "0001")

    assert "mash-triage db upgrade" in one_sentence(run("users", "list", on=database), 1)
    assert not is_current(database)
    assert run("db", "upgrade", on=database).returncode == 0
    assert is_current(database)


def test_the_option_goes_before_the_environment(run, database):
    done = run("users", "list", "--database-url", address(database), **with_key(database))
    assert CAROL.name in done.stdout
    done = run("--database-url", address(database), "users", "list", **with_key(database))
    assert CAROL.name in done.stdout


def with_key(database):
    return {"MASH_DATABASE_KEY": database.key} if database.key else {}


def test_a_lost_key_is_said_and_no_new_one_made(run, tmp_path):
    assert run("users", "list").returncode == 0
    key = tmp_path / "own" / "mash.sqlite.key"
    key.unlink()
    assert "MASH_DATABASE_KEY" in one_sentence(run("users", "list"), 1)
    assert not key.exists()


def test_check_names_what_is_wrong(run, database):
    with database.work() as session:
        session.execute(text("ALTER TABLE agency ADD COLUMN nickname TEXT"))
    done = run("db", "check", on=database)
    one_sentence(done, 1)
    assert "WRONG  The tables differ" in done.stdout


def test_a_backup_is_noted_on_the_trail_and_restored(run, tmp_path):
    run("users", "add", "una@rivermead.example", "--name", "Una Marsh", "--role", "auditor",
        "--agency", "Rivermead")  # fmt: skip
    file = tmp_path / "b.backup"
    assert run("db", "backup", file).returncode == 0
    assert "already a file" in one_sentence(run("db", "backup", file), 1)
    assert "only into an empty one" in one_sentence(run("db", "restore", file), 1)

    key = (tmp_path / "own" / "mash.sqlite.key").read_text()
    elsewhere = f"sqlite:///{tmp_path}/elsewhere.sqlite"
    there = {"MASH_DATABASE_URL": elsewhere, "MASH_DATABASE_KEY": key}
    assert run("db", "restore", file, **there).returncode == 0
    assert "Una Marsh" in run("users", "list", **there).stdout


def test_serve_refuses_a_key_in_the_databases_own_folder(run):
    assert run("db", "upgrade").returncode == 0
    assert "MASH_DATABASE_KEY" in one_sentence(run("serve", "--port", "1"), 1)


# ---------------------------------------------------------------- the trail


def test_a_whole_trail_gives_a_head_that_can_be_sealed(run, database, tmp_path):
    done = run("audit", "verify", on=database)
    assert done.returncode == 0
    sealed = tmp_path / "heads.txt"
    sealed.write_text(done.stdout)

    with database.work() as session:
        trail.record(session, AuditKind.RAG_SET, about="child", by=BETH, at=MONDAY_NINE)
    assert run("audit", "verify", "--sealed-head", sealed, on=database).returncode == 0

    sealed.write_text(f"900 {'a' * 64}\n")
    done = run("audit", "verify", "--sealed-head", sealed, on=database)
    assert "before the sealed head" in one_sentence(done, 1)


def test_a_sealed_head_that_is_none_is_wrong_use(run, tmp_path):
    (tmp_path / "heads.txt").write_text("once upon a time\n")
    one_sentence(run("audit", "verify", "--sealed-head", tmp_path / "heads.txt"), 2)


# ---------------------------------------------------------------- people who sign in


def test_a_person_is_added_with_a_link_and_can_be_given_another(run, database):
    done = run("users", "add", "una@rivermead.example", "--name", "Una Marsh", "--role",
               "manager", "--qualified", "--agency", "Hill School", on=database)  # fmt: skip
    first = re.search(r"/set-password/(\S+)", done.stdout)[1]
    done = run("users", "link", "UNA@rivermead.example", on=database)
    second = re.search(r"/set-password/(\S+)", done.stdout)[1]
    assert first != second

    listed = run("users", "list", on=database).stdout
    assert "una@rivermead.example\tUna Marsh\tmanager\tqualified\tHill School\topen" in listed


def test_a_person_is_not_added_twice(run, database):
    done = run("users", "add", email_of(BETH), "--name", "Beth", "--role", "manager", "--agency",
               "Hill School", on=database)  # fmt: skip
    assert "already" in one_sentence(done, 1)


def test_a_link_for_nobody_is_refused(run, database):
    assert "no account" in one_sentence(run("users", "link", "x@y.example", on=database), 1)


# ---------------------------------------------------------------- the register


def test_the_register_is_loaded_and_the_same_file_changes_nothing(run, database, tmp_path):
    file = tmp_path / "register.csv"
    file.write_bytes(SAMPLE.read_bytes())
    first = run("people", "import", file, on=database)
    assert (first.returncode, first.stderr) == (0, "")
    again = run("people", "import", file, on=database)
    assert again.stdout.startswith("0 added, 0 changed")


def test_refused_rows_are_exit_3(run, database, tmp_path):
    file = tmp_path / "register.csv"
    lines = SAMPLE.read_text("utf-8").splitlines()
    file.write_text("\n".join([*lines[:5], "only,three,cells"]), "utf-8")
    done = run("people", "import", file, on=database)
    assert done.returncode == 3
    assert "1 refused" in done.stdout
    rejected = tmp_path / "register.rejected.csv"
    assert rejected.stat().st_mode & 0o077 == 0
