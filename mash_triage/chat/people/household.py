"""The grown-ups: who lives there, where they are, who has responsibility, what they speak."""

import re

from mash_triage.chat.people.cast import PARENTS, Cast
from mash_triage.chat.people.clauses import Clause, clauses
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import raw_at
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import LANGUAGES, kin

_UNSURE = re.compile(
    r"\b(?:no idea|idk|dunno|not sure|(?:don'?t|do not|dont) know|can'?t (?:tell|say)|unsure"
    r"|maybe"
    r"|who has|who'?s got|what|isn'?t sure|whether)\b|\?"
)
_NEVER = re.compile(r"\b(?:not|no|never|doesn'?t|does not|don'?t|hasn'?t|without|isn'?t|neither)\b")
_APART = re.compile(
    r"(?:doesn'?t|does not|don'?t|do not|not|no longer|never) (?:liv|resid)|\bmoved out|\bsplit\b"
    r"|\bseparated|\bare ?n'?t together|\blives? (?:in <[no]|abroad|across|elsewhere|away"
    r"|on <z\d+> own"
    r"|at <z\d+>|round)|has <z\d+> own (?:place|flat|house)|\bbailed (?:off|away|to)|not with <"
    r"|\bleft (?:in|at|when|last|<d|<z|home|them)|\bgone back to|\bup north|\b(?:meant"
    r"|supposed) to live"
    r"|\bhas <z\d+> (?:alternate|every|on )|\bmoved (?:away|back)|used to live|\babroad\b"
)
_THERE = re.compile(
    r"\b(?:lives?|living|stays?|staying|stops?|stopping|resides?|lodges?|lodging|sleeps|sleeping)"
    r" (?:there|here|with|w|wiv|at (?:home|<x)|in the (?:house|flat|home)|together"
    r"|on the (?:sofa|settee)"
    r"|full time|too)\b|\b(?:both|all) (?:\w+ )?at (?:home|<x\d+>)|\blive together"
    r"|\bmoved in\b|\bresides at|^ ?<k\d+> is home$"
    r"|^(?: and)? <\w\d+>(?: is)? on the (?:sofa|settee)"
    r"|\bin the household"
    r"|\bstop at"
    r"|who'?s living|^ ?both at <x"
)
_LIVES_WITH = re.compile(
    r"\b(?:lives?|living|stays?|staying|stops?|stopping|stuck|home|been)(?: full time| now"
    r"| there| here"
    r"| at <x\d+>,?| <x\d+>,?| <c\d+>,?)* (?:with|w|wiv|at)"
    r"(?P<whom>(?: ?(?:<z\d+>|<[knm]\d+>(?:'s)?|and|&|n|,|the|a|who's|is|older|little|big|new"
    r"|just|<a\d+>"
    r"|<b\d+>|\d{1,2}))+)"
)
_RESPONSIBLE = re.compile(
    r"\b(?:pr|parental responsib\w+)\b|\bon the birth cert|special guardian(?:ship)?\b"
)
_WHERE = re.compile(
    r"\b(?:at work|at home|(?:is|be|be at|still|gone|went|safe) home\b|in (?:prison|jail"
    r"|custody|the cells?"
    r"|cells|a cell|hospital|hosp|resus|rehab|bed|intensive care|<[nox]\d+>)|abroad|offshore"
    r"|up north"
    r"|down south|overseas|remanded|detained|sectioned|on (?:<z\d+>|the) (?:way|landing"
    r"|stairs|floor|sofa"
    r"|settee|doorstep|ward|drive|phone to)|on (?:shift|a tag|remand|lates|the rigs)|parked"
    r"|outside|upstairs"
    r"|downstairs|driven off|drove off|fled|whereabouts|where (?:<z\d+> is|abouts)"
    r"|works? away|working away"
    r"|away (?:with|on|until|till|for)|(?:gone|went|going) (?:back|off|out|home|to|abroad"
    r"|round|away)"
    r"|left (?:for|in|at|the)|moved (?:to|out|away|back)|lives (?:in|abroad|across|at|away)"
    r"|at (?:<z\d+>|a"
    r"|the) (?:<k\d+>|mates?|friends?|docs|doctors|hospital|pub|shop)|(?:be"
    r"|is) in (?:the )?[a-z]+$"
    r"|serving|passed away|died|missing)"
)
_SPEAKS = re.compile(
    rf"\b(?:speaks?|speaking|language(?: is|:)?|spoken|talks?)(?: only| mainly| just| both)? "
    rf"(?P<l1>{LANGUAGES})\b|\b(?P<l2>{LANGUAGES})\b[ -]?(?:speak|interp|at home|only"
    rf"|is spoken|as a first"
    rf"|first language|\(|\)|translator)|interpreter \(?(?P<l3>{LANGUAGES})\b"
    rf"|^ ?(?P<l4>{LANGUAGES}) ?$|<z\d+> is (?P<l5>{LANGUAGES})\b"
)


