"""The coded answers of a contact: fixed names, with their meaning."""

from enum import StrEnum


class Gap(StrEnum):
    """Why there is no answer."""

    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"


class Channel(StrEnum):
    """How the contact reached the front door."""

    PORTAL = "portal"
    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    POLICE_NOTICE = "police_notice"
    WALK_IN = "walk_in"
    OUT_OF_HOURS = "out_of_hours"


SENT_BY_THEMSELVES = frozenset({Channel.PORTAL, Channel.POLICE_NOTICE})
"""Channels by which a contact reaches us as it is sent; the others are entered for somebody and
carry their true time."""


class ReferrerKind(StrEnum):
    """In what capacity the referrer makes contact."""

    PROFESSIONAL = "professional"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    SELF = "self"
    ANONYMOUS = "anonymous"


class LegalProtection(StrEnum):
    """Whether the child is under police protection (S46) or an emergency protection order (S44)."""

    NONE = "none"
    POLICE_PROTECTION = "police_protection"
    EMERGENCY_PROTECTION_ORDER = "emergency_protection_order"
    NOT_KNOWN = "not_known"


class Agreement(StrEnum):
    """Where somebody's agreement stands."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_ABLE = "not_able"


class NotAskedBecause(StrEnum):
    """Coded reasons why agreement was not sought."""

    RISK_TO_CHILD = "risk_to_child"
    RISK_TO_ANOTHER = "risk_to_another"
    EVIDENCE_OR_CRIME = "evidence_or_crime"
    UNDUE_DELAY = "undue_delay"
    CANNOT_CONTACT = "cannot_contact"
    LACKS_CAPACITY = "lacks_capacity"
    ALLEGED_ABUSER = "alleged_abuser"
    CHILD_OBJECTS = "child_objects"
    STATUTORY_DUTY = "statutory_duty"
    ANONYMOUS_SOURCE = "anonymous_source"
    NOT_YET = "not_yet"


class Ethnicity(StrEnum):
    """Ethnicity codes of the children in need census (Department for Education). REFU: asked, and
    not said; NOBT: not known or not asked, which is an answer too.
    """

    WBRI = "WBRI"
    WIRI = "WIRI"
    WIRT = "WIRT"
    WROM = "WROM"
    WOTH = "WOTH"
    MWBC = "MWBC"
    MWBA = "MWBA"
    MWAS = "MWAS"
    MOTH = "MOTH"
    AIND = "AIND"
    APKN = "APKN"
    ABAN = "ABAN"
    CHNE = "CHNE"
    AOTH = "AOTH"
    BCRB = "BCRB"
    BAFR = "BAFR"
    BOTH = "BOTH"
    OOTH = "OOTH"
    REFU = "REFU"
    NOBT = "NOBT"


class VoiceGap(StrEnum):
    """Why the child's own voice is not there."""

    TOO_YOUNG = "too_young"
    NOT_SEEN = "not_seen"
    NOT_SAFE_TO_ASK = "not_safe_to_ask"
    DID_NOT_WISH = "did_not_wish"
    COULD_NOT_COMMUNICATE = "could_not_communicate"
    UNBORN = "unborn"


class Education(StrEnum):
    """How a child is taught, or looked after by day."""

    AT_SCHOOL = "at_school"
    AT_NURSERY = "at_nursery"
    AT_COLLEGE = "at_college"
    AT_HOME = "at_home"
    MISSING_EDUCATION = "missing_education"
    EXCLUDED = "excluded"
    NOT_OF_AGE = "not_of_age"


class Disability(StrEnum):
    """Disability codes of the children in need census (Department for Education), without NONE:
    that a child is not disabled is an answer of its own.
    """

    MOB = "MOB"
    HAND = "HAND"
    PC = "PC"
    INC = "INC"
    COMM = "COMM"
    LD = "LD"
    HEAR = "HEAR"
    VIS = "VIS"
    BEH = "BEH"
    CON = "CON"
    AUT = "AUT"
    DDA = "DDA"


class StaffRisk(StrEnum):
    """What may be dangerous for somebody who visits."""

    VIOLENCE = "violence"
    WEAPONS = "weapons"
    DOGS = "dogs"
    SUBSTANCES = "substances"
    MENTAL_HEALTH = "mental_health"
    HAZARDS = "hazards"
    TWO_WORKERS = "two_workers"
