"""Family names said by themselves: "all Petrovics", "surname Price", "the Horvath kids"."""

import re

from mash_triage.chat.people.called import as_name
from mash_triage.chat.people.cast import PARENTS, Cast
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.part import said_in
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import KINDS, is_given_name

_N = r"<[nm](?P<n>\d+)>"
_SURNAME = r"(?:sur ?names?|(?:last|family|second|2nd) names?)"
_ALL = (
    r"(?:all(?: of)?(?: (?:<z\d+>|us|three|four|five|\d|the kids|the children|kids|children))*"
    r"|both(?: of (?:<z\d+>|us))?"
    r"|the (?:whole )?(?:lot|pair|two|three|four)(?: of (?:<z\d+>|us))?)"
)
_END = r"(?=[ ]*$|[,.;:!?)(]| (?:on|like|but|except|and|i|is|as|too|though|not|surname|same)\b| <k)"
_NOT_SAID = (
    r"(?:unknown|not|n't|dont|idk|dunno|no idea|same|different|after|unsure"
    r"|either|is is|changed|or\b)"
)
_SAYINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_SURNAME}(?:(?!{_NOT_SAID})[^<.]){{0,30}}?(?:<k\d+>'?s?(?:,|:| -| ie| so)+ ?)?{_N}",
        rf"{_N},? (?:is|as|was|being|for)(?: (?:the|a|an|<z\d+>|our|my|their))?(?: \w+)? ?"
        rf"(?:{_SURNAME}|family)\b(?! (?:friend|home|member|hub|support|court))",
        rf"(?<!at )\b{_ALL}(?: (?:are|is|being|called|have|under|go by|named|the))* {_N}{_END}",
        rf"{_N},? {_ALL}{_END}(?! (?:at|in|are))",
        rf"(?<!with )(?<!and )(?<!like )(?<!of )\b(?:the|our) {_N} (?:children|kids|family|boys"
        r"|girls|siblings|lads|lot|household|brood|bunch|little ones|bairns|<[kb]\d+>)",
        rf"\bfamily(?: is| are| called| named| name| of|:|,| -| the| =)+ {_N}{_END}",
        rf"^ ?(?:re:? )?(?:the )?{_N} (?:family|siblings|household|children|kids)\b",
        rf"(?<=>) (?:is|should be|'s|=)(?: a| actually| really| still)* {_N},? (?:and )?not <n\d+>",
        rf"(?<=>) legal name (?:is|:)? ?{_N}",
        rf"(?<=>) (?:is|are|'s)(?: a)? {_N}{_END}",
    )
)
_SCHOOLED = re.compile(r"\b(?:at|in|to|go|attend)(?: the)? ?$")
_MOTHERS = re.compile(
    rf"\b{_SURNAME}(?: is|:)?(?: the)? ?(?P<a><k\d+>)(?:'?s)?$"
    rf"|\bsame(?: {_SURNAME})? as (?:<z\d+> |the )?(?P<b><k\d+>)(?:'s)?"
    rf"|\b(?:has|have|got|use|uses|using|with|under|in|take|took) (?:<z\d+> |the )?"
    rf"(?P<c><k\d+>)(?:'s)?(?: maiden)? {_SURNAME}|\b{_SURNAME} (?:is )?(?:after|same as|as per) "
    rf"(?:<z\d+> |the )?(?P<d><k\d+>)"
)
_SAME = re.compile(
    rf"\bsame (?:{_SURNAME})|{_SURNAME}(?: is| the|:)* (?:the )?same|{_SURNAME} as above"
    rf"|{_SURNAME} (?:<n\d+> )?a(?:s ?well|lso)|both (?:the )?same$|same {_SURNAME}"
)
_NO_FIRST_NAME = re.compile(
    r"\bno (?:\w+ )?names?\b|not (?:yet )?(?:been )?named|unnamed|yet to be named|\bunborn\b"
    r"|pre-?birth|\blabel|\bbands?\b|wrist|cot card|name (?:not|tbc)|has ?n[o']?t (?:got )?a name",
    re.IGNORECASE,
)
_BABY = re.compile(r"(?P<who><b\d+>)(?: \(?(?:girl|boy)\)?| called| of| name)?,? ?" + _N)
_BABY_QUOTED = re.compile(r"\b(?i:baby)(?: girl| boy)? (?P<name>[A-Z][a-z][\w'-]+)")
_ALONE = re.compile(
    r"[ ,]*(?:(?:so|ok|okay|yes|yeah|yh|right|fine|oh|no|sorry|it's|its|it is|well|that's"
    r"|the name is)[ ,:]+)*(?:<z\d+> is )?" + _N + r"(?P<more>.*)"
)
_PUTS_RIGHT = re.compile(r"(?i)\b(?:sorry|correction|wrong|other way|mixed|i mean|not)\b")
_SPELLED = re.compile(r"(?:\b[A-Za-z][ .-]+){3,}[A-Za-z]\b")
_WITH_S = frozenset(KINDS["surnames_with_s"].split())
_NOT_OF_ONE_NAME = frozenset({"cousin", "half-brother", "half-sister", "stepbrother", "stepsister"})


