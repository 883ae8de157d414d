"""The answers of a draft: reached by their path, asked only where they matter, ready to be sent.

A path reads like `children[0].home.postcode`, the same as in `problems_of`. Answers are plain JSON
values: dicts, lists, text, numbers, true and false.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from itertools import pairwise
from typing import Any

from mash_triage.contacts.codes import SENT_BY_THEMSELVES, Channel, Gap, ReferrerKind
from mash_triage.errors import Changed

Answers = dict[str, Any]

MOVES_BY_ITSELF_FROM = 2  # years; below it, and for a disabled child, mobility is asked
_STEP = re.compile(r"[^.\[\]]+")


def steps_of(path: str) -> list[str | int]:
    """`children[0].sex` as `["children", 0, "sex"]`."""
    return [int(step) if step.isdecimal() else step for step in _STEP.findall(path)]


def value_at(answers: Mapping[str, Any], path: str) -> Any:
    """What is answered at this path, or None."""
    found: Any = answers
    for step in steps_of(path):
        if isinstance(step, int):
            found = found[step] if isinstance(found, list) and step < len(found) else None
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return found


def with_value(answers: Mapping[str, Any], path: str, value: Any) -> Answers:
    """The same answers with this one changed; a list grows by one row at most.

    Raises Changed when the row is not there any more.
    """
    whole: Answers = deepcopy(dict(answers))
    here: Any = whole
    *way, last = steps_of(path)
    for step, following in pairwise([*way, last]):
        empty: Any = [] if isinstance(following, int) else {}
        here = _inside(here, step, empty)
    if isinstance(here, list):
        _inside(here, last, None)
    here[last] = value
    return whole


def _inside(here: Any, step: str | int, empty: Any) -> Any:
    """One step down; made empty where nothing, or only a gap, is there."""
    if isinstance(here, list):
        row = int(step)
        if row > len(here):
            raise Changed("This was changed in another window. Load the page again.")
        if row == len(here):
            here.append(empty)
    elif not isinstance(here.get(step), type(empty)) or "missing" in here[step]:
        here[step] = empty
    return here[step]


# ---------------------------------------------------------------- asked only where it matters


def is_blank(answer: Any) -> bool:
    """Is there nothing in it: no text, no choice, in no part of it?"""
    if isinstance(answer, Mapping):
        return "missing" in answer or all(is_blank(part) for part in answer.values())
    if isinstance(answer, list):
        return all(is_blank(part) for part in answer)
    return answer is None or answer is False or (isinstance(answer, str) and not answer.strip())


def is_unborn(child: Mapping[str, Any]) -> bool:
    """Is this child not born yet, as far as the draft says?"""
    return bool(value_at(child, "age.kind") == "unborn")


def asks_mobility(child: Mapping[str, Any], *, on: date) -> bool:
    """Does it matter whether this child moves about alone? Under two, or disabled, it does."""
    if is_unborn(child):
        return False
    years = years_old(child, on=on)
    return child.get("disabled") == "yes" or (years is not None and years < MOVES_BY_ITSELF_FROM)


def years_old(child: Mapping[str, Any], *, on: date) -> int | None:
    """Completed years on that day by what is answered so far; None when that cannot be said."""
    if value_at(child, "age.kind") == "age":
        typed = str(value_at(child, "age.age_years")).strip()
        return int(typed) if typed.isdecimal() else None
    born = day_of(value_at(child, "age.date_of_birth"))
    return completed_years(born, on=on) if born else None


def completed_years(born: date, *, on: date) -> int:
    """How old somebody is on that day, in completed years; 0 before the birth."""
    return max(on.year - born.year - ((on.month, on.day) < (born.month, born.day)), 0)


def day_of(answer: Any) -> date | None:
    """A real date written as `2017-03-09`; None for anything else."""
    try:
        return date.fromisoformat(answer)
    except (TypeError, ValueError):
        return None


# ---------------------------------------------------------------- ready to be sent

_NOT_KNOWN = {"missing": Gap.NOT_KNOWN.value}
_DOES_NOT_APPLY = {"missing": Gap.NOT_APPLICABLE.value}
_NOT_FOR_THE_UNBORN = (
    *("nhs_number", "upn", "school", "year_group", "special_needs", "health_visitor"),
    *("language", "communication", "religion", "nationality", "gender_identity"),
)
_FINDS_THE_REFERRER = ("job_title", "organisation", "team", "telephone", "email", "address")


def as_sent(answers: Mapping[str, Any]) -> Answers:
    """The answers as they are sent: rows left blank are dropped, and a question that does not
    apply is said so, though something was typed there before another answer was changed. What
    has not the shape of a contact is left for `problems_of` to name.
    """
    whole: Answers = deepcopy(dict(answers))
    for section, tidied in _TIDIED.items():
        if isinstance(whole.setdefault(section, {}), dict):
            whole[section] = tidied(whole[section])
    for section, tidied in _TIDIED_ROWS.items():
        if rows_of(whole, section) or whole.get(section) == []:
            rows = whole[section] if section == "children" else filled_rows(whole[section])
            whole[section] = [tidied(row) if isinstance(row, dict) else row for row in rows]
    whole["handed_over"] = _handed_over(whole.get("handed_over"))
    if whole.get("channel", Channel.PORTAL) in list(SENT_BY_THEMSELVES):  # it may be anything
        whole.pop("received_at", None)
    return _with_words_of_notice(whole)


def _with_words_of_notice(whole: Answers) -> Answers:
    """Where a notice says all there is, its text is the worry."""
    text, concern = value_at(whole, "notice.text"), whole.get("concern")
    if isinstance(text, str) and isinstance(concern, dict) and is_blank(concern.get("worry")):
        return {**whole, "concern": {**concern, "worry": text}}
    return whole


def rows_of(answers: Mapping[str, Any], section: str) -> list[Any]:
    """The rows of a section as far as answered; none if there is no list."""
    rows = answers.get(section)
    return rows if isinstance(rows, list) else []


def filled_rows(rows: Any) -> list[Answers]:
    """The rows in which something is answered; none if there is no list."""
    return [row for row in rows if not is_blank(row)] if isinstance(rows, list) else []


def _danger(danger: Answers) -> Answers:
    unasked = {}
    if danger.get("in_danger_now") == "no":
        unasked = {"what_is_happening": _DOES_NOT_APPLY, "steps_taken": _DOES_NOT_APPLY}
    if danger.get("safe_adult_named") in ("no", "not_known"):
        unasked["safe_adult"] = _DOES_NOT_APPLY
    return {**danger, **unasked}


def _referrer(referrer: Answers) -> Answers:
    """Whoever wishes to stay anonymous is asked for nothing by which she could be found."""
    if referrer.get("kind") != ReferrerKind.ANONYMOUS:
        return referrer
    unasked: Answers = dict.fromkeys(_FINDS_THE_REFERRER, _DOES_NOT_APPLY)
    return {**referrer, **unasked, "name": "Anonymous"}


def _child(child: Answers) -> Answers:
    named = {"given_names": _NOT_KNOWN, "family_name": _NOT_KNOWN, **child}
    if isinstance(child.get("aliases", []), list):
        named["aliases"] = [_alias(alias) for alias in filled_rows(child.get("aliases"))]
    if child.get("had_help") != "yes":
        named["help_before"] = []
    if child.get("disabled") != "yes":
        named |= {"disabilities": [], "disability": _DOES_NOT_APPLY}
    named["relations"] = _filled(child.get("relations"))
    named["home"] = _home(child.get("home"))
    if not is_unborn(child):
        return named
    unasked: Answers = dict.fromkeys(_NOT_FOR_THE_UNBORN, _DOES_NOT_APPLY)
    unasked |= {"sex": "U", "moves_independently": "not_asked", "ethnicity": None}
    unasked |= {"education": None, "attendance": None, "interpreter_needed": "not_asked"}
    return {**named, **unasked}


def _alias(alias: Any) -> Any:
    if not isinstance(alias, dict):
        return alias
    return {"given_names": _NOT_KNOWN, "family_name": _NOT_KNOWN, **alias}


def _home(home: Any) -> Any:
    """A home in which something is said, with the homes before it that were filled in."""
    if not isinstance(home, dict) or "previous" not in home:
        return home or {}
    return {**home, "previous": _filled(home["previous"])}


def _adult(adult: Answers) -> Answers:
    home = None if is_blank(adult.get("home")) else adult["home"]
    return {**adult, "relations": _filled(adult.get("relations")), "home": home}


def _event(event: Answers) -> Answers:
    return {**event, "when": "Date not known" if is_blank(event.get("when")) else event["when"]}


def _kept(part: Answers) -> Answers:
    whom = "Not said" if is_blank(part.get("keep_from")) else part["keep_from"]
    return {**part, "keep_from": whom}


def _concern(concern: Answers) -> Answers:
    main, others = concern.get("main"), concern.get("others") or []
    if not isinstance(others, list):
        return concern
    named = {**concern, "others": [code for code in others if code != main]}
    if "sources" in concern:
        named["sources"] = _filled(concern["sources"], lambda row: _is_of(row, [main, *others]))
    return named


def _is_of(source: Any, worries: list[Any]) -> bool:
    """Does this say how one of the worries is known? What has another shape stays, to be named."""
    return not isinstance(source, dict) or bool(
        source.get("known") and source.get("worry") in worries
    )


def _filled(rows: Any, wanted: Callable[[Any], bool] = lambda _: True) -> Any:
    """The rows in which something is answered; what is no list is left to be named."""
    if rows is None or isinstance(rows, list):
        return [row for row in filled_rows(rows) if wanted(row)]
    return rows


def _handed_over(told: Any) -> Any:
    """That another authority was told; which one may be left open, as everything else of it."""
    if is_blank(told):
        return None
    return {**told, "to": "Not named"} if _is_unnamed(told) else told


def _is_unnamed(told: Any) -> bool:
    return isinstance(told, dict) and is_blank(told.get("to"))


def _told(row: Answers) -> Answers:
    """Nobody is kept from sending because a question about agreement was left open."""
    told = {"told": "not_known", "agreement": "not_asked", **row}
    told["person"] = "Not named" if is_blank(row.get("person")) else row["person"]
    if told["agreement"] == "given":
        return {**told, "why_not": None}
    return {**told, "agreed_to": []}


_TIDIED: dict[str, Callable[[Answers], Answers]] = {
    "danger": _danger,
    "referrer": _referrer,
    "concern": _concern,
}
_TIDIED_ROWS: dict[str, Callable[[Answers], Answers]] = {
    "children": _child,
    "household": _adult,
    "told_and_agreed": _told,
    "chronology": _event,
    "kept_from": _kept,
}
