"""Whose an address is: the children's home, one child's who lives elsewhere, a grown-up's own."""

import re
from dataclasses import dataclass

from mash_triage.chat.people.cast import PARENTS, Cast
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen

_LIVES = (
    r"(?:liv(?:e|es|ed|ing)|stop(?:s|ping)?|stay(?:s|ing)?|resid(?:e|es|ing)|lodg(?:e|es|ing)"
    r"|placed|been with)"
)
_OF_CHILD = re.compile(
    rf"(?:<[nbz]\d+>|kids|children|child|boys|girls|baby|all|both|them|they|we|^)[^.;]{{0,40}}?\b{_LIVES}\b"
    r"[^.;]*$|\b(?:home|care|custody|sgo|kinship|foster\w*|special guardian\w*|placement)\b[^.;]*$"
)
_OWN_PLACE = re.compile(
    r"\b(?:own|bail|new|current|separate|other) (?:place|flat|house|home|address|addr|gaff)\b"
    r"|\b(?:does ?n[o']t|doesn't|dont|not|never) (?:reside|live|stay|stop)\b|\bbailed to\b"
    r"|\bstill (?:at|in) the\b|\b(?:moved|chucked|kicked) out\b|\bseparate\w*\b|\bwork(?:s"
    r"|ing)? (?:at|from)\b"
    r"|\b(?:alone|elsewhere)\b"
)
_PARENT_AT = re.compile(
    r"(?<!and )(?<!& )<(?P<kind>[knz])(?P<n>\d+)>(?:'s)?(?:,? (?:is|lives|living"
    r"|lives? with <\w\d+>|stays|staying"
    r"|now|currently|back|also|apparently|nfa|resides))* (?:at|in|of|=) (?:the )?$"
)
_SOMEBODYS = re.compile(
    r"\b(?:at|to|over at|round at) (?:<z\d+> |the )?<[kn](?P<n>\d+)>(?: <n\d+>)?(?:'s)?(?: house"
    r"| flat| place| home)?"
    r"(?: with [^.;]{0,24}?)?[, (-]*$"
)
_IS_HERS = re.compile(r"^<x\d+>(?:,? <c\d+>)?,? (?:is|=|that's|thats) (?:<z\d+> )?<[kn](\d+)>")
_APPOSED = re.compile(
    r"<[kn](?P<n>\d+)>(?:'s)?(?: address| addr| house| flat| place| home)?(?: is|:| =|,)* ?$"
)
_ELSEWHERE = re.compile(
    rf"\b(?:sgo|foster\w*|care|guardian\w*|kinship|adopted|custody)\b|\b{_LIVES} (?:with|at|w)\b"
    rf"|\bwith <"
)
_CLAUSE = re.compile(r"\b(?:but|whereas|while|although)\b|;|\. |<x\d+>")
_CARED_FOR = re.compile(r"\b(?:foster\w*|carers?|placement|placed|home is|home address)\b")
_MOTHER_LIVES = re.compile(rf"^[^<]*<[nk](\d+)>(?: is)? {_LIVES}\b")
_PLURAL = re.compile(r"\b(?:both|all|kids|children|girls|boys|they|them|twins|we)\b|<z\d+> are")


@dataclass(frozen=True)
class Residents:
    """Who lives at an address, as far as the sentence tells."""

    children: tuple[int, ...]
    adult: int | None = None
    own: bool = False
    """A grown-up's alone, in which the children do not live."""


