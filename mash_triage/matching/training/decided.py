"""What people decided, as something to learn from: reported children, and whom they were found to
be.
"""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.contacts.models import ContactChild
from mash_triage.matching.identity import Identity
from mash_triage.matching.index import candidates_for
from mash_triage.matching.models import MatchDecision
from mash_triage.matching.queries import identity_of_child
from mash_triage.matching.register_facts import RegisterFacts
from mash_triage.matching.score import score
from mash_triage.matching.training.guard import LEAST_DECISIONS
from mash_triage.matching.weights import Weights

MOST_REPORTED = 20_000  # the newest contacts; a front door has as many in a year


@dataclass
class Decided:
    """Reported children by a number of their own; `accepted` are (reported, person) pairs that a
    person found to be one child; `answers` every answer by (reported, person).

    A record that was made from the contact itself teaches nothing and is left out.
    """

    reported: dict[int, Identity] = field(default_factory=dict)
    accepted: list[tuple[int, int]] = field(default_factory=list)
    answers: dict[tuple[int, int], bool] = field(default_factory=dict)


def decided(session: Session, *, by: Actor) -> Decided:
    """The newest reported children, and what stands of the answers about them."""
    by.require(Permission.IMPORT_REGISTER)
    children = session.scalars(
        select(ContactChild).order_by(ContactChild.received_at.desc()).limit(MOST_REPORTED)
    ).all()
    numbers = {child.id: number for number, child in enumerate(children)}
    made = _made_from_themselves(session)
    found = Decided(
        reported={
            numbers[child.id]: identity_of_child(session, child, by=by)
            for child in children
            if (child.id, child.person_id) not in made
        }
    )
    rows = session.execute(
        select(MatchDecision.contact_child_id, MatchDecision.person_id, MatchDecision.answer)
        .where(MatchDecision.undone_at.is_(None), MatchDecision.answer.in_(("same", "different")))
        .order_by(MatchDecision.decided_at)
    )
    for child_id, person_id, answer in rows:
        number = numbers.get(child_id)
        if number is not None and number in found.reported:
            found.answers[number, person_id] = answer == "same"
    found.accepted = [pair for pair, same in found.answers.items() if same]
    return found


def _made_from_themselves(session: Session) -> set[tuple[object, object]]:
    rows = session.execute(
        select(MatchDecision.contact_child_id, MatchDecision.person_id).where(
            MatchDecision.answer == "new", MatchDecision.undone_at.is_(None)
        )
    )
    return {(row.contact_child_id, row.person_id) for row in rows}


def points_of(
    session: Session, known: Decided, weights: Weights, facts: RegisterFacts
) -> list[tuple[float, bool]] | None:
    """(probability, was it the child) of every candidate that somebody answered about, as these
    weights would give it today; None where there are too few answers to show.
    """
    if len(known.accepted) < LEAST_DECISIONS:
        return None
    points = []
    for number in sorted({number for number, _ in known.answers}):
        child = known.reported[number]
        found = candidates_for(session, child, facts).candidates
        for each in score(child, found, weights, facts).candidates:
            if (number, each.id) in known.answers:
                points.append((each.probability, known.answers[number, each.id]))
    return points
