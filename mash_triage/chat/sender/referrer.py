"""The referrer, by her own words: name, role, team, relationship, whether she may be named."""

import re

from mash_triage.chat.facts.last_seen import when_seen
from mash_triage.chat.sender.in_passing import TO_THE_CHILD, Sender, as_written
from mash_triage.chat.sender.own_work import introduction_in
from mash_triage.chat.sender.sign_offs import signs_off
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.seen import Seen
from mash_triage.chat.words.signature import Signature

_ANON = re.compile(
    r"(?:not|im not|i'm not|dont want to|don't want to|rather not) (?:giving|give"
    r"|gonna give|leave|leaving|say|saying) (?:you )?my name|(?:don'?t|dont"
    r"|do not) want [^.]{0,40}to know it was me|no name please"
    r"|\bno names?(?= (?:mentioned|given to))|stay anonymous|remain anonymous"
    r"|keep my name out|don't use my name|dont say it was me|don't say it was me"
    r"|don't tell (?:him|her|them) it was me"
)

_LABELLED = re.compile(
    r"^(?P<label>name|job(?: title)?|role|agency|organisation|workplace|team)(?: is)?:? "
    r"(?P<said>[^,]{2,60})$",
    re.IGNORECASE,
)
_LABELS = {
    "name": "referrer.name",
    "job": "referrer.job_title",
    "job title": "referrer.job_title",
    "role": "referrer.job_title",
    "agency": "referrer.organisation",
    "organisation": "referrer.organisation",
    "workplace": "referrer.organisation",
    "team": "referrer.team",
}
"""How a form's own words are put before what somebody says of herself."""

_WHY_NO_NAME = re.compile(
    r"\b(?:she|he|they|we|i|it)'?(?:d|ll)\b|\b(?:she|he|they|we|i|it) (?:would|will)\b|because"
    r"|cos "
    r"|no want problem|knows? where (?:i|we) live|\bsmall (?:village|town|place|street|community)"
    r"|everyone knows|\b(?:scared|afraid|frightened|worried)\b|live (?:here|round here|next door)"
    r"|\b(?:trouble|comeback|repercussions?|retaliat\w+|backlash)\b|\bthat'?s why\b|\bmy job\b"
)

_NAMED = re.compile(
    r"not bothered about being named|(?:can|happy to|fine to|ok to) (?:use|give"
    r"|be named|share) ?(?:my name)?|don't mind (?:being named|giving my name)"
    r"|dont mind being named"
)


_RELATIONS = tuple(
    (re.compile(pattern), relations)
    for pattern, relations in (
        (
            r"\bi(?:'m| am|m) (?:his|her|their|the) aunt|\bi'?m (?:his|her|their) auntie?y?",
            ("aunt",),
        ),
        (r"\bi(?:'m| am|m) (?:his|her|their) uncle", ("uncle",)),
        (
            r"\bmy (?:nephews?|nieces?|(?:sister|brother)'?s (?:fella|boyfriend|partner|husband"
            r"|wife"
            r"|kids?|children|boys?|girls?|little|lads?|baby))|\baunt(?:ie|y) [a-z]+\b",
            ("aunt or uncle", "aunt", "uncle"),
        ),
        (
            r"\b(?:my|our) (?:grand ?-?(?:son|daughter|aughter|child|children|kids?|baby)"
            r"|(?:daughter"
            r"|son)'?s (?:little|boy|girl|kids|children|lad|baby))s?|\bthe grandchildren",
            ("grandparent", "grandmother", "grandfather"),
        ),
        (r"\bi(?:'m| am|m) (?:his|her|their|there|the) (?:mum|mother|mam)", ("mother",)),
        (r"\bi(?:'m| am|m) (?:his|her|their|there|the) (?:dad|father)", ("father",)),
        (
            r"\bi(?:'m| am|m) (?:the |a |their |her |his )?(?:next door )?neighbou?r|\bin (?:my"
            r"|our)"
            r" (?:block|street|road|building|close|stairwell)\b|next door (?:to|from) me|through"
            r" (?:the|my) (?:wall|ceiling)|\b(?:i'?m|i am|we'?re|i live|we live) (?:just"
            r" )?(?:next door"
            r"|opposite|above|below|across|two doors|over the road|across the road)\b|\bi(?:'m|"
            r" am) (?:number|no|at"
            r"|in) ?\d+\w?,? (?:underneath"
            r"|below|above|opposite|next door)|\b(?:upstairs|downstairs) (?:from|to) (?:me|us)\b"
            r"|\bmy neighbou?r",
            ("neighbour",),
        ),
    )
)
"""How people say what they are to the child; the first word stands unless the account is closer."""

_OWN_CHILD = re.compile(
    r"\bmy (?:own |little |eldest |youngest |other )*(?:son|daughter|lad|boy|girl|kid|kids"
    r"|children|"
    r"little one|little boy|little girl|baby)\b(?!'?s)|\bmy ex(?:[ -](?:wife|husband|partner))?\b"
    r"|\b(?:daughter|son) [a-z]"
)
_HELPING = re.compile(
    r"my grand(?:son|daughter) (?:set|helped|is helping|did)|helped me|type for me"
)


