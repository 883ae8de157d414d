"""Is a postcode of another authority, and who takes contacts there? It keeps no contact back."""

from mash_triage.people.identifiers import tidy_postcode
from mash_triage.settings import settings

ANY_COUNCIL = (
    "Another council takes contacts from there: gov.uk/report-child-abuse-to-local-council tells "
    "which."
)


def is_elsewhere(postcode: object) -> bool:
    """Does this postcode lie outside the authority's own areas, as far as they are set?"""
    tidy, areas = _tidy(postcode), settings().postcode_areas
    return bool(tidy and areas) and not str(tidy).startswith(areas)


def place_for(postcode: object) -> str | None:
    """Who takes contacts there: the longest start of a postcode that the authority has noted."""
    tidy = _tidy(postcode) or ""
    near = [start for start in settings().neighbours if tidy.startswith(start)]
    return settings().neighbours[max(near, key=len)] if near else None


def where_to_tell(postcode: object) -> str:
    """Whom to tell of a child who lives there, in a sentence."""
    place = place_for(postcode)
    return f"Contacts from there go to {place}." if place else ANY_COUNCIL


def _tidy(postcode: object) -> str | None:
    return tidy_postcode(postcode) if isinstance(postcode, str) else None
