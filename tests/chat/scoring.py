"""How well the chat understood conversations whose facts were written down beforehand.

The labels' names (tests/data/conversations/FIELDS.md) are mapped here, once, to the schema's.
Children, people and chronology lines are aligned by best fit, never by number.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from mash_triage.chat.tidy import folded, plain

CHILD = {
    "given_names": "given_names", "family_name": "family_name", "aliases": "aliases",
    "dob": "age.date_of_birth", "age_years": "age.age_years", "age_months": "age.age_months",
    "expected_date": "age.expected_date", "gestation_weeks": "age.gestation_weeks", "sex": "sex",
    "gender_identity": "gender_identity", "ethnicity": "ethnicity", "religion": "religion",
    "nationality": "nationality", "upn": "upn", "nhs_number": "nhs_number",
    "first_language": "language", "interpreter_needed": "interpreter_needed",
    "communication": "communication", "disability": "disability",
    "independently_mobile": "moves_independently", "sen": "special_needs", "setting": "school",
    "year_group": "year_group", "attendance": "attendance", "gp": "gp",
    "health_visitor": "health_visitor", "midwife": "midwife", "legal_status": "legal_status",
    "cp_plan": "legal_status", "allocated_worker": "allocated_worker", "location_now": "where_now",
    "with_now": "with_now", "next_contact_with_source": "sees_source_next",
    "address_line": "home.address_line", "postcode": "home.postcode",
    "address_since": "home.since", "previous_address": "home.previous",
    "address_confidential": "home.confidential", "voice": "voice.said",
    "voice_said_to": "voice.to_whom", "voice_when": "voice.when",
    "voice_seen_alone": "voice.seen_alone", "voice_observed": "voice.observed",
    "relationship_to": "relations",
}  # fmt: skip
ADULT = {
    "name": "name", "dob": "date_of_birth", "age_years": "age_years",
    "relationship_to": "relationship", "lives_there": "lives_with_child",
    "parental_responsibility": "parental_responsibility", "phone": "telephone", "work": "work",
    "source_of_harm": "worry_about_them", "language": "language", "needs": "needs",
    "address_line": "home.address_line", "postcode": "home.postcode",
    "whereabouts": "whereabouts", "knows_of_contact": "told", "agrees": "agreement",
    "view": "in_their_words",
}  # fmt: skip
CONTACT = {
    "referrer.name": "referrer.name", "referrer.role": "referrer.job_title",
    "referrer.agency": "referrer.organisation", "referrer.team": "referrer.team",
    "referrer.phone": "referrer.telephone", "referrer.email": "referrer.email",
    "referrer.relationship_to_child": "referrer.relationship_to_child",
    "referrer.last_saw_child": "referrer.last_seen",
    "referrer.anonymous": "referrer.wishes_anonymity",
    "referrer.anonymous_reason": "referrer.why_anonymous",
    "concern.what_happened": "concern.worry", "concern.since": "concern.since",
    "concern.first_hand": "concern.first_hand", "concern.told_by": "concern.told_by",
    "concern.working_well": "concern.working_well",
    "concern.needs_to_happen": "concern.needs_to_happen", "concern.scale": "concern.scale",
    "concern.level_thought": "concern.level_thought", "safety.injuries": "danger.injuries",
    "safety.medical": "danger.medical_help", "safety.steps_taken": "danger.steps_taken",
    "safety.reference": "danger.reference", "help.so_far": "concern.help_so_far",
    "consent.parents_aware": "parents.told", "consent.parents_agree": "parents.agreement",
    "consent.not_told_reason": "telling.why_not_words",
    "consent.parents_view": "telling.in_their_words",
    "consent.child_view": "telling.in_their_words",
    "staff_risk": "risk_to_staff.words", "restricted.text": "kept_from.words",
    "restricted.from": "kept_from.keep_from",
    "declaration.dsl_informed": "declaration.lead_informed",
}  # fmt: skip
SAME = {
    "first_hand": "saw_or_heard", "told": "told_by", "both": "mixed", "gran": "grandmother",
    "aunt or uncle": "aunt", "paternal grandmother": "grandmother",
    "maternal grandmother": "grandmother", "uncle or aunt": "aunt or uncle",
}  # fmt: skip
FREE = {
    "referrer.anonymous_reason",
    "children.communication",
    "children.disability",
    "children.sen",
    "children.location_now",
    "children.with_now",
    "children.next_contact_with_source",
    "children.previous_address",
    "children.voice",
    "children.voice_said_to",
    "children.voice_observed",
    "people.work",
    "people.needs",
    "people.whereabouts",
    "people.view",
    "concern.what_happened",
    "concern.told_by",
    "concern.working_well",
    "concern.needs_to_happen",
    "chronology.event",
    "safety.injuries",
    "safety.medical",
    "safety.steps_taken",
    "help.so_far",
    "consent.not_told_reason",
    "consent.parents_view",
    "consent.child_view",
    "staff_risk",
    "restricted.text",
    "restricted.from",
}
"""The fields marked (t) in FIELDS.md: free text, compared by what it contains."""

PARENTS = {"mother", "father", "parent", "stepmother", "stepfather"}


@dataclass
class Score:
    """What was found in some conversations."""

    stated: int = 0
    captured: int = 0
    invented: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    dangers: int = 0
    recognised: int = 0
    late: list[str] = field(default_factory=list)
    false_danger: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    by_field: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Captured of stated."""
        return self.captured / max(self.stated, 1)

    @property
    def median_turns(self) -> float:
        """Turns of the middle conversation."""
        return sorted(self.turns)[len(self.turns) // 2] if self.turns else 0


def score(conversations: list[dict[str, Any]], lines: list[dict[str, Any]]) -> Score:
    """The figures of these conversations against what the chat understood of them."""
    found, by_id = Score(), {line["id"]: line for line in lines}
    for one in conversations:
        _score_one(one, by_id[one["id"]], found)
    return found


def _score_one(one: dict[str, Any], line: dict[str, Any], found: Score) -> None:
    labels, name = one["expected"], one["id"]
    ours = _Ours(line["facts"])
    where = _aligned(labels["facts"], ours)
    for label in labels["facts"]:
        found.stated += 1
        if _is_there(label, ours, where):
            found.captured += 1
        else:
            found.missed.append(
                f"{name} t{label.get('turn')} {label['field']} = {_said(label, label)[0]}"
            )
            found.by_field[re.sub(r"\[\d+\]", "", label["field"])] += 1
    everything = folded(" ".join(plain(turn) for turn in one["turns"]))
    for fact in line["facts"]:
        if folded(str(fact["words"])) not in everything:
            found.invented.append(f"{name} unsupported {fact['field']} {fact['value']!r}")
    for label in labels.get("not_captured") or ():
        if not isinstance(label, dict) or "field" not in label:
            continue
        if label.get("check") == "by_reading":
            continue
        exact = label.get("match") == "contains"
        if "value" in label and _way(label["field"], label["value"], exact, ours, where):
            found.invented.append(
                f"{name} {label['field']} = {_said(label, label)[0]} ({label.get('why')})"
            )
    _score_danger(name, line, labels, found)
    found.turns.append(line["turns_used"])


def _score_danger(
    name: str, line: dict[str, Any], labels: dict[str, Any], found: Score
) -> None:
    """Danger is recognised when the numbers stand first, whether it was heard or asked about. A
    question where none was is a doubt, no false danger.
    """
    heard, doubt, due = line["danger_at_turn"], line["doubt_at_turn"], labels["danger_at_turn"]
    at = min(filter(None, (heard, doubt)), default=None)
    if labels["danger"]:
        found.dangers += 1
        earliest = labels.get("danger_earliest") or due
        if at is None or at > due:
            found.late.append(f"{name} due {due}, at {at}")
        else:
            found.recognised += 1
            if heard is not None and heard < earliest:
                found.false_danger.append(f"{name} early: {heard} before {earliest}")
    elif heard is not None:
        found.false_danger.append(f"{name} at {heard}")
    elif doubt is not None:
        found.doubted.append(f"{name} at {doubt}")


class _Ours:
    """The facts of one line, by the kind of thing they are about."""

    def __init__(self, facts: list[dict[str, Any]]) -> None:
        self.children: dict[int, list[tuple[str, Any]]] = {}
        self.adults: dict[int, list[tuple[str, Any]]] = {}
        self.contact: list[tuple[str, Any]] = []
        self.events: list[Any] = []
        telling: dict[int, list[tuple[str, Any]]] = {}
        persons: dict[int, Any] = {}
        for fact in facts:
            path, value = fact["field"], fact["value"]
            one = re.match(
                r"(children|household|told_and_agreed|chronology|kept_from)\[(\d+)\]\.(.+)", path
            )
            if one is None:
                self.contact.append((path, value))
                continue
            part, number, rest = one[1], int(one[2]), re.sub(r"\[\d+\](\..*)?$", "", one[3])
            if part == "children":
                self.children.setdefault(number, []).append((rest, value))
            elif part == "household":
                kind = f"relations:{fact['child']}" if "child" in fact else rest
                self.adults.setdefault(number, []).append((kind, value))
            elif part == "told_and_agreed":
                telling.setdefault(number, []).append((rest, value))
                persons[number] = fact.get("about")
            elif part == "chronology":
                self.events.append(value)
            else:
                self.contact.append((f"kept_from.{rest}", value))
        for number, said in telling.items():
            about = persons[number]
            who = int(about.split(":")[1]) if about and about.startswith("household") else None
            kin = (
                next((v for k, v in self.adults.get(who, []) if k == "relationship"), "")
                if who is not None
                else ""
            )
            for rest, value in said:
                self.contact.append((f"telling.{rest}", value))
                if who is not None:
                    self.adults.setdefault(who, []).append((rest, value))
                if who is None or kin in PARENTS:
                    self.contact.append((f"parents.{rest}", value))
                if who is None:
                    self.contact.append((f"anybody.{rest}", value))


Where = dict[str, dict[int, int]]


def _aligned(labels: list[dict[str, Any]], ours: _Ours) -> Where:
    """For each labelled child and person, ours that fits best."""
    return {
        "children": _best(labels, "children", ours.children, ours),
        "people": _best(labels, "people", ours.adults, ours),
    }


def _best(
    labels: list[dict[str, Any]], part: str, there: dict[int, Any], ours: _Ours
) -> dict[int, int]:
    wanted = sorted(
        {int(m[1]) for label in labels if (m := re.match(rf"{part}\[(\d+)\]", label["field"]))}
    )
    weights = {
        (want, have): sum(
            (3 if re.search(r"name|relationship", label["field"]) else 1)
            for label in labels
            if label["field"].startswith(f"{part}[{want}]")
            and _is_there(
                label, ours, {"children": {want: have}, "people": {want: have}, "loose": {}}
            )
        )
        for want in wanted
        for have in there
    }
    best: dict[int, int] = {}
    if len(wanted) <= 5 and len(there) <= 6:
        slots = [*there, *([None] * len(wanted))]
        top = -1
        for choice in dict.fromkeys(permutations(slots, len(wanted))):
            total = sum(
                weights.get((w, h), 0) for w, h in zip(wanted, choice, strict=True) if h is not None
            )
            if total > top:
                top, best = (
                    total,
                    {w: h for w, h in zip(wanted, choice, strict=True) if h is not None},
                )
        return best
    for (want, have), _weight in sorted(weights.items(), key=lambda item: -item[1]):
        if want not in best and have not in best.values():
            best[want] = have
    return best


def _is_there(label: dict[str, Any], ours: _Ours, where: Where) -> bool:
    """Is a labelled fact among ours: in its field, or in one that is as good?"""
    ways = [label, *({"field": label["field"], **each} for each in label.get("accept") or ())]
    if _free(ways[0]["field"]) and "value" in label and "match" not in label:
        ways += [{key: value for key, value in way.items() if key != "value"} for way in ways]
        bare = {key: value for key, value in label.items() if key != "value"}
        if any(
            _way(way["field"], *_said(way, bare), ours, where) for way in ways if "value" not in way
        ):
            return True
    return any(_way(way["field"], *_said(way, label), ours, where) for way in ways)


def _free(path: str) -> bool:
    return re.sub(r"\[(?:\d+|\*)\]", "", path) in FREE


def _said(way: dict[str, Any], label: dict[str, Any]) -> tuple[Any, bool]:
    """The value of a label, and whether it is enough that ours contains it: so it is where the
    label says so, where it gives the words alone, and for free text.
    """
    if "value" not in way and "value" not in label:
        return way.get("words", label.get("words")), True
    contains = "contains" in (way.get("match"), label.get("match"))
    return way.get("value", label.get("value")), contains or _free(way["field"])


def _way(path: str, value: Any, contains: bool, ours: _Ours, where: Where) -> bool:
    one = re.match(r"(children|people|chronology)\[(\d+|\*)\]\.([a-z_]+)(?:\[(\d+)\])?", path)
    if one is None:
        mine = CONTACT.get(path)
        return any(_equal(value, v, contains) for k, v in ours.contact if k == mine)
    part, row, name = one[1], one[2], one[3]
    if part == "chronology":
        if name == "date":
            return any(
                str(value) in (str(e[0]), str(e[-1])) or str(e[-1]).startswith(str(value))
                for e in ours.events
            )
        return any(folded(str(value)) in folded(str(e[1])) for e in ours.events)
    there = ours.children if part == "children" else ours.adults
    names = CHILD if part == "children" else ADULT
    rows = list(there) if row == "*" else [where.get(part, {}).get(int(row))]
    for each in rows:
        if each is None:
            continue
        for key, said in there.get(each, ()):
            if key == names.get(name) and _equal(
                value, said, contains or name in {"previous_address", "aliases", "work"}
            ):
                return True
        if name == "relationship_to" and part == "people" and one[4] is not None:
            child = where.get("children", {}).get(int(one[4]), int(one[4]))
            if any(
                k == f"relations:{child}" and _equal(value, v, contains)
                for k, v in there.get(each, ())
            ):
                return True
        if name == "relationship_to" and part == "children" and int(each) == 0:
            return any(
                _equal(value, said, contains) for k, said in there.get(each, ()) if k == "relations"
            )
    return False


def _equal(value: Any, said: Any, contains: bool) -> bool:
    if isinstance(value, bool):
        yes = {"yes": True, "no": False, "given": True, "refused": False, True: True, False: False}
        return yes.get(said) is value
    a, b = folded(str(value)), folded(str(said))
    a, b = SAME.get(str(value), a), SAME.get(str(said), b)
    if str(value) == "told":
        return str(said) in {"told_by_child", "told_by_other"}
    a, b = folded(a), folded(b)
    if contains:
        return a in b or a.replace(" ", "") in b.replace(" ", "")
    squeezed = a.replace(" ", "") == b.replace(" ", "")
    return squeezed or (
        bool(re.match(r"\d{4}-\d\d$", str(value))) and str(said).startswith(str(value))
    )
