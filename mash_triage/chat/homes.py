"""Addresses and postcodes, now and before."""

import re

from mash_triage.chat.dates import When
from mash_triage.chat.items import Item, Sentence
from mash_triage.chat.part import Part
from mash_triage.chat.seen import Seen

_PRIOR = re.compile(
    r"\b(?:was|were|before that|previously|used to (?:live|be)|moved from|they was at"
    r"|from)(?: <z\d+> (?:was|were))?(?: at)? ?$"
)


class Homes(Part):
    """Addresses and postcodes, now and before."""

    def _address(self, sentence: Sentence, seen: Seen, number: int, item: Item) -> None:
        cast = self.cast
        before = sentence.tagged[: sentence.tagged.find(f"<x{number}>")]
        if re.search(r"^(?:one|\w+) (?:lives |is )?at <x\d+>.*the other", sentence.tagged):
            cast.note("_apart", "yes", sentence.words)
            return
        if _PRIOR.search(before):
            for child in cast.children():
                cast.note("previous", item.value, item.words, child)
            return
        if re.search(
            r"\bfound\b|arrested|stop searched|bus stop|incident", before
        ) and not re.search(r"addr|home|location", before):
            return
        near = [n for n in seen.people if sentence.items[n].end <= item.start]
        who: int | None = seen.people[max(near)] if near else None
        lives = re.search(r"\bme <z\d+> is|<z(\d+)> live at", before)
        mine = lives and (lives[1] is None or sentence.at(lives[1]).value == "i")
        own = seen.own_name or mine or "that is my own name" in before
        if (
            own
            and not self.about.self_refers
            and not re.search(
                r"mum|dad|parent|mother|father", str(cast.value("referrer.relationship"))
            )
        ):
            return
        self._to = []
        adult = who is not None and cast.people[who].role == "adult"
        if adult and who is not None:
            one = cast.people[who]
            between = before[before.rfind(">") + 1 :]
            lives = re.search(r"both stop|all live|kids live|live with|stay", sentence.tagged)
            kin = sentence.items[max(near)].kind
            if (
                one.kin
                in {
                    "neighbour",
                    "paternal grandmother",
                    "maternal grandmother",
                    "uncle",
                    "aunt",
                    "father's partner",
                }
                and not lives
            ):
                cast.note("address_line", item.value, item.words, who)
                return
            if (
                one.kin == "mother"
                and re.search(r"at |flat is|lives|address|addr", between)
                and kin != "kin"
            ) or (one.kin == "mother" and re.search(r"flat is|unborn|baby", sentence.tagged)):
                cast.note("address_line", item.value, item.words, who)
                self._to = [who]
        mother = cast.by_kin("mother")
        tiny = [
            n
            for n in cast.children()
            if cast.value("expected", n)
            or cast.value("weeks", n)
            or str(cast.value("dob", n) or "") > str(self.today.replace(year=self.today.year - 1))
        ]
        if tiny and mother is not None and not self._to and not cast.value("address_line", mother):
            cast.note("address_line", item.value, item.words, mother)
        self._homes(item)

    _to: list[int]

    def _homes(self, item: Item) -> None:
        cast = self.cast
        if not cast.children():
            cast.note("_address", item.value, item.words)
        for child in cast.children():
            if (
                cast.people[child].kin
                and cast.value("legal_status", child)
                and child != cast.children()[0]
            ):
                continue
            cast.note("address_line", item.value, item.words, child)
            cast.drop("_postcode_guess", child)

    def _postcode(self, sentence: Sentence, _seen: Seen, number: int, item: Item) -> None:
        cast = self.cast
        tag = f"<c{number}>"
        before = sentence.tagged[: sentence.tagged.find(tag)]
        if re.search(r"(?:could be|or|maybe) $", before):
            return
        line = re.search(r"<x(\d+)>,? ?$", before)
        if cast.value("_apart") and cast.turn == next(
            f.turn for f in cast.facts if f.what == "_apart"
        ):
            return
        if line and _PRIOR.search(before[: line.start()]):
            return
        value = re.sub(r"\s", "", item.value).upper()
        value = f"{value[:-3]} {value[-3:]}"
        owners = [n for n in cast.adults() if cast.value("address_line", n)]
        for who in cast.children():
            if cast.value("address_line", who) or not owners:
                cast.note("postcode", value, item.words, who)
        if not cast.children() and not owners:
            cast.note("_postcode", value, item.words)
        if line:
            said = sentence.at(line[1]).value
            for who in owners:
                if cast.value("address_line", who) == said:
                    cast.note("postcode", value, item.words, who)

    def _since(self, sentence: Sentence) -> None:
        cast = self.cast
        one = re.search(
            r"(?:since(?: about)?|moved(?: in)?(?: in| at| <z\d+> in)?(?: ourselves at)?"
            r"|placed here|moved <z\d+> in <z\d+> at|cleared out on|in) ?(?:about "
            r"|last )?<d(\d+)>",
            sentence.tagged,
        )
        home = re.search(
            r"stop at|moved|live|stay|placed here|been with <z\d+>|with <z\d+> since"
            r"|cleared out|gone to",
            sentence.tagged,
        )
        if (
            one
            and home
            and re.search(r"since|moved|placed|cleared|moved <z", one[0] + sentence.tagged)
        ):
            when: When = sentence.at(one[1]).value
            said = sentence.at(one[1]).words
            for who in cast.children():
                if re.search(
                    r"moved <z\d+> in|they moved|both|kids|<z\d+>|placed|cleared", sentence.tagged
                ):
                    cast.note("since", said, said, who)
            _ = when
