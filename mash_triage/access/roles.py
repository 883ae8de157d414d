"""Who may do what: the permissions, the roles, and the one table that joins them."""

from enum import StrEnum

from mash_triage.settings import settings


class Permission(StrEnum):
    """One thing that a person may be allowed to do; the words are for a governance lead."""

    SUBMIT_CONTACT = "send a contact about a child"
    ENTER_FOR_OTHERS = "enter a contact that came by telephone or letter"
    SEE_OWN_CONTACTS = "see the contacts that she sent and what became of them"
    SEE_AGENCY_CONTACTS = "see all contacts that her own agency sent"
    GIVE_FEEDBACK = "say how a contact went, disagree with its decision, and take that further"
    SEE_FRONT_DOOR = "see the live board and every contact at the front door"
    SCREEN_CONTACT = "take up, match, screen and send a child for decision"
    RECORD_PROTECTIVE_ACTION = "record at once that a child was protected, for example 999 called"
    SEE_DECISION_QUEUE = "see the children who wait for a manager"
    WRITE_TO_REFERRER = "write to a referrer, ask and wait for the answer, give advice"
    KEEP_INTERNAL_NOTES = "write and read notes that only the front door sees"
    CONSULT = "talk something through with the front door without naming a child"
    ALLOCATE = "allocate children to teams and workers, and ask why nothing is recorded"
    KEEP_TEAMS = "keep teams, their postcodes, what each worker can take on, and days away"
    DECIDE_CONTACT = "decide, return, or review a child on a contact"
    DECIDE_AT_NIGHT = "screen and decide alone at night, where the authority allows it"
    RECORD_MISSING = "record missing episodes, their risk, and return home interviews"
    HOLD_STRATEGY = "convene a strategy discussion, record it, and what follows from it"
    RECORD_AFTER_DECISION = "record that a child was seen and allocated, and the later dates"
    START_HELP = "record that agreed early help has started"
    HAND_ON = "send on what was decided, and record how it was answered and done"
    STEP_UP = "send a child who was given early help back up to the front door"
    KEEP_ALLEGATIONS = "read and write what the designated officer (LADO) is told"
    ANSWER_REQUESTS = "answer what the front door asks her agency about a child"
    AUTHORISE_SHARING = "give the word for sharing without agreement, and release an answer"
    RESTRICT_PERSON = "restrict a person's record and say who may open it"
    SEE_MEASURES = "see how many decisions were in time"
    LINK_RECORDS = "say that two records are of one child, and take it back"
    KEEP_LEVELS_OF_NEED = "draft, try and publish editions of the levels of need"
    KEEP_MATCHING_MODEL = "see the weights of the matching and put measured ones in force"
    IMPORT_REGISTER = "load the authority's register of children"
    KEEP_ATTACHMENTS = "scan attached files and sweep what belongs to nothing; for jobs alone"
    COUNT_PROMISES_ANEW = "count open due times anew; for jobs alone"
    MANAGE_ACCOUNTS = "keep agencies, people, roles and one-time links; no case content"
    VERIFY_AUDIT = "check the audit chain and read who opened what"


P = Permission


class Presence(StrEnum):
    """How an agency works with the hub."""

    ON_SITE = "on_site"
    VIRTUAL = "virtual"
    ELSEWHERE = "elsewhere"


PRESENCE_WORDS: dict[Presence, str] = {
    Presence.ON_SITE: "At the hub",
    Presence.VIRTUAL: "Virtually",
    Presence.ELSEWHERE: "From elsewhere",
}


class Role(StrEnum):
    """The roles of the front door; the values are fixed names that other systems rely on."""

    REFERRER = "referrer"
    AGENCY_LEAD = "agency_lead"
    PARTNER_REPRESENTATIVE = "partner_representative"
    SCREENING_WORKER = "screening_worker"
    SOCIAL_WORKER = "social_worker"
    EARLY_HELP_COORDINATOR = "early_help_coordinator"
    OUT_OF_HOURS = "out_of_hours"
    MANAGER = "manager"
    POLICY_LEAD = "policy_lead"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    API_CLIENT = "api_client"


