"""What becomes of each child: suggestion, rating, decision, reasons, and how long it took."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from mash_triage.clocks.rules import one_working_day
from mash_triage.clocks.working_days import london_day
from mash_triage.demo.answers import PlannedConsent
from mash_triage.demo.calendar import HOLIDAYS, is_staffed
from mash_triage.demo.casting import Earlier
from mash_triage.demo.families import DemoChild
from mash_triage.demo.narrate import Narrator
from mash_triage.demo.planned import PlannedChild
from mash_triage.demo.shares import Owed
from mash_triage.demo.stories import Story
from mash_triage.demo.telling import Scene, facts_of, without
from mash_triage.thresholds.levels import Edition
from mash_triage.thresholds.routes import Answer, Route
from mash_triage.thresholds.suggest import FactsForSuggestion, Suggestion, suggest

OUTCOMES = {
    "universal": ("advice", "advice", "universal_signpost"),
    "early_help": ("early_help",),
    "s17": ("s17_assessment",),
    "s47": ("strategy_discussion",),
    "open": ("open_case",),
}
LEVEL_DEPARTED = {"universal": 1, "early_help": 3, "s17": 4, "s47": 4}

LATE = 0.08
"""The share of child-contacts decided after one working day."""

BETWEEN = 0.04
"""The share decided after 24 hours but within one working day."""

RETURNED_ONCE = 0.06
PROTECTED_AT_ONCE = 0.6
FIVE_MINUTES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Told:
    """A contact as it was told, before anybody at the front door has read it.

    `ending` is the route to be decided, or `open` for children with an allocated worker.
    """

    scene: Scene
    story: Story
    voice: str
    ending: str
    consent: PlannedConsent
    strength: str
    in_danger: bool
    has_safe_adult: bool
    gran_is_free: bool
    past: tuple[Earlier, ...]
    number: int


class Decider:
    """Decides child by child, and keeps the shares of what was late."""

    def __init__(self, chance: Random, narrator: Narrator, edition: Edition) -> None:
        self._chance, self._narrator, self._edition = chance, narrator, edition
        self._late, self._between = Owed(), Owed()

    def children(self, told: Told) -> tuple[PlannedChild, ...]:
        """What becomes of every child on the contact."""
        on_contact: tuple[DemoChild | None, ...] = told.scene.children or (None,)
        suggestions = [suggest(self._edition, _facts(told, child)) for child in on_contact]
        after = self._time_taken(told, suggestions[0], len(on_contact))
        return tuple(
            self._child(told, child, suggestions[place], after + place * FIVE_MINUTES)
            for place, child in enumerate(on_contact)
        )

    def _child(
        self, told: Told, child: DemoChild | None, suggestion: Suggestion, after: timedelta
    ) -> PlannedChild:
        scene = replace(told.scene, subject=child)
        earlier = told.past[-1].at if told.past else None
        facts = facts_of(scene, told.voice, self._chance, earlier)
        facts = facts if told.gran_is_free else without(facts, "gran")
        suggested = suggestion.route.value
        decided = suggested if told.ending == "open" else _one_step_off(told.ending, suggestion)
        ending = "open" if told.ending == "open" else decided
        departure = None
        if decided != suggested:
            departure = self._narrator.departure(decided, suggested, facts)
        return PlannedChild(
            key=child.key if child else f"U{told.number}",
            child_id=child.child_id if child else None,
            family=scene.family.number,
            indicators=told.story.indicators,
            strengths=(told.strength,) if told.strength else (),
            suggested_route=suggested,
            rag=self._rag(suggestion, decided),
            level=LEVEL_DEPARTED[decided] if departure else suggestion.level,
            route=None if told.ending == "open" else decided,
            outcome=self._chance.choice(OUTCOMES[ending]),
            departure=departure,
            analysis=self._narrator.analysis(told.story, decided, facts),
            consent=told.consent,
            decided_after=after,
            rationale=self._narrator.say("rationale", ending, facts),
            directions=self._narrator.directions(ending, facts),
            repeat_comment=self._narrator.say("repeat", "any", facts) if told.past else "",
            returned_once=self._returned(facts),
            protective_action=self._protected(told, decided),
            is_rereferral=_is_rereferral(told, child),
        )

    def _rag(self, suggestion: Suggestion, decided: str) -> str:
        if suggestion.rag_floor is not None:
            return suggestion.rag_floor.value
        return "amber" if decided in ("s17", "s47") else "green"

    def _returned(self, facts: dict[str, str]) -> str:
        is_returned = self._chance.random() < RETURNED_ONCE
        return self._narrator.say("returned", "any", facts) if is_returned else ""

    def _protected(self, told: Told, decided: str) -> str:
        if decided != "s47" or told.ending == "open":
            return ""
        if told.in_danger:
            return "999_called"
        is_held = self._chance.random() < PROTECTED_AT_ONCE
        return "strategy_discussion_asked_for" if is_held else ""

    def _time_taken(self, told: Told, suggestion: Suggestion, count: int) -> timedelta:
        received = told.scene.moment
        due = one_working_day(received, self._edition.clocks, HOLIDAYS)
        is_red = suggestion.rag_floor is not None
        late = self._late.is_due(LATE, count)
        between = self._between.is_due(BETWEEN, count)
        if late and not is_red:
            self._late.pay(count)
            return self._staffed(received, due + timedelta(minutes=20), due + timedelta(hours=22))
        if between and not is_red and due - received > timedelta(hours=27):
            self._between.pay(count)
            day = received + timedelta(hours=24)
            latest = due - timedelta(minutes=30)
            return self._staffed(received, day + timedelta(minutes=10), latest)
        if is_red:
            return timedelta(minutes=self._chance.randrange(35, 225))
        soonest = received + timedelta(minutes=40)
        return self._staffed(received, soonest, received + timedelta(hours=23, minutes=20))

    def _staffed(self, received: datetime, first: datetime, last: datetime) -> timedelta:
        """A time between the two at which somebody is there to decide, sooner more often."""
        span = (last - first).total_seconds()
        moment = first
        for _ in range(60):
            moment = first + timedelta(seconds=int(span * self._chance.betavariate(1.2, 2.0)))
            if is_staffed(moment):
                break
        return moment - received


def _facts(told: Told, child: DemoChild | None) -> FactsForSuggestion:
    moment = told.scene.moment
    return FactsForSuggestion(
        age_days=(london_day(moment) - child.born).days if child else None,
        unborn=child is None,
        police_protection=told.story.protection == "police_protection",
        in_danger_now=Answer.YES if told.in_danger else Answer.NO,
        safe_adult_named=Answer.YES if told.has_safe_adult else Answer.NO,
        indicators=told.story.indicators,
    )


def _is_rereferral(told: Told, child: DemoChild | None) -> bool:
    is_referral = told.ending in ("s17", "s47")
    return bool(child and is_referral and any(child.key in e.referred for e in told.past))


def _one_step_off(ending: str, suggestion: Suggestion) -> str:
    """The ending meant for the contact, but for each child no more than a step from the suggestion.

    A baby in the household may be suggested more than the brother whom the contact is about.
    """
    routes = list(Route)
    there = suggestion.route.weight
    return routes[min(max(Route(ending).weight, there - 1), there + 1)].value
