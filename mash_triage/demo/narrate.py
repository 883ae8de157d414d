"""All the words of a contact: the narrative, the child's voice, the analysis, the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from mash_triage.clocks.working_days import london_day
from mash_triage.demo.answers import Telling
from mash_triage.demo.calendar import age_on
from mash_triage.demo.grammar import Teller
from mash_triage.demo.planned import PlannedAnalysis, PlannedDeparture, PlannedDirection
from mash_triage.demo.stories import Story, words
from mash_triage.demo.telling import TALKS_FROM, Scene, introduced, without

PUBLIC = frozenset({"relative", "neighbour", "self", "anonymous"})
TELLINGS = 3
"""How often a narrative is told anew when a name in it made an old sentence of a new one."""

CLOSES = 0.45
"""The share of contacts that end with a line in the manner of the agency."""

KNOWS_NO_GOOD = {"police": 0.25, "neighbour": 0.6, "anonymous": 0.7}
"""How often a voice cannot say what works well; others one time in twenty."""

NAMES_SIBLINGS = 0.4
"""How often the brothers and sisters who are not on a contact are named in it."""

HEARS_CHILD = {
    "police": 0.55,
    "school": 0.9,
    "hospital": 0.7,
    "housing": 0.4,
    "gp": 0.5,
    "relative": 0.5,
    "neighbour": 0.15,
    "anonymous": 0.1,
}
"""How often a voice has the child's own words; others two times in three."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What kind of telling this is: open with a worker, refused, seen before by the same agency."""

    is_open_case: bool
    is_refused: bool
    skips_agreement: bool
    seen_before: bool


