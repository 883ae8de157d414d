"""A contact as its referrer would fill in the form: the answers of a `ContactSubmission`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from mash_triage.clocks.working_days import london_day
from mash_triage.demo.calendar import age_on
from mash_triage.demo.families import DemoAdult, DemoChild
from mash_triage.demo.names import DemoPerson
from mash_triage.demo.stories import Story
from mash_triage.demo.telling import Scene, school_of

NOT_KNOWN = {"missing": "not_known"}
NOT_ASKED = {"missing": "not_asked"}

ETHNICITY_KNOWN, ETHNICITY_KNOWN_OUTSIDE = (72, 88), (30, 60)
"""Of a hundred children, how many whose ethnicity is said, and how many with any answer to it: by
professionals, and by others."""

FIRST_SCHOOL_YEAR = 5


@dataclass(frozen=True, slots=True)
class PlannedConsent:
    """What one person was told and agreed to, in the codes of the form; `words` in their own."""

    person: str
    told: str
    agreement: str
    agreed_to: tuple[str, ...] = ()
    why_not: str | None = None
    words: str = ""

    @property
    def is_missing_or_contested(self) -> bool:
        """Refused, or not asked without a reason that holds."""
        return self.agreement == "refused" or self.why_not == "not_yet"


@dataclass(frozen=True, slots=True)
class Telling:
    """What the referrer says in free text."""

    worry: str
    works: str
    voice: str
    danger: str
    steps: str
    where_now: str
    safe_adult: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who makes contact: the account, the capacity, and how the contact came."""

    person: DemoPerson
    kind: str
    source_code: str
    channel: str
    name: str
    relationship: str


def answers_of(
    scene: Scene,
    story: Story,
    telling: Telling,
    sender: Sender,
    consent: PlannedConsent,
    dice: Random,
) -> dict[str, Any]:
    """The answers of the form as plain JSON values."""
    answers: dict[str, Any] = {
        "channel": sender.channel,
        "danger": _danger(story, telling),
        "referrer": _referrer(sender, scene, dice),
        "children": _children(scene, story, sender, telling, dice),
        "household": _household(scene, telling),
        "told_and_agreed": [_told(consent)],
        "concern": _concern(scene, story, telling, sender),
        **_told_besides(scene, sender),
    }
    if sender.channel != "portal":
        answers["received_at"] = scene.moment.isoformat()
    return answers


def _told_besides(scene: Scene, sender: Sender) -> dict[str, Any]:
    """What some referrers say beyond the few questions that everybody is asked: the same at every
    run, and drawn apart, so that nothing else of the demo moves by it.
    """
    dice = Random(f"besides {scene.family.mother.name} {scene.moment.isoformat()}")  # noqa: S311
    told: dict[str, Any] = {}
    if sender.source_code == "6" and dice.random() < 0.4:
        told["risk_to_staff"] = {"kinds": dice.choice((["dogs"], ["violence", "two_workers"]))}
    if sender.kind == "professional" and dice.random() < 0.7:
        told["declaration"] = {"lead_informed": "yes", "true_as_far_as_known": True}
    if sender.source_code.startswith("2") and dice.random() < 0.3:
        told["chronology"] = [
            {"when": "Two weeks ago", "what": "We spoke with the mother.", "source": sender.name}
        ]
    return told


def _danger(story: Story, telling: Telling) -> dict[str, Any]:
    return {
        "in_danger_now": "yes" if telling.danger else "no",
        "what_is_happening": telling.danger or NOT_ASKED,
        "steps_taken": telling.steps or NOT_ASKED,
        "safe_adult_named": "yes" if telling.safe_adult else "no",
        "safe_adult": telling.safe_adult or NOT_ASKED,
        "legal_protection": story.protection,
    }


def _referrer(sender: Sender, scene: Scene, dice: Random) -> dict[str, Any]:
    is_professional = sender.kind == "professional"
    seen = london_day(scene.moment) - timedelta(days=dice.choice((0, 0, 0, 1, 1, 2, 3, 5)))
    return {
        "name": sender.name,
        "job_title": sender.person.job_title if is_professional else NOT_ASKED,
        "telephone": sender.person.telephone if is_professional else NOT_ASKED,
        "email": sender.person.email if is_professional else NOT_ASKED,
        "kind": sender.kind,
        "source_code": sender.source_code,
        "relationship_to_child": sender.relationship or NOT_ASKED,
        "last_seen": seen.isoformat() if scene.subject else NOT_ASKED,
    }


def _children(
    scene: Scene, story: Story, sender: Sender, telling: Telling, dice: Random
) -> list[dict[str, Any]]:
    if scene.subject is None:
        return [_unborn(scene, telling, dice)]
    return [_child(child, scene, story, sender, telling, dice) for child in scene.children]


def _unborn(scene: Scene, telling: Telling, dice: Random) -> dict[str, Any]:
    expected = london_day(scene.moment) + timedelta(days=dice.randrange(50, 100))
    return {
        "given_names": NOT_KNOWN,
        "family_name": scene.family.mother.family_name,
        "age": {"kind": "unborn", "expected_date": expected.isoformat()},
        "sex": "U",
        "home": _home(scene),
        "where_now": telling.where_now,
    }


