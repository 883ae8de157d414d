"""Writers of one process take turns in the order in which they came: nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from mash_triage.db.turns import Turns

MANY = 12


def test_writers_on_sqlite_go_in_the_order_in_which_they_came(test_run, tmp_path):
    database, came = test_run.new("sqlite", tmp_path), []

    def write(number: int) -> None:
        with database.work():
            came.append(number)
            sleep(0.01)

    with ThreadPoolExecutor(MANY) as threads:
        with database.work():
            jobs = []
            for number in range(MANY):
                jobs.append(threads.submit(write, number))
                sleep(0.02)
            sleep(0.2)
        for job in jobs:
            job.result()
    test_run.remove(database)
    assert came == sorted(came)


def test_whoever_waits_too_long_or_fails_holds_nobody_up():
    turns = Turns()
    with turns.take(1):
        began = monotonic()
        with turns.take(0.05):
            assert 0.05 <= monotonic() - began < 1
    with pytest.raises(ValueError, match="a fault"), turns.take(1):
        raise ValueError("a fault")
    began = monotonic()
    with turns.take(1):
        assert monotonic() - began < 0.5
