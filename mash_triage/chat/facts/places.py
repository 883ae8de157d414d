"""Where the child is now, with whom, and who lives there."""

import re

from mash_triage.chat.people.cast import Cast
from mash_triage.chat.words.items import Sentence
from mash_triage.chat.words.part import About, raw_at
from mash_triage.chat.words.seen import Seen

HARM = re.compile(
    r"\b(?:strangl|hit(?:s|ting)?\b|slap|punch|kick|threat|shout|scream|smash|pinch"
    r"|hurts?\b|broke <z|broke h|abus|touch|sits on|pull(?:ed|s)? |suspect|arrested"
    r"|put a chair|locks?\b|wont let|won't let|asked <z\d+> to send|sent <z\d+> pics"
    r"|comes in <z\d+> room|driven off|drove off|couldn't stand|told <z\d+> to get out"
    r"|dv\b|violen|angry|with a hammer|hammer|knife|gone off with|say bye|burn(?:ed|t)"
    r"|grabbed|dragged|pushed|shoved|beat|belt|(?<!a )bit\b(?! of)|rape|groom|spits?"
    r"|choke|throttl|by the throat|not leaving <z|jump|kill|holding the passports|taken to <z"
    r"|finish it|disgusting|fat n useless|intoxicated|sexual|leaves <z|shak(?:es"
    r"|ing)\b|threw|throws|chuck)"
)
_NOW = re.compile(
    r"(?:<z\d+>|<b\d+>|<n\d+>|<k\d+>|children|kids|both|baby|all|we|home,"
    r"|safe)(?: (?:all|both|is|are|am|r|was|were|has|have|been|just|still|safe|now"
    r"|asleep|all gone|gone|locked|stood|sat|hiding|currently|staying|here|happy|fine"
    r"|went|taken|on <z\d+> own|<d\d+>)[, ]*)*,? (?P<where>(?:at home|home\b|at school"
    r"|at college|at a mates?|at nursery|in school"
    r"|on top of [^.,;<]+|on the [a-z ]*(?:roof|bridge|ledge|sill|balcony)[^.,;<]*"
    r"|inside\b[^.,;<]*|in (?:<z\d+>|the|a|our|hospital|foster"
    r"|police)[^,.;<]*(?:<n\d+>|<k\d+>)?[^,.;<]*|asleep in [^,.;]*"
    r"|on the [^,.;]*(?:unit|ward)[^,.;]*"
    r"|with (?!(?:[\w<>]+ ){0,2}(?:belt|knife|hammer|stick|bat|slipper|shoe|bottle|fist|lead"
    r"|bruis\w*|marks?|cuts?|eye|lip|arm|bump|burns?|graze|scratch\w*|rash|bag)\b)[^,.;]+"
    r"|above [^,.;]+(?:<n\d+>)?[^.;]*"
    r"|upstairs[^,.;]*|taken home))"
)
_WITH = re.compile(
    r"\b(?:with|w) (?P<who>(?:<z\d+>|the|a|<n\d+>) (?:<k\d+>|nurse|officers?|<n\d+>"
    r"|staff|neighbour|carers?|us)|<k\d+>|<n\d+>|<z\d+>|us\b|officers|neighbours?"
    r"|carers|foster carers)"
)
_NEXT = re.compile(
    r"next time|coming to (?:fetch|collect|get|pick)|(?:picking|collect|fetch)(?:s|ing"
    r"|ed)? <z\d+>|(?:mates|<z\d+>|<n\d+>|<k\d+>) (?:is |are )?(?:due|coming"
    r"|back)(?: back| round| home)? (?:at|on|to|this|tonight|today)|on lates again"
    r"|again (?:on )?<d\d+>|due (?:back|home)|sees? <z\d+> (?:again|next)"
    r"|next (?:contact|visit) is|coming at \d"
)


