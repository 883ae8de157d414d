"""Whom each sentence speaks of: names tied to relationships, new children and adults found."""

import re
from collections.abc import Collection

from mash_triage.chat.people.called import as_name
from mash_triage.chat.people.introduced import IS_A, introduced
from mash_triage.chat.people.name_roles import NameRoles
from mash_triage.chat.sender.sign_offs import is_signed, signs_off
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE

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
    r"|(?:every(?:one|1|body)|we|they|all|people|mates|friends)(?: just| all)?"
    r" (?:says?|calls? (?:<z\d+>|<n\d+>))"
    r"|a\.?k\.?a\.?|likes to be called|answers to|<n\d+> for short,?|shortened to|<n\d+>,? but"
    r"|on the register (?:it's|its"
    r"|as|<z\d+> is)) $"
)

_LEGAL = re.compile(
    r"(?:on paper|legal name|real name|full name|birth certificate)(?: it's| its| is|:)* $"
)

_OWN = re.compile(
    r"(?:^|[,.;] ?)(?:(?:yes|no|ok|okay|so|hi|hello) )*(?:<z\d+> is|its|it's|this is|here is"
    r"|my name is|my names|name is"
    r"|<z\d+> name is|<z\d+> names|i am|im) $"
)


class Who(NameRoles):
    """Reads one sentence after another; `self_refers`: the one who types is the child."""

    def meet(self, sentence: Sentence, surnames: Collection[int] = ()) -> Seen:
        """The people of this sentence, found or new; `surnames` are items that are nobody."""
        seen = Seen(surnames=frozenset(surnames))
        pairs = {who: name for who, name in introduced(sentence).items() if name not in surnames}
        tagged = sentence.tagged
        for number, item in enumerate(sentence.items):
            if number in seen.people or number in surnames:
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
            if _ALIAS.search(before) and as_name(item.value).lower() not in self.cast.names_of(who):
                self._also_called(who, item)
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
            self._also_called(alias_of, item)
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

    def _titled_host(self, sentence: Sentence, number: int) -> int | None:
        """ "Who she lives with. Mrs Blessing Eze, 14 Corn Mews": the nameless grown-up spoken of
        last, where the whole name is followed by an address or an age and nobody signs here.
        """
        cast, tagged = self.cast, sentence.tagged
        item = sentence.items[number]
        after = tagged[tagged.find(f"<m{number}>") :]
        if len(item.value.split()) < 3 or signs_off(sentence):
            return None
        if not re.match(r"<m\d+>,? \(?(?:<[xa]\d+>|\d\d\b)", after):
            return None
        last = next((n for n in reversed(cast.recent) if cast.people[n].role == "adult"), None)
        return None if last is None or cast.first_name(last) else last

    def _also_called(self, who: int, item: Item) -> None:
        """Another name of a child: "known as Abdi", "everyone says Pinky"."""
        if self.cast.people[who].role == "child":
            self.cast.note("aliases", as_name(item.value), item.words, who)

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
        elif (host := self._titled_host(sentence, number)) is not None:
            seen.people[number] = host
            self._call(host, item)
            self.cast.look_at(host)
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
