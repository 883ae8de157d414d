"""Ages, birth dates and weeks of pregnancy, each given to the person it belongs to."""

import re
from datetime import date

from mash_triage.chat.cast import SIBLINGS
from mash_triage.chat.dates import When, last_before, next_after
from mash_triage.chat.items import Item, Sentence
from mash_triage.chat.part import Part, raw_at
from mash_triage.chat.seen import Seen
from mash_triage.chat.vocabulary import NUMBERS

_M = r"<([nkbz])(\d+)>"
_BE = (
    r"(?:'s)?,?(?: who is| who's| whos| of| just gone| just turned| nearly| roughly| is| are| was|'s| only| just| about| now| aged| maybe"
    r"| small| little| i think| at home|,| \(|\(| -| both| called <n\d+>"
    r"| name is <n\d+>)*"
)
_NUMBER = r"(\d{1,3}|" + "|".join(NUMBERS) + r")"
_NO_UNIT = (
    r"(?! again|\d|[:/%+*]|\.\d|-\d|st\b|nd\b|rd\b|th\b| ?(?:%|mins?|minutes|am|pm"
    r"|times|x\b|months|mths|weeks|wks|days|hours|hrs|boys?|girls?|kids|children"
    r"|others|of|miles|out|per|mates|phones|sisters|brothers|<b|<k))"
)
_AGE = re.compile(rf"{_M}{_BE}\s?(?:<a(\d+)>|{_NUMBER}{_NO_UNIT})")
_AGE_FIRST = re.compile(rf"^(?:no |sorry |oh |yes )*(?:<a(\d+)>|{_NUMBER}{_NO_UNIT})(?=$|[ ,.!?])")
_BORN = re.compile(
    r"(?:\bdobs?|d\.o\.b\.?|\bborn|\bb\.?|date of birth|birthday(?: is)?|birthdays"
    r"|bday)(?: is| on| was| the|:|,| (?:mon|tues|wednes|thurs|fri|satur|sun)day| \d{4})*(?: so)?(?:[ :]*[\d./-]+,? (?:no|sorry|wait|hang on|i mean)[a-z ,.]*?)? ?$"
)
GROWN = 18
"""Years from which somebody is no child."""

_DUE = re.compile(r"(?:\bdue|edd|expected|due date|baby due)(?: is| on| date|:|,)* ?$")


_PAIRS = re.compile(
    r"((?:<n\d+>,? )+(?:and|&) <n\d+>),? \(?(?:aged |are )?((?:\d{1,2},? )*\d{1,2} (?:and|&) \d{1,2})\b"
)
_PREGNANT = re.compile(
    r"pregnan|\bdue\b|expecting|unborn|\bedd\b|pre-?birth|antenatal|hav(?:ing|in) a baby|\bbump\b"
    r"|midwife|gestation|mum to be|to be mum"
)


