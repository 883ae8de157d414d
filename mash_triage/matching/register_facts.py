"""What the register as a whole says about one name, one address, one birth date.

`score` and `compare` are given these facts and know no table. A small register, or none, answers
with the shares that names have in a register of generated English families.

The counts are kept in `match_term`, in the transaction of the record they count. They are read
once into each process, and again when more than one record in a hundred has changed since, or any
restriction has. Restricted records are counted for nobody: a rare name must not give one away.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Row, not_, or_, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from mash_triage.matching.identity import Identity
from mash_triage.matching.models import MatchTerm
from mash_triage.matching.normalise import NORMALISER_VERSION, Place
from mash_triage.matching.stored import from_text, lines_of
from mash_triage.people.models import Restriction

USUAL_SHARE = 0.002  # 2 children in 1,000: an ordinary name, when nothing has been counted
ENOUGH_NAMES = 1_000  # children, to measure by how common names are
RAREST_CHILDREN = 1.0  # a name that nobody on the register carries counts as one child's
USUAL_FIRST_JANUARY = 1 / 365
ENOUGH = 1_000  # birth dates, to measure the share of 1 January by
CROWDED = 40  # more children at one address than this: a refuge, a hostel, a school
DRIFT = 0.01  # of the register may have changed since the facts were read
LONGEST_TOKEN = 80  # characters, as wide as its column


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """How many children there are, how common each name token is, and which houses are shared.

    `terms` counts children by (kind, token), where the kind is `given`, `family` or `mother`.
    `crowded` holds postcode and house number of refuges, hostels, schools: (postcode, house).
    `first_january` is the share of children whose birth date is a 1 January. `words` are the
    tokens of each kind in order. `older` are the versions of the normaliser, other than the one in
    force, by which some children are still filed. `too_wide` remembers keys, not worth reading
    again, that far too many children share.
    """

    size: int
    terms: Mapping[tuple[str, str], int] = field(default_factory=dict)
    crowded: frozenset[tuple[str, str]] = frozenset()
    first_january: float = USUAL_FIRST_JANUARY
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    older: frozenset[int] = frozenset()
    too_wide: set[int] = field(default_factory=set, compare=False)

    def share(self, kind: str, token: str) -> float:
        """The share of children who carry this token; as of one child for an unseen one."""
        if not self.terms:
            return USUAL_SHARE
        children = max(self.terms.get((kind, token), 0), RAREST_CHILDREN)
        lacking = max(ENOUGH_NAMES - self.size, 0)  # in a few children every name looks common
        return (children + USUAL_SHARE * lacking) / (self.size + lacking)

    def is_crowded(self, place: Place) -> bool:
        """Whether so many children live there that the address tells nobody apart."""
        return (place.postcode, place.house) in self.crowded


NO_REGISTER = RegisterFacts(size=10_000)


# ---------------------------------------------------------------- what is counted of one child

Term = tuple[str, str]
CHILDREN: Term = ("register", "children")
CHANGES: Term = ("register", "changes")  # only ever grows: by it a process knows its facts are old
FIRST_VERSION = 1  # counted nothing but the children
BORN: Term = ("born", "any day")
BORN_FIRST_JANUARY: Term = ("born", "1 January")
_NAMES = ("given", "family", "mother")


def terms_of(child: Identity, version: int) -> set[Term]:
    """What one child adds one to: her name tokens, her mother's, her homes, her kind of birthday,
    and the children filed by that version of the normaliser.

    Only current homes count: a refuge is crowded by those who live there now.
    """
    if version == FIRST_VERSION:
        return {CHILDREN}
    names = (child.name, *child.aliases)
    terms = {("given", token) for each in names for token in each.given}
    terms |= {("family", token) for each in names for token in each.family}
    terms |= {("mother", token) for token in child.mother}
    terms |= {_home(p.postcode, p.house) for p in child.places if p.current and p.postcode}
    if child.dob:
        terms.add(BORN)
        if (child.dob.month, child.dob.day) == (1, 1):
            terms.add(BORN_FIRST_JANUARY)
    terms = {(kind, token[:LONGEST_TOKEN]) for kind, token in terms}
    return terms | {CHILDREN, ("version", str(version))}


def _home(postcode: str, house: str) -> Term:
    return "home", f"{postcode}|{house}"


def _home_of(token: str) -> tuple[str, str]:
    postcode, _, house = token.partition("|")
    return postcode, house


# ---------------------------------------------------------------- kept

_ADD = text(
    "INSERT INTO match_term (kind, token, n) VALUES (:kind, :token, :n) "
    "ON CONFLICT (kind, token) DO UPDATE SET n = match_term.n + excluded.n"
)
_NONE_LEFT = text("DELETE FROM match_term WHERE kind = :kind AND token = :token AND n <= 0")


def hold_counts(session: Session, *, changed: int) -> None:
    """Hold the counts for this transaction, before anything is written for the index.

    So two writers never wait for each other crosswise. `changed` is how many records it will be.
    """
    session.execute(_ADD, _named(*CHANGES, changed))


def keep_counts(session: Session, more: Counter[Term], fewer: Counter[Term]) -> None:
    """Add to the counts and take away, in the transaction of the records."""
    difference = Counter(more)
    difference.subtract(fewer)
    terms = [(kind, token, n) for (kind, token), n in sorted(difference.items()) if n]
    if terms:
        session.execute(_ADD, [_named(*term) for term in terms])
    if less := [_named(*term) for term in terms if term[2] < 0]:
        session.execute(_NONE_LEFT, less)


def _named(kind: str, token: str, n: int) -> dict[str, str | int]:
    return {"kind": kind, "token": token, "n": n}


# ---------------------------------------------------------------- read

_STAMP = text(
    "SELECT (SELECT n FROM match_term WHERE kind = 'register' AND token = 'changes') AS changes, "
    "(SELECT count(*) FROM restriction) AS restrictions, "
    "(SELECT count(*) FROM restriction WHERE lifted_at IS NOT NULL) AS lifted"
)


@dataclass(frozen=True, slots=True)
class _AsRead:
    facts: RegisterFacts
    changes: int
    restrictions: tuple[int, int]

    def still_hold(self, stamp: Row[tuple[int | None, int, int]]) -> bool:
        passed = (stamp.changes or 0) - self.changes
        is_near = 0 <= passed <= DRIFT * self.facts.size
        return is_near and self.restrictions == (stamp.restrictions, stamp.lifted)


_read: WeakKeyDictionary[Pool, _AsRead] = WeakKeyDictionary()


def register_facts(session: Session) -> RegisterFacts:
    """The facts of this database's register, from memory while they hold."""
    pool = session.connection().engine.pool
    stamp = session.execute(_STAMP).one()
    known = _read.get(pool)
    if known is None or not known.still_hold(stamp):
        known = _AsRead(_facts(session), stamp.changes or 0, (stamp.restrictions, stamp.lifted))
        _read[pool] = known
    return known.facts


