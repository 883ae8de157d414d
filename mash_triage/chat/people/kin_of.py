"""Whose relation a word of kin is: of some of the children, of somebody else, or of nobody here."""

import re

from mash_triage.chat.people.cast import SIBLINGS
from mash_triage.chat.people.unnamed import Unnamed
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen

_OF_SOME = re.compile(
    r"<k\d+>(?: <n\d+>,?)? (?:of|to) (?P<whom>(?:(?:just |only |the |all |two |both |three "
    r"|<z\d+> |and "
    r"|,|& |youngest|younger|older|eldest|oldest|little|baby|unborn|bump|one|ones|kids"
    r"|children|lads"
    r"|boys|girls|<n\d+>|<b\d+>|of them)(?:'s)?,? ?)+)(?P<only> only| alone)?"
)


class KinOf(Unnamed):
    """Finds whom a relation belongs to, by the words around it."""

    def _predicated(self, before: str, kin: str, seen: Seen) -> int | None:
        """ "She's a half sister", "he is her uncle": somebody of no known relation yet."""
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
        if re.search(r"\b(?:to|like|was) a $|\bcalls? <z\d+> $", before):
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

    def _of_some(self, sentence: Sentence, number: int) -> list[int]:
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

    def _whose_kin(self, sentence: Sentence, before: str, seen: Seen) -> int | None:
        """Whose mother or brother this is, by the word right before it: "dad's"."""
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
