"""Who sends a contact, in what capacity, and what the mother was told and agreed to."""

from random import Random

from mash_triage.demo.answers import PlannedConsent, Sender
from mash_triage.demo.names import CONTACT_LINE, DemoPerson, agencies, communities, people_of
from mash_triage.demo.stories import Story
from mash_triage.demo.telling import Scene, school_of

USUAL_SENDER = 0.7
"""How often an agency's first person signs."""

CHANNELS = {"police": "police_notice"}
KINDS = {
    "relative": ("family", "Relative"),
    "neighbour": ("neighbour", "Neighbour"),
    "self": ("self", "The young person"),
    "anonymous": ("anonymous", ""),
}
ASKS_FOR = {
    "universal": ("contact",),
    "early_help": ("contact", "sharing", "early_help"),
    "s17": ("contact", "sharing", "assessment"),
    "s47": ("contact", "sharing"),
}


def sender_of(chance: Random, scene: Scene, story: Story, voice: str, source_code: str) -> Sender:
    """The account that sends the contact, and the referrer it names."""
    if voice in KINDS:
        return _member_of_public(chance, scene, story, voice, source_code)
    person = _person(chance, scene, voice, source_code)
    return Sender(
        person=person,
        kind="professional",
        source_code=source_code,
        channel=CHANNELS.get(voice, "portal"),
        name=person.name,
        relationship="",
    )


def _person(chance: Random, scene: Scene, voice: str, source_code: str) -> DemoPerson:
    if voice == "school" and scene.subject:
        people = people_of(school_of(scene.subject, scene.moment))
    else:
        of_kind = [agency for agency in agencies() if agency.kind == voice]
        fitting = [agency for agency in of_kind if agency.source_code == source_code] or of_kind
        people = people_of(fitting[scene.family.number % len(fitting)].name)
    is_usual = len(people) == 1 or chance.random() < USUAL_SENDER / len(people)
    return people[0] if is_usual else chance.choice(people)


def _member_of_public(
    chance: Random, scene: Scene, story: Story, voice: str, source_code: str
) -> Sender:
    kind, relationship = KINDS[voice]
    name = {
        "relative": f"{chance.choice(communities()[0].women)} {scene.family.mother.family_name}",
        "neighbour": "Neighbour, name kept in confidence",
        "self": scene.subject.name if scene.subject else "Young person",
        "anonymous": "Not given",
    }[voice]
    if story.code == "relative_kinship":
        name, relationship = scene.family.grandmother.name, "Grandmother"
    is_letter = voice == "anonymous" and chance.random() < 0.25
    return Sender(
        person=chance.choice(people_of(CONTACT_LINE)),
        kind=kind,
        source_code=source_code,
        channel="letter" if is_letter else "telephone",
        name=name,
        relationship=relationship,
    )


def consent_of(
    chance: Random, scene: Scene, story: Story, voice: str, *, is_contested: bool
) -> PlannedConsent:
    """What the mother was told and agreed to, or why she was not asked."""
    person = f"{scene.family.mother.name}, mother"
    if voice in ("anonymous", "neighbour"):
        return PlannedConsent(person, "no", "not_asked", (), "anonymous_source")
    if story.route == "s47" and (voice != "police" or story.theme in ("outside", "care")):
        why = chance.choice(("risk_to_child", "risk_to_child", "evidence_or_crime", "undue_delay"))
        return PlannedConsent(person, "no", "not_asked", (), why)
    if story.route == "s47":
        return PlannedConsent(person, "yes", "given", ASKS_FOR["s47"])
    if is_contested and chance.random() < 0.5:
        return PlannedConsent(person, "yes", "refused")
    if is_contested:
        return PlannedConsent(person, "not_known", "not_asked", (), "not_yet")
    if voice == "police" and story.route == "universal":
        return PlannedConsent(person, "yes", "not_asked", (), "statutory_duty")
    return PlannedConsent(person, "yes", "given", ASKS_FOR[story.route])
