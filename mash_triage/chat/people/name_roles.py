"""Whether a name is a child, a grown-up of the household, or nobody of it."""

import re

from mash_triage.chat.facts.age_lists import ranked
from mash_triage.chat.people.kin import Relations
from mash_triage.chat.state import Role
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import FEMALE, MALE

_CHILD_WORDS = re.compile(
    r"(?:child is|child's name is|children present:?|children:|(?:their|the|kids"
    r"|children'?s?) names(?: are|:)?|children named|about|worry about|worried about"
    r"|concern(?:s|ed)? (?:about|for|re)|re:?|regarding|baby|kids?(?: are)?"
    r"|children(?: are)?|child \d|student:?|pupil:?|subject:?|child:?|missing:?|sibling:?"
    r"|<b\d+>(?: is| are|,)?(?: called| named| name is| name)?|for|it is|\d\.)[ ,:-]*$"
)

_ADULT_WORDS = re.compile(r"(?:adult:?|suspect|male|perp|offender|partner|known as)[ ,:-]*$")

_CHILD_AFTER = re.compile(
    r"^(?:'s)?,?[ (]*(?:,? who(?:'s| is)|,? <z\d+> is| is an?\b| is| was| \(?dob:?| b\.?| born"
    r"| aged| nhs(?: no)?)*(?: \([^)]*\))?(?: <n\d+>)?(?:,? (?:male|female|m|f|boy"
    r"|girl)\b)?[ ,(]*(?:(?P<age>\d{1,2})(?!\d|[:/%]|\.\d|-\d|st|nd|rd|th| ?(?:mins|am"
    r"|pm|times|old))|<(?P<mark>[ady])(?P<n>\d+)>)"
)

_PLACE_BEFORE = re.compile(
    r"\b(?:in|from|near|at|to|into|outside|off|via|on|plays|speaks?|is called on it)(?: the)? $"
)


_TOPIC_BEFORE = re.compile(
    r"(?:(?:ok|okay|so|right|well|yes|no|it's|its|his name is|her name is|the name is|name:?"
    r"|(?:young person|patient|pt|pupil|student|child|name|subject)(?: is|:)?(?: \d)?"
    r"|first|is|child \d|master|miss|(?:the )?(?:big|older|elder|eldest|oldest|little|small"
    r"|younger"
    r"|youngest|other)(?: one| ones)?)[ ,.:-]*)*"
)
_TOPIC_AFTER = re.compile(
    r"(?: (?:but|aka|known)\b|[ ,.(-]*(?:$|<z\d+> is|<z\d+> (?:was|turn|go)|<[dayhux]\d+>"
    r"|\d{1,2}\b"
    r"|<z\d+>/<z\d+>|[mf]\b|dob|d\.o\.b|born|aged|she/her|he/him|they/them|both\b"
    r"|is <z\d+> key child"
    r"|is (?:a |in |on |<[ay]|\d)|goes to|<y\d+>))"
)


class NameRoles(Relations):
    """Reads what stands around a name."""

    def _role_of_name(self, sentence: Sentence, before: str, after: str, seen: Seen) -> Role | None:
        if re.search(r"surname|family name|<z\d+> is called|legal", before[-24:]):
            return None
        if re.search(r"\bgrown[- ]?up", after):
            return None
        if re.search(r"<b\d+> of $", before):
            return "adult"
        if self._owns_first_name(before, after):
            return "child"
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
        place = ranked(before)
        if place is not None and self._by_rank(place) is not None:
            return "child"
        if _ADULT_WORDS.search(before):
            return "adult"
        joined = re.search(
            r"<n(\d+)>(?:[ ,(]+(?:\d{1,2}|<[ayd]\d+>))?\)?(?:,| and| &)+ (?:little |baby "
            r"|small )?$",
            before,
        )
        if joined and int(joined[1]) in seen.people:
            return self.cast.people[seen.people[int(joined[1])]].role
        following = re.match(r" ?(?:,|and|&) (?:little )?<n(\d+)>", after)
        if following:
            at = sentence.tagged.find(f"<n{following[1]}>")
            tag = f"<n{following[1]}>"
            if self._role_of_name(sentence, "", sentence.tagged[at + len(tag) :], seen) == "child":
                return "child"
        named_child = any(self.cast.first_name(n) for n in self.cast.children())
        if self.elder and re.search(r"\bour $", before):
            return "adult"
        last = next((n for n in reversed(self.cast.recent) if n in self.cast.people), None)
        bare = not re.sub(r"<n\d+>|[ .,!]|and|&|it's|its|sorry", "", sentence.tagged)
        if (
            bare
            and (named_child or not re.search(r"<n\d+>(?: and| &|,) <n\d+>", sentence.tagged))
            and last is not None
            and self.cast.people[last].role == "adult"
            and not self.cast.first_name(last)
        ):
            return "adult"
        lacking = not named_child or any(
            not self.cast.first_name(n) for n in self.cast.children() if n != self.cast.owner
        )
        opens = _TOPIC_BEFORE.fullmatch(before) and _TOPIC_AFTER.match(after)
        signs = re.search(r"<[op]\d+>|<e\d+>", after[:30])
        if lacking and not self.self_refers and opens and not signs:
            return "child"
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

    def _owns_first_name(self, before: str, after: str) -> bool:
        """A young person who has not said her name yet, and types one alone or before "im"."""
        owner = self.cast.owner
        if not self.self_refers or owner is None or self.cast.first_name(owner):
            return False
        return not before.strip() and bool(
            re.match(r"[ .,!]*(?:$|<z\d+> is|<[xda]\d+>|\d|but\b)", after)
        )

    def _nameless(self, role: Role, sentence: Sentence, before: str, seen: Seen) -> int | None:
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
            r"<([bz])(\d+)>(?: is| are|,|:| name is| names?| they call)*(?: called| named"
            r"| name is)? ?$",
            before,
        )
        if nearby and int(nearby[2]) in seen.people:
            who = seen.people[int(nearby[2])]
            if not cast.first_name(who) and cast.people[who].role == role:
                return who
        place = ranked(before)
        if role == "child" and place is not None:
            return self._by_rank(place)
        if len(sentence.tagged) < 60 and role == "child":
            unnamed = [n for n in cast.children() if not cast.first_name(n)]
            if len(unnamed) == 1:
                return unnamed[0]
        return None

    def _by_rank(self, place: int) -> int | None:
        """The nameless child who is the eldest, the youngest, the middle one by the ages said."""
        cast = self.cast
        nameless = [n for n in cast.children() if not cast.first_name(n) and n != cast.owner]
        ages = {n: self._years(n) for n in cast.children()}
        if any(age is None for age in ages.values()):
            return None
        order = sorted(ages, key=lambda n: ages[n] or 0)
        if len(order) < 2 or (place == 1 and len(order) != 3):
            return None
        return order[place] if order[place] in nameless else None

    def _years(self, who: int) -> float | None:
        years, months = (self.cast.value(what, who) for what in ("age_years", "age_months"))
        return years if years is not None else None if months is None else months / 12

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

    def _pronoun_named(self, word: str) -> int | None:
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
