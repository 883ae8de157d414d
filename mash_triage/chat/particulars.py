"""Ages, birth dates, numbers, homes and schools: each given to the person it belongs to."""

import re
from dataclasses import dataclass
from datetime import date

from mash_triage.chat.cast import SIBLINGS, Cast
from mash_triage.chat.dates import When, last_before, next_after
from mash_triage.chat.items import Item, Sentence, signs_off
from mash_triage.chat.vocabulary import LANGUAGES, NATIONALITIES, NUMBERS, RELIGIONS
from mash_triage.chat.who import Seen

_M = r"<([nkbz])(\d+)>"
_BE = r"(?:'s)?,?(?: who is| who's| is| are| was|'s| only| just| about| now| aged| maybe| small| little| i think| at home|,| \(|\(| -| both| called <n\d+>| name is <n\d+>)*"
_NUMBER = r"(\d{1,3}|" + "|".join(NUMBERS) + r")"
_NO_UNIT = r"(?! again|\d|[:/%+*]|\.\d|-\d|st\b|nd\b|rd\b|th\b| ?(?:%|mins?|minutes|am|pm|times|x\b|months|mths|weeks|wks|days|hours|hrs|boys?|girls?|kids|children|others|of|miles|out|per|mates|phones|sisters|brothers|<b|<k))"
_AGE = re.compile(rf"{_M}{_BE}\s?(?:<a(\d+)>|{_NUMBER}{_NO_UNIT})")
_AGE_FIRST = re.compile(rf"^(?:no |sorry |oh |yes )*(?:<a(\d+)>|{_NUMBER}{_NO_UNIT})(?=$|[ ,.!?])")
_BIRTHDAY = re.compile(
    rf"(?P<how>turned|turns|turning|was|be|is|going to be|'s|will be)?(?: <a(?P<mark>\d+)>| ?{_NUMBER})?,? ?(?:(?P<next>{_NUMBER})\s)?(?:in|on|at|this|last|next)? ?(?:the )?<d(?P<date>\d+)>"
)
_BORN = re.compile(
    r"(?:\bdobs?|d\.o\.b\.?|\bborn|\bb\.?|date of birth|birthday(?: is)?|birthdays|bday)(?: is| on| was|:|,| \d{4})*(?: so)? ?$"
)
_DUE = re.compile(r"(?:\bdue|edd|expected|due date|baby due)(?: is| on| date|:|,)* ?$")
_PRIOR = re.compile(
    r"\b(?:was|were|before that|previously|used to (?:live|be)|moved from|they was at|from)(?: <z\d+> (?:was|were))?(?: at)? ?$"
)
_OWN_HOME = re.compile(
    r"(?:^|[,.] ?)(?:me )?(?:<z\d+> is|that is my own name|<z\d+> live at|<z\d+> own)[^<]*(?:<n\d+>[^<]*)?(?:,)? $|number \d+$"
)
_BOTH = re.compile(
    r"\b(?:both|all (?:of them|three|the kids|four)|twins|same for|they all|they're at|they are at|<z\d+> are at|each|all at)\b"
)
_ME = re.compile(
    r"(?:txt|text|ring|call|phone|contact|reach|mobile|its|on)(?: <z\d+>)?(?: on)?[:, ]*$|^,? ?<p\d+>"
)


@dataclass(frozen=True)
class About:
    """Who types, as far as the account says it."""

    agency: str
    self_refers: bool


