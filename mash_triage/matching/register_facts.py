"""What the register as a whole says about one name, one address, one birth date.

`score` and `compare` are given these facts and know no table. A small register, or none, answers
with the shares that names have in a register of generated English families.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mash_triage.matching.normalise import Place

USUAL_SHARE = 0.002  # 2 children in 1,000: an ordinary name, when nothing has been counted
RAREST_CHILDREN = 1.0  # a name that nobody on the register carries counts as one child's
USUAL_FIRST_JANUARY = 1 / 365


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
