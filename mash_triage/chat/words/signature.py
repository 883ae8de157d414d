"""The line in which somebody says who they are: name, work, where, and how to reach them.

"Ann Reed, class teacher, Elm Primary, 01632 960000". It is read piece by piece: the first is the
name, and each further one is a job by its last word, a team, a place of work, or nothing of these.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from spacy.lang.en.stop_words import STOP_WORDS

from mash_triage.chat.words.vocabulary import (
    JOBS,
    NOT_NAMES,
    STREETS,
    WORKPLACES,
    is_common,
    is_given_name,
    kin,
)


@dataclass(frozen=True)
class Signature:
    """What a line of this kind says; empty what it does not say."""

    name: str = ""
    role: str = ""
    agency: str = ""
    team: str = ""
    reached: bool = False
    """A number or an address to write to stands with it."""
    relation: str = ""
    """What she says to be to the child: "Ann Reed, his aunt"."""


HELLO = re.compile(
    r"^(?:(?:hi+|hello|hiya|hey|(?:good )?(?:morning|afternoon|evening)|right|thanks|thank you"
    r"|thats (?:all"
    r"|it)"
    r"|that's (?:all|it)|cheers|many thanks|best(?: wishes)?|ok|okay|ok doing it|back|sorry|yes"
    r"|yours|yours sincerely|regards"
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
JOB = re.compile(
    rf"^(?:(?:a|an|the|one of the|registered|their|his|her|our) )*"
    rf"(?P<job>(?:[\w'/&+-]+ ){{0,4}}(?:head of (?:year|yr) \d+|(?:{JOBS}|key person)s?\b))(?=["
    rf" ,.;/!]|$)",
    re.IGNORECASE,
)
TEAM = re.compile(
    r"\b(?:teams?|service|services|unit|ward|response|custody|npt|nnu|fcr|mfh|ed|a&e|0-19s?|0-5"
    r"|public protection|enforcement|neighbourhoods?|edt|section|squad|options|sustainment"
    r"|prevention"
    r"|child protection|protection unit|liaison|outreach|division|department|dept|locality)\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    rf"\b(?:{WORKPLACES}|food ?bank|sixth form|a?fc|rfc|children's home)\b", re.IGNORECASE
)
_PLACE_AND_TEAM = re.compile(
    rf"(?P<place>(?:[A-Z][\w'-]* )+?(?i:{PLACE.pattern}))[ ,]+(?P<team>[a-z].+)"
)
VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|has|have|had|said|says|told|knows?|will|can|could|would|did"
    r"|does|do"
    r"|dont|don't|isn't|want|wants|need|needs|think|ring|lives?|she|he|they|his|her|their|him|i|me|"
    r"not|no|but)\b|'s (?:been|not|got)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    rf"[ ,]*(?:{VERB.pattern}|(?:and|&|or) )|,? \(?\d{{1,2}}\b(?! [a-z]|[-+])", re.IGNORECASE
)
_ACTS = re.compile(
    rf"{VERB.pattern}|\b(?:rang|rung|came|went|saw|seen|visited|gave|works|goes|asked|made|took"
    r"|called|spoke|reports?|reported|thinks)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w.'-]*")
_LINK = re.compile(r"^(?:at|from|of|with|in|for|on|to|the|a|an|our|my)\s+", re.IGNORECASE)
CUT = re.compile(
    r",|;|\(|\)|\n|\s-\s|\.(?=\s|$)|\bhere\b|\s(?:at|from|with|(?<!head )of)\s", re.IGNORECASE
)
_NO_LINE = re.compile(
    r"\b(?:aged?|born|dob|d\.o\.b|(?<!of )year \d|yrs?|nhs|upn)\b|\"", re.IGNORECASE
)
MOST_OF_NAME = 3


@lru_cache(maxsize=512)
def signature_in(words: str, after: str = "", *, opening: bool = False) -> Signature | None:
    """Who this sentence says has written; None where it says nothing of the kind. `after`: what
    follows it in the turn, where the number may stand. `opening`: nobody has been named yet.
    """
    plain = HELLO.sub("", words.strip(" *-"))
    me = _ME.match(plain)
    line = plain[me.end() :] if me else plain
    reach = _REACH.search(line)
    head, beyond = (line[: reach.start()], line[reach.end() :]) if reach else (line, "")
    if _NO_LINE.search(head) or _LABEL.match(plain):
        return None
    further = None if reach else _reached_after(after)
    near = reach is not None or further is not None
    name, rank, rest = _name(head, introduced=me is not None or near)
    if not name or is_work(name):
        return _work_first(head, reached=near) if opening or near else None
    alone = me is None and not rank and len(name.split()) < 2
    if alone and not _NAME_ALONE.match(rest):
        return None
    own = _OF_CHILD.match(rest) if near else None
    if own:
        same = (one.relation for one in kin() if one.pattern.fullmatch(own["kin"]))
        return Signature(name, reached=True, relation=next(same, own["kin"]))
    placed = bool(rank) and is_work(bare(CUT.split(rest.lstrip(" ,"))[0]))
    if _TELLS.match(rest) or not (me or near or placed or not _ACTS.search(rest)):
        return None
    said = _pieces(f"{rest},{beyond},{further or ''}", Signature(name, rank, reached=near))
    return said if near or said.role or said.team or (me and PLACE.search(said.agency)) else None


_LABEL = re.compile(
    r"(?:job|role|agency|organisation|workplace|team|tel|phone|email)\b(?! (?:lead|manager))", re.I
)
_NAME_ALONE = re.compile(r"\s*(?:$|[,.(/:-]|(?:on|tel|mob|at|from|here)\b)", re.IGNORECASE)
_OF_CHILD = re.compile(
    r",? (?:his|her|their|the (?:kids|children|boys|girls|boy|girl)'?s?) (?:own )?"
    rf"(?P<kin>{'|'.join(one.pattern.pattern for one in kin())})(?=[ ,.;/]|$)",
    re.IGNORECASE,
)


def _reached_after(after: str) -> str | None:
    """What stands between a name and the number in the sentences after it, if nothing but work
    does: "Ann Reed. Elm Homes. Income team. 01632 960000".
    """
    reach = _REACH.search(after)
    if reach is None:
        return None
    between = after[: reach.start()].strip(" .,\n")
    pieces = [bare(one) for one in CUT.split(between) if bare(one)]
    return between if all(is_work(one) for one in pieces) else None


def _work_first(line: str, *, reached: bool) -> Signature | None:
    """ "Community midwife, Ann Reed, Elm Hospital": what somebody does, then who she is."""
    before: list[str] = []
    cuts = [*CUT.finditer(line)]
    starts, ends = [0, *(one.end() for one in cuts)], [*(one.start() for one in cuts), len(line)]
    for start, end, cut in zip(starts, ends, [*cuts, None], strict=True):
        piece = bare(line[start:end])
        me = _ME.match(piece)
        job = JOB.match(piece)
        whose = piece[me.end() :] if me else piece[job.end() :].strip() if job else piece
        name, rank, rest = _name(whose, introduced=me is not None)
        if name and not rest.strip(" 0123456789") and (before or job) and _is_somebody(name, rank):
            role = job["job"].strip() if job and whose != piece else rank
            if _TELLS.match(line[end:]):
                return None
            return _pieces(",".join((*before, line[end:])), Signature(name, role, reached=reached))
        led = not before and cut is not None and cut[0].strip() in {"at", "from", "with", "of"}
        if piece and not (is_work(piece) or (led and not VERB.search(piece))):
            return None
        if piece:
            before.append(piece)
    return None


def _is_somebody(name: str, rank: str) -> bool:
    """Is this a whole name rather than a place's: two words at least, the first no common one?"""
    words = name.lower().split()
    if len(words) < 2 and not rank:
        return False
    places = PLACE.search(name) or any(one in STREETS for one in words)
    return not places and (bool(rank) or is_given_name(words[0]) or not is_common(words[0]))


