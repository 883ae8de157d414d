"""The facts of one family, in the words that the patterns ask for."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from mash_triage.clocks.working_days import LONDON, london_day
from mash_triage.demo.calendar import age_on, school_year
from mash_triage.demo.families import DemoAdult, DemoChild, DemoFamily

TALKS_FROM = 3
"""The age in years from which a child is quoted."""

_PRONOUNS = {
    "F": ("she", "her", "her", "herself"),
    "M": ("he", "him", "his", "himself"),
    "U": ("it", "it", "its", "itself"),
}
_MANY = ("they", "them", "their")
_MY_MAN = {"father": "my dad", "stepfather": "my stepdad", "mother's partner": "mum's boyfriend"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Who a contact is about, and when: the subject is the child whose story is told."""

    family: DemoFamily
    subject: DemoChild | None
    children: tuple[DemoChild, ...]
    moment: datetime

    @property
    def siblings(self) -> tuple[DemoChild, ...]:
        """All other children of the household who are born by then, eldest first."""
        on = london_day(self.moment)
        return tuple(
            child
            for child in self.family.children
            if child is not self.subject and child.born <= on and age_on(child.born, on) < 18
        )


def school_of(child: DemoChild, moment: datetime) -> str:
    """The school the child attends that day; empty before Reception and after Year 13."""
    year = school_year(child.born, london_day(moment))
    if 0 <= year <= 6:
        return child.primary
    return child.secondary if 7 <= year <= 13 else ""


def year_name(year: int) -> str:
    """A school year in words: "Reception", "Year 4"."""
    return "Reception" if year == 0 else f"Year {year}"


def age_words(child: DemoChild, moment: datetime) -> str:
    """An age as people say it: weeks, months, or completed years as a number."""
    days = (london_day(moment) - child.born).days
    if days < 84:
        return f"{max(days // 7, 1)} week{'s' if days >= 14 else ''}"
    years = age_on(child.born, london_day(moment))
    if years < 2:
        return f"{int(days / 30.44)} months"
    return str(years)


def facts_of(
    scene: Scene, voice: str, chance: Random, earlier: datetime | None = None
) -> dict[str, str]:
    """Every fact that a pattern may ask for, by name; a fact that is not so is left out."""
    return {
        **_of_the_time(scene.moment, voice, chance, earlier),
        **_of_grown_ups(scene.family),
        **_of_the_child(scene),
        **_of_the_children(scene),
    }


def _of_the_time(
    moment: datetime, voice: str, chance: Random, earlier: datetime | None
) -> dict[str, str]:
    local = moment.astimezone(LONDON)
    event = local - timedelta(minutes=chance.randrange(50, 130))
    later = event + timedelta(minutes=chance.randrange(15, 35))
    months = local - timedelta(days=chance.randrange(45, 150))
    facts = {
        "clock": event.strftime("%H:%M"),
        "later": later.strftime("%H:%M"),
        "sent": (local - timedelta(minutes=chance.randrange(2, 12))).strftime("%H:%M"),
        "weekday": _day_lately(local, voice, chance).strftime("%A"),
        "earlier_month": months.strftime("%B"),
        "log": f"{chance.randrange(1000, 9999)}",
        "pc": f"{chance.randrange(1000, 9999)}",
        "doctor": chance.choice(("registrar", "consultant", "paediatric registrar")),
    }
    if earlier is not None:
        before = earlier.astimezone(LONDON)
        facts["earlier"] = f"{before.day} {before.strftime('%B')}"
        facts["days_ago"] = str(max((london_day(local) - london_day(before)).days, 1))
    return facts


ALL_WEEK = frozenset({"police", "hospital", "relative", "neighbour", "self", "anonymous"})
"""Voices for whom something can have been on a Saturday or Sunday."""


