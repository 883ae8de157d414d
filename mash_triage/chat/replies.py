"""What is said before the next question: a kind word, an answer to what was asked, a doubt."""

import re
import tomllib
from datetime import date
from functools import cache
from typing import Any

from mash_triage.chat.asking import name_of_child, question, questions
from mash_triage.chat.state import Fact, Talk
from mash_triage.chat.words.vocabulary import DATA
from mash_triage.contacts.answers import completed_years, day_of
from mash_triage.contacts.asked import GROWN_UP_AT

CALL_999 = (
    "If somebody is in danger now, please call 999 first. I have put the numbers at the top. "
    "What you have written is saved."
)
LEFT = "That is fine. Everything is saved, and you can go on where you stopped. Take care."
LEFT_TO_CALL = "Yes, that comes first. Everything is saved, and you can go on where you stopped."
ALL_SAID = (
    "Thank you. That is all I need to ask. Please check it, change what is wrong, and send it."
)
ADDED = (
    "I have added that.",
    "Thank you, that is in too.",
    "Added. You can check it all and send it whenever you are ready.",
)
TAKEN_BACK = "I have taken the last thing back."
NO_MORE_TO_TAKE_BACK = (
    "There is nothing more to take back. Press Edit beside anything that is wrong."
)
TO_THE_FORM = "Of course. Press Go on in the form, below: everything is filled in there."
FROM_THE_FORM = "I have what you wrote in the form."
BACK_AGAIN = "Welcome back. We go on where we stopped."
OTHER_SCRIPT = (
    "I can only read English, so I have kept your words as they are, for a social worker to read. "
    "If somebody is in danger now, please call 999: they have interpreters."
)
SAFE = {
    True: "Are you safe where you are right now?",
    False: "Is a child, or anybody else, in danger right now? Yes or no is enough.",
}
SORRY = "I am sorry that this is happening. It is not your fault, and it is right to tell somebody."
TRUST = "Thank you for trusting us with that."
HONEST = "Thank you for being honest about that. Somebody will talk it through with you."

_OWN_DEED = re.compile(
    r"\bi (?:hit|slapped|shook|smacked|hurt|pushed|punched|grabbed"
    r"|lost it with) (?:him|her|them|my|the)\b|i might (?:hurt|hit|shake) (?:him|her"
    r"|them|my|the)",
    re.IGNORECASE,
)
_HARD_TO_SAY = re.compile(
    r"\b(?:hit|hits|hitting|slap\w*|punch\w*|kick\w*|push\w*|grab\w*|hurt\w*|beat\w*|belt|shout\w*"
    r"|scream\w*|scared|afraid|frightened|cut(?:ting)? (?:my|me)|kill|die|dead|tablets|pills"
    r"|nudes?|pics?|photos?|touch\w*|my bed|(?:in|into) my room|drunk|drugs|locked|no food|hungry"
    r"|kicked (?:me )?out|run away|ran away|sex\w*|rap\w+|abus\w*|strangl\w*|chok\w*|threat\w*"
    r"|by the (?:neck|throat|hair))\b",
    re.IGNORECASE,
)
_SAYS_ALL = re.compile(
    r"^\W*(?:(?:ok|right|well|so|and|think|i think) )*(?:that'?s|that is) "
    r"(?:it|all|everything|me|about it)(?: (?:i know|from me|really|for now|then|i have|i've got))?"
    r"(?=\W|$)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"[^"]*"|(?<!\w)\'[^\']*\'(?!\w)')


@cache
def _asides() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = tomllib.loads((DATA / "asides.toml").read_text("utf-8"))
    return tuple(
        (re.compile(each["words"], re.IGNORECASE), each["reply"]) for each in table["aside"]
    )


def aside(typed: str) -> str:
    """What is replied to something said to the chat itself; nothing when nothing is. What somebody
    else is quoted with was not said to the chat.
    """
    own = _QUOTED.sub(" ", typed)
    return next((reply for words, reply in _asides() if words.search(own)), "")


def kind_words(talk: Talk, after: Talk, wish: str | None, *, is_child: bool) -> str:
    """A few words before the next question."""
    if wish in {"skip"}:
        return "No problem. "
    if wish == "unknown":
        return "That is all right. "
    typed = after.turns[-1]
    if _OWN_DEED.search(typed):
        return f"{HONEST} "
    new = [fact for fact in after.facts if fact not in talk.facts]
    if is_child and _HARD_TO_SAY.search(typed):
        sorry = any(reply.startswith(SORRY) for reply in talk.replies)
        return f"{TRUST if sorry else SORRY} "
    told = any(fact.what in {"worry", "said"} for fact in new)
    if told and not any(f.what == "worry" for f in talk.facts):
        return "Thank you for telling us. "
    if any(fact.what == "said" and '"' in fact.words for fact in new):
        return "Thank you, their own words matter. "
    thanks = ("Thank you. ", "I have that. ", "Thanks, that helps. ")
    return thanks[len(after.turns) % len(thanks)] if new else ""


def says_all(talk: Talk, typed: str) -> bool:
    """Does whoever types begin by saying that there is no more, once the worry is told?"""
    told = any(fact.what == "worry" for fact in talk.facts)
    return told and talk.pending is not None and _SAYS_ALL.match(typed) is not None


def explained(pending: str, typed: str) -> str:
    """Why something is asked: what the words ask about, else the question that is open."""
    low = typed.lower()
    about = next((each for each in questions() if each.about and re.search(each.about, low)), None)
    return (about or question(pending)).why


def is_other_script(typed: str) -> bool:
    """Is this written in letters that the chat cannot read?"""
    letters = [each for each in typed if each.isalpha()]
    return len(letters) > 1 and not any(each.isascii() for each in letters)


def without_thanks(words: str) -> str:
    """The same words after others that have thanked already."""
    return words.removeprefix("Thank you. ").removeprefix("That is fine. ")


def doubt(after: Talk, today: date) -> str | None:
    """What has to be asked back, because it cannot be so or can be read in two ways."""
    fresh = [fact for fact in after.facts if fact.turn == len(after.turns)]
    if any(fact.what == "_future_birth" for fact in fresh):
        return "That birth date is still to come. Is the baby not born yet, or is it another date?"
    if any(fact.what == "_apart" for fact in fresh):
        return "I have two addresses there. Which child lives at which?"
    children = after.child_numbers()
    ages = [_years(each, today) for each in fresh if each.who in children]
    grown = next((years for years in ages if years is not None and years >= GROWN_UP_AT), None)
    if grown is not None:
        return (
            f"{name_of_child(after)} is {grown}, so help would come from adult social care. If you "
            "are not sure, ring the duty number: they tell you whom to ask. If a younger child is "
            "there too, tell us about that child here."
        )
    return None


def _years(fact: Fact, today: date) -> int | None:
    value: Any = fact.value
    if fact.what == "dob":
        born = day_of(value)
        return completed_years(born, on=today) if born else None
    return value if fact.what == "age_years" and isinstance(value, int) else None