def _facts(session: Session) -> RegisterFacts:
    less = _of_restricted(session)
    kept = session.execute(
        select(MatchTerm.kind, MatchTerm.token, MatchTerm.n).where(
            or_(MatchTerm.kind != "home", MatchTerm.n > CROWDED)
        )
    )
    terms = {(kind, token): n - less[kind, token] for kind, token, n in kept}
    names = {term: n for term, n in terms.items() if term[0] in _NAMES and n > 0}
    return RegisterFacts(
        size=terms.get(CHILDREN, 0),
        terms=names,
        words={kind: tuple(sorted(word for one, word in names if one == kind)) for kind in _NAMES},
        crowded=frozenset(
            _home_of(token) for (kind, token), n in terms.items() if kind == "home" and n > CROWDED
        ),
        first_january=_leaning(terms.get(BORN_FIRST_JANUARY, 0), terms.get(BORN, 0)),
        older=frozenset(
            int(version)
            for kind, version in terms
            if kind == "version" and int(version) != NORMALISER_VERSION
        ),
    )


def _leaning(some: int, of: int) -> float:
    """The share as measured, leaning on the usual one until there is enough to measure."""
    return (some + USUAL_FIRST_JANUARY * ENOUGH) / (of + ENOUGH)


def _of_restricted(session: Session) -> Counter[Term]:
    closed = session.scalars(
        select(Restriction.person_id).where(
            Restriction.lifted_at.is_(None), not_(Restriction.of_name)
        )
    )
    return Counter(
        term
        for _, version, line in lines_of(session, closed.all())
        for term in terms_of(from_text(line), version)
    )
