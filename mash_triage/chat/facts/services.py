"""Who looks after a child by work, where the child goes by day, what the law says of the child."""

import re

from mash_triage.chat.sender.sign_offs import signs_off
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.part import BOTH, Part, raw_at
from mash_triage.chat.words.seen import Seen

_IS = (
    r"(?:'s|s)?(?: is| was| are| (?:i|he|she|they|we) changed its| it's| its| now| there"
    r"| where \S+ are now is"
    r"| for \S+(?: is)?"
    r"| called| named| someone called| somebody called| name is| name|:|,| -| surgery is| at)*"
)
_NAMED = (
    r"(?P<name>(?:[Dd][Rr]\.? [A-Za-z][\w'-]+|(?:(?:[A-Z][\w'-]+)(?: [A-Z][\w'-]+){0,2}))"
    r"(?:,? (?:at|from|of) [A-Z][\w'-]+(?: [A-Z][\w'-]+| [a-z]+ly| surgery| practice| clinic)*)?)"
)
_SERVICES = tuple(
    (what, re.compile(rf"\b(?:{label}){_IS} {_NAMED}"))
    for what, label in (
        ("gp", r"[Gg][Pp]|[Gg]\.[Pp]\.|[Dd]octors?|[Ss]urgery"),
        ("health_visitor", r"[Hh]ealth [Vv]isitor|[Hh][Vv]"),
        ("midwife", r"[Mm]idwife|[Mm][Ww]"),
        ("worker", r"[Ss]ocial [Ww]orker|[Aa]llocated [Ww]orker|[Ss][Ww]"),
    )
)
_DOCTOR_AFTER = re.compile(r"\b(?:GP|gp|doctor)\b[^.]{0,40}?,? (?P<name>[Dd]r\.? [A-Z][\w'-]+)")
_NO_NAME = re.compile(
    r"(?i)^(?:no|not|none|i|he|she|they|we|n/?k|unknown|aware|here|dr$|asked|and|mum|dad|said"
    r"|told|has"
    r"|hasn|got|but|also|at|the|told|for|gp|hv|sw|sorry)\b"
)
_BY_DAY = (
    r"(?:school|academy|college|nursery|nurseries|pre-?school|primary|juniors?|infants?|high"
    r"|sixth form"
    r"|6th form|federation|fed|playgroup|grammar|comprehensive|comp)"
)
_SCHOOL = re.compile(
    r"\b(?:at|in|goes(?: to)?|go(?: to)?|going to|attends?|attending|school(?:'s| is|:|,)?|pupil at"
    r"|student at|nursery(?:'s| is|:|\.\.\.)?|college(?:'s| is|:)?|on roll at|roll at|starting"
    r"|moved to"
    r"|reception at|class at|<y\d+> at|both at|a place at|is at|was|says|its|it's|just)"
    r"(?: the| called| still at)? (?:<(?P<kind>[no])(?P<n>\d+)>"
    rf"|(?P<low>(?:st |st\. )?[a-z][\w']+ (?:[a-z][\w']+ )?{_BY_DAY}\b|st [a-z]+s?\b))"
)
_SCHOOL_NAMED = re.compile(
    rf"<n(?P<n>\d+)> {_BY_DAY}\b(?! (?:staff|gate|run|uniform))|, <[no](?P<m>\d+)>,? ?<y\d+>"
)
_FIRST = re.compile(
    r"(?:(?:no|yes|its|it's|er|um|erm) )*<[no](\d+)>(?P<year>,? ?<y\d+>)?",
)
_PLAIN_PLACE = re.compile(
    r"\b(?:at|in|is at|both at|was|says|its|it's|just|moved to)(?: still at)?(?: the)?$"
)
_BY_DAY_NAME = re.compile(rf"\b{_BY_DAY}\b|^st\b", re.IGNORECASE)
_NO_SCHOOL = re.compile(
    r"(?i)^(?:the|a|his|her|their|my|our|old|new|this|that|same|primary|secondary|special|high"
    r"|nursery|in"
    r"|to|from|at|of|after|before|no|not|any|for|off|by|and|goes|go) "
    rf"(?:\w+ )?{_BY_DAY}$|^{_BY_DAY}$"
)
_UNDER = (
    r"(?:(?:,| -|:| \(| for| under| category| of| the)* ?"
    r"(?:neglect|(?:emotional|physical|sexual)(?: abuse| harm)?)\b)?"
)
_LAW = re.compile(
    r"\b(?:special guardianship(?: order)?|sgo|section 20|s\.? ?20\b"
    r"|(?:interim |full )?care order|\bico\b"
    r"|supervision order"
    r"|child arrangements?(?: order)?|residence order|court order|looked after"
    r"|\blac\b"
    r"|\bcla\b|adopted|adoption order|private(?:ly)? foster\w*|foster (?:carers?|placement|care)"
    r"|kinship(?: care| placement)?|(?:legal )?guardian since [^,.;]+"
    rf"|child protection plan{_UNDER}|(?:on a )?cp plan{_UNDER}"
    r"|child in need plan|cin plan|\bcpp\b)",
    re.IGNORECASE,
)
_LOOSELY = re.compile(r"(?i)looked after|lac\b|cla\b|foster")
"""Said of a child beside the order or section under which it is."""
_NOT_LAW = re.compile(
    r"\b(?:no|never|not|isn't|isnt|wasn't|quad|apply|applying|was|were) (?:\w+ ){0,3}$",
    re.IGNORECASE,
)