class Ages(Part):
    """Ages, birth dates and weeks of pregnancy, each given to the person it belongs to."""

    def _ages(self, sentence: Sentence, seen: Seen, used: set[int]) -> None:
        cast, tagged = self.cast, sentence.tagged
        at = 0
        while one := _AGE.search(tagged, at):
            at = one.end() if one.end() > one.start() + 1 else at + 1
            at = max(one.start() + 4, one.end() - 1)
            mention = int(one[2])
            who = seen.people.get(mention)
            if one[1] == "n" and mention in seen.own_name and self.about.self_refers:
                who = cast.owner
            if who is None or re.search(r"(?:said|says) $", tagged[: one.start()]):
                continue
            if re.match(
                r",? ?(?:in|on|next) (?:the )?<d|,? (?:next week|in a week)", tagged[one.end() :]
            ):
                continue
            if re.search(
                r"(?:nearly|almost|be|turning)\W*$", one[0][: one[0].rfind(one[4] or "<a")]
            ):
                continue
            if re.search(r"\b(?:in|of) (?:19|20)\d\d\b|years ago", tagged):
                continue
            if re.match(r" or (?:so )?<x", tagged[one.end() :]):
                continue
            mark = sentence.at(one[3]) if one[3] else None
            if mark is not None:
                used.add(int(one[3]))
            if mark is not None and self._carrying(who, mark, tagged[: one.start(2)]):
                self.cast.note("weeks", mark.value[1], mark.words, self._unborn())
                continue
            self._aged(who, mark, one[4], mark.words if mark else one[4])
            if cast.value("_twins") and who in cast.children():
                for other in cast.children():
                    if mark is not None and not cast.value("age_months", other):
                        self._aged(other, mark, one[4], mark.words)
        self._pairs_of_ages(sentence, seen)
        first = _AGE_FIRST.match(tagged)
        if first:
            mark = sentence.at(first[1]) if first[1] else None
            bare = len(re.sub(r"<\w\d+>", "", tagged).split()) <= 6
            if mark is None and not (bare or re.match(r"\d+, ?<|\d+ |\d+\. ", tagged)):
                return
            who = self._whose_age(int(first[2]) if first[2] and first[2].isdecimal() else None)
            wanted = bool(self.pending and self.pending.startswith("age")) or bare
            wanted = wanted or (bool(self.named) and re.match(r"\d+\. ", tagged) is not None)
            if (
                who is not None
                and wanted
                and not re.match(r".{0,4} (?:out of|percent|per cent|/)", tagged)
            ):
                if mark is not None:
                    used.add(int(first[1]))
                self._aged(who, mark, first[2], mark.words if mark else first[2])

    def _carrying(self, who: int, mark: Item, before: str) -> bool:
        """Are these the weeks of a pregnancy rather than of somebody's age?"""
        kind, value = mark.value
        if kind != "weeks" or not 4 <= value <= 42 or re.search(r"\bold\b", mark.words):
            return False
        return bool(_PREGNANT.search(self.turn.lower())) and not re.search(
            r"\bbook(?:ed|ing|er)\b[^.]*$|\bborn\b", before
        )

    def _pairs_of_ages(self, sentence: Sentence, seen: Seen) -> None:
        """ "Ann and Bo, 10 and 7": each age belongs to the name in the same place."""
        for one in _PAIRS.finditer(sentence.tagged):
            whom = [seen.people.get(int(n)) for n in re.findall(r"<n(\d+)>", one[1])]
            ages = re.findall(r"\d+", one[2])
            if len(whom) == len(ages):
                for who, years in zip(whom, ages, strict=True):
                    if who is not None:
                        self._aged(who, None, years, years)

    def _whose_age(self, years: int | None) -> int | None:
        """Whose age a bare number is: who was spoken of last."""
        cast = self.cast
        if self.about.self_refers and cast.owner is not None and not self._has_age(cast.owner):
            return cast.owner
        last = next((n for n in reversed(cast.recent) if n in cast.people), None)
        if last is None or (cast.people[last].role == "child" and years is not None and years > 19):
            return None
        return last

    def _aged(self, who: int, mark: Item | None, number: str | None, words: str) -> None:
        cast = self.cast
        kind, value = (
            mark.value
            if mark is not None
            else (
                "years",
                NUMBERS.get(str(number), 0) or int(number or 0)
                if str(number).isdecimal()
                else NUMBERS[str(number)],
            )
        )
        child = cast.people[who].role == "child"
        if value > 110 or (child and kind == "years" and value > 25):
            return
        if kind == "years":
            if child and value >= 18 and cast.people[who].kin in SIBLINGS:
                cast.change(who, role="adult")
                self._as_adult(who)
            elif not child and value < 18 and cast.people[who].kin in SIBLINGS:
                cast.change(who, role="child")
            cast.note("age_years", value, words, who)
            return
        if not child:
            return
        months = {"months": value, "weeks": value * 7 // 30, "days": value // 30}[kind]
        if months < 24:
            cast.note("age_months", months, words, who)
        else:
            cast.note("age_years", months // 12, words, who)

    def _as_adult(self, who: int) -> None:
        cast = self.cast
        given, family = cast.value("given_names", who), cast.value("family_name", who)
        words = next((f.words for f in cast.facts if (f.what, f.who) == ("given_names", who)), "")
        cast.drop("given_names", who)
        cast.drop("family_name", who)
        if given or family:
            cast.note("name", " ".join(filter(None, (given, family))), words, who)

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
        soon = re.search(rf"<d{number}> so ({_NUMBER}) soon", sentence.tagged)
        if soon:
            self._born_at(who, when, int(soon[1]), past=False, words=when.words)

    def _birthday(self, sentence: Sentence, number: int) -> tuple[str, int, bool] | None:
        tag = f"<d{number}>"
        at = sentence.tagged.find(tag)
        before = sentence.tagged[:at]
        one = re.search(
            rf"(?P<how>turned|turns|turning|was|be|is|'s|will be"
            rf"|,)? ?(?P<age>{_NUMBER})(?: years old)? (?:(?:in|on|at|last|this"
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

    def _weeks(self, sentence: Sentence, _seen: Seen, _number: int, item: Item) -> None:
        if re.search(r"\bborn\b|postnatal|nicu|neonatal|care baby", sentence.tagged):
            return
        if re.search(
            r"pregnan|booking|edd|unborn|gestation|mum|bump|due|antenatal|clinic|scan|weeks",
            self.turn.lower(),
        ):
            self.cast.note("weeks", item.value, item.words, self._unborn())
