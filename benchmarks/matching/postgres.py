"""A PostgreSQL of the distribution's own packages, with pg_trgm, for as long as one measurement.

The server of the tests comes without pg_trgm, so this looks for Debian's: `apt-get install
postgresql postgresql-contrib`. It keeps its data in the folder it is given and listens on nothing
but a socket there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import start_cluster, stop_cluster

INSTALLED = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")
OPTIONS = "-c shared_buffers=512MB -c maintenance_work_mem=512MB -c max_wal_size=4GB -c jit=off"


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
    address = start_cluster(found, folder, OPTIONS)
    try:
        yield address
    finally:
        stop_cluster(found, folder)
