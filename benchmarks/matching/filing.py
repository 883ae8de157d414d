"""What a register holds of a child: often not everything, and not always rightly spelt."""

from datetime import date
from random import Random

from benchmarks.matching.families import TODAY, Child, add_aliases
from benchmarks.matching.slips import typo

COLUMNS = (
    "child_id", "given_names", "family_name", "dob", "dob_quality", "expected_date", "sex",
    "nhs_number", "upn", "address_line", "postcode", "previous_addresses", "aliases",
    "mother_name", "mother_dob",
)  # fmt: skip

Row = tuple[str, ...]

HAS_NHS, HAS_UPN, HAS_MOTHER, HAS_MOTHERS_BIRTH = 0.86, 0.75, 0.78, 0.6
BIRTH_UNKNOWN, BIRTH_ESTIMATED, BIRTH_PLACEHOLDER = 0.02, 0.015, 0.005
IN_CAPITALS, MISSPELT, HAS_ALIAS = 0.1, 0.015, 0.06


def filed(child: Child, rng: Random) -> Row:
    """The child's row on the register; her aliases are settled here."""
    if rng.random() < HAS_ALIAS and not child.filed_unborn:
        add_aliases(child, rng)
    given, family = child.given, child.family
    if child.filed_unborn:
        given = "Unborn" if rng.random() < 0.6 else ("Baby" if rng.random() < 0.5 else "")
    elif rng.random() < MISSPELT:
        given, family = (
            (typo(given, rng), family) if rng.random() < 0.5 else (given, typo(family, rng))
        )
    dob, quality = _birth(child, rng)
    known_mother = rng.random() < HAS_MOTHER or child.filed_unborn
    return (
        child.id,
        given,
        family.upper() if rng.random() < IN_CAPITALS else family,
        dob.isoformat() if dob else "",
        quality,
        child.expected.isoformat() if quality == "expected" and child.expected else "",
        "U" if child.filed_unborn or rng.random() < 0.01 else child.sex,
        child.nhs_number if rng.random() < HAS_NHS and not child.filed_unborn else "",
        child.upn if rng.random() < HAS_UPN and not child.filed_unborn else "",
        *child.home,
        ";".join("|".join(place) for place in child.previous),
        ";".join("|".join(alias) for alias in child.aliases),
        child.mother if known_mother else "",
        child.mother_born.isoformat() if known_mother and rng.random() < HAS_MOTHERS_BIRTH else "",
    )


def _birth(child: Child, rng: Random) -> tuple[date | None, str]:
    if child.filed_unborn:
        return None, "expected"
    chance = rng.random()
    if chance < BIRTH_UNKNOWN:
        return None, "unknown"
    if chance < BIRTH_UNKNOWN + BIRTH_ESTIMATED:
        year = child.born.year + rng.choice((-1, 0, 0, 0, 1))
        return date(min(year, TODAY.year), 1, 1), "estimated"
    if chance < BIRTH_UNKNOWN + BIRTH_ESTIMATED + BIRTH_PLACEHOLDER:
        return date(*rng.choice(((1900, 1, 1), (1970, 1, 1), (1901, 1, 1)))), "placeholder"
    return child.born, "exact"