class Places:
    """Where the child is now, with whom, and who lives there."""

    def __init__(self, cast: Cast, about: About, pending: str | None, typed: str) -> None:
        self.cast, self.about, self.pending, self.typed = cast, about, pending, typed

    # ------------------------------------------------------------ now and home

    def _where(self, sentence: Sentence, seen: Seen) -> None:
        cast, tagged = self.cast, sentence.tagged
        if (
            re.search(
                r"\bwas found\b|located .* at|would|used to|last (?:week|month|year)|thinks <z",
                tagged,
            )
            and "taken home" not in tagged
        ):
            return
        subjects = [
            seen.people[n]
            for n in sorted(seen.people)
            if cast.people[seen.people[n]].role == "child"
        ]
        first = next((seen.people[n] for n in sorted(seen.people)), None)
        whole = re.search(r"\b(?:children|kids|both|they|we|all)\b|<z\d+> are", tagged)
        unknown = any(
            i.kind == "pronoun" and i.value in {"he", "she"} and n not in seen.people
            for n, i in enumerate(sentence.items)
        )
        if unknown and not cast.children():
            whole, first = re.match(r"", ""), None
        about_child = (
            bool(subjects) and (first is None or cast.people[first].role == "child" or whole)
        ) or whole
        one = _NOW.search(tagged) or re.search(
            r"(?P<where>(?:gone|went|taken|goes) home(?: with [^,.;]+)?|at home(?= with)"
            r"|in a cell|in the wardrobe|locked in the [a-z]+)",
            tagged,
        )
        lone = re.search(
            r"\bjust <z\d+>$|on <z\d+> own|left alone|\balone\b|nobody in there with", tagged
        )
        if (
            one
            and (about_child or not seen.people or one.re is not _NOW)
            and "not in danger" not in one["where"]
        ):
            words = _part(sentence, one.start("where"), one.end("where"))
            who = subjects[0] if subjects else cast.subject()
            mine = re.search(r"staff|year|class|gone home to", one["where"])
            subject = first is None or cast.people[first].role == "child" or whole
            if who is None and not mine:
                cast.note("_where", words, words)
            elif who is not None and words and not mine and subject:
                cast.note("where_now", words, words, who)
        if (
            re.search(r"bus stop|above a", tagged)
            and self.about.self_refers
            and cast.owner is not None
        ):
            cast.note("where_now", sentence.words, sentence.words, cast.owner)
        with_ = _WITH.search(tagged)
        now = re.search(
            r"\b(?:now|safe|at home|went home|gone home|here|them\b|office|there|school|unit"
            r"|own)\b|<z\d+> is with|with <z\d+> (?:now|in)|^<k|she's with|kids|got the both"
            r"|driven off|gone off|been with|<b\d+> is in",
            tagged,
        )
        with_child = (
            subjects
            or whole
            or not seen.people
            or re.search(r"with (?:them|<z\d+>) ?(?:now|in|$)|of <z\d+>|<z\d+> with", tagged)
        )
        words = ""
        if lone and (self.about.self_refers or subjects):
            words = _part(sentence, lone.start(), lone.end())
        elif (
            with_
            and now
            and with_child
            and not re.search(
                r"isn't with|not with|no longer with|lives with|happy with|angry with", tagged
            )
        ):
            words = _part(sentence, with_.start("who"), with_.end("who"))
            first_k = re.match(r"(?:.*?)<k(\d+)>.*?<z\d+> is (?:there )?with <z", tagged)
            if first_k:
                words = sentence.at(first_k[1]).words
        elif taken := re.search(
            r"<[zkn](\d+)> (?:is |has )?(?:collected|driven off with|gone off with"
            r"|got the both|got them|has <z)",
            tagged,
        ):
            words = sentence.at(taken[1]).words
        elif re.search(r"on <z\d+> own there", tagged):
            words = "on her own" if "on her own" in sentence.words.lower() else ""
        if words:
            whom = cast.children() if (whole or not subjects) else [subjects[0]]
            for who in whom[:4]:
                cast.note("with_now", words, words, who)
            if not cast.children():
                cast.note("_with", words, words)
        if _NEXT.search(tagged):
            for who in (subjects or cast.children())[:1]:
                cast.note("next", sentence.words, sentence.words, who)


def _part(sentence: Sentence, start: int, end: int) -> str:
    return sentence.words[raw_at(sentence, start) : raw_at(sentence, end)].strip(" ,")
