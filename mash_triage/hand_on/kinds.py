"""To whom things are handed on, and the special endings: each with its clock, its usual owner, and
where its time comes from.

The times themselves are the edition's promises. Where an edition has none, a person says by when;
the service makes none up.
"""

from dataclasses import dataclass
from enum import StrEnum

from mash_triage.clocks.moments import Moment
from mash_triage.thresholds.routes import Outcome


class Passing(StrEnum):
    """What goes to somebody who must accept it before it counts, or of whom the family must be
    told.
    """

    STEP_DOWN = "step_down"
    TRANSFER = "transfer"
    EXPLOITATION_PANEL = "exploitation_panel"
    CHILD_DEATH = "child_death"
    OTHER_SPECIALIST = "other_specialist"
    ADVICE = "advice"
    UNIVERSAL_SIGNPOST = "universal_signpost"


class Answer(StrEnum):
    """What whoever was sent it said."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class Ending(StrEnum):
    """Special endings, orders and reports: another duty with its own time, beside or instead of a
    route.
    """

    LADO = "lado"
    PRIVATE_FOSTERING = "private_fostering"
    PREVENT = "prevent"
    MARAC = "marac"
    UNACCOMPANIED_CHILD = "unaccompanied_child"
    MISSING_EDUCATION = "missing_education"
    POLICE_PROTECTION = "police_protection"
    EMERGENCY_PROTECTION_ORDER = "emergency_order"
    NRM = "nrm"
    ENCOMPASS = "encompass"
    FGM_REPORT = "fgm_report"


@dataclass(frozen=True)
class PassingKind:
    """How one kind is spoken of: to whom it goes, and what its acceptance is called.

    `sent` and `confirmed` are what an edition may set a time between. Of a service that the family
    goes to by itself, nobody there accepts: it `is_told`, and a person says who told the family.
    """

    words: str
    receiver: str
    waiting: str = "waiting to be accepted by"
    accepted: str = "Accepted by"
    sent: Moment | None = None
    confirmed: Moment | None = None
    is_told: bool = False


PASSINGS: dict[Passing, PassingKind] = {
    Passing.STEP_DOWN: PassingKind(
        "Step-down to early help",
        "Which service takes it on?",
        sent=Moment.STEP_DOWN_SENT,
        confirmed=Moment.STEP_DOWN_ACCEPTED,
    ),
    Passing.TRANSFER: PassingKind(
        "Transfer to another authority",
        "Which authority?",
        "waiting for proof of receipt by",
        "Receipt confirmed by",
        Moment.TRANSFER_SENT,
        Moment.TRANSFER_CONFIRMED,
    ),
    Passing.EXPLOITATION_PANEL: PassingKind("Exploitation panel", "Which panel?"),
    Passing.CHILD_DEATH: PassingKind("Child death review", "Which review team?"),
    Passing.OTHER_SPECIALIST: PassingKind("Specialist service", "Which service takes it on?"),
    Passing.ADVICE: PassingKind(
        "Advice",
        "Which service does the advice name, such as the school or the GP?",
        accepted="Told of",
        is_told=True,
    ),
    Passing.UNIVERSAL_SIGNPOST: PassingKind(
        "Universal service",
        "Which service is the family pointed to?",
        accepted="Told of",
        is_told=True,
    ),
}


@dataclass(frozen=True)
class EndingKind:
    """One special ending. `since` is the question for when its clock starts, `done` for what ends
    it; `starts` and `stops` are what an edition may set a time between. What comes with an end of
    its own, as an order of a court, asks `until` when; what `extends` it does so once. An event of
    the child's life `is_event` of its own day, not of that on which somebody wrote it down.
    """

    words: str
    usual_owner: str
    since: str
    done: str
    source: str
    starts: Moment | None = None
    stops: Moment | None = None
    is_restricted: bool = False
    is_event: bool = False
    until: str = ""
    extends: Moment | None = None


ENDINGS: dict[Ending, EndingKind] = {
    Ending.LADO: EndingKind(
        "Designated officer (LADO)",
        "Designated officer",
        "When did the employer or the police know?",
        "The designated officer is told",
        "Keeping Children Safe in Education, part 4, and Working Together: within one working day",
        Moment.ALLEGATION_KNOWN,
        Moment.LADO_TOLD,
        is_restricted=True,
    ),
    Ending.PRIVATE_FOSTERING: EndingKind(
        "Private fostering",
        "Private fostering officer",
        "When were we notified?",
        "The officer has visited",
        "Children (Private Arrangements for Fostering) Regulations 2005, regulation 4",
        Moment.PRIVATE_FOSTERING_NOTIFIED,
        Moment.PRIVATE_FOSTERING_VISITED,
    ),
    Ending.PREVENT: EndingKind(
        "Prevent",
        "Prevent lead",
        "When was the worry known?",
        "The Prevent lead has taken it on",
        "Counter-Terrorism and Security Act 2015, section 26; the time is local",
        stops=Moment.PREVENT_REFERRED,
    ),
    Ending.MARAC: EndingKind(
        "MARAC",
        "MARAC co-ordinator",
        "When was the risk graded?",
        "It is on the agenda",
        "The time is local: the next meeting's list",
        stops=Moment.MARAC_REFERRED,
    ),
    Ending.UNACCOMPANIED_CHILD: EndingKind(
        "Unaccompanied child",
        "Team for unaccompanied children",
        "When did the child come to notice?",
        "The child is placed and allocated",
        "Children Act 1989, section 20; the time is local",
    ),
    Ending.MISSING_EDUCATION: EndingKind(
        "Missing education",
        "Officer for children missing education",
        "When did school know?",
        "The officer has taken it on",
        "Education Act 1996, section 436A; the time is local",
    ),
    Ending.POLICE_PROTECTION: EndingKind(
        "Police protection",
        "Designated police officer",
        "When was it taken?",
        "It has ended, and where the child lives now is known",
        "Children Act 1989, section 46: at most 72 hours",
        Moment.POLICE_PROTECTION_TAKEN,
        Moment.POLICE_PROTECTION_ENDED,
        is_event=True,
    ),
    Ending.EMERGENCY_PROTECTION_ORDER: EndingKind(
        "Emergency protection order",
        "Social worker of the case",
        "When was it made?",
        "It has ended, was discharged, or another order took its place",
        "Children Act 1989, sections 44 and 45: at most 8 days, extended once by at most 7",
        Moment.EMERGENCY_ORDER_MADE,
        Moment.EMERGENCY_ORDER_ENDED,
        is_event=True,
        until="Until when does the order say?",
        extends=Moment.EMERGENCY_ORDER_EXTENDED,
    ),
    Ending.NRM: EndingKind(
        "National Referral Mechanism (NRM)",
        "First responder",
        "When was it referred?",
        "The reasonable-grounds decision has come",
        "Home Office guidance on modern slavery: first decision, with a target of 5 working days",
        Moment.NRM_REFERRED,
        Moment.NRM_DECIDED,
        is_event=True,
    ),
    Ending.ENCOMPASS: EndingKind(
        "Operation Encompass",
        "Whoever tells the school",
        "When did the police know?",
        "The school's safeguarding lead is told",
        "Operation Encompass, statutory guidance: as soon as practicable, before school begins",
        Moment.DOMESTIC_ABUSE_KNOWN,
        Moment.SCHOOL_TOLD,
        is_event=True,
    ),
    Ending.FGM_REPORT: EndingKind(
        "Report of female genital mutilation",
        "The professional who found it",
        "When was it found or disclosed?",
        "It is reported to the police on 101",
        "Female Genital Mutilation Act 2003, section 5B",
        Moment.FGM_FOUND,
        Moment.FGM_REPORTED,
        is_event=True,
    ),
}

PASSED_ON_BY: dict[Outcome, Passing] = {
    Outcome.EARLY_HELP: Passing.STEP_DOWN,
    Outcome.OTHER_AUTHORITY: Passing.TRANSFER,
    Outcome.EXPLOITATION_PANEL: Passing.EXPLOITATION_PANEL,
    Outcome.CHILD_DEATH: Passing.CHILD_DEATH,
    Outcome.OTHER_SPECIALIST: Passing.OTHER_SPECIALIST,
    Outcome.ADVICE: Passing.ADVICE,
    Outcome.UNIVERSAL_SIGNPOST: Passing.UNIVERSAL_SIGNPOST,
}
ENDED_BY: dict[Outcome, Ending] = {
    Outcome.LADO: Ending.LADO,
    Outcome.PRIVATE_FOSTERING: Ending.PRIVATE_FOSTERING,
    Outcome.PREVENT: Ending.PREVENT,
    Outcome.MARAC: Ending.MARAC,
    Outcome.UNACCOMPANIED_CHILD: Ending.UNACCOMPANIED_CHILD,
}
"""What follows from a decision's outcome. The others are no outcome: a person opens them."""