class Services(Part):
    """Who looks after a child by work, the school, and what the law says of the child."""

    def _services(self, sentence: Sentence, seen: Seen) -> None:
        raw = sentence.words
        if signs_off(sentence):
            return
        for what, pattern in _SERVICES:
            for one in pattern.finditer(raw):
                self._served(what, one, sentence, seen)
        if doctor := _DOCTOR_AFTER.search(raw):
            self._served("gp", doctor, sentence, seen)
        self._by_day(sentence, seen)
        self._law(sentence, seen)

    def _served(self, what: str, one: re.Match[str], sentence: Sentence, seen: Seen) -> None:
        name = one["name"].strip()
        if _NO_NAME.match(name) or re.search(
            r"\b(?:school|our|my) $", sentence.words[: one.start()]
        ):
            return
        if what == "midwife":
            whom = [n for n in self.cast.children() if self._is_tiny(n)]
        elif what == "worker":
            whom = self._children_meant(sentence, seen, sentence.start + one.start())
        else:
            whom = self.cast.children()
        for who in whom:
            self.cast.note(what, name, name, who)

    def _is_tiny(self, who: int) -> bool:
        cast = self.cast
        born = cast.value("dob", who)
        if born:
            return str(born) > self.today.replace(year=self.today.year - 1).isoformat()
        if cast.value("age_years", who) or cast.value("school", who):
            return False
        return any(
            cast.value(what, who) is not None for what in ("expected", "weeks", "age_months")
        ) or (len(cast.children()) == 1)

    # ------------------------------------------------------------ by day

    def _by_day(self, sentence: Sentence, seen: Seen) -> None:
        """School, nursery or college: after a word that leads to it, or before a year."""
        tagged = sentence.tagged
        for one in _SCHOOL.finditer(tagged):
            if one["low"]:
                said = _raw(sentence, one.start("low"), one.end("low"))
                if not _NO_SCHOOL.match(said):
                    self._goes_to(sentence, seen, sentence.start + one.start(), said)
            elif self._leads(tagged, one, sentence.at(one["n"])):
                self._goes_to_item(sentence, seen, int(one["n"]))
        for one in _SCHOOL_NAMED.finditer(tagged):
            self._goes_to_item(sentence, seen, int(one["n"] or one["m"]))
        if first := _FIRST.match(tagged):
            item = sentence.at(first[1])
            if first["year"] or _BY_DAY_NAME.search(item.words) or self.pending == "school":
                self._goes_to_item(sentence, seen, int(first[1]))

    def _leads(self, tagged: str, one: re.Match[str], item: Item) -> bool:
        """Does the word before lead to a school? "At" alone does so only to what looks like one."""
        plain = _PLAIN_PLACE.search(tagged[: one.start("kind") - 1].rstrip())
        if plain is None or _BY_DAY_NAME.search(item.words):
            return True
        if re.match(r",? ?<y\d+>", tagged[one.end("n") + 1 :]):
            return True
        return bool(re.search(r"\b(?:at|in|moved to)$", plain[0])) and self._asked_school()

    def _goes_to_item(self, sentence: Sentence, seen: Seen, number: int) -> None:
        """The school that this item names, with the word for one after it."""
        item, tagged = sentence.items[number], sentence.tagged
        if self._is_someone(seen, number, item):
            return
        at = re.search(rf"<[no]{number}>", tagged)
        more = re.match(rf" {_BY_DAY}\b(?! (?:staff|gate|run))", tagged[at.end() :]) if at else None
        said = _raw(sentence, at.start(), at.end() + more.end()) if at and more else str(item.value)
        self._goes_to(sentence, seen, item.start, said)

    def _asked_school(self) -> bool:
        return self.pending == "school" or bool(
            re.search(r"\b(?:school|nursery|college|reception|year \d|y\d+)\b", self.turn.lower())
        )

    def _is_someone(self, seen: Seen, number: int, item: Item) -> bool:
        """Is it a person's name, or where the referrer works, and no school?"""
        own = str(self.cast.value("referrer.organisation") or "").lower()
        if item.kind == "name" and number in seen.people:
            return True
        place = str(item.value).lower()
        if re.search(r"hospital|surgery|clinic|council|trust|police|team", place):
            return True
        return place == own and not self.cast.children()

    def _goes_to(self, sentence: Sentence, seen: Seen, place: int, said: str) -> None:
        before = sentence.words[: max(place - sentence.start, 0)].lower()
        if re.search(
            r"\b(?:not|isn't|used to|work(?:s|ing)?|teach\w*|was)(?: at| in| to)? $"
            r"|\b(?:cousin|friend|mate)\w*\b[^.,]{0,12}$",
            before,
        ):
            return
        said = re.sub(r"^(?:the|at|in) ", "", said.removesuffix("'s") if " " not in said else said)
        listed = re.search(r"<y\d+>,? (?:and|&) <y\d+>,? (?:at|in|<o)", sentence.tagged)
        whom = self._children_meant(sentence, seen, place)
        for who in self.cast.children() if listed else whom:
            self.cast.note("school", said, said, who)

    # ------------------------------------------------------------ the law

    def _law(self, sentence: Sentence, seen: Seen) -> None:
        raw = sentence.words
        said = [one for one in _LAW.finditer(raw) if not _NOT_LAW.search(raw[: one.start()])]
        said.sort(key=lambda one: bool(_LOOSELY.match(one[0])))
        for one in said[:1]:
            both = BOTH.search(sentence.tagged) or re.search(r"\bboth\b|kids|children", raw.lower())
            place = sentence.start + one.start()
            whom = self.cast.children() if both else self._children_meant(sentence, seen, place)
            for who in whom:
                self.cast.note("legal_status", one[0], one[0], who)


def _raw(sentence: Sentence, start: int, end: int) -> str:
    return sentence.words[raw_at(sentence, start) : raw_at(sentence, end)].strip()
