"""Whom each sentence speaks of: names tied to relationships, new children and adults found."""

import re
from dataclasses import dataclass, field

from mash_triage.chat.cast import SIBLINGS, Cast
from mash_triage.chat.items import Item, Sentence, signs_off
from mash_triage.chat.state import Role
from mash_triage.chat.vocabulary import FEMALE, MALE, Kin

_KIN_IS_NAME = re.compile(
    r"<k(\d+)>(?: there)?(?: addr(?:ess)?)?(?: <x\d+>)?(?: <c\d+>)?,?(?: also)?(?: -|:|=|\(| is| are| was| called| name is| names| named| name| who is| i think| s)*(?: (?:older|little|big|called))? ?<n(\d+)>"
)
_NAME_IS_KIN = re.compile(
    r"<n(\d+)>(?P<by>,| -| \(| is| was| b\.? <d\d+>| <d\d+>| both| <a\d+>| \d{1,2}| m| f|,? who is)+(?P<whose>(?: (?:<z\d+>|my|the|their|our|a|an|still|now|<n\d+>|<k\d+>))*) <k(\d+)>(?=$|[,.)]| of| to| and| who| from| -|,? <[daxhp]|[ ,(]+\d)"
)
_NOT_KIN = re.compile(
    r"(?:\bnot|n't|isnt|no|aint|never been|no longer)(?: (?:<z\d+>|a|the|her|his|really|(?:step|blood)))* (?:<z\d+> )?$"
)
_CHILD_WORDS = re.compile(
    r"(?:child is|child's name is|children present:?|children:|(?:their|the|kids|children'?s?) names(?: are|:)?|children named|about|worry about|worried about|concern(?:s|ed)? (?:about|for|re)|re:?|regarding|baby|kids?(?: are)?|children(?: are)?|student:?|pupil:?|subject:?|child:?|missing:?|sibling:?|<b\d+>(?: is| are|,)?(?: called| named| name is| name)?|for|it is|\d\.)[ ,:-]*$"
)
_ADULT_WORDS = re.compile(r"(?:adult:?|suspect|male|perp|offender|partner|known as)[ ,:-]*$")
_CHILD_AFTER = re.compile(
    r"^(?:'s)?,?[ (]*(?:,? who(?:'s| is)|,? <z\d+> is| is| was| \(?dob:?| b\.?| born| aged| nhs(?: no)?)*(?: \([^)]*\))?(?: <n\d+>)?(?:,? (?:male|female|m|f|boy|girl)\b)?[ ,(]*(?:(?P<age>\d{1,2})(?!\d|[:/%]|\.\d|-\d|st|nd|rd|th| ?(?:mins|am|pm|times|old))|<(?P<mark>[ady])(?P<n>\d+)>)"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|from|near|at|to|into|outside|off|via|on|plays|speaks?|is called on it)(?: the)? $"
)
_STAFF_AFTER = re.compile(
    r"^,? ?(?:from|at|of) (?:the |our )?(?:school|office|team|nursery|ward)|^ (?:our|my|the) (?:ta|teacher|salt|senco|dsl|head|nurse|tutor|keyworker)\b"
)
_STAFF_BEFORE = re.compile(
    r"(?:our|my|the|his|her|a|<z\d+>) (?:ta|teacher|salt|senco|dsl|head|nurse|tutor|form tutor|keyworker|key worker|receptionist|social worker|sw|colleague|mate|friend|boss|solicitor|landlord|ta mrs|with|told|from:)[ ,:]*$|(?:sw|social worker|nurse|mate|friend|teacher|worker|solicitor|from:) (?:is |are )?$"
)
_THIRD = re.compile(
    r"<z(\d+)>(?: name is| name's| names| name| is called| is| =| called)+ (?:called )?$|(?:call|named) <z(\d+)> $"
)
_ALIAS = re.compile(
    r"(?:using is|known as|goes by|go by|call me|prefers?|on the register (?:it's|its|as|<z\d+> is)) $"
)
_LEGAL = re.compile(
    r"(?:on paper|legal name|real name|full name|birth certificate)(?: it's| its| is|:)* $"
)
_OWN = re.compile(
    r"(?:^|[,.;] ?)(?:<z\d+> is|its|it's|this is|here is|my name is|my names|name is|<z\d+> name is|<z\d+> names|i am|im) $"
)


