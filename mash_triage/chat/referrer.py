"""The referrer, by her own words: name, role, team, relationship, whether she may be named."""

import re

from mash_triage.chat.consents import Consents
from mash_triage.chat.items import Sentence, signs_off
from mash_triage.chat.seen import Seen

_ROLES = re.compile(
    r"\b((?:designated )?(?:deputy )?safeguarding (?:lead|officer)|dsl|ddsl"
    r"|deputy head(?: ?teacher)?|head ?teacher|headmistress|headmaster|room leader"
    r"|nursery manager|health visitor|hv|school nurse|community (?:midwife|mw)"
    r"|staff midwife|midwife|mw|social worker|senco|teaching assistant|class teacher"
    r"|teacher|form tutor|pastoral(?: manager| lead)?|family support worker|ewo"
    r"|education welfare officer|attendance officer|pcso|pc|ps|ds|dc|insp(?:ector)?"
    r"|sergeant|constable|gp|nurse|paramedic|childminder|youth worker|sgo)\b",
    re.IGNORECASE,
)

_OFFICER = re.compile(
    r"\b(PC|PS|DS|DC|DI|Insp|Sgt|PCSO|Dr|Mr|Mrs|Ms|Miss|Sgo|Ds|Dc"
    r"|Ps)\.?(?: \d{1,5})? ([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)

_TEAM = re.compile(
    r"(?:with|from|of|,)\s+(?:the )?((?:[A-Z0-9][\w'/-]* ?){0,3}(?:0-19s?"
    r"|0-5)?(?: ?[A-Z]?[\w'-]+)? ?(?:team|service|unit|NPT|custody|FCR|ward)\b"
    r"|(?:[A-Z]\w+ )?0-19s?|(?:[A-Z]\w+ ){1,2}NPT)|\b((?:[A-Z][\w'-]+ ){0,3}(?:0-19 "
    r"|0-5 |MFH |HV )(?:team|service))|\b(response|FCR|NNU|[A-Z]\w+ (?:St )?custody"
    r"|[a-z]+ ward|[A-Z]\w+ team)\b",
)

_ANON = re.compile(
    r"(?:not|im not|i'm not|dont want to|don't want to|rather not) (?:giving|give"
    r"|gonna give|leave|leaving|say|saying) (?:you )?my name|(?:don'?t|dont"
    r"|do not) want [^.]{0,40}to know it was me|no name please"
    r"|\bno names?(?= (?:mentioned|given to))|stay anonymous|remain anonymous"
    r"|keep my name out|don't use my name|dont say it was me|don't say it was me"
    r"|don't tell (?:him|her|them) it was me"
)

_NAMED = re.compile(
    r"not bothered about being named|(?:can|happy to|fine to|ok to) (?:use|give"
    r"|be named|share) ?(?:my name)?|don't mind (?:being named|giving my name)"
    r"|dont mind being named"
)


class Referrer(Consents):
    """Reads what somebody says of herself."""

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
        ) and not re.search(
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
            r"(?:just (?:come|been|got) (?:out|back|from)|just seen|i(?:'ve| have)? (?:saw"
            r"|seen) (?:him|her|them|the (?:baby|children|kids)) (?:today|just now"
            r"|this morning)|ive just come out|i was there today)",
            low,
        ):
            cast.note("referrer.last_seen", cast.today.isoformat(), raw)
        if re.search(
            r"\b(?:our|the|my) (?:dsl|safeguarding lead)\b.{0,20}\b(?:knows|is aware|aware"
            r"|told me|agrees|has been told)",
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
            ) and not re.match(r"<n\d+>(?:'s| is (?:called|the))", after):
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
                r"\bmy (?:nephews?|nieces?|(?:sister|brother)'?s (?:fella|boyfriend|partner"
                r"|husband|kids|children|boy|girl|little|lad))",
                "aunt or uncle",
            ),
            (r"\bi(?:'m| am|m) (?:his|her|their) aunt|\baunty jan\b", "aunt"),
            (r"\bi(?:'m| am|m) (?:his|her|their) uncle", "uncle"),
            (
                r"\b(?:my|our) (?:grand(?:son|daughter|child|children|kids)|(?:daughter"
                r"|son)'?s (?:little|boy|girl|kids|children|lad|baby))|\bthe grandchildren",
                "grandparent",
            ),
            (
                r"\bi(?:'m| am|m) (?:his|her|their|the) (?:mum|mother)|\bi'm his mum|im there mum",
                "mother",
            ),
            (r"\bi(?:'m| am|m) (?:his|her|their|the) (?:dad|father)", "father"),
            (
                r"\bi(?:'m| am|m) (?:the |a |their |her |his )?(?:next door )?neighbou?r"
                r"|next door (?:to|from) me|through the wall",
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


def _title(name: str) -> str:
    return name.title() if name.isupper() else name
