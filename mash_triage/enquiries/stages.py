"""The life of an information request, and the coded answers to it."""

from enum import StrEnum

from mash_triage.errors import Changed


class State(StrEnum):
    """Where a request stands."""

    NEEDS_WORD = "needs_word"
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    STOPPED = "stopped"
    DECLINED = "declined"


S = State

MOVES: dict[State, frozenset[State]] = {
    S.NEEDS_WORD: frozenset({S.OPEN, S.DECLINED, S.CLOSED}),
    S.OPEN: frozenset({S.ANSWERED, S.CLOSED, S.STOPPED}),
    S.ANSWERED: frozenset(),
    S.CLOSED: frozenset({S.STOPPED}),
    S.STOPPED: frozenset(),
    S.DECLINED: frozenset(),
}

UNDER_WAY = frozenset({S.NEEDS_WORD, S.OPEN})
SEEN_BY_AGENCY = frozenset({S.OPEN, S.ANSWERED, S.CLOSED, S.STOPPED})
"""A request that no manager let go was never sent, so the agency knows nothing of it."""

STATE_WORDS: dict[State, str] = {
    S.NEEDS_WORD: "Waiting for a manager's word, not sent",
    S.OPEN: "Waiting for the answer",
    S.ANSWERED: "Answered",
    S.CLOSED: "Closed",
    S.STOPPED: "Stopped: agreement was withdrawn",
    S.DECLINED: "A manager said no; it was not sent",
}


def check_move(now: State, to: State) -> None:
    """Refuse a move that the life of a request does not have."""
    if to not in MOVES[now]:
        raise Changed(
            f"This request stands at '{STATE_WORDS[now]}' by now. Open the page again; nothing was "
            "changed."
        )


class Step(StrEnum):
    """What happened to a request."""

    ASKED = "asked"
    AUTHORISED = "authorised"
    DECLINED = "declined"
    SENT = "sent"
    CHASED = "chased"
    TO_THE_LEAD = "to_the_lead"
    ANSWERED = "answered"
    CLOSED = "closed"
    STOPPED = "stopped"
    RELEASED = "released"


STEP_WORDS: dict[Step, str] = {
    Step.ASKED: "Prepared",
    Step.AUTHORISED: "Authorised by a manager",
    Step.DECLINED: "A manager said no",
    Step.SENT: "Sent to the agency",
    Step.CHASED: "Reminded",
    Step.TO_THE_LEAD: "Taken to the agency's lead",
    Step.ANSWERED: "Answered",
    Step.CLOSED: "Closed",
    Step.STOPPED: "Stopped",
    Step.RELEASED: "Released beyond the enquiry",
}


class Finding(StrEnum):
    """How one question is answered."""

    NOTHING_KNOWN = "nothing_known"
    INFORMATION = "information"
    PARTLY_WITHHELD = "partly_withheld"


FINDING_WORDS: dict[Finding, str] = {
    Finding.NOTHING_KNOWN: "Nothing known",
    Finding.INFORMATION: "Information",
    Finding.PARTLY_WITHHELD: "Partly withheld",
}

WITHHELD: dict[str, str] = {
    "more_harm": "Sharing it would do the child more harm than not",
    "not_needed": "It is about somebody else and not needed here",
    "police_enquiry": "It would harm a police enquiry or evidence",
    "handling": "It may not be passed on under its handling conditions",
    "privilege": "It is legally privileged",
    "other": "Another reason, in words",
}
"""`more_harm` is the exception of Children Act 2004 section 16LA."""

RELEVANCE: dict[str, str] = {
    "relevant": "Relevant",
    "background": "Background",
    "not_relevant": "Not relevant",
}
