"""The process of a running service: forked from one that has imported it, or started from nothing.

Importing the service takes longer than most tests of it. So one process beside each process of
tests imports it once, looks once for what is installed, and is forked for each service; what is
started from nothing is a Python of its own, as in use.
"""

import os
import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

FORKED, FROM_NOTHING = get_context("forkserver"), get_context("spawn")
FORKED.set_forkserver_preload([__name__, "tests.ready_service"])


def start_process(
    script: Path | None, given: list[str], told: dict[str, str], log: Path, *, from_nothing: bool
) -> BaseProcess:
    """Start this script, or the shipped service, with these arguments; `told` is its environment.
    All that it says goes to the log.
    """
    context = FROM_NOTHING if from_nothing else FORKED
    process = context.Process(target=_become, args=(script, given, told, log), daemon=True)
    with _no_main_module():
        process.start()
    return process


@contextmanager
def _no_main_module() -> Iterator[None]:
    """A new process runs its parent's main module first. In a test of a page that is the page,
    left there by Streamlit's own test runner: it would read the settings of the wrong database.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


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
