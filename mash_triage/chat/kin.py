"""Relationships: whose mother, which brother, and who else is in a list after "sisters"."""

import re

from mash_triage.chat.cast import SIBLINGS
from mash_triage.chat.items import Sentence
from mash_triage.chat.seen import Seen
from mash_triage.chat.state import Role
from mash_triage.chat.unnamed import Unnamed
from mash_triage.chat.vocabulary import FEMALE, MALE, Kin

_NOT_KIN = re.compile(
    r"(?:\bnot|n't|isnt|no|aint|never (?:been|seen|met|known)|no longer)(?: (?:<z\d+>|a|the|her"
    r"|his|any|of|really|(?:step|blood|real|actual|birth|own)))* (?:<z\d+> )?$"
)

_OF_SOME = re.compile(
    r"<k\d+>(?: <n\d+>,?)? (?:of|to) (?P<whom>(?:just |only |the |all |two |both |three |<z\d+> |and "
    r"|,|& |youngest|younger|older|eldest|oldest|little|baby|unborn|bump|one|ones|kids|children|lads"
    r"|boys|girls|<n\d+>|<b\d+>|of them)(?:'s)?,? ?)+(?P<only> only| alone)?"
)

_CHILD_AFTER = re.compile(
    r"^(?:'s)?,?[ (]*(?:,? who(?:'s| is)|,? <z\d+> is| is| was| \(?dob:?| b\.?| born"
    r"| aged| nhs(?: no)?)*(?: \([^)]*\))?(?: <n\d+>)?(?:,? (?:male|female|m|f|boy"
    r"|girl)\b)?[ ,(]*(?:(?P<age>\d{1,2})(?!\d|[:/%]|\.\d|-\d|st|nd|rd|th| ?(?:mins|am"
    r"|pm|times|old))|<(?P<mark>[ady])(?P<n>\d+)>)"
)


