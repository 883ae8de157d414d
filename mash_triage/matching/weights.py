"""How many bits each level speaks for one child, against a stranger and against a sibling.

The numbers are data: a TOML file with a source for each, read whole or refused with the key at
fault. Its sha256 is kept with every result, so that any of them can be worked out again.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf, log2
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic import Field as Limits

from mash_triage.errors import Refused
from mash_triage.matching.levels import NOT_WEIGHED, WORDS, Field, Level
from mash_triage.matching.register_facts import USUAL_SHARE

SHIPPED = Path(__file__).parent / "data" / "weights.toml"

Share = Annotated[float, Limits(gt=0, le=1, allow_inf_nan=False)]
Bits = Annotated[float, Limits(ge=-100, le=100, allow_inf_nan=False)]
Source = Annotated[str, Limits(min_length=3)]
Pair = tuple[Field, Level]
Shape = TypeVar("Shape", bound=BaseModel)


class WeightsRefused(Refused):
    """A file of weights that cannot be used: which key, and why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"The weights cannot be used. {key}: {reason}")
        self.key, self.reason = key, reason


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class LevelWeight(_Strict):
    """One level as the file has it: shares among true pairs, strangers and siblings, or bits.

    Exactly one of `random`, `term` and `share_of` says how often strangers give this level; with
    `bits` (against a stranger, against a sibling) none of them does.
    """

    m: Share | None = None
    random: Share | None = None
    term: Annotated[float, Limits(gt=0, le=10, allow_inf_nan=False)] | None = None
    share_of: Annotated[float, Limits(gt=0, allow_inf_nan=False)] | None = None
    floor: Annotated[float, Limits(ge=0, le=1, allow_inf_nan=False)] = 0.0
    sibling: Share | None = None
    cap: Annotated[float, Limits(gt=0, le=100, allow_inf_nan=False)] | None = None
    bits: tuple[Bits, Bits] | None = None
    source: Source

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        ways = sum(each is not None for each in (self.random, self.term, self.share_of))
        if self.bits is None and (ways != 1 or self.m is None or self.sibling is None):
            raise ValueError("give m, sibling and one of random, term and share_of; or bits")
        if self.bits is not None and (ways or self.m or self.sibling):
            raise ValueError("bits stand alone")
        return self

    def against(self, *, size: int, share: float, most: float) -> "Weight":
        """Bits against a stranger and against a sibling, of a name carried by this share."""
        if self.bits is not None:
            return Weight(*self.bits)
        if self.m is None or self.sibling is None:
            raise ValueError("a level without m")  # refused when the file was read
        stranger = log2(self.m / self._among_strangers(size, share))
        return Weight(min(stranger, most, self.cap or inf), log2(self.m / self.sibling))

    def _among_strangers(self, size: int, share: float) -> float:
        if self.random is not None:
            return self.random
        if self.term is not None:
            return min(1.0, max(self.floor, self.term * share))
        return min(1.0, (self.share_of or 1.0) / size)


class Weight(NamedTuple):
    """Bits for the same child rather than a stranger, and rather than a brother or sister."""

    stranger: float
    sibling: float


NOTHING = Weight(0.0, 0.0)


class Prior(_Strict):
    """What is believed before anything is compared.

    `on_register` is the share of children named in contacts who are on the register already;
    `sibling_bits` the log2 of how much oftener the child herself is there than a brother or sister
    of a child who is not; `smallest_register` keeps a namesake in a tiny register from proving all.
    """

    on_register: Share
    sibling_bits: Bits
    smallest_register: Annotated[int, Limits(ge=1)]
    source: Source


class Thresholds(_Strict):
    """Where the bands begin: probabilities, and bits (log2 odds)."""

    likely: Share
    possible: Share
    offered_bits: Bits
    individual_bits: Bits
    several_low: Share
    several_high: Share
    term_cap: Annotated[float, Limits(gt=0, le=100, allow_inf_nan=False)]
    source: Source

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.possible < self.likely or not self.several_low < self.several_high:
            raise ValueError("possible must be below likely, several_low below several_high")
        return self


