"""The work somebody says to be hers without a name: "I'm a room leader at Elm Nursery", or, where
the conversation begins, "nursery manager here".
"""

import re

from mash_triage.chat.words.signature import (
    CUT,
    HELLO,
    JOB,
    PLACE,
    TEAM,
    VERB,
    Signature,
    bare,
    is_place,
    is_work,
)

_I_AM = re.compile(
    r"(?:^|[,.;] ?|\b(?:and|but|so|cos) )(?:i'?m|i am|as|it'?s|this is|speaking as)"
    r"(?: (?:only|just|also|actually))* (?=(?:a|an|the|one of the|their|his|her)\b)",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"(?=$|[,.;!]| (?:here|at|from|for|in|with|of|on|and|who|speaking|by)\b)", re.I
)


def introduction_in(words: str, *, first: bool) -> Signature | None:
    """Who says what she does; ``first`` where the conversation begins, when less is needed."""
    plain = HELLO.sub("", words.strip(" *-"))
    said = _I_AM.search(plain)
    if said is None and not first:
        return None
    line = plain[said.end() :] if said else plain
    job = JOB.match(line)
    if job and _PLACED.match(line, job.end()) and not VERB.search(job["job"]):
        agency, team = _where(line[job.end() :], first=first)
        one_of = re.search(r"\bone of (?:the|our) $", line[: job.start("job")])
        role = job["job"].strip()
        return Signature(role=role.removesuffix("s") if one_of else role, agency=agency, team=team)
    return _office(plain) if first and said is None else None


def _where(rest: str, *, first: bool) -> tuple[str, str]:
    """The agency and the team after a job: linked to it, or, to begin with, after a comma."""
    linked = re.match(r" (?:at|from|with|for|in|of) ([^,.;]+)", rest)
    found = [bare(re.split(r"\b(?:and|but|who|on)\b", linked[1])[0])] if linked else []
    if first:
        found += [bare(one) for one in CUT.split(rest)[: 3 if not linked else 0]]
    works = [one for one in found if is_work(one) or (linked and is_place(one))]
    team = next((one for one in works if TEAM.search(one)), "")
    named = [one for one in works if re.search(r"[A-Z]", one) and not VERB.search(one)]
    return next((one for one in named if one != team and is_place(one)), ""), team


def _office(line: str) -> Signature | None:
    """ "Probation here, public protection": where somebody writes from, before anything else."""
    first, *more = [bare(piece) for piece in re.split(r",|\bhere\b", line) if bare(piece)] or [""]
    if not is_work(first) or len(more) > 2 or any(VERB.search(one) for one in more):
        return None
    own = next((one for one in more if one[0].isupper() and not TEAM.search(one)), "")
    if not PLACE.fullmatch(first):
        return Signature(agency=own, team=first) if TEAM.search(first) and own else None
    return Signature(agency=own or first, team=next((one for one in more if TEAM.search(one)), ""))
