"""The shipped service, waiting half a second for a busy database: `impatient_service.py PORT`."""

import sys
from dataclasses import replace

from mash_triage.db import engine

PATIENCE = 500  # milliseconds

patient = engine.open_database
engine.open_database = lambda *address: replace(patient(*address), busy_milliseconds=PATIENCE)
engine.POSTGRES_SETTINGS["lock_timeout"] = f"{PATIENCE}ms"

if __name__ == "__main__":
    from mash_triage.web.server import serve

    serve(port=int(sys.argv[1]))
