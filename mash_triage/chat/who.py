"""Whom each sentence speaks of: names tied to relationships, new children and adults found."""

import re

from mash_triage.chat.called import as_name
from mash_triage.chat.introduced import IS_A, introduced
from mash_triage.chat.items import Sentence, is_signed
from mash_triage.chat.name_roles import NameRoles
from mash_triage.chat.seen import Seen
from mash_triage.chat.vocabulary import FEMALE, MALE

_STAFF_AFTER = re.compile(
    r"^,? ?(?:from|at|of) (?:the |our )?(?:school|office|team|nursery|ward)|^ (?:our"
    r"|my|the) (?:ta|teacher|salt|senco|dsl|head|nurse|tutor|keyworker)\b"
)

_STAFF_BEFORE = re.compile(
    r"(?:our|my|the|his|her|a|<z\d+>) (?:ta|teacher|salt|senco|dsl|head|nurse|tutor"
    r"|form tutor|keyworker|key worker|receptionist|social worker|sw|colleague|mate"
    r"|friend|boss|solicitor|landlord|ta mrs|with|told|from:)[ ,:]*$|(?:sw"
    r"|social worker|nurse|mate|friend|teacher|worker|solicitor|from:) (?:is |are )?$"
)

_THIRD = re.compile(
    r"<z(\d+)>(?: name is| name's| names| name| is called| is| ="
    r"| called)+ (?:called )?$|(?:call|named) <z(\d+)> $"
)

_ALIAS = re.compile(
    r"(?:using is|known as|goes by|go by|call me|prefers?|uses|nick ?name(?: is|:)?"
    r"|every(?:one|1|body) (?:says|calls <z\d+>)|<n\d+>,? but|on the register (?:it's|its"
    r"|as|<z\d+> is)) $"
)

_LEGAL = re.compile(
    r"(?:on paper|legal name|real name|full name|birth certificate)(?: it's| its| is|:)* $"
)

_OWN = re.compile(
    r"(?:^|[,.;] ?)(?:<z\d+> is|its|it's|this is|here is|my name is|my names|name is"
    r"|<z\d+> name is|<z\d+> names|i am|im) $"
)


