"""Who is in the conversation, while a turn is read: found by name, by relation, by pronoun."""

from dataclasses import replace
from datetime import date
from typing import Any

from mash_triage.chat.state import Fact, Role, Someone, Talk
from mash_triage.chat.words.vocabulary import FEMALE, MALE
from mash_triage.matching.nicknames import are_forms_of_one_name

PARENTS = frozenset({"mother", "father", "parent", "stepmother", "stepfather"})
SIBLINGS = frozenset(
    [
        "brother",
        "sister",
        "sibling",
        "twin",
        "half-brother",
        "half-sister",
        "stepbrother",
        "stepsister",
    ]
)
MANY = frozenset(
    [
        "worry",
        "injuries",
        "medical",
        "steps",
        "working_well",
        "needs",
        "help_so_far",
        "staff_risk",
        "parents_view",
        "child_view",
        "not_told_reason",
        "restricted_text",
        "observed",
        "said",
        "whereabouts",
        "people_needs",
        "work",
        "reference",
        "aliases",
        "told_by",
        "restricted_from",
        "view",
        "where_now",
        "with_now",
        "disability",
    ]
)
"""Answers that grow by what is said; every other is replaced."""


class Cast:
    """The people and facts of a conversation, as they change while a turn is read."""

    def __init__(self, talk: Talk, turn: int, today: date) -> None:
        self.talk, self.turn, self.today = talk, turn, today
        self.people: dict[int, Someone] = {one.number: one for one in talk.people}
        self.facts: list[Fact] = list(talk.facts)
        self.recent: list[int] = self._by_last_word(talk)
        self.owner: int | None = None

    def _by_last_word(self, talk: Talk) -> list[int]:
        """The people, the one of whom something was said last at the end."""
        last = dict.fromkeys(self.people, 0)
        for fact in talk.facts:
            if fact.who in last:
                last[fact.who] = fact.turn
        order = sorted(last, key=lambda who: (last[who], who == talk.focus))
        return [who for who in order if who != talk.focus] + (
            [talk.focus] if talk.focus in last else []
        )

    # ------------------------------------------------------------ facts

    def note(
        self, what: str, value: Any, words: str, who: int | None = None, to: int | None = None
    ) -> None:
        """Keep a fact; the latest stands, except where answers grow."""
        fact = Fact(what, value, self.turn, words.strip(), who, to)
        same = [f for f in self.facts if (f.what, f.who, f.to) == (what, who, to)]
        if what in MANY:
            if any(f.value == value for f in same):
                return
        else:
            self.facts = [f for f in self.facts if f not in same]
        self.facts.append(fact)

    def value(self, what: str, who: int | None = None) -> Any:
        """What is known under this name, the latest."""
        return next((f.value for f in reversed(self.facts) if (f.what, f.who) == (what, who)), None)

    def drop(self, what: str, who: int | None = None) -> None:
        """Take back what was understood under this name."""
        self.facts = [f for f in self.facts if (f.what, f.who) != (what, who)]

    # ------------------------------------------------------------ people

    def children(self) -> list[int]:
        """The children, in the order of mention."""
        return [n for n, one in self.people.items() if one.role == "child"]

    def adults(self) -> list[int]:
        """Everybody else, in the order of mention."""
        return [n for n, one in self.people.items() if one.role == "adult"]

    def new(self, role: Role, kin: str = "", sex: str = "") -> int:
        """Somebody not mentioned before."""
        number = max(self.people, default=-1) + 1
        self.people[number] = Someone(number, role, kin, sex)
        self.look_at(number)
        return number

    def change(self, who: int, **changes: Any) -> None:
        """The same person, seen otherwise: a role, a relation, a sex."""
        self.people[who] = replace(self.people[who], **changes)

    def forget(self, who: int) -> None:
        """Take somebody back."""
        self.people.pop(who, None)
        self.facts = [f for f in self.facts if who not in (f.who, f.to)]
        self.recent = [n for n in self.recent if n != who]

    def look_at(self, who: int) -> None:
        """This is who was mentioned last."""
        self.recent = [*(n for n in self.recent if n != who), who]

    def names_of(self, who: int) -> list[str]:
        """The words of somebody's names, in lower case."""
        found = []
        for what in ("given_names", "family_name", "name", "aliases"):
            found += [
                w
                for f in self.facts
                if (f.what, f.who) == (what, who)
                for w in f.value.lower().split()
            ]
        return found

    def first_name(self, who: int) -> str:
        """The name by which somebody is called, if any is known."""
        for what in ("given_names", "name", "aliases"):
            if said := self.value(what, who):
                return str(said).split()[0].lower()
        return ""

    def known_names(self) -> frozenset[str]:
        """Every name said so far, in lower case."""
        return frozenset(
            word
            for f in self.facts
            if f.what in {"given_names", "name", "aliases", "family_name"}
            for word in f.value.lower().split()
            if len(word) > 2
        )

    def by_name(self, name: str) -> int | None:
        """Who is called this: the same first name, a form of it, or the same whole name."""
        words = name.lower().replace("'s", "").split()
        first = words[0]
        for shorter in (first, first.removesuffix("s")):
            for who in reversed([*self.people]):
                one = self.first_name(who)
                if one and one == shorter and self._surnames_agree(who, words):
                    return who
        if len(first) > 2:
            for who in self.people:
                one = self.first_name(who)
                parts = one.split("-")
                alike = one and (
                    are_forms_of_one_name(one, first)
                    or first in parts
                    or first in self.names_of(who)[:2]
                )
                if alike and self._surnames_agree(who, words):
                    return who
        if len(first) == 1:
            alike_ = [n for n in self.children() if self.first_name(n).startswith(first)]
            return alike_[0] if len(alike_) == 1 else None
        return None

    def _surnames_agree(self, who: int, words: list[str]) -> bool:
        if len(words) < 2:
            return True
        known = self.names_of(who)
        return len(known) < 2 or words[-1] in known or not self.value("family_name", who)

    def by_kin(self, relation: str, sex: str = "") -> int | None:
        """Who stands in this relation to the children; the one mentioned last."""
        order = [*reversed(self.recent), *self.people]
        for who in order:
            one = self.people.get(who)
            if one is None or who == self.owner:
                continue
            if one.kin == relation:
                return who
            both_siblings = relation in SIBLINGS and one.role == "child" and one.kin in SIBLINGS
            if both_siblings and (relation in {"sibling", "twin"} or one.sex == sex):
                return who
        return None

    def by_pronoun(self, word: str, *, child: bool = False) -> int | None:
        """Whom he, she or they means: whoever was mentioned last and may be meant."""
        if word == "i":
            return self.owner
        sex = {"he": MALE, "she": FEMALE}.get(word, "")
        for strict in (True, False):
            for who in reversed(self.recent):
                one = self.people.get(who)
                if one is None or (child and one.role != "child"):
                    continue
                if who == self.owner and word != "i" and len(self.people) > 1:
                    continue
                if sex and (one.sex == sex or (not strict and not one.sex)):
                    return who
        children = [n for n in self.children() if n != self.owner]
        if sex and len(children) == 1 and self.people[children[0]].sex in {"", sex}:
            return children[0]
        return None

    def subject(self) -> int | None:
        """The child who was mentioned last; the only one, if there is one."""
        for who in reversed(self.recent):
            if who in self.people and self.people[who].role == "child":
                return who
        return next(iter(self.children()), None)
