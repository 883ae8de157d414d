"""Introductions: which name belongs to which word for a person ("her nan, Peg", "a man called")."""

import re

from mash_triage.chat.words.items import Sentence

_P = (
    r"<[kbg](?P<who>\d+)>(?: (?:of|to) (?:all |the )?(?:three|two|both|kids|children|them|<b\d+>))?"
    r"(?:/\w+)?"
)
_N = r"<[nm](?P<name>\d+)>"
_SMALL = (
    r"(?:there|as well,|too,|also|still|now|apparently|i think|again|only|just|then|one|a|the"
    r"|someone|somebody"
    r"|<z\d+> think|in <y\d+>,|<a\d+>,)"
)
_CALLED = (
    r"(?: name| names| name's|'s name)?(?: is| was| are)?(?: who)?(?: is)?"
    r"(?: <z\d+>| they| everyone| everybody)? ?"
    r"(?:called|named|calls?(?: <z\d+>)?(?:self)?|known as|goes by|by the name of"
    r"|name is|whose name is|names? of)"
)
IS_A = re.compile(r"(<k\d+>) is (?:a|an|some|this)(?: \w+)? <[bg]\d+>")
"""What is said of a relation, "dad is a lad called": no second person."""

_NAMED = re.compile(
    rf"{_P}(?: addr(?:ess)?)?(?: <x\d+>,?| <c\d+>,?)*"
    rf"(?P<link>{_CALLED}(?: {_SMALL})* |(?: {_SMALL})*(?: is| are| was|'s| name is| names"
    rf"| names?"
    rf"|:| =| -|,| \(|s| (?:older|little|big))*"
    rf"(?: {_SMALL}| <z\d+> is| who is)*,? ?){_N}"
)
_APPOSED = re.compile(
    rf"{_N}(?P<by>,| -| \(| is| was| b\.? <d\d+>| <d\d+>| both| <a\d+>| \d{{1,2}}| m| f"
    rf"|,? who is)+"
    r"(?P<whose>(?: (?:<z\d+>|my|the|their|our|a|an|still|now|<n\d+>|<k\d+>"
    r"|<b\d+>))*) <k(?P<who>\d+)>"
    r"(?=$|[,.)]| of| to| and| who| from| -|,? <[daxhp]|[ ,(]+\d)"
)
_AFTER_COMMA = re.compile(
    r"$|[,.)?]| \(?\d|,? \(?<[adpx]| (?:and|who|which|as|surname|or) |,? <z\d+> "
    r"|'?s? (?:lives?|is|was"
    r"|works?|has|had|knows?|died|left|said|says|told|came|stays?|stops?|visits?|pops|goes) "
    r"| something\b| i think| <z\d+> (?:believe|think)"
)


def introduced(sentence: Sentence) -> dict[int, int]:
    """For each word for a person its name, by the numbers of the items."""
    pairs: dict[int, int] = {}
    tagged = IS_A.sub(r"\1", sentence.tagged)
    for one in _NAMED.finditer(tagged):
        apart = one["link"].strip().startswith((",", "(")) and "call" not in one["link"]
        if apart and not _AFTER_COMMA.match(tagged[one.end() :]):
            continue
        if not _is_other(sentence, one) and int(one["name"]) not in pairs.values():
            pairs[int(one["who"])] = int(one["name"])
    for one in _APPOSED.finditer(tagged):
        name, relation = int(one["name"]), int(one["who"])
        if re.search(r"<k\d+>", one["whose"]) or relation in pairs:
            continue
        other = next((who for who, its in pairs.items() if its == name), None)
        if other is not None and sentence.items[other].kind != "grown":
            continue
        if not re.search(r"\bnot\b|n't", one[0]):
            pairs[relation] = name
            pairs.pop(other if other is not None else -1, None)
    return pairs


def _is_other(sentence: Sentence, one: re.Match[str]) -> bool:
    """A title after a comma is somebody else, unless the name is whole or a verb joins them."""
    item = sentence.at(one["name"])
    return item.kind == "staff" and not (
        len(item.value.split()) > 2 or re.search(r"is|called|:|=| one ", one["link"])
    )
