"""One turn of the conversation: what was typed, read into what was known before."""

import re
from dataclasses import dataclass, replace
from datetime import date

from mash_triage.chat.commands import command_in
from mash_triage.chat.facts.corrections import corrected
from mash_triage.chat.facts.cues import take_free_text
from mash_triage.chat.facts.particulars import Particulars
from mash_triage.chat.facts.worry import Worry
from mash_triage.chat.hearing.danger import heard_in
from mash_triage.chat.hearing.meant import Meant
from mash_triage.chat.people.cast import Cast
from mash_triage.chat.people.household import Household
from mash_triage.chat.people.surnames import Surnames
from mash_triage.chat.people.who import Who
from mash_triage.chat.sender.kept_from import kept_from
from mash_triage.chat.sender.telling import Telling
from mash_triage.chat.sender.told import Told
from mash_triage.chat.state import Talk
from mash_triage.chat.tidy import MOST_READ, plain, sentences
from mash_triage.chat.words.items import Sentence, taken_apart
from mash_triage.chat.words.marks import marks_in
from mash_triage.chat.words.part import About


@dataclass(frozen=True)
class Context:
    """What the account says of whoever types: the agency's kind, and her role in its words."""

    agency: str = ""
    role: str = ""

    @property
    def is_child(self) -> bool:
        """A young person who writes for herself."""
        return self.agency == "self"

    @property
    def is_elder(self) -> bool:
        """Somebody whose own grown child or sister is the children's parent."""
        return bool(re.search(r"grand|aunt|uncle|great", self.role.lower()))


def read_turn(talk: Talk, words: str, today: date, context: Context) -> Talk:
    """The conversation after this turn. The same words always give the same; no value is kept that
    the words do not say.
    """
    typed = plain(words)
    number = len(talk.turns) + 1
    turns = (*talk.turns, typed)
    danger, doubt = talk.danger_at_turn, talk.doubt_at_turn
    wish = command_in(typed)
    if danger is None and wish in {None, "leave"}:
        heard = heard_in(turns)
        danger = number if heard == "danger" else None
        doubt = doubt or (number if heard == "doubt" else None)
    after = replace(talk, turns=turns, danger_at_turn=danger, doubt_at_turn=doubt)
    if wish == "undo" and talk.before is not None:
        facts, people = talk.before
        return replace(after, facts=facts, people=people, before=None)
    if wish in {"skip", "unknown"}:
        closed = talk.closed if talk.pending is None else (*talk.closed, talk.pending)
        return replace(after, closed=closed)
    if wish is not None and wish not in {"leave"}:
        return after
    return _read(after, typed, number, today, context)


def _read(talk: Talk, typed: str, number: int, today: date, context: Context) -> Talk:
    cast = Cast(talk, number, today)
    about = About(context.agency, context.is_child, context.role)
    _owner(cast, context)
    read = typed[:MOST_READ]
    corrected(cast, read)
    who = Who(
        cast,
        self_refers=context.is_child,
        wants_child=talk.pending == "child_name",
        elder=context.is_elder,
    )
    particulars = Particulars(cast, about, talk.pending, read)
    told, worry = Told(cast, about, talk.pending, read), Worry(cast, about, talk.pending, read)
    meant = Meant(cast, talk.pending)
    telling = Telling(cast, about, talk.pending)
    household = Household(cast, read, asked=talk.pending, self_refers=context.is_child)
    surnames = Surnames(cast, read, self_refers=context.is_child)
    marks = marks_in(read, today)
    for place in sentences(read):
        sentence: Sentence = taken_apart(
            read,
            place,
            marks,
            cast.known_names(),
            bare=len(read[place[0] : place[1]].split()) <= 2 or len(read.split()) <= 3,
        )
        if re.search(r"\btwins?\b", sentence.tagged + sentence.words.lower()):
            _twins(cast)
        seen = who.meet(sentence, surnames.claim(sentence))
        _sexes_of_kin(cast)
        surnames.take(sentence, seen)
        particulars.take(sentence, seen)
        household.take(sentence, seen)
        told.take(sentence, seen)
        telling.take(sentence, seen)
        taken = take_free_text(sentence, seen, cast, self_refers=context.is_child)
        worry.take(sentence, seen, taken)
        meant.take(sentence, seen)
        _restricted_from(cast, sentence, taken)
    if len(typed) > MOST_READ:
        cast.note("worry", typed[MOST_READ:], typed[MOST_READ:])
    _shared(cast, read)
    focus = next((n for n in reversed(cast.recent) if n in cast.people), None)
    people = tuple(cast.people.values())
    return replace(
        talk,
        facts=tuple(cast.facts),
        people=people,
        focus=focus,
        before=(talk.facts, talk.people),
    )


