"""What a conversation is made of: what was understood, the words it came from, what was asked."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

Role = Literal["child", "adult"]


@dataclass(frozen=True)
class Fact:
    """One thing understood. `who` is the number of the person it is about, or None; `what` a name
    of `parts.py`; `to` the other person, for a relationship. `words` stand in that turn.
    """

    what: str
    value: Any
    turn: int
    words: str
    who: int | None = None
    to: int | None = None


@dataclass(frozen=True)
class Someone:
    """A person of the conversation, by a number that never changes."""

    number: int
    role: Role
    kin: str = ""
    sex: str = ""


@dataclass(frozen=True)
class Talk:
    """A conversation so far. `asked` are the codes of the questions put, in order; `pending` the
    one that waits for an answer; `closed` those that were skipped or are not known. `doubt_at_turn`
    sounded like danger: the numbers are shown from then on, and the person was asked once.
    """

    turns: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    people: tuple[Someone, ...] = ()
    asked: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    pending: str | None = None
    focus: int | None = None
    danger_at_turn: int | None = None
    doubt_at_turn: int | None = None
    finished: bool = False
    before: tuple[tuple[Fact, ...], tuple[Someone, ...]] | None = field(default=None, repr=False)

    @property
    def numbers_from_turn(self) -> int | None:
        """The turn from which 999 and the duty number stand first; None while they need not."""
        return min(filter(None, (self.danger_at_turn, self.doubt_at_turn)), default=None)

    def child_numbers(self) -> list[int]:
        """The numbers of the children, in the order of their first mention."""
        return [one.number for one in self.people if one.role == "child"]

    def adult_numbers(self) -> list[int]:
        """The numbers of the household and others, in the order of their first mention."""
        return [one.number for one in self.people if one.role == "adult"]

    def value(self, what: str, who: int | None = None) -> Any:
        """What is understood under this name, the latest; None when nothing is."""
        for fact in reversed(self.facts):
            if fact.what == what and fact.who == who:
                return fact.value
        return None

    def with_facts(self, facts: tuple[Fact, ...]) -> Self:
        """The same conversation with these facts in place of its own."""
        return replace(self, facts=facts)

    def as_json(self) -> dict[str, Any]:
        """The conversation as plain values, to be stored."""
        return {
            "turns": list(self.turns),
            "replies": list(self.replies),
            "facts": [_fact_out(fact) for fact in self.facts],
            "people": [_person_out(one) for one in self.people],
            "asked": list(self.asked),
            "closed": list(self.closed),
            "pending": self.pending,
            "focus": self.focus,
            "danger_at_turn": self.danger_at_turn,
            "doubt_at_turn": self.doubt_at_turn,
            "finished": self.finished,
            "before": None
            if self.before is None
            else {
                "facts": [_fact_out(fact) for fact in self.before[0]],
                "people": [_person_out(one) for one in self.before[1]],
            },
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """A stored conversation, as it was."""
        before = stored.get("before")
        return cls(
            turns=tuple(stored["turns"]),
            replies=tuple(stored["replies"]),
            facts=_facts_in(stored["facts"]),
            people=_people_in(stored["people"]),
            asked=tuple(stored["asked"]),
            closed=tuple(stored["closed"]),
            pending=stored["pending"],
            focus=stored["focus"],
            danger_at_turn=stored["danger_at_turn"],
            doubt_at_turn=stored.get("doubt_at_turn"),
            finished=stored["finished"],
            before=None
            if before is None
            else (_facts_in(before["facts"]), _people_in(before["people"])),
        )


def _fact_out(fact: Fact) -> list[Any]:
    return [fact.what, fact.value, fact.turn, fact.words, fact.who, fact.to]


def _person_out(one: Someone) -> list[Any]:
    return [one.number, one.role, one.kin, one.sex]


def _facts_in(stored: list[list[Any]]) -> tuple[Fact, ...]:
    return tuple(Fact(*each) for each in stored)


def _people_in(stored: list[list[Any]]) -> tuple[Someone, ...]:
    return tuple(Someone(*each) for each in stored)