def _child(
    child: DemoChild, scene: Scene, story: Story, sender: Sender, telling: Telling, dice: Random
) -> dict[str, Any]:
    years = age_on(child.born, london_day(scene.moment))
    knows_birthday = sender.kind == "professional" or dice.random() < 0.4
    in_health = sender.source_code.startswith("3")
    in_school = sender.source_code.startswith("2")
    alias = {"given_names": child.name, "family_name": child.alias}
    return {
        "given_names": child.given_names if in_health or in_school else child.name,
        "family_name": child.family_name,
        "aliases": [alias] if child.alias and dice.random() < 0.5 else [],
        "age": {"kind": "born", "date_of_birth": child.born.isoformat()}
        if knows_birthday
        else {"kind": "age", "age_years": years},
        "sex": child.sex,
        "nhs_number": child.nhs_number if in_health and child.nhs_number else NOT_ASKED,
        "upn": child.upn if in_school and child.upn else NOT_ASKED,
        "school": school_of(child, scene.moment) or {"missing": "not_applicable"},
        "disabled": "yes" if "disability_high_care_needs" in story.indicators else "no",
        "gp": f"{scene.family.address.line.split()[-2]} Surgery" if in_health else NOT_ASKED,
        **_schooling(child, scene, in_school),
        "moves_independently": "yes" if years >= 1 else "no" if in_health else "not_known",
        "ethnicity": _ethnicity(child, scene, sender),
        "home": _home(scene),
        "where_now": telling.where_now,
    }


def _schooling(child: DemoChild, scene: Scene, in_school: bool) -> dict[str, Any]:
    """A school knows the year and how often the child comes."""
    years = age_on(child.born, london_day(scene.moment))
    if not in_school or years < FIRST_SCHOOL_YEAR:
        return {}
    dice = Random(f"school {child.key} {scene.moment.isoformat()}")  # noqa: S311
    return {"education": "at_school", "attendance": dice.choice((72, 81, 88, 93, 96, 97, 99))}


def _ethnicity(child: DemoChild, scene: Scene, sender: Sender) -> str | None:
    """As far as the sender knows it and says it: invented shares, the same at every run."""
    dice = Random(f"ethnicity {child.key} {scene.moment.isoformat()}")  # noqa: S311
    knows, asked = ETHNICITY_KNOWN if sender.kind == "professional" else ETHNICITY_KNOWN_OUTSIDE
    if (drawn := dice.randrange(100)) < knows:
        return scene.family.ethnicity
    return "NOBT" if drawn < asked else None


def _home(scene: Scene) -> dict[str, Any]:
    return {
        "address_line": scene.family.address.line,
        "postcode": scene.family.address.postcode,
        "confidential": False,
    }


def _household(scene: Scene, telling: Telling) -> list[dict[str, Any]]:
    family = scene.family
    told = (telling.worry, telling.works, telling.where_now, telling.safe_adult)
    members = [_adult(family.mother)]
    if family.second:
        members.append(_adult(family.second))
    if any(family.grandmother.name in text for text in told):
        members.append(_adult(family.grandmother))
    on_contact = {child.key for child in scene.children}
    members += [_sibling(child) for child in scene.siblings if child.key not in on_contact]
    return members


def _adult(adult: DemoAdult) -> dict[str, Any]:
    return {
        "name": adult.name,
        "relationship": adult.relation.capitalize(),
        "date_of_birth": adult.born.isoformat() if adult.relation == "mother" else NOT_ASKED,
        "lives_with_child": "yes" if adult.lives_with_children else "no",
        "parental_responsibility": "yes" if adult.has_parental_responsibility else "no",
        "worry_about_them": "not_known",
    }


def _sibling(child: DemoChild) -> dict[str, Any]:
    return {
        "name": f"{child.name} {child.family_name}",
        "relationship": "Brother" if child.sex == "M" else "Sister",
        "date_of_birth": child.born.isoformat(),
        "lives_with_child": "yes",
        "parental_responsibility": "no",
        "worry_about_them": "no",
    }


def _told(consent: PlannedConsent) -> dict[str, Any]:
    return {
        "person": consent.person,
        "told": consent.told,
        "agreement": consent.agreement,
        "agreed_to": list(consent.agreed_to),
        "why_not": consent.why_not,
        "in_their_words": consent.words or NOT_ASKED,
    }


def _concern(scene: Scene, story: Story, telling: Telling, sender: Sender) -> dict[str, Any]:
    heard = "told_by_other" if sender.source_code in ("1B", "9", "10", "6") else "mixed"
    return {
        "main": story.concern,
        "others": list(story.others),
        "worry": telling.worry,
        "first_hand": "saw_or_heard" if sender.source_code in ("3E", "2A") else heard,
        "working_well": telling.works or NOT_KNOWN,
        "child_voice": telling.voice or _why_no_voice(scene),
        "level_thought": _level_thought(scene, sender),
    }


def _level_thought(scene: Scene, sender: Sender) -> int | str | None:
    """Some professionals say which level they think it is; others are not sure."""
    if sender.kind != "professional":
        return None
    dice = Random(f"level {scene.family.mother.name} {scene.moment.isoformat()}")  # noqa: S311
    return dice.choice((None, None, "not_sure", 2, 3, 3, 4))


def _why_no_voice(scene: Scene) -> str:
    if scene.subject is None:
        return "unborn"
    return "too_young" if _is_infant(scene.subject, scene.moment) else "not_seen"


def _is_infant(child: DemoChild, moment: datetime) -> bool:
    return age_on(child.born, london_day(moment)) < 3
