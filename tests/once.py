"""What is the same in every test of a process is worked out once: a run of some thousand tests
would else spend a good part of its time on it. Nothing of it is about any one test.
"""

import gc
from functools import cache

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

_COMPILED: dict = {}


def look_for_components_once() -> None:
    """Each run of a page in a test looks through all installed packages for components."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def compile_statements_once() -> None:
    """Each test has an engine of its own, which would make the words of every statement anew.

    As in the service, where one engine lives long, a statement is compiled at its first use.
    """
    for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite):
        kind.__eq__ = _of_one_kind
        kind.__hash__ = _by_kind
    event.listen(Engine, "engine_connect", _with_compiled)


def wait_for_a_page_without_looking() -> None:
    """Each run of a page in a test has a thread of its own. Streamlit's test runner looks a
    thousand times a second whether it has ended, and takes that time from it.
    """
    local_script_runner.require_widgets_deltas = _when_it_has_ended


def leave_what_stays() -> None:
    """What has been imported and collected stays to the end: nothing of it is rubbish to find."""
    gc.collect()
    gc.freeze()


def _when_it_has_ended(runner: LocalScriptRunner, timeout: float) -> None:
    thread = runner._script_thread
    assert thread
    thread.join(timeout)
    if thread.is_alive():
        runner.request_stop()
        runner.join()
        raise RuntimeError(f"the page was not drawn within {timeout} seconds")


def _of_one_kind(one: Dialect, other: object) -> bool:
    return type(one) is type(other)


def _by_kind(one: Dialect) -> int:
    return hash(type(one))


def _with_compiled(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_COMPILED)