_SENDS = frozenset(
    {
        P.SUBMIT_CONTACT,
        P.SEE_OWN_CONTACTS,
        P.GIVE_FEEDBACK,
        P.RECORD_PROTECTIVE_ACTION,
        P.CONSULT,
    }
)
_SCREENS = frozenset(
    {
        P.ENTER_FOR_OTHERS,
        P.SEE_FRONT_DOOR,
        P.SCREEN_CONTACT,
        P.RECORD_PROTECTIVE_ACTION,
        P.RECORD_MISSING,
        P.SEE_MEASURES,
        P.WRITE_TO_REFERRER,
        P.KEEP_INTERNAL_NOTES,
        P.HAND_ON,
        P.STEP_UP,
        P.HOLD_STRATEGY,
        P.RECORD_AFTER_DECISION,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.REFERRER: _SENDS,
    Role.AGENCY_LEAD: _SENDS | {P.SEE_AGENCY_CONTACTS, P.ANSWER_REQUESTS},
    Role.PARTNER_REPRESENTATIVE: _SENDS | {P.ANSWER_REQUESTS},
    Role.SCREENING_WORKER: _SCREENS | {P.LINK_RECORDS},
    Role.SOCIAL_WORKER: _SCREENS | {P.LINK_RECORDS, P.DECIDE_AT_NIGHT},
    Role.EARLY_HELP_COORDINATOR: frozenset(
        {
            P.SEE_FRONT_DOOR,
            P.RECORD_PROTECTIVE_ACTION,
            P.RECORD_MISSING,
            P.START_HELP,
            P.SEE_MEASURES,
            P.KEEP_INTERNAL_NOTES,
            P.HAND_ON,
            P.STEP_UP,
        }
    ),
    Role.OUT_OF_HOURS: _SCREENS | {P.DECIDE_AT_NIGHT},
    Role.MANAGER: _SCREENS
    | {
        P.SEE_DECISION_QUEUE,
        P.ALLOCATE,
        P.KEEP_TEAMS,
        P.DECIDE_CONTACT,
        P.START_HELP,
        P.AUTHORISE_SHARING,
        P.RESTRICT_PERSON,
        P.LINK_RECORDS,
        P.KEEP_ALLEGATIONS,
    },
    Role.POLICY_LEAD: frozenset({P.KEEP_LEVELS_OF_NEED, P.SEE_MEASURES, P.KEEP_MATCHING_MODEL}),
    Role.ANALYST: frozenset({P.SEE_MEASURES}),
    Role.AUDITOR: frozenset({P.VERIFY_AUDIT}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_ACCOUNTS, P.KEEP_TEAMS}),
    Role.API_CLIENT: frozenset({P.SUBMIT_CONTACT, P.SEE_OWN_CONTACTS, P.ANSWER_REQUESTS}),
}

DECIDES_ONLY_WITH_QUALIFICATION = frozenset({P.DECIDE_CONTACT})
"""What a role allows only to somebody with the social-work qualification: the decision maker is a
social-work-qualified practice supervisor or manager (Working Together, front-door decision)."""

ROLE_WORDS: dict[Role, str] = {
    Role.REFERRER: "Referrer: sends contacts and sees what became of her own",
    Role.AGENCY_LEAD: "Agency lead: a referrer who sees all contacts of her agency",
    Role.PARTNER_REPRESENTATIVE: "Partner representative: answers for her agency at the hub",
    Role.SCREENING_WORKER: "Screening worker: takes up and screens contacts",
    Role.SOCIAL_WORKER: "Social worker: takes up and screens contacts",
    Role.EARLY_HELP_COORDINATOR: "Early help co-ordinator: starts agreed help, sends back up",
    Role.OUT_OF_HOURS: "Out-of-hours worker: takes and screens contacts at night",
    Role.MANAGER: "Manager or practice supervisor: decides, if social-work qualified",
    Role.POLICY_LEAD: "Policy lead: keeps the levels of need and the weights of the matching",
    Role.ANALYST: "Analyst: sees measures, never a record",
    Role.AUDITOR: "Auditor: sees who opened what, never a narrative",
    Role.ADMINISTRATOR: "Administrator: keeps accounts, sees no case content",
    Role.API_CLIENT: "An agency's system",
}


def deciding(*, qualified: bool) -> tuple[Permission, ...]:
    """What allows a person to record a decision: also what others than managers hold, where the
    authority lets one qualified person screen and decide at night.
    """
    at_night = qualified and settings().night_single_decider
    return (P.DECIDE_CONTACT, P.DECIDE_AT_NIGHT) if at_night else (P.DECIDE_CONTACT,)
