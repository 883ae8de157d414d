"""Addresses and postcodes, now and before."""

import re

from mash_triage.chat.people.residents import residents_of
from mash_triage.chat.words.dates import When, last_before
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.part import Part, raw_at
from mash_triage.chat.words.seen import Seen

_PRIOR = re.compile(
    r"(?:\b(?:was|were|before that|previously|prev(?:ious)?(?: addr(?:ess)?)?|old addr(?:ess)?"
    r"|formerly"
    r"|used to (?:live|be)|moved (?:out of|from)|they was at|left|fled|evicted from|ex|last lived"
    r"|before (?:the move|this)|from(?: <[zkn]\d+>)*(?: \w+'s)?)(?: <z\d+> (?:was|were))?(?: at"
    r"| from)?"
    r"|prev|old address:?|previously:?)[ :]*$"
)


_OLD_ONE = re.compile(
    r"\b(?:that|this|it)(?: is|'s|s)? (?:<z\d+>|the|an|there) (?:old|previous|former"
    r"|last) (?:one|addr\w*|house"
    r"|place)|\b<z\d+> (?:have|has|'ve)? ?(?:left|moved out of) (?:there|that)"
)
_MOVED_FROM = re.compile(
    r"\b(?:moved|came|come|been)\b[^.]* from (?P<was>(?:a |an |the )?[^,.;]{4,60}?)(?=[,.;]|$"
    r"| so | because )"
    r"|\bbefore that(?: was| in| at| it was)? (?P<was2>[^,.;]{4,60}?)(?=[,.;]|$)"
)
_SECRET = re.compile(
    r"(?:address|addr|where (?:we|she|they|i|he|<z\d+>) (?:live|are|is|r)|location)\b[^.]{0,40}"
    r"\b(?:confidential|secret|withheld|not to be (?:shared|given|disclosed)|must ?n[o']t)"
    r"|\bconfidential (?:address|addr)|\b(?:do ?n[o']?t|not|nobody|never|cannot|can't|mustn't"
    r"|no ?one|please)\b"
    r"[^.]{0,40}\b(?:give|giving|put|putting|write|writing|record|share|sharing|tell|disclose"
    r"|pass|print)\b"
    r"[^.]{0,30}\b(?:address|addr|that out|where <z\d+> (?:live|is|are|r)|it out|it on (?:here"
    r"|a letter|any)"
    r"|the refuge)|\bnot to know where <z\d+>(?: is| are| live| r)?"
)
_STAYED = re.compile(
    r"\b(?:been|lived|living)\b[^.,<]{0,20}?(?:there|here)? ?(?:for )?(?:about )?"
    r"((?:\d+|two|three|four|five|six|a couple of|a few) ?(?:yrs?|years?|months?|mths|weeks?|wks))"
)
_MOVED_IN = re.compile(
    r"(?:since(?: about)?|moved(?: in)?(?: in| at| <z\d+> in)?(?: ourselves at)?|placed here"
    r"|moved <z\d+> in <z\d+> at|cleared out on|moved in on|moved there"
    r"|<x\d+>(?:,? \(?<c\d+>\)?)? (?:until|till|up to)|there|in|on)"
    r" ?(?:about |around |last )?<d(\d+)>"
)
_AT_HOME = re.compile(
    r"stop at|moved|live|stay|placed here|been with <z\d+>|with <z\d+> since|there since|tenan"
    r"|here since|old one|address|cleared out|gone to|<x\d+>[^.]* until"
)
_CHILDREN_THERE = re.compile(
    r"(?:children|child|kids|girls|boys|<[nbz]\d+>|they|both)(?: is| are| all| both| also| who)* "
    r"(?:lives?|living) (?:there|at that address|with <[zkn]\d+>$)"
)
_HERE_SINCE = re.compile(r"<[xc]\d+>[^.;]{0,24}\bsince\b")


