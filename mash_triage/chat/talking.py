"""The conversation: a turn is read, a wish is met, and one thing is asked."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from mash_triage.chat.answers import NOT_KNOWN, UNKNOWN
from mash_triage.chat.asking import (
    is_answered,
    next_question,
    question,
    understood_anything,
    worded,
)
from mash_triage.chat.beside_form import is_held
from mash_triage.chat.commands import command_in, leaves
from mash_triage.chat.hearing.calm import calm_words, says_unsafe
from mash_triage.chat.proposed import LanguageModel, with_proposed
from mash_triage.chat.read import Context, read_turn
from mash_triage.chat.replies import (
    ADDED,
    ALL_SAID,
    BACK_AGAIN,
    CALL_999,
    FROM_THE_FORM,
    LEFT,
    LEFT_TO_CALL,
    NO_MORE_TO_TAKE_BACK,
    OTHER_SCRIPT,
    SAFE,
    TAKEN_BACK,
    TO_THE_FORM,
    aside,
    doubt,
    explained,
    is_other_script,
    kind_words,
    says_all,
    without_thanks,
)
from mash_triage.chat.state import Fact, Talk

_YES_OR_NO = re.compile(r"\W*(yes|yeah|yep|yh|no|nope|nah|not)\b", re.IGNORECASE)
_UNSURE = re.compile(r"\W*(?:not sure|not certain|no idea|no clue)\b", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"^(?:no+|nope|nah|nothing|no thanks?|no thank you|that'?s (?:it|all|everything"
    r"|me)|thats (?:it|all|everything|me)|that is all|done|finished|all done"
    r"|ok thank u bye|thank you.*|bye.*)[ .!]*$",
    re.IGNORECASE,
)
NOTHING: Mapping[str, Any] = MappingProxyType({})
SURELY = "surely"
"""The question that is asked once when something sounded like danger."""


def begin(context: Context) -> Talk:
    """A conversation that opens with safety."""
    first = question("danger")
    words = worded(first, Talk(), is_child=context.is_child)
    return Talk(asked=("danger",), pending="danger", replies=(words,))


def take_turn(
    talk: Talk,
    words: str,
    today: date,
    context: Context,
    model: LanguageModel | None = None,
    held: Mapping[str, Any] = NOTHING,
) -> Talk:
    """The conversation after this turn, with what is replied and asked next. `held` are the answers
    of the draft, of which some come from the form.
    """
    after = read_turn(talk, words, today, context)
    typed = after.turns[-1]
    if model is not None:
        after = with_proposed(after, model.propose(after, typed, today))
    wish = command_in(typed)
    after = _answer_to_pending(talk, after, typed, wish)
    if wish == "unknown" and talk.pending in NOT_KNOWN:
        unknown = Fact(f"{UNKNOWN}{talk.pending}", "not_known", len(after.turns), typed)
        after = after.with_facts((*after.facts, unknown))
    is_done = talk.finished or talk.pending == "more"
    if (is_done and _NOT_DONE.match(typed)) or says_all(talk, typed):
        done = replace(after, finished=True, pending=None)
        return _replied(done, _first(talk, after) + ALL_SAID)
    if wish == "explain" and talk.pending:
        why = explained(talk.pending, typed)
        return _replied(after, f"{why} {_again(talk.pending, after, context)}")
    if wish == "leave" or (wish is None and leaves(typed)):
        calls = after.danger_at_turn is not None and talk.danger_at_turn is not None
        return _replied(after, _first(talk, after) + (LEFT_TO_CALL if calls else LEFT))
    if wish == "back":
        return _go_back(after, context)
    if wish == "form":
        return _replied(after, TO_THE_FORM)
    if wish == "silence":
        return _replied(after, f"Take your time. {_again(talk.pending, after, context)}")
    if wish == "resume":
        return _replied(after, f"{BACK_AGAIN} {_again(talk.pending, after, context)}")
    if wish == "undo":
        said = NO_MORE_TO_TAKE_BACK if talk.before is None else TAKEN_BACK
        return _replied(after, f"{said} {_again(talk.pending, after, context)}")
    if is_other_script(typed):
        return _replied(after, f"{OTHER_SCRIPT} {_again(talk.pending, after, context)}")
    return _asked(talk, after, today, context, wish, held)


def gone_on_from_form(talk: Talk, today: date, context: Context, held: Mapping[str, Any]) -> Talk:
    """The conversation as it goes on after the form: where the open question was answered there,
    the next one stands in its place.
    """
    if talk.pending is None or not talk.turns:
        return talk
    asked = question(talk.pending)
    if is_answered(talk, asked) or not is_held(held, asked.answered_by, asked.of):
        return talk
    coming = next_question(talk, today, is_child=context.is_child, held=held)
    if coming is None:
        said, after = ALL_SAID, replace(talk, finished=True, pending=None)
    else:
        said = worded(coming, talk, is_child=context.is_child)
        after = replace(talk, pending=coming.code, asked=(*talk.asked, coming.code))
    words = f"{FROM_THE_FORM} {without_thanks(said)}"
    return replace(after, replies=(*talk.replies[:-1], words))


def _asked(
    talk: Talk,
    after: Talk,
    today: date,
    context: Context,
    wish: str | None,
    held: Mapping[str, Any],
) -> Talk:
    if after.doubt_at_turn == len(after.turns) and after.danger_at_turn is None:
        return _replied(replace(after, pending=SURELY), _again(SURELY, after, context))
    doubted = doubt(after, today)
    if doubted:
        return _replied(after, _first(talk, after) + doubted)
    coming = next_question(after, today, is_child=context.is_child, held=held)
    reply = aside(after.turns[-1]) if wish is None else ""
    understood = understood_anything(talk, after)
    if talk.pending and reply and not understood and not _first(talk, after):
        return _replied(after, f"{reply} {_again(talk.pending, after, context)}")
    if _danger_is_open(talk, after, wish, held):
        again = replace(after, asked=(*after.asked, "danger"))
        kind = kind_words(talk, after, wish, is_child=context.is_child) if understood else "Hello. "
        return _replied(again, f"{kind}{SAFE[context.is_child]}")
    kind = kind_words(talk, after, wish, is_child=context.is_child)
    opening = _first(talk, after) or (f"{reply} " if reply else kind)
    if coming is None and talk.finished:
        said = f"{reply} " if reply else ""
        return _replied(after, _first(talk, after) + said + ADDED[len(after.turns) % len(ADDED)])
    if coming is None:
        done = f"{opening}{without_thanks(ALL_SAID)}"
        return _replied(replace(after, finished=True, pending=None), done)
    words = worded(coming, after, is_child=context.is_child)
    after = replace(after, pending=coming.code, asked=(*after.asked, coming.code))
    return _replied(after, f"{opening}{without_thanks(words) if opening else words}")


def _danger_is_open(talk: Talk, after: Talk, wish: str | None, held: Mapping[str, Any]) -> bool:
    """Was the first question not answered? Then it is put once more, and yes or no is enough."""
    asked = question("danger")
    return (
        talk.pending == asked.code
        and wish is None
        and talk.asked.count(asked.code) < 2
        and after.danger_at_turn is None
        and not is_answered(after, asked)
        and not is_held(held, asked.answered_by, asked.of)
    )


def _first(talk: Talk, after: Talk) -> str:
    return f"{CALL_999} " if after.danger_at_turn and talk.danger_at_turn is None else ""


def _again(code: str | None, talk: Talk, context: Context) -> str:
    return (
        ""
        if code is None
        else without_thanks(worded(question(code), talk, is_child=context.is_child))
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
    asked = tuple(c for c in order if c == code or c != talk.pending)  # asked again in its turn
    return _replied(replace(talk, pending=code, asked=asked, closed=closed), words)


def _replied(talk: Talk, words: str) -> Talk:
    return replace(talk, replies=(*talk.replies, words.strip()))


def _answer_to_pending(before: Talk, after: Talk, typed: str, wish: str | None) -> Talk:
    """A plain yes or no answers what was asked; free words answer a question for free words."""
    code = before.pending
    if code is None or wish is not None:
        return after
    number, facts = len(after.turns), list(after.facts)
    if is_other_script(typed):
        return after.with_facts((*facts, Fact("worry", typed, number, typed)))
    said = None if _UNSURE.match(typed) else _YES_OR_NO.match(typed)
    value = None if said is None else ("yes" if said[1].lower().startswith("y") else "no")
    if code in {"danger", SURELY}:
        return _about_danger(after, typed, value, surely=code == SURELY)
    if code in {"told"} and value and not is_answered(after, question(code)):
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


def _about_danger(after: Talk, typed: str, value: str | None, *, surely: bool) -> Talk:
    """The answer to whether anybody is in danger: a yes counts at once, a no only where it is said
    in so many words; what leaves it open is asked about.
    """
    number = len(after.turns)
    known = is_answered(after, question("danger"))
    if after.danger_at_turn is not None:
        return after
    calm = calm_words(typed)
    if value == "yes" and (surely or calm is None):
        yes = Fact("in_danger", "yes", number, typed)
        return replace(after.with_facts((*after.facts, yes)), danger_at_turn=number)
    if calm is not None and not known:
        return after.with_facts((*after.facts, Fact("in_danger", "no", number, calm)))
    if not known and says_unsafe(typed):
        return replace(after, doubt_at_turn=after.doubt_at_turn or number)
    return after


def _new_answers(before: Talk, after: Talk) -> bool:
    """Was anything understood besides the worry's own words?"""
    loose = ("worry", "said", "event")
    return any(f not in before.facts and not f.what.startswith(loose) for f in after.facts)


_FREE = {
    "worry": "worry", "voice": "observed", "where_now": "where_now", "injuries": "injuries",
    "why_not_told": "not_told_reason", "working_well": "working_well", "needs": "needs",
    "staff_risk": "staff_risk",
}  # fmt: skip
