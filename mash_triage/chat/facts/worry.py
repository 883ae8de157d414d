"""The worry itself: what happened, who did it, when, where the child is now."""

import re

from mash_triage.chat.facts.corrections import OTHER_ONE
from mash_triage.chat.facts.places import HARM, Places
from mash_triage.chat.people.cast import Cast
from mash_triage.chat.sender.sign_offs import signs_off
from mash_triage.chat.words.dates import When, last_before
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import About, said_in
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import NUMBERS

_NO_HARM = re.compile(
    r"(?:never|doesn'?t|dont|don't|didnt|didn't|not|no|isnt|won'?t really"
    r"|wont really) (?:<z\d+> )?(?:hit|hits|touch|hurt|really kill|kill)|not of them"
    r"|not us\b|nothing confirmed|don't put <z"
)
_ONLY_SAID = re.compile(
    r"\b(?:in|get) touch\b|\bit hurts\b|rumou?r|gossip|playground talk|people say|word is"
    r"|ignore that|no weight"
    r"|(?:gonna|going to|gna|literally|will) (?:literally )?(?:kill|murder) <z\d+>(?: (?:for"
    r"|if)|$|[ ,.])"
    r"|shouting <z\d+> (?:for|to|down)"
)
_CHAT = re.compile(
    r"^(?:hi|hello|hey|hiya|yo|sup|ok|okay|yes|no|yeah|nah|thanks|thank you"
    r"|thats (?:all|everything|me|it)|that's (?:all|everything|me|it)|that is all|bye"
    r"|sorry|please|lol|right|alright|good (?:morning|afternoon|evening)"
    r"|are u still there|hang on|one sec|back|im back|i'm back)\b[^<]{0,14}$"
)
_ABOUT_CHAT = re.compile(
    r"what do (?:you|u) mean|what does that mean|who reads|is this (?:anonymous|the)"
    r"|can (?:you|u) see this|are (?:you|u) (?:still )?there|do i have to|how (?:do"
    r"|does) (?:this|it)|this chat|your system|my complaint|council four times"
    r"|about time someone|i don't like phones|cant phone|set it up for me"
    r"|hope i am doing this|will it keep|what else do you need"
    r"|what do you want to know|will come back to you|caps stuck|my english|can i go"
    r"|do the rest|got to go|gotta go|have to go|off topic|is this lado|first time"
    r"|bit new|word for word|you asked"
)
_SINCE = re.compile(
    r"\b(?:since|for)(?: about| around| roughly| the)* (?:<d(\d+)>|<a(\d+)>|((?:the )?(?:summer"
    r"|winter|spring|autumn|half term|easter)[a-z ]{0,12}|(?:months|weeks|years|ages"
    r"|\d+ (?:weeks|months|years|wks|yrs))))"
    r"|\bsince (?P<rest>(?:(?:the|before|just before|after|last|about|around|october|may"
    r"|february) )+[a-z<>\d ]{3,30}?"
    r"(?= and | but | when | so |[.,;!]|$)"
    r"|(?:<[zk]\d+> )?(?:<[knz]\d+>(?:'s)?) (?:died|left|passed|moved|lost|started|went|came|got"
    r"|had)[a-z ]{0,20})"
)


_TEN = r"10|\d|zero|one|two|three|four|five|six|seven|eight|nine|ten"


