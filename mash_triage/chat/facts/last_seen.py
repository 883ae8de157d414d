"""When whoever types saw the child last: "saw him friday", "did a visit yesterday"."""

import re

from mash_triage.chat.people.cast import Cast
from mash_triage.chat.words.dates import last_before
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen

_I_SAW = re.compile(
    r"(?:^|\b(?:and|but|so|correction|last)\b,? |<z(?P<i>\d+)> |\bwe )"
    r"(?:(?:have|'ve|had|was|did|do|just|only|last|myself|also|then|personally|not) )*"
    r"(?:saw|seen|visited|met|counted|weighed|checked|handed|left|dropped|picked|spoke (?:to|with)"
    r"|spoken (?:to|with)|sat with|been (?:to see|round|out))\b(?P<whom>[^.;]*)"
)
_VISIT = re.compile(
    r"\b(?:did|done|went on|on|at|made|carried out|my|our|after|from)\b[^.;<]{0,30}"
    r"\b(?:visit|home visit|appointment|contact|clinic|review|check)\b"
)
_NOT_SEEN = re.compile(
    r"\b(?:not been seen|n[o']t seen|hasn'?t been|haven'?t seen|never seen|nobody|no one|next)\b"
)


def when_seen(sentence: Sentence, seen: Seen, cast: Cast) -> tuple[str, str] | None:
    """The day on which whoever types saw the child, and the words."""
    days = [item for item in sentence.items if item.kind == "date"]
    if not days or _NOT_SEEN.search(sentence.tagged):
        return None
    one = _I_SAW.search(sentence.tagged)
    if one and one["i"] and sentence.at(one["i"]).value != "i":
        one = None
    again = re.search(r"\b(?:correction|sorry|not)\b", sentence.tagged) and cast.value(
        "referrer.last_seen"
    )
    if one and not again and not _sees_child(one["whom"], seen, cast):
        one = None
    visit = _VISIT.search(sentence.tagged)
    if one is None and not (visit and _is_near(sentence, visit)):
        return None
    at = one.start() if one else 0
    day = next((d for d in days if sentence.tagged.find(_tag(sentence, d)) >= at), days[0])
    return last_before(day.value, cast.today).isoformat(), day.words


def _tag(sentence: Sentence, item: object) -> str:
    return next(f"<d{n}>" for n, each in enumerate(sentence.items) if each is item)


def _is_near(sentence: Sentence, visit: re.Match[str]) -> bool:
    """Is the day said together with the visit?"""
    around = sentence.tagged[max(visit.start() - 24, 0) : visit.end() + 16]
    return "<d" in around


def _sees_child(whom: str, seen: Seen, cast: Cast) -> bool:
    """Is a child seen, rather than a grown-up or a thing?"""
    one = re.match(
        r"(?: all| both| little| our| the)* (?:<[znbk](\d+)>|(?:kids|children|baby|family)\b)", whom
    )
    if one is None:
        return bool(re.match(r"(?: alone| by me| here)?,? (?:on )?<d\d+>", whom))
    if one[1] is None:
        return True
    who = seen.people.get(int(one[1]))
    if who is None:
        return bool(cast.children())
    return cast.people[who].role == "child"
