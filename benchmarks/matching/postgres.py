"""A PostgreSQL of the distribution's own packages, with pg_trgm, for as long as one measurement.

The server of the tests comes without pg_trgm, so this looks for Debian's: `apt-get install
postgresql postgresql-contrib`. It keeps its data in the folder it is given and listens on nothing
but a socket there.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INSTALLED = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")
OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c shared_buffers=512MB -c maintenance_work_mem=512MB"
    " -c max_wal_size=4GB -c jit=off"
)


def programs() -> Path | None:
    """Where the newest server with pg_trgm keeps its programs; None when there is none."""
    found = [
        folder / "bin"
        for folder in sorted(INSTALLED.glob("*"), key=lambda f: -float(f.name))
        if (EXTENSIONS / folder.name / "extension" / "pg_trgm.control").exists()
    ]
    return found[0] if found else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a running server whose data lie in this folder."""
    found = programs()
    if found is None:
        raise RuntimeError("no PostgreSQL with pg_trgm: apt-get install postgresql-contrib")
    data = folder / "cluster"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(data, "nobody")
    _run(found / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
         "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    options = f"-h '' -k {data} {OPTIONS}"
    _run(found / "pg_ctl", "-w", "-D", data, "-l", data / "log", "-o", options, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={data}"
    finally:
        _run(found / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(program: Path, *arguments: str | Path) -> None:
    other = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        nobody = pwd.getpwnam("nobody")
        other = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        **other,
    )
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {done.stderr.strip()[-400:]}")