def is_work(piece: str) -> bool:
    """Does this piece say what somebody does or where, and nothing else?"""
    if not piece or VERB.search(piece) or len(piece.split()) > 6:
        return False
    job = JOB.match(piece)
    return bool((job and job.end() == len(piece)) or TEAM.search(piece) or PLACE.search(piece))


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
        if found and len(word) == 1 and TEAM.match(rest[one.end() :].lstrip()):
            break
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
    for piece in CUT.split(rest):
        words = bare(piece)
        if not words or VERB.search(words) or len(words.split()) > 7:
            continue
        job = JOB.match(words)
        after = words[job.end() :].strip() if job else ""
        if (
            job
            and not TEAM.match(after)
            and (not after or after[0].isupper() or _LINK.match(after))
        ):
            first, _, last = job["job"].strip().partition(" ")
            if last and first.isupper() and PLACE.fullmatch(first):
                agency, role = agency or first, last
            else:
                role = job["job"].strip() if not role or len(job["job"]) > len(role) else role
            words = bare(after)
            if not words:
                continue
        held = _PLACE_AND_TEAM.match(words)
        if held and TEAM.search(held["team"]):
            agency, team = agency or held["place"], team or held["team"]
        elif named := TEAM.search(words):
            ends = re.compile(r"(?: [A-Z\d]{1,2})?\b").match(words, named.end())
            team = team or (words[: ends.end()] if ends and named.start() else words)
        elif is_place(words):
            agency = agency or words
    return Signature(said.name, role, agency, team, said.reached)


def bare(piece: str) -> str:
    words = piece.strip(" .,:-")
    while link := _LINK.match(words):
        if words.startswith("The "):
            break
        words = words[link.end() :]
    return words


def is_place(words: str) -> bool:
    """A place of work: a word for one, or a name of its own in capitals."""
    own = all(word[0].isupper() or word in {"of", "the", "and", "&"} for word in words.split())
    return bool(PLACE.search(words) and (own or len(words.split()) <= 5)) or (
        own and not re.match(r"(?:Y|Year|Class|Ext|Room)\b ?\w*$|Y\d", words) and len(words) > 2
    )
