"""What can happen to a child on a contact that starts a promise or keeps one: a fixed list.

Deeds report these moments; which promise each starts or keeps is said by the edition.
"""

from enum import StrEnum


class Moment(StrEnum):
    """Something that took place; the values are fixed names that editions rely on."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    RATED_RED = "rated_red"
    DECIDED = "decided"
    S47_DECIDED = "s47_decided"
    S17_DECIDED = "s17_decided"
    EARLY_HELP_DECIDED = "early_help_decided"
    REFERRER_TOLD = "referrer_told"
    PHONE_CONTACT = "phone_contact"
    WRITTEN_CONFIRMATION = "written_confirmation"
    STRATEGY_NEEDED = "strategy_needed"
    STRATEGY_HELD = "strategy_held"
    STRATEGY_BY_PHONE = "strategy_by_phone"
    STRATEGY_MET_AGAIN = "strategy_met_again"
    S47_STARTED = "s47_started"
    CONFERENCE_HELD = "conference_held"
    ASSESSMENT_AUTHORISED = "assessment_authorised"
    SEEN = "seen"
    ALLOCATED = "allocated"
    INFORMATION_ASKED = "information_asked"
    INFORMATION_REPLIED = "information_replied"
    MISSING_NOTICE = "missing_notice"
    MISSING_REVIEWED = "missing_reviewed"
    RETURNED_FROM_MISSING = "returned_from_missing"
    RETURN_INTERVIEW_OFFERED = "return_interview_offered"
    RETURN_INTERVIEW_DONE = "return_interview_done"
    ALLEGATION_KNOWN = "allegation_known"
    LADO_TOLD = "lado_told"
    PRIVATE_FOSTERING_NOTIFIED = "private_fostering_notified"
    PRIVATE_FOSTERING_VISITED = "private_fostering_visited"
    STEP_DOWN_SENT = "step_down_sent"
    STEP_DOWN_ACCEPTED = "step_down_accepted"
    TRANSFER_SENT = "transfer_sent"
    TRANSFER_CONFIRMED = "transfer_confirmed"
    HANDED_OVER = "handed_over"
    HANDOVER_READ = "handover_read"
    POLICE_PROTECTION_TAKEN = "police_protection_taken"
    POLICE_PROTECTION_ENDED = "police_protection_ended"
    PREVENT_REFERRED = "prevent_referred"
    MARAC_REFERRED = "marac_referred"
    CHILD_CLOSED = "child_closed"
    CONFERENCE_NOT_NEEDED = "conference_not_needed"
    RETURN_INTERVIEW_DECLINED = "return_interview_declined"
    EARLY_HELP_AGREED = "early_help_agreed"
    EARLY_HELP_STARTED = "early_help_started"
    RETURN_SETTLED = "return_settled"
    REFERRER_NOT_TOLD = "referrer_not_told"
    STRATEGY_NOT_NEEDED = "strategy_not_needed"
    INFORMATION_NOT_AWAITED = "information_not_awaited"
    RATED_AMBER = "rated_amber"
    RATED_GREEN = "rated_green"
    MISSING_REPORT_SETTLED = "missing_report_settled"
    MISSING_TAKEN_BACK = "missing_taken_back"
    EMERGENCY_ORDER_MADE = "emergency_order_made"
    EMERGENCY_ORDER_EXTENDED = "emergency_order_extended"
    EMERGENCY_ORDER_ENDED = "emergency_order_ended"
    NRM_REFERRED = "nrm_referred"
    NRM_DECIDED = "nrm_decided"
    DOMESTIC_ABUSE_KNOWN = "domestic_abuse_known"
    SCHOOL_TOLD = "school_told"
    FGM_FOUND = "fgm_found"
    FGM_REPORTED = "fgm_reported"


MAY_BE_BEFORE_RECEIPT = frozenset(
    {
        Moment.SEEN,
        Moment.MISSING_NOTICE,
        Moment.RETURNED_FROM_MISSING,
        Moment.RETURN_INTERVIEW_OFFERED,
        Moment.RETURN_INTERVIEW_DONE,
        Moment.ALLEGATION_KNOWN,
        Moment.LADO_TOLD,
        Moment.PRIVATE_FOSTERING_NOTIFIED,
        Moment.POLICE_PROTECTION_TAKEN,
        Moment.POLICE_PROTECTION_ENDED,
        Moment.WRITTEN_CONFIRMATION,
        Moment.EMERGENCY_ORDER_MADE,
        Moment.EMERGENCY_ORDER_EXTENDED,
        Moment.EMERGENCY_ORDER_ENDED,
        Moment.NRM_REFERRED,
        Moment.NRM_DECIDED,
        Moment.DOMESTIC_ABUSE_KNOWN,
        Moment.SCHOOL_TOLD,
        Moment.FGM_FOUND,
        Moment.FGM_REPORTED,
    }
)
"""What may have taken place before the contact about it reached the front door."""
