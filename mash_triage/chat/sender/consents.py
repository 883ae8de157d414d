"""Who was told, and who agrees."""

import re

from mash_triage.chat.people.cast import PARENTS, Cast
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import About, words_at
from mash_triage.chat.words.seen import Seen

_KNOWS = re.compile(
    r"\b(?:knows?|aware|(?:been |i'?ve |ive |have )?told|informed|tell(?:ing)?"
    r"|consents?|consented|agreed?s?|signed|asked|ok with it|okay with|happy for"
    r"|happy to be rung|yes to|has been spoken|knew)\b"
)
_NOT = re.compile(
    r"\b(?:not|no|n'?t|dont|don't|doesnt|doesn't|hasnt|hasn't|haven't|havent|isnt"
    r"|never|unaware|nor|without|didnt|didn't|won't|wont)\b|n't\b"
)
_AGREE = re.compile(
    r"\b(?:happy|agrees?|agreed|consents?|consented|ok with|okay with|is fine (?:with"
    r"|about|for)|<k\\d+> knows[^.]*is fine|fine with|wants? (?:the |some )?help"
    r"|wants? (?:carers|support|it investigated)|says yes|said yes|signed"
    r"|gives? consent|on board|mum says yes|yes to|helped me word)\b"
)
_AGAINST = re.compile(
    r"didn'?t want it|doesn'?t (?:agree|want (?:it|this|us))|does not agree|refus"
    r"|objects?|against it|less so|not happy|no consent|without consent|won'?t agree"
)


class Consents:
    """Who was told, and who agrees."""

    def __init__(self, cast: Cast, about: About, pending: str | None, turn: str) -> None:
        self.cast, self.about, self.pending, self.turn = cast, about, pending, turn

    # ------------------------------------------------------------ consent

    def _consent(self, sentence: Sentence, seen: Seen) -> None:
        for clause in re.finditer(r"[^,.;]+", sentence.tagged):
            self._clause(sentence, seen, clause[0], clause.start())

    def _clause(self, sentence: Sentence, seen: Seen, clause: str, at: int) -> None:
        cast = self.cast
        if re.search(r"<q\d+>", clause) and not re.search(r"knows|aware|agree", clause):
            return
        if re.search(
            r"knows? (?:someone|em|him|<z\d+> \d|the|what|my name|who|how)|know (?:her|his|if"
            r"|the|where|who|what|how|<z\d+> \d)|idk|not to know|to know it|to know where"
            r"|let <z\d+> know|want to know",
            clause,
        ):
            return
        knows, agrees, against = (
            _KNOWS.search(clause),
            _AGREE.search(clause),
            _AGAINST.search(clause),
        )
        if not (knows or agrees or against):
            return
        people = self._told_people(sentence, seen, clause)
        asking = self.pending in {"told", "agreed", "why_not_told"}
        telling = re.search(
            r"\b(?:aware|informed|been told|knows?|consent|have not told|not told"
            r"|told in person|hasn'?t been told|doesn'?t know|don'?t know)\b|shes been told"
            r"|we have told|(?:hasn'?t|not|haven'?t) (?:been )?(?:spoken|told)",
            clause,
        )
        if (
            knows
            and not telling
            and not asking
            and not re.search(
                r"happy for|agreed to me|yes to|asked$|not asked|ok with|agrees|agreed to", clause
            )
        ):
            knows = None
        words = words_at(sentence, at, at + len(clause)).strip(" ,")
        if not people:
            if re.search(
                r"\b(?:they|parents|the family|both families|no consent|consent)\b|family", clause
            ):
                self._group(clause, words, bool(knows), against is not None)
            return
        denied = bool(_NOT.search(clause)) and not re.search(r"not asked", clause)
        if re.search(r"not asked", clause):
            denied = True
        for who in people:
            if knows:
                cast.note("told", "no" if denied and not against else "yes", words, who)
            if against:
                cast.note("agreement", "refused", words, who)
            elif agrees and not denied and not re.search(r"wouldn|would be", clause):
                cast.note("agreement", "given", words, who)
                if not cast.value("told", who):
                    cast.note("told", "yes", words, who)

    def _told_people(self, sentence: Sentence, seen: Seen, clause: str) -> list[int]:
        cast = self.cast
        numbers = [int(n) for n in re.findall(r"<[nkzb](\d+)>", clause)]
        found: list[int] = []
        for n in numbers:
            who = seen.people.get(n)
            item = sentence.items[n]
            if item.kind == "pronoun":
                if item.value == "i" or item.value == "they":
                    continue
                adult = next(
                    (
                        p
                        for p in [*reversed(cast.recent), *cast.adults()]
                        if p in cast.people
                        and cast.people[p].role == "adult"
                        and cast.people[p].sex in {"", {"he": "M", "she": "F"}[item.value]}
                        and p != cast.owner
                    ),
                    None,
                )
                parent = next(
                    (
                        p
                        for p in cast.adults()
                        if cast.people[p].kin in PARENTS
                        and cast.people[p].sex == {"he": "M", "she": "F"}[item.value]
                    ),
                    None,
                )
                who = adult if adult is not None else parent
                if found:
                    continue
            if who is not None and cast.people[who].role == "adult":
                found.append(who)
        if (
            not found
            and re.match(
                r"\s*(?:yes|no|not|aware|asked|wants|happy|consents|agrees|hasn|doesn|wasn|hasnt"
                r"|<z|spoken|she|been)",
                clause,
            )
            and (sentence.tagged.find(clause) > 0 or self.pending in {"told", "agreed"})
        ):
            earlier = [
                seen.people[n]
                for n in sorted(seen.people)
                if cast.people[seen.people[n]].role == "adult"
            ]
            found = (
                earlier[:1]
                if earlier
                else (
                    [m]
                    if (m := cast.by_kin("mother")) is not None
                    and self.pending in {"told", "agreed"}
                    else []
                )
            )
        return list(dict.fromkeys(found))

    def _group(self, clause: str, words: str, knows: bool, against: bool) -> None:
        cast = self.cast
        if not knows and not against:
            return
        denied = bool(_NOT.search(clause))
        everyone = [n for n in cast.adults() if cast.people[n].kin in PARENTS]
        if re.search(r"both families|all the family", clause):
            everyone = [n for n in cast.adults() if cast.people[n].kin]
        value = "no" if denied else "yes"
        for who in everyone:
            cast.note("told", value, words, who)
        if not everyone or "famil" in clause or "consent" in clause:
            cast.note("told", value, words)
