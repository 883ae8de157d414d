"""An edition as a document for everybody to read: what stands in it, in which order.

The open page and the printed PDF are drawn from this one list of chapters, so that they say the
same. Nothing here depends on a `page`: those are worked out from where the words come to lie.
"""

from collections.abc import Iterator
from datetime import date

from mash_triage.thresholds import told_anywhere as told
from mash_triage.thresholds.chapters import Chapter, Entry
from mash_triage.thresholds.in_words import listed, sentence
from mash_triage.thresholds.rule_chapters import lowering_chapters, rule_chapters
from mash_triage.thresholds.shapes import (
    Edition,
    Indicator,
    Level,
    Plain,
    Rating,
    RouteClock,
    RouteWords,
    Rule,
)


def chapters_of(edition: Edition) -> tuple[Chapter, ...]:
    """The whole document, from the levels to who owns it."""
    return (
        _levels(edition),
        *_indicators(edition),
        *rule_chapters(edition),
        *lowering_chapters(edition),
        _routes(edition),
        _strengths(edition),
        _how_soon(edition),
        _decisions(edition),
        Chapter("owner", "Who owns this document", _owner(edition)),
    )


def in_force_words(edition: Edition) -> str:
    """From when, and until when, this edition is in force."""
    until = f" until {day_words(edition.effective_to)}" if edition.effective_to else ""
    return f"In force from {day_words(edition.effective_from)}{until}"


def day_words(day: date) -> str:
    """A day as people read it: 1 April 2025."""
    return f"{day.day} {day:%B %Y}"


# ---------------------------------------------------------------- levels and routes


def _levels(edition: Edition) -> Chapter:
    entries = tuple(_level(edition, level) for level in edition.level)
    return Chapter("levels", "The levels", (told.LEVELS,), entries)


def _level(edition: Edition, level: Level) -> Entry:
    routes = listed(edition.route_of(route).words for route in level.routes)
    return Entry(
        f"Level {level.number}: {level.name}",
        (level.meaning, *_plain(level.plain)),
        points=(f"What may follow: {routes}.",),
        place=("level", str(level.number)),
    )


def _routes(edition: Edition) -> Chapter:
    entries = tuple(_route(edition, route) for route in edition.route)
    alone = (edition.outcome_of(code) for code in edition.without_route.outcomes)
    ending = Entry(
        "Without a route",
        (told.WITHOUT_ROUTE,),
        points=tuple(sentence(one.words) for one in alone),
    )
    return Chapter("routes", "What may follow", (told.ROUTES,), (*entries, ending))


def _route(edition: Edition, route: RouteWords) -> Entry:
    outcomes = (edition.outcome_of(code) for code in route.outcomes)
    points = tuple(f"{one.words}: “{one.told_to_referrer}”" for one in outcomes)
    clocks = tuple(_clock_words(clock) for clock in route.clock)
    agreed = _agreement(edition, route)
    return Entry(
        route.words,
        (route.meaning, *_plain(route.plain), *agreed, *clocks, told.TOLD),
        points=points,
    )


def _plain(plain: Plain | None) -> tuple[str, ...]:
    """What it means, in words for families and for agencies."""
    if plain is None:
        return ()
    return (f"For families: {plain.families}", f"For agencies: {plain.partners}")


def _agreement(edition: Edition, route: RouteWords) -> tuple[str, ...]:
    """What the family's agreement means for this route."""
    rules = (rule for rule in edition.consent if rule.route is route.code)
    said = ((f"Agreement: {rule.words}", f"After a no: {rule.when_refused}") for rule in rules)
    return tuple(words for both in said for words in both)


def _clock_words(clock: RouteClock) -> str:
    """Something that follows, how soon after what, and who set that time."""
    soon = "at once"
    if clock.within_hours is not None:
        soon = f"within {_many(clock.within_hours, 'hour')}"
    if clock.within_working_days is not None:
        soon = f"within {_many(clock.within_working_days, 'working day')}"
    return f"{clock.words}: {soon}, counted from {clock.counted_from}. {sentence(clock.source)}"


# ---------------------------------------------------------------- indicators


def _indicators(edition: Edition) -> Iterator[Chapter]:
    yield Chapter("indicators", "The indicators", told.INDICATORS)
    for domain in edition.domain:
        here = [one for one in edition.indicator if one.domain == domain.code]
        if here:
            yield Chapter(domain.code, domain.words, depth=2)
        for theme in edition.theme:
            themed = [one for one in here if one.theme == theme.code]
            if themed:
                entries = tuple(_indicator(edition, one) for one in _gravest_first(edition, themed))
                yield Chapter(f"{domain.code}-{theme.code}", theme.words, (), entries, depth=3)


def _gravest_first(edition: Edition, indicators: list[Indicator]) -> list[Indicator]:
    """Triggers first, then from the highest level down, else as the edition has them."""
    return sorted(
        indicators, key=lambda one: (one.code not in edition.trigger_codes, -(one.level or 0))
    )


def _indicator(edition: Edition, indicator: Indicator) -> Entry:
    return Entry(
        indicator.words,
        (indicator.definition,),
        marks=tuple(_marks(edition, indicator)),
        place=("indicator", indicator.code),
    )


def _marks(edition: Edition, indicator: Indicator) -> Iterator[str]:
    if indicator.code in edition.trigger_codes:
        yield "Trigger" if _always_triggers(edition, indicator) else "Trigger for some children"
    if indicator.level is not None:
        yield f"Usually level {indicator.level}"
    if indicator.check_999:
        yield "Check whether 999 is needed"
    if indicator.do_not_contact_family:
        yield "Do not contact the family first"


def _always_triggers(edition: Edition, indicator: Indicator) -> bool:
    """Is there a trigger that asks for this indicator and for nothing else?"""
    alone = (
        rule.when.seen
        for rule in edition.rules
        if rule.trigger and [*_asked(rule)] == ["seen"] and rule.when.seen
    )
    return any(seen.fits(indicator) and seen.at_least == 1 for seen in alone)


def _asked(rule: Rule) -> Iterator[str]:
    return (name for name in type(rule.when).model_fields if getattr(rule.when, name))


# ---------------------------------------------------------------- the rest


def _strengths(edition: Edition) -> Chapter:
    known = Entry(
        "Written down where it is so",
        (),
        points=tuple(sentence(one.words) for one in edition.strength),
    )
    return Chapter("strengths", "What works well", (told.STRENGTHS,), (known,))


def _how_soon(edition: Edition) -> Chapter:
    opens, closes = (f"{t:%H:%M}" for t in (edition.clocks.opens, edition.clocks.closes))
    words = (told.CLOCKS, f"The hub is open from {opens} to {closes} on working days.")
    entries = tuple(Entry(one.words, (one.meaning, _soon(one))) for one in edition.rag)
    return Chapter("how-soon", "How soon a contact is dealt with", words, entries)


def _soon(rating: Rating) -> str:
    if rating.within_hours is not None:
        return f"Within {_many(rating.within_hours, 'hour')}."
    if rating.within_working_days is not None:
        return f"Within {_many(rating.within_working_days, 'working day')}."
    return "In its turn."


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _decisions(edition: Edition) -> Chapter:
    departures = Entry(
        "When people set something else",
        (told.DEPARTURES,),
        points=tuple(sentence(one.words) for one in edition.departure_reason),
    )
    words = (edition.how_decided,) if edition.how_decided else told.DECISIONS
    return Chapter("decisions", "How decisions are made", words, (departures,))


def _owner(edition: Edition) -> tuple[str, ...]:
    return (edition.owner or told.OWNER, edition.source)
