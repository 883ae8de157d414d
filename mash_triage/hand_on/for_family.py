"""Plain words for parents: a first text from the facts, and what it must never say.

The template uses the decision and the published words for families alone: nothing that a referrer
said, and nobody's name but the child's.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mash_triage.errors import NotReady

EVERYDAY = frozenset({
    "april", "art", "august", "bill", "day", "dean", "drew", "faith", "grace", "good", "hall",
    "hill", "home", "hope", "joy", "june", "long", "may", "mark", "page", "price", "rose", "summer",
    "will", "young",
})  # fmt: skip
"""Names that are everyday words too: only as they are written, with a capital, do they name."""

LONGEST_HEADING = 60  # letters
SHORTEST_PART = 2  # letters; so short a part of a name may be an everyday word too


@dataclass(frozen=True)
class FamilyFacts:
    """What the first text is made of. `route_words` are the levels of need's own for families;
    `telephone` is where the front door is reached.
    """

    child: str
    decided_on: date
    route_words: str
    asked_for_agreement: bool
    telephone: str


def first_words(facts: FamilyFacts) -> str:
    """A text to begin with; a manager makes it hers before anybody reads it."""
    day = f"{facts.decided_on.day} {facts.decided_on:%B %Y}"
    parts = [
        f"About {facts.child}",
        f"Somebody was worried about {facts.child} and asked us to look at it. We did, and on "
        f"{day} a manager decided what happens next.",
        "What we decided",
        facts.route_words,
        "What happens next",
        "Who will be in touch, by when, and what will be done:",
        "If things change",
        f"Tell us if anything gets harder or better: telephone {facts.telephone}. If anybody is in "
        "danger now, call 999.",
        "Your say",
        "Tell us if something here is wrong or unclear, or if you do not agree. You can ask for "
        "this in another language or another form.",
    ]
    if facts.asked_for_agreement:
        parts.insert(4, "This help starts only when you agree, and you can stop it later.")
    return "\n\n".join(parts)


def is_heading(line: str) -> bool:
    """Is this line of the words for a family the name of what follows it? Such a line is short, and
    no sentence.
    """
    said = line.strip()
    return bool(said) and len(said) <= LONGEST_HEADING and said[-1] not in ".,:;!?"


def parts_never_named(
    referrer: str, agency: str, *, is_own_agency: bool, child_names: Collection[str]
) -> frozenset[str]:
    """What would say who made contact: each part of the referrer's name that is not the child's
    own too, and the name of the agency.
    """
    own = {part.casefold() for name in child_names for part in name.split()}
    parts = {part for part in referrer.split() if len(part) >= SHORTEST_PART}
    named = {part for part in parts if part.casefold() not in own}
    return frozenset(named if is_own_agency else {*named, agency})


def check_words(words: str, never_named: Collection[str]) -> None:
    """Refuse an empty text, and one that says who made contact."""
    if not words.strip():
        raise NotReady("Write the words for the family.")
    for part in never_named:
        is_everyday = part.casefold() in EVERYDAY or len(part) <= SHORTEST_PART
        case = re.NOFLAG if is_everyday else re.IGNORECASE
        if part and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", words, case):
            raise NotReady(
                "Your words may say who made contact. Take the person's name or the agency out."
            )


def check_may_be_told(do_not_contact_family: bool) -> None:
    """Where a rule says that the family is not contacted, no words for them are made."""
    if do_not_contact_family:
        raise NotReady(
            "A rule says: do not contact the family. No words for them are written for this child."
        )
