"""What the register as a whole says about one name, one address, one birth date.

`score` and `compare` are given these facts and know no table. A small register, or none, answers
with the shares that names have in a register of generated English families.

The counts are kept in `match_term`, in the transaction of the record they count. They are read
once into each process, and again when more than one record in a hundred has changed since, or any
restriction has. Restricted records are counted for nobody: a rare name must not give one away.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from mash_triage.matching.identity import Identity
from mash_triage.matching.models import MatchFeature, MatchTerm
from mash_triage.matching.normalise import Place
from mash_triage.people.models import Restriction

USUAL_SHARE = 0.002  # 2 children in 1,000: an ordinary name, when nothing has been counted
RAREST_CHILDREN = 1.0  # a name that nobody on the register carries counts as one child's
USUAL_FIRST_JANUARY = 1 / 365
CROWDED = 40  # more children at one address than this: a refuge, a hostel, a school
DRIFT = 0.01  # of the register may have changed since the facts were read
LONGEST_TOKEN = 80  # characters, as wide as its column


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """How many children there are, how common each name token is, and which houses are shared.

    `terms` counts children by (kind, token), where the kind is `given`, `family` or `mother`.
    `crowded` holds postcode and house number of refuges, hostels, schools: (postcode, house).
    `first_january` is the share of children whose birth date is a 1 January.
    """

    size: int
    terms: Mapping[tuple[str, str], int] = field(default_factory=dict)
    crowded: frozenset[tuple[str, str]] = frozenset()
    first_january: float = USUAL_FIRST_JANUARY

    def share(self, kind: str, token: str) -> float:
        """The share of children who carry this token; as of one child for an unseen one."""
        if not self.terms:
            return USUAL_SHARE
        return max(self.terms.get((kind, token), 0), RAREST_CHILDREN) / max(self.size, 1)

    def is_crowded(self, place: Place) -> bool:
        """Whether so many children live there that the address tells nobody apart."""
        return (place.postcode, place.house) in self.crowded


NO_REGISTER = RegisterFacts(size=10_000)


# ---------------------------------------------------------------- what is counted of one child

Term = tuple[str, str]
CHILDREN: Term = ("register", "children")
CHANGES: Term = ("register", "changes")  # only ever grows: by it a process knows its facts are old
BORN: Term = ("born", "any day")
BORN_FIRST_JANUARY: Term = ("born", "1 January")
_NAMES = ("given", "family", "mother")


def terms_of(child: Identity) -> set[Term]:
    """What one child adds one to: her name tokens, her mother's, her homes, her kind of birthday.

    Only current homes count: a refuge is crowded by those who live there now.
    """
    names = (child.name, *child.aliases)
    terms = {("given", token) for each in names for token in each.given}
    terms |= {("family", token) for each in names for token in each.family}
    terms |= {("mother", token) for token in child.mother}
    terms |= {_home(p.postcode, p.house) for p in child.places if p.current and p.postcode}
    if child.dob:
        terms.add(BORN)
        if (child.dob.month, child.dob.day) == (1, 1):
            terms.add(BORN_FIRST_JANUARY)
    return {(kind, token[:LONGEST_TOKEN]) for kind, token in terms} | {CHILDREN}


def _home(postcode: str, house: str) -> Term:
    return "home", f"{postcode}|{house}"


def counted(children: Iterable[Identity]) -> Counter[Term]:
    """What these children add to the counts together."""
    return Counter(term for child in children for term in terms_of(child))


# ---------------------------------------------------------------- kept

_ADD = text(
    "INSERT INTO match_term (kind, token, n) VALUES (:kind, :token, :n) "
    "ON CONFLICT (kind, token) DO UPDATE SET n = match_term.n + excluded.n"
)
_NONE_LEFT = text("DELETE FROM match_term WHERE kind = :kind AND token = :token AND n <= 0")


def keep_counts(session: Session, more: Counter[Term], fewer: Counter[Term], changed: int) -> None:
    """Add and take away in the transaction of the records. `changed` is how many records it was.

    The row of changes comes first and is held to the end, so that two writers never wait for each
    other crosswise.
    """
    session.execute(_ADD, {"kind": CHANGES[0], "token": CHANGES[1], "n": changed})
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
    less = counted(_restricted(session))
    terms = {
        (kind, token): n - less[kind, token]
        for kind, token, n in session.execute(
            select(MatchTerm.kind, MatchTerm.token, MatchTerm.n).where(
                MatchTerm.kind.in_((*_NAMES, "born", "register"))
            )
        )
        if n > less[kind, token]
    }
    crowded = {
        token
        for token, n in session.execute(
            select(MatchTerm.token, MatchTerm.n).where(
                MatchTerm.kind == "home", MatchTerm.n > CROWDED
            )
        )
        if n - less["home", token] > CROWDED
    }
    size, born = terms.get(CHILDREN, 0), terms.get(BORN, 0)
    return RegisterFacts(
        size=size,
        terms={term: n for term, n in terms.items() if term[0] in _NAMES},
        crowded=frozenset((code, house) for code, _, house in (c.partition("|") for c in crowded)),
        first_january=_share(terms.get(BORN_FIRST_JANUARY, 0), born),
    )


def _share(some: int, of: int) -> float:
    """As measured, leaning on the usual share until there is enough to measure."""
    return (some + USUAL_FIRST_JANUARY * 1_000) / (of + 1_000)


def _restricted(session: Session) -> list[Identity]:
    closed = select(Restriction.person_id).where(Restriction.lifted_at.is_(None))
    rows = session.scalars(select(MatchFeature.f).where(MatchFeature.child_id.in_(closed)))
    return [Identity.from_json(f) for f in rows]