_HARMS = re.compile(
    r"\b(?:hit|hits|hitting|slap(?:s|ped)?|punch(?:es|ed)?|kick(?:s|ed|in|ing)?|strangl(?:es|ed)"
    r"|grab(?:s|bed)?|push(?:es|ed)|shov(?:es|ed)|drag(?:s|ged)|throws?|threw|smack(?:s|ed)?"
    r"|beats?|(?<!a )bit(?! of)"
    r"|burn(?:s|t|ed)|scald(?:s|ed)|held <z\d+> (?:arm|hand|head)|broke|break (?:<z\d+>|both"
    r"|every)"
    r"|torch|threaten(?:s|ed)?|(?<!it )hurts?|rap(?:ed|es)|chok(?:es|ed)|spat|locks? <z\d+>"
    r"|locked <z\d+>"
    r"|(?:shouts?|screams?|shouting|screaming) at|(?:gets?|got|turns?) nasty|driven off"
    r"|drove off|did it"
    r"|put it in a|post(?:s|ed) (?:it|<z)|blackmail(?:s|ed)|exploit(?:s|ed)|groom(?:s|ed)"
    r"|with a cane)\b"
)
_HEARSAY = re.compile(
    r"rumou?r|gossip|playground|people say|word is|someone (?:said|says|heard)|ignore that"
    r"|no weight"
    r"|put it down to|\bif\b|\bnever\b|n't\b|\bnot\b|\?|if you ask me|(?:kill"
    r"|murder) <z\d+> (?:for|if)"
)


