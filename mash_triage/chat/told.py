"""Who says it and who knows: the referrer, the child's voice, consent, how a worry is known."""

import re

from mash_triage.chat.cast import Cast
from mash_triage.chat.consents import Consents
from mash_triage.chat.items import Sentence, signs_off
from mash_triage.chat.part import About, raw_at
from mash_triage.chat.who import Seen

PARENTS = frozenset({"mother", "father", "parent", "stepmother", "stepfather"})
_SPEECH = r"(?:told|said|says|say|tells|telling|tell|whispered|shouted|asked|wrote|words|goes|quote|disclosed|stated|used the board|to say|reckons)"
_TO = re.compile(
    r"(?:told|tells|said to|says to|whispered to|disclosed to|board with|spoke to) (?P<to>.+?)(?= to say| last| on | yesterday| today| this | at | in | quote|,|:|;| <q| <d| that| it was| she | he | i |$)"
)
_ROLES = re.compile(
    r"\b((?:designated )?(?:deputy )?safeguarding (?:lead|officer)|dsl|ddsl|deputy head(?: ?teacher)?|head ?teacher|headmistress|headmaster|room leader|nursery manager|health visitor|hv|school nurse|community (?:midwife|mw)|staff midwife|midwife|mw|social worker|senco|teaching assistant|class teacher|teacher|form tutor|pastoral(?: manager| lead)?|family support worker|ewo|education welfare officer|attendance officer|pcso|pc|ps|ds|dc|insp(?:ector)?|sergeant|constable|gp|nurse|paramedic|childminder|youth worker|sgo)\b",
    re.IGNORECASE,
)
_OFFICER = re.compile(
    r"\b(PC|PS|DS|DC|DI|Insp|Sgt|PCSO|Dr|Mr|Mrs|Ms|Miss|Sgo|Ds|Dc|Ps)\.?(?: \d{1,5})? ([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)
_TEAM = re.compile(
    r"(?:with|from|of|,)\s+(?:the )?((?:[A-Z0-9][\w'/-]* ?){0,3}(?:0-19s?|0-5)?(?: ?[A-Z]?[\w'-]+)? ?(?:team|service|unit|NPT|custody|FCR|ward)\b|(?:[A-Z]\w+ )?0-19s?|(?:[A-Z]\w+ ){1,2}NPT)|\b((?:[A-Z][\w'-]+ ){0,3}(?:0-19 |0-5 |MFH |HV )(?:team|service))|\b(response|FCR|NNU|[A-Z]\w+ (?:St )?custody|[a-z]+ ward|[A-Z]\w+ team)\b",
)
_ANON = re.compile(
    r"(?:not|im not|i'm not|dont want to|don't want to|rather not) (?:giving|give|gonna give|leave|leaving|say|saying) (?:you )?my name|(?:don'?t|dont|do not) want [^.]{0,40}to know it was me|no name please|\bno names?(?= (?:mentioned|given to))|stay anonymous|remain anonymous|keep my name out|don't use my name|dont say it was me|don't say it was me|don't tell (?:him|her|them) it was me"
)
_NAMED = re.compile(
    r"not bothered about being named|(?:can|happy to|fine to|ok to) (?:use|give|be named|share) ?(?:my name)?|don't mind (?:being named|giving my name)|dont mind being named"
)
_KNOWS = re.compile(
    r"\b(?:knows?|aware|(?:been |i'?ve |ive |have )?told|informed|tell(?:ing)?|consents?|consented|agreed?s?|signed|asked|ok with it|okay with|happy for|happy to be rung|yes to|has been spoken|knew)\b"
)
_NOT = re.compile(
    r"\b(?:not|no|n'?t|dont|don't|doesnt|doesn't|hasnt|hasn't|haven't|havent|isnt|never|unaware|nor|without|didnt|didn't|won't|wont)\b|n't\b"
)
_AGREE = re.compile(
    r"\b(?:happy|agrees?|agreed|consents?|consented|ok with|okay with|is fine (?:with|about|for)|<k\\d+> knows[^.]*is fine|fine with|wants? (?:the |some )?help|wants? (?:carers|support|it investigated)|says yes|said yes|signed|gives? consent|on board|mum says yes|yes to|helped me word)\b"
)
_AGAINST = re.compile(
    r"didn'?t want it|doesn'?t (?:agree|want (?:it|this|us))|does not agree|refus|objects?|against it|less so|not happy|no consent|without consent|won'?t agree"
)


class Told(Consents):
    """Reads who speaks, who was told, and who agrees."""

    def __init__(self, cast: Cast, about: About, pending: str | None, turn: str) -> None:
        self.cast, self.about, self.pending, self.turn = cast, about, pending, turn

    def take(self, sentence: Sentence, seen: Seen) -> None:
        """All that this sentence says of telling and knowing."""
        self._referrer(sentence, seen)
        self._voice(sentence, seen)
        self._consent(sentence, seen)
        self._how_known(sentence, seen)

    # ------------------------------------------------------------ the referrer

    def _referrer(self, sentence: Sentence, seen: Seen) -> None:
        cast, raw = self.cast, sentence.words
        low = raw.lower()
        if not self.about.self_refers:
            self._own_name(sentence, seen)
        own = bool(seen.own_name) or signs_off(sentence)
        early = cast.turn == 1
        role = _ROLES.search(raw)
        mine = re.search(
            r"\b(?:im|i'm|i am|its|as) (?:a |an |the |one of the |their )?$|^",
            raw[: role.start()].lower() if role else "",
        )
        if (
            role
            and self.about.agency not in {"self", "public"}
            and (
                own
                or (early and mine and not re.search(r"school nurse said|told", low))
                or self._starts_with_role(raw)
            )
        ):
            if not re.search(
                r"(?:our|my|his|her|(?<!i'm )(?<!im )(?<!am )the) $", raw[: role.start()].lower()
            ):
                cast.note("referrer.job_title", role[1], role[0])
        if self.about.agency not in {"self", "public"} and (
            own or early or self._starts_with_role(raw)
        ):
            for team in _TEAM.finditer(raw):
                said = next(g for g in team.groups() if g).strip()
                if len(said) > 2 and not re.match(r"(?i)^the (?:team|ward)$", said):
                    cast.note("referrer.team", said, said)
        if _ANON.search(low):
            cast.note("referrer.anonymous", "yes", raw)
        elif _NAMED.search(low):
            cast.note("referrer.anonymous", "no", raw)
        if cast.value("referrer.anonymous") == "yes" and re.search(
            r"\b(?:she|he|they)'?(?:d| would|ll| will) |because|cos |no want problem", low
        ):
            cast.note("referrer.why_anonymous", raw, raw)
        if self.about.agency not in {"self"}:
            self._relation(low, raw)
        if re.search(
            r"(?:just (?:come|been|got) (?:out|back|from)|just seen|i(?:'ve| have)? (?:saw|seen) (?:him|her|them|the (?:baby|children|kids)) (?:today|just now|this morning)|ive just come out|i was there today)",
            low,
        ):
            cast.note("referrer.last_seen", cast.today.isoformat(), raw)
        if re.search(
            r"\b(?:our|the|my) (?:dsl|safeguarding lead)\b.{0,20}\b(?:knows|is aware|aware|told me|agrees|has been told)",
            low,
        ):
            cast.note("lead_informed", "yes", raw)

    def _starts_with_role(self, raw: str) -> bool:
        return bool(
            re.match(r"(?:thats (?:all|everything)\W+)?(?:PC|PS|DS|DC|DI|Insp|Sgt|Ds|Dr)\b", raw)
        )

    def _own_name(self, sentence: Sentence, seen: Seen) -> None:
        cast, raw = self.cast, sentence.words
        for number in seen.own_name:
            after = sentence.tagged[sentence.tagged.find(f"<n{number}>") :]
            known = cast.value("referrer.name")
            if (
                known is None
                or str(known).split()[0].lower() in sentence.items[number].value.lower()
            ):
                if not re.match(r"<n\d+>(?:'s| is (?:called|the))", after):
                    cast.note(
                        "referrer.name",
                        _title(sentence.items[number].value),
                        sentence.items[number].words,
                    )
        officer = _OFFICER.search(raw)
        if (
            officer
            and (self._starts_with_role(raw) or signs_off(sentence))
            and self.about.agency not in {"self", "public"}
        ):
            if officer[1] not in {"Mr", "Mrs", "Ms", "Miss"} or signs_off(sentence):
                cast.note("referrer.name", officer[2], officer[0])
        elif signs_off(sentence) and not seen.own_name:
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
                cast.note("referrer.name", _title(names[0].value), names[0].words)
        aunt = re.search(r"\b(?:aunty|auntie|uncle|nan|nanny|gran) ([A-Z][a-z]+)\b", raw)
        if (
            aunt
            and self.about.agency == "public"
            and '"' not in raw
            and not cast.value("referrer.name")
        ):
            cast.note("referrer.name", aunt[1], aunt[0])

    def _relation(self, low: str, raw: str) -> None:
        cast = self.cast
        if self.about.agency not in {"public", "self"}:
            return
        for pattern, relation in (
            (
                r"\bmy (?:nephews?|nieces?|(?:sister|brother)'?s (?:fella|boyfriend|partner|husband|kids|children|boy|girl|little|lad))",
                "aunt or uncle",
            ),
            (r"\bi(?:'m| am|m) (?:his|her|their) aunt|\baunty jan\b", "aunt"),
            (r"\bi(?:'m| am|m) (?:his|her|their) uncle", "uncle"),
            (
                r"\b(?:my|our) (?:grand(?:son|daughter|child|children|kids)|(?:daughter|son)'?s (?:little|boy|girl|kids|children|lad|baby))|\bthe grandchildren",
                "grandparent",
            ),
            (
                r"\bi(?:'m| am|m) (?:his|her|their|the) (?:mum|mother)|\bi'm his mum|im there mum",
                "mother",
            ),
            (r"\bi(?:'m| am|m) (?:his|her|their|the) (?:dad|father)", "father"),
            (
                r"\bi(?:'m| am|m) (?:the |a |their |her |his )?(?:next door )?neighbou?r|next door (?:to|from) me|through the wall",
                "neighbour",
            ),
            (r"\bmy ex[ -]?wife|\bmy ex\b.*(?:daughter|son)", "father"),
        ):
            if re.search(pattern, low) and not cast.value("referrer.relationship"):
                if relation == "grandparent" and re.search(
                    r"my grandson set|my (?:grandson|granddaughter) (?:set|helped|is helping|did)",
                    low,
                ):
                    continue
                said = re.search(pattern, low)
                cast.note(
                    "referrer.relationship",
                    relation,
                    raw[said.start() : said.end()] if said else raw,
                )

    # ------------------------------------------------------------ the child's voice

    def _voice(self, sentence: Sentence, seen: Seen) -> None:
        cast, tagged = self.cast, sentence.tagged
        for number, item in enumerate(sentence.items):
            if item.kind != "quote":
                continue
            at = tagged.find(f"<q{number}>")
            before, after = tagged[:at], tagged[at:]
            who = self._speaker(sentence, seen, number, before, after)
            if who is None:
                continue
            if cast.people[who].role == "child":
                cast.note("said", item.value, item.words, who)
                to = _TO.search(before) or re.search(
                    r"(?:said to|told) (?P<to><z\d+>|<k\d+>|<n\d+>|<m\d+>)", after
                )
                if to:
                    said = _part(
                        sentence,
                        to.start("to") if to.string is before else at + to.start("to"),
                        to.end("to") if to.string is before else at + to.end("to"),
                    )
                    cast.note("said_to", said, said, who)
                elif re.search(r"tells <z|to me\b", before + after):
                    cast.note("said_to", "me", "me", who)
                for other in sentence.items:
                    if other.kind == "date" and other.value.exact:
                        day = (
                            other.value.day
                            if other.value.day <= cast.today
                            else other.value.day.replace(year=other.value.day.year - 1)
                        )
                        cast.note("said_when", day.isoformat(), other.words, who)
            elif cast.people[who].kin in PARENTS:
                cast.note("parents_view", item.value, item.words)
                cast.note("view", item.value, item.words, who)

    def _speaker(
        self, sentence: Sentence, seen: Seen, number: int, before: str, after: str
    ) -> int | None:
        cast = self.cast
        item = sentence.items[number]
        verb = [*re.finditer(rf"\b{_SPEECH}\b(?! to be)", before)]
        if re.search(
            r"\b(?:reads|text|texted|sent us|sends|has just sent|posted|note|letter|message)\b[^<]*(?:<[^q]\d+>[^<]*)*$",
            before,
        ):
            return None
        if re.search(
            r"\bwants?\b|to be|says (?:<z\d+> is|going)|called|means|meaning", before[-30:]
        ) and not re.search(rf"{_SPEECH}[^<]{{0,12}}$", before):
            return None
        if len(str(item.value).split()) < 2 and not verb:
            return None
        place = sentence.start + _place(sentence, verb[-1].start()) if verb else item.start
        mentioned = [
            n
            for n in seen.people
            if sentence.items[n].end <= place + 1 and sentence.items[n].value != "i"
        ]
        if verb and re.search(r"asked <n\d+>|asked <z\d+>|asked <k\d+>", before):
            mentioned = [
                n
                for n in seen.people
                if sentence.items[n].end <= item.start and sentence.items[n].value != "i"
            ]
        subjects = [
            n for n in mentioned if sentence.items[n].kind in {"name", "kin", "young", "pronoun"}
        ]
        if verb and subjects:
            who = seen.people[max(subjects)]
            gap = before[before.rfind(f"{max(subjects)}>") :]
            words = re.search(r"his words|her words|their words", _raw_before(sentence, item.start))
            if words and cast.people[who].role == "adult" and not verb:
                return who
            if "." in gap:
                return cast.subject()
            return who
        if re.match(
            r"<q\d+>,? ?(?:is |was |that's |thats )?(?:what )?<z(\d+)> (?:said|told|says)", after
        ) or re.match(r"<q\d+>,? ?thats what <z", after):
            return cast.subject()
        if subjects and (re.search(r"[:,-] ?$", before) or len(before) < 30):
            return seen.people[max(subjects)]
        if verb:
            last = next((n for n in reversed(cast.recent) if n in cast.people), None)
            follows = sentence.start > 0 and re.match(
                r"(?:and |but |then )?(?:says|said)\b", before
            )
            return last if last is not None and follows else cast.subject()
        if not before.strip(" .,") and self.pending and self.pending.startswith("voice"):
            return cast.subject()
        return None

    # ------------------------------------------------------------ how it is known

    def _how_known(self, sentence: Sentence, seen: Seen) -> None:
        cast, low, tagged = self.cast, sentence.words.lower(), sentence.tagged
        raw = sentence.words
        told = re.search(
            r"(?:<[nkmbz]\d+>|neighbour|teacher|receptionist|officer|landlord|office have|somebody|someone|friend|ta|per) ?(?:just )?(?:also )?(?:told|tells|says|said|showed|rung up|reported|reckons|disclosed|could smell)|what the \w+ sent|sent me|per (?:mum|dad|<k|neighbour)|(?:heard|off) (?:it )?(?:from|the)|it was <n\d+> who|wasn'?t there|pocket notebook|from: <n",
            tagged,
        )
        saw = re.search(
            r"\b(?:i|we)(?: have|'ve)?(?: just)? (?:saw|seen|heard|noticed|witnessed|found|watched|can hear|went)\b|i see with my|can hear (?:it|the|him|her|them)|at nappy change|in front of me|i went on|when i left|on my visit|i'm outside|im outside|im at (?:her|his) door",
            low,
        )
        if saw:
            self._known("saw_or_heard", raw)
        if told and not self.about.self_refers:
            if not re.search(
                r"told (?:by my|my mum|mum and dad)|mum (?:has been|hasn't been|been) told|been told",
                tagged,
            ):
                child = any(
                    cast.people[w].role == "child"
                    for n, w in seen.people.items()
                    if sentence.items[n].value != "i"
                )
                quotes = any(item.kind == "quote" for item in sentence.items)
                self._known("told_by_child" if child and quotes else "told_by_other", raw)
        for pattern in (
            r"it was <([n])(\d+)> who",
            r"from: <(n)(\d+)>",
            r"<([nkm])(\d+)> (?:also )?(?:told|tells) (?:me|<z\d+>)",
            r"per <(k)(\d+)>",
        ):
            if one := re.search(pattern, tagged):
                item = sentence.at(one[2])
                cast.note("told_by", item.words, item.words)
        if one := re.search(
            r"\b((?:the )?(?:receptionist|attending officer|landlord|neighbour|(?:school )?office|class teacher|teacher|driver))\b(?= (?:could|says|said|told|have|has|rung|rang)|'s pocket)",
            low,
        ):
            cast.note("told_by", one[1], one[1])

    def _known(self, how: str, words: str) -> None:
        now = self.cast.value("first_hand")
        if now and now != how:
            kinds = {now, how}
            how = "mixed" if "saw_or_heard" in kinds or "mixed" in kinds else how
        self.cast.note("first_hand", how, words)


def _title(name: str) -> str:
    return name.title() if name.isupper() else name


def _place(sentence: Sentence, place: int) -> int:
    return raw_at(sentence, place)


def _part(sentence: Sentence, start: int, end: int) -> str:
    return sentence.words[raw_at(sentence, start) : raw_at(sentence, end)].strip()


def _raw_before(sentence: Sentence, place: int) -> str:
    return sentence.words[: place - sentence.start].lower()