class Who(NameRoles):
    """Reads one sentence after another; `self_refers`: the one who types is the child."""

    def meet(self, sentence: Sentence) -> Seen:
        """The people of this sentence, found or new."""
        seen = Seen()
        pairs = introduced(sentence)
        tagged = sentence.tagged
        for number, item in enumerate(sentence.items):
            if number in seen.people:
                continue
            if item.kind == "kin":
                self._kin(sentence, number, pairs.get(number), seen)
            elif item.kind == "grown" and number in pairs:
                self._grown_up(sentence, number, pairs[number], seen)
            elif item.kind in {"name", "staff"}:
                partner = next((k for k, n in pairs.items() if n == number), None)
                if partner is not None and sentence.items[partner].kind == "kin":
                    self._kin(sentence, partner, number, seen)
                elif partner is not None and sentence.items[partner].kind == "grown":
                    self._grown_up(sentence, partner, number, seen)
                elif item.kind == "staff":
                    self._staff(sentence, number, seen)
                else:
                    self._name(sentence, number, tagged, seen)
            elif item.kind == "young" and not _of_a_relation(sentence, number):
                self._young(sentence, number, seen)
                self._young_name(sentence, number, seen, pairs.get(number))
            elif item.kind == "pronoun":
                who = self.cast.by_pronoun(item.value)
                if who is not None:
                    seen.people[number] = who
                    if self.cast.people[who].kin == "parent" and item.value in {"he", "she"}:
                        he = item.value == "he"
                        self.cast.change(
                            who, kin="father" if he else "mother", sex=MALE if he else FEMALE
                        )
                    if item.value != "i":
                        self.cast.look_at(who)
        self._shared_surname(sentence, seen)
        self._several(sentence)
        return seen

    def _name(self, sentence: Sentence, number: int, tagged: str, seen: Seen) -> None:
        item = sentence.items[number]
        at = tagged.find(f"<n{number}>")
        before, after = tagged[:at], tagged[at + len(f"<n{number}>") :]
        who = self.cast.by_name(item.value)
        if who is not None:
            seen.people[number] = who
            self._call(who, item)
            self.cast.look_at(who)
            return
        if re.search(
            r"\b(?:not|forget|about|isnt|sorry not|ignore)(?: the bit about)? $", before
        ) and re.search(r"forget|ignore|another|next pupil|sorry not", tagged):
            seen.others.add(number)
            return
        if _STAFF_BEFORE.search(before) or _STAFF_AFTER.match(after):
            seen.others.add(number)
            return
        third = _THIRD.search(before)
        pronoun = sentence.at(third[1] or third[2]).value if third else ""
        if (
            _ALIAS.search(before)
            and (alias_of := self.cast.owner if self.self_refers else self.cast.subject())
            is not None
        ):
            self.cast.note("aliases", as_name(item.value), item.words, alias_of)
            seen.people[number] = alias_of
            return
        if _LEGAL.search(before) and self.self_refers and self.cast.owner is not None:
            seen.people[number] = self.cast.owner
            self._call(self.cast.owner, item)
            return
        if not self.self_refers and (
            is_signed(sentence, item)
            or (
                re.match(r",? (?:on )?<p", after)
                and " " in item.value
                and not any(i.kind in {"kin", "young"} for i in sentence.items)
            )
        ):
            seen.own_name.append(number)
            return
        if pronoun in {"he", "she"}:
            who = self._pronoun_named(pronoun)
            if who is not None:
                seen.people[number] = who
                self._call(who, item)
                self.cast.look_at(who)
                return
        if _OWN.search(before) and self._is_own(before, after, sentence):
            if self.self_refers:
                who = self.cast.owner if self.cast.owner is not None else self.cast.new("child")
                seen.people[number] = who
                self._call(who, item)
            else:
                seen.own_name.append(number)
            return
        role = self._role_of_name(sentence, before, after, seen)
        if role is None:
            return
        who = self._nameless(role, sentence, before, seen)
        if who is None:
            who = self.cast.new(role, self._shared_kin(role, before, seen))
        seen.people[number] = who
        self._call(who, item)
        self.cast.look_at(who)

    def _grown_up(self, sentence: Sentence, number: int, name: int, seen: Seen) -> None:
        """ "A man called", "the tenant is": a grown-up whose name is said, of whatever relation."""
        item, cast = sentence.items[name], self.cast
        who = cast.by_name(as_name(item.value))
        if who is None or cast.people[who].role == "child":
            who = cast.new("adult", "", str(sentence.items[number].value))
        seen.people[number] = seen.people[name] = who
        self._call(who, item)
        cast.look_at(who)

    def _staff(self, sentence: Sentence, number: int, seen: Seen) -> None:
        """A colleague is nobody of the household, unless the worry is about him."""
        after = sentence.tagged[sentence.tagged.find(f"<m{number}>") :]
        item = sentence.items[number]
        who = (
            self.cast.by_name(item.value)
            if any(self.cast.value("name", n) == item.value for n in self.cast.adults())
            else None
        )
        named = re.match(r"<m\d+> is <n(\d+)>", after)
        if who is not None:
            seen.people[number] = who
            if named:
                self.cast.note(
                    "name", sentence.at(named[1]).value, sentence.at(named[1]).words, who
                )
                seen.people[int(named[1])] = who
            self.cast.look_at(who)
        elif len(item.value.split()) > 2 and re.match(r"<m\d+>,? \(?(?:<a\d+>|\d\d\b)", after):
            seen.people[number] = who = self.cast.new("adult")
            self._call(who, item)
        elif re.match(
            r"<m\d+> (?:pull|grab|hit|push|slap|drag|shout|touch|kick|shov|kiss|messag|text)", after
        ):
            who = self.cast.new("adult")
            self.cast.note("name", item.value, item.words, who)
            seen.people[number] = who


def _of_a_relation(sentence: Sentence, number: int) -> bool:
    """ "Dad is a lad called Ben": the lad is the father, not a child."""
    return any(one[0].endswith(f"<b{number}>") for one in IS_A.finditer(sentence.tagged))
