"""The fixed codes of a strategy discussion, with the words that people read."""

from enum import StrEnum


class Sector(StrEnum):
    """For which service somebody comes. The first three must attend."""

    LOCAL_AUTHORITY = "local_authority"
    POLICE = "police"
    HEALTH = "health"
    EDUCATION = "education"
    EARLY_HELP = "early_help"
    ADULT_SERVICES = "adult_services"
    PROBATION = "probation"
    HOUSING = "housing"
    OTHER = "other"


SECTOR_WORDS: dict[Sector, str] = {
    Sector.LOCAL_AUTHORITY: "Children's social care",
    Sector.POLICE: "Police",
    Sector.HEALTH: "Health",
    Sector.EDUCATION: "School or nursery",
    Sector.EARLY_HELP: "Early help",
    Sector.ADULT_SERVICES: "Adult services",
    Sector.PROBATION: "Probation",
    Sector.HOUSING: "Housing",
    Sector.OTHER: "Another service",
}


SECTOR_OF_KIND: dict[str, Sector] = {
    "police": Sector.POLICE,
    "health": Sector.HEALTH,
    "gp": Sector.HEALTH,
    "health_visitor": Sector.HEALTH,
    "school_nurse": Sector.HEALTH,
    "hospital": Sector.HEALTH,
    "midwife": Sector.HEALTH,
    "camhs": Sector.HEALTH,
}
"""For which of the services that must attend an agency of a kind comes."""

_ELSEWHERE: dict[str, Sector] = {
    "local_authority": Sector.LOCAL_AUTHORITY,
    "front_door": Sector.LOCAL_AUTHORITY,
    "other_authority": Sector.LOCAL_AUTHORITY,
    "school": Sector.EDUCATION,
    "primary": Sector.EDUCATION,
    "secondary": Sector.EDUCATION,
    "nursery": Sector.EDUCATION,
    "education": Sector.EDUCATION,
    "housing": Sector.HOUSING,
    "probation": Sector.PROBATION,
    "youth_justice": Sector.PROBATION,
    "early_help": Sector.EARLY_HELP,
    "adult_social_care": Sector.ADULT_SERVICES,
    "charity": Sector.OTHER,
}


def comes_for(kind: str, sector: Sector) -> bool:
    """May somebody of a listed agency of this kind count for a service that must attend? For the
    others, and of a kind that is not known here, whoever invites says.
    """
    if sector not in (Sector.LOCAL_AUTHORITY, Sector.POLICE, Sector.HEALTH):
        return True
    return {**_ELSEWHERE, **SECTOR_OF_KIND}.get(kind, sector) is sector


class Form(StrEnum):
    """How it is held (Working Together: a meeting, a call, or several calls)."""

    MEETING = "meeting"
    CALL = "call"
    SEVERAL_CALLS = "several_calls"


FORM_WORDS: dict[Form, str] = {
    Form.MEETING: "Meeting, in one room or by video",
    Form.CALL: "One call with everybody",
    Form.SEVERAL_CALLS: "Several calls, one after another",
}
BY_PHONE = frozenset({Form.CALL, Form.SEVERAL_CALLS})


class Part(StrEnum):
    """What part somebody had. Only who attended counts for the quorum."""

    INVITED = "invited"
    ATTENDED = "attended"
    SENT_INFORMATION = "sent_information"
    ABSENT = "absent"


PART_WORDS: dict[Part, str] = {
    Part.INVITED: "Invited",
    Part.ATTENDED: "Attended",
    Part.SENT_INFORMATION: "Sent information, did not attend",
    Part.ABSENT: "Absent",
}


class Limb(StrEnum):
    """On which limb of section 47(1) of the Children Act 1989 the enquiries rest."""

    PROTECTION = "protection"
    REASONABLE_CAUSE = "reasonable_cause"


LIMB_WORDS: dict[Limb, str] = {
    Limb.PROTECTION: "(a) Police protection or an emergency protection order",
    Limb.REASONABLE_CAUSE: "(b) Reasonable cause to suspect significant harm",
}


class Conduct(StrEnum):
    """Who makes the section 47 enquiries."""

    JOINT = "joint"
    SINGLE = "single"


CONDUCT_WORDS: dict[Conduct, str] = {
    Conduct.JOINT: "Joint: children's social care and police",
    Conduct.SINGLE: "Single agency: children's social care",
}


class Medical(StrEnum):
    """Whether the child has a child protection medical."""

    YES = "yes"
    NO = "no"
    LATER = "later"


MEDICAL_WORDS: dict[Medical, str] = {
    Medical.YES: "Yes",
    Medical.NO: "No",
    Medical.LATER: "Decided later",
}


class Parents(StrEnum):
    """Whether the parents are told."""

    TOLD = "told"
    WILL_BE = "will_be"
    NOT_YET = "not_yet"


PARENTS_WORDS: dict[Parents, str] = {
    Parents.TOLD: "They were told",
    Parents.WILL_BE: "They will be told",
    Parents.NOT_YET: "They are not told for now",
}


class YesNo(StrEnum):
    """A plain yes or no, never preselected."""

    YES = "yes"
    NO = "no"


YES_NO_WORDS: dict[YesNo, str] = {YesNo.YES: "Yes", YesNo.NO: "No"}
