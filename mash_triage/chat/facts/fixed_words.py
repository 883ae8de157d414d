"""Languages, surnames, sex and other things said in fixed words."""

import re

from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import Part
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import LANGUAGES, NATIONALITIES, RELIGIONS


class FixedWords(Part):
    """Languages, surnames, sex and other things said in fixed words."""

    def _plain_words(self, sentence: Sentence, seen: Seen) -> None:
        cast, low = self.cast, sentence.tagged
        raw = sentence.words
        for pattern, what in (
            (
                rf"\b({LANGUAGES})\b(?! no good)(?= at home| speaking| speaker| first language|,|$)"
                rf"|(?<=speak )({LANGUAGES})\b|(?<=speaks )({LANGUAGES})\b",
                "language",
            ),
            (rf"\b({RELIGIONS})\b", "religion"),
            (
                rf"(?<!black )(?<!white )\b({NATIONALITIES})\b(?! (?:at home|speak|interp))",
                "nationality",
            ),
            (
                r"\b((?:black|white|mixed|asian)[ /](?:british|african|caribbean|somali|irish"
                r"|asian|european|and black caribbean|other)|roma|gypsy|irish traveller|chinese)\b",
                "ethnicity",
            ),
            (
                r"\b((?:they/them|she/her|he/him|non-?binary|trans(?:gender)?)(?: (?:boy|girl|male"
                r"|female))?)\b",
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
        asked = re.search(r"\b(no )?interpreter", raw, re.IGNORECASE)
        if asked and not re.search(r"through the interp", low):
            for who in cast.children():
                cast.note("interpreter", "no" if asked[1] else "yes", asked[0], who)
        self._sexes(sentence, seen)
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
