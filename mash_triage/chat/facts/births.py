"""Birth dates, birthdays and due dates, each given to the person it belongs to."""

import re
from datetime import date

from mash_triage.chat.people.cast import SIBLINGS
from mash_triage.chat.words.dates import When, last_before, next_after
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.part import Part, raw_at
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import NUMBERS

NUMBER = r"(\d{1,3}|" + "|".join(NUMBERS) + r")"
_BORN = re.compile(
    r"(?:\bdobs?|d\.o\.b\.?|\bborn|\bb\.?|date of birth|birthday(?: is)?|birthdays"
    r"|bday)(?: is| on| was| the|:|,| (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"| \d{4})*(?: so)?(?:[ :]*[\d./-]+,? (?:no|sorry|wait|hang on|i mean)[a-z ,.]*?)? ?$"
)
GROWN = 18
"""Years from which somebody is no child."""

_DUE = re.compile(r"(?:\bdue|edd|expected|due date|baby due)(?: is| on| date|:|,)* ?$")


class Births(Part):
    """Reads when somebody was or will be born."""

    def _births(self, sentence: Sentence, seen: Seen, used: set[int]) -> None:
        for number, item in enumerate(sentence.items):
            if item.kind != "date":
                continue
            at = sentence.tagged.find(f"<d{number}>")
            before, after = sentence.tagged[:at], sentence.tagged[at:]
            when: When = item.value
            who = self._nearest_person(sentence, seen, item.start)
            if _DUE.search(before):
                self._expected(next_after(when, self.today), item)
                used.add(number)
            elif (
                _BORN.search(before)
                or self._is_answer(sentence, when)
                or re.match(r"<d\d+> ?(?:birthday|dob)", after)
                or self._is_row(sentence, number, when)
            ):
                who = self._born_one(sentence, seen, item, who, when)
                if who is not None and when.exact:
                    used.add(number)
                    if when.year_said or "birthday" not in before:
                        self._born(who, last_before(when, self.today), item.words)
                    elif years := self.cast.value("age_years", who):
                        self._born_at(who, when, years, past=True, words=item.words)
                    else:
                        self._birthday_first(sentence, who, when, number)
            elif birthday := self._birthday(sentence, number):
                how, years, future = birthday
                owner = who if who is not None else self.cast.subject()
                if owner is not None:
                    used.add(number)
                    self._born_at(owner, when, years, past=not future, words=f"{how}")

    def _is_answer(self, sentence: Sentence, when: When) -> bool:
        """A whole date that stands alone, of a child's age: a birth date."""
        alone = re.fullmatch(r"[ ,.]*(?:yes |no |its |it's |sorry )*<d\d+>[ ,.]*", sentence.tagged)
        if not alone or not when.exact or not when.year_said or self.pending == "worry":
            return False
        grown = self.today.year - when.day.year
        return grown < GROWN and (self.pending == "age" or (grown >= 1 and bool(self.named)))

    def _born_one(
        self, sentence: Sentence, seen: Seen, item: Item, nearest: int | None, when: When
    ) -> int | None:
        """Whose birth date it is: named before it in the sentence; else a child, if it is one's."""
        near = [n for n in seen.people if sentence.items[n].end <= item.start]
        if near and nearest is not None:
            return nearest
        if self.about.self_refers:
            return self.cast.owner
        if self.today.year - when.day.year >= GROWN:
            return nearest
        if nearest is not None and self.cast.people[nearest].role == "child":
            return nearest
        who = self._one_meant(sentence, seen)
        return who if who is not None else self.cast.new("child")

    def _birthday_first(self, sentence: Sentence, who: int, when: When, number: int) -> None:
        soon = re.search(rf"<d{number}> so ({NUMBER}) soon", sentence.tagged)
        if soon:
            self._born_at(who, when, int(soon[1]), past=False, words=when.words)

    def _birthday(self, sentence: Sentence, number: int) -> tuple[str, int, bool] | None:
        tag = f"<d{number}>"
        at = sentence.tagged.find(tag)
        before = sentence.tagged[:at]
        one = re.search(
            rf"(?P<how>turned|turns|turning|was|be|is|'s|will be"
            rf"|,)? ?(?P<age>{NUMBER})(?: years old)? (?:(?:in|on|at|last|this"
            rf"|next) ?)?(?:the )?$",
            before,
        )
        lead = sentence.items[number].words.lower().split()[0]
        if not one or not (
            lead in {"in", "on", "last", "this", "next"}
            or re.search(r"(?:in|on|at|last|this|next) (?:the )?$", before)
        ):
            return None
        value = NUMBERS.get(one["age"]) or int(one["age"])
        if value > 25 or re.search(r"\d[ :/.]$", before[: one.start("age")][-2:]):
            return None
        start = sentence.start + raw_at(sentence, one.start())
        words = self.turn[start : sentence.items[number].end].strip(" ,")
        when: When = sentence.items[number].value
        after = sentence.tagged[sentence.tagged.find(tag) + len(tag) :]
        past = (
            one["how"] in {"turned", "was"}
            or bool(re.match(r" (?:just gone|gone)", after))
            or (
                when.day <= self.today
                and one["how"] not in {"be", "turns", "turning", "will be", ",", None}
                and when.exact is False
                and False
            )
        )
        return words, value, not past

    def _born_at(self, who: int, when: When, years: int, *, past: bool, words: str) -> None:
        """Born so many years before that day."""
        day = last_before(when, self.today) if past else next_after(when, self.today)
        if not past and not when.exact and when.day < self.today:
            day = when.day.replace(year=self.today.year + 1)
        self.cast.note("dob", day.replace(year=day.year - years).isoformat(), words, who)
        self.cast.note("dob_estimated", not when.exact, words, who)
        if past and years < GROWN:
            self.cast.note("age_years", years, words, who)

    def _is_row(self, sentence: Sentence, number: int, when: When) -> bool:
        """A name with a date after it: a row of a list, or a person named with the birth date."""
        tag = rf"<d{number}>"
        if re.search(rf"not {tag}", sentence.tagged):
            return False
        row = re.search(
            rf"(?:<n\d+>|<k\d+>)(?: is)?(?: to (?:both|all(?: of them)?|them))?[ ,(]*(?:(?:m|f"
            rf"|male|female|\d{{1,2}})[ ,(]*)?{tag}",
            sentence.tagged,
        )
        if not row or self.today.year - when.day.year < 1:
            return False
        return when.year_said and "/" in when.words + "/" and bool(re.search(r"\d", when.words))

    def _born(self, who: int, day: date, words: str) -> None:
        cast = self.cast
        if day > self.today:
            if cast.people[who].role == "child":
                cast.note("_future_birth", day.isoformat(), words, who)
            return
        years = (
            self.today.year - day.year - ((self.today.month, self.today.day) < (day.month, day.day))
        )
        if cast.people[who].role == "child" and years >= 18 and cast.people[who].kin in SIBLINGS:
            cast.change(who, role="adult")
            self._as_adult(who)
        cast.note("dob", day.isoformat(), words, who)
        cast.drop("dob_estimated", who)
        if cast.value("_twins"):
            for other in cast.children():
                if not cast.value("dob", other):
                    cast.note("dob", day.isoformat(), words, other)

    def _expected(self, day: date, item: Item) -> None:
        child = self._unborn()
        self.cast.note("expected", day.isoformat(), item.words, child)

    def _as_adult(self, who: int) -> None:
        cast = self.cast
        given, family = cast.value("given_names", who), cast.value("family_name", who)
        words = next((f.words for f in cast.facts if (f.what, f.who) == ("given_names", who)), "")
        cast.drop("given_names", who)
        cast.drop("family_name", who)
        if given or family:
            cast.note("name", " ".join(filter(None, (given, family))), words, who)