class Homes(Part):
    """Addresses and postcodes, now and before."""

    def _address(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        cast = self.cast
        before = sentence.tagged[: sentence.tagged.find(f"<x{number}>")]
        if re.search(r"^(?:one|\w+) (?:lives |is )?at <x\d+>.*the other", sentence.tagged):
            cast.note("_apart", "yes", sentence.words)
            return
        if _PRIOR.search(before):
            for child in cast.children():
                cast.note("previous", item.value, item.words, child)
            return
        if re.search(
            r"\bfound\b|arrested|stop searched|bus stop|incident", before
        ) and not re.search(r"addr|home|location", before):
            return
        if self._is_senders(sentence, seen, before):
            return
        home = residents_of(sentence, seen, number, cast)
        self._to = []
        if home.adult is not None:
            cast.note("address_line", item.value, item.words, home.adult)
            self._to = [home.adult]
        if home.own:
            return
        self._of_mother(sentence, seen, before, item)
        self._homes(item, home.children)

    def _is_senders(self, sentence: Sentence, seen: Seen, before: str) -> bool:
        """Is it where whoever types lives, and not the children with her?"""
        lives = re.search(
            r"\bme <z\d+> is|<z(\d+)> (?:live|stay) (?:at|in)|<z(\d+)> (?:is |am )?at $", before
        )
        mine = lives and all(sentence.at(n).value == "i" for n in lives.groups() if n)
        if re.search(r"\bmine(?: is|:)? (?:at )?$", before):
            return not self.about.self_refers
        if not (seen.own_name or mine or "that is my own name" in before):
            return False
        known = f"{self.cast.value('referrer.relationship')} {self.about.role.lower()}"
        parent = re.search(r"\b(?:mum|dad|parent|mother|father)\b", known)
        return not self.about.self_refers and not parent

    def _of_mother(self, sentence: Sentence, seen: Seen, before: str, item: Item) -> None:
        """The mother's as well, where it is said to be hers, or the child is tiny."""
        cast = self.cast
        near = [n for n in seen.people if sentence.items[n].end <= item.start]
        who = seen.people[max(near)] if near else None
        between = before[before.rfind(">") + 1 :]
        if who is not None and cast.people[who].kin == "mother":
            said = re.search(r"at |flat is|lives|address|addr", between)
            if (said and sentence.items[max(near)].kind != "kin") or re.search(
                r"flat is|unborn|baby", sentence.tagged
            ):
                cast.note("address_line", item.value, item.words, who)
                self._to = [who]
        mother = cast.by_kin("mother")
        tiny = [
            n
            for n in cast.children()
            if cast.value("expected", n)
            or cast.value("weeks", n)
            or str(cast.value("dob", n) or "") > str(self.today.replace(year=self.today.year - 1))
        ]
        if tiny and mother is not None and not self._to and not cast.value("address_line", mother):
            cast.note("address_line", item.value, item.words, mother)

    _to: list[int]

    def _homes(self, item: Item, children: tuple[int, ...]) -> None:
        cast = self.cast
        if not cast.children():
            cast.note("_address", item.value, item.words)
        apart = len(children) == 1 < len(cast.children())
        for child in children:
            if (
                cast.people[child].kin
                and cast.value("legal_status", child)
                and child != cast.children()[0]
                and not apart
            ):
                continue
            if apart:
                cast.note("_elsewhere", item.value, item.words, child)
            cast.note("address_line", item.value, item.words, child)
            cast.drop("_postcode_guess", child)

    def _postcode(self, sentence: Sentence, _seen: Seen, number: int, item: Item) -> None:
        cast = self.cast
        tag = f"<c{number}>"
        before = sentence.tagged[: sentence.tagged.find(tag)]
        if re.search(r"(?:could be|or|maybe) $", before):
            return
        line = re.search(r"<x(\d+)>[^<.]{0,30}$", before)
        if cast.value("_apart") and cast.turn == next(
            f.turn for f in cast.facts if f.what == "_apart"
        ):
            return
        if line and _PRIOR.search(before[: line.start()]):
            return
        value = re.sub(r"\s", "", item.value).upper()
        value = f"{value[:-3]} {value[-3:]}"
        if line:
            self._code_of(sentence.at(line[1]).value, value, item)
            return
        owners = [n for n in cast.adults() if cast.value("address_line", n)]
        for who in cast.children():
            if cast.value("address_line", who) or not owners:
                cast.note("postcode", value, item.words, who)
        if not cast.children() and not owners:
            cast.note("_postcode", value, item.words)

    def _code_of(self, address: str, value: str, item: Item) -> None:
        """A postcode after an address is of those who live there."""
        cast = self.cast
        for who in cast.people:
            if cast.value("address_line", who) == address:
                cast.note("postcode", value, item.words, who)
        if cast.value("_address") == address:
            cast.note("_postcode", value, item.words)

    def _secret(self, sentence: Sentence) -> None:
        """The address must not be given on."""
        one = _SECRET.search(sentence.tagged)
        out = re.search(r"that out|it out", one[0]) if one else None
        if one and (
            not out or re.search(r"<[xc]\d+>|address|postcode", self._whole_tagged(sentence))
        ):
            for who in self.cast.children():
                self.cast.note("confidential", True, sentence.words.strip(), who)

    def _whole_tagged(self, sentence: Sentence) -> str:
        said = any(
            f.what in {"address_line", "postcode"} and f.turn == self.cast.turn
            for f in self.cast.facts
        )
        return sentence.tagged + (" address" if said else "")

    def _live_there(self, sentence: Sentence) -> None:
        """Children said to live where a grown-up's address was given just before."""
        if not _CHILDREN_THERE.search(sentence.tagged):
            return
        home = next((f for f in reversed(self.cast.facts) if f.what == "address_line"), None)
        if home is None or home.who not in self.cast.adults() or home.turn < self.cast.turn - 1:
            return
        for child in self.cast.children():
            for fact in [f for f in self.cast.facts if f.who == home.who]:
                if fact.what in {"address_line", "postcode"} and not self.cast.value(
                    fact.what, child
                ):
                    self.cast.note(fact.what, fact.value, fact.words, child)

    def _before(self, sentence: Sentence) -> None:
        """Where they lived before, in words; and an address said just now that is the old one."""
        cast = self.cast
        if _OLD_ONE.search(sentence.tagged):
            for fact in [f for f in cast.facts if f.what == "address_line"]:
                if fact.who in cast.children() and fact.turn >= cast.turn - 1:
                    cast.drop("address_line", fact.who)
                    cast.note("previous", fact.value, fact.words, fact.who)
        one = _MOVED_FROM.search(sentence.tagged)
        if one is None or "<x" in (one["was"] or one["was2"]):
            return
        name = "was" if one["was"] else "was2"
        start, end = (raw_at(sentence, one.start(name)), raw_at(sentence, one.end(name)))
        words = sentence.words[start:end].strip(" ,.")
        if re.search(
            r"\b(?:house|flat|refuge|hostel|street|lane|road|rd|close|country|abroad)\b|[A-Z]",
            words,
        ):
            for child in cast.children():
                cast.note("previous", words, words, child)

    def _since(self, sentence: Sentence) -> None:
        """Since when they live there: a day, a month, a year, or for how long."""
        self._secret(sentence)
        self._before(sentence)
        self._live_there(sentence)
        stay = _STAYED.search(sentence.tagged)
        if stay and re.search(r"there|here|lived|living", stay[0]):
            self._lived_since(stay[1], stay[1])
        if not (_AT_HOME.search(sentence.tagged) or _HERE_SINCE.search(sentence.tagged)):
            return
        if (one := _MOVED_IN.search(sentence.tagged)) and re.search(
            r"since|moved|placed|cleared|until|till", one[0] + sentence.tagged
        ):
            when: When = sentence.at(one[1]).value
            day = last_before(when, self.today).isoformat()
            self._lived_since(day if when.exact else day[:7], sentence.at(one[1]).words)
        elif year := re.search(r"\bsince(?: about| around)? ((?:19|20)\d\d)\b", sentence.tagged):
            self._lived_since(year[1], year[0])

    def _lived_since(self, when: str, words: str) -> None:
        for who in self.cast.children():
            self.cast.note("since", when, words, who)
        if not self.cast.children():
            self.cast.note("_since", when, words)
