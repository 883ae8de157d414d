"""Schools, nurseries and colleges by name: after what leads to one, or by their own last word."""

import re

from spacy.lang.en.stop_words import STOP_WORDS

from mash_triage.chat.words.vocabulary import JOBS, NOT_NAMES, TITLES, is_given_name, kin

_SCHOOL_WORD = (
    r"(?:[Ss]chool|[Pp]rimary|[Jj]uniors?|[Ii]nfants?|[Aa]cademy|[Cc]ollege|[Nn]ursery|[Hh]igh|[Gg]rammar|[Pp]re-?school"
    r"|[Ss]ixth [Ff]orm|6th [Ff]orm|[Gg]irls|[Bb]oys|PRU|[Pp]laygroup|[Cc]ofE|CE|RC)"
)
_SCHOOL_NAME = r"(?P<place>(?:St\.? )?[A-Z][\w'&-]+(?: (?:[A-Z][\w'&-]+|of|and(?= [A-Z])))*"
_BY_DAY = re.compile(
    r"(?:\b(?:[Gg]oes(?: to)?|[Gg]o to|[Aa]ttends?|[Aa]ttending|[Pp]upil at|[Ss]tudent at"
    r"|[Rr]oll at"
    r"|(?:[Ss]chool|[Nn]ursery|[Cc]ollege|[Ss]ixth [Ff]orm|6th [Ff]orm|PRU|[Pp]re-?school)(?:'s"
    r"| is|s| at|:|,| -| =)?(?: called)?"
    r"|(?:[Yy](?:ea)?r?|[Yy]r) ?\d{1,2}(?: (?:and|&) [Yy](?:ea)?r? ?\d{1,2})?,? (?:at"
    r"|in))(?: the| now)? )"
    rf"{_SCHOOL_NAME}(?: {_SCHOOL_WORD})*)"
    r"(?!'s (?:house|mum|dad)| (?:is|says|said|told|tells|rang|and [A-Z]))"
)
_BY_DAY_ALONE = re.compile(
    r"(?P<place>(?:\b(?:St\.? )?[A-Z][\w'&-]+ )(?:[A-Z][\w'&-]+ )*?(?:Boys|Girls|Juniors?"
    r"|Infants?|Primary|High|Academy"
    r"|Grammar|Sixth Form|6th Form|PRU|Playgroup)\b)|(?P<low>\bst [a-z]+s\b(?: (?:school|primary"
    r"|high))?)(?=,? (?:<|y(?:ea)?r? ?\d))"
    r"|(?P<low2>(?:^|(?<=, )|(?<=\. ))(?:[a-z']+ ){1,2}(?:academy|primary|high|infants|juniors"
    r"|sixth form|grammar)"
    r"(?=$|[,.]| (?:im|hes|shes|i'm|he's|she's|yr|year|y\d)))"
)


def schools_in(words: str) -> list[tuple[int, int]]:
    """Where a school, nursery or college is named: after what leads to one, or by its last word."""
    found = []
    for one in _BY_DAY.finditer(words):
        first = one["place"].split()[0].lower().removesuffix("'s").strip(".")
        alone = len(one["place"].split()) == 1
        if first in TITLES or first in NOT_NAMES or "&" in first or re.fullmatch(JOBS, first):
            continue
        if alone and (first == "st" or is_given_name(first)):
            continue
        if any(each.pattern.match(first) for each in kin()):
            continue
        found.append(one.span("place"))
    for one in _BY_DAY_ALONE.finditer(words):
        name = next(kind for kind in ("place", "low", "low2") if one[kind])
        first = one[name].lower().split()[0]
        if first in NOT_NAMES | STOP_WORDS | {"at", "goes"} or first in TITLES:
            continue
        found.append(one.span(name))
    return found