class Worry(Places):
    """Reads what happened in each sentence."""

    def __init__(self, cast: Cast, about: About, pending: str | None, typed: str) -> None:
        self.cast, self.about, self.pending, self.typed = cast, about, pending, typed

    def take(self, sentence: Sentence, seen: Seen, taken: set[str]) -> None:
        """All that this sentence says of the worry."""
        self._harm(sentence, seen)
        self._since(sentence)
        self._scores(sentence)
        self._where(sentence, seen)
        if self._tells(sentence, taken):
            words = sentence.words.strip(" *-")
            self.cast.note("worry", words, words)
            if self.about.self_refers and self.cast.owner is not None:
                if not self.cast.value("first_hand"):
                    self.cast.note("first_hand", "saw_or_heard", words)
                self.cast.note("said", words, words, self.cast.owner)
            self._event(sentence, words)
        elif _dated(sentence) and not re.search(
            r"dob|born|due|d\.o\.b|birthday|<n\d+>", sentence.tagged
        ):
            self._event(sentence, sentence.words.strip(" *-"))

    def _tells(self, sentence: Sentence, taken: set[str]) -> bool:
        """Is this part of what happened, rather than a name, a number or small talk?"""
        tagged = sentence.tagged
        if _CHAT.match(tagged) or _ABOUT_CHAT.search(sentence.words.lower()) or signs_off(sentence):
            return False
        if taken & {"restricted_text", "child_view"} and not HARM.search(tagged):
            return False
        if OTHER_ONE.search(self.typed):
            return True
        rest = re.sub(r"<[a-z]\d+>", " ", tagged)
        rest = re.sub(
            r"\b(?:surname|name|called|address|postcode|phone|mobile|dob|born|year|aged|he|she"
            r"|is|are|am|was|the|a|an|and|or|of|at|in|on|to|my|our|for|it|its|i|im|s|dont|know"
            r"|not|no|yes|sorry|think|just|with|both|same|as|above|number|ok|so|that|this"
            r"|there|they|them|we|you|u|have|has|had|got|male|female|f|m|too|from|by|be|but"
            r"|live|lives|years|old|school|log|ref)\b",
            " ",
            rest,
        )
        words = re.findall(r"[a-z]{2,}", rest)
        quotes = any(item.kind == "quote" for item in sentence.items)
        if any(item.kind in {"quote"} for item in sentence.items) and len(words) < 2:
            return HARM.search(sentence.words.lower()) is not None or self.pending == "worry"
        if self.pending == "worry" and words:
            return True
        return (
            len(words) >= 2
            or (len(words) >= 1 and len(tagged) < 30 and quotes)
            or bool(words and HARM.search(tagged))
        )

    def _event(self, sentence: Sentence, words: str) -> None:
        cast = self.cast
        dates = [item for item in sentence.items if item.kind == "date"]
        if not dates and re.search(r"\b\d{1,2}(?:am|pm)\b|at \d{4}\b", sentence.words.lower()):
            cast.note("event", [cast.today.isoformat(), words], words)
            return
        for item in dates:
            when: When = item.value
            before = sentence.tagged[: sentence.tagged.find(f"<d{sentence.items.index(item)}>")]
            if re.search(r"\b(?:by|until|till|next|from)(?: the)? $|every $|monday to", before):
                continue
            ahead = re.search(
                r"flights?|booked|plane|travel|due|court|wedding|starts", sentence.tagged
            )
            day = when.day if ahead else last_before(when, cast.today)
            cast.note(
                f"event:{cast.turn}:{item.start}",
                [day.isoformat() if when.exact else item.words, words, day.isoformat()],
                words,
            )

    # ------------------------------------------------------------ who did it

    def _harm(self, sentence: Sentence, seen: Seen) -> None:
        cast, tagged = self.cast, sentence.tagged
        for item in sentence.items:
            if item.kind == "quote" and HARM.search(str(item.value).lower()):
                for word in re.findall(r"\b[A-Z][a-z]{2,}\b", str(item.value)):
                    cast.note("_named_in_harm", word.lower(), item.words)
        for who in cast.adults():
            if cast.value("_named_in_harm") and cast.value("_named_in_harm") == cast.first_name(
                who
            ):
                cast.note("harm", "yes", cast.value("name", who), who)
        one = HARM.search(tagged)
        if not one or _NO_HARM.search(tagged) or _ONLY_SAID.search(tagged):
            return
        before = [
            n
            for n in sorted(seen.people)
            if tagged.find(f"{n}>") < one.start() + (8 if one[0] == "suspect" else 1)
        ]
        adults = [seen.people[n] for n in before if self._may_harm(seen.people[n])]
        if one[0] in {"suspect", "arrested"}:
            adults = [
                w
                for n, w in sorted(seen.people.items())
                if self._may_harm(w) and tagged.find(f"{n}>") > one.start()
            ][:1] or [seen.people[n] for n in sorted(seen.people) if self._may_harm(seen.people[n])]
        if adults:
            cast.note("harm", "yes", sentence.words.strip(), adults[-1])
        elif self.about.self_refers or "<z" in tagged[: one.start()]:
            recent = next((n for n in reversed(cast.recent) if n in cast.people), None)
            if (
                recent is not None
                and self._may_harm(recent)
                and re.search(r"^(?:and |then |since |yeah )?<z\d+>", tagged)
            ):
                cast.note("harm", "yes", sentence.words.strip(), recent)

    def _may_harm(self, who: int) -> bool:
        return self.cast.people[who].role == "adult" and who != self.cast.owner

    # ------------------------------------------------------------ since, scale

    def _since(self, sentence: Sentence) -> None:
        """Since when it worries: the day where a day was said, else the words."""
        if self.cast.value("since_worry") or re.search(
            r"not been seen|not seen|lives?\b|moved\b[^.]*since|stop at|placed|tenan|there since"
            r"|<[xc]\d+>,? since",
            sentence.tagged,
        ):
            return
        for item in sentence.items:
            words = item.words.lower()
            at = sentence.tagged.find(f"<d{sentence.items.index(item)}>")
            led = re.search(
                r"\bsince (?:about |around |roughly |just |the |early |mid |late |end of "
                r"|start of )*$",
                sentence.tagged[: max(at, 0)],
            )
            if item.kind == "date" and (words.startswith("since") or led):
                day = last_before(item.value, self.cast.today).isoformat()
                plain = re.sub(r"(?i)^since ", "", item.words)
                self.cast.note("since_worry", day if re.search(r"\d", words) else plain, item.words)
                return
        if one := _SINCE.search(sentence.tagged):
            words = said_in(sentence, one)
            self.cast.note("since_worry", words.split(" ", 1)[-1], words)

    def _scores(self, sentence: Sentence) -> None:
        low = sentence.words.lower()
        if scale := _scale(low, self.typed.lower()):
            self.cast.note("scale", *scale)
        again = re.match(
            r"(?:no|sorry|actually|make (?:that|it)|wait|\W)*([1-4])\b(?! out of)", low
        )
        level = re.search(r"\blevel (?:is )?([1-4])\b", low)
        if level is None and self.pending == "level":
            level = re.search(r"\b([1-4])\b", low)
        if level is None and re.search(r"level", " ".join(self.cast.talk.turns[-1:]).lower()):
            level = None if "out of" in self.typed.lower() else again
        if level:
            self.cast.note("level", int(level[1]), level[0])


