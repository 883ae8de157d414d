"""The line in which somebody says who they are: name, work, where, and how to reach them.

"Ann Reed, class teacher, Elm Primary, 01632 960000". It is read piece by piece: the first is the
name, and each further one is a job by its last word, a team, a place of work, or nothing of these.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.lang.en.stop_words import STOP_WORDS

from mash_triage.chat.vocabulary import JOBS, NOT_NAMES, WORKPLACES, is_common, is_given_name, kin


@dataclass(frozen=True)
class Signature:
    """What a line of this kind says; empty what it does not say."""

    name: str = ""
    role: str = ""
    agency: str = ""
    team: str = ""
    reached: bool = False
    """A number or an address to write to stands with it."""


_HELLO = re.compile(
    r"^(?:(?:hi+|hello|hiya|hey|good (?:morning|afternoon|evening)|thanks|thank you|thats (?:all"
    r"|it)"
    r"|that's (?:all|it)|ok|okay|ok doing it|back|sorry|yes|yours|yours sincerely|regards"
    r"|kind regards"
    r"|lovely|all|there|dear colleagues?)\b[,.! ]*)+",
    re.IGNORECASE,
)
_ME = re.compile(
    r"^(?:i'?m|i am|its|it's|this is|my name is|my name's|my names|name'?s|name is|name:?|me:"
    r"|signed:?)\s+(?:me,? )?",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"^(?P<rank>(?:mr|mrs|ms|miss|dr|prof|rev|revd|pastor|imam|rabbi|canon|nurse"
    r"|s/n|insp|inspector|sgt|sergeant|constable|pcso|pc|ps|ds|dc|di|dci|wpc|sgo)\b\.?)"
    r"(?: (?P<number>\d{1,5})\b)? ?",
    re.IGNORECASE,
)
_TITLES_ONLY = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "rev", "revd"])
_REACH = re.compile(
    r"(?:(?:tel|telephone|phone|mob|mobile|email|text|call|ring|ext|bleep)\b[^,]{0,16})?"
    r"(?:\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\+44[\d ]{9,13}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE,
)
_JOB = re.compile(
    rf"^(?:(?:a|an|the|one of the|registered|their|his|her|our) )*"
    rf"(?P<job>(?:[\w'/&-]+ ){{0,4}}(?:{JOBS}|key person)\b)(?= |$|/)",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:teams?|service|services|unit|ward|response|custody|npt|nnu|fcr|mfh|ed|a&e|0-19s?|0-5"
    r"|public protection|enforcement|neighbourhoods?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(rf"\b(?:{WORKPLACES})\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|has|have|had|said|says|told|knows?|will|can|could|would|did"
    r"|does|do"
    r"|dont|don't|isn't|want|wants|need|needs|think|ring|lives?|she|he|they|his|her|their|him|i|me|"
    r"not|no|but)\b|'s (?:been|not|got)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"[ ,]*(?:{_VERB.pattern}|(?:and|&|or) )|,? \(?\d{{1,2}}\b(?! [a-z]|[-+])", re.IGNORECASE
)
_ACTS = re.compile(
    rf"{_VERB.pattern}|\b(?:rang|rung|came|went|saw|seen|visited|gave|works|goes|asked|made|took"
    r"|called|spoke|reports?|reported|thinks)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w.'-]*")
_LINK = re.compile(r"^(?:at|from|of|with|in|for|on|to|the|a|an|our|my)\s+", re.IGNORECASE)
_CUT = re.compile(r",|;|\(|\)|\n|\s-\s|\.(?=\s|$)|\bhere\b|\s(?:at|from|with|of)\s", re.IGNORECASE)
_NO_LINE = re.compile(r"\b(?:aged?|born|dob|d\.o\.b|year \d|yrs?|nhs|upn)\b|\"", re.IGNORECASE)
MOST_OF_NAME = 3


@lru_cache(maxsize=512)
def signature_in(words: str, after: str = "") -> Signature | None:
    """Who this sentence says has written; None where it says nothing of the kind. `after`: what
    follows it in the turn, where the number may stand.
    """
    plain = _HELLO.sub("", words.strip(" *-"))
    me = _ME.match(plain)
    line = plain[me.end() :] if me else plain
    reach = _REACH.search(line)
    head = line[: reach.start()] if reach else line
    if _NO_LINE.search(head):
        return None
    near = reach or _REACH.match(after.lstrip(" .,\n"))
    name, rank, rest = _name(head, introduced=me is not None or near is not None)
    if not name or _TELLS.match(rest) or not (me or near or not _ACTS.search(rest)):
        return None
    said = _pieces(rest, Signature(name=name, role=rank, reached=near is not None))
    return said if near or said.role or said.team or (me and _PLACE.search(said.agency)) else None


_I_AM = re.compile(
    r"(?:^|[,.;] ?|\b(?:and|but|so|cos) )(?:i'?m|i am|as|it'?s|this is|speaking as)"
    r"(?: (?:only|just|also|actually))* (?=(?:a|an|the|one of the|their|his|her)\b)",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?=$|[,.;!]| (?:here|at|from|for|in|with|of|on|and|who|speaking|by)\b)")


def introduction_in(words: str, *, first: bool) -> Signature | None:
    """The work somebody says to be hers without a name: "I'm a room leader at Elm Nursery", and
    where the conversation begins also "nursery manager here".
    """
    plain = _HELLO.sub("", words.strip(" *-"))
    said = _I_AM.search(plain)
    if said is None and not first:
        return None
    line = plain[said.end() :] if said else plain
    job = _JOB.match(line)
    if job and _PLACED.match(line, job.end()) and not _VERB.search(job["job"]):
        at = re.match(r" (?:at|from|with|for|in|of) ([^,.;]+)", line[job.end() :])
        where = _bare(re.split(r"\b(?:and|but|who|on)\b", at[1])[0]) if at else ""
        named = re.search(r"[A-Z]", where) and _is_place(where) and not _VERB.search(where)
        team = bool(named and _TEAM.search(where))
        return Signature(
            role=job["job"].strip(),
            agency=where if named and not team else "",
            team=where if team else "",
        )
    return _office(plain) if first and said is None else None


def _office(line: str) -> Signature | None:
    """ "Probation here, public protection": where somebody writes from, before anything else."""
    first, *more = [_bare(piece) for piece in re.split(r",|\bhere\b", line) if _bare(piece)] or [""]
    if not _PLACE.fullmatch(first) or len(more) > 2 or any(_VERB.search(one) for one in more):
        return None
    return Signature(agency=first, team=next((one for one in more if _TEAM.search(one)), ""))


def _name(head: str, *, introduced: bool) -> tuple[str, str, str]:
    """The name at the start, the rank before it where that is a job, and what follows."""
    ranked = _RANK.match(head)
    rest = head[ranked.end() :] if ranked else head
    rank = (
        ranked["rank"].strip(".")
        if ranked and ranked["rank"].lower().strip(".") not in _TITLES_ONLY
        else ""
    )
    found: list[str] = []
    at = 0
    while one := _WORD.match(rest, at):
        word = one[0].rstrip(".") if len(one[0]) > 2 else one[0]
        more = re.match(r"[A-Z][a-z]", rest[one.end() :].lstrip(" "))
        if len(found) >= MOST_OF_NAME or not _may_be_name(
            word, introduced=introduced, run=bool(found or more)
        ):
            break
        found.append(word)
        at = one.end() if word == one[0] else one.end() - 1
        if not rest[at:].startswith(" ") or one[0].endswith("'s"):
            break
        at += 1
    if not found or (len(found) < 2 and not ranked and not introduced):
        return "", "", head
    return " ".join(found), rank, rest[at:]


def _may_be_name(word: str, *, introduced: bool, run: bool) -> bool:
    low = word.lower().removesuffix("'s")
    if low in STOP_WORDS or re.fullmatch(rf"(?:{JOBS}|{WORKPLACES}|team|response)", low):
        return False
    if low in NOT_NAMES or any(one.pattern.fullmatch(low) for one in kin()):
        return False
    if word[0].isupper():
        return not is_common(low) or is_given_name(low) or run or introduced
    return introduced and (is_given_name(low) or not is_common(low))


def _pieces(rest: str, said: Signature) -> Signature:
    """Each further piece of the line, given to what it is."""
    role, agency, team = said.role, said.agency, said.team
    for piece in _CUT.split(rest):
        words = _bare(piece)
        if not words or _VERB.search(words) or len(words.split()) > 7:
            continue
        job = _JOB.match(words)
        after = words[job.end() :].strip() if job else ""
        if (
            job
            and not _TEAM.match(after)
            and (not after or after[0].isupper() or _LINK.match(after))
        ):
            first, _, last = job["job"].strip().partition(" ")
            if last and first.isupper() and _PLACE.fullmatch(first):
                agency, role = agency or first, last
            else:
                role = job["job"].strip() if not role or len(job["job"]) > len(role) else role
            words = _bare(after)
            if not words:
                continue
        if named := _TEAM.search(words):
            ends = re.compile(r"(?: [A-Z\d]{1,2})?\b").match(words, named.end())
            team = team or (words[: ends.end()] if ends and named.start() else words)
        elif _is_place(words):
            agency = agency or words
    return Signature(said.name, role, agency, team, said.reached)


def _bare(piece: str) -> str:
    words = piece.strip(" .,:-")
    while link := _LINK.match(words):
        if words.startswith("The "):
            break
        words = words[link.end() :]
    return words


def _is_place(words: str) -> bool:
    """A place of work: a word for one, or a name of its own in capitals."""
    own = all(word[0].isupper() or word in {"of", "the", "and", "&"} for word in words.split())
    return bool(_PLACE.search(words) and (own or len(words.split()) <= 5)) or (
        own and not re.match(r"(?:Y|Year|Class|Ext|Room)\b ?\w*$|Y\d", words) and len(words) > 2
    )
