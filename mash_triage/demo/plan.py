"""A year at the front door of Rivermead, planned: who contacts whom about which child, and what
becomes of it.

Pure: no database, no clock; the same seed, days and families give the same plan. The numbers are
those of one real authority's published year: 9,405 children on contacts, 2,630 referrals, 17 in a
hundred of them repeated, police first among the sources. What is suggested for a child is worked
out by the edition's own rules, so that a plan never says what the service would not.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.demo.answers import PlannedConsent, answers_of
from mash_triage.demo.casting import Cast, Earlier
from mash_triage.demo.deciding import Decider, Told
from mash_triage.demo.families import DemoFamily
from mash_triage.demo.moments import Source, moments_of
from mash_triage.demo.names import FRONT_DOOR, people_of
from mash_triage.demo.narrate import Narrator, Turn
from mash_triage.demo.planned import PlannedContact
from mash_triage.demo.senders import consent_of, sender_of
from mash_triage.demo.shares import Mix, Owed
from mash_triage.demo.still_open import still_open
from mash_triage.demo.stories import Story, stories_for
from mash_triage.demo.telling import Scene, facts_of
from mash_triage.thresholds.levels import Edition

ROUTES = {
    "police": (("s47", 50), ("s17", 170), ("early_help", 180), ("universal", 540), ("open", 60)),
    "other": (("s47", 75), ("s17", 245), ("early_help", 313), ("universal", 307), ("open", 60)),
}
"""What becomes of contacts, in a thousand: police bring most, and most of it ends in advice."""

DEPARTS = {
    "universal": (("early_help", 60),),
    "early_help": (("s17", 70),),
    "s17": (("early_help", 85), ("s47", 12)),
    "s47": (("s17", 95),),
}
"""How many in a thousand are decided on a route although another was suggested."""

MULTIPLE = 0.15
"""The share of contacts about more than one child."""

MISSING_OR_CONTESTED = 0.032
"""The share of child-contacts whose agreement is missing or refused."""

COMES_BACK = 0.34
"""The share of other contacts, late in the year, about a family that was in touch before."""

REREFERRALS = 0.206
"""The share of referrals repeated within twelve months, once the year has run long enough."""

HELD_BACK = timedelta(hours=72)


def plan_year(
    seed: int,
    first_day: date,
    last_moment: datetime,
    families: Sequence[DemoFamily],
    strangers: Sequence[DemoFamily],
    *,
    edition: Edition,
    share: float = 1.0,
    open_now: int = 40,
) -> Iterator[PlannedContact]:
    """A year of contacts, oldest first, with about `open_now` children still open at its end.

    `families` are the register, `strangers` families not on it. `share` plans a smaller year.
    """
    return plan_days(
        seed,
        first_day,
        last_moment,
        families,
        strangers,
        edition=edition,
        share=share,
        open_now=open_now,
    )


def plan_days(
    seed: int,
    first_day: date,
    last_moment: datetime,
    families: Sequence[DemoFamily],
    strangers: Sequence[DemoFamily],
    *,
    edition: Edition,
    share: float = 1.0,
    open_now: int = 40,
) -> Iterator[PlannedContact]:
    """Any run of days, as a year is planned: for the days on which nobody looked."""
    planner = Planner(seed, first_day, last_moment, families, strangers, edition)
    moments = moments_of(planner.chance, first_day, last_moment, share, open_now)
    held: deque[PlannedContact] = deque()
    for place, (moment, source) in enumerate(moments, start=1):
        contact = planner.contact(moment, source, place)
        if moment > last_moment - HELD_BACK:
            held.append(contact)
        else:
            yield contact
    chance = Random(f"open {seed}")  # noqa: S311
    yield from still_open(chance, list(held), last_moment, open_now)


class Planner:
    """The front door as the period goes on: who came before, and what is owed to each share."""

    def __init__(
        self,
        seed: int,
        first_day: date,
        last_moment: datetime,
        families: Sequence[DemoFamily],
        strangers: Sequence[DemoFamily],
        edition: Edition,
    ) -> None:
        self.chance = Random(f"plan {seed} {first_day}")  # noqa: S311
        self.first_day = first_day
        self.days = max((london_day(last_moment) - first_day).days, 1)
        self.cast = Cast(self.chance, self._shuffled(families), self._shuffled(strangers))
        self.narrator = Narrator(self.chance)
        self.decider = Decider(self.chance, self.narrator, edition)
        self.endings = {name: Mix(self.chance, rows) for name, rows in ROUTES.items()}
        self.multiple, self.repeated, self.contested = Owed(), Owed(), Owed()
        self.told_of: dict[str, int] = {}

    def _shuffled(self, families: Sequence[DemoFamily]) -> list[DemoFamily]:
        return self.chance.sample(families, len(families))

    def contact(
        self, moment: datetime, source: Source, number: int, *, ending: str | None = None
    ) -> PlannedContact:
        """The contact that comes at this moment from this kind of source; it ends as it may, or as
        is said.
        """
        endings = self.endings["police" if source.rhythm == "police" else "other"]
        ending = ending or endings.draw()
        scene, story, voice, source_code = self._cast(moment, source, ending)
        past = tuple(self.cast.history(scene.family.number, moment))
        consent = self._consent(scene, story, voice)
        sender = sender_of(self.chance, scene, story, voice, source_code)
        turn = Turn(
            is_open_case=ending == "open",
            is_refused=consent.agreement == "refused",
            skips_agreement=consent.is_missing_or_contested,
            seen_before=bool(past) and past[-1].voice == voice,
        )
        facts = facts_of(scene, voice, self.chance, past[-1].at if past else None)
        telling, strength = self.narrator.telling(scene, story, voice, facts, turn)
        told = Told(
            scene=scene,
            story=story,
            voice=voice,
            ending=ending,
            consent=consent,
            strength=strength,
            in_danger=bool(telling.danger),
            has_safe_adult=bool(telling.safe_adult),
            gran_is_free=scene.family.grandmother.name not in telling.worry,
            past=past,
            number=number,
        )
        children = self.decider.children(told)
        endings.pay(ending, len(children))
        referred = frozenset(child.key for child in children if child.is_referral)
        seen = frozenset(child.key for child in children)
        self.cast.note(scene.family, Earlier(moment, story.theme, voice, referred, seen))
        worker, manager = self._hands(moment, number)
        return PlannedContact(
            received_at=moment,
            agency=sender.person.agency,
            sender=sender.person.email,
            channel=sender.channel,
            voice=voice,
            story=story.code,
            answers=answers_of(scene, story, telling, sender, consent, self.chance),
            children=children,
            worker=worker,
            manager=manager,
        )

    def _cast(self, moment: datetime, source: Source, ending: str) -> tuple[Scene, Story, str, str]:
        """A story that fits source and ending, with a family that fits the story."""
        is_multiple = self.multiple.is_due(MULTIPLE)
        size = self.chance.choices((2, 3, 4), (70, 22, 8))[0] if is_multiple else 1
        suggested = self._suggested(ending)
        for wanted, count in ((suggested, size), (suggested, 1), (_usual(ending), 1)):
            for voice, code in self._voices(source):
                for story in self._in_turn(stories_for(voice, wanted), moment):
                    if count > 1 and not story.household:
                        continue
                    scene = self._scene(story, voice, count, moment, ending)
                    if scene:
                        self.told_of[story.code] = self.told_of.get(story.code, 0) + 1
                        if count > 1:
                            self.multiple.pay()
                        return scene, story, voice, code
        raise LookupError(f"No story fits: {source.rhythm}, {ending}")

    def _suggested(self, ending: str) -> str:
        """The route that is to be suggested: mostly the one decided, sometimes another."""
        if ending == "open":
            return self.chance.choice(("early_help", "early_help", "s17"))
        roll = self.chance.randrange(1000)
        for suggested, count in DEPARTS[ending]:
            if roll < count:
                return suggested
            roll -= count
        return ending

    def _voices(self, source: Source) -> list[tuple[str, str]]:
        weighed = [(self.chance.random() ** (1 / w), v, code) for v, code, w in source.voices]
        return [(voice, code) for _, voice, code in sorted(weighed, reverse=True)]

    def _in_turn(self, told: Sequence[Story], moment: datetime) -> list[Story]:
        """Stories of this hour first, and of them the one that has had least of its share."""
        hour = moment.astimezone(LONDON).hour
        share = {
            story.code: (self.told_of.get(story.code, 0) + self.chance.random()) / story.weight
            for story in told
        }
        return sorted(told, key=lambda s: (not s.is_of_the_hour(hour), share[s.code]))

    def _scene(
        self, story: Story, voice: str, size: int, moment: datetime, ending: str
    ) -> Scene | None:
        is_referral = ending in ("s17", "s47")
        scene = None
        if ending == "open":
            scene = self.cast.still_open(story, voice, size, moment)
        elif is_referral and self.repeated.is_due(self._ramp(moment) * REREFERRALS, size):
            scene = self.cast.rereferred(story, voice, size, moment)
            if scene:
                self.repeated.pay(size)
        elif self.chance.random() < COMES_BACK * self._ramp(moment):
            scene = self.cast.returning(story, voice, size, moment, referral=is_referral)
        return scene or self.cast.newcomer(story, voice, size, moment)

    def _ramp(self, moment: datetime) -> float:
        """From 0 in the first weeks to 1 after a season: before that nobody can come back."""
        passed = (london_day(moment) - self.first_day).days
        return min(max((passed - 30) / 60, 0.0), 1.0)

    def _consent(self, scene: Scene, story: Story, voice: str) -> PlannedConsent:
        count = max(len(scene.children), 1)
        is_contested = self.contested.is_due(MISSING_OR_CONTESTED, count)
        consent = consent_of(self.chance, scene, story, voice, is_contested=is_contested)
        if consent.is_missing_or_contested:
            self.contested.pay(count)
        return consent

    def _hands(self, moment: datetime, number: int) -> tuple[str, str]:
        """Who screens and who decides, in turn; at night the emergency duty worker screens."""
        team = people_of(FRONT_DOOR)
        workers = [p.email for p in team if p.role in ("social_worker", "screening_worker")]
        managers = [p.email for p in team if p.role == "manager"]
        duty = next(p.email for p in team if p.role == "out_of_hours")
        at_night = not 7 <= moment.astimezone(LONDON).hour < 21
        worker = duty if at_night and number % 4 == 0 else workers[number % len(workers)]
        return worker, managers[(number // 3) % len(managers)]


def _usual(ending: str) -> str:
    return "early_help" if ending == "open" else ending
