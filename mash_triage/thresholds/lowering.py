"""Which answers together would lower the route: all that holds it up has to give way."""

from collections.abc import Iterator
from itertools import combinations

from mash_triage.thresholds.protective import Step
from mash_triage.thresholds.quick import Child, Kind, Laid, Softening
from mash_triage.thresholds.what_if import (
    MOST_TOGETHER,
    Chosen,
    WhatIf,
    accepted_one_by_one,
    answers_unknown,
    strengths_one_by_one,
)


def lowering(what: WhatIf) -> Iterator[Chosen]:
    """Every set that lowers the route and holds nothing that could be left out, and some others.

    The first rule that holds the route up must give way, by one fewer of what it counts or by
    strengths; each way is followed until nothing holds it up.
    """
    up = [laid for laid, given in what.rules.fired(what.child) if _holds_up(given, what)]
    softenings = [softening for laid in up for softening in laid.softenings]
    used = 0
    unless = 0
    for softening in softenings:
        used |= softening.strengths
        unless |= softening.unless or 0
    what.add(accepted_one_by_one(what.rules, what.child))
    what.add(strengths_one_by_one(what.rules, what.child, used & ~what.child.strengths))
    what.add(answers_unknown(what.rules, what.facts, unless, to_raise=False))
    yield from _ways((), what, set())


def _holds_up(given: Step | None, what: WhatIf) -> bool:
    return given is not None and given[1].weight >= what.now[1].weight


def _ways(chosen: Chosen, what: WhatIf, tried: set[Chosen]) -> Iterator[Chosen]:
    child = what.with_answers(chosen)
    fired = what.rules.fired(child)
    first = next((laid for laid, given in fired if _holds_up(given, what)), None)
    if first is None:
        yield chosen
        return
    for option in _giving_way(first, child, what):
        more = tuple(sorted((*chosen, *option)))
        if more not in tried and what.go_together(more):
            tried.add(more)
            yield from _ways(more, what, tried)


def _giving_way(laid: Laid, child: Child, what: WhatIf) -> Iterator[Chosen]:
    for kind in laid.kinds:
        yield from _fewer_of(kind, child.seen, what)
    if laid.lowered is not None and laid.lowered[1].weight < what.now[1].weight:
        for softening in laid.softenings:
            yield from _softened(softening, child, what)


def _fewer_of(kind: Kind, seen: int, what: WhatIf) -> Iterator[Chosen]:
    """The ways to see so few of a kind that it is not met."""
    too_many = kind.count(seen) - kind.at_least + 1
    if not 0 < too_many <= MOST_TOGETHER:
        return
    places: dict[int, list[int]] = {}
    for n, each in enumerate(what.possible):
        if each.kind == "indicator" and each.bits[0] & seen & kind.fitting:
            places.setdefault(kind.place_of(each.bits[0]) if kind.themes else n, []).append(n)
    for some in combinations(places.values(), too_many):
        yield tuple(n for together in some for n in together)


def _softened(softening: Softening, child: Child, what: WhatIf) -> Iterator[Chosen]:
    """The ways to let strengths lower a rule: enough of them, and nothing that holds them back."""
    short = max(softening.at_least - (softening.strengths & child.strengths).bit_count(), 0)
    missing = [
        n
        for n, each in enumerate(what.possible)
        if each.kind == "strength" and each.bits[0] & softening.strengths & ~child.strengths
    ]
    may_hold = child.may_hold | what.rules.kinds_met(child.seen)
    is_held_back = softening.unless is not None and softening.unless & ~may_hold == 0
    if short > MOST_TOGETHER:
        return
    for enough in combinations(missing, short):
        if not is_held_back:
            yield enough
            continue
        for released in _released(softening, child, what):
            yield (*enough, *released)


def _released(softening: Softening, child: Child, what: WhatIf) -> Iterator[Chosen]:
    for kind in softening.kinds:
        yield from _fewer_of(kind, child.seen, what)
    for n, each in enumerate(what.possible):
        if each.clears & ~each.holds & (softening.unless or 0):
            yield (n,)
