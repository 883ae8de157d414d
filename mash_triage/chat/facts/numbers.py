"""Numbers, schools and years, each given to the person it belongs to."""

import re

from mash_triage.chat.sender.sign_offs import signs_off
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.part import Part
from mash_triage.chat.words.seen import Seen

_WHOSE = re.compile(
    r"<[nkz](\d+)>(?:'s)? (?:work |home |new |own )?"
    r"(?:mob(?:ile)?|number|no\.?|num|phone|tel|cell)(?: no| number)?(?: is|'s|:| on file)* $"
)


class Numbers(Part):
    """Numbers, schools and years, each given to the person it belongs to."""

    def _nhs(self, sentence: Sentence, seen: Seen, _number: int, item: Item) -> None:
        self._number("nhs", sentence, seen, item)

    def _upn(self, sentence: Sentence, seen: Seen, _number: int, item: Item) -> None:
        self._number("upn", sentence, seen, item)

    def _number(self, what: str, sentence: Sentence, seen: Seen, item: Item) -> None:
        who = self._nearest_person(sentence, seen, item.start)
        if who is not None and self.cast.people[who].role == "child":
            self.cast.note(what, re.sub(r"[ -]", "", str(item.value)), item.words, who)

    def _phone(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        before = sentence.tagged[: sentence.tagged.find(f"<p{number}>")]
        own = (
            seen.own_name
            or re.search(r"<z\d+> on $|\bme on|surgery|office|<o\d+>[ ,]*$|<m\d+>", before)
            or signs_off(sentence)
        )
        near = [
            n
            for n in seen.people
            if sentence.items[n].end <= item.start and sentence.items[n].kind in {"kin", "name"}
        ]
        owner = self._number_of(sentence, seen, before, number)
        if owner is not None:
            self.cast.note("phone", item.value, item.words, owner)
            return
        if self._of_another(sentence, before):
            return
        if near and not own:
            who = seen.people[max(near)]
            if (
                (
                    self.cast.people[who].role == "adult"
                    and len(before) - before.rfind(f"{max(near)}>") < 60
                )
                and not re.search(r"if <z\d+> need", before)
                and not self._is_own(sentence, max(near))
            ):
                self.cast.note("phone", item.value, item.words, who)
                return
            if (
                who != self.cast.owner
                and self.cast.people[who].role == "child"
                and len(near) == len(before.split("<n")) - 1 > 1
            ):
                return
        self.cast.note("referrer.telephone", item.value, item.words)

    def _number_of(self, sentence: Sentence, seen: Seen, before: str, number: int) -> int | None:
        """ "Her mobile", "Gemma's number", "is hers": the grown-up whose number is said to be."""
        one = _WHOSE.search(before)
        who = seen.people.get(int(one[1])) if one else None
        said = sentence.at(one[1]).value if one else ""
        if said in ("he", "she") and (who is None or self.cast.people[who].role != "adult"):
            sex = {"he": "M", "she": "F"}[str(said)]
            order = [*reversed(self.cast.recent)]
            grown = [n for n in order if n in self.cast.adults() and n != self.cast.owner]
            who = next((n for n in grown if self.cast.people[n].sex == sex), None)
        after = sentence.tagged[len(before) :]
        if hers := re.match(rf"<p{number}> is (hers|his)\b", after):
            sex = "F" if hers[1] == "hers" else "M"
            who = next(
                (n for n in reversed(self.cast.recent) if self.cast.people[n].sex == sex
                 and self.cast.people[n].role == "adult"),
                None,
            )  # fmt: skip
        if who is None or who == self.cast.owner or self.cast.people[who].role != "adult":
            return None
        return who

    def _of_another(self, sentence: Sentence, before: str) -> bool:
        """Is it said to be his, hers or theirs, though nobody known?"""
        one = _WHOSE.search(before)
        return one is not None and sentence.at(one[1]).value in ("he", "she", "they")

    def _is_own(self, sentence: Sentence, number: int) -> bool:
        said = sentence.items[number].value
        own = self.cast.value("referrer.name")
        return bool(own) and isinstance(said, str) and said.split()[0] in str(own)

    def _email(self, _sentence: Sentence, _seen: Seen, _number: int, item: Item) -> None:
        self.cast.note("referrer.email", item.value, item.words)

    def _reference(self, _sentence: Sentence, _seen: Seen, _number: int, item: Item) -> None:
        self.cast.note("reference", item.value, item.words)

    def _year(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        if signs_off(sentence) and self.cast.value("year_group", self.cast.subject()):
            return
        after = sentence.tagged[sentence.tagged.find(f"<y{number}>") :]
        if re.match(r"<y\d+>,? (?:staff|teacher)", after):
            return
        whom = self._in_order(sentence, number) or self._children_meant(sentence, seen, item.start)
        if not whom:
            whom = [self.cast.new("child")]
        for who in whom:
            self.cast.note("year_group", item.words, item.words, who)

    def _in_order(self, sentence: Sentence, number: int) -> list[int]:
        """ "Y6 and Y1": as many years as children, each to the child in the same place."""
        listed = re.search(r"<y\d+>(?:,? (?:and |& )?<y\d+>)+", sentence.tagged)
        numbers = [int(n) for n in re.findall(r"<y(\d+)>", listed[0])] if listed else []
        children = self.cast.children()
        if number not in numbers or len(numbers) != len(children):
            return []
        return [children[numbers.index(number)]]

    def _percent(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        if "." in str(item.value):
            return  # a whole number is asked for; it is hers to round
        if re.search(r"attend|timetable|school|absen", self.turn.lower()) and not re.search(
            rf"<t{number}>,? last year", sentence.tagged
        ):
            for who in self._children_meant(sentence, seen, item.start)[:1]:
                self.cast.note("attendance", int(item.value), item.words, who)

    def _org(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        tag = f"<o{number}>"
        before = sentence.tagged[: sentence.tagged.find(tag)]
        work = re.search(
            r"\b(?:work|room leader|teacher|head|dsl|nurse|lead|manager|officer|midwife|ward)\b",
            before,
        )
        if seen.own_name or signs_off(sentence) or (work and not seen.people):
            self.cast.note("referrer.organisation", item.value, item.words)
            return
        if re.search(r"hospital|surgery|clinic|council|trust", item.words, re.IGNORECASE):
            return
        raw = sentence.words[: item.start - sentence.start].lower()
        if re.search(
            r"\b(?:cousin|friend|mate)\w*\b[^.,]{0,12}$|\b(?:here|i'?m|work\w*) at $", raw
        ):
            return
        for who in self._children_meant(sentence, seen, item.start):
            if not re.search(r"not $|isn't", before):
                self.cast.note("school", item.value, item.words, who)