@dataclass
class Seen:
    """Who is meant by the items of a sentence: number of item to person."""

    people: dict[int, int] = field(default_factory=dict)
    own_name: list[int] = field(default_factory=list)
    denied: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)

    def before(self, sentence: Sentence, place: int) -> int | None:
        """Who was mentioned last before this place in the turn."""
        found = [n for n in self.people if sentence.items[n].end <= place]
        return self.people[max(found)] if found else None

    def just_before(self, sentence: Sentence, place: int, reach: int) -> int | None:
        """Who was mentioned at most so many characters before this place."""
        found = [n for n in self.people if 0 <= place - sentence.items[n].end <= reach]
        return self.people[max(found)] if found else None


class Who:
    """Reads one sentence after another; `self_refers`: the one who types is the child."""

    def __init__(self, cast: Cast, *, self_refers: bool, wants_child: bool, elder: bool) -> None:
        self.cast, self.self_refers = cast, self_refers
        self.wants_child, self.elder = wants_child, elder

    def meet(self, sentence: Sentence) -> Seen:
        """The people of this sentence, found or new."""
        seen = Seen()
        pairs = self._pairs(sentence)
        tagged = sentence.tagged
        for number, item in enumerate(sentence.items):
            if number in seen.people:
                continue
            if item.kind == "kin":
                self._kin(sentence, number, pairs.get(number), seen)
            elif item.kind == "name":
                partner = next((k for k, n in pairs.items() if n == number), None)
                if partner is not None:
                    self._kin(sentence, partner, number, seen)
                else:
                    self._name(sentence, number, tagged, seen)
            elif item.kind == "young":
                self._young(sentence, number, seen)
                self._young_name(sentence, number, seen)
            elif item.kind == "staff":
                self._staff(sentence, number, seen)
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
        return seen

    def _shared_surname(self, sentence: Sentence, seen: Seen) -> None:
        """ "Lottie and Freddie Marchant": the surname is said once for both."""
        for one in re.finditer(r"<n(\d+)>(?: \d+)?(?: and| &|,) <n(\d+)>", sentence.tagged):
            first, second = seen.people.get(int(one[1])), seen.people.get(int(one[2]))
            item = sentence.at(one[2])
            if (
                first is None
                or second is None
                or " " not in item.value
                or " " in sentence.at(one[1]).value
            ):
                continue
            both = {self.cast.people[first].role, self.cast.people[second].role}
            surname = _as_name(item.value).split()[-1]
            if both == {"child"} and not self.cast.value("family_name", first):
                self.cast.note("family_name", surname, item.words, first)
            elif both == {"adult"} and " " not in str(self.cast.value("name", first) or " "):
                self.cast.note(
                    "name", f"{self.cast.value('name', first)} {surname}", item.words, first
                )

    def _pairs(self, sentence: Sentence) -> dict[int, int]:
        pairs: dict[int, int] = {}
        for one in _KIN_IS_NAME.finditer(sentence.tagged):
            comma = one[0].split(">", 1)[1].startswith(",")
            after = sentence.tagged[one.end() :]
            if comma and not re.match(
                r"$|[,.)]| \(?\d|,? \(?<[ad]| and | i think| <z\d+> (?:believe|think)", after
            ):
                continue
            pairs[int(one[1])] = int(one[2])
        for one in _NAME_IS_KIN.finditer(sentence.tagged):
            name, relation = int(one[1]), int(one[4])
            by = one[0]
            if re.search(r"<k\d+>", one["whose"]) or name in pairs.values() or relation in pairs:
                continue
            if re.search(r"\bnot\b|n't", by):
                continue
            pairs[relation] = name
        return pairs

    # ------------------------------------------------------------ relationships

    def _kin(self, sentence: Sentence, number: int, name: int | None, seen: Seen) -> None:
        item = sentence.items[number]
        relation: Kin = item.value
        before = sentence.tagged[: sentence.tagged.find(f"<k{number}>")]
        if re.search(r"\b(?:different|another|other|no|somebody's) $", before) and name is None:
            seen.denied.add(number)
            return
        if _NOT_KIN.search(before) and name is None:
            seen.denied.add(number)
            return
        role, kin, sex = self._role(sentence, number, relation, before, name)
        if not kin:
            return
        if kin == "*child":
            who = self._some_child(sex, number, sentence, seen)
        else:
            who = self._person(sentence, number, name, role, kin, sex)
        of = self._only_of(sentence, before, seen)
        others = {
            f.to
            for f in self.cast.facts
            if (f.what, f.who) == ("relation", who) and f.to is not None
        }
        if of and others and not others & set(of):
            who = self.cast.new(role, kin, sex)
        for child in of:
            if self.cast.people[who].role == "adult":
                self.cast.note("relation", kin, sentence.words, who, child)
        seen.people[number] = who
        if name is not None:
            seen.people[name] = who
            self._call(who, sentence.items[name])
        self.cast.look_at(who)
        if re.search(r"s$|parents", item.words) and not re.search(r"'s$|ss$", item.words):
            self._listed(sentence, number, kin, role, sex, seen)

    def _only_of(self, sentence: Sentence, before: str, seen: Seen) -> list[int]:
        """ "Jake and Ronnie's dad": father of those two, where there are other children."""
        one = re.search(r"((?:<n\d+>(?:'s|s)?(?:,| and) )*(?:<n\d+>|\b[a-z]+)s?'?s?) $", before)
        if not one or len(self.cast.children()) < 2:
            return []
        of = [seen.people[int(n)] for n in re.findall(r"<n(\d+)>", one[1]) if int(n) in seen.people]
        last = one[1].split()[-1].rstrip("'s")
        named = self.cast.by_name(last) if last.isalpha() and len(last) > 2 else None
        of += [named] if named is not None else []
        of = [n for n in dict.fromkeys(of) if self.cast.people[n].role == "child"]
        return of if len(of) < len(self.cast.children()) else []

    def _role(
        self, sentence: Sentence, number: int, relation: Kin, before: str, name: int | None
    ) -> tuple[Role, str, str]:
        kin, sex = relation.relation, relation.sex
        cast = self.cast
        mine = bool(
            re.search(
                r"<z\d+> (?:other |own |big |little |real |half |older |younger |twin )*$", before
            )
        ) and any(
            sentence.items[int(n)].value == "i" for n in re.findall(r"<z(\d+)> (?:\w+ )*$", before)
        )
        if (
            self.elder
            and kin in {"sister", "brother"}
            and (mine or not re.search(r"<z\d+> $|<n\d+> $", before))
        ):
            return "adult", "mother" if sex == FEMALE else "father", sex
        whose = cast.recent[-1] if cast.recent else None
        hers = re.search(r"<z(\d+)> $", before)
        if hers and sentence.items[int(hers[1])].value in {"she", "he"} and whose is not None:
            owner = cast.people.get(whose)
            if owner and owner.role == "adult" and owner.kin in {"mother", "father"}:
                if kin == "mother":
                    side = "maternal" if owner.kin == "mother" else "paternal"
                    return "adult", f"{side} grandmother", FEMALE
                if kin == "father":
                    side = "maternal" if owner.kin == "mother" else "paternal"
                    return "adult", f"{side} grandfather", MALE
                if kin == "sister":
                    return "adult", "aunt", FEMALE
                if kin == "brother":
                    return "adult", "uncle", MALE
                if kin in {"partner", "boyfriend"} and owner.kin == "mother":
                    return "adult", "mother's partner", sex
        if (
            kin == "sister"
            and name is not None
            and cast.by_kin("mother") is not None
            and not cast.children()
        ):
            return "adult", "aunt", FEMALE
        if kin in SIBLINGS:
            return ("adult" if self._grown(sentence, number, name) else "child"), kin, sex
        return "adult", kin, sex

    def _grown(self, sentence: Sentence, number: int, name: int | None) -> bool:
        tag = f"<n{name}>" if name is not None else f"<k{number}>"
        after = sentence.tagged[sentence.tagged.find(tag) + len(tag) :]
        one = _CHILD_AFTER.match(after)
        if one and one["age"]:
            return int(one["age"]) >= 18
        if re.search(
            r"works|working|driv|is holding|comes in <z\d+> room|his flat|her flat|resides at|prison",
            after,
        ):
            return True
        return sentence.tagged.startswith("adult")

    def _person(
        self, sentence: Sentence, number: int, name: int | None, role: Role, kin: str, sex: str
    ) -> int:
        cast = self.cast
        who = cast.by_name(sentence.items[name].value) if name is not None else None
        if who is not None and cast.people[who].role == "child" and kin not in SIBLINGS:
            who = None
        if who is None and kin in {"boyfriend", "partner"} and not self.self_refers:
            who = next((n for n in cast.adults() if cast.people[n].kin == "mother's partner"), None)
        if who is None and kin == "carer" and name is None:
            who = cast.by_kin("foster carer")
        if who is None:
            who = cast.by_kin(kin, sex)
            if who is not None and name is not None and cast.first_name(who):
                if cast.by_name(sentence.items[name].value) != who:
                    who = None
        if who is None and kin in {"mother", "father"}:
            who = next(
                (
                    n
                    for n in cast.adults()
                    if cast.people[n].kin == "parent"
                    and cast.people[n].sex in {"", sex}
                    and name is None
                ),
                None,
            )
        if who is None and kin in SIBLINGS and name is None:
            who = self._other_sibling(sex)
        if who is None:
            return cast.new(role, kin, sex)
        one = cast.people[who]
        better = (
            not one.kin
            or (one.kin == "partner")
            or (one.role == "adult" and kin in {"stepfather", "stepmother"})
        )
        cast.change(who, kin=kin if better else one.kin, sex=one.sex or sex)
        return who

    def _other_sibling(self, sex: str) -> int | None:
        """A sibling who is there already: not the first child, of that sex, the only one."""
        found = [n for n in self.cast.children()[1:] if self.cast.people[n].sex in {sex} and sex]
        return found[0] if len(found) == 1 else None

    def _listed(
        self, sentence: Sentence, number: int, kin: str, role: Role, sex: str, seen: Seen
    ) -> None:
        """More names after "sisters", "parents", "carers": one person each."""
        after = sentence.tagged[sentence.tagged.find(f"<k{number}>") :]
        one = re.match(
            r"<k\d+>(?: are| is|,|:| -| called)*((?:,? (?:and |& )?<n\d+>(?: \(?\d{1,2}\b\)?| \(?<[ady]\d+>\)?)*)+)",
            after,
        )
        if not one:
            return
        names = [int(n) for n in re.findall(r"<n(\d+)>", one[1])]
        first = seen.people[number]
        for place, name in enumerate(names):
            said = sentence.items[name].value
            who = self.cast.by_name(said)
            if who is None:
                nameless = [
                    n
                    for n, one in self.cast.people.items()
                    if one.kin == kin and not self.cast.first_name(n)
                ]
                nameless = [first] if place == 0 and not self.cast.first_name(first) else nameless
                who = nameless[0] if nameless else self.cast.new(role, kin, sex)
            seen.people[name] = who
            self._call(who, sentence.items[name])

    # ------------------------------------------------------------ names

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
            self.cast.note("aliases", _as_name(item.value), item.words, alias_of)
            seen.people[number] = alias_of
            return
        if _LEGAL.search(before) and self.self_refers and self.cast.owner is not None:
            seen.people[number] = self.cast.owner
            self._call(self.cast.owner, item)
            return
        if not self.self_refers and (
            (signs_off(sentence) and item.start - sentence.start < 14)
            or (
                re.match(r",? (?:on )?<p", after)
                and " " in item.value
                and not any(i.kind in {"kin", "young"} for i in sentence.items)
            )
        ):
            seen.own_name.append(number)
            return
        if pronoun in {"he", "she"}:
            who = self._pronoun_named(sentence, pronoun, seen)
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
        role = self._role_of_name(sentence, number, before, after, seen)
        if role is None:
            return
        who = self._nameless(role, sentence, number, before, seen)
        if who is None:
            who = self.cast.new(role, self._shared_kin(role, before, seen))
        seen.people[number] = who
        self._call(who, item)
        self.cast.look_at(who)

    def _shared_kin(self, role: Role, before: str, seen: Seen) -> str:
        """Two carers or parents named together are the same to the child."""
        joined = re.search(r"<n(\d+)> (?:and|&) $", before)
        if role == "adult" and joined and int(joined[1]) in seen.people:
            kin = self.cast.people[seen.people[int(joined[1])]].kin
            return kin if kin in {"carer", "foster carer", "parent"} else ""
        if role == "adult" and re.search(r"<b\d+> of $", before):
            return "mother"
        return "parent" if self.elder and re.search(r"\bour $", before) else ""

    def _is_own(self, before: str, after: str, sentence: Sentence) -> bool:
        """Does somebody say her own name here? "It's Barry" is no such thing later on."""
        if re.search(r"(?:its|it's|this is|here is) $", before):
            return (
                self.self_refers
                or self.cast.turn == 1
                or bool(re.match(r",? (?:from|here|<p|<e)|, ", after))
            )
        one = re.search(r"<z(\d+)>", before[-24:])
        return one is None or sentence.at(one[1]).value == "i"

    def _pronoun_named(self, sentence: Sentence, word: str, seen: Seen) -> int | None:
        """Who "her name is" or "him =" gives a name to: the last one of that sex without a name."""
        cast, sex = self.cast, {"he": MALE, "she": FEMALE}[word]
        for strict in (True, False):
            for who in [*reversed(cast.recent), *cast.people]:
                one = cast.people.get(who)
                if one is None or cast.first_name(who) or who == cast.owner:
                    continue
                if one.sex == sex or (not strict and not one.sex):
                    return who
        if self.elder and word == "she" and cast.by_kin("mother") is None:
            return cast.new("adult", "mother", FEMALE)
        return None

    def _young_name(self, sentence: Sentence, number: int, seen: Seen) -> None:
        """A name right after "son", "older child", "our": the same person, or another child."""
        one = re.search(
            rf"<b{number}>(?: is| called| named| name is|:|,)*(?: <z\d+>)? ?<n(\d+)>",
            sentence.tagged,
        )
        if not one or number not in seen.people:
            return
        who, item = seen.people[number], sentence.at(one[1])
        known, named = self.cast.first_name(who), self.cast.by_name(item.value)
        if named is not None:
            who = named
        elif known and known != item.value.split()[0].lower():
            who = self.cast.new(self.cast.people[who].role, "", str(sentence.items[number].value))
        seen.people[number] = seen.people[int(one[1])] = who
        newborn = re.search(rf"<n{one[1]}>, (?:<b\d+>|no name|girl|boy)", sentence.tagged)
        if (
            newborn
            and " " not in item.value
            and re.search(r"^baby", sentence.items[number].words.lower())
        ):
            self.cast.note("family_name", _as_name(item.value), item.words, who)
        else:
            self._call(who, item)
        self.cast.look_at(who)

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
        elif re.match(
            r"<m\d+> (?:pull|grab|hit|push|slap|drag|shout|touch|kick|shov|kiss|messag|text)", after
        ):
            who = self.cast.new("adult")
            self.cast.note("name", item.value, item.words, who)
            seen.people[number] = who

    def _role_of_name(
        self, sentence: Sentence, number: int, before: str, after: str, seen: Seen
    ) -> Role | None:
        if re.search(r"surname|family name|<z\d+> is called|legal", before[-24:]):
            return None
        child = _CHILD_AFTER.match(after)
        if child:
            if child["age"]:
                return "child" if int(child["age"]) < 18 else "adult"
            mark = sentence.at(child["n"])
            if child["mark"] == "d":
                return "child" if self.cast.today.year - mark.value.day.year < 18 else "adult"
            if child["mark"] == "a":
                return "adult" if mark.value[0] == "years" and mark.value[1] >= 18 else "child"
            return "child"
        if self.wants_child and len(before) < 14 and not re.search(r"<k\d+>", before):
            return "child"
        if re.search(r"<b\d+> of $", before):
            return "adult"
        if _CHILD_WORDS.search(before):
            return "child"
        if _ADULT_WORDS.search(before):
            return "adult"
        joined = re.search(
            r"<n(\d+)>(?:[ ,(]+(?:\d{1,2}|<[ayd]\d+>))?\)?(?:,| and| &)+ (?:little |baby |small )?$",
            before,
        )
        if joined and int(joined[1]) in seen.people:
            return self.cast.people[seen.people[int(joined[1])]].role
        following = re.match(r" ?(?:,|and|&) (?:little )?<n(\d+)>", after)
        if following:
            at = sentence.tagged.find(f"<n{following[1]}>")
            tag = f"<n{following[1]}>"
            if (
                self._role_of_name(
                    sentence, int(following[1]), "", sentence.tagged[at + len(tag) :], seen
                )
                == "child"
            ):
                return "child"
        named_child = any(self.cast.first_name(n) for n in self.cast.children())
        if self.elder and re.search(r"\bour $", before):
            return "adult"
        last = next((n for n in reversed(self.cast.recent) if n in self.cast.people), None)
        bare = not re.sub(r"<n\d+>|[ .,!]|and|&|it's|its|sorry", "", sentence.tagged)
        if (
            bare
            and last is not None
            and self.cast.people[last].role == "adult"
            and not self.cast.first_name(last)
        ):
            return "adult"
        if (
            not named_child
            and not _PLACE_BEFORE.search(before)
            and not re.search(r"\bfrom: $|^from", before)
        ):
            acts = re.match(
                r",? (?:had|has|was|is|came|told|said|by the|and <n\d+>[.,]?$)|[.,]? ?$", after
            )
            if (
                acts
                and (not self.self_refers)
                and not re.search(r"<o\d+>|<p\d+>|<e\d+>|<k\d+>", sentence.tagged)
                and (
                    len(before) < 4
                    or re.search(r"(?:pull|saw|with|hit) $", before)
                    or re.search(r"<n\d+> and $", before)
                )
                and self.cast.turn > 1
            ):
                return "child"
        alone = not re.sub(r"<n\d+>|[ .,!]|and|&|its|it's|sorry|called", "", sentence.tagged)
        if alone and self.wants_child:
            return "child"
        if self.self_refers and alone and self.cast.owner is not None:
            return "child"
        return None

    def _nameless(
        self, role: Role, sentence: Sentence, number: int, before: str, seen: Seen
    ) -> int | None:
        """Somebody spoken of already who has no name yet, and whose name this is."""
        cast = self.cast
        if role == "adult":
            last = next(
                (
                    n
                    for n in reversed(cast.recent)
                    if n in cast.people and cast.people[n].role == "adult"
                ),
                None,
            )
            if last is not None and not cast.first_name(last) and len(before) < 6:
                return last
        if (
            role == "child"
            and self.self_refers
            and cast.owner is not None
            and not cast.first_name(cast.owner)
        ):
            return cast.owner
        nearby = re.search(
            r"<([bz])(\d+)>(?: is| are|,|:| name is| names?| they call)*(?: called| named| name is)? ?$",
            before,
        )
        if nearby and int(nearby[2]) in seen.people:
            who = seen.people[int(nearby[2])]
            if not cast.first_name(who) and cast.people[who].role == role:
                return who
        if len(sentence.tagged) < 60 and role == "child":
            unnamed = [n for n in cast.children() if not cast.first_name(n)]
            if len(unnamed) == 1:
                return unnamed[0]
        return None

    def _call(self, who: int, item: Item) -> None:
        """This is what somebody is called; a longer name replaces a shorter one."""
        cast, words = self.cast, _as_name(item.value)
        if not words:
            return
        known = cast.names_of(who)
        parts = words.split()
        parts[0] = (
            parts[0].removesuffix("s") if parts[0].lower().removesuffix("s") in known else parts[0]
        )
        if cast.people[who].role == "adult":
            shorter = cast.value("name", who)
            if shorter is None or (
                len(parts) > len(shorter.split()) and parts[0].lower() == shorter.split()[0].lower()
            ):
                cast.note("name", " ".join(parts), item.words, who)
            elif cast.people[who].kin == "parent" and len(parts) > 1:
                cast.note("name", words, item.words, who)
            return
        if who == cast.owner and len(parts) > 1 and known and parts[0].lower() not in known:
            old = next((f for f in cast.facts if (f.what, f.who) == ("given_names", who)), None)
            if old is not None:
                cast.note("aliases", old.value, old.words, who)
            cast.note("given_names", " ".join(parts[:-1]), item.words, who)
            cast.note("family_name", parts[-1], item.words, who)
        elif len(parts) > 1 and (not known or parts[0].lower() in known or len(known) == 1):
            if not cast.value("given_names", who) or parts[0].lower() == known[0] or not known:
                cast.note("given_names", " ".join(parts[:-1]), item.words, who)
                cast.note("family_name", parts[-1], item.words, who)
            elif not cast.value("family_name", who):
                cast.note("family_name", parts[-1], item.words, who)
        elif not cast.value("given_names", who) and not known[:1] == [parts[0].lower()]:
            cast.note("given_names", words, item.words, who)

    # ------------------------------------------------------------ children without a name

    def _young(self, sentence: Sentence, number: int, seen: Seen) -> None:
        item = sentence.items[number]
        sex: str = item.value
        before = sentence.tagged[: sentence.tagged.find(f"<b{number}>")]
        after = sentence.tagged[sentence.tagged.find(f"<b{number}>") :]
        if re.search(r"\b(?:a|any|like a|13yr old|that) $", before) and not re.search(
            r"class|\bbaby\b", sentence.tagged
        ):
            if re.search(r"<a\d+> $|another|other", before):
                return
        if self.elder and re.search(r"daughter|son\b", item.words) and not self._parent_talks():
            who = self.cast.by_kin("mother" if sex == FEMALE else "father")
            if who is None:
                who = self.cast.new("adult", "mother" if sex == FEMALE else "father", sex)
            seen.people[number] = who
            self.cast.look_at(who)
            return
        fresh = re.match(
            r"<b\d+>,? (?:is )?(?:maybe |about |called |small )?(?:<a\d+>|\d{1,2}\b|<n\d+>)", after
        )
        who = self._some_child(sex, number, sentence, seen, fresh=bool(fresh))
        seen.people[number] = who
        self.cast.look_at(who)
        if sex and not self.cast.people[who].sex:
            self.cast.change(who, sex=sex)

    def _parent_talks(self) -> bool:
        return False

    def _some_child(
        self, sex: str, number: int, sentence: Sentence, seen: Seen, *, fresh: bool = False
    ) -> int:
        cast = self.cast
        here = {seen.people[n] for n in seen.people}
        for who in [*reversed(cast.recent), *cast.children()]:
            one = cast.people.get(who)
            if one is None or one.role != "child" or who == cast.owner:
                continue
            if one.sex and sex and one.sex != sex:
                continue
            if fresh and who in here:
                continue
            if (
                not sex
                and "baby" in sentence.items[number].words.lower()
                and (cast.value("age_years", who) or 0) > 2
            ):
                continue
            return who
        return cast.new("child", "", sex)


def _as_name(said: str) -> str:
    words = [w.removesuffix("'s").strip("'-.") for w in said.split()]
    tidy = [w.title() if w.isupper() and len(w) > 2 else w for w in words if w]
    return " ".join(tidy)
