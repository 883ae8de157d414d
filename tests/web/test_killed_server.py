"""The server killed in the middle of submitting, again and again: what it acknowledged is there.

Three writers submit contacts about two children; the process is killed at a random moment. Three
times in daily runs, fifty times in long ones.
"""

import os

import pytest

from benchmarks import killing

KILLS = 50 if os.environ.get("MASH_SOAK") else 3

pytestmark = pytest.mark.xdist_group("killed server")


def test_nothing_acknowledged_is_lost_nothing_is_half_written_and_a_retry_gets_the_same_receipt(
    database_kind,
):
    found = killing.measure(database_kind, kills=KILLS)
    assert found["acknowledged"] >= KILLS, "it was killed before it had done anything"
    assert found["tokens sent again"] > found["acknowledged"], "no kill hit a contact under way"
    assert found["acknowledged, lost"] == 0
    assert found["half-written"] == 0
    assert found["another receipt"] == 0
    assert found["contacts"] == found["tokens sent again"], "one contact for each token"
    assert found["trail"] == "whole"
