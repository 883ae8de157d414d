"""Whether enough was said of a child to search safely, and what to ask for when not."""

from mash_triage.matching.identity import Identity


def enough_to_search(reported: Identity) -> str | None:
    """None when a search is safe; else one sentence saying what to ask for.

    A search needs an NHS or pupil number, or two of given name, family name, birth date or age,
    address and mother's name, as the Personal Demographics Service asks for its own searches.
    A bare initial is not a given name here.
    """
    if reported.nhs_number or reported.upn:
        return None
    birth = reported.dob or reported.expected_date or reported.age_years is not None
    has = {
        "a given name": any(len(token) > 1 for token in reported.name.given),
        "a family name": bool(reported.name.family),
        "a date of birth or age": bool(birth),
        "an address": any(place.postcode or place.house for place in reported.places),
        "the mother's name": bool(reported.mother),
    }
    if sum(has.values()) >= 2:
        return None
    lacking = [words for words, given in has.items() if not given]
    listed = f"{', '.join(lacking[:-1])} or {lacking[-1]}"
    number = "one" if any(has.values()) else "two"
    return f"There is too little to search safely: ask for an NHS number, or {number} of {listed}."
