"""The process of a running service: forked from one that has imported it, or started from nothing.

Importing the service takes longer than most tests of it. So one process beside each process of
tests imports it once and is forked for each service; what is started from nothing is a Python of
its own, as in use.
"""

import os
import runpy
import sys
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

FORKED, FROM_NOTHING = get_context("forkserver"), get_context("spawn")
FORKED.set_forkserver_preload([__name__, "mash_triage.web.server"])


def start_process(
    script: Path | None, given: list[str], told: dict[str, str], log: Path, *, from_nothing: bool
) -> BaseProcess:
    """Start this script, or the shipped service, with these arguments; `told` is its environment.
    All that it says goes to the log.
    """
    context = FROM_NOTHING if from_nothing else FORKED
    process = context.Process(target=_become, args=(script, given, told, log), daemon=True)
    process.start()
    return process


def _become(script: Path | None, given: list[str], told: dict[str, str], log: Path) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(told)
    sys.argv = [str(script), *given]
    if script:
        runpy.run_path(str(script), run_name="__main__")
    else:
        from mash_triage.web.server import serve

        serve(port=int(given[0]))