def residents_of(sentence: Sentence, seen: Seen, number: int, cast: Cast) -> Residents:
    """Whose the address with this number in the sentence is; mostly of all the children."""
    at = sentence.tagged.find(f"<x{number}>")
    before, after = _CLAUSE.split(sentence.tagged[:at])[-1], sentence.tagged[at:]
    everybody = tuple(n for n in cast.children() if not cast.value("_elsewhere", n))
    if (hers := _IS_HERS.match(after)) and (who := _grown(hers[1], seen, cast)) is not None:
        return _mothers_or_own(who, everybody, cast)
    who = _adult_before(before, sentence, seen, number, cast)
    children = _children_there(before, sentence, seen, number, cast) or everybody
    if who is None:
        return Residents(children)
    first = _MOTHER_LIVES.match(before)
    mother = _grown(first[1], seen, cast) if first else None
    if mother is not None and cast.people[mother].kin == "mother":
        return Residents(children, mother)
    lives = _OF_CHILD.search(_from_child(before, sentence, seen, cast)) or _CARED_FOR.search(
        sentence.words.lower()
    )
    if cast.people[who].kin in PARENTS:
        apart = cast.people[who].kin != "mother" and _parents_own(before, who, seen, cast)
        return Residents((), who, own=True) if apart and not lives else Residents(children)
    if lives:
        return Residents(children, who)
    close = _APPOSED.search(before) or _SOMEBODYS.search(before) or _PARENT_AT.search(before)
    own = bool(cast.people[who].kin) or (close and int(close["n"]) in seen.people)
    return Residents((), who, own=True) if own else Residents(children)


def _mothers_or_own(who: int, everybody: tuple[int, ...], cast: Cast) -> Residents:
    """The children live at their mother's unless somebody says otherwise."""
    if cast.people[who].kin == "mother":
        return Residents(everybody, who)
    return Residents((), who, own=True)


def _grown(number: str | int, seen: Seen, cast: Cast) -> int | None:
    who = seen.people.get(int(number))
    return who if who is not None and cast.people[who].role == "adult" else None


def _adult_before(
    before: str, sentence: Sentence, seen: Seen, number: int, cast: Cast
) -> int | None:
    """The grown-up nearest before the address; in "at gran's with mum" it is gran."""
    start = sentence.items[number].start
    if (there := _SOMEBODYS.search(before)) and (who := _grown(there["n"], seen, cast)) is not None:
        return who
    near = [n for n in seen.people if sentence.items[n].end <= start]
    return _grown(max(near), seen, cast) if near else None


def _from_child(before: str, sentence: Sentence, seen: Seen, cast: Cast) -> str:
    """The words before from the first mention of a child on: what is said of where it lives."""
    for one in re.finditer(r"<[nbzk](\d+)>", before):
        who = seen.people.get(int(one[1]))
        item = sentence.at(one[1])
        lives = item.kind == "pronoun" and re.match(rf" {_LIVES} (?:with|w)\b", before[one.end() :])
        plural = item.value == "they"
        if plural or lives or who is None or cast.people[who].role == "child":
            return before[one.start() :]
    if plain := re.search(r"\b(?:kids|children|child|boys|girls|baby|both|all)\b", before):
        return before[plain.start() :]
    return before if re.match(rf"(?:\w+ )?{_LIVES}\b", before) else ""


def _parents_own(before: str, who: int, seen: Seen, cast: Cast) -> bool:
    """Is it where the parent lives without the children?"""
    if _OWN_PLACE.search(before):
        return True
    one = _PARENT_AT.search(before) or _APPOSED.search(before)
    if one is None or seen.people.get(int(one["n"])) != who:
        return False
    at_home = cast.value("lives", who) == "yes"
    known = any(cast.value("address_line", n) for n in cast.children())
    return not at_home and (one.re is _PARENT_AT or known)


def _children_there(
    before: str, sentence: Sentence, seen: Seen, number: int, cast: Cast
) -> tuple[int, ...]:
    """The one child of several who is said to live with somebody else."""
    start = sentence.items[number].start
    said = {who for n, who in seen.people.items() if sentence.items[n].end <= start}
    there = tuple(who for who in said if cast.people[who].role == "child")
    grown = any(
        cast.people[who].role == "adult" and cast.people[who].kin != "mother" for who in said
    )
    if len(there) != 1 or len(cast.children()) < 2 or not grown or _PLURAL.search(before):
        return ()
    return there if _ELSEWHERE.search(before) else ()
