"""The guard rails: why weights that were measured are not to be had."""

from mash_triage.errors import Refused
from mash_triage.matching.levels import FIELD_NAMES, WORDS
from mash_triage.matching.training.proposal import MOST_BITS, bits_moved
from mash_triage.matching.training.safety import Safety
from mash_triage.matching.weights import LevelWeight, Pair

LEAST_DECISIONS = 200
CHANCE = 1 / 200
LEAST_CHILDREN = 500  # on a register; fewer say nothing of how common a name or a house is


class ModelRefused(Refused):
    """Measured weights are not plausible, or not as safe; `reasons` says why, one by one."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("These weights are refused. " + " ".join(reasons))
        self.reasons = reasons


def implausible(old: dict[Pair, LevelWeight], new: dict[Pair, LevelWeight]) -> list[str]:
    """A sentence for every level whose share among true pairs (m) moved by more than three bits.

    The shares among strangers and among brothers and sisters are held at three bits already.
    """
    found = []
    for pair, after in new.items():
        was, now = old[pair].m, after.m
        if was and now and abs(moved := bits_moved(now, was)) > MOST_BITS:
            found.append(
                f"{FIELD_NAMES[pair[0]]}, {WORDS[pair]}: m moved by {moved:+.1f} bits, "
                f"from {was:.4g} to {now:.4g}; at most {MOST_BITS:.0f} are believed."
            )
    return found


def less_safe(old: Safety, new: Safety) -> list[str]:
    """A sentence for every safety figure that is worse than with the weights in force.

    One more brother, sister or twin called likely is too many. An order or an even chance may turn
    in one family of two hundred, which is no more than chance.
    """
    return [
        f"{words}: {after} of {of}, with the weights in force {before}."
        for words, before, after, of, by_chance in (
            ("Twins placed above the child", old.twin_first, new.twin_first, new.twins, CHANCE),
            ("Twins called likely", old.twin_likely, new.twin_likely, new.twins, 0.0),
            (
                "Children not on the register whose brother, sister or twin was called likely",
                old.sibling_likely,
                new.sibling_likely,
                new.off_register,
                0.0,
            ),
            (
                "Children not on the register whose brother, sister or twin reached even odds",
                old.sibling_probable,
                new.sibling_probable,
                new.off_register,
                CHANCE,
            ),
        )
        if after > before + by_chance * of
    ]


def too_small(children: int) -> str | None:
    """Why this register cannot be measured, or None."""
    if children >= LEAST_CHILDREN:
        return None
    return f"There are {children} children on the register; it takes {LEAST_CHILDREN} to measure."


def too_few(decisions: int) -> str | None:
    """Why these decisions do not teach, or None."""
    if decisions >= LEAST_DECISIONS:
        return None
    return (
        f"There are {decisions} accepted decisions; fewer than {LEAST_DECISIONS} "
        "say too little to learn from."
    )