def _dated(sentence: Sentence) -> bool:
    """Several days, or a line of a log: a day and what was then."""
    several = len([item for item in sentence.items if item.kind == "date"]) > 1
    logged = re.match(r"\W*<d\d+>(?:,? \d{3,4} ?hrs?)?[ :,-]+[a-z]", sentence.tagged)
    return several or bool(
        logged or re.match(r"(?:and|also|then|again)\b[^<]*<d\d+>", sentence.tagged)
    )


def _scale(low: str, turn: str) -> tuple[int, str] | None:
    """The number of nought to ten that is meant: the last one said of the scale."""
    about = re.search(
        r"\bscale\b|\bscore\b|out of (?:10|ten)\b|(?<![\d/])\d{1,2} ?/ ?10\b(?!/)", turn
    )
    plain = re.search(
        rf"^(?:so |i think |maybe )*i(?:'d|d| would) (?:say|put it at|give it|call it|go for)"
        rf"(?: about| maybe| around)? (?:a |an )?(?P<n>{_TEN})(?=[.,!]|$)",
        low,
    ) or re.search(
        rf"^(?:about |maybe |probably |say |er |um )*(?:an? )?(?P<n>{_TEN}),? "
        r"i(?:'d|d| should| would)? (?:say|think|suppose|reckon)(?=[.,!]|$)",
        low,
    )
    if not about and not plain:
        return None
    said = re.sub(r"level (?:is )?\d|\d{4,}|0\d[\d ]{8,}", lambda one: "#" * len(one[0]), low)
    found = [
        one
        for one in re.finditer(
            rf"(?<![\d/.:#])\b(?P<n>{_TEN})\b(?! ?(?:[:%]|years|yrs|months|weeks"
            r"|days|mins|kids|is|being|good|=|am|pm|[/.-]\d+/|\.\d))",
            said,
        )
        if not re.search(r"(?:out of|/) ?$", said[: one.start()])
        and not re.match(r" if\b", said[one.end() :])
    ]
    if not about or not found:
        return (_ten(plain["n"]), plain[0]) if plain else None
    last = found[-1]
    near = re.search(
        r"scale|score|out of|/ ?10|\bso\b|today|make it|i'?d|about a|ten\b|^\W*\d\W*$", low
    )
    return (_ten(last["n"]), low[last.start() : last.end()]) if near or len(low) < 20 else None


def _ten(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else int(word)
