"""The talk and the form fill one draft: what the form says is taken over before a turn is read, and
what a turn adds is written beside it.

The people of the talk stand in the order of the draft's rows, so that a row is one person in both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mash_triage.chat.answers import WORDS, answers_of
from mash_triage.chat.parts import OF_ADULT, OF_CHILD, OF_CONTACT, OF_TELLING, placed
from mash_triage.chat.state import Fact, Role, Someone, Talk
from mash_triage.contacts.answers import Answers, is_blank, rows_of, value_at
from mash_triage.contacts.shapes import MOST_WORDS

FROM_FORM = 0
"""The turn of a fact that was written in the form."""

NAMES = ("given_names", "family_name", "name")
OF_PEOPLE: dict[Role, tuple[str, dict[str, str]]] = {
    "child": ("children", OF_CHILD),
    "adult": ("household", OF_ADULT),
}
SHOWN = {
    "child": ("given_names", "family_name", "sex", "dob", "age_years", "expected"),
    "adult": ("name", "relation"),
}
"""What of somebody whom only the form knows the talk must know: who it is."""


def taken_over(talk: Talk, held: Mapping[str, Any]) -> Talk:
    """The talk with what the form holds: people added and removed there, values put right there.
    After a change there is nothing left that an undo could take back.
    """
    after = _with_values(talk, held)
    for role in ("child", "adult"):
        after = _with_people(after, held, role)
    return talk if after == talk else replace(after, before=None)


def beside(changes: Mapping[str, Any], mine: Answers, held: Mapping[str, Any]) -> dict[str, Any]:
    """What a turn changed, as it is written to the draft: rows of a list that the form has begun
    come after them, and long words are added to what the form holds.
    """
    written: dict[str, Any] = {}
    for path, value in changes.items():
        path_held = _free_row(path, mine, held)
        written |= _rows_before(path_held, held, written)
        written[path_held] = _joined(path, value, mine, value_at(held, path_held))
    return written


def _rows_before(path: str, held: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """Empty rows for the children of whom nothing was said before one of whom something is."""
    section, _, rest = path.partition("[")
    if section != "children":
        return {}
    first, last = len(rows_of(held, section)), int(rest.partition("]")[0])
    empty = (f"{section}[{row}]" for row in range(first, last))
    return {row: {} for row in empty if not any(each.startswith(row) for each in written)}


def is_held(held: Mapping[str, Any], answered_by: Iterable[str], of: str) -> bool:
    """Does the form answer this already, of the contact, of its first child or of an adult?"""
    names = tuple(answered_by)
    if of in ("child", "adult"):
        section, paths = OF_PEOPLE["child" if of == "child" else "adult"]
        rows = rows_of(held, section)[: 1 if of == "child" else None]
        return any(_says(row, paths[name]) for row in rows for name in names if name in paths)
    told = [OF_TELLING[name] for name in names if name in OF_TELLING]
    told += ["why_not", "why_not_words"] if "not_told_reason" in names else []
    if any(_says(row, field) for row in rows_of(held, "told_and_agreed") for field in told):
        return True
    return any(_says(held, OF_CONTACT[name]) for name in names if name in OF_CONTACT)


def _says(row: Any, path: str) -> bool:
    return isinstance(row, Mapping) and not is_blank(value_at(row, path.split("[")[0]))


# ---------------------------------------------------------------- values put right in the form


def _with_values(talk: Talk, held: Mapping[str, Any]) -> Talk:
    mine = answers_of(talk)
    rows = {section: _matched(mine, held, section) for section, _ in OF_PEOPLE.values()}
    where = {id(fact): path for path, fact in placed(talk)}
    facts = []
    for fact in talk.facts:
        path = where.get(id(fact))
        kept = fact if path is None else _as_held(fact, path, mine, held, rows)
        if kept is not None:
            facts.append(kept)
    return talk.with_facts(tuple(facts))


def _as_held(
    fact: Fact,
    path: str,
    mine: Answers,
    held: Mapping[str, Any],
    rows: Mapping[str, Mapping[int, int]],
) -> Fact | None:
    """A fact with the value that the form now gives it; None where the form made it blank."""
    written = value_at(mine, path)
    if isinstance(fact.value, list) or not _same(written, fact.value):
        return fact  # an event, or words joined with others: they stay as they were said
    section, row = path.split("[")[0], path.partition("[")[2].partition("]")[0]
    if section in rows:
        if int(row) not in rows[section]:
            return fact  # its person goes
        path = f"{section}[{rows[section][int(row)]}]{path.partition(']')[2]}"
    elif section in ("told_and_agreed", "kept_from", "chronology"):
        return fact
    now = value_at(held, path)
    if _same(now, written):
        return fact
    if is_blank(now) and not (isinstance(now, bool) or now == 0):
        return None
    return replace(fact, value=now) if isinstance(now, (str, int)) else fact


def _same(one: Any, other: Any) -> bool:
    return str(one).casefold() == str(other).casefold()


# ---------------------------------------------------------------- people


def _with_people(talk: Talk, held: Mapping[str, Any], role: Role) -> Talk:
    """The people of the talk in the order of the form's rows: who was removed there goes, and who
    was added there is met.
    """
    section, _ = OF_PEOPLE[role]
    numbers = talk.child_numbers() if role == "child" else talk.adult_numbers()
    mine = answers_of(talk)
    places = _matched(mine, held, section)
    at_row = {row: numbers[mine_row] for mine_row, row in places.items()}
    facts, people = list(talk.facts), list(talk.people)
    unsaid = {
        who for who, row in zip(numbers, rows_of(mine, section), strict=False) if is_blank(row)
    }
    gone = set(numbers) - set(at_row.values()) - unsaid
    order: list[Someone] = []
    there = rows_of(held, section)
    last = max((row for row, answers in enumerate(there) if not _is_empty(answers)), default=-1)
    for row, answers in enumerate(there[: last + 1]):
        if row in at_row:
            order.append(next(one for one in people if one.number == at_row[row]))
        else:
            someone = _met(people + order, role, answers)
            order.append(someone)
            facts += _facts_about(someone, answers)
    order += [one for one in people if one.number in unsaid - set(at_row.values())]
    others = [one for one in people if one.role != role]
    known = {id(fact) for fact in talk.facts}
    kept = [f for f in facts if id(f) not in known or not gone & {f.who, f.to}]
    people = (
        [*others, *order] if gone or len(order) > len(numbers) or places_moved(places) else people
    )
    focus = None if talk.focus in gone else talk.focus
    return replace(talk, facts=tuple(kept), people=tuple(people), focus=focus)


def _is_empty(row: Any) -> bool:
    """A row in which nothing is said: the form's new child has only a kind of age."""
    if not isinstance(row, Mapping):
        return True
    age = row.get("age")
    said = (
        {key: value for key, value in age.items() if key != "kind"} if isinstance(age, dict) else {}
    )
    return is_blank({**row, "age": said})


