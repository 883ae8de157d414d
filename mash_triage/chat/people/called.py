"""What a person is called: first names, family names, a longer name for a shorter one."""

import re

from mash_triage.chat.people.cast import Cast
from mash_triage.chat.words.items import Item, Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.vocabulary import TITLES


class Called:
    """Gives names to the people of the conversation."""

    def __init__(self, cast: Cast, *, self_refers: bool, wants_child: bool, elder: bool) -> None:
        self.cast, self.self_refers = cast, self_refers
        self.wants_child, self.elder = wants_child, elder

    def _call(self, who: int, item: Item) -> None:
        """This is what somebody is called; a longer name replaces a shorter one."""
        cast, words = self.cast, as_name(item.value)
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
        elif not cast.value("given_names", who) and known[:1] != [parts[0].lower()]:
            cast.note("given_names", words, item.words, who)

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
            surname = as_name(item.value).split()[-1]
            if both == {"child"} and not self.cast.value("family_name", first):
                self.cast.note("family_name", surname, item.words, first)
            elif both == {"adult"} and " " not in str(self.cast.value("name", first) or " "):
                self.cast.note(
                    "name", f"{self.cast.value('name', first)} {surname}", item.words, first
                )


def as_name(said: str) -> str:
    """A name as it is kept: without a title and the 's of what is somebody's."""
    words = [w.removesuffix("'s").strip("'-.") for w in said.split()]
    if len(words) > 1 and words[0].lower() in TITLES:
        words = words[1:]
    tidy = [w.title() if w.isupper() and len(w) > 2 else w for w in words if w]
    return " ".join(tidy)
