"""Who must attend a strategy discussion, and who of them did not."""

from collections.abc import Collection, Sequence

from mash_triage.strategy.codes import SECTOR_WORDS, Sector

MUST_ATTEND = (Sector.LOCAL_AUTHORITY, Sector.POLICE, Sector.HEALTH)
"""Children's social care, police and health at the least (Working Together to Safeguard Children,
strategy discussion)."""


def missing_from(attending: Collection[Sector]) -> tuple[Sector, ...]:
    """Which of those who must attend did not."""
    return tuple(sector for sector in MUST_ATTEND if sector not in attending)


def is_quorate(attending: Collection[Sector]) -> bool:
    """Did everybody attend who must? To send information is not to attend."""
    return not missing_from(attending)


def quorum_words(missing: Sequence[Sector]) -> str:
    """Who is missing, and what to do; or that it is quorate."""
    if not missing:
        return "Quorate: children's social care, police and health attended."
    names = named_together([SECTOR_WORDS[each] for each in missing])
    return (
        f"Not quorate: {names} did not attend. Ring them in now and record that they attended, or "
        "name a day to meet again with them."
    )


def named_together(names: Sequence[str]) -> str:
    """Services in a sentence: `Police and health`."""
    words = [names[0], *(name[0].lower() + name[1:] for name in names[1:])]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
