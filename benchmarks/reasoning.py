"""One suggestion with its explanation, what would change it, and the quick answer: how long each?

The children are drawn by chance from the hundred indicators of the default edition, with as many
facts left open as make the search for what would change it hardest. The unit of cost beside them is
reading the same facts from JSON.
"""

import gc
import random
import time
from collections.abc import Callable
from typing import Any

from benchmarks.ground import say
from mash_triage.settings import settings
from mash_triage.thresholds.changes import what_would_change
from mash_triage.thresholds.facts import FactsForSuggestion
from mash_triage.thresholds.levels import Edition, read_edition
from mash_triage.thresholds.quick import Rules, rules_of
from mash_triage.thresholds.suggest import suggest

CHILDREN = 2000
SEED = 20261121


def measure(children: int = CHILDREN) -> dict[str, Any]:
    """Milliseconds a child, of processor time, each child once and in the same order."""
    edition = read_edition(settings().levels_of_need / "default")
    say(f"{children} suggestions of {len(edition.indicator)} indicators")
    drawn = _drawn(edition, children)
    whole = FactsForSuggestion(indicators=tuple(edition.indicators_by_code))
    texts = [facts.model_dump_json() for facts in drawn]
    rules_of(edition)
    gc.collect()
    gc.freeze()  # what the libraries hold is not looked through again while measuring

    def both(facts: FactsForSuggestion) -> None:
        suggest(edition, facts)
        what_would_change(edition, facts)

    cold = Rules(edition)
    return {
        "indicators": len(edition.indicator),
        **_row("reading the facts from JSON", FactsForSuggestion.model_validate_json, texts),
        **_row("quick answer, each child new", cold.result, drawn),
        **_row("quick answer, each child met before", cold.result, drawn),
        **_row("suggestion with explanation", lambda facts: suggest(edition, facts), drawn),
        **_row("with what would change it", both, drawn),
        **_row("the same, every indicator ticked", both, [whole] * 20),
    }


def _drawn(edition: Edition, children: int) -> list[FactsForSuggestion]:
    chance = random.Random(SEED)
    codes = list(edition.indicators_by_code)
    return [
        FactsForSuggestion(
            age_days=chance.choice([None, chance.randrange(18 * 365)]),
            indicators=tuple(chance.sample(codes, chance.choice([0, 1, 1, 2, 2, 3, 4, 6]))),
            repeat_12_months=chance.choice([0, 0, 0, 1, 2]),
        )
        for _ in range(children)
    ]


def _row(name: str, one: Callable[[Any], object], each: list[Any]) -> dict[str, str]:
    spent = []
    for item in each:
        began = time.process_time_ns()
        one(item)
        spent.append(time.process_time_ns() - began)
    spent.sort()
    middle, late = spent[len(spent) // 2], spent[len(spent) * 95 // 100]
    return {
        f"{name}: half, 95 %, slowest (ms)": " ".join(_ms(n) for n in (middle, late, spent[-1]))
    }


def _ms(nanoseconds: int) -> str:
    return f"{nanoseconds / 1e6:.3f}"