@dataclass(frozen=True)
class Weights:
    """The weights of one file: by field and level, the prior, the thresholds, and the digest."""

    name: str
    sha256: str
    toml: str
    prior: Prior
    thresholds: Thresholds
    table: dict[Pair, LevelWeight]

    def __hash__(self) -> int:
        return hash(self.sha256)

    def size(self, register_size: int) -> int:
        """The size of a register for weighing: never below the smallest."""
        return max(register_size, self.prior.smallest_register)

    def stranger_prior(self, register_size: int) -> float:
        """The log2 odds that one child of a register of so many is the one reported."""
        return log2(self.prior.on_register / self.size(register_size))

    def of(self, pair: Pair, *, size: int, share: float = USUAL_SHARE) -> Weight:
        """The weight of one level in a register of so many, for a name of this share."""
        if pair[1] in NOT_WEIGHED:
            return NOTHING
        most = self.thresholds.term_cap if self.table[pair].term is not None else inf
        return self.table[pair].against(size=self.size(size), share=share, most=most)

    @cached_property
    def by_term(self) -> frozenset[Pair]:
        """The levels whose weight depends on how common the name is."""
        return frozenset(pair for pair, each in self.table.items() if each.term is not None)

    def fixed(self, register_size: int) -> dict[Pair, Weight]:
        """Every weight that does not depend on a name, for a register of so many."""
        return _fixed(self, self.size(register_size))


@lru_cache(maxsize=8)
def _fixed(weights: Weights, size: int) -> dict[Pair, Weight]:
    of = {pair: weights.of(pair, size=size) for pair in weights.table.keys() - weights.by_term}
    return of | {pair: NOTHING for pair in WORDS if pair[1] is Level.UNKNOWN}


# ---------------------------------------------------------------- reading

WEIGHED = frozenset(pair for pair in WORDS if pair[1] not in NOT_WEIGHED)

# Each level here must say no less than the next, against a stranger: a closer likeness never
# counts for less than a looser one.
LADDERS: tuple[tuple[Field, tuple[Level, ...]], ...] = (
    (Field.GIVEN, (Level.EXACT, Level.SHARES_FIRST, Level.CLOSE, Level.SIMILAR, Level.WEAK,
                   Level.DIFFERENT)),
    (Field.GIVEN, (Level.EXACT, Level.SOUNDS_ALIKE, Level.SIMILAR)),
    (Field.GIVEN, (Level.EXACT, Level.NICKNAME, Level.WEAK)),
    (Field.GIVEN, (Level.SHARES_FIRST, Level.FIRST_ONLY, Level.DIFFERENT)),
    (Field.GIVEN, (Level.EXACT, Level.SHARES_OTHER, Level.DIFFERENT)),
    (Field.GIVEN, (Level.EXACT, Level.INITIAL, Level.DIFFERENT)),
    (Field.FAMILY, (Level.EXACT, Level.SOUNDS_ALIKE, Level.CLOSE, Level.SIMILAR, Level.WEAK,
                    Level.DIFFERENT)),
    (Field.FAMILY, (Level.EXACT, Level.PART, Level.WEAK)),
    (Field.DOB, (Level.EXACT, Level.DAY_MONTH_SWAPPED, Level.ONE_PART, Level.YEAR_ONLY,
                 Level.DIFFERENT)),
    (Field.DOB, (Level.ONE_PART, Level.NEW_YEAR, Level.YEAR_ONLY)),
    (Field.DOB, (Level.EXACT, Level.ESTIMATED_YEAR, Level.AGE_NEAR)),
    (Field.DOB, (Level.EXACT, Level.AGE_FITS, Level.AGE_NEAR, Level.AGE_FAR, Level.AGE_OUTSIDE)),
    (Field.DOB, (Level.EXPECTED_TOGETHER, Level.EXPECTED_APART)),
    (Field.DOB, (Level.BORN_NEAR_EXPECTED, Level.EXPECTED_APART)),
    (Field.SEX, (Level.EXACT, Level.DIFFERENT)),
    (Field.NHS_NUMBER, (Level.EXACT, Level.ONE_SLIP, Level.DIFFERENT)),
    (Field.UPN, (Level.EXACT, Level.ONE_SLIP, Level.DIFFERENT)),
    (Field.ADDRESS, (Level.SAME_HOUSE, Level.SAME_POSTCODE, Level.SAME_AREA, Level.DIFFERENT)),
    (Field.ADDRESS, (Level.SAME_HOUSE, Level.SAME_HOUSE_BEFORE, Level.SAME_POSTCODE_BEFORE)),
    (Field.ADDRESS, (Level.SAME_HOUSE, Level.SAME_HOUSE_OTHER_POSTCODE, Level.SAME_AREA)),
    (Field.ADDRESS, (Level.SAME_HOUSE, Level.SAME_STREET, Level.DIFFERENT)),
    (Field.MOTHER, (Level.SAME_AND_BORN, Level.EXACT, Level.PART, Level.DIFFERENT)),
    (Field.MOTHER, (Level.SAME_AND_BORN, Level.BORN_ONLY, Level.DIFFERENT)),
    (Field.DECIDED, (Level.EXACT, Level.DIFFERENT)),
)  # fmt: skip
USUAL_REGISTER = 100_000  # the size for which the ladders are tried


