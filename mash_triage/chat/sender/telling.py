"""Who of the family knows of the contact, agrees to it, and what they say to it, clause by clause:
"told her I'd ring you, she said crack on", "both know", "haven't spoken to dad, not mum either".

It adds to what `consents.py` has read of the same turn, and never changes it.
"""

import re

from mash_triage.chat.people.cast import PARENTS, Cast
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import About, words_at
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE

_CLAUSE = re.compile(r"(?:[^,.;]|\.(?=\d))+")
_TOPIC = re.compile(
    r"\b(?:referr\w*|referal|contact\w*|notif\w*|report\w*|in touch|getting in|ring(?:ing)? you"
    r"|(?:tell|telling|message|messaging|messag|writing|speaking|talking)\b.{0,12}\b(?:you|u|this"
    r"|somewhere)|put(?:ting)? in (?:for|a)|making (?:this|it)|doing (?:this|it)|this form|you"
    r" lot"
    r"|mash|social (?:care|services)|children'?s services|everything|what i'?m doing|it'?s you"
    r"|consent|this)\b"
)
_SAID_TO = (
    r"(?:told|tell(?:ing)?|informed|advised|(?:spoken|spoke|speak|talked|explained|mentioned"
    r"|discussed)(?: (?:it|this|that|anything))? ?(?:to|with)|asked|said (?:owt|anything|it|this)"
    r" to|let)"
)
_TOLD = re.compile(
    rf"(?:^|<[zknm]\d+> |\b(?:we|i|i've|ive|have|has|had|already|just|also|yes|school|head|worker"
    rf"|consultant) )(?:only |then |just |already )?{_SAID_TO} (?P<whom><[knz]\d+>|both|them"
    rf"|the family)"
)
_NOT_TOLD = re.compile(
    rf"\b(?:haven'?t|havent|hasn'?t|hasnt|have not|has not|not|didn'?t|didnt|never|nobody has"
    rf"|no ?one"
    rf" has) (?:yet |been |even |been able to |had (?:a )?chance to )?(?:{_SAID_TO}|seen|rung"
    rf"|phoned)"
    r" (?P<whom><[knz]\d+>|both|either|them|the family)"
)
_EITHER = re.compile(r"^\s*(?:and |or )?not (?P<whom><[kn]\d+>) either")
_WHO = r"(?P<whom><[knz]\d+>|both(?: of them| parents)?|parents|neither|family)"
_KNOWS = re.compile(
    rf"{_WHO}(?: both| all| do| does| also| now| already| is| are| has| have| was| were| been)*"
    r" (?P<not>not |n'?t |never |doesn'?t |don'?t |dont |isn'?t |aren'?t |hasn'?t (?:been )?"
    r"|haven'?t (?:been )?)?(?:knows?|aware|told|informed)\b"
    r"(?! (?:what|where|who|how|<z\d+> (?!(?:was|is|have|contact|told))|<[knbm]|em|someone|if"
    r"|when|me|us"
    r"|everything about|the (?:area|school|police))\b)"
)
_FINE = (
    r"(?:yes|yeah|ok|okay|fine|crack on|go ahead|go for it|do it|alright|all right|sure|no problem"
    r"|that'?s fine)"
)
_WILLING = (
    r"(?:(?:ok|okay|fine|happy|keen|alright|all right) (?:with|for|about|to be) (?:it|this|that"
    r"|you|u|us|<z\d+>|contacted|rung)|on board|up for it|all for (?:it|this|getting)|agreeable)"
)
_CONSENTS = (
    r"(?:(?:agrees?|agreed|consents?|consented)(?= *$| (?:and|but|with (?:it|this)"
    r"|for (?:it|this|me)|to (?:it|this|<z\d+>|us|you|the (?:referral|contact)|a referral|being"
    r"|everything|share))\b)|signed (?:the |a |our )?(?:consent|referral)"
    r"|(?:gave|gives|given) (?:\w+ )?consent)"
)
_AGREES = re.compile(
    rf"{_WHO}(?: both| all| then| also)* (?:said|says|goes|went|replied|answered) {_FINE}\b"
    r"(?! (?:but|she|he|they)\b)"
    rf"|{_WHO.replace('whom', 'whom3')}(?: both| all| is| are| was| were| seems?| very| more than"
    rf"| quite| really)* {_WILLING}"
    rf"|{_WHO.replace('whom', 'whom2')}[^,.;<]{{0,30}} (?:{_CONSENTS}"
    r"|wants? (?:all )?(?:the )?(?:some )?(?:help|support|<k\d+>)"
    r"|would (?:quite )?(?:like|welcome) (?:some |any |the )?(?:help|support))\b"
    rf"|^\s*(?:and |so |then )*(?:yes (?:to|consent)|{_CONSENTS}|wants (?:all )?(?:the )?(?:help"
    r"|support)|verbal consent|<z\d+> said (?:yes|ok|fine|crack on))"
)
_OWN_YES = re.compile(r"\b<z\d+> (?:do )?(?:agree|consent|give (?:my )?consent)\b")
_NOT = re.compile(
    r"\b(?:not|never|no|nor|won'?t|wouldn'?t|refus\w+|if)\b|n't\b|\b(?:dont|doesnt|didnt|wont"
    r"|isnt)\b"
)
_VIEW = re.compile(
    r"\b(?:said|says|goes|wants?|would (?:quite )?(?:like|rather|prefer|welcome)|thinks?|thought"
    r"|feels?|scared|frightened|worried|afraid|cried|upset|keen|relieved|pleased|fussed|hopes?"
    r"|hoping|glad|grateful|angry|furious|ashamed|embarrassed)\b|<q\d+>"
)
_OPENED = frozenset(["told", "why_not_told"])


