"""Consent, being told, and lawful basis: the coded answers, and what may be asked of a record.

Missing or refused agreement never stops a decision and never changes a level. It stops one thing:
early help does not start before agreement is recorded.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from mash_triage.consent.models import ConsentRecord
from mash_triage.errors import Changed, NotReady

CAPACITY = {
    "parental_responsibility": "Holds parental responsibility",
    "self": "Speaks for herself or himself",
    "gillick": "Young person judged competent to decide",
    "attorney": "Acts under a power of attorney",
    "none": "None of these",
}
COVERS = {
    "contact": "Being told of this contact",
    "sharing": "Sharing with named agencies",
    "mash_checks": "Checks by the hub",
    "early_help": "Early help",
    "assessment": "An assessment of the child as a child in need",
}
STATUS = {
    "given": "Agreed",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
    "not_asked": "Not asked",
    "not_able": "Could not be asked",
    "not_needed": "Not needed",
}
HOW = {"verbal": "By word of mouth", "written": "In writing", "electronic": "Electronically"}
WHY_NOT = {
    "risk_to_child": "Asking would raise the risk to the child",
    "risk_to_another": "Asking would put somebody else at risk",
    "evidence_or_crime": "Asking could harm evidence or a police enquiry",
    "undue_delay": "Asking would cause undue delay",
    "cannot_contact": "They could not be reached",
    "lacks_capacity": "They lack capacity to decide",
    "alleged_abuser": "They are said to have caused the harm",
    "child_objects": "The child is competent and objects",
    "statutory_duty": "A statutory duty applies",
    "anonymous_source": "The source is anonymous",
    "not_yet": "Not yet asked",
}
TOLD = {"yes": "Told", "no": "Not told", "later": "Not safe to tell yet", "not_known": "Not known"}
ARTICLE_6 = {
    "public_task": "Public task, Article 6(1)(e)",
    "legal_obligation": "Legal obligation, Article 6(1)(c)",
    "vital_interests": "Vital interests, Article 6(1)(d)",
    "recognised_interest": "Recognised legitimate interest, Article 6(1)(ea)",
    "consent": "Consent, Article 6(1)(a), for services only",
}
ARTICLE_9 = {
    "substantial_public_interest": "Substantial public interest, safeguarding of children",
    "health_or_social_care": "Health or social care, Article 9(2)(h)",
    "vital_interests": "Vital interests, Article 9(2)(c)",
    "explicit_consent": "Explicit consent, Article 9(2)(a)",
    "none": "No special category information",
}
GATEWAY = {
    "ca1989_s17": "Children Act 1989 section 17",
    "ca1989_s27": "Children Act 1989 section 27",
    "ca1989_s47": "Children Act 1989 section 47",
    "ca2004_s10": "Children Act 2004 section 10",
    "ca2004_s11": "Children Act 2004 section 11",
    "ca2004_s16la": "Children Act 2004 section 16LA, the duty to share",
    "cda1998_s115": "Crime and Disorder Act 1998 section 115",
    "ea2002_s175": "Education Act 2002 section 175",
}
CONFIDENTIALITY = {
    "consent": "Agreed",
    "required_by_law": "Required by law",
    "public_interest": "Overriding public interest",
}
FOR_CHILD_PROTECTION = {
    "article_6": "public_task",
    "article_9": "substantial_public_interest",
    "gateway": "ca1989_s47",
    "confidentiality": "public_interest",
}
"""What is proposed, and only proposed, where agencies are asked about a child whom a person rated
red, or for whom a person recorded section 47 as the way."""
SAYS_NO = frozenset({"refused", "withdrawn"})
NEVER_ASKED = frozenset({"not_asked", "not_able", "not_needed"})
LONGEST_NAME = 300  # characters; the record has room for no more


def check_person(subject: str, given_by: str) -> None:
    """Refuse a record that does not say whose agreement it is."""
    if not subject:
        raise NotReady("Say whose agreement this is.")
    if max(len(subject), len(given_by)) > LONGEST_NAME:
        raise NotReady(f"Shorten the person's name to {LONGEST_NAME} characters or fewer.")


def check_codes(covers: str, capacity: str, told: str, how: str | None) -> None:
    """Refuse an answer that is not one of the coded ones."""
    if covers not in COVERS:
        raise NotReady("Say what the agreement is about.")
    if capacity not in CAPACITY or told not in TOLD or how not in {None, *HOW}:
        raise NotReady("Choose in what capacity they answer, what they were told, and how.")


def check_consent(status: str, why_not: str | None, words: str) -> None:
    """Refuse a record that leaves open why somebody was not asked or could not agree."""
    if status not in STATUS:
        raise NotReady("Say where agreement stands.")
    if status in {"not_asked", "not_able"} and why_not not in WHY_NOT:
        raise NotReady("Say why agreement was not asked for.")
    if why_not is not None and why_not not in WHY_NOT:
        raise NotReady("Choose one of the reasons.")
    if status == "withdrawn" and not words.strip():
        raise NotReady("Say what stops now that agreement is withdrawn.")


def earlier_answer(
    records: Sequence[ConsentRecord], subject: str, given_by: str, covers: str, named: UUID | None
) -> ConsentRecord | None:
    """The record that a new answer replaces: the one named, else the same person's last one. What
    a mother says for her child takes the place of nothing that the child or the father said.
    """
    standing = in_force(records)
    if named is not None:
        found = next((record for record in standing if record.id == named), None)
        if found is None:
            raise Changed("That answer was replaced already. Open the page again.")
        return found
    same = (
        record
        for record in reversed(standing)
        if record.covers == covers
        and record.subject.casefold() == subject.casefold()
        and is_of(record, given_by)
    )
    return next(same, None)


def is_of(record: ConsentRecord, given_by: str) -> bool:
    """Was this answer given by the person of this name?"""
    return (record.given_by or record.subject).casefold() == given_by.casefold()


def check_replaces(earlier: ConsentRecord | None, given_by: str, capacity: str) -> None:
    """Refuse to put anything in the place of a refusal but the word of whoever refused, with a say
    as before: it would be gone without a trace in what may be shared.
    """
    if earlier is None or earlier.status not in SAYS_NO or earlier.capacity == "none":
        return
    who = earlier.given_by or earlier.subject
    if not is_of(earlier, given_by):
        raise NotReady(
            f"{who} refused, and nobody else takes that back. Record this as an answer of its own, "
            f"or write the name as it stands there if it is the same person."
        )
    if capacity == "none":
        raise NotReady(
            f"{who} refused with a say. Choose in what capacity the new answer is given."
        )


def in_force(records: Sequence[ConsentRecord]) -> list[ConsentRecord]:
    """The records that no later record replaces."""
    replaced = {record.replaces_id for record in records}
    return [record for record in records if record.id not in replaced]


def agreement_to_early_help(
    records: Sequence[ConsentRecord], *, on: date | None = None
) -> ConsentRecord | None:
    """The record by which somebody who may agree to early help did, if it stands on this day."""
    return next(
        (
            record
            for record in in_force(records)
            if record.covers == "early_help"
            and record.status == "given"
            and record.capacity != "none"
            and (on is None or record.expires_on is None or record.expires_on >= on)
        ),
        None,
    )


def check_no_refusal_of_early_help(records: Sequence[ConsentRecord]) -> None:
    """Refuse to start early help while somebody who may refuse it stands by a refusal."""
    for record in in_force(records):
        refuses = record.covers == "early_help" and record.status in SAYS_NO
        if refuses and record.capacity != "none":
            raise NotReady(
                "Somebody with a say refused early help: "
                "record what was agreed with them before help starts."
            )
