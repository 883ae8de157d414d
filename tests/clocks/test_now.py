"""The present is aware and in UTC, and one place alone reads it."""

import ast
from datetime import timedelta
from pathlib import Path

import mash_triage
from mash_triage.clocks.now import now

PACKAGE = Path(mash_triage.__file__).parent
READS_THE_TIME = {"now", "utcnow", "today"}


def test_the_present_is_aware_and_in_utc():
    assert now().utcoffset() == timedelta(0)


def test_nothing_else_in_the_package_reads_the_time():
    readers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in READS_THE_TIME
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    }
    assert readers == {"clocks/now.py"}