class Telling:
    """Reads the clauses of one turn after one another; who was spoken of goes on."""

    def __init__(self, cast: Cast, about: About, pending: str | None) -> None:
        self.cast, self.about = cast, about
        self.open = pending in _OPENED
        self.whom: tuple[int | None, ...] = ()

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """What this sentence says of knowing and agreeing."""
        spoke = False
        topical = self.open or bool(self.whom) or bool(_TOPIC.search(sentence.tagged))
        for clause in _CLAUSE.finditer(sentence.tagged):
            words = words_at(sentence, clause.start(), clause.end()).strip(" ,")
            if topical and words:
                spoke = self._clause(sentence, seen, clause[0], words) or spoke
        if self.whom and not spoke and _VIEW.search(sentence.tagged):
            start = re.match(r"\s*(?:<[zk]\d+>|but|and|not|very|frightened|scared|worried|keen"
            r"|wants"
                             r"|says|said|thinks|upset)\b", sentence.tagged)  # fmt: skip
            if start:
                words = sentence.words.strip(" *-")
                self.cast.note("parents_view", words, words)

    def _clause(self, sentence: Sentence, seen: Seen, clause: str, words: str) -> bool:
        told = self._told(clause)
        if told is not None:
            value, whom = told
            people = self._people(sentence, seen, whom)
            for who in people:
                self._note("told", value, words, who)
            self.whom = people or self.whom
        agrees = _AGREES.search(clause)
        if agrees and not _NOT.search(agrees[0]) and (self.whom or self.open):
            group = agrees["whom"] or agrees["whom2"] or agrees["whom3"]
            people = self._people(sentence, seen, group) if group else self.whom
            for who in people if self.whom or group else ():
                self._note("agreement", "given", words, who)
                self._note("told", "yes", words, who)
            self.whom = people or self.whom
        elif _OWN_YES.search(clause) and re.search(
            r"mother|father|parent", self.about.role.lower()
        ):
            self._note("agreement", "given", words, None)
        if self.whom and _VIEW.search(clause) and (not told or "<q" in clause):
            rest = sentence.words[sentence.words.find(words) :].strip(" *-")
            self.cast.note("parents_view", rest, rest)
            return True
        return told is not None

    def _told(self, clause: str) -> tuple[str, str] | None:
        """Whether a clause says that somebody knows, and the tag or word of whom."""
        if no := _NOT_TOLD.search(clause) or _EITHER.search(clause):
            return "no", no["whom"]
        if knows := _KNOWS.search(clause):
            denied = knows["not"] or knows["whom"] == "neither"
            return ("no" if denied else "yes"), knows["whom"]
        if told := _TOLD.search(clause):
            lead = clause[: told.start("whom")]
            denied = _NOT.search(lead) or re.search(
                r"\bto (?:tell|let)\b|\bwill\b|\bgoing to\b|\?", lead
            )
            asked = self.open or _TOPIC.search(clause)
            return ("yes", told["whom"]) if asked and not denied else None
        return None

    def _people(self, sentence: Sentence, seen: Seen, whom: str) -> tuple[int | None, ...]:
        """The grown-ups whom a tag or "both" means; None for the parents, where nobody is known."""
        cast = self.cast
        parents = tuple(n for n in cast.adults() if cast.people[n].kin in PARENTS)
        tag = re.fullmatch(r"<([knz])(\d+)>", whom)
        item = sentence.at(tag[2]) if tag else None
        if item is None or item.value == "they":
            return parents or (None,)
        if item.value == "i":
            return ()
        if item.kind == "pronoun":
            sex = {"he": MALE, "she": FEMALE}[str(item.value)]
            order = [*(w for w in self.whom if w is not None), *reversed(cast.recent), *parents]
            fits = [n for n in order if n in cast.people and cast.people[n].role == "adult"]
            named = next((n for n in fits if cast.people[n].sex == sex and n != cast.owner), None)
            if named is None and not parents:
                return (None,)
            return () if named is None else (named,)
        who = seen.people.get(int(tag[2])) if tag else None
        return (who,) if who is not None and cast.people[who].role == "adult" else ()

    def _note(self, what: str, value: str, words: str, who: int | None) -> None:
        """Keep it where this turn has not said it already."""
        if not any((f.what, f.who, f.turn) == (what, who, self.cast.turn) for f in self.cast.facts):
            self.cast.note(what, value, words, who)