class Surnames:
    """Finds the names of a sentence that are family names, before it is asked who is in it, and
    gives them afterwards to the children they are said of.
    """

    def __init__(self, cast: Cast, turn: str, *, self_refers: bool) -> None:
        self.cast, self.turn, self.self_refers = cast, turn, self_refers
        self._waits = False
        self._found: list[re.Match[str]] = []

    def claim(self, sentence: Sentence) -> set[int]:
        """The numbers of the items that are family names and nobody's first name."""
        tagged = sentence.tagged
        self._found = [
            one for each in _SAYINGS for one in each.finditer(tagged) if self._is_one(sentence, one)
        ]
        if _NO_FIRST_NAME.search(self.turn):
            self._found += [
                one for one in _BABY.finditer(tagged)
                if " " not in sentence.at(one["n"]).value.strip()
                and re.match(r"(?i)(?:unborn|baby|newborn|bump)", self._item(sentence, one).words)
            ]  # fmt: skip
        alone = _ALONE.fullmatch(tagged)
        if alone and not self._found and self._answers(sentence, alone):
            self._found = [alone]
        self._waits = bool(re.search(rf"\b{_SURNAME}[^<]*(?:<k\d+>)?[ :]*$", tagged)) and not (
            re.search(_NOT_SAID, tagged)
        )
        return {int(one["n"]) for one in self._found}

    def _owned(self, sentence: Sentence) -> dict[int, int]:
        """ "Ashtons Rowe", and "Ashton Rowe" in a turn that puts right: the family name of a child
        whose first name is known.
        """
        found: dict[int, int] = {}
        for number, item in enumerate(sentence.items):
            words = as_name(item.value).split() if item.kind == "name" else []
            if len(words) != 2 or not (
                re.match(r"\w+'?s ", item.value) or _PUTS_RIGHT.search(self.turn)
            ):
                continue
            first = {words[0].lower(), words[0].lower().removesuffix("s")}
            called = [n for n in self.cast.children() if self.cast.first_name(n) in first]
            if len(called) == 1 and self.cast.value("family_name", called[0]):
                found[number] = called[0]
        return found

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """Give each family name of the sentence to the children whom it is said of."""
        said = set()
        for number, who in self._owned(sentence).items():
            item = sentence.items[number]
            self.cast.note("family_name", as_name(item.value).split()[-1], item.words, who)
        for one in self._found:
            if int(one["n"]) in said:
                continue
            said.add(int(one["n"]))
            item = sentence.at(one["n"])
            for who in self._whom(sentence, seen, one):
                self._give(who, self._single(item, one[0]), item.words)
        if not said:
            self._as_somebody(sentence, seen)
        quoted = _BABY_QUOTED.search(sentence.words)
        if quoted and not said and _NO_FIRST_NAME.search(self.turn) and '"' in sentence.words:
            self._of_newborn(quoted["name"])

    # ------------------------------------------------------------ which names

    def _item(self, sentence: Sentence, one: re.Match[str]) -> Item:
        return sentence.at(one["who"][2:-1])

    def _is_one(self, sentence: Sentence, one: re.Match[str]) -> bool:
        """Is the name no place, nobody known already, and not somebody's whole name?"""
        item, before = sentence.at(one["n"]), sentence.tagged[: one.start()]
        words = as_name(item.value).split()
        known = self.cast.by_name(item.value)
        if not words or len(words) > 2 or (item.kind == "staff") or _SCHOOLED.search(before):
            return False
        spoken = bool(re.search(_SURNAME, one[0]))
        if one[0].startswith(" ") and not re.search(r"\bnot\b|legal", one[0]):
            return bool(re.search(_SURNAME, self.turn.lower())) and self._is_child(sentence, one)
        if known is not None and self.cast.first_name(known) == words[0].lower():
            return spoken and bool(self.cast.value("given_names", known)) and len(words) == 1
        return spoken or len(words) == 1 or not is_given_name(words[0])

    def _is_child(self, sentence: Sentence, one: re.Match[str]) -> bool:
        """ "Luka's surname is Fallow, Max is Petrovic": a name said of a child who has another."""
        near = re.search(r"<n(\d+)>$", sentence.tagged[: one.start()])
        who = self.cast.by_name(sentence.at(near[1]).value) if near else None
        name = as_name(sentence.at(one["n"]).value)
        return who in self.cast.children() and " " not in name and not is_given_name(name)

    def _answers(self, sentence: Sentence, one: re.Match[str]) -> bool:
        """A name alone, where a family name was spoken of or is spelled out, and one is wanting."""
        item, cast = sentence.at(one["n"]), self.cast
        name = as_name(item.value)
        if " " in name or not name or cast.by_name(name) is not None or item.kind == "staff":
            return False
        if not any(cast.value("given_names", n) for n in cast.children()) and not self._waits:
            return self._of_a_family(sentence, one)
        lacking = [n for n in cast.children() if not cast.value("family_name", n)]
        spelled = _SPELLED.search(self.turn) and not one["more"].strip(" .!")
        asked = any(re.search(_SURNAME, turn.lower()) for turn in cast.talk.turns[:-1])
        plain = not is_given_name(name) and re.match(
            r"[.! ]*(?:$|but |please|with |so )", one["more"]
        )
        return bool(lacking) and bool(self._waits or spelled or (asked and plain))

    def _of_a_family(self, sentence: Sentence, one: re.Match[str]) -> bool:
        """ "New family to the area. Horvath." """
        place = self.turn.find(sentence.words)
        before = self.turn[: max(place, 0)].lower()
        name = as_name(sentence.at(one["n"]).value)
        alone = not one["more"].strip(" .,!")
        return alone and bool(re.search(r"\bfamil(?:y|ies)\b", before)) and not is_given_name(name)

    # ------------------------------------------------------------ whose

    def _single(self, item: Item, said: str) -> str:
        """The name of one of them: "all Petrovics" are each a Petrovic."""
        name = as_name(item.value)
        several = re.search(_ALL, said) and not re.search(_SURNAME, said)
        plural = re.search(r"[^siuao]s$", name.lower()) and name.lower() not in _WITH_S
        return name[:-1] if several and plural else name

    def _whom(self, sentence: Sentence, seen: Seen, one: re.Match[str]) -> list[int]:
        """The child mentioned right before; else all the children who have no family name yet."""
        cast = self.cast
        if "who" in one.re.groupindex:
            child = seen.people.get(int(one["who"][2:-1]))
            return [child] if child is not None and child in cast.children() else []
        near = re.search(
            r"<[nkbz](\d+)>(?:'s|s)?(?: is| has| have)? ?$", sentence.tagged[: one.start()]
        )
        everyone = re.search(_ALL, sentence.tagged)
        if near and not everyone:
            who = seen.people.get(int(near[1]))
            item = sentence.at(near[1])
            if item.value == "i" and self.self_refers:
                return [cast.owner] if cast.owner is not None else []
            if who is not None and item.value != "they":
                return [who]
        if self.self_refers and cast.owner is not None:
            return [cast.owner]
        if not cast.children():
            said = sentence.at(one["n"])
            cast.note("_family", as_name(said.value), said.words)
        lacking = [n for n in cast.children() if not cast.value("family_name", n)]
        own = [n for n in lacking if cast.people[n].kin not in _NOT_OF_ONE_NAME or everyone]
        subject = cast.subject()
        parents = [n for n in dict.fromkeys(seen.people.values()) if cast.people[n].kin in PARENTS]
        whom = [*parents, *own] if everyone and len(parents) > 1 else own
        return whom or lacking or ([subject] if subject is not None else [])

    def _give(self, who: int, name: str, words: str) -> None:
        cast = self.cast
        if cast.people[who].role == "child":
            if str(cast.value("given_names", who) or "").lower() != name.lower():
                cast.note("family_name", name, words, who)
        elif " " not in (known := str(cast.value("name", who) or " ")):
            cast.note("name", f"{known} {name}", words, who)

    def _of_newborn(self, name: str) -> None:
        nameless = [n for n in self.cast.children() if not self.cast.value("given_names", n)]
        if len(nameless) == 1 and not self.cast.value("family_name", nameless[0]):
            self.cast.note("family_name", name, name, nameless[0])

    # ------------------------------------------------------------ the same as another's

    def _as_somebody(self, sentence: Sentence, seen: Seen) -> None:
        """ "Same surname as mum", "surname the same", "mum is Halina, same surname"."""
        cast, tagged = self.cast, sentence.tagged
        if mothers := _MOTHERS.search(tagged):
            tag = next(group for group in mothers.groups() if group)
            who = seen.people.get(int(tag[2:-1]))
            name = str(cast.value("name", who) or "") if who is not None else ""
            if " " in name:
                for child in cast.children():
                    if not cast.value("family_name", child):
                        cast.note(
                            "family_name", name.split()[-1], said_in(sentence, mothers), child
                        )
            return
        same = _SAME.search(tagged)
        first = next(filter(None, (cast.value("family_name", n) for n in cast.children())), None)
        if same is None or first is None or re.search(r"\bnot the same|n't the same", tagged):
            return
        words = said_in(sentence, same)
        mentioned = [seen.people[n] for n in sorted(seen.people)]
        grown = [n for n in mentioned if cast.people[n].role == "adult"]
        if grown and cast.people[grown[-1]].kin in PARENTS and mentioned[-1] == grown[-1]:
            name = str(cast.value("name", grown[-1]) or "")
            if name and " " not in name:
                cast.note("name", f"{name} {first}", words, grown[-1])
            return
        children = [n for n in mentioned if cast.people[n].role == "child"] or cast.children()
        lacking = [n for n in dict.fromkeys(children) if not cast.value("family_name", n)]
        for who in lacking if re.search(_ALL, tagged) else lacking[:1]:
            cast.note("family_name", first, words, who)
