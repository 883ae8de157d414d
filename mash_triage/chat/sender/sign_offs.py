"""Who closes a message with her name: is this line a signature, and is this name hers?"""

import re

from mash_triage.chat.words.items import Item, Sentence


def is_signed(sentence: Sentence, item: Item) -> bool:
    """Is this the name that somebody signs with?"""
    signed = sentence.signature
    if signed is not None and item.start - sentence.start >= 14:
        return str(item.value) in signed.name or signed.name in str(item.value)
    return signs_off(sentence) and item.start - sentence.start < 14


def signs_off(sentence: Sentence) -> bool:
    """A sentence in which somebody says who they are and how to reach them."""
    if sentence.signature is not None:
        return True
    role = re.search(
        r"\b(?:dsl|head ?teacher|deputy head|health visitor|hv|midwife|mw|ewo|sgo|sergeant"
        r"|constable|pc|ps|insp|npt|pastoral|0-5 service|team|staff midwife)\b",
        sentence.tagged,
    )
    kinds = {item.kind for item in sentence.items}
    names = [item for item in sentence.items if item.kind in {"name", "staff"}]
    starts = bool(names) and names[0].start - sentence.start < 14
    if starts and not {"phone", "email", "org"} & kinds and {"kin", "young", "age"} & kinds:
        return False
    return starts and bool(
        (role and ("org" in kinds or "phone" in kinds or "email" in kinds or "," in sentence.words))
        or "email" in kinds
        or ("phone" in kinds and not {"kin"} & kinds)
        or ("org" in kinds and re.match(r"<n\d+>, (?:<y\d+>, )?<o", sentence.tagged))
    )
