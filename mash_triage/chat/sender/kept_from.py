"""From whom something is to be kept: "don't tell dad", "not for Shanice", "mum can't know".

Two things have to stand together: that it is to be kept, and somebody who is not the one who reads.
"""

import re

from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import words_at

_NAME = re.compile(r"^<z\d+> (?:name|details|number|address|kids?)\b")
_NOBODY = frozenset(["i", "me", "my", "it", "you", "u", "us", "we", "this", "that", "what", "who"])
_ENDS = (
    r"that|about|abt|if|when|till|until|before|after|because|cos|coz|bcs|so|what|where|why|how"
    r"|who"
    r"|know|knows|see|sees|seen|find|finds|finding|knowing|seeing|hearing|having|getting|hear"
    r"|hears"
    r"|told|to|be|being|is|was|are|were|can|could|will|would|might|may|get|gets|go|have|has|had"
    r"|pls"
    r"|plz|please|thanks|not|no|yet|under|at|it|i|we|you|u|im|ive|id|but|because|though|either"
    r" way"
    r"|into|in|with|from|this|doing|asking|ask|even|as|by|also|they'd|she'd|he'd|he's|she's|hes"
    r"|shes|they're|first|today|now|tonight|directly|anything|whatever|ever|again|over"
)
_WORD = rf"(?!(?:{_ENDS})\b)(?:<[a-z]\d+>(?:'s)?|[a-z][a-z'-]*)"
_FIRST = (
    r"(?:<[knmbgzo]\d+>(?:'s)?|(?:the|both|either|neither|any|all|other|anyone|anybody|everyone"
    r"|everybody|no ?one|nobody|next|people|social|school|college|nursery|famil(?:y|ies)|staff"
    r"|police|neighbou?rs|parents?)\b)"
)
_WHO = (
    rf"(?P<who>{_FIRST}(?:(?: (?:or|and|&|nor|of|on|at|from|in) |, (?:or|and|nor) | ?/ ?|"
    rf" ){_WORD}){{0,4}})"
)
_SOMEBODY = re.compile(
    r"<[knmbgzo]\d+>|\b(?:famil(?:y|ies)|relatives?|relations|household|school|college|nursery"
    r"|parents?|carers?|staff|colleagues?|police|neighbou?rs?|next door|mates?|friends?|side|lot"
    r"|any ?(?:one|body)|every ?(?:one|body)|no ?(?:one|body)|nobody|others|church|mosque|temple"
    r"|landlord|boss|employer|work|teachers?|class|kids|lads|girls|boys|gang|elders?|community"
    r"|partner|couple|them|father|mother|social|council|people|pupils|year group|in-?laws)\b"
)
_NOT = r"(?:don'?t|do not|dnt|never|not to|nobody (?:is to|should)|please not|pls not)"
_ASKED = (
    rf"(?:^|[,.;:(] ?|\b(?:please|pls|plz|and|n|no|yes|oh|but|so|just|also|to|you|u|that|says?"
    rf"|said|asked|begged"
    rf"(?: <z\d+>)?|me|us|mustn'?t|do|would rather you|careful) ){_NOT} (?:ever |please |even "
    rf"|go )?"
)
_TELL = (
    r"(?:tell|telling|inform|ring|phone|call|text|message|contact|alert|ask|warn|(?:mention"
    r"|say|breathe|repeat|show|give|send)(?: (?:it|this|that|anything|a word|any of (?:it|this)))?"
    r" to|show|approach)"
)
_LEARN = (
    r"(?:know|knowing|find(?:ing)? out|hear(?:ing)?|be told|told|see(?:ing)?(?= (?:it|this"
    r"|that|what|any|<z\d+> (?:name|words)|the (?:form|report|referral|letter|record|notes?))\b"
    r"|[.,!]|$)|get(?:ting)? (?:wind|hold|to (?:know|hear|see))|learn|be (?:aware|informed|shown"
    r"|given|contacted))"
)
_MUST_NOT = (
    r"(?:must ?n'?t|must (?:not|never)|should ?n'?t|should (?:not|never)"
    r"|(?:is|are) ?n[o']?t to|(?:is|are) not to|not to|better not|need ?n'?t|doesn'?t need to)"
)
_WAYS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ASKED}{_TELL} {_WHO}",
        rf"(?:{_NOT}|without|mustn'?t|can'?t) (?:be )?let(?:ting)? {_WHO} (?:\w+ )?{_LEARN}\b",
        rf"(?:don'?t|does ?n'?t|do not|does not|did ?n'?t|not|never|would ?n'?t|'d not|rather"
        rf"(?: not)?) (?:really )?(?:want(?:s|ed|ing)?|like|have|wish(?:es)?) {_WHO} (?:\w+"
        rf" )?(?:to |being )?{_LEARN}\b",
        rf"{_WHO} (?:really |absolutely )?{_MUST_NOT} (?:ever |even )?{_LEARN}\b(?! to\b)",
        rf"{_WHO} (?:really |absolutely )?(?:can ?not|can'?t|cant) (?:ever |even )?(?:know|find"
        rf" out|be told|be aware)\b",
        rf"\b(?:you|u|we|nobody|no ?one) (?:can ?not|can'?t|cant|must ?n'?t|must not|should"
        rf" ?n'?t|better not) {_TELL} {_WHO}",
        rf"\b(?:rather|prefer|sure|ensure|careful|so that|want it so)\b[^,.;]{{0,20}}? {_WHO}"
        rf" (?:did|do|does|was|is|were|are)"
        rf"(?: ?n'?t| not) (?:ever |to )?{_LEARN}",
        rf"\bnothing(?: is| gets?| should be| to be)? (?:said|mentioned|sent|shown|given|told)"
        rf" to {_WHO}",
        rf"\bbetween (?:us|ourselves|you and me)[^.;]{{0,20}}? not {_WHO}",
        rf"{_WHO} (?:<z\d+> )?(?:doesn'?t|dont|don'?t|does not|do not|isn'?t) (?:know|aware)[\w"
        rf" ]{{0,12}}"
        rf" and (?:must|can|should)(?:n'?t| ?not)",
        rf"but {_WHO} can'?t[ .!]*$",
        r"\bnot for (?P<who><[knz]\d+>)[ .!]*$",
        rf"\bnot (?:told|telling|going to tell) {_WHO} and (?:will|shall|must|won'?t|don't)",
        rf"as long as {_WHO} (?:doesn'?t|don'?t|dont|does not|do not|never|isn'?t|aren'?t)"
        rf" (?:ever )?{_LEARN}",
        rf"\bnot (?:to be (?:shared|discussed|disclosed|repeated|given|shown)|for (?:sharing"
        rf"|sight|disclosure|the eyes))"
        rf"[\w ]*? (?:with|to|by|of|in front of) {_WHO}",
        rf"(?:^|[,.:;(] ?|\b(?:restricted|is|but like i say|strictly|info|but) )not (?:for|to)"
        rf" {_WHO}",
        rf"(?:{_NOT}|cannot|must not|mustn'?t|should not|shouldn'?t|nothing|not)"
        rf" [^,.;]{{0,70}}?(?<!spoken )"
        rf"(?<!talk )(?<!spoke )(?:shared?|disclose|give|given|pass|passed|go|goes|repeat"
        rf"|repeated|be said|send|sent|show|shown|get back)\b[^,.;]{{0,40}}?"
        rf" (?:with|to|by|in front of) {_WHO}",
        rf"\bnothing (?:about|of|on|from) [^,.;]{{0,40}}? to {_WHO}",
        rf"\b(?:keep|keeping|kept|withh[eo]ld|hidden?|hide|secret|confidential|restrict(?:ed)?"
        rf"|protected|leave|left|stays?|redact(?:ed)?)\b"
        rf"[^,.;]{{0,50}}? (?:from|away from|off|out of)(?: (?:anything|anywhere|everything|any"
        rf" \w+|all \w+)(?: that)?)? {_WHO}",
        rf"\bkeep {_WHO} out of (?:it|this|that)",
        rf"(?:don'?t|dont|do not|not|never|off|out of|keep)\b[^,.;]{{0,60}}? any(?:thing|where"
        rf"|\w*)"
        rf"(?: \w+)?(?: that| which)?(?: (?:is |are )?(?:goes|going|go|sent|addressed)(?: out)?"
        rf" to {_WHO}"
        rf"| {_WHO.replace('<who>', '<or_who>')} (?:see|sees|get|gets|can|could|might|may|will"
        rf"|would|reads?|has)\b)",
        rf"^(?:but |and |just )?not {_WHO}(?: pls| please| yet|$)",
        rf"\b(?:behind|without) {_WHO} (?:back|knowing|finding out|knowledge)",
    )
)
_NOT_KEPT = re.compile(
    r"\b(?:ring|phone|call)\b.{0,40}\b(?:before|text|txt|e-?mail|between|after \d)\b|from the"
    r" news"
    r"|\b(?:said|told) (?:owt|anything|nothing|a word) to\b"
)
"""Only how somebody is to be reached, or what has not been said so far."""


def kept_from(sentence: Sentence) -> str | None:
    """Whom a sentence asks to keep something from, in its words; None where it asks nothing."""
    if _NOT_KEPT.search(sentence.tagged):
        return None
    for way in _WAYS:
        for one in way.finditer(sentence.tagged):
            name = "who" if one["who"] else "or_who"
            who = one[name].strip(" ,")
            if _SOMEBODY.search(who) and not _NAME.match(who) and not _reads_it(sentence, who):
                return _words(sentence, one.start(name), who)
    return None


def _words(sentence: Sentence, start: int, who: str) -> str:
    if alone := re.fullmatch(r"<z(\d+)>", who):
        return re.sub(r"'[a-z]+$", "", sentence.at(alone[1]).words)
    words = words_at(sentence, start, start + len(who))
    return re.sub(r" (?:for|on|in|at|of|from)$", "", words)


def _reads_it(sentence: Sentence, who: str) -> bool:
    """Is it nobody but the one who writes or the one who reads?"""
    for word in re.findall(r"<[a-z]\d+>|[a-z']+", who)[:1]:
        item = sentence.at(word[2:-1]) if word.startswith("<") else None
        if item is not None and item.value == "i":
            return len(who.split()) < 2
        if word in _NOBODY:
            return True
    return False
