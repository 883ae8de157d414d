"""Twenty people send, screen, ask, answer and decide at once, and the clock job with them: nothing
is lost, every status is right, and whoever is refused is told why.

Some seconds with `make test`; five minutes with MASH_SOAK.
"""

import os

from benchmarks.twenty import SECONDS, twenty_at_once

HOW_LONG = SECONDS if os.environ.get("MASH_SOAK") else 4


def test_nothing_is_lost_between_twenty_people(database):
    found = twenty_at_once(database, HOW_LONG)
    for name in ("submit_contact", "take_up"):
        assert found[name], "nobody came to do anything"
    wrong = {name: found[name] for name in ("lost", "wrong status", "unexplained refusals")}
    assert not any(wrong.values()), f"{wrong}: {found['examples']}"
    assert (found["people"], found["trail"]) == (20, "The trail is whole.")