def places_moved(places: Mapping[int, int]) -> bool:
    """Do the people stand in another order in the form?"""
    return any(mine != there for mine, there in places.items())


def _met(people: list[Someone], role: Role, row: Any) -> Someone:
    number = max((one.number for one in people), default=-1) + 1
    said = value_at(row, "relationship") if role == "adult" else None
    sex = str(value_at(row, "sex") or "")
    return Someone(number, role, said.casefold() if isinstance(said, str) else "", sex)


def _facts_about(someone: Someone, row: Any) -> list[Fact]:
    paths = OF_PEOPLE[someone.role][1]
    facts = []
    for what in SHOWN[someone.role]:
        value = value_at(row, paths[what])
        if isinstance(value, (str, int)) and not is_blank(value):
            value = value.casefold() if what == "relation" and isinstance(value, str) else value
            facts.append(Fact(what, value, FROM_FORM, str(value), someone.number))
    return facts


def _matched(mine: Answers, held: Mapping[str, Any], section: str) -> dict[int, int]:
    """Which row of the talk is which row of the form: by what they share, names before all; and
    the same place, where as many rows are left over on either side.
    """
    ours, theirs = rows_of(mine, section), rows_of(held, section)
    alike = sorted(
        (
            (_likeness(one, other), n == m, -n, -m)
            for n, one in enumerate(ours)
            for m, other in enumerate(theirs)
        ),
        reverse=True,
    )
    places: dict[int, int] = {}
    for likeness, _, n, m in alike:
        if likeness and -n not in places and -m not in places.values():
            places[-n] = -m
    left = [n for n in range(len(ours)) if n not in places]
    free = [m for m in range(len(theirs)) if m not in places.values()]
    if len(ours) == len(theirs):
        places |= {n: n for n in left if n in free}
    return places


def _likeness(one: Any, other: Any) -> int:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return 0
    same = [key for key in one if not is_blank(one[key]) and one[key] == other.get(key)]
    return sum(3 if key in NAMES else 1 for key in same)


# ---------------------------------------------------------------- written beside the form's words


def _free_row(path: str, mine: Answers, held: Mapping[str, Any]) -> str:
    """The path with each list's new rows counted on from those of the form."""
    done = ""
    rest = path
    while "[" in rest:
        head, _, rest = rest.partition("[")
        row, _, rest = rest.partition("]")
        listed = f"{done}{head}"
        ours, theirs = value_at(mine, listed) or [], value_at(held, listed) or []
        number = int(row)
        if listed not in ("children", "household") and isinstance(theirs, list):
            number = _row_there(number, ours, theirs)
        done = f"{listed}[{number}]"
    return done + rest


def _row_there(number: int, ours: list[Any], theirs: list[Any]) -> int:
    if number >= len(ours):
        return len(theirs) + number - len(ours)
    same = [n for n, row in enumerate(theirs) if _likeness(ours[number], row)]
    return number if number in same or not same else same[0]


def _joined(path: str, value: Any, mine: Answers, there: Any) -> Any:
    """Long words are not put in the place of what the form holds, but after it."""
    was = value_at(mine, path)
    is_long = path in WORDS or path.rsplit(".", 1)[-1] in WORDS or path in _COPIED
    if not is_long or not isinstance(there, str) or not isinstance(value, str):
        return value
    if is_blank(there) or there == was or value in there:
        return value if is_blank(there) or there == was else there
    new = value.removeprefix(was).strip() if isinstance(was, str) else value
    return f"{there}\n{new}"[:MOST_WORDS]


_COPIED = ("concern.child_voice", "danger.what_is_happening")