class Relations(Unnamed):
    """Finds or adds the person whom a word of kin means."""

    def _kin(self, sentence: Sentence, number: int, name: int | None, seen: Seen) -> None:
        item = sentence.items[number]
        relation: Kin = item.value
        before = sentence.tagged[: sentence.tagged.find(f"<k{number}>")]
        if (
            re.search(r"\b(?:different|another|other|no|somebody's|<z\d+> own) $", before)
            and name is None
        ):
            seen.denied.add(number)
            if before.endswith(" no "):
                self._never_was(relation.relation, seen)
            if relation.relation in {"father", "mother"} and re.search(
                r"(?:different|own) $", before
            ):
                self._of_another(relation.relation, seen, sentence)
            return
        if _NOT_KIN.search(before) and name is None:
            seen.denied.add(number)
            self._never_was(relation.relation, seen)
            return
        if name is None and self._is_nobody(sentence, before, number):
            return
        role, kin, sex = self._role(sentence, number, relation, before, name, seen)
        if not kin:
            return
        said_of = self._predicated(sentence, before, kin, seen) if name is None else None
        if said_of is not None:
            who = said_of
            self.cast.change(who, kin=kin, sex=self.cast.people[who].sex or sex)
        else:
            who = self._person(sentence, name, role, kin, sex)
        of = self._only_of(before, seen) or self._of_some(sentence, number, seen)
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

    def _predicated(self, sentence: Sentence, before: str, kin: str, seen: Seen) -> int | None:
        """ "She's a half sister", "he is her uncle": somebody spoken of, of no known relation yet."""
        one = re.search(r"^(?:<n\d+>, )?<z(\d+)> is (?:(?:a|an|the|<z\d+>|<n\d+>) )?$", before)
        who = seen.people.get(int(one[1])) if one else None
        if who is None or who == self.cast.owner:
            return None
        someone = self.cast.people[who]
        if kin in SIBLINGS:
            return who if someone.role == "child" and who != self.cast.children()[0] else None
        return who if someone.role == "adult" and not someone.kin else None

    def _never_was(self, kin: str, seen: Seen) -> None:
        """ "Dad? There's no dad": whoever was only asked after this turn is nobody."""
        who = self.cast.by_kin(kin)
        if (
            who is not None
            and who not in seen.people.values()
            and not any(
                f.who == who and (f.what != "relation" or f.turn < self.cast.turn)
                for f in self.cast.facts
            )
        ):
            self.cast.forget(who)

    def _is_nobody(self, sentence: Sentence, before: str, number: int) -> bool:
        """A cousin abroad, somebody's brother, "said mum": nobody of whom the contact tells."""
        after = sentence.tagged[sentence.tagged.find(f"<k{number}>") :]
        if re.search(r"\b(?:to|like|was) a $", before):
            return True
        if sentence.at(number).value.relation in {"wife", "partner"} and self._is_mine(
            sentence, before
        ):
            return True
        return bool(re.search(r"\bmates? $|\bfriends? $", before)) or bool(
            re.search(r"\bsaid $", before) and re.match(r"<k\d+>,? (?:it|i|its|please|<z)", after)
        )

    def _is_mine(self, sentence: Sentence, before: str) -> bool:
        """The wife of the one who types."""
        one = re.search(r"<z(\d+)> $", before)
        mine = one is not None and sentence.at(one[1]).value == "i"
        return not self.self_refers and (mine or before.endswith("the "))

    def _of_some(self, sentence: Sentence, number: int, seen: Seen) -> list[int]:
        """ "Dad of the two youngest", "dad to Bonnie only": of whom, where others are there too."""
        at = sentence.tagged.find(f"<k{number}>")
        one = _OF_SOME.match(sentence.tagged, at)
        children = self.cast.children()
        if not one or len(children) < 2:
            return []
        of: list[int] = []
        for n in re.findall(r"<n(\d+)>", one["whom"]):
            who = self.cast.by_name(sentence.at(n).value)
            of += [who] if who in children else []
        if not of and (
            young := re.search(
                r"(two |both )?(?:the )?(two )?(?:youngest|younger|little)", one["whom"]
            )
        ):
            of = children[-2:] if young[1] or young[2] else children[-1:]
        elif not of and re.search(r"baby|unborn|bump|<b", one["whom"]):
            of = children[-1:]
        return of if len(of) < len(children) else []

    def _of_another(self, kin: str, seen: Seen, sentence: Sentence) -> None:
        """ "Rio, different dad": the father spoken of is the other children's, and what stands of
        his side in this sentence is Rio's alone.
        """
        cast, child = self.cast, self.cast.subject()
        others = [each for each in cast.children() if each != child]
        parent = cast.by_kin(kin)
        if child is None or parent is None or not others:
            return
        cast.facts = [f for f in cast.facts if (f.what, f.who) != ("relation", parent)]
        for other in others:
            cast.note("relation", kin, sentence.words, parent, other)
        side = "paternal" if kin == "father" else "maternal"
        for who in set(seen.people.values()):
            if cast.people[who].kin.startswith(side):
                cast.note("relation", cast.people[who].kin, sentence.words, who, child)

    def _only_of(self, before: str, seen: Seen) -> list[int]:
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
        self,
        sentence: Sentence,
        number: int,
        relation: Kin,
        before: str,
        name: int | None,
        seen: Seen,
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
        whose = self._whose_kin(sentence, before, seen)
        if whose is not None:
            owner = cast.people.get(whose)
            if owner and kin == "wife":
                mother = cast.by_kin("mother")
                step = "stepmother" if mother is not None else "wife"
                return "adult", {"uncle": "aunt", "father": step}.get(owner.kin, "wife"), FEMALE
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

    def _whose_kin(self, sentence: Sentence, before: str, seen: Seen) -> int | None:
        """Whose mother or brother this is, by the word right before it: "her", "dad's", "Craig's"."""
        one = re.search(r"<([zkn])(\d+)>(?: (?:big|little|older|younger|new|own))* $", before)
        if not one:
            return None
        item = sentence.at(one[2])
        if one[1] == "z":
            recent = self.cast.recent[-1] if self.cast.recent else None
            return recent if item.value in {"she", "he"} else None
        if not item.words.lower().endswith("s"):
            return None
        return seen.people.get(int(one[2])) or self.cast.by_name(str(item.words))

    def _grown(self, sentence: Sentence, number: int, name: int | None) -> bool:
        tag = f"<n{name}>" if name is not None else f"<k{number}>"
        after = sentence.tagged[sentence.tagged.find(tag) + len(tag) :]
        one = _CHILD_AFTER.match(after)
        if one and one["age"]:
            return int(one["age"]) >= 18
        if re.search(
            r"works|working|driv|is holding|comes in <z\d+> room|his flat|her flat|resides at"
            r"|prison",
            after,
        ):
            return True
        return sentence.tagged.startswith("adult")

    def _person(self, sentence: Sentence, name: int | None, role: Role, kin: str, sex: str) -> int:
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
            named = who is not None and name is not None and cast.first_name(who)
            if named and name is not None and cast.by_name(sentence.items[name].value) != who:
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
            r"<k\d+>(?: are| is|,|:| -| called| there| at home)*((?:,? (?:and |& )?<n\d+>(?: \(?\d{1,2}\b\)?"
            r"| \(?<[ady]\d+>\)?)*)+)",
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
