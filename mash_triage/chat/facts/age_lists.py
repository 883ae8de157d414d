"""Ages in a list: "3 kids, 12, 10 and 4", "Ann and Bo are 10 and 7", "the girls are 9 and 6"."""

import re

from mash_triage.chat.facts.births import GROWN, NUMBER, Births
from mash_triage.chat.people.cast import SIBLINGS
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE, NUMBERS

_ONE = rf"(?:<a\d+>|{NUMBER.replace('(', '(?:', 1)}\b)"
_LIST = (
    rf"(?P<list>{_ONE}(?:(?:,| ?/) ?{_ONE})*(?:,? ?(?:and|&|n|\+) ?{_ONE}))"
    r"(?! ?(?:am|pm|times|weeks|wks|days|hours|hrs|mins|minutes|miles|of us|<b|<k|boys|girls|kids"
    r"|others?)\b|[:/.-]\d|\d)"
)
_LEAD = r"(?:,|:| -|\(| are| is| aged?| ages| both| all| about| around| roughly| they| now| =)*"
_OF_NAMES = re.compile(
    rf"(?P<names><n\d+>(?:,? (?:and |& |n )?<n\d+>)+)(?:,? <z\d+>)?{_LEAD} ?\(?{_LIST}"
)
_MANY = r"(?P<many>\d|two|three|four|five|six)"
_YOUNG_ONES = (
    r"(?P<young>kids|children|girls|boys|lads|lasses|daughters|sons|little ones|kiddies|bairns"
    r"|siblings|<k\d+>)"
)
_COUNTED = re.compile(
    rf"\b(?:{_MANY}|the|her|his|their|<z\d+>|my)(?: <z\d+>)?(?: (?:little|small|young|other"
    rf"|younger|older|own))*"
    rf" {_YOUNG_ONES}(?![a-z])(?: (?:live|living|stay|in|at|there|here|with|under|home|house"
    rf"|flat|the|<z\d+>|<k\d+>|<x\d+>))*{_LEAD} ?\(?{_LIST}"
)
_PLURAL = re.compile(rf"^(?:[a-z]+ )?(?:<z\d+>(?: is)?|theyre|they're){_LEAD} {_LIST}")
_SEXES = (
    (MALE, re.compile(r"boy|lad|son|.*brothers")),
    (FEMALE, re.compile(r"girl|lass|daughter|.*sisters")),
)
_OLDEST = 25
_RANKS = (
    (-1, re.compile(r"\b(?:eldest|oldest|biggest|big|older|elder|first)(?: (?:one|child|boy|girl|of"
                    r" <z\d+>))?(?: is| called| named|,|:| one)* $")),
    (0, re.compile(r"\b(?:youngest|littlest|smallest|little|tiniest|younger)(?: (?:one|child|boy"
                   r"|girl|of <z\d+>))?(?: is| called| named|,|:| one)* $")),
    (1, re.compile(r"\bmiddle(?: (?:one|child|boy|girl))?(?: is| called| named|,|:)* $")),
)  # fmt: skip


def ranked(before: str) -> int | None:
    """The place by age of whom "the eldest is" names: the last, the first, the middle one."""
    return next((place for place, each in _RANKS if each.search(before)), None)


class AgeLists(Births):
    """Gives each age of a list to the child in the same place."""

    def _listed_ages(self, sentence: Sentence, seen: Seen, used: set[int]) -> list[tuple[int, int]]:
        """Give the ages of the lists, and say where in the tagged sentence the lists stand."""
        tagged, found = sentence.tagged, list[re.Match[str]]()
        for one in _OF_NAMES.finditer(tagged):
            whom = [seen.people.get(int(n)) for n in re.findall(r"<n(\d+)>", one["names"])]
            if self._in_turn([n for n in whom if n is not None], one["list"], sentence, used):
                found.append(one)
        counted, plural = _COUNTED.search(tagged), _PLURAL.match(tagged)
        if counted is not None and not found and self._counted(counted, sentence, used):
            found.append(counted)
        elif (
            plural is not None
            and not found
            and re.search(r"\bthey", sentence.words.lower())
            and self._in_turn(self.cast.children(), plural["list"], sentence, used)
        ):
            found.append(plural)
        return [(one.start("list"), one.end("list")) for one in found]

    def _counted(self, one: re.Match[str], sentence: Sentence, used: set[int]) -> bool:
        """ "Two girls, 9 and 6": those who are there in that number, or as many new ones."""
        cast, ages = self.cast, _ages_of(one["list"])
        many = NUMBERS.get(str(one["many"])) or int(one["many"] or 0)
        if many and many != len(ages):
            return False
        item = sentence.at(one["young"][2:-1]) if one["young"].startswith("<") else None
        word = one["young"] if item is None else item.words.lower()
        if item is not None and item.value.relation not in SIBLINGS:
            return False
        sex = next((sex for sex, each in _SEXES if each.match(word)), "")
        kin = "" if item is None else item.value.relation
        may = [n for n in cast.children() if not self._has_age(n) and n != cast.owner]
        may = [n for n in may if cast.people[n].sex in {"", sex} or not sex]
        may = [n for n in may if cast.people[n].kin] if kin else may
        if len(may) != len(ages) and (not many or any(cast.first_name(n) for n in may)):
            return False
        may += [cast.new("child", kin, sex) for _ in range(len(ages) - len(may))]
        if not self._in_turn(may, one["list"], sentence, used):
            return False
        for who in may:
            if sex and not cast.value("sex", who):
                cast.change(who, sex=sex)
                cast.note("sex", sex, word, who)
        return True

    def _in_turn(self, whom: list[int], said: str, sentence: Sentence, used: set[int]) -> bool:
        """Give each the age in the same place, where they are as many."""
        ages = _ages_of(said)
        if len(whom) != len(ages) or any(_years_of(age) > _OLDEST for age in ages):
            return False
        for who, age in zip(whom, ages, strict=True):
            mark = sentence.at(age[2:-1]) if age.startswith("<") else None
            if mark is not None:
                used.add(int(age[2:-1]))
            self._aged(who, mark, None if mark else age, mark.words if mark else age)
        return True

    def _aged(self, who: int, mark: Item | None, number: str | None, words: str) -> None:
        """Note an age: of a mark, with its unit, or of a number or its word, in years. None that
        cannot be: a child's is at most 25, anybody's 110.
        """
        cast = self.cast
        kind, value = ("years", _number(str(number))) if mark is None else mark.value
        child = cast.people[who].role == "child"
        if value > 110 or (child and kind == "years" and value > _OLDEST):
            return
        if kind == "years":
            if child and value >= GROWN and cast.people[who].kin in SIBLINGS:
                cast.change(who, role="adult")
                self._as_adult(who)
            elif not child and value < GROWN and cast.people[who].kin in SIBLINGS:
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


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else NUMBERS[said]


def _years_of(age: str) -> int:
    return 0 if age.startswith("<") else _number(age)


def _ages_of(said: str) -> list[str]:
    return re.findall(_ONE, said)
