"""Relationships: whose mother, which brother, and who else is in a list after "sisters"."""

import re

from mash_triage.chat.people.cast import SIBLINGS
from mash_triage.chat.people.kin_of import KinOf
from mash_triage.chat.state import Role
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE, Kin

_NOT_KIN = re.compile(
    r"(?:\bnot|n't|isnt|no|aint|never (?:been|seen|met|known)|no longer)(?: (?:<z\d+>|a|the|her"
    r"|his|any|of|really|(?:step|blood|real|actual|birth|own)))* (?:<z\d+> )?$"
)


_CHILD_AFTER = re.compile(
    r"^(?:'s)?,?[ (]*(?:,? who(?:'s| is)|,? <z\d+> is| is an?\b| is| was| \(?dob:?| b\.?| born"
    r"| aged| nhs(?: no)?)*(?: \([^)]*\))?(?: <n\d+>)?(?:,? (?:male|female|m|f|boy"
    r"|girl)\b)?[ ,(]*(?:(?P<age>\d{1,2})(?!\d|[:/%]|\.\d|-\d|st|nd|rd|th| ?(?:mins|am"
    r"|pm|times|old))|<(?P<mark>[ady])(?P<n>\d+)>)"
)


class Relations(KinOf):
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
        if name is not None and re.search(r"\b(?:mate|friend)'?s? $", before):
            who = self.cast.by_name(sentence.items[name].value)
            seen.people[name] = who if who is not None else self.cast.new("adult", "", relation.sex)
            self._call(seen.people[name], sentence.items[name])
            return
        if name is None and self._is_nobody(sentence, before, number):
            return
        role, kin, sex = self._role(sentence, number, relation, before, name, seen)
        if not kin:
            return
        said_of = self._predicated(before, kin, seen) if name is None else None
        if said_of is not None:
            who = said_of
            self.cast.change(who, kin=kin, sex=self.cast.people[who].sex or sex)
        else:
            who = self._person(sentence, name, role, kin, sex)
        of = self._only_of(before, seen) or self._of_some(sentence, number)
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
                kin = {"uncle": "aunt", "father": "stepmother"}.get(owner.kin, "wife")
                return "adult", kin, FEMALE
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
            r"<k\d+>(?: are| is|,|:| -| called| there| at home)*((?:,? (?:and "
            r"|& )?<n\d+>(?: \(?\d{1,2}\b\)?"
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
