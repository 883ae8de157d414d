"""On what sharing rests: agreement, a recorded reason, a child's protection, or a manager's word.

Agreement is seldom the lawful basis of safeguarding. It is asked for all the same, of each person
for herself: a mother's yes covers neither the father nor a brother (DfE information sharing advice
2024). A competent refusal does not override protection; below that threshold a manager weighs it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from mash_triage.consent.models import ConsentRecord
from mash_triage.consent.rules import SAYS_NO, in_force, is_of
from mash_triage.thresholds.routes import Rag, Route

COVERS = frozenset({"sharing", "mash_checks"})
"""The purposes of a consent record that reach a question to an agency."""

NO_REASON = frozenset({"not_yet"})
"""Codes of why nobody was asked that give no reason."""

DECIDES_FROM = 16
"""From this age a young person is presumed able to decide (Family Law Reform Act 1969 section 8);
a younger one who is competent to (Gillick) is recorded so, with who judged it."""

SPEAKS_FOR_OTHERS = "parental_responsibility"
FOR_THEMSELVES = frozenset({"self", "gillick", "attorney"})


class Ground(StrEnum):
    """What a request or disclosure rests on, beside its lawful basis."""

    AGREEMENT = "agreement"
    REASON = "reason"
    PROTECTION = "protection"
    MANAGER = "manager"


GROUND_WORDS: dict[Ground, str] = {
    Ground.AGREEMENT: "Agreed by everybody it is about",
    Ground.REASON: "Without agreement, for a recorded reason",
    Ground.PROTECTION: "To protect a child from significant harm; needs no agreement",
    Ground.MANAGER: "Without agreement, on a manager's word",
}


class Said(StrEnum):
    """What is known of one person's agreement."""

    YES = "yes"
    NO = "no"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Standing:
    """One person's agreement as it stands: by which record, and in words why it does not count."""

    name: str
    said: Said
    consent_id: UUID | None = None
    words: str = ""


def of_child(name: str, records: Sequence[ConsentRecord], *, age: int | None, on: date) -> Standing:
    """Whether sharing about a child is agreed to, by the records of this child alone.

    A refusal by anybody with a say stands before an agreement by another: a competent 15-year-old's
    no is not covered by a parent's yes. From 16 on only the young person's own yes counts. An adult
    who speaks for herself agrees for no child.
    """
    about = [each for each in in_force(records) if each.covers in COVERS]
    refused = next(
        (each for each in about if each.status in SAYS_NO and each.capacity != "none"), None
    )
    if refused is not None:
        who = "The young person" if _is_of_child(refused, name) else refused.given_by
        return Standing(name, Said.NO, refused.id, f"{who} does not agree")
    given = [each for each in about if _stands(each, on)]
    own = age is not None and age >= DECIDES_FROM
    for each in given:
        if _is_of_child(each, name) or (each.capacity == SPEAKS_FOR_OTHERS and not own):
            return Standing(name, Said.YES, each.id)
    if own and given:
        why = f"{DECIDES_FROM} or over, so her or his own agreement counts"
    elif given:
        why = "whoever agreed holds no parental responsibility"
    else:
        why = "nobody has agreed"
    return Standing(name, Said.NOTHING, None, why)


def of_adult(name: str, records: Sequence[ConsentRecord], *, on: date) -> Standing:
    """Whether somebody of the household agreed for herself; nobody can for her but an attorney. A
    no that somebody else gave for her stands until a manager has weighed it.
    """
    name = name.strip()
    about = [
        each
        for each in in_force(records)
        if each.covers in COVERS and each.subject.casefold() == name.casefold()
    ]
    refused = next((each for each in about if each.status in SAYS_NO), None)
    if refused is not None:
        return Standing(name, Said.NO, refused.id, "does not agree")
    own = (each for each in about if is_of(each, name) or each.capacity == "attorney")
    given = next((each for each in own if _stands(each, on)), None)
    if given is not None:
        return Standing(name, Said.YES, given.id)
    return Standing(name, Said.NOTHING, None, "has not agreed")


def _is_of_child(record: ConsentRecord, name: str) -> bool:
    """Whether it is the child's own answer: of a young person judged competent, or as it names the
    child by the first name and nobody else.
    """
    if record.capacity == "gillick":
        return True
    known, said = _words_of(name), _words_of(record.subject)
    is_named = bool(known) and known[0] in said
    names_no_other = set(said) <= set(known) or set(known) <= set(said)
    return record.capacity in FOR_THEMSELVES and is_named and names_no_other


def _words_of(name: str) -> list[str]:
    """The words of a name: of `Thornbury, Mia` they are `thornbury` and `mia`."""
    return name.casefold().replace(",", " ").split()


def _stands(record: ConsentRecord, on: date) -> bool:
    return record.status == "given" and (record.expires_on is None or record.expires_on >= on)


def is_child_protection(rag: str | None, route: str | None) -> bool:
    """Whether a child stands at or above the threshold of child protection: rated red, or the
    worker's route is section 47. A gateway alone does not say so.
    """
    return rag == Rag.RED or route == Route.S47


def ground(standings: Iterable[Standing], why_not_asked: str | None, *, protects: bool) -> Ground:
    """What a question about these people rests on. Below child protection a refusal, or no
    agreement without a recorded reason, needs a manager.
    """
    every = list(standings)
    if protects:
        return Ground.PROTECTION
    if any(each.said is Said.NO for each in every):
        return Ground.MANAGER
    if every and all(each.said is Said.YES for each in every):
        return Ground.AGREEMENT
    has_reason = why_not_asked is not None and why_not_asked not in NO_REASON
    return Ground.REASON if has_reason else Ground.MANAGER


def lacking_words(standings: Iterable[Standing]) -> list[str]:
    """Whose agreement is missing and why, one line each."""
    return [f"{each.name}: {each.words}" for each in standings if each.said is not Said.YES]
