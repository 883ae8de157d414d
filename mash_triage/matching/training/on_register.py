"""The two long jobs on the authority's own register: new weights, and likely duplicates.

Both only read, so that the service goes on writing meanwhile; what they found is kept afterwards.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from mash_triage.access.actor import Actor
from mash_triage.access.roles import Permission
from mash_triage.clocks.working_days import london_day
from mash_triage.matching.actions.duplicates import Suspicion
from mash_triage.matching.compare import compared, stored
from mash_triage.matching.evidence import evidence_of, odds_of, scale_of
from mash_triage.matching.identity import Identity
from mash_triage.matching.models_in_force import weights_in_force
from mash_triage.matching.register_facts import RegisterFacts, register_facts
from mash_triage.matching.siblings import vetoes
from mash_triage.matching.training.decided import decided, points_of
from mash_triage.matching.training.features import register_children, table_of
from mash_triage.matching.training.guard import LEAST_DECISIONS
from mash_triage.matching.training.measures import households_of
from mash_triage.matching.training.measuring import From, Learning, Proposal, measure
from mash_triage.matching.training.with_splink import check_installed, likely_pairs
from mash_triage.matching.weights import Weights

Tell = Callable[[str, int, int], None]
FEWEST_FOR_EM = 200  # reported children; from fewer nothing can be learnt without labels
SHARE_WITH_TWO_RECORDS = 0.02  # of children; registers report between 1 and 3 in 100
LEAST_IN_SPLINK = 0.05
LEAST_SHOWN = 0.10


def measured_weights(
    session: Session, m_from: From | None = None, *, tell: Tell, by: Actor, at: datetime
) -> Proposal:
    """New weights measured on the register; ModelRefused names every reason against them.

    Without `m_from`, m comes from decisions where there are enough, else from expectation
    maximisation where there are enough reported children, else it stays as it is.
    """
    by.require(Permission.IMPORT_REGISTER)
    check_installed()
    facts, base = register_facts(session), weights_in_force(session)
    children = dict(
        register_children(session, lambda done, of: tell("Reading the register", done, of))
    )
    known = decided(session, by=by)
    learning = Learning(
        register=children,
        facts=facts,
        households=households_of(session, children),
        reported=known.reported,
        accepted=known.accepted,
    )
    steps = iter(range(1, 100))
    return measure(
        learning,
        base,
        name=f"measured {london_day(at).isoformat()}",
        m_from=m_from or _what_teaches(len(known.accepted), len(known.reported)),
        say=lambda words: tell(words, next(steps), 4),
        curve=lambda weights: points_of(session, known, weights, facts),
    )


def _what_teaches(accepted: int, reported: int) -> From:
    if accepted >= LEAST_DECISIONS:
        return "decisions"
    return "em" if reported >= FEWEST_FOR_EM else "none"


def suspicions(session: Session, *, tell: Tell, by: Actor) -> tuple[list[Suspicion], str]:
    """Pairs of records that may be of one child, for people to work through, and the digest of the
    weights that they were reckoned with.

    Splink finds the pairs; how probable they are is reckoned as everywhere here, with brothers,
    sisters and twins held apart. Nothing is linked.
    """
    by.require(Permission.IMPORT_REGISTER)
    check_installed()
    facts, weights = register_facts(session), weights_in_force(session)
    children: dict[int, Identity] = {}

    def remembered() -> Iterable[tuple[int, Identity]]:
        for number, child in register_children(
            session, lambda done, of: tell("Reading the register", done, of)
        ):
            children[number] = child
            yield number, child

    table = table_of(remembered())
    tell("Looking for pairs", 0, 1)
    pairs = sorted((one, other) for one, other, _ in likely_pairs(table, LEAST_IN_SPLINK))
    tell("Looking for pairs", 1, 1)
    found = []
    for done, (one, other) in enumerate(pairs, 1):
        if done % 100 == 0 or done == len(pairs):
            tell("Weighing them", done, len(pairs))
        suspicion = suspected(one, children[one], other, children[other], weights, facts)
        if suspicion.probability >= LEAST_SHOWN:
            found.append(suspicion)
    return found, weights.sha256


def suspected(
    one_id: int,
    one: Identity,
    other_id: int,
    other: Identity,
    weights: Weights,
    facts: RegisterFacts,
) -> Suspicion:
    """How probable it is that two records are of one child, as a pair by itself.

    A child seldom has two records, while nearly every child has brothers and sisters: the odds
    against both others begin that much higher than for a contact. What forbids "likely" there
    leaves no suspicion here.
    """
    beside = compared(one, other, facts)
    evidence = evidence_of(beside, other, scale_of(weights, facts.size), facts)
    odds = odds_of(
        evidence,
        prior=weights.stranger_prior(facts.size),
        sibling_prior=weights.prior.sibling_bits,
    )
    same = odds.same / (1.0 + odds.sibling)
    seldom = same * SHARE_WITH_TWO_RECORDS / weights.prior.on_register
    forbidden = vetoes(beside.levels, one, other)
    probability = 0.0 if forbidden else seldom / (1.0 + seldom)
    return Suspicion(one_id, other_id, round(probability, 6), stored(beside.levels))