class Narrator:
    """Says everything about a contact, with one memory of what was said lately."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._teller = Teller(chance)

    def say(self, section: str, key: str, facts: Mapping[str, str]) -> str:
        """One line of a section of `words.toml`."""
        return self._teller.say(words()[section][key], facts)

    def telling(
        self, scene: Scene, story: Story, voice: str, facts: dict[str, str], turn: Turn
    ) -> tuple[Telling, str]:
        """What the referrer says; and the code of the strength that it speaks of."""
        self._teller.next_contact()
        worry = self._worry(scene, story, voice, facts, turn)
        settled = facts if scene.family.grandmother.name not in worry else without(facts, "gran")
        strength, works = self._works(story, settled)
        in_danger = story.danger or (story.route == "s47" and self._chance.random() < 0.22)
        telling = Telling(
            worry=worry,
            works="" if self._chance.random() < KNOWS_NO_GOOD.get(voice, 0.05) else works,
            voice=self._voice(scene, story, voice, facts),
            danger=self.say("danger_now", "any", facts) if in_danger and scene.subject else "",
            steps=self.say("steps", "any", facts) if in_danger and scene.subject else "",
            where_now=self._where(scene, story, voice, facts),
            safe_adult=self._safe_adult(scene, story),
        )
        return telling, strength

    def _worry(
        self, scene: Scene, story: Story, voice: str, facts: dict[str, str], turn: Turn
    ) -> str:
        worry = ""
        for _ in range(TELLINGS):
            as_told = " ".join(self._parts(scene, story, voice, facts, turn))
            worry = _introduced(as_told, scene)
            if self._teller.is_new(worry, but_for=as_told):
                break
        self._teller.heard(worry)
        return worry

    def _parts(
        self, scene: Scene, story: Story, voice: str, facts: dict[str, str], turn: Turn
    ) -> list[str]:
        say, group = self._teller.say, _group(voice)
        slots = story.slots[:-1] if turn.skips_agreement else story.slots
        parts = [say(slots[0], facts)]
        if turn.seen_before and story.theme != "ordinary":
            parts.append(say(words()["again"][group], facts, or_nothing=True))
        parts += [say(slot, facts, or_nothing=True) for slot in slots[1:]]
        is_alone = len(scene.children) == 1 and bool(scene.siblings)
        if is_alone and self._chance.random() < NAMES_SIBLINGS:
            parts.append(say(words()["home"][group], facts, or_nothing=True))
        if turn.is_refused:
            parts.append(say(words()["refused"]["any"], facts))
        if turn.is_open_case:
            parts.append(say(words()["open_case"][group], facts))
        if voice in words()["closing"] and self._chance.random() < CLOSES:
            parts.append(say(words()["closing"][voice], facts, or_nothing=True))
        return [part for part in parts if part]

    def _works(self, story: Story, facts: Mapping[str, str]) -> tuple[str, str]:
        coded = [line.split(" | ") for line in words()["works"][story.theme]]
        by_words = {line: code for code, line in coded}
        pattern, text = self._teller.choose(list(by_words), facts)
        return by_words.get(pattern, ""), text

    def _voice(self, scene: Scene, story: Story, voice: str, facts: dict[str, str]) -> str:
        if scene.subject is None or self._chance.random() > HEARS_CHILD.get(voice, 0.66):
            return ""
        years = age_on(scene.subject.born, london_day(scene.moment))
        if years < TALKS_FROM:
            return ""
        band = "young" if years < 7 else "middle" if years < 12 else "teen"
        return self._teller.say(words()["voice"][f"{story.theme}_{band}"], facts)

    def _where(self, scene: Scene, story: Story, voice: str, facts: Mapping[str, str]) -> str:
        if scene.subject is None:
            return f"Not born yet; mother lives at {scene.family.address.line}"
        if story.protection == "police_protection":
            return "With foster carers, placed by the out-of-hours team"
        if voice == "school" and facts.get("school"):
            return f"In school, {facts['school']}"
        if voice == "hospital" and story.route in ("s17", "s47"):
            return "On the children's ward, Rivermead General"
        home = scene.family.address.line
        if voice in PUBLIC and voice != "self":
            return f"Believed to be at home, {home}"
        if story.route != "s47" or voice in ("probation", "housing"):
            return f"At home, {home}"
        if voice == "police":
            return f"With grandmother, {scene.family.grandmother.name}"
        return "With us until somebody from the front door rings"

    def _safe_adult(self, scene: Scene, story: Story) -> str:
        family = scene.family
        if story.route != "s47":
            return f"{family.mother.name}, mother"
        if story.danger or self._chance.random() < 0.12:
            return ""
        return f"{family.grandmother.name}, grandmother"

    def analysis(self, story: Story, route: str, facts: Mapping[str, str]) -> PlannedAnalysis:
        """The worker's analysis for one child."""
        theme = story.theme
        works = "baby" if theme == "baby" else "any"
        return PlannedAnalysis(
            harm=self.say("harm", theme, facts),
            danger=self.say("danger", theme, facts),
            works=self.say("works_well", works, facts),
            harder=self.say("harder", theme, facts),
            so_what=self.say("so_what", route, facts),
        )

    def departure(self, decided: str, suggested: str, facts: Mapping[str, str]) -> PlannedDeparture:
        """Why the route decided is not the one suggested."""
        coded = [line.split(" | ") for line in words()["departure"][f"{decided}_{suggested}"]]
        by_words = {line: code for code, line in coded}
        pattern, text = self._teller.choose(list(by_words), facts)
        return PlannedDeparture(by_words[pattern], text)

    def directions(self, route: str, facts: Mapping[str, str]) -> tuple[PlannedDirection, ...]:
        """What the manager directs: one thing for advice, two where more is to be done."""
        lines = list(words()["direction"][route])
        count = 1 if route in ("universal", "open") else 2
        self._chance.shuffle(lines)
        directions = []
        for line in lines[:count]:
            who, days, pattern = line.split(" | ")
            what = self._teller.say((pattern,), facts)
            if what:
                directions.append(PlannedDirection(who, what, int(days)))
        return tuple(directions)


def _introduced(text: str, scene: Scene) -> str:
    """Mother and second adult by their whole name the first time, unless a child shares it."""
    family = scene.family
    adults = [adult for adult in (family.mother, family.second) if adult]
    for adult in adults:
        others = {child.name for child in family.children} | {family.grandmother.given_name}
        others |= {other.given_name for other in adults if other is not adult}
        text = introduced(text, adult, others)
    return text


def _group(voice: str) -> str:
    if voice in ("police", "school"):
        return voice
    return "public" if voice in PUBLIC else "other"
