"""What somebody says of herself in the middle of other things: her name, what she is to the child,
and whether the safeguarding lead of her agency knows.
"""

import re

from mash_triage.chat.sender.consents import Consents
from mash_triage.chat.words.vocabulary import JOBS, is_given_name

_LEAD_WORDS = (
    r"\b(?:d?dsl|d\.s\.l|safeguarding (?:lead|officer|team|manager|person)|designated (?:\w+"
    r" )?(?:lead"
    r"|person|teacher|officer)|named (?:nurse|doctor|midwife))\b"
)
_LEAD = re.compile(_LEAD_WORDS)
_LEAD_KNOWS = re.compile(
    rf"{_LEAD_WORDS}[^.;]{{0,50}}?\b(?:knows|aware|informed|agrees?|agreed|told|read|asked|wants"
    rf"|seen|happy|supports?|signed|on board|said)\b"
    rf"|\b(?:told|informed|spoken (?:to|with)|spoke (?:to|with)|discussed (?:\w+ )?with|past"
    rf"|through"
    rf"|checked with|agreed with|run by)\b[^.;]{{0,30}}?{_LEAD_WORDS}"
    rf"|\bi(?:'m| am|m) (?:also )?(?:the |our |a )?(?:deputy )?{_LEAD_WORDS}"
)
_LEAD_NOT = re.compile(
    rf"{_LEAD_WORDS}[^.;]{{0,20}}\b(?:doesn'?t|not|hasn'?t|isn'?t|away|off)\b"
    rf"|\b(?:haven'?t|not|yet to|didn'?t|can'?t|cant)\b[^.;]{{0,24}}{_LEAD_WORDS}"
)

_SELF_NAMED = re.compile(
    r"(?:^|[,.;(] ?|\b(?:and|but|so) )(?P<by>i'?m|i am|my name'?s?(?: is)?|name'?s(?: is)?"
    r"|it'?s|this is)"
    r" (?:called )?(?P<name>[a-z][a-z'-]+(?: [a-z][a-z'-]+){0,2}?)"
    r"(?=$|[,.;!)]| (?:and|from|at|here|btw|his|her|their|on|the|i|im|i'm)\b)",
    re.IGNORECASE,
)
"""How somebody says her own name in the middle of a turn."""

TO_THE_CHILD = re.compile(
    r"\bi(?:'m| am|m) (?:also )?(?:his|her|their|the (?:boy|girl|child|kid|lad|lass)(?:'?s|s'?)) "
    rf"(?P<what>(?:[a-z]+ ){{0,2}}?(?:{JOBS}|key person|neighbour|babysitter|godmother"
    rf"|godfather))\b"
)
_DOES = re.compile(
    r"\bi (?:also |only |just )?(?P<does>coach|childmind|babysit|tutor|foster|teach)\b"
    r"(?= (?:him|her|them|the|his|their|u\d|under|at|there)\b)"
)
_DOER = {
    "coach": "coach", "childmind": "childminder", "babysit": "babysitter", "tutor": "tutor",
    "foster": "foster carer", "teach": "teacher",
}  # fmt: skip
"""What somebody is to a child by what she says she does."""


class Sender(Consents):
    """Reads who writes, wherever it stands in a turn."""

    def _lead(self, low: str, raw: str) -> None:
        """Whether the safeguarding lead of her agency knows."""
        if not _LEAD.search(low):
            return
        if _LEAD_NOT.search(low):
            self.cast.note("lead_informed", "no", raw)
        elif _LEAD_KNOWS.search(low):
            self.cast.note("lead_informed", "yes", raw)

    def _named_herself(self, raw: str) -> None:
        """ "Her name's Ann Reed, I'm Kev Marr, dad": her own name, wherever it stands."""
        cast = self.cast
        for one in _SELF_NAMED.finditer(raw):
            first = one["name"].split()[0]
            loose = one["by"].lower().startswith(("it", "this"))
            named = first[0].isupper() and is_given_name(first)
            if not named or (loose and cast.turn > 1):
                continue
            known = str(cast.value("referrer.name") or "")
            other = cast.by_name(first)
            child = other is not None and cast.people[other].role == "child"
            if not child and (not known or one["name"].lower().startswith(known.lower())):
                cast.note("referrer.name", as_written(one["name"]), one["name"])

    def _to_child(self, low: str, raw: str) -> None:
        """What she says to be to the child in so many words, or by what she does."""
        if self.cast.value("referrer.relationship"):
            return
        if one := TO_THE_CHILD.search(low):
            words = raw[one.start("what") : one.end("what")]
            self.cast.note("referrer.relationship", words.strip(), words)
        elif (does := _DOES.search(low)) and self.about.agency == "public":
            words = raw[does.start() : does.end()]
            self.cast.note("referrer.relationship", _DOER[does["does"]], words)


def as_written(name: str) -> str:
    """A name; one in capitals throughout as others write it."""
    return name.title() if name.isupper() else name