class Household:
    """Reads what each clause says of the grown-ups it speaks of."""

    def __init__(self, cast: Cast, turn: str, *, asked: str | None, self_refers: bool) -> None:
        self.cast, self.turn, self.asked, self.self_refers = cast, turn.lower(), asked, self_refers

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """All that a sentence says of where and how the grown-ups live."""
        self._with_whom(sentence, seen)
        self._answers_who(sentence, seen)
        self._knows_too(sentence, seen)
        self._harmed_in_words(sentence)
        for clause in clauses(sentence, seen, self.cast):
            adults = [
                who for who in clause.who
                if who in self.cast.people and self.cast.people[who].role == "adult"
            ]  # fmt: skip
            for who in adults:
                self._lives(clause, who)
                self._responsible(clause, who)
                self._whereabouts(clause, who)
                self._harms(clause, sentence, who)
            self._language(clause, adults)

    def _with_whom(self, sentence: Sentence, seen: Seen) -> None:
        """A child lives with her nan and Peter: both live there."""
        for one in _LIVES_WITH.finditer(sentence.tagged):
            if re.search(r"not |n't |never ", sentence.tagged[: one.start()][-10:]):
                continue
            for number in re.findall(r"<[knzm](\d+)>", one["whom"]):
                who = seen.people.get(int(number))
                if who is not None and who != self.cast.owner:
                    self._note_adult("lives", "yes", sentence.words, who)
        for one in re.finditer(r"\bnot with <[knz](\d+)>", sentence.tagged):
            if _LIVES_WITH.search(sentence.tagged) and int(one[1]) in seen.people:
                self._note_adult("lives", "no", sentence.words, seen.people[int(one[1])])

    def _answers_who(self, sentence: Sentence, seen: Seen) -> None:
        """Whoever is named when it was asked who lives there, or all of a household."""
        everyone = re.search(r"all live together|\bhousehold\b|who'?s living", sentence.tagged)
        if not (everyone or self.asked == "household"):
            return
        if _APART.search(sentence.tagged) or re.search(
            r"\bvisits?\b|sometimes|comes |every other|weekends|inside|prison|not about|works away",
            sentence.tagged,
        ):
            return
        for number in sorted(seen.people):
            if sentence.items[number].kind in {"kin", "name", "staff"}:
                self._note_adult("lives", "yes", sentence.words, seen.people[number])

    def _note_adult(self, what: str, value: str, words: str, who: int) -> None:
        if who in self.cast.people and self.cast.people[who].role == "adult":
            self.cast.note(what, value, words.strip(), who)

    def _lives(self, clause: Clause, who: int) -> None:
        if _UNSURE.search(clause.tagged):
            return
        if _APART.search(clause.tagged):
            self.cast.note("lives", "no", clause.words, who)
        elif _THERE.search(clause.tagged) and not _NEVER.search(clause.tagged):
            self.cast.note("lives", "yes", clause.words, who)

    def _responsible(self, clause: Clause, who: int) -> None:
        """Who has parental responsibility; "so does the father" goes on from what was said."""
        about = _RESPONSIBLE.search(clause.tagged)
        ellipsis = re.fullmatch(
            r" ?(?:and |but )?(?:so does (?:<z\d+> |the )?<[kn]\d+>"
            r"|(?:the |<z\d+> )?<[kn]\d+> (?:does|has)(?: not|n'?t)?)[ .]*",
            clause.tagged,
        )
        if about is None and (ellipsis is None or not _RESPONSIBLE.search(self.turn)):
            return
        if _UNSURE.search(clause.tagged):
            return
        denied = bool(_NEVER.search(clause.tagged)) and "not married" not in clause.tagged
        self.cast.note("pr", "no" if denied else "yes", clause.words, who)

    def _knows_too(self, sentence: Sentence, seen: Seen) -> None:
        """ "She doesn't know I wrote. Gareth does": who knows what was just spoken of."""
        about = re.search(r"\b(?:knows?|aware|been told)\b", self.turn)
        one = re.match(
            r" ?(?:and |but )?<[kn](\d+)>,? (?P<yes>does|is|has|do)(?P<no> not|n'?t)?\b"
            r"(?! [a-z]+ing| (?:a|the|in|at))",
            sentence.tagged,
        )
        if not about or not one or self.turn.find(sentence.words.lower()) < about.start():
            return
        who = seen.people.get(int(one[1]))
        if who is not None and who in self.cast.people:
            words = sentence.words[: raw_at(sentence, one.end())]
            self._note_adult("told", "no" if one["no"] else "yes", words, who)

    def _harmed_in_words(self, sentence: Sentence) -> None:
        """ "Dad did it with the charger": whom a child's own words name."""
        for item in sentence.items:
            if item.kind != "quote":
                continue
            for relation in kin():
                one = relation.pattern.search(item.words)
                if one is None or _HEARSAY.search(item.words.lower()):
                    continue
                who = self.cast.by_kin(relation.relation)
                after = item.words[one.end() :].lower()
                if who is not None and re.match(rf" (?:\w+ )?{_HARMS.pattern}", after):
                    self._note_adult("harm", "yes", item.words, who)

    def _whereabouts(self, clause: Clause, who: int) -> None:
        if _WHERE.search(clause.tagged) and not re.search(
            r"speak|spoken|language|\bif\b|\bwould go|used to|\?|not in danger|thinks <z"
            r"|last (?:week|month|year)",
            clause.tagged,
        ):
            self.cast.note("whereabouts", clause.words, clause.words, who)

    def _harms(self, clause: Clause, sentence: Sentence, who: int) -> None:
        """Somebody who did harm, not one who suffered it or of whom it is only said."""
        one = _HARMS.search(clause.tagged)
        if one is None or who == self.cast.owner or _HEARSAY.search(sentence.tagged):
            return
        if not re.search(
            r"\b(?:was|were|been|got|being|is)(?: \w+)? $", clause.tagged[: one.start()]
        ):
            self.cast.note("harm", "yes", clause.words, who)

    def _language(self, clause: Clause, adults: list[int]) -> None:
        """A language is the speaker's own; one spoken at home is everybody's."""
        one = _SPEAKS.search(clause.tagged)
        if one is None:
            return
        if one["l5"] and not re.search(r"speak|english|interpreter", self.turn):
            return
        said = next(group for group in one.groups() if group)
        at = clause.words.lower().find(said)
        said = clause.words[at : at + len(said)] if at >= 0 else said
        if one["l4"] and re.search(r"\b(?:no|not|sorry|forgive)\b", self.turn):
            self._instead(said, clause.words)
        together = re.search(r"\bat home|language|they|both", clause.tagged)
        for who in (
            adults if adults and not re.match(r" ?language", clause.tagged) else self._parents()
        ):
            self.cast.note("language", said, clause.words, who)
        if together or not adults:
            for who in self.cast.children():
                self.cast.note("language", said, said, who)

    def _instead(self, said: str, words: str) -> None:
        """ "No sorry, Punjabi": another language than was said before, for all of whom it was."""
        for fact in [f for f in self.cast.facts if f.what == "language"]:
            if fact.turn >= self.cast.turn - 1 and fact.value != said:
                self.cast.note("language", said, words, fact.who)

    def _parents(self) -> list[int]:
        return [n for n in self.cast.adults() if self.cast.people[n].kin in PARENTS]
