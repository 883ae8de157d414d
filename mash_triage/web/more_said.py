"""Answers that a referrer may give beyond the few that everybody is asked, in words.

Only what was answered is shown: on the check page and the copy, and on the worker's pages.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from mash_triage.contacts.answers import rows_of, value_at
from mash_triage.web.form import words

Pairs = list[tuple[str, str]]
Lines = Iterable[tuple[str, str, Mapping[Any, str] | None]]

OF_DANGER: Lines = (
    ("injuries", "Injuries", None),
    ("medical_help", "Doctor", None),
    ("reference", "Police or ambulance reference", None),
)
OF_REFERRER: Lines = (
    ("organisation", "Organisation", None),
    ("team", "Team", None),
    ("address", "Address", None),
    ("known_for", "Has known the children", None),
    ("wishes_anonymity", "Family must not learn who it was", words.YES_NO),
    ("why_anonymous", "Why", None),
)
OF_CHILD: Lines = (
    ("gender_identity", "Gender", None),
    ("with_now", "Who is with the child", None),
    ("home.since", "Lives there since", None),
    ("education", "Taught", words.EDUCATION),
    ("year_group", "Year", None),
    ("attendance", "Attendance, %", None),
    ("special_needs", "Special needs", None),
    ("gp", "GP", None),
    ("health_visitor", "Health visitor", None),
    ("midwife", "Midwife", None),
    ("disabilities", "Disabled in", words.DISABILITIES),
    ("disability", "Disability", None),
    ("interpreter_needed", "Interpreter or signer needed", words.YES_NO),
    ("communication", "Is understood by", None),
    ("religion", "Religion", None),
    ("nationality", "Nationality", None),
    ("immigration", "Right to stay", None),
    ("legal_status", "Legal status", None),
    ("allocated_worker", "Social worker", None),
    ("sees_source_next", "Next sees the person of worry", None),
)
OF_VOICE: Lines = (
    ("said", "Own words", None),
    ("observed", "What the child shows", None),
    ("to_whom", "Heard or seen by", None),
    ("when", "When", None),
    ("seen_alone", "Alone with them", words.YES_NO),
)
OF_ADULT: Lines = (
    ("age_years", "about how old", None),
    ("access_to_children", "comes to children", None),
    ("telephone", "telephone", None),
    ("work", "work", None),
    ("works_with_children", "work with children or adults at risk", words.YES_NO),
    ("language", "language", None),
    ("needs", "needs", None),
    ("whereabouts", "now", None),
    ("home.address_line", "address", None),
    ("home.postcode", "postcode", None),
)
OF_AGREEMENT: Lines = (
    ("how", "How", words.HOW_TOLD),
    ("why_not_words", "Why", None),
    ("safe_to_tell_later", "Safe to tell later", words.YES_NO),
)
OF_WORRY: Lines = (
    ("told_by", "Told by", None),
    ("since", "Since when", None),
    ("danger_ahead", "What may happen", None),
)
OF_VIEWS: Lines = (
    ("help_so_far", "Help so far", None),
    ("needs_to_happen", "What needs to happen", None),
    ("scale", "How safe today, 0 to 10", words.SAFE),
)
OF_HANDING_OVER: Lines = (
    ("to", "Told there", None),
    ("person", "Who took it", None),
    ("when", "When", None),
    ("accepted", "They take it on", words.YES_NO),
)
OF_DECLARATION: Lines = (
    ("lead_informed", "Safeguarding lead knows", words.YES_NO),
    ("lead_informed_when", "Since", None),
)


def answered(answers: Mapping[str, Any] | None, lines: Lines) -> Pairs:
    """The answers that are given, each with its name; an honest "not known" is one."""
    found = ((name, _said(value_at(answers or {}, path), kinds)) for path, name, kinds in lines)
    return [(name, said) for name, said in found if said]


def _said(answer: Any, kinds: Mapping[Any, str] | None) -> str:
    if isinstance(answer, list):
        return "\n".join(_said(each, kinds) for each in answer)
    if isinstance(answer, Mapping):
        return "Not known" if answer.get("missing") == "not_known" else ""
    if answer is None or answer in ("not_asked", ""):
        return ""
    return (kinds or {}).get(answer, str(answer))


def former_homes(child: Mapping[str, Any]) -> Pairs:
    """Where the child lived before."""
    homes = rows_of(child.get("home") or {}, "previous")
    parts = (("address_line", "", None), ("postcode", "", None), ("until", "", None))
    rows = "\n".join(", ".join(said for _, said in answered(home, parts)) for home in homes)
    return [("Lived before", rows)] if rows.strip() else []


def relations(row: Mapping[str, Any], names: list[str]) -> Pairs:
    """What somebody is to single children."""
    return [
        (f"To {names[each['child']]}", each["relationship"])
        for each in rows_of(row, "relations")
        if each["child"] < len(names)
    ]


def events(answers: Mapping[str, Any]) -> Pairs:
    """The chronology, a line an event."""
    return [
        (str(row.get("when") or "Date not known"), _event(row))
        for row in rows_of(answers, "chronology")
    ]


def _event(row: Mapping[str, Any]) -> str:
    source = _said(row.get("source"), None)
    return f"{row.get('what') or ''}{f' ({source})' if source else ''}"


def staff_risk(answers: Mapping[str, Any]) -> str:
    """What a visitor must know, or nothing."""
    risk = answers.get("risk_to_staff") or {}
    said = [words.STAFF_RISK.get(code, code) for code in rows_of(risk, "kinds")]
    more = _said(risk.get("words"), None)
    return ". ".join(part for part in (", ".join(said), more) if part)


def sources(concern: Mapping[str, Any], concerns: Mapping[str, str]) -> Pairs:
    """How each worry is known, where that was said."""
    return [
        (concerns.get(row["worry"], row["worry"]), _source(row))
        for row in rows_of(concern, "sources")
        if row.get("known")
    ]


def _source(row: Mapping[str, Any]) -> str:
    by = _said(row.get("told_by"), None)
    known = words.FIRST_HAND[row["known"]]
    return f"{known}: {by}" if by else known
