"""Which answers together would raise the route: for each rule above, what it still lacks."""

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement

from mash_triage.thresholds.quick import Child, Kind, Laid, Softening
from mash_triage.thresholds.what_if import (
    MOST_TOGETHER,
    Chosen,
    WhatIf,
    answers_unknown,
    bits_of,
    indicators_alike,
    kinds_of,
    strengths_one_by_one,
)


def raising(what: WhatIf) -> Iterator[Chosen]:
    """Every set that raises the route and holds nothing that could be left out, and some others.

    Whatever raises the route makes some rule give more than now. So each such rule is asked what
    it lacks, and each answer to that is followed until it lacks nothing.
    """
    above = [laid for laid in what.rules.laid if _could_raise(laid, what)]
    used = 0
    for softening in (each for laid in above for each in laid.softenings):
        used |= softening.strengths
    what.add(answers_unknown(what.rules, what.facts, bits_of(above), to_raise=True))
    what.add(strengths_one_by_one(what.rules, what.child, used & what.child.strengths))
    above = [laid for laid in above if _is_within_reach(laid, what)]
    what.add(indicators_alike(what.rules, what.child, kinds_of(what.rules, above)))
    enough = [n for n in range(len(what.possible)) if _raises((n,), what)]
    yield from ((n,) for n in enough)
    what.set_aside(enough)
    above = [laid for laid in above if _needs_none_of_those_set_aside(laid, what)]
    what.take_together(indicators_alike(what.rules, what.left(), kinds_of(what.rules, above)))
    for laid in above:
        yield from _ways(laid, (), what, set())


def _raises(chosen: Chosen, what: WhatIf) -> bool:
    return what.step(chosen)[1].weight > what.now[1].weight


def _could_raise(laid: Laid, what: WhatIf) -> bool:
    """Whether a rule says more than now. One that needs a trigger says nothing beyond it."""
    is_above = laid.gives is not None and laid.gives[1].weight > what.now[1].weight
    return is_above and not laid.rule.when.with_trigger


def _is_within_reach(laid: Laid, what: WhatIf) -> bool:
    """Whether few enough answers could make a rule fire: what is known to be otherwise stays so."""
    missing = laid.needs & ~what.child.holding & ~what.rules.kind_bits
    short = max((kind.at_least - kind.count(what.child.seen) for kind in laid.kinds), default=0)
    could_hold = 0
    for possible in what.possible:
        could_hold |= possible.holds
    return missing & ~could_hold == 0 and max(short, 0) + bool(missing) <= MOST_TOGETHER


def _needs_none_of_those_set_aside(laid: Laid, what: WhatIf) -> bool:
    """Whether a rule can be made to fire without an answer that is enough alone."""
    left = what.child.seen | ~what.left().seen
    return all(kind.is_met_by(left) for kind in laid.kinds)


def _ways(laid: Laid, chosen: Chosen, what: WhatIf, tried: set[Chosen]) -> Iterator[Chosen]:
    """The sets of answers, none enough alone, that make a rule give more than now."""
    lacking = _lacking(laid, what.with_answers(chosen), what)
    if lacking is None:
        yield chosen
        return
    for option in lacking:
        more = tuple(sorted((*chosen, *option)))
        if more not in tried and what.aside.isdisjoint(option) and what.go_together(more):
            tried.add(more)
            yield from _ways(laid, more, what, tried)


def _lacking(laid: Laid, child: Child, what: WhatIf) -> list[Chosen] | None:
    """The ways to give a rule the first thing it lacks; None when it lacks nothing."""
    lacking = _first_missing(laid.kinds, laid.needs, child.seen, child.holding, what)
    if lacking is not None:
        return lacking
    assert laid.lowered is not None  # narrows the type: the rule gives something
    if laid.lowered[1].weight > what.now[1].weight:
        return None
    may_hold = child.may_hold | what.rules.kinds_met(child.seen)
    for softening in laid.softenings:
        if softening.applies(child.strengths, may_hold):
            return _without(softening, child, what)
    return None


def _first_missing(
    kinds: tuple[Kind, ...], needs: int, seen: int, holding: int, what: WhatIf
) -> list[Chosen] | None:
    """The ways to meet the first of several needs that is not met; None when all are."""
    for kind in kinds:
        if not kind.is_met_by(seen):
            return _more_of(kind, seen, what)
    missing = needs & ~holding & ~what.rules.kind_bits
    if not missing:
        return None
    first = missing & -missing
    return [(n,) for n, each in enumerate(what.possible) if each.holds & first]


def _more_of(kind: Kind, seen: int, what: WhatIf) -> list[Chosen]:
    """The ways to see as many more of a kind as it lacks."""
    short = kind.at_least - kind.count(seen)
    if short > MOST_TOGETHER:
        return []
    fitting = {
        n: kind.place_of(each.bits[0])
        for n, each in enumerate(what.possible)
        if n not in what.aside and each.kind == "indicator" and kind.adds(seen, each.bits[0])
    }
    if kind.themes:
        sets = combinations(fitting, short)
        return [each for each in sets if len({fitting[n] for n in each}) == short]
    return list(combinations_with_replacement(fitting, short))


def _without(softening: Softening, child: Child, what: WhatIf) -> list[Chosen]:
    """The ways to keep strengths from lowering: fewer of them, or what holds them back."""
    there = [
        n
        for n, each in enumerate(what.possible)
        if each.kind == "strength" and each.bits[0] & softening.strengths & child.strengths
    ]
    too_many = (softening.strengths & child.strengths).bit_count() - softening.at_least + 1
    ways: list[Chosen] = list(combinations(there, too_many)) if too_many <= MOST_TOGETHER else []
    if softening.unless is not None:
        held, seen = child.may_hold, child.seen
        ways += _first_missing(softening.kinds, softening.unless, seen, held, what) or []
    return ways
