"""Where each thing understood stands in a contact: the names of the one submission schema."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from mash_triage.chat.state import Fact, Talk

OF_CHILD = {
    "given_names": "given_names", "family_name": "family_name", "aliases": "aliases[].given_names",
    "dob": "age.date_of_birth", "age_years": "age.age_years", "age_months": "age.age_months",
    "expected": "age.expected_date", "weeks": "age.gestation_weeks", "sex": "sex",
    "gender_identity": "gender_identity", "religion": "religion", "nationality": "nationality",
    "ethnicity": "ethnicity", "upn": "upn", "nhs": "nhs_number", "language": "language",
    "interpreter": "interpreter_needed", "communication": "communication",
    "disability": "disability", "mobile": "moves_independently", "sen": "special_needs",
    "school": "school", "year_group": "year_group", "attendance": "attendance", "gp": "gp",
    "legal_status": "legal_status", "cp_plan": "legal_status", "worker": "allocated_worker",
    "where_now": "where_now", "with_now": "with_now", "next": "sees_source_next",
    "address_line": "home.address_line", "postcode": "home.postcode", "since": "home.since",
    "previous": "home.previous[].address_line", "confidential": "home.confidential",
    "said": "voice.said", "said_to": "voice.to_whom", "said_when": "voice.when",
    "alone": "voice.seen_alone", "health_visitor": "health_visitor", "midwife": "midwife",
    "observed": "voice.observed", "relation": "relations[].relationship",
}  # fmt: skip
OF_ADULT = {
    "name": "name", "dob": "date_of_birth", "age_years": "age_years", "relation": "relationship",
    "lives": "lives_with_child", "pr": "parental_responsibility", "phone": "telephone",
    "work": "work", "people_needs": "needs", "language": "language",
    "address_line": "home.address_line", "postcode": "home.postcode",
    "whereabouts": "whereabouts", "harm": "worry_about_them",
}  # fmt: skip
OF_TELLING = {"told": "told", "agreement": "agreement", "view": "in_their_words"}
OF_CONTACT = {
    "worry": "concern.worry", "since_worry": "concern.since", "first_hand": "concern.first_hand",
    "told_by": "concern.told_by", "working_well": "concern.working_well",
    "needs": "concern.needs_to_happen", "scale": "concern.scale", "level": "concern.level_thought",
    "help_so_far": "concern.help_so_far", "injuries": "danger.injuries",
    "medical": "danger.medical_help", "steps": "danger.steps_taken",
    "reference": "danger.reference", "in_danger": "danger.in_danger_now",
    "staff_risk": "risk_to_staff.words", "restricted_text": "kept_from[0].words",
    "restricted_from": "kept_from[0].keep_from", "lead_informed": "declaration.lead_informed",
    "referrer.name": "referrer.name", "referrer.job_title": "referrer.job_title",
    "referrer.organisation": "referrer.organisation", "referrer.team": "referrer.team",
    "referrer.telephone": "referrer.telephone", "referrer.email": "referrer.email",
    "referrer.relationship": "referrer.relationship_to_child",
    "referrer.last_seen": "referrer.last_seen", "referrer.anonymous": "referrer.wishes_anonymity",
    "referrer.why_anonymous": "referrer.why_anonymous",
}  # fmt: skip


def told_rows(talk: Talk) -> list[int | str]:
    """Who has a row under who was told and agreed: people by number, `parents`, `child`."""
    rows: list[int | str] = []
    for fact in talk.facts:
        row: int | str | None = None
        if fact.what in {"told", "agreement", "view"}:
            row = fact.who if fact.who is not None else "parents"
        elif fact.what in {"parents_view", "not_told_reason"}:
            row = _parent_row(talk)
        elif fact.what == "child_view":
            row = "child"
        if row is not None and row not in rows:
            rows.append(row)
    return rows


def _parent_row(talk: Talk) -> int | str:
    """The parent who was told or not; all of them together where none is named."""
    for fact in talk.facts:
        if fact.what == "told" and fact.who is not None:
            return fact.who
    return "parents"


def placed(talk: Talk) -> Iterator[tuple[str, Fact]]:
    """Each fact with the path of its answer, as `children[0].home.postcode`."""
    children = {who: n for n, who in enumerate(talk.child_numbers())}
    adults = {who: n for n, who in enumerate(talk.adult_numbers())}
    telling = {who: n for n, who in enumerate(told_rows(talk))}
    rows: Counter[str] = Counter()
    for fact in talk.facts:
        path = _path(fact, talk, children, adults, telling)
        if path is None:
            continue
        if "[]" in path:
            head = path.split("[]")[0]
            path = path.replace("[]", f"[{rows[head]}]")
            rows[head] += 1
        yield path, fact


def _path(
    fact: Fact,
    talk: Talk,
    children: dict[int, int],
    adults: dict[int, int],
    telling: dict[int | str, int],
) -> str | None:
    what, who = fact.what, fact.who
    if what in OF_TELLING:
        return (
            f"told_and_agreed[{telling[who if who is not None else 'parents']}].{OF_TELLING[what]}"
        )
    if what in {"parents_view", "not_told_reason"}:
        name = "in_their_words" if what == "parents_view" else "why_not_words"
        return f"told_and_agreed[{telling[_parent_row(talk)]}].{name}"
    if what == "child_view":
        return f"told_and_agreed[{telling['child']}].in_their_words"
    if what.startswith("event"):
        return "chronology[].what"
    if who in children and what in OF_CHILD:
        if what == "relation" and children[who] == 0:
            return None
        return f"children[{children[who]}].{OF_CHILD[what]}"
    if who in adults and what == "relation" and fact.to is not None:
        return f"household[{adults[who]}].relations[].relationship"
    if who in adults and what in OF_ADULT:
        return f"household[{adults[who]}].{OF_ADULT[what]}"
    return OF_CONTACT.get(what) if who is None else None


def out(value: Any) -> Any:
    """A value as it is printed: an event is its day and its words."""
    return value