def _day_lately(local: datetime, voice: str, chance: Random) -> datetime:
    day = local - timedelta(days=chance.randrange(1, 6))
    while voice not in ALL_WEEK and day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def _of_grown_ups(family: DemoFamily) -> dict[str, str]:
    facts = {
        "mum": family.mother.name,
        "mum_first": family.mother.given_name,
        "gran": f"grandmother {family.grandmother.name}",
        "home_line": family.address.line,
        "street": family.address.line.split(" ", 1)[1],
        "man_or_gran": family.second.given_name if family.second else family.grandmother.name,
    }
    if family.second:
        relation = family.second.relation
        facts |= {
            "man": family.second.name,
            "man_first": family.second.given_name,
            "the_man": relation if relation.startswith("mother's") else f"the {relation}",
            "my_man": _MY_MAN[relation],
        }
    return facts


def _of_the_child(scene: Scene) -> dict[str, str]:
    child = scene.subject
    if child is None:
        he, him, his, himself = _PRONOUNS["U"]
        return {"name": "the baby", "he": he, "him": him, "his": his, "himself": himself} | {
            "unborn": "yes",
            "school_or_hub": "the maternity ward",
        }
    he, him, his, himself = _PRONOUNS[child.sex]
    age, years = age_words(child, scene.moment), age_on(child.born, london_day(scene.moment))
    school, year = school_of(child, scene.moment), school_year(child.born, london_day(scene.moment))
    facts = {
        "name": child.name,
        "born": "yes",
        "he": he,
        "him": him,
        "his": his,
        "himself": himself,
        "boy": "boy" if child.sex == "M" else "girl",
        "age": age,
        "age_years": str(years),
        "aged": f"aged {age}",
        "aged_bare": age,
        "age_plain": f"aged {age}",
        "school_or_hub": school or ("nursery" if years >= 2 else "the family hub"),
        "his_man_or_gran": f"{his} {_second_or_gran(scene.family)}",
    }
    facts["talks" if years >= TALKS_FROM else "infant"] = "yes"
    if school:
        facts |= {"school": school, "year": year_name(year)}
    if scene.family.second:
        relation = scene.family.second.relation
        facts["his_man"] = f"{his} {relation}"
    return facts


def _second_or_gran(family: DemoFamily) -> str:
    return family.second.relation if family.second else "grandmother"


def _of_the_children(scene: Scene) -> dict[str, str]:
    kids = scene.children
    siblings = scene.siblings
    facts: dict[str, str] = {}
    if siblings:
        nearest = siblings[0]
        facts["siblings"] = listed([with_age(child, scene.moment) for child in siblings])
        facts["sib_kind"] = kin(nearest)
        facts["sib_or_friend"] = f"{kin(nearest)} {nearest.name}"
    else:
        facts["sib_or_friend"] = "a friend"
    if not kids:
        return facts
    many = len(kids) > 1
    they, them, their = _MANY if many else _PRONOUNS[kids[0].sex][:3]
    return facts | {
        "kids": listed([child.name for child in kids]),
        "kids_they": they,
        "kids_them": them,
        "kids_their": their,
        "kids_were": "were" if many else "was",
        "kids_are": "are" if many else "is",
        "kids_have": "have" if many else "has",
        "kids_live": "live" if many else "lives",
    }


def introduced(text: str, adult: DemoAdult, others: Collection[str]) -> str:
    """The text with a grown-up's whole name the first time, and the given name after that.

    Left alone where somebody else in the story has the same given name.
    """
    if adult.given_name in others:
        return text
    named = re.compile(rf"\b{re.escape(adult.given_name)}(?: {re.escape(adult.family_name)})?\b")
    count = 0

    def told(_found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return adult.name if count == 1 else adult.given_name

    return named.sub(told, text)


def kin(child: DemoChild) -> str:
    """What the child is to the others: brother or sister."""
    return "brother" if child.sex == "M" else "sister"


def with_age(child: DemoChild, moment: datetime) -> str:
    """A brother or sister as a referrer writes it: "brother Alfie (6)"."""
    return f"{kin(child)} {child.name} ({age_words(child, moment)})"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "Ava, Leo and Mia"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def without(facts: Mapping[str, str], *names: str) -> dict[str, str]:
    """The facts without some of them, so that patterns which need those are not used."""
    return {name: value for name, value in facts.items() if name not in names}
