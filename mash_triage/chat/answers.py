"""The answers of a draft, from what was understood: the same shape that the form fills."""

from typing import Any

from mash_triage.chat.parts import placed, told_rows
from mash_triage.chat.state import Fact, Talk
from mash_triage.contacts.answers import Answers, value_at, with_value
from mash_triage.contacts.shapes import MOST_WORDS

LONGEST_LINE = 300
WORDS = frozenset(
    [
        "concern.worry",
        "concern.working_well",
        "concern.needs_to_happen",
        "concern.help_so_far",
        "danger.injuries",
        "danger.medical_help",
        "danger.steps_taken",
        "risk_to_staff.words",
        "said",
        "observed",
        "disability",
        "needs",
        "in_their_words",
        "why_not_words",
        "kept_from[0].words",
        "referrer.why_anonymous",
    ]
)


UNKNOWN = "_unknown:"
NOT_KNOWN = {
    "where_now": "children[0].where_now",
    "address": "children[0].home.address_line",
    "school": "children[0].school",
    "working_well": "concern.working_well",
    "needs": "concern.needs_to_happen",
}
"""Answers of which it can be said that they are not known, by the question."""


def answers_of(talk: Talk) -> Answers:
    """What was understood, as partial answers of a contact."""
    rows: dict[str, list[Any]] = {
        "children": [*talk.child_numbers()],
        "household": [*talk.adult_numbers()],
        "told_and_agreed": told_rows(talk),
    }
    answers: Answers = {name: [{} for _ in each] for name, each in rows.items() if each}
    for path, fact in placed(talk):
        answers = _with(answers, path, fact, talk)
    for n, who in enumerate(talk.child_numbers()):
        answers = _with_age(answers, n, talk, who)
    for n, who in enumerate(talk.adult_numbers()):
        kin = next((one.kin for one in talk.people if one.number == who), "")
        if value_at(answers, f"household[{n}].name") is None:
            answers = with_value(answers, f"household[{n}].name", (kin or "not named").capitalize())
        if value_at(answers, f"household[{n}].relationship") is None:
            answers = with_value(
                answers, f"household[{n}].relationship", kin.capitalize() or "Not known"
            )
    for n, row in enumerate(told_rows(talk)):
        answers = with_value(answers, f"told_and_agreed[{n}].person", _person(answers, talk, row))
    return _danger(_voice(_not_known(answers, talk)), talk)


def _not_known(answers: Answers, talk: Talk) -> Answers:
    """What was said to be not known is so, unless it was said after all."""
    for fact in talk.facts:
        path = NOT_KNOWN.get(fact.what.removeprefix(UNKNOWN)) if UNKNOWN in fact.what else None
        is_there = path is not None and (path.startswith("concern") or talk.child_numbers())
        if path and is_there and value_at(answers, path) is None:
            answers = with_value(answers, path, {"missing": "not_known"})
    return answers


def _with(answers: Answers, path: str, fact: Fact, talk: Talk) -> Answers:
    if fact.what.startswith("event"):
        row = path.removesuffix(".what")
        answers = with_value(answers, f"{row}.when", str(fact.value[0])[:LONGEST_LINE])
        return with_value(answers, f"{row}.what", fact.value[1])
    if path.endswith(
        (
            ".age.date_of_birth",
            ".age.age_years",
            ".age.age_months",
            ".age.expected_date",
            ".age.gestation_weeks",
        )
    ):
        return answers
    if fact.to is not None:
        of = talk.child_numbers().index(fact.to)
        answers = with_value(answers, path.replace(".relationship", ".child"), of)
    elif path.endswith("relations[0].relationship") and path.startswith("children"):
        answers = with_value(answers, path.replace(".relationship", ".child"), 0)
    value: Any = fact.value
    if fact.what == "relation":
        value = str(value).capitalize()
    long = path in WORDS or path.rsplit(".", 1)[-1] in WORDS
    if isinstance(value, str):
        before = value_at(answers, path)
        if (
            isinstance(before, str)
            and fact.what != "told"
            and before != value
            and value not in before
        ):
            value = f"{before}\n{value}" if long else f"{before}; {value}"
        value = value[: MOST_WORDS if long else LONGEST_LINE]
    return with_value(answers, path, value)


def _with_age(answers: Answers, n: int, talk: Talk, who: int) -> Answers:
    born, expected = talk.value("dob", who), talk.value("expected", who)
    weeks, months, years = (talk.value(what, who) for what in ("weeks", "age_months", "age_years"))
    age: dict[str, Any] | None = None
    if born:
        age = {
            "kind": "born",
            "date_of_birth": born,
            "estimated": bool(talk.value("dob_estimated", who)),
        }
    elif expected or weeks:
        age = {"kind": "unborn"}
        age |= {"expected_date": expected} if expected else {}
        age |= {"gestation_weeks": weeks} if weeks else {}
    elif months is not None:
        age = {"kind": "age", "age_years": months // 12, "age_months": months}
    elif years is not None:
        age = {"kind": "age", "age_years": years}
    return answers if age is None else with_value(answers, f"children[{n}].age", age)


def _person(answers: Answers, talk: Talk, row: int | str) -> str:
    if row == "parents":
        return "The parents"
    if row == "child":
        return "The child"
    adults = talk.adult_numbers()
    if row in adults:
        return str(value_at(answers, f"household[{adults.index(int(row))}].name"))
    return "Not named"


def _voice(answers: Answers) -> Answers:
    """What the children said, once more where the worry asks for it."""
    rows = answers.get("children") or []
    said = [s for child in rows if isinstance(child, dict) and (s := value_at(child, "voice.said"))]
    return (
        with_value(answers, "concern.child_voice", "\n".join(said)[:MOST_WORDS])
        if said
        else answers
    )


def _danger(answers: Answers, talk: Talk) -> Answers:
    if talk.danger_at_turn is not None:
        words = talk.turns[talk.danger_at_turn - 1]
        answers = with_value(answers, "danger.in_danger_now", "yes")
        return with_value(answers, "danger.what_is_happening", words[:MOST_WORDS])
    return answers


def changes_between(before: Answers, after: Answers, path: str = "") -> dict[str, Any]:
    """The answers that differ, by their paths: what a turn has to write and nothing else. What is
    not understood any more becomes blank.
    """
    changes: dict[str, Any] = {}
    for key in [*after, *(key for key in before if key not in after)]:
        here = f"{path}.{key}" if path else key
        changes |= _differ(before.get(key), after.get(key), here)
    return changes


def _differ(old: Any, new: Any, path: str) -> dict[str, Any]:
    if old == new:
        return {}
    if isinstance(new, dict) and (old is None or isinstance(old, dict)) and "kind" not in new:
        return changes_between(old or {}, new, path)
    if isinstance(new, list) and (old is None or isinstance(old, list)):
        rows: dict[str, Any] = {}
        for n in range(max(len(new), len(old or []))):
            was = old[n] if old and n < len(old) else None
            now = new[n] if n < len(new) else None
            rows |= _differ(was, now if now is not None else {}, f"{path}[{n}]")
        return rows
    return {path: new}