def _owner(cast: Cast, context: Context) -> None:
    """A young person who writes for herself is the first child of the contact."""
    if context.is_child:
        cast.owner = cast.children()[0] if cast.children() else cast.new("child")


def _twins(cast: Cast) -> None:
    if not cast.value("_twins"):
        cast.note("_twins", "yes", "twins")
        for _ in range(2 - len(cast.children())):
            cast.new("child", "twin")


def _sexes_of_kin(cast: Cast) -> None:
    """A sister is a sister of the first child: her relation is a fact as soon as both are there."""
    for who, one in cast.people.items():
        if one.role == "adult" and any(
            f.what == "relation" and f.who == who and f.to is not None for f in cast.facts
        ):
            continue
        if one.kin and not any(f.what == "relation" and f.who == who for f in cast.facts):
            said = next((w for w in reversed(cast.talk.turns[-1:])), "")
            cast.note("relation", one.kin, said, who)
        elif one.kin and cast.value("relation", who) != one.kin:
            cast.note("relation", one.kin, next(iter(cast.talk.turns[-1:]), ""), who)


def _restricted_from(cast: Cast, sentence: Sentence, taken: set[str]) -> None:
    """From whom something is to be kept, with what is to be kept."""
    who = kept_from(sentence)
    if who is None:
        return
    cast.note("restricted_from", who, who)
    if "restricted_text" not in taken:
        words = sentence.words.strip(" *-")
        cast.note("restricted_text", words, words)


def _shared(cast: Cast, typed: str) -> None:
    """What was said of all the children is given to those who came later in the same turn, and an
    address said before any child was named to the first one.
    """
    low = typed.lower()
    children = cast.children()
    for loose, what in (
        ("_address", "address_line"),
        ("_postcode", "postcode"),
        ("_since", "since"),
        ("_where", "where_now"),
        ("_with", "with_now"),
    ):
        said = next((f for f in cast.facts if f.what == loose), None)
        if said is not None and children:
            for who in children:
                if cast.value(what, who) is None:
                    cast.note(what, said.value, said.words, who)
            cast.facts = [f for f in cast.facts if f.what != loose]
    if family := next((f for f in cast.facts if f.what == "_family"), None):
        for who in children:
            if cast.value("family_name", who) is None:
                cast.note("family_name", family.value, family.words, who)
    if (
        re.search(
            r"same (?:for )?both|both (?:kids )?same|same as|address as above|as above|both at"
            r"|all at|they both|same address|kids|siblings?|mum|sister|brother",
            low,
        )
        or len(children) > 1
    ):
        homes = [
            n
            for n in children
            if (cast.value("address_line", n) or cast.value("postcode", n))
            and not cast.value("_elsewhere", n)
        ]
        if homes and not cast.value("_apart"):
            for who in children:
                if (
                    who in homes
                    or cast.value("legal_status", who)
                    or cast.value("_elsewhere", who)
                    or cast.people[who].kin in {"cousin"}
                ):
                    continue
                for what in ("address_line", "postcode"):
                    source = next(
                        (f for f in cast.facts if (f.what, f.who) == (what, homes[0])), None
                    )
                    if source is not None and cast.value(what, who) is None:
                        cast.note(what, source.value, source.words, who)
