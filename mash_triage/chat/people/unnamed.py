"""Children spoken of without a name: "the little one", "her son", "a boy in year 3"."""

import re

from mash_triage.chat.people.called import Called, as_name
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE

_SEVERAL = re.compile(
    r"\b(?P<many>two|three|four|2|3|4|both|the|his|her|these|those|my)(?: (?:little|small|young"
    r"|older|younger|half))? (?P<word>girls|boys|lads|lasses|daughters|sons"
    r"|sisters|brothers)\b(?!')",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "2": 2, "both": 2, "three": 3, "3": 3, "four": 4, "4": 4}


class Unnamed(Called):
    """Finds or adds the child that such words mean."""

    def _several(self, sentence: Sentence) -> None:
        """ "Two girls live there", "the lads": the sex of all the children there are, where they
        are as many as is said.
        """
        one = _SEVERAL.search(sentence.words)
        if one is None or self.self_refers or (self.elder and "daughter" in one["word"].lower()):
            return
        cast, count = self.cast, _COUNTS.get(one["many"].lower(), 0)
        sex = FEMALE if re.match(r"girl|lass|daughter|sister", one["word"].lower()) else MALE
        sibling = one["word"].lower().endswith("ers")
        whom = [n for n in cast.children() if cast.people[n].kin or not sibling]
        if len(whom) < 2 or (count and len(whom) != count):
            return
        for who in whom:
            if cast.people[who].sex in {"", sex} and not cast.value("sex", who):
                cast.change(who, sex=sex)
                cast.note("sex", sex, one[0], who)

    def _young(self, sentence: Sentence, number: int, seen: Seen) -> None:
        item = sentence.items[number]
        sex: str = item.value
        before = sentence.tagged[: sentence.tagged.find(f"<b{number}>")]
        after = sentence.tagged[sentence.tagged.find(f"<b{number}>") :]
        if (
            re.search(r"\b(?:a|any|like a|13yr old|that) $", before)
            and not re.search(r"class|\bbaby\b", sentence.tagged)
            and re.search(r"<a\d+> $|another|other", before)
        ):
            return
        if self.elder and re.search(r"\b(?:daughter|son)\b", item.words.lower()):
            who = self.cast.by_kin("mother" if sex == FEMALE else "father")
            if who is None:
                who = self.cast.new("adult", "mother" if sex == FEMALE else "father", sex)
            seen.people[number] = who
            self.cast.look_at(who)
            return
        fresh = re.match(
            r"<b\d+>,? (?:is )?(?:maybe |about |called |small )?(?:<a\d+>|\d{1,2}\b|<n(\d+)>)",
            after,
        )
        if fresh and fresh[1] and int(fresh[1]) in seen.surnames:
            fresh = None
        who = self._some_child(sex, number, sentence, seen, fresh=bool(fresh))
        seen.people[number] = who
        self.cast.look_at(who)
        if sex and not self.cast.people[who].sex:
            self.cast.change(who, sex=sex)

    def _young_name(
        self, sentence: Sentence, number: int, seen: Seen, introduced: int | None
    ) -> None:
        """A name right after "son", "older child", "our": the same person, or another child."""
        one = re.search(
            rf"<b{number}>(?: is| called| named| name is|:|,)*(?: <z\d+>)? ?<n(\d+)>",
            sentence.tagged,
        )
        name = int(one[1]) if one else introduced
        if name is None or number not in seen.people or name in seen.surnames:
            return
        who, item = seen.people[number], sentence.items[name]
        known, named = self.cast.first_name(who), self.cast.by_name(item.value)
        if named is not None:
            who = named
        elif known and known != item.value.split()[0].lower():
            who = self.cast.new(self.cast.people[who].role, "", str(sentence.items[number].value))
        seen.people[number] = seen.people[name] = who
        newborn = re.search(rf"<n{name}>, (?:<b\d+>|no name|girl|boy)", sentence.tagged)
        if (
            newborn
            and " " not in item.value
            and re.search(r"^baby", sentence.items[number].words.lower())
        ):
            self.cast.note("family_name", as_name(item.value), item.words, who)
        else:
            self._call(who, item)
        self.cast.look_at(who)

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