class Particulars:
    """Gives the marks of a sentence to the people of the conversation."""

    def __init__(self, cast: Cast, about: About, pending: str | None, turn: str) -> None:
        self.cast, self.about, self.pending, self.turn = cast, about, pending, turn
        self.today: date = cast.today

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """All that this sentence says in figures, forms and fixed words."""
        used: set[int] = set()
        self._births(sentence, seen, used)
        self._ages(sentence, seen, used)
        for number, item in enumerate(sentence.items):
            if number not in used and (deed := getattr(self, f"_{item.kind}", None)):
                deed(sentence, seen, number, item)
        self._plain_words(sentence, seen)

    # ------------------------------------------------------------ ages and births

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
            if re.match(r" or (?:so )?<x", tagged[one.end() :]):
                continue
            mark = sentence.at(one[3]) if one[3] else None
            if mark is not None:
                used.add(int(one[3]))
            self._aged(who, mark, one[4], mark.words if mark else one[4])
            if cast.value("_twins") and who in cast.children():
                for other in cast.children():
                    if mark is not None and not cast.value("age_months", other):
                        self._aged(other, mark, one[4], mark.words)
        first = _AGE_FIRST.match(tagged)
        if first:
            mark = sentence.at(first[1]) if first[1] else None
            bare = len(re.sub(r"<\w\d+>", "", tagged).split()) <= 6
            if mark is None and not (bare or re.match(r"\d+, ?<|\d+ ", tagged)):
                return
            who = self._whose_age(int(first[2]) if first[2] and first[2].isdecimal() else None)
            wanted = bool(self.pending and self.pending.startswith("age")) or bare
            if (
                who is not None
                and wanted
                and not re.match(r".{0,4} (?:out of|percent|per cent|/)", tagged)
            ):
                if mark is not None:
                    used.add(int(first[1]))
                self._aged(who, mark, first[2], mark.words if mark else first[2])

    def _whose_age(self, years: int | None) -> int | None:
        """Whose age a bare number is: who was spoken of last."""
        cast = self.cast
        if self.about.self_refers and cast.owner is not None and not self._has_age(cast.owner):
            return cast.owner
        last = next((n for n in reversed(cast.recent) if n in cast.people), None)
        if last is None or (cast.people[last].role == "child" and years is not None and years > 19):
            return None
        return last

    def _has_age(self, who: int) -> bool:
        return any(
            self.cast.value(what, who) is not None for what in ("age_years", "age_months", "dob")
        )

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
                self._expected(sentence, seen, next_after(when, self.today), item)
                used.add(number)
            elif (
                _BORN.search(before)
                or re.match(r"<d\d+> ?(?:birthday|dob)", after)
                or self._is_row(sentence, number, when)
            ):
                if who is None and self.about.self_refers:
                    who = self.cast.owner
                if who is None and re.search(r"born", before):
                    who = self.cast.subject()
                if who is not None and when.exact:
                    used.add(number)
                    if when.year_said or "birthday" not in before:
                        self._born(sentence, seen, who, last_before(when, self.today), item.words)
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

    def _birthday_first(self, sentence: Sentence, who: int, when: When, number: int) -> None:
        soon = re.search(rf"<d{number}> so ({_NUMBER}) soon", sentence.tagged)
        if soon:
            self._born_at(who, when, int(soon[1]), past=False, words=when.words)

    def _birthday(self, sentence: Sentence, number: int) -> tuple[str, int, bool] | None:
        tag = f"<d{number}>"
        at = sentence.tagged.find(tag)
        before = sentence.tagged[:at]
        one = re.search(
            rf"(?P<how>turned|turns|turning|was|be|is|'s|will be|,)? ?(?P<age>{_NUMBER})(?: years old)? (?:(?:in|on|at|last|this|next) ?)?(?:the )?$",
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
        start = sentence.start + _raw_at(sentence, one.start())
        words = self.turn[start : sentence.items[number].end].strip(" ,")
        when: When = sentence.items[number].value
        past = one["how"] in {"turned", "was"} or (
            when.day <= self.today
            and one["how"] not in {"be", "turns", "turning", "will be", ",", None}
            and when.exact is False
            and False
        )
        return words, value, not past

    def _born_at(self, who: int, when: When, years: int, *, past: bool, words: str) -> None:
        """Born so many years before that day."""
        day = last_before(when, self.today) if past else next_after(when, self.today)
        if not past and not when.exact and when.day < self.today:
            day = when.day.replace(year=self.today.year + 1)
        self.cast.note("dob", day.replace(year=day.year - years).isoformat(), words, who)
        self.cast.note("dob_estimated", not when.exact, words, who)

    def _is_row(self, sentence: Sentence, number: int, when: When) -> bool:
        """A name with a date after it: a row of a list, or a person named with the birth date."""
        tag = rf"<d{number}>"
        if re.search(rf"not {tag}", sentence.tagged):
            return False
        row = re.search(
            rf"(?:<n\d+>|<k\d+>)(?: is)?(?: to (?:both|all(?: of them)?|them))?[ ,(]*(?:(?:m|f|male|female|\d{{1,2}})[ ,]*)?{tag}",
            sentence.tagged,
        )
        if not row or self.today.year - when.day.year < 1:
            return False
        return when.year_said and "/" in when.words + "/" and bool(re.search(r"\d", when.words))

    def _born(self, sentence: Sentence, seen: Seen, who: int, day: date, words: str) -> None:
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

    def _expected(self, sentence: Sentence, seen: Seen, day: date, item: Item) -> None:
        child = self._unborn()
        self.cast.note("expected", day.isoformat(), item.words, child)

    def _unborn(self) -> int:
        cast = self.cast
        for who in cast.children():
            if not self._has_age(who) and not cast.value("given_names", who):
                return who
        return cast.new("child")

    def _weeks(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        if re.search(r"\bborn\b|postnatal|nicu|neonatal|care baby", sentence.tagged):
            return
        if re.search(
            r"pregnan|booking|edd|unborn|gestation|mum|bump|due|antenatal|clinic|scan|weeks",
            self.turn.lower(),
        ):
            self.cast.note("weeks", item.value, item.words, self._unborn())

    # ------------------------------------------------------------ numbers and contact

    def _nearest_person(self, sentence: Sentence, seen: Seen, place: int) -> int | None:
        found = [
            n
            for n in seen.people
            if sentence.items[n].end <= place and sentence.items[n].kind in {"name", "kin", "young"}
        ]
        if found:
            return seen.people[max(found)]
        found = [n for n in seen.people if sentence.items[n].end <= place]
        if found:
            return seen.people[max(found)]
        return next((n for n in reversed(self.cast.recent) if n in self.cast.people), None)

    def _nhs(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        self._number("nhs", sentence, seen, item)

    def _upn(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
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
        if near and not own:
            who = seen.people[max(near)]
            if (
                self.cast.people[who].role == "adult"
                and len(before) - before.rfind(f"{max(near)}>") < 60
            ):
                if not re.search(r"if <z\d+> need", before) and not self._is_own(
                    sentence, max(near)
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

    def _is_own(self, sentence: Sentence, number: int) -> bool:
        said = sentence.items[number].value
        own = self.cast.value("referrer.name")
        return bool(own) and isinstance(said, str) and said.split()[0] in str(own)

    def _email(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        self.cast.note("referrer.email", item.value, item.words)

    def _reference(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        self.cast.note("reference", item.value, item.words)

    # ------------------------------------------------------------ school

    def _children_meant(self, sentence: Sentence, seen: Seen, place: int) -> list[int]:
        cast = self.cast
        if _BOTH.search(sentence.tagged):
            return [n for n in cast.children()]
        children = [
            n
            for n in seen.people
            if cast.people[seen.people[n]].role == "child" and sentence.items[n].end <= place
        ]
        if children:
            last = max(children)
            between = sentence.tagged[sentence.tagged.find(f"{last}>") :]
            joined = re.search(
                rf"<[nk](\d+)>(?: \d+| <a\d+>)? (?:and|&) <n{last}>", sentence.tagged
            )
            if (
                joined
                and re.match(rf"{last}>(?: \d+| <a\d+>)?,? (?:they|both|are)", between)
                and int(joined[1]) in seen.people
            ):
                return [seen.people[int(joined[1])], seen.people[last]]
            who = seen.people[last]
            if (
                re.search(r"\btheyre\b|they're|<z\d+> are", sentence.tagged)
                and len(set(seen.people[n] for n in children)) > 1
            ):
                return list(dict.fromkeys(seen.people[n] for n in children))
            return [who]
        for item in sentence.items:
            if item.kind == "pronoun" and item.value in {"he", "she"} and item.end <= place:
                meant = cast.by_pronoun(item.value, child=True)
                if meant is not None:
                    return [meant]
        one = cast.subject()
        return [] if one is None else [one]

    def _year(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        if signs_off(sentence) and self.cast.value("year_group", self.cast.subject()):
            return
        after = sentence.tagged[sentence.tagged.find(f"<y{number}>") :]
        if re.match(r"<y\d+>,? (?:staff|teacher)", after):
            return
        whom = self._children_meant(sentence, seen, item.start)
        if not whom:
            whom = [self.cast.new("child")]
        for who in whom:
            self.cast.note("year_group", item.words, item.words, who)

    def _percent(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
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
        for who in self._children_meant(sentence, seen, item.start):
            if not re.search(r"not $|isn't", before):
                self.cast.note("school", item.value, item.words, who)

    # ------------------------------------------------------------ home

    def _address(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        cast = self.cast
        before = sentence.tagged[: sentence.tagged.find(f"<x{number}>")]
        if re.search(r"^(?:one|\w+) (?:lives |is )?at <x\d+>.*the other", sentence.tagged):
            cast.note("_apart", "yes", sentence.words)
            return
        if _PRIOR.search(before):
            for who in cast.children():
                cast.note("previous", item.value, item.words, who)
            return
        if re.search(
            r"\bfound\b|arrested|stop searched|bus stop|incident", before
        ) and not re.search(r"addr|home|location", before):
            return
        near = [n for n in seen.people if sentence.items[n].end <= item.start]
        who = seen.people[max(near)] if near else None
        lives = re.search(r"\bme <z\d+> is|<z(\d+)> live at", before)
        mine = lives and (lives[1] is None or sentence.at(lives[1]).value == "i")
        own = seen.own_name or mine or "that is my own name" in before
        if (
            own
            and not self.about.self_refers
            and not re.search(
                r"mum|dad|parent|mother|father", str(cast.value("referrer.relationship"))
            )
        ):
            return
        self._to = []
        adult = who is not None and cast.people[who].role == "adult"
        if adult and who is not None:
            one = cast.people[who]
            between = before[before.rfind(">") + 1 :]
            lives = re.search(r"both stop|all live|kids live|live with|stay", sentence.tagged)
            kin = sentence.items[max(near)].kind
            if (
                one.kin
                in {
                    "neighbour",
                    "paternal grandmother",
                    "maternal grandmother",
                    "uncle",
                    "aunt",
                    "father's partner",
                }
                and not lives
            ):
                cast.note("address_line", item.value, item.words, who)
                return
            if (
                one.kin == "mother"
                and re.search(r"at |flat is|lives|address|addr", between)
                and kin != "kin"
            ):
                cast.note("address_line", item.value, item.words, who)
                self._to = [who]
            elif one.kin == "mother" and re.search(r"flat is|unborn|baby", sentence.tagged):
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
        self._homes(item, who)

    _to: list[int]

    def _homes(self, item: Item, who: int | None) -> None:
        cast = self.cast
        if not cast.children():
            cast.note("_address", item.value, item.words)
        for child in cast.children():
            if (
                cast.people[child].kin
                and cast.value("legal_status", child)
                and child != cast.children()[0]
            ):
                continue
            cast.note("address_line", item.value, item.words, child)
            cast.drop("_postcode_guess", child)

    def _postcode(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        cast = self.cast
        tag = f"<c{number}>"
        before = sentence.tagged[: sentence.tagged.find(tag)]
        if re.search(r"(?:could be|or|maybe) $", before):
            return
        line = re.search(r"<x(\d+)>,? ?$", before)
        if cast.value("_apart") and cast.turn == next(
            f.turn for f in cast.facts if f.what == "_apart"
        ):
            return
        if line and _PRIOR.search(before[: line.start()]):
            return
        value = re.sub(r"\s", "", item.value).upper()
        value = f"{value[:-3]} {value[-3:]}"
        owners = [n for n in cast.adults() if cast.value("address_line", n)]
        for who in cast.children():
            if cast.value("address_line", who) or not owners:
                cast.note("postcode", value, item.words, who)
        if not cast.children() and not owners:
            cast.note("_postcode", value, item.words)
        if line:
            said = sentence.at(line[1]).value
            for who in owners:
                if cast.value("address_line", who) == said:
                    cast.note("postcode", value, item.words, who)

    # ------------------------------------------------------------ fixed words

    def _plain_words(self, sentence: Sentence, seen: Seen) -> None:
        cast, low = self.cast, sentence.tagged
        raw = sentence.words
        for pattern, what in (
            (
                rf"\b({LANGUAGES})\b(?! no good)(?= at home| speaking| speaker| first language|,|$)|(?<=speak )({LANGUAGES})\b|(?<=speaks )({LANGUAGES})\b",
                "language",
            ),
            (rf"\b({RELIGIONS})\b", "religion"),
            (
                rf"(?<!black )(?<!white )\b({NATIONALITIES})\b(?! (?:at home|speak|interp))",
                "nationality",
            ),
            (
                r"\b((?:black|white|mixed|asian)[ /](?:british|african|caribbean|somali|irish|asian|european|and black caribbean|other)|roma|gypsy|irish traveller|chinese)\b",
                "ethnicity",
            ),
            (
                r"\b((?:they/them|she/her|he/him|non-?binary|trans(?:gender)?)(?: (?:boy|girl|male|female))?)\b",
                "gender_identity",
            ),
        ):
            for one in re.finditer(pattern, raw, re.IGNORECASE):
                said = next(g for g in one.groups() if g)
                if re.match(rf"{re.escape(one[0])} no good", raw[one.start() :], re.IGNORECASE):
                    continue
                for who in cast.children() if what != "gender_identity" else [cast.subject()]:
                    if who is not None:
                        cast.note(what, said, said, who)
        if one := re.search(r"\b(no )?interpreter", raw, re.IGNORECASE):
            if not re.search(r"through the interp", low):
                for who in cast.children():
                    cast.note("interpreter", "no" if one[1] else "yes", one[0], who)
        self._sexes(sentence, seen)
        self._schools(sentence, seen)
        self._since(sentence, seen)
        surname = re.search(
            r"(?:surname|last name|family name)(?: is|'s|:| on| as)*(?: on the register)? ?<n(\d+)>|<n(\d+)> is (?:the|his|her|their) (?:surname|last name|family name)|both <n(\d+)>",
            low,
        )
        if surname:
            item = sentence.at(next(g for g in surname.groups() if g))
            said_i = self.about.self_refers and not re.search(
                r"<z\d+> surname|<z\d+> last name", low
            )
            whom = cast.children() if surname[3] else [cast.owner if said_i else cast.subject()]
            if surname[3] or "both" in low:
                whom = [n for n in cast.people if not cast.value("family_name", n)]
            for who in whom:
                if who is not None and cast.people[who].role == "child":
                    cast.note(
                        "family_name",
                        item.value.title() if item.value.isupper() else item.value,
                        item.words,
                        who,
                    )
                elif (
                    who is not None
                    and surname[3]
                    and cast.people[who].kin in {"parent", "mother", "father"}
                ):
                    name = cast.value("name", who)
                    if name and " " not in name:
                        cast.note("name", f"{name} {item.value.title()}", item.words, who)
        for pattern, what in (
            (
                r"\b(?:sw|social worker|allocated worker)(?: is|:|'s)? ([A-Z]\w+(?: [A-Z]\w+)?)",
                "worker",
            ),
            (r"\b(?:gp|GP)(?: is|:|'s)? (Dr\.? [A-Z]\w+(?: (?:at|from) [A-Z]\w+ \w+)?)", "gp"),
        ):
            if one := re.search(pattern, raw, re.IGNORECASE if what == "gp" else 0) or re.search(
                pattern.replace(r"\b(?:sw", r"\b(?:SW|sw"), raw
            ):
                for who in cast.children() if what == "gp" else [cast.subject()]:
                    if who is not None:
                        cast.note(what, one[1], one[1], who)
        listed = re.search(
            r"attendance (?:is |at )?(\d{2,3})(?: ?/ ?(\d{2,3}))?(?: ?/ ?(\d{2,3}))?(?! ?%)", low
        )
        if listed:
            for who, figure in zip(
                cast.children(), [g for g in listed.groups() if g], strict=False
            ):
                cast.note("attendance", int(figure), figure, who)
        if beside := re.search(r"<y(\d+)>[ ,]*\((\d{1,2})\)", low):
            for who in self._children_meant(sentence, seen, sentence.at(beside[1]).start)[:1]:
                cast.note("age_years", int(beside[2]), beside[2], who)
        middle = re.search(r"<n(\d+)> \d{1,2} <n(\d+)>$", low)
        if middle and int(middle[1]) in seen.people:
            item = sentence.at(middle[2])
            cast.note("family_name", item.value, item.words, seen.people[int(middle[1])])
        same = re.search(
            r"(?:surname|last name)(?: is| the)* same(?: as (?:<\w+>|above))?|same (?:surname|last name)|surname as above|surname (?:<n\d+> )?a(?:s ?well|lso)|both (?:the )?same",
            low,
        )
        if same:
            known = [cast.value("family_name", n) for n in cast.children()]
            first = next((name for name in known if name), None)
            mentioned = [
                seen.people[n]
                for n in sorted(seen.people)
                if cast.people[seen.people[n]].role == "child"
            ]
            lacking = [
                n
                for n in dict.fromkeys(mentioned or cast.children())
                if not cast.value("family_name", n)
            ]
            whom = lacking[:1] if first else []
            for who in whom:
                if who is not None and not cast.value("family_name", who):
                    cast.note("family_name", first, _raw(sentence, same), who)

    def _sexes(self, sentence: Sentence, seen: Seen) -> None:
        cast = self.cast
        for number, who in seen.people.items():
            item, one = sentence.items[number], cast.people.get(who)
            if one is None or one.role != "child" or cast.value("sex", who):
                continue
            sex = {"he": "M", "she": "F"}.get(str(item.value), "") if item.kind == "pronoun" else ""
            if item.kind == "young":
                sex = item.value
            if item.kind == "kin":
                sex = item.value.sex
            if sex and (not one.sex or one.sex == sex):
                cast.change(who, sex=sex)
                cast.note("sex", sex, item.words, who)
        for one_ in re.finditer(
            r"(?:<n(\d+)>|<d\d+>|<a\d+>)[^.<]{0,6}?\b(m|f|male|female|girl|boy)\b", sentence.tagged
        ):
            who_ = (
                seen.people.get(int(one_[1]))
                if one_[1]
                else self._nearest_person(sentence, seen, sentence.end)
            )
            if who_ is not None and cast.people[who_].role == "child":
                sex = "M" if one_[2] in {"m", "male", "boy"} else "F"
                cast.change(who_, sex=sex)
                cast.note("sex", sex, one_[2], who_)

    def _schools(self, sentence: Sentence, seen: Seen) -> None:
        if signs_off(sentence):
            return
        one = re.search(
            r"(?:school is|school's|school:|nursery is|goes to|go to|i go to|nursery at|college is|<y\d+> at|school at|attends)(?: called)? <n(\d+)>",
            sentence.tagged,
        )
        if one and int(one[1]) not in seen.people:
            item = sentence.at(one[1])
            for who in self._children_meant(sentence, seen, item.start):
                self.cast.note("school", item.value, item.words, who)

    def _since(self, sentence: Sentence, seen: Seen) -> None:
        cast = self.cast
        one = re.search(
            r"(?:since(?: about)?|moved(?: in)?(?: in| at| <z\d+> in)?(?: ourselves at)?|placed here|moved <z\d+> in <z\d+> at|cleared out on|in) ?(?:about |last )?<d(\d+)>",
            sentence.tagged,
        )
        home = re.search(
            r"stop at|moved|live|stay|placed here|been with <z\d+>|with <z\d+> since|cleared out|gone to",
            sentence.tagged,
        )
        if (
            one
            and home
            and re.search(r"since|moved|placed|cleared|moved <z", one[0] + sentence.tagged)
        ):
            when: When = sentence.at(one[1]).value
            said = sentence.at(one[1]).words
            for who in cast.children():
                if re.search(
                    r"moved <z\d+> in|they moved|both|kids|<z\d+>|placed|cleared", sentence.tagged
                ):
                    cast.note("since", said, said, who)
            _ = when


def _raw_at(sentence: Sentence, place: int) -> int:
    """A place in the tagged sentence as a place in the words."""
    done, at = 0, sentence.start
    for one in re.finditer(r"<[a-z](\d+)>(?: is(?= |$)| are(?= |$))?", sentence.tagged):
        item = sentence.items[int(one[1])]
        if one.start() >= place:
            break
        done, at = one.end(), item.end
        if one.end() > place:
            return item.start - sentence.start
    return at + (place - done) - sentence.start


def _raw(sentence: Sentence, one: re.Match[str]) -> str:
    """The words of a find in the tagged sentence."""
    a, b = _raw_at(sentence, one.start()), _raw_at(sentence, one.end())
    return sentence.words[a:b].strip() or sentence.words