class Referrer(Sender):
    """Reads what somebody says of herself."""

    def _referrer(self, sentence: Sentence, seen: Seen) -> None:
        cast, raw = self.cast, sentence.words
        low = raw.lower()
        if not self.about.self_refers:
            if sentence.signature is not None:
                self._signed(sentence.signature)
            else:
                self._own_name(sentence, seen)
                self._named_herself(raw)
            self._work(raw)
            self._to_child(low, raw)
        if _ANON.search(low):
            cast.note("referrer.anonymous", "yes", raw)
        elif _NAMED.search(low):
            cast.note("referrer.anonymous", "no", raw)
        if self._hides_name() and _WHY_NO_NAME.search(low):
            cast.note("referrer.why_anonymous", raw, raw)
        if self.about.agency not in {"self"}:
            self._relation(low, raw)
        if re.search(
            r"(?:just (?:come|been|got) (?:out|back|from)|just seen|i(?:'ve| have)? (?:saw"
            r"|seen) (?:him|her|them|the (?:baby|children|kids)) (?:today|just now"
            r"|this morning)|ive just come out|i was there today)",
            low,
        ):
            cast.note("referrer.last_seen", cast.today.isoformat(), raw)
        last = None if self.about.self_refers else when_seen(sentence, seen, cast)
        if last and (last[0] > str(cast.value("referrer.last_seen") or "") or "correction" in low):
            cast.note("referrer.last_seen", *last)
        self._lead(low, raw)

    def _hides_name(self) -> bool:
        """Is it in this turn, or where she was asked how to reach her, that she gives no name?"""
        last = next((f for f in self.cast.facts if f.what == "referrer.anonymous"), None)
        if last is None or last.value != "yes":
            return False
        return last.turn == self.cast.turn or self.pending in {"reach", "more"}

    def _signed(self, signed: Signature) -> None:
        """What the line of a name, the work and how to be reached says."""
        known = str(self.cast.value("referrer.name") or "")
        another = known and known.split()[-1].lower() not in signed.name.lower()
        pasted = re.search(rf"^from:? .*{re.escape(signed.name)}", self.turn, re.I | re.M)
        if pasted or (another and len(known.split()) > 1 and not signed.reached):
            return
        self.cast.note("referrer.name", as_written(signed.name), signed.name)
        if signed.relation and self.about.agency in {"public", ""}:
            self.cast.note("referrer.relationship", signed.relation, signed.name)
        self._works(signed)

    def _work(self, raw: str) -> None:
        """The work somebody says to be hers, before any name or without it."""
        if labelled := _LABELLED.match(raw):
            what = _LABELS[labelled["label"].lower()]
            said = labelled[0] if what == "referrer.team" else labelled["said"]
            self.cast.note(what, said.strip(" ."), labelled[0])
        elif said := introduction_in(raw, first=self.cast.turn == 1):
            known = self.cast.value("referrer.job_title")
            if not (known and TO_THE_CHILD.search(raw.lower())):
                self._works(said)

    def _works(self, said: Signature) -> None:
        cast = self.cast
        for what, words in (
            ("referrer.job_title", said.role),
            ("referrer.organisation", said.agency),
            ("referrer.team", said.team),
        ):
            known = str(cast.value(what) or "")
            if words and words.lower() not in known.lower():
                cast.note(what, words, words)

    def _own_name(self, sentence: Sentence, seen: Seen) -> None:
        cast, raw = self.cast, sentence.words
        for number in seen.own_name:
            after = sentence.tagged[sentence.tagged.find(f"<n{number}>") :]
            known = cast.value("referrer.name")
            if (
                known is None
                or str(known).split()[0].lower() in sentence.items[number].value.lower()
            ) and not re.match(r"<n\d+>(?:'s| is (?:called|the))", after):
                cast.note(
                    "referrer.name",
                    as_written(sentence.items[number].value),
                    sentence.items[number].words,
                )
        if signs_off(sentence) and not seen.own_name:
            names = [
                i for i in sentence.items if i.kind == "name" and i.start - sentence.start < 14
            ]
            number = sentence.items.index(names[0]) if names else -1
            if (
                names
                and (
                    number not in seen.people
                    or (
                        cast.people[seen.people[number]].kin in {"mother", "father"}
                        and self.about.agency == "public"
                    )
                )
                and len(names[0].value.split()) > 1
            ):
                cast.note("referrer.name", as_written(names[0].value), names[0].words)
        aunt = re.search(r"\b(?:aunty|auntie|uncle|nan|nanny|gran) ([A-Z][a-z]+)\b", raw)
        if (
            aunt
            and self.about.agency == "public"
            and '"' not in raw
            and not cast.value("referrer.name")
        ):
            cast.note("referrer.name", aunt[1], aunt[0])

    def _relation(self, low: str, raw: str) -> None:
        """What she is to the child, in her words, closer where the account says it closer."""
        if self.about.agency not in {"public", "self"} or self.cast.value("referrer.relationship"):
            return
        for pattern, relations in _RELATIONS:
            if (said := pattern.search(low)) and not _HELPING.search(low):
                words = raw[said.start() : said.end()]
                self.cast.note("referrer.relationship", self._closer(relations), words)
                return
        own = _OWN_CHILD.search(low)
        parent = re.search(r"\b(mother|father|parent)\b", self.about.role.lower())
        if own and parent:
            self.cast.note("referrer.relationship", parent[1], raw[own.start() : own.end()])

    def _closer(self, relations: tuple[str, ...]) -> str:
        role = self.about.role.lower()
        return next((one for one in relations if one in role), relations[0])
