"""What a contact says of one child, as questions and answers."""

from collections.abc import Mapping
from typing import Any

from mash_triage.contacts.answers import is_unborn, rows_of, value_at
from mash_triage.people.identifiers import show_postcode
from mash_triage.web import more_said as more
from mash_triage.web.form import words
from mash_triage.web.form.rows import name_in
from mash_triage.web.form.said import Pairs, day_said, said
from mash_triage.web.wording import ETHNICITY_WORDS

KEPT_BACK = "Given, and not shown in a copy"


def child_pairs(child: Mapping[str, Any], names: list[str], *, own: bool) -> Pairs:
    """All of it, a confidential address for whoever is just writing it (`own`) alone; `names` are
    those of the children, in their order.
    """
    return [*_child(child, own=own), *_more_of_child(child, names)]


def _child(child: Mapping[str, Any], *, own: bool) -> Pairs:
    home = child.get("home") or {}
    aliases = "; ".join(name for row in rows_of(child, "aliases") if (name := name_in(row)))
    pairs = [
        ("Given names", said(child.get("given_names"))),
        ("Family name", said(child.get("family_name"))),
        ("Born", _born(child)),
        ("Where now", said(child.get("where_now"))),
        ("Home", _home(home) if own or not home.get("confidential") else KEPT_BACK),
    ]
    if aliases:
        pairs.insert(2, ("Also known as", aliases))
    if home.get("confidential"):
        pairs.append(("Address", "Must be kept from somebody"))
    if is_unborn(child):
        return [*pairs, ("Help before", _help_before(child))]
    pairs += [
        ("Sex", said(child.get("sex"), words.SEX)),
        ("School", said(child.get("school"))),
        ("Disabled", said(child.get("disabled"), words.YES_NO)),
    ]
    if child.get("moves_independently") in words.YES_NO:
        pairs.append(("Moves about alone", words.YES_NO[child["moves_independently"]]))
    return [
        *pairs,
        ("Language", said(child.get("language"))),
        ("Ethnicity", said(child.get("ethnicity"), ETHNICITY_WORDS)),
        ("Help before", _help_before(child)),
        ("NHS number", said(child.get("nhs_number"))),
        ("Unique pupil number", said(child.get("upn"))),
    ]


def _more_of_child(child: Mapping[str, Any], names: list[str]) -> Pairs:
    return [
        *more.relations(child, names),
        *more.answered(child, more.OF_CHILD),
        *more.former_homes(child),
    ]


def _help_before(child: Mapping[str, Any]) -> str:
    """Whether there was help from children's services, and which."""
    named = "\n".join(words.HELP_BEFORE[each] for each in rows_of(child, "help_before"))
    if child.get("had_help") == "yes" and named:
        return named
    return (
        "Not given"
        if child.get("had_help") == "not_asked"
        else said(child.get("had_help"), words.HAD_HELP)
    )


def _born(child: Mapping[str, Any]) -> str:
    kind = value_at(child, "age.kind")
    if kind == "unborn":
        expected = value_at(child, "age.expected_date")
        due = f"expected {day_said(expected)}" if isinstance(expected, str) else "date not known"
        weeks = value_at(child, "age.gestation_weeks")
        due += f", {weeks} weeks" if weeks else ""
        return f"Not born yet, {due}"
    if kind == "age":
        months = value_at(child, "age.age_months")
        in_months = f" ({months} months)" if months is not None else ""
        return f"Date not known, about {said(value_at(child, 'age.age_years'))}{in_months}"
    about = "about " if value_at(child, "age.estimated") else ""
    return about + day_said(value_at(child, "age.date_of_birth"))


def _home(home: Mapping[str, Any]) -> str:
    postcode = home.get("postcode")
    known = show_postcode(postcode) if isinstance(postcode, str) else None
    parts = [home.get("address_line"), known]
    return ", ".join(part for part in parts if isinstance(part, str) and part) or "Not known"
