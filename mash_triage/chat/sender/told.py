"""Who says it and who knows: the referrer, the voices, consent, how a worry is known."""

import re

from mash_triage.chat.facts.voice import Voice
from mash_triage.chat.people.cast import Cast
from mash_triage.chat.sender.referrer import Referrer
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import About
from mash_triage.chat.words.seen import Seen


class Told(Referrer, Voice):
    """Reads who speaks, who was told, and who agrees."""

    def __init__(self, cast: Cast, about: About, pending: str | None, turn: str) -> None:
        super().__init__(cast, about, pending, turn)
        self._named = []

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """All that this sentence says of telling and knowing."""
        self._referrer(sentence, seen)
        self._voice(sentence, seen)
        self._consent(sentence, seen)
        self._how_known(sentence, seen)

    def _how_known(self, sentence: Sentence, seen: Seen) -> None:
        cast, low, tagged = self.cast, sentence.words.lower(), sentence.tagged
        raw = sentence.words
        told = re.search(
            r"(?:<[nkmbz]\d+>|neighbour|teacher|receptionist|officer|landlord|office have"
            r"|somebody|someone|friend|ta|per) ?(?:just )?(?:also )?(?:told|tells|says|said"
            r"|showed|rung up|reported|reckons|disclosed|could smell)|what the \w+ sent"
            r"|sent me|per (?:mum|dad|<k|neighbour)|(?:heard|off) (?:it )?(?:from|the)"
            r"|it was <n\d+> who|wasn'?t there|pocket notebook|from: <n",
            tagged,
        )
        saw = re.search(
            r"\b(?:i|we)(?: have|'ve)?(?: just)? (?:saw|seen|heard|noticed|witnessed|found"
            r"|watched|can hear|went)\b|i see with my|can hear (?:it|the|him|her|them)"
            r"|at nappy change|in front of me|i went on|when i left|on my visit|i'm outside"
            r"|im outside|im at (?:her|his) door",
            low,
        )
        if saw:
            self._known("saw_or_heard", raw)
        if (
            told
            and not self.about.self_refers
            and not re.search(
                r"told (?:by my|my mum|mum and dad)|mum (?:has been|hasn't been|been) told"
                r"|been told",
                tagged,
            )
        ):
            child = any(
                cast.people[w].role == "child"
                for n, w in seen.people.items()
                if sentence.items[n].value != "i"
            )
            quotes = any(item.kind == "quote" for item in sentence.items)
            self._known("told_by_child" if child and quotes else "told_by_other", raw)
        for pattern in (
            r"it was <([n])(\d+)> who",
            r"from: <(n)(\d+)>",
            r"<([nkmb])(\d+)> (?:also |just |has )?(?:told|tells|let slip|telephoned|phoned|rang"
            r"|messaged|texted"
            r"|mentioned|informed|said to|showed|reported)\b",
            r"\b(?:off|from) <z\d+> (?:mate|friend) <(n)(\d+)>",
            r"<([nkm])(\d+)>(?: who)? (?:saw|seen|noticed|found|heard) (?:it|<z\d+>)\b",
            r"per <(k)(\d+)>",
        ):
            if one := re.search(pattern, tagged):
                item = sentence.at(one[2])
                cast.note("told_by", item.words, item.words)
        if one := re.search(
            r"\b((?:the |our |his |her )?(?:receptionist|attending officer|landlord|neighbour"
            r"|caretaker"
            r"|(?:school )?office|class teacher|teacher|driver|wife|husband|lady \w+"
            r"|lollipop lady|cleaner"
            r"|colleague|ward|manager|nurse|officer|friend|mate|cousin|worker|ta|shopkeeper"
            r"|warden))\b"
            r"(?= (?:could|says|said|told|tells|have|has|rung|rang|telephoned|phoned|let slip"
            r"|saw|reported)|'s"
            r" (?:pocket|got it|told|said))",
            low,
        ):
            cast.note("told_by", one[1], one[1])

    def _known(self, how: str, words: str) -> None:
        now = self.cast.value("first_hand")
        if now and now != how:
            kinds = {now, how}
            how = "mixed" if "saw_or_heard" in kinds or "mixed" in kinds else how
        self.cast.note("first_hand", how, words)
