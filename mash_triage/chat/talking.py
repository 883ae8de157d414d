"""The conversation: a turn is read, a wish is met, and one thing is asked."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Protocol

from mash_triage.chat.asking import (
    is_answered,
    name_of_child,
    next_question,
    question,
    understood_anything,
    worded,
)
from mash_triage.chat.commands import command_in, leaves
from mash_triage.chat.read import Context, read_turn
from mash_triage.chat.state import Fact, Talk
from mash_triage.chat.words.vocabulary import DATA

CALL_999 = (
    "If somebody is in danger now, please call 999 first. I have put the numbers at the top. "
    "What you have written is saved."
)
LEFT = "That is fine. Everything is saved, and you can go on where you stopped. Take care."
ALL_SAID = (
    "Thank you. That is all I need to ask. Please check it, change what is wrong, and send it."
)
_ADDED = (
    "I have added that.",
    "Thank you, that is in too.",
    "Added. You can check it all and send it whenever you are ready.",
)
BACK_AGAIN = "Welcome back. We go on where we stopped."
_NOT_DONE = re.compile(
    r"^(?:no+|nope|nah|nothing|no thanks?|no thank you|that'?s (?:it|all|everything"
    r"|me)|thats (?:it|all|everything|me)|that is all|done|finished|all done"
    r"|ok thank u bye|thank you.*|bye.*)[ .!]*$",
    re.IGNORECASE,
)
_OWN_DEED = re.compile(
    r"\bi (?:hit|slapped|shook|smacked|hurt|pushed|punched|grabbed"
    r"|lost it with) (?:him|her|them|my|the)\b|i might (?:hurt|hit|shake) (?:him|her"
    r"|them|my|the)",
    re.IGNORECASE,
)


SURELY = "surely"
"""The question that is asked once when something sounded like danger."""


class LanguageModel(Protocol):
    """A reader that an authority may attach beside this one: its own approved language model. It is
    given a turn and proposes facts; a fact whose words do not stand in the turn is thrown away.
    None is attached unless the authority does so.
    """

    def propose(self, talk: Talk, words: str, today: date) -> tuple[Fact, ...]:
        """Facts that this turn may say besides those understood already."""


def begin(context: Context) -> Talk:
    """A conversation that opens with safety."""
    first = question("danger")
    words = worded(first, Talk(), is_child=context.is_child)
    return Talk(asked=("danger",), pending="danger", replies=(words,))


def take_turn(
    talk: Talk, words: str, today: date, context: Context, model: LanguageModel | None = None
) -> Talk:
    """The conversation after this turn, with what is replied and asked next."""
    after = read_turn(talk, words, today, context)
    typed = after.turns[-1]
    if model is not None:
        after = _with_proposed(after, model.propose(after, typed, today))
    wish = command_in(typed)
    after = _answer_to_pending(talk, after, typed, wish)
    if talk.pending == "more" and _NOT_DONE.match(typed):
        return _replied(replace(after, finished=True, pending=None), ALL_SAID)
    if wish == "explain" and talk.pending:
        asked = question(talk.pending)
        return _replied(after, f"{asked.why} {_again(asked.code, after, context)}")
    if wish == "leave" or (wish is None and leaves(typed)):
        return _replied(after, _first(talk, after) + LEFT)
    if wish == "back":
        return _go_back(after, context)
    if wish == "form":
        return _replied(after, "Of course. Press Continue in the form: everything is filled in.")
    if wish == "silence":
        return _replied(after, f"Take your time. {_again(talk.pending, after, context)}")
    if wish == "resume":
        return _replied(after, f"{BACK_AGAIN} {_again(talk.pending, after, context)}")
    return _asked(talk, after, today, context, wish)


def _asked(talk: Talk, after: Talk, today: date, context: Context, wish: str | None) -> Talk:
    if wish == "undo":
        return _replied(
            after, f"I have taken the last thing back. {_again(talk.pending, after, context)}"
        )
    if after.doubt_at_turn == len(after.turns) and after.danger_at_turn is None:
        return _replied(replace(after, pending=SURELY), _again(SURELY, after, context))
    doubt = _doubt(after)
    if doubt:
        return _replied(after, _first(talk, after) + doubt)
    coming = next_question(after, today, is_child=context.is_child)
    aside = _aside(after.turns[-1]) if wish is None else ""
    understood = understood_anything(talk, after)
    if talk.pending and aside and not understood and not _first(talk, after):
        return _replied(after, f"{aside} {_again(talk.pending, after, context)}")
    if (
        talk.pending == "danger"
        and not understood
        and wish is None
        and talk.asked.count("danger") < 2
        and not _first(talk, after)
    ):
        again = replace(after, asked=(*after.asked, "danger"))
        return _replied(again, f"Hello. {_SAFE[context.is_child]}")
    opening = _first(talk, after) or (f"{aside} " if aside else _kind(talk, after, wish))
    if coming is None and talk.finished:
        return _replied(after, _first(talk, after) + _ADDED[len(after.turns) % len(_ADDED)])
    if coming is None:
        done = f"{opening}{_without_thanks(ALL_SAID)}"
        return _replied(replace(after, finished=True, pending=None), done)
    words = worded(coming, after, is_child=context.is_child)
    after = replace(after, pending=coming.code, asked=(*after.asked, coming.code))
    return _replied(after, f"{opening}{_without_thanks(words) if opening else words}")


def _first(talk: Talk, after: Talk) -> str:
    return f"{CALL_999} " if after.danger_at_turn and talk.danger_at_turn is None else ""


_SAFE = {
    True: "Are you safe where you are right now?",
    False: "Is a child, or anybody else, in danger right now? Yes or no is enough.",
}


@cache
def _asides() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = tomllib.loads((DATA / "asides.toml").read_text("utf-8"))
    return tuple(
        (re.compile(each["words"], re.IGNORECASE), each["reply"]) for each in table["aside"]
    )


def _aside(typed: str) -> str:
    """What is replied to something said to the chat itself; nothing when nothing is."""
    return next((reply for words, reply in _asides() if words.search(typed)), "")


def _kind(talk: Talk, after: Talk, wish: str | None) -> str:
    """A few words before the next question."""
    if wish in {"skip"}:
        return "No problem. "
    if wish == "unknown":
        return "That is all right. "
    if _OWN_DEED.search(after.turns[-1]):
        return "Thank you for being honest about that. Somebody will talk it through with you. "
    new = [fact for fact in after.facts if fact not in talk.facts]
    told = any(fact.what in {"worry", "said"} for fact in new)
    if told and not any(f.what == "worry" for f in talk.facts):
        return "Thank you for telling us. "
    if any(fact.what == "said" and '"' in fact.words for fact in new):
        return "Thank you, their own words matter. "
    thanks = ("Thank you. ", "I have that. ", "Thanks, that helps. ")
    return thanks[len(after.turns) % len(thanks)] if new else ""


def _without_thanks(words: str) -> str:
    return words.removeprefix("Thank you. ").removeprefix("That is fine. ")


def _doubt(after: Talk) -> str | None:
    """What has to be asked back, because it cannot be so or can be read in two ways."""

    def fresh(what: str) -> Fact | None:
        return next((f for f in after.facts if f.what == what and f.turn == len(after.turns)), None)

    if fresh("_future_birth"):
        return "That birth date is still to come. Is the baby not born yet, or is it another date?"
    if fresh("_apart"):
        return "I have two addresses there. Which child lives at which?"
    grown = next(
        (
            f
            for f in after.facts
            if f.what == "age_years"
            and f.turn == len(after.turns)
            and f.who in after.child_numbers()
            and int(f.value) >= 18
        ),
        None,
    )
    if grown:
        return (
            f"{name_of_child(after)} is {grown.value}, so adult services would help rather than "
            "us. If a younger child is there too, tell me about them; otherwise ring the "
            "duty number."
        )
    return None


def _again(code: str | None, talk: Talk, context: Context) -> str:
    return (
        ""
        if code is None
        else _without_thanks(worded(question(code), talk, is_child=context.is_child))
        .removeprefix("Hello. ")
        .removeprefix("Hi, thank you for writing to us. ")
    )


def _go_back(talk: Talk, context: Context) -> Talk:
    """To the question before this one; what is said now puts the answer right."""
    order = talk.asked
    place = order.index(talk.pending) if talk.pending in order else len(order)
    code = order[max(place - 1, 0)]
    words = f"Of course. What would you like to change? I had asked: {_again(code, talk, context)}"
    closed = tuple(c for c in talk.closed if c != code)
    return _replied(replace(talk, pending=code, closed=closed), words)


def _replied(talk: Talk, words: str) -> Talk:
    return replace(talk, replies=(*talk.replies, words.strip()))


def _answer_to_pending(before: Talk, after: Talk, typed: str, wish: str | None) -> Talk:
    """A plain yes or no answers what was asked; free words answer a question for free words."""
    code = before.pending
    if code is None or wish is not None:
        return after
    number, facts = len(after.turns), list(after.facts)
    said = re.match(r"\W*(yes|yeah|yep|yh|no|nope|nah|not)\b", typed, re.IGNORECASE)
    value = None if said is None else ("yes" if said[1].lower().startswith("y") else "no")
    if code == SURELY:
        if value == "yes" and after.danger_at_turn is None:
            facts.append(Fact("in_danger", "yes", number, said[0].strip() if said else typed))
            after = replace(after, danger_at_turn=number)
    elif code == "danger" and not is_answered(after, question("danger")):
        calm = re.search(r"\b(?:no|not|nobody|no ?one|nobdy|none|safe|nah)\b", typed, re.IGNORECASE)
        if after.danger_at_turn is None and calm:
            facts.append(Fact("in_danger", "no", number, calm[0]))
        elif after.danger_at_turn is None and value == "yes":
            facts.append(Fact("in_danger", "yes", number, said[0].strip() if said else typed))
            after = replace(after, danger_at_turn=number)
    elif code in {"told"} and value and not is_answered(after, question(code)):
        facts.append(Fact("told", value, number, said[0].strip() if said else typed))
    elif code == "mobile" and value and after.child_numbers():
        facts.append(
            Fact(
                "mobile",
                value,
                number,
                said[0].strip() if said else typed,
                after.child_numbers()[0],
            )
        )
    elif (
        code in _FREE
        and (code == "worry" or not _new_answers(before, after))
        and value != "no"
        and not is_answered(after, question(code))
        and len(typed.split()) > 1
    ):
        what = _FREE[code]
        who = next(iter(after.child_numbers()), None) if code in {"voice", "where_now"} else None
        if code in {"voice", "where_now"} and who is None:
            return after
        facts.append(Fact(what, typed, number, typed, who))
    return after.with_facts(tuple(facts))


def _new_answers(before: Talk, after: Talk) -> bool:
    """Was anything understood besides the worry's own words?"""
    loose = ("worry", "said", "event")
    return any(f not in before.facts and not f.what.startswith(loose) for f in after.facts)


_FREE = {
    "worry": "worry", "voice": "observed", "where_now": "where_now", "injuries": "injuries",
    "why_not_told": "not_told_reason", "working_well": "working_well", "needs": "needs",
    "staff_risk": "staff_risk",
}  # fmt: skip


def _with_proposed(talk: Talk, proposed: tuple[Fact, ...]) -> Talk:
    from mash_triage.chat.tidy import folded

    typed = folded(talk.turns[-1])
    fit = tuple(f for f in proposed if f.words and folded(f.words) in typed)
    return talk.with_facts((*talk.facts, *fit))