def read_weights(toml: str) -> Weights:
    """The weights of a file, whole; WeightsRefused names the key at fault."""
    try:
        said = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as fault:
        raise WeightsRefused("file", f"is not TOML: {fault}.") from None
    fields = {field.value for field in Field}
    for key in said.keys() - fields - {"name", "prior", "thresholds"}:
        raise WeightsRefused(key, "is not known.")
    for key in sorted({"name", "prior", "thresholds"} - said.keys()):
        raise WeightsRefused(key, "is missing.")
    weights = Weights(
        name=str(said["name"]),
        sha256=hashlib.sha256(toml.encode()).hexdigest(),
        toml=toml,
        prior=_read(Prior, said["prior"], "prior"),
        thresholds=_read(Thresholds, said["thresholds"], "thresholds"),
        table=_table({key: said[key] for key in said.keys() & fields}),
    )
    _check_ladders(weights)
    return weights


def _table(said: dict[str, Any]) -> dict[Pair, LevelWeight]:
    given = {
        (field, level): value
        for field, levels in sorted(said.items())
        for level, value in (levels.items() if isinstance(levels, dict) else [("", levels)])
    }
    known = {(field.value, level.value) for field, level in WEIGHED}
    for field, level in sorted(known - given.keys()):
        raise WeightsRefused(f"{field}.{level}", "is missing.")
    for field, level in sorted(given.keys() - known):
        raise WeightsRefused(f"{field}.{level}", "is not known.")
    return {
        (Field(field), Level(level)): _read(LevelWeight, value, f"{field}.{level}")
        for (field, level), value in given.items()
    }


def _read(shape: type[Shape], said: Any, key: str) -> Shape:
    try:
        return shape.model_validate(said)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_context=False)[0]
        at = ".".join(str(part) for part in (key, *first["loc"]))
        raise WeightsRefused(at, f"{first['msg']}.") from None


def _check_ladders(weights: Weights) -> None:
    for field, ladder in LADDERS:
        bits = [weights.of((field, level), size=USUAL_REGISTER).stranger for level in ladder]
        for upper, lower, more, less in zip(ladder, ladder[1:], bits, bits[1:], strict=False):
            if more < less:
                raise WeightsRefused(
                    f"{field}.{upper}",
                    f"says {more:.1f} bits, less than {lower} with {less:.1f}: not monotone.",
                )


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights that come with the service, in force until others are activated."""
    return read_weights(SHIPPED.read_text("utf-8"))
