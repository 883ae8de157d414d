"""Which story is told of which family: ages that fit, families and referrals that come back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from mash_triage.clocks.working_days import london_day
from mash_triage.demo.calendar import age_on
from mash_triage.demo.families import DemoChild, DemoFamily
from mash_triage.demo.stories import Story
from mash_triage.demo.telling import Scene, school_of

AT_SCHOOL = frozenset({"school", "education", "school_nurse"})
TWELVE_MONTHS = timedelta(days=364)
SETTLED = timedelta(days=30)
"""After a referral, a child is open for at least this long: news goes to the allocated worker."""

FEW_TRIES = 150
"""Families looked at before another story is tried."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A contact of a family that lies behind it."""

    at: datetime
    theme: str
    voice: str
    referred: frozenset[str]
    children: frozenset[str]


@dataclass
class Cast:
    """The families of Rivermead as the period goes on: who is new, who has been in touch."""

    chance: Random
    waiting: list[DemoFamily]
    strangers: list[DemoFamily]
    known: dict[int, DemoFamily] = field(default_factory=dict)
    past: dict[int, list[Earlier]] = field(default_factory=dict)
    by_theme: dict[str, list[int]] = field(default_factory=dict)
    referred: list[int] = field(default_factory=list)

    def note(self, family: DemoFamily, earlier: Earlier) -> None:
        """Remember that a family was in touch."""
        number = family.number
        self.known[number] = family
        self.past.setdefault(number, []).append(earlier)
        self.by_theme.setdefault(earlier.theme, []).append(number)
        if earlier.referred:
            self.referred.append(number)

    def history(self, number: int, moment: datetime) -> list[Earlier]:
        """The family's contacts of the twelve months before, oldest first."""
        return [e for e in self.past.get(number, ()) if moment - e.at < TWELVE_MONTHS]

    def referred_children(self, number: int, moment: datetime) -> frozenset[str]:
        """The children of a family who were referred in the twelve months before."""
        return frozenset().union(*(e.referred for e in self.history(number, moment)))

    def newcomer(self, story: Story, voice: str, size: int, moment: datetime) -> Scene | None:
        """A family not heard of before, known to the register or not."""
        first, second = (self.strangers, self.waiting)
        if story.is_unborn or self.chance.random() > STRANGERS:
            first, second = (second, first)
        if story.is_unborn:
            return self._expecting(story, moment)
        return self._take(first, story, voice, size, moment) or self._take(
            second, story, voice, size, moment
        )

    def _take(
        self, pool: list[DemoFamily], story: Story, voice: str, size: int, moment: datetime
    ) -> Scene | None:
        """The first family from the end of the pool that fits, taken out of it."""
        for place in range(len(pool) - 1, -1, -1):
            scene = scene_of(pool[place], story, voice, size, moment, self.chance)
            if scene:
                pool.pop(place)
                return scene
        return None

    def _expecting(self, story: Story, moment: datetime) -> Scene | None:
        for place in range(len(self.strangers) - 1, -1, -1):
            family = self.strangers[place]
            if fits_man(story, family):
                self.strangers.pop(place)
                return Scene(replace(family, children=()), None, (), moment)
        return None

    def returning(
        self, story: Story, voice: str, size: int, moment: datetime, *, referral: bool
    ) -> Scene | None:
        """A family that has been in touch before, with the same kind of worry if there is one.

        With `referral`, only a family none of whose children was referred in twelve months.
        """
        same = self.by_theme.get(story.theme, [])
        for number in self._some(same):
            if referral and self.referred_children(number, moment):
                continue
            scene = self._again(number, story, voice, size, moment)
            if scene:
                return scene
        return None

    def _again(
        self, number: int, story: Story, voice: str, size: int, moment: datetime
    ) -> Scene | None:
        past = self.history(number, moment)
        if not past or moment - past[-1].at < timedelta(days=2):
            return None
        if any(e.referred and moment - e.at < SETTLED for e in past):
            return None
        scene = scene_of(self.known[number], story, voice, size, moment, self.chance)
        return scene if scene and _is_of(scene, past[-1].children) else None

    def rereferred(self, story: Story, voice: str, size: int, moment: datetime) -> Scene | None:
        """Children who were referred before, after some time, within twelve months."""
        for number in self._some(self.referred):
            children = self.referred_children(number, moment)
            last = self.past[number][-1].at
            if len(children) < size or moment - last < SETTLED:
                continue
            scene = scene_of(
                self.known[number], story, voice, size, moment, self.chance, only=children
            )
            if scene:
                return scene
        return None

    def still_open(self, story: Story, voice: str, size: int, moment: datetime) -> Scene | None:
        """Children referred in the last weeks, who have an allocated worker."""
        for number in reversed(self.referred[-120:]):
            last = self.past[number][-1]
            if not last.referred or not timedelta(days=2) < moment - last.at < SETTLED:
                continue
            family = self.known[number]
            scene = scene_of(family, story, voice, size, moment, self.chance, only=last.referred)
            if scene:
                return scene
        return None

    def _some(self, numbers: Sequence[int]) -> Iterable[int]:
        count = min(FEW_TRIES, len(numbers))
        return (self.chance.choice(numbers) for _ in range(count))


STRANGERS = 0.25
"""The share of new families whose children are not on the register."""


def scene_of(
    family: DemoFamily,
    story: Story,
    voice: str,
    size: int,
    moment: datetime,
    chance: Random,
    only: frozenset[str] | None = None,
) -> Scene | None:
    """The story with this family, about `size` children; None where it does not fit."""
    if not fits_man(story, family):
        return None
    fitting = [c for c in family.children if _fits(c, story, voice, moment)]
    if only is not None:
        fitting = [child for child in fitting if child.key in only]
    if len(fitting) < size:
        return None
    children = tuple(fitting[:size]) if story.household else (chance.choice(fitting),)
    if len(children) != size:
        return None
    return Scene(family, children[0], children, moment)


def fits_man(story: Story, family: DemoFamily) -> bool:
    """Whether the family has the second adult that the story needs."""
    return not story.man or bool(family.man if story.man == "any" else family.man == story.man)


def _fits(child: DemoChild, story: Story, voice: str, moment: datetime) -> bool:
    on = london_day(moment)
    if child.born + timedelta(days=story.from_days) >= on or story.is_unborn:
        return False
    # A week's margin at the lower end: an age in days is judged with care where a rule turns on it.
    lowest, highest = story.ages
    old_enough = age_on(child.born, on - timedelta(days=7)) >= lowest
    if not old_enough or not lowest <= age_on(child.born, on) <= highest:
        return False
    return voice not in AT_SCHOOL or bool(school_of(child, moment))


def _is_of(scene: Scene, children: frozenset[str]) -> bool:
    return scene.subject is not None and scene.subject.key in children
